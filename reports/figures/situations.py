"""How many organisations and members stood in the tree on a day."""

from datetime import date

from django.db.models import Count, Q

from cells.enums import BASE_KINDS, CELL_KINDS, OrganisationKind
from cells.models import Placement
from members.models import Membership
from reports.figures.reach import path_on
from reports.figures.values import Situation


def counting_day(year, as_of):
    """31/12 of `year`, or `as_of` where that is earlier."""
    return min(date(year, 12, 31), as_of)


def members_on(organisation, day):
    """The official memberships in force on `day` in the cells that stood inside `organisation` on that day."""
    cells = Placement.objects.under(path_on(organisation, day), day).filter(kind__in=CELL_KINDS)
    return Membership.objects.official().in_force(day).filter(cell__in=cells.values("organisation"))


def bases_on(organisation, day):
    """How many base organisations stood inside `organisation` on `day`."""
    return Placement.objects.under(path_on(organisation, day), day).filter(kind__in=BASE_KINDS).exclude(organisation=organisation).count()


def situation(organisation, year, as_of):
    """The Situation of `year` for `organisation` and all below it."""
    day = counting_day(year, as_of)
    placements = Placement.objects.under(path_on(organisation, day), day).exclude(organisation=organisation)
    kinds = dict(placements.order_by().values_list("kind").annotate(Count("pk")))
    probationary = Q(member__official_on__isnull=True) | Q(member__official_on__gt=day)
    people = members_on(organisation, day).aggregate(all=Count("pk"), probationary=Count("pk", filter=probationary))
    return Situation(
        year=year,
        day=day,
        committees=kinds.get(OrganisationKind.BASE_COMMITTEE, 0),
        base_cells=kinds.get(OrganisationKind.BASE_CELL, 0),
        cells=kinds.get(OrganisationKind.CELL, 0),
        members=people["all"],
        probationary=people["probationary"],
    )
