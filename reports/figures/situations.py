"""How many organisations and members stood in the tree on a day."""

from django.db.models import Count, Q

from cells.enums import CELL_KINDS, OrganisationKind
from cells.models import Placement
from cells.standing import counting_day, path_on, placements_below
from members.enums import Gender
from members.models import Membership
from reports.figures.values import Situation

MINORITY = ~Q(member__ethnicity="") & ~Q(member__ethnicity__iexact="Kinh")


def members_on(organisation, day):
    """The official memberships in force on `day` in the cells that stood inside `organisation` on that day."""
    cells = Placement.objects.under(path_on(organisation, day), day).filter(kind__in=CELL_KINDS)
    return Membership.objects.official().in_force(day).filter(cell__in=cells.values("organisation"))


def situation(organisation, year, as_of):
    """The Situation of `year` for `organisation` and all below it."""
    day = counting_day(year, as_of)
    placements = placements_below(organisation, day)
    kinds = dict(placements.order_by().values_list("kind").annotate(Count("pk")))
    probationary = Q(member__official_on__isnull=True) | Q(member__official_on__gt=day)
    people = members_on(organisation, day).aggregate(
        all=Count("pk"),
        probationary=Count("pk", filter=probationary),
        women=Count("pk", filter=Q(member__gender=Gender.FEMALE)),
        minority=Count("pk", filter=MINORITY),
        no_ethnicity=Count("pk", filter=Q(member__ethnicity="")),
    )
    return Situation(
        year=year,
        day=day,
        committees=kinds.get(OrganisationKind.BASE_COMMITTEE, 0),
        base_cells=kinds.get(OrganisationKind.BASE_CELL, 0),
        cells=kinds.get(OrganisationKind.CELL, 0),
        members=people["all"],
        probationary=people["probationary"],
        sub_committees=kinds.get(OrganisationKind.SUB_COMMITTEE, 0),
        women=people["women"],
        minority=people["minority"],
        no_ethnicity=people["no_ethnicity"],
    )
