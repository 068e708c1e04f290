"""Ten years and more of a unit, or of a member, on one screen: levels in each year's own words, awards, discipline, what it was called."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render

from cells.enums import READING_ROLES
from cells.models import Organisation
from cells.scope import holds
from evaluations.award_cases import root_of, rule_of, settings_of
from evaluations.awards.runs import NOT_YET_MEMBER, run_of, with_beginning
from evaluations.awards.subjects import MEMBER
from evaluations.candidates import five, results_of, runs_of_organisations
from evaluations.enums import AwardSettingKey, Subject, Voice
from evaluations.models import Commendation, Cycle, MemberRegistration, Registration, Review
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import today
from members.enums import BadgeState, Post
from members.models import BadgeAward, Discipline, Member, MembershipEvent, Seat


def organisation_years(request, pk):
    """Everything of an organisation year by year: registered, rated, commended, disciplined; its names, what it came of, its secretaries."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not holds(request.user, READING_ROLES, organisation):
        raise PermissionDenied
    registrations = Registration.objects.filter(organisation=organisation).select_related("cycle").order_by("-cycle__year")
    rows = years_of(organisation, request.user, {row.cycle.year: row for row in registrations})
    context = {
        "organisation": organisation,
        "rows": rows,
        "registrations": [(row, rulebook_for(row.cycle.year).level_name(row.level, "organisation")) for row in registrations],
        "names": organisation.names.select_related("document").order_by("-valid_from"),
        "origins": list(organisation.predecessors.order_by("dissolved_on", "pk")),
        "heirs": list(organisation.successors.order_by("pk")),
        "secretaries": Seat.objects.filter(organisation=organisation, post=Post.SECRETARY).select_related("member").order_by("-valid_from"),
        "awards": Commendation.objects.visible_to(request.user).given().filter(organisation=organisation).for_list(),
        "disciplines": Discipline.objects.visible_to(request.user).filter(organisation=organisation).select_related("document"),
        **run_of_organisation(organisation),
        "today": today(),
    }
    return render(request, "evaluations/organisation_years.html", context)


def years_of(organisation, user, registered):
    """One mapping per year, newest first; `breaks` marks the first year under older level names."""
    reviews = Review.objects.present().filter(subject=Subject.ORGANISATION, organisation=organisation)
    reviews = reviews.select_related("sheet__cycle", "decided_by").prefetch_related("opinions", "items__decision__document")
    hidden = set(reviews.unpublished().values_list("pk", flat=True))
    members = _members_by_level(organisation, user)
    rows, series = [], None
    for review in reviews.order_by("-sheet__cycle__year"):
        year = review.sheet.cycle.year
        book = rulebook_for(year)
        said = {opinion.voice: book.level_name(opinion.level, "organisation") for opinion in review.opinions.all()}
        shown = review.decided_level if review.pk not in hidden or sees_unpublished(user, review.decided_by) else None
        item = max(review.items.all(), key=lambda one: one.pk, default=None) if shown else None
        registration = registered.get(year)
        rows.append(
            {
                "year": year,
                "name": review.sheet.organisation_name,
                "registered": book.level_name(registration.level, "organisation") if registration else "",
                "self": said.get(Voice.SELF, ""),
                "proposed": said.get(Voice.PROPOSED, "") if shown or sees_unpublished(user, review.decided_by) else "",
                "level": shown,
                "decided": book.level_name(shown, "organisation"),
                "exemplary": review.exemplary and bool(shown),
                "document": item.decision.document if item else None,
                "members": [(book.level_short(level, "member"), members.get((year, level), 0)) for level in (1, 2, 3, 4)],
                "sheet": review.sheet_id,
                "breaks": series is not None and series != book.top_series,
            }
        )
        series = book.top_series
    return rows


def _members_by_level(organisation, user):
    rows = Review.objects.visible_to(user).present().filter(subject=Subject.MEMBER, decided_level__isnull=False)
    rows = rows.filter(sheet__path__startswith=organisation.path)
    unpublished = rows.unpublished().values("pk")
    counts = rows.exclude(pk__in=unpublished).order_by().values_list("sheet__cycle__year", "decided_level").annotate(Count("pk"))
    return {(year, level): count for year, level, count in counts}


def member_years(request, pk):
    """Everything of a member year by year: rated in each year's own words, commended, disciplined, moved; Huy hiệu Đảng."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("cell"), pk=pk)
    reviews = Review.objects.present().filter(member=member).select_related("sheet__cycle", "decided_by")
    reviews = reviews.prefetch_related("opinions", "items__decision__document").order_by("-sheet__cycle__year")
    hidden = set(reviews.unpublished().values_list("pk", flat=True))
    registered = dict(MemberRegistration.objects.filter(member=member).values_list("registration__cycle__year", "level"))
    rows, series = [], None
    for review in reviews:
        book = rulebook_for(review.sheet.cycle.year)
        shown = review.decided_level if review.pk not in hidden or sees_unpublished(request.user, review.decided_by) else None
        item = max(review.items.all(), key=lambda one: one.pk, default=None) if shown else None
        voted = {opinion.voice: book.level_name(opinion.level, Subject.MEMBER) for opinion in review.opinions.all()}
        rows.append(
            {
                "review": review,
                "registered": book.level_name(registered.get(review.sheet.cycle.year), Subject.MEMBER),
                "own": voted.get(Voice.SELF, ""),
                "voted": voted.get(Voice.CELL_VOTE, ""),
                "level": shown,
                "decided": book.level_name(shown, Subject.MEMBER),
                "document": item.decision.document if item else None,
                "breaks": series is not None and series != book.top_series,
            }
        )
        series = book.top_series
    disciplines = Discipline.objects.visible_to(request.user).filter(member=member).select_related("document")
    context = {
        "member": member,
        "rows": rows,
        "disciplines": disciplines,
        "awards": Commendation.objects.visible_to(request.user).given().filter(member=member).for_list(),
        "badges": BadgeAward.objects.visible_to(request.user).filter(member=member, state=BadgeState.AWARDED).select_related("document"),
        "moves": MembershipEvent.objects.standing()
        .filter(member=member)
        .select_related("from_cell", "to_cell")
        .order_by("-effective_on", "-sequence"),
        **run_of_member(member),
        "today": today(),
    }
    return render(request, "evaluations/member_years.html", context)


def last_closed_year():
    """The year that runs are shown for: the latest that has decisions."""
    return Cycle.objects.filter(closed_on__isnull=False).order_by("-year").values_list("year", flat=True).first() or today().year - 1


def run_of_member(member):
    """The five years to the last closed one, as they count for a commendation."""
    year = last_closed_year()
    results = results_of(Q(member=member.pk), "member_id", five(year)).get(member.pk, {})
    return {"run": run_of(with_beginning(results, member.admitted_on, NOT_YET_MEMBER), year, MEMBER), "run_year": year}


def run_of_organisation(organisation):
    year = last_closed_year()
    counts = rule_of(settings_of(root_of(organisation)), AwardSettingKey.PREDECESSORS, today())
    return {"run": runs_of_organisations([organisation.pk], year, counts)[organisation.pk], "run_year": year}
