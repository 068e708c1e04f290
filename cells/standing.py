"""Which organisations stood where on a day, under the names of that day, and in which term."""

from datetime import date

from cells.enums import BASE_KINDS
from cells.models import OrganisationName, Placement, Term
from khoi_party.common.tree import ancestor_paths

FIRST_YEAR = 2014  # nothing is kept by years before


def counting_day(year, as_of):
    """31/12 of `year`, or `as_of` where that is earlier."""
    return min(date(year, 12, 31), as_of)


def path_on(organisation, day):
    """The path that `organisation` had on `day`; its present one where no placement of that day is known.

    Its placements are read once per object: a report asks for the same organisation on many days, all inside one snapshot.
    """
    if not hasattr(organisation, "_placements_read"):
        organisation._placements_read = list(Placement.objects.filter(organisation=organisation))
    return next((placement.path for placement in organisation._placements_read if placement.covers(day)), organisation.path)


def placements_below(organisation, day):
    """The Placements of `day` that lay inside `organisation`, without its own."""
    return Placement.objects.under(path_on(organisation, day), day).exclude(organisation=organisation)


def bases_below(organisation, day):
    """The Placements of the base organisations that stood inside `organisation` on `day`."""
    return placements_below(organisation, day).filter(kind__in=BASE_KINDS)


def bases_on(organisation, day):
    """[(Organisation, its name then)] of the base organisations that stood inside `organisation` on `day`, in the order of the tree."""
    placed = list(bases_below(organisation, day).select_related("organisation").order_by("path"))
    called = OrganisationName.objects.in_force(day).filter(organisation__in=[one.organisation_id for one in placed])
    names = dict(called.values_list("organisation", "name"))
    return [(one.organisation, names.get(one.organisation_id, one.organisation.name)) for one in placed]


def term_on(organisation, day):
    """The Term that `organisation` is in on `day`, its own before its superiors'; None where no term is known."""
    paths = [organisation.path, *ancestor_paths(organisation.path)]
    begun = Term.objects.filter(organisation__path__in=paths, congress_on__lte=day).exclude(next_congress_on__lte=day)
    return max(begun.select_related("organisation"), key=lambda term: (len(term.organisation.path), term.congress_on), default=None)
