"""Which organisations stood where on a day, under the names of that day."""

from datetime import date

from cells.enums import BASE_KINDS
from cells.models import OrganisationName, Placement
from khoi_party.common.dates import today


def counting_day(year):
    """31/12 of `year`, or today while the year runs."""
    return min(date(year, 12, 31), today())


def bases_on(organisation, day):
    """[(Organisation, its name then)] of the base organisations that stood inside `organisation` on `day`, in the order of the tree."""
    own = Placement.objects.in_force(day).filter(organisation=organisation).first()
    path = own.path if own else organisation.path
    placed = Placement.objects.under(path, day).filter(kind__in=BASE_KINDS).exclude(organisation=organisation)
    placed = list(placed.select_related("organisation").order_by("path"))
    called = OrganisationName.objects.in_force(day).filter(organisation__in=[one.organisation_id for one in placed])
    names = dict(called.values_list("organisation", "name"))
    return [(one.organisation, names.get(one.organisation_id, one.organisation.name)) for one in placed]
