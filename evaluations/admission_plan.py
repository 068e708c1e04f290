"""Admissions of a year unit by unit: what was registered, what was reached in the year and in the term, what is under way, the pace still needed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cells.enums import CELL_KINDS
from cells.models import Organisation
from evaluations.enums import RegistrationState
from evaluations.models import Registration
from khoi_party.common.tree import in_subtree, subtree_q
from members.admission_pace import months_left, pace_text
from members.enums import OPEN_STAGES, EventKind
from members.models import Admission, MembershipEvent


@dataclass
class PlanLine:
    """One unit: `planned` is None where nothing was registered."""

    pk: int
    name: str
    path: str
    planned: int | None = None
    year: int = 0
    term: int = 0
    under_way: int = 0
    pace: str = ""

    @property
    def share(self):
        return self.year / self.planned if self.planned else None


def plan_of(organisation, year, term_start, day):
    """[PlanLine] of `organisation` and each unit directly below it, from four queries.

    Planned: what the cells registered, summed; of a unit whose cells registered nothing, its own figure. Reached: ceremonies of the year and
    since `term_start` (a date or None), counted where the cell stands now. `day` is today.
    """
    below = list(Organisation.objects.filter(parent=organisation, dissolved_on__isnull=True).order_by("path"))
    lines = [PlanLine(unit.pk, unit.name, unit.path) for unit in (organisation, *below)]
    _count_planned(lines, organisation, year)
    first = min(filter(None, (date(year, 1, 1), term_start)))
    last = min(date(year, 12, 31), day)
    events = MembershipEvent.objects.standing().filter(kind=EventKind.ADMITTED, effective_on__range=(first, last))
    for path, on in events.filter(subtree_q("to_cell__path", organisation.path)).values_list("to_cell__path", "effective_on"):
        for line in lines:
            if in_subtree(path, line.path):
                line.year += on.year == year
                line.term += term_start is not None and on >= term_start
    for path in Admission.objects.in_subtree(organisation).filter(state__in=OPEN_STAGES, member=None).values_list("cell__path", flat=True):
        for line in lines:
            line.under_way += in_subtree(path, line.path)
    months = months_left(day, date(year, 12, 1)) if day.year == year else 0
    for line in lines:
        line.pace = pace_text(line.planned, line.year, months) if line.planned else ""
    return lines


def _count_planned(lines, organisation, year):
    sent = Registration.objects.filter(subtree_q("organisation__path", organisation.path), cycle__year=year, admissions_planned__isnull=False)
    rows = list(sent.exclude(state=RegistrationState.DRAFT).values_list("organisation__path", "organisation__kind", "admissions_planned"))
    for line in lines:
        cells = Counter({path: planned for path, kind, planned in rows if kind in CELL_KINDS and in_subtree(path, line.path)})
        own = next((planned for path, _, planned in rows if path == line.path), None)
        line.planned = cells.total() if cells else own
