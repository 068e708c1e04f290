"""What belongs to an organisation in a year: the cycles that it was evaluated in, and their rows inside its subtree of then."""

from datetime import date

from django.db.models import Q

from cells.standing import path_on
from evaluations.models import Cycle
from khoi_party.common.tree import ancestor_paths, subtree_q


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
