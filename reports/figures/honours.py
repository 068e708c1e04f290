"""What was given to organisations and members of a committee, year by year, and what the inspection board recorded against them.

Both follow where people and organisations stood in that year.
"""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from evaluations.models import Commendation
from khoi_party.common.tree import subtree_q
from members.enums import BadgeState
from members.models import BadgeAward, Discipline, Membership
from reports.figures.values import CommendedYear, DisciplineYear


def commended_years(stood):
    """A CommendedYear for each year of `stood` ({year: {organisation id: Placement}}, as `stood_in` gives it)."""
    awards, badges = defaultdict(Counter), defaultdict(Counter)
    for year, award, member in commendations(stood).values_list("last_year", "award", "member"):
        awards[year][f"{award}-{'member' if member else 'organisation'}"] += 1
    for day, years in badge_awards(stood).values_list("ceremony_on", "years"):
        badges[day.year][years] += 1
    return tuple(CommendedYear(year, _known(awards[year]), _known(badges[year])) for year in stood)


def _known(counts):
    return dict(sorted(counts.items())) or None


def commendations(stood):
    """The Commendations that stand, of the years of `stood` and of who was inside in that year."""
    condition = Q(pk__in=[])
    for year, placed in stood.items():
        condition |= Q(last_year=year, place__in=list(placed))
    return Commendation.objects.standing().filter(condition)


def badge_awards(stood):
    """The badges given in the years of `stood` to members whose last cell on that day was inside."""
    there = Membership.objects.official().filter(member=OuterRef("member"), valid_from__lte=OuterRef("ceremony_on")).order_by("-valid_from", "-pk")
    condition = Q(pk__in=[])
    for year, placed in stood.items():
        condition |= Q(ceremony_on__year=year, cell_then__in=list(placed))
    return BadgeAward.objects.filter(state=BadgeState.AWARDED).annotate(cell_then=Subquery(there.values("cell")[:1])).filter(condition)


def disciplined_years(organisation, years, as_of):
    """A DisciplineYear for each of `years`, of decisions up to `as_of` that were not withdrawn."""
    found = defaultdict(Counter)
    for day, member, degree in disciplines(organisation, years, as_of).values_list("decided_on", "member", "degree"):
        found[day.year][f"{'member' if member else 'organisation'}-{degree}"] += 1
    return tuple(DisciplineYear(year, dict(sorted(found[year].items()))) for year in years)


def disciplines(organisation, years, as_of):
    """The disciplinary decisions of `years` recorded at what stood inside `organisation` on the day of the decision."""
    if not years:
        return Discipline.objects.none()
    ended = Q(place__placements__valid_to__isnull=True) | Q(place__placements__valid_to__gte=F("decided_on"))
    there = Q(place__placements__valid_from__lte=F("decided_on")) & ended
    rows = Discipline.objects.standing().filter(decided_on__range=(date(min(years), 1, 1), min(date(max(years), 12, 31), as_of)))
    rows = rows.filter(there, subtree_q("place__placements__path", organisation.path))
    return Discipline.objects.filter(pk__in=rows.values("pk"))  # who moved on the very day stood in two places
