"""Where the year stands: who has sent what, who keeps others waiting, what is overdue and who must hear of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from cells.models import DatedSetting
from cells.working_days import working_days_of
from evaluations.enums import Eligibility, RegistrationState, SheetState, StageKind
from evaluations.models import Registration, Review, ReviewSheet
from khoi_party.common.tree import STEP, ancestor_paths, subtree_q

USUAL_DAYS = 3  # working days until the level above the superior hears of it; a dated setting, no text fixes it
UNSENT = (RegistrationState.DRAFT, RegistrationState.RETURNED)
OPEN = (SheetState.OPEN, SheetState.RETURNED)


@dataclass
class Unit:
    """One unit of the year and what it still owes: `overdue` as [(what, due day)].

    `rows`, `decided`: with all below it. `waits_for`: the units directly below that have not sent theirs.
    """

    pk: int
    name: str
    kind: str
    path: str
    registration: str = ""
    registration_id: int | None = None
    sheet: str = ""
    sheet_id: int | None = None
    superior: str = ""
    rows: int = 0
    decided: int = 0
    overdue: list = field(default_factory=list)
    waits_for: list = field(default_factory=list)
    sent_below: int = 0
    below: int = 0

    @property
    def parent_path(self):
        return self.path[:-STEP]


def units_of(cycle, organisation, day):
    """{path: Unit} of `organisation` and all below it in `cycle`, from four queries; the placement is the one frozen at opening."""
    due = {stage.kind: stage.due_on for stage in cycle.stages.all()}
    found = {}
    registrations = Registration.objects.filter(subtree_q("organisation__path", organisation.path), cycle=cycle).select_related("organisation")
    for row in registrations:
        one = row.organisation
        unit = Unit(one.pk, one.name, one.kind, one.path, row.get_state_display(), row.pk, superior=row.superior_name)
        if row.state in UNSENT and day > due.get(StageKind.REGISTRATION, date.max):
            unit.overdue.append(("bản đăng ký", due[StageKind.REGISTRATION]))
        found[unit.path] = unit
    sheets = ReviewSheet.objects.filter(subtree_q("organisation__path", organisation.path), cycle=cycle).select_related("organisation")
    by_sheet = {}
    for sheet in sheets:
        one = sheet.organisation
        unit = found.setdefault(one.path, Unit(one.pk, one.name, one.kind, one.path, superior=sheet.superior_name))
        unit.sheet, unit.sheet_id, by_sheet[sheet.pk] = sheet.get_state_display(), sheet.pk, unit
        if sheet.state in OPEN and day > due.get(StageKind.REVIEW, date.max):
            unit.overdue.append(("bảng xếp loại", due[StageKind.REVIEW]))
    _count_rows(found, by_sheet)
    _look_below(found, {unit.path for unit in by_sheet.values() if unit.sheet in {SheetState(state).label for state in OPEN}})
    return found


def _count_rows(units, by_sheet):
    """The rows that must be rated, and those that are, of each unit with all below it."""
    rows = Review.objects.present().filter(sheet__in=by_sheet, eligibility=Eligibility.REQUIRED).values_list("sheet_id", "decided_level")
    total, decided = Counter(), Counter()
    for sheet, level in rows:
        total[sheet] += 1
        decided[sheet] += level is not None
    for sheet, one in by_sheet.items():
        for path in (*ancestor_paths(one.path), one.path):
            if unit := units.get(path):
                unit.rows += total[sheet]
                unit.decided += decided[sheet]


def _look_below(units, unsent):
    """The order of the regulation is from below upwards: whoever has not sent its sheet keeps the committee above waiting."""
    for unit in units.values():
        above = units.get(unit.parent_path)
        if above is None or not unit.sheet_id:
            continue
        above.below += 1
        if unit.path in unsent:
            above.waits_for.append(unit.name)
        else:
            above.sent_below += 1


def children_of(units, organisation):
    """The Units directly below `organisation`, in the order of the tree."""
    return sorted((unit for unit in units.values() if unit.parent_path == organisation.path), key=lambda unit: unit.path)


def escalation_days(root, day):
    setting = DatedSetting.objects.filter(organisation=root, key=DatedSetting.Key.ESCALATION).in_force(day).first()
    return setting.value["days"] if setting else USUAL_DAYS


def overdue_below(cycle, organisation, day):
    """{what: ([names], the due day)} that the staff of `organisation` must see to: at once what its direct units owe, and what deeper ones owe
    once that many working days have passed that the level between has had its time. Asks nothing of the database before a deadline is past."""
    due = {stage.kind: stage.due_on for stage in cycle.stages.all()}
    below = subtree_q("organisation__path", organisation.path)
    owed = (
        ("bản đăng ký", StageKind.REGISTRATION, Registration.objects.filter(below, cycle=cycle, state__in=UNSENT)),
        ("bảng xếp loại", StageKind.REVIEW, ReviewSheet.objects.filter(below, cycle=cycle, state__in=OPEN)),
    )
    found, days, calendar = {}, None, None
    for what, kind, rows in owed:
        if day <= due.get(kind, date.max):
            continue
        if calendar is None:
            days, calendar = escalation_days(cycle.root, day), working_days_of(cycle.root)
        reaches_up = calendar.between(due[kind], day) > days
        rows = rows.exclude(organisation=organisation).order_by("organisation__path")
        names = []
        for path, name, superior in rows.values_list("organisation__path", "organisation__name", "superior_name"):
            if path[:-STEP] == organisation.path:
                names.append(name)
            elif reaches_up:
                names.append(f"{name} ({superior})")
        if names:
            found[what] = (names, due[kind])
    return found
