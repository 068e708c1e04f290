"""All figures of a term, read from one state of the data."""

from cells.models import Sector
from khoi_party.common.database import read_snapshot
from reports.figures import registrations
from reports.figures.admissions import admission_years
from reports.figures.agreement import differences
from reports.figures.bases import base_years, sector_years
from reports.figures.honours import commended_years, disciplined_years
from reports.figures.levels import level_years
from reports.figures.reach import stood_in
from reports.figures.situations import situation
from reports.figures.targets import results, task_shares
from reports.figures.typed import typed_years
from reports.figures.values import BASES, CELLS, TermFigures


def collect(term, as_of):
    """The TermFigures of `term` (a cells.Term) as they stand on the date `as_of`. Must be the outermost transaction."""
    with read_snapshot():
        organisation = term.organisation
        years = [year for year in term.years if year <= as_of.year]
        stood = stood_in(organisation, years, as_of)
        levels = level_years(organisation, years)
        registered = registrations.registered_years(organisation, years, levels, as_of)
        admissions = admission_years(organisation, term, as_of)
        tasks = task_shares(organisation, years, as_of)
        bases = base_years(organisation, years, as_of, stood)
        return TermFigures(
            organisation_id=organisation.pk,
            term_id=term.pk,
            label=term.label,
            first_year=term.first_year,
            last_year=term.last_year,
            congress_on=term.congress_on,
            next_congress_on=term.next_congress_on,
            as_of=as_of,
            situations=tuple(situation(organisation, year, as_of) for year in years),
            registered_bases=registered[BASES],
            registered_cells=registered[CELLS],
            levels=levels,
            admissions=admissions,
            targets=results(term, as_of, levels, admissions, tasks),
            bases=bases,
            sectors=sector_years(bases, dict(Sector.objects.values_list("name", "position"))),
            tasks=tasks,
            typed=typed_years(stood, as_of),
            disciplined=disciplined_years(organisation, years, as_of),
            commended=commended_years(stood),
            differences=differences(organisation, levels, bases, as_of),
        )
