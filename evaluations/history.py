"""Year by year, what a unit or a member was rated, as a reader may see it, and how the last five years count for a commendation."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from cells.models import Document
from evaluations.award_cases import root_of, rule_of, settings_of
from evaluations.awards.runs import NOT_YET_MEMBER, run_of, with_beginning
from evaluations.awards.subjects import MEMBER
from evaluations.candidates import five, results_of, runs_of_organisations
from evaluations.enums import AwardSettingKey, Subject, Voice
from evaluations.models import Cycle, MemberRegistration, Review
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import today


@dataclass
class YearLine:
    """One year of one subject, in that year's own words; `level` and `document` only where the reader may know them."""

    review: Review
    level: int | None
    decided: str
    document: Document | None
    registered: str
    said: dict = field(default_factory=dict)  # {voice: the name of its level}
    breaks: bool = False  # the first year, counted backwards, under older names of levels
    members: list = field(default_factory=list)  # of a unit: [(short name of a level, how many members have it)]

    @property
    def year(self):
        return self.review.sheet.cycle.year

    @property
    def own(self):
        return self.said.get(Voice.SELF, "")

    @property
    def voted(self):
        return self.said.get(Voice.CELL_VOTE, "")

    @property
    def proposed(self):
        return self.said.get(Voice.PROPOSED, "")


def years_of_member(member, user):
    """The YearLines of `member` as `user` sees them, newest first."""
    registered = dict(MemberRegistration.objects.filter(member=member).values_list("registration__cycle__year", "level"))
    return list(_lines(Review.objects.filter(member=member), user, registered, Subject.MEMBER))


def years_of_organisation(organisation, user, registered):
    """The YearLines of `organisation` as `user` sees them, newest first, with how its members were rated. `registered`: {year: level}."""
    reviews = Review.objects.filter(subject=Subject.ORGANISATION, organisation=organisation)
    members = _members_by_level(organisation, user)
    lines = list(_lines(reviews, user, registered, "organisation"))
    for line in lines:
        book = rulebook_for(line.year)
        line.members = [(book.level_short(level, "member"), members.get((line.year, level), 0)) for level in (1, 2, 3, 4)]
    return lines


def _lines(reviews, user, registered, kind):
    reviews = reviews.present().select_related("sheet__cycle", "decided_by").prefetch_related("opinions", "items__decision__document")
    hidden = set(reviews.unpublished().values_list("pk", flat=True))
    series = None
    for review in reviews.order_by("-sheet__cycle__year"):
        book = rulebook_for(review.sheet.cycle.year)
        sees = sees_unpublished(user, review.decided_by)
        level = review.decided_level if review.pk not in hidden or sees else None
        item = max(review.items.all(), key=lambda one: one.pk, default=None) if level else None
        said = {opinion.voice: book.level_name(opinion.level, kind) for opinion in review.opinions.all()}
        if not (level or sees):
            said.pop(Voice.PROPOSED, None)
        yield YearLine(
            review=review,
            level=level,
            decided=book.level_name(level, kind),
            document=item.decision.document if item else None,
            registered=book.level_name(registered.get(review.sheet.cycle.year), kind),
            said=said,
            breaks=series is not None and series != book.top_series,
        )
        series = book.top_series


def _members_by_level(organisation, user):
    """{(year, level): how many} of the members inside `organisation`, by published decisions."""
    rows = Review.objects.visible_to(user).present().filter(subject=Subject.MEMBER, decided_level__isnull=False)
    rows = rows.filter(sheet__path__startswith=organisation.path)
    unpublished = rows.unpublished().values("pk")
    counts = rows.exclude(pk__in=unpublished).order_by().values_list("sheet__cycle__year", "decided_level").annotate(Count("pk"))
    return {(year, level): count for year, level, count in counts}


def last_closed_year():
    """The year that runs are shown for: the latest that has been closed, else last year."""
    return Cycle.objects.filter(closed_on__isnull=False).order_by("-year").values_list("year", flat=True).first() or today().year - 1


def run_of_member(member, year):
    """The Run of the five years to `year`, as they count for a commendation of `member`."""
    results = results_of(Q(member=member.pk), "member_id", five(year)).get(member.pk, {})
    return run_of(with_beginning(results, member.admitted_on, NOT_YET_MEMBER), year, MEMBER)


def run_of_organisation(organisation, year):
    """The Run of the five years to `year`, as they count for a commendation of `organisation` by the local rule on predecessors."""
    counts = rule_of(settings_of(root_of(organisation)), AwardSettingKey.PREDECESSORS, today())
    return runs_of_organisations([organisation.pk], year, counts)[organisation.pk]
