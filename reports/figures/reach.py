"""What belongs to an organisation in a year: the cycles that it was evaluated in, and their rows inside its subtree of then."""

from datetime import date, timedelta

from django.db.models import Q

from cells.models import Placement
from cells.standing import counting_day, path_on
from evaluations.models import Cycle
from khoi_party.common.tree import ancestor_paths, in_subtree, subtree_q


def cycles_of(organisation, years):
    """The cycles of `years` that `organisation` was part of: its own as a root, or that of what stood above it then. {year: Cycle}."""
    found = {}
    for cycle in Cycle.objects.filter(year__in=years).select_related("root").order_by("year"):
        path = path_on(organisation, date(cycle.year, 12, 31))
        if cycle.root_id == organisation.pk or cycle.root.path in ancestor_paths(path):
            found[cycle.year] = cycle
    return found


def rows_of(organisation, cycles, *, cycle="cycle", path="path"):
    """A condition for rows of `cycles` ({year: Cycle}) inside `organisation` as its subtree was in each year; `cycle` and `path` name the fields."""
    condition = Q(pk__in=[])
    for year, one in cycles.items():
        condition |= Q(**{cycle: one.pk}) & subtree_q(path, path_on(organisation, date(year, 12, 31)))
    return condition


def stood_in(organisation, years, as_of):
    """{year: {organisation id: Placement}} of all that stood inside `organisation`, itself included, by where each stood last in the year.

    What ended in the year is there, what moved elsewhere in it is not. Placements after `as_of` are left out.
    """
    years = [year for year in years if year <= as_of.year]
    if not years:
        return {}
    rows = Placement.objects.overlapping(date(min(years), 1, 1), counting_day(max(years), as_of) + timedelta(1))
    rows = list(rows.select_related("sector", "parent").order_by("valid_from", "pk"))
    found = {}
    for year in years:
        first, last = date(year, 1, 1), counting_day(year, as_of)
        latest = {one.organisation_id: one for one in rows if one.valid_from <= last and (one.valid_to is None or one.valid_to > first)}
        path = path_on(organisation, last)
        found[year] = {pk: one for pk, one in latest.items() if in_subtree(one.path, path)}
    return found
