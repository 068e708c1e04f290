"""Figures that base organisations typed for a year, with their sources: summed over those that gave them, the others told as missing."""

from collections import Counter, defaultdict

from cells.enums import BASE_KINDS
from cells.models import YearFigure
from cells.standing import counting_day
from reports.figures.values import TypedYear

KEYS = [key.value for key in YearFigure.Key if key != YearFigure.Key.AGENCY_TASK_DONE_WELL]


def typed_years(stood, as_of):
    """A TypedYear for each year of `stood` ({year: {organisation id: Placement}}, as `stood_in` gives it)."""
    bases = {year: bases_of(placed, counting_day(year, as_of)) for year, placed in stood.items()}
    rows = YearFigure.objects.known().filter(year__in=bases, organisation__in=set().union(*bases.values()), key__in=KEYS).order_by("source")
    sums, given, sources = defaultdict(Counter), defaultdict(Counter), defaultdict(dict)
    for year, unit, key, value, source, version in rows.values_list("year", "organisation", "key", "value", "source", "version"):
        if unit in bases[year]:
            sums[year][key] += int(value)
            given[year][key] += 1
            sources[year][source] = max(version, sources[year].get(source, 1))
    return tuple(
        TypedYear(
            year,
            len(units),
            {key: sums[year][key] for key in sorted(given[year])},
            {key: len(units) - given[year][key] for key in sorted(given[year])},
            tuple(f"{source} (phiên bản {version})" if version > 1 else source for source, version in sources[year].items()),
        )
        for year, units in bases.items()
    )


def bases_of(placed, day):
    """The ids of the base organisations among `placed` ({organisation id: Placement}) that still stood on `day`."""
    return {pk for pk, one in placed.items() if one.kind in BASE_KINDS and one.covers(day)}
