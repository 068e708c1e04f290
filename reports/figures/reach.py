"""What belongs to an organisation in a year: its path then, and the cycles that it was evaluated in."""

from datetime import date

from django.db.models import Q

from cells.models import Placement
from evaluations.models import Cycle
from khoi_party.common.tree import ancestor_paths, subtree_q


def path_on(organisation, day):
    """The path that `organisation` had on `day`; its present one where no placement of that day is known.

    Its placements are read once per object: a report asks for the same organisation on many days, all inside one snapshot.
    """
    if not hasattr(organisation, "_placements_read"):
        organisation._placements_read = list(Placement.objects.filter(organisation=organisation))
    return next((placement.path for placement in organisation._placements_read if placement.covers(day)), organisation.path)


def cycles_of(organisation, years):
    """The cycles of `years` that `organisation` was part of: its own as a root, or that of a superior. {year: Cycle}."""
    roots = [*ancestor_paths(organisation.path), organisation.path]
    return {cycle.year: cycle for cycle in Cycle.objects.filter(root__path__in=roots, year__in=years).order_by("year")}


def rows_of(organisation, cycles, *, cycle="cycle", path="path"):
    """A condition for rows of `cycles` ({year: Cycle}) inside `organisation` as its subtree was in each year; `cycle` and `path` name the fields."""
    condition = Q(pk__in=[])
    for year, one in cycles.items():
        condition |= Q(**{cycle: one.pk}) & subtree_q(path, path_on(organisation, date(year, 12, 31)))
    return condition
