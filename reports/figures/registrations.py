"""What units registered for a year against the level that was decided."""

from django.db.models import Q

from cells.enums import BASE_KINDS, OrganisationKind
from evaluations.enums import RegistrationState, Subject
from evaluations.models import Registration, Review
from reports.figures.reach import cycles_of, rows_of, stood_in
from reports.figures.values import BASES, CELLS, CLOSED, RegisteredYear

KINDS = {BASES: BASE_KINDS, CELLS: (OrganisationKind.CELL,)}


def registered_years(organisation, years, levels, as_of):
    """{BASES or CELLS: RegisteredYear of each year that has a cycle}. `levels` as `level_years` gives them: which years are closed."""
    cycles = cycles_of(organisation, years)
    decided = _decided(organisation, cycles)
    stood = stood_in(organisation, cycles, as_of)
    rows = list(registered(cycles, stood).values("cycle__year", "organisation", "level", "state"))
    found = {}
    for subject, kinds in KINDS.items():
        closed = {one.year for one in levels[subject] if one.state == CLOSED}
        of_subject = [row for row in rows if stood[row["cycle__year"]][row["organisation"]].kind in kinds]
        found[subject] = tuple(_year(year, [row for row in of_subject if row["cycle__year"] == year], decided, year in closed) for year in cycles)
    return found


def registered(cycles, stood, kinds=None):
    """The Registrations in `cycles` ({year: Cycle}) of those who `stood` inside in each year, of `kinds` alone where given."""
    condition = Q(pk__in=[])
    for year, cycle in cycles.items():
        inside = [pk for pk, one in stood[year].items() if kinds is None or one.kind in kinds]
        condition |= Q(cycle=cycle.pk, organisation__in=inside)
    return Registration.objects.filter(condition)


def _decided(organisation, cycles):
    """{(organisation id, year): decided level}"""
    condition = rows_of(organisation, cycles, cycle="sheet__cycle", path="sheet__path")
    rows = Review.objects.filter(condition, subject=Subject.ORGANISATION, decided_level__isnull=False)
    return {(pk, year): level for pk, year, level in rows.values_list("organisation", "sheet__cycle__year", "decided_level")}


def _year(year, rows, decided, is_closed):
    sent = [row for row in rows if row["state"] != RegistrationState.DRAFT and row["level"]]
    got = [(row["level"], decided.get((row["organisation"], year))) for row in sent]
    return RegisteredYear(
        year=year,
        total=len(rows),
        registered=len(sent),
        aimed=sum(level == 1 for level, _ in got),
        reached=sum(level == result == 1 for level, result in got) if is_closed else None,
        kept=sum(result is not None and result <= level for level, result in got) if is_closed else None,
    )
