"""Classification by year, from the tallies of the decided sheets; a year still open also counts the rows that wait."""

from collections import Counter, defaultdict

from django.db.models import Count, Sum

from cells.enums import BASE_KINDS, OrganisationKind
from evaluations.enums import Eligibility, Subject
from evaluations.models import Review, SheetTally
from reports.figures.reach import cycles_of, rows_of
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS, NONE, OPEN, LevelYear

SUBJECTS = (BASES, CELLS, MEMBERS)


def level_years(organisation, years):
    """{subject: LevelYear of each of `years`} for base organisations, cells under them, and members of `organisation`.

    Those rated elsewhere (temporary members) are not counted. A year counts as closed once it is closed or every row is decided.
    """
    cycles = cycles_of(organisation, years)
    counts, exemplary, others = _tallied(organisation, cycles)
    waiting = _waiting(organisation, {year: cycle for year, cycle in cycles.items() if cycle.is_open})
    return {
        subject: tuple(
            _year(year, cycles.get(year), counts[subject, year], exemplary[subject, year], others[subject, year], waiting.get((subject, year)))
            for year in years
        )
        for subject in SUBJECTS
    }


def _year(year, cycle, counts, exemplary, others, waiting):
    decided = sum(counts.values())
    if cycle is None:
        return LevelYear(year, NONE, {})
    state, required, reasons = CLOSED, decided, others
    if cycle.is_open:
        required, reasons = waiting or (0, {})
        state = CLOSED if required and decided == required else OPEN
    return LevelYear(year, state, dict(sorted(counts.items())), required, sum(reasons.values()), exemplary, dict(sorted(reasons.items())))


def _tallied(organisation, cycles):
    """Level counts, exemplary counts and {eligibility: count} of those without a level, each by (subject, year)."""
    counts, exemplary, others = defaultdict(Counter), Counter(), defaultdict(Counter)
    years = {cycle.pk: year for year, cycle in cycles.items()}
    rows = SheetTally.objects.filter(rows_of(organisation, cycles)).exclude(eligibility=Eligibility.NOT_SUBJECT)
    keys = ("cycle", "subject", "organisation_kind", "eligibility", "level", "exemplary")
    for cycle, subject, kind, eligibility, level, is_exemplary, number in rows.order_by().values_list(*keys).annotate(Sum("count")):
        key = subject_of(subject, kind), years[cycle]
        if level is None:
            others[key][eligibility] += number
            continue
        counts[key][level] += number
        exemplary[key] += number if is_exemplary else 0
    return counts, exemplary, others


def _waiting(organisation, cycles):
    """{(subject, year): (rows that must be rated, {eligibility: rows that must not})} of the open `cycles`."""
    years = {cycle.pk: year for year, cycle in cycles.items()}
    condition = rows_of(organisation, cycles, cycle="sheet__cycle", path="sheet__path")
    rows = Review.objects.present().filter(condition).exclude(eligibility=Eligibility.NOT_SUBJECT)
    found = defaultdict(Counter)
    keys = ("sheet__cycle", "subject", "sheet__organisation_kind", "eligibility")
    for cycle, subject, kind, eligibility, number in rows.order_by().values_list(*keys).annotate(Count("pk")):
        found[subject_of(subject, kind), years[cycle]][eligibility] += number
    return {key: (counts.pop(Eligibility.REQUIRED, 0), counts) for key, counts in found.items()}


def subject_of(subject, kind):
    """BASES, CELLS or MEMBERS for a row of `subject` in a sheet of `kind`; None for what the report does not count."""
    if subject == Subject.MEMBER:
        return MEMBERS
    if subject == Subject.ORGANISATION and kind in BASE_KINDS:
        return BASES
    return CELLS if subject == Subject.ORGANISATION and kind == OrganisationKind.CELL else None
