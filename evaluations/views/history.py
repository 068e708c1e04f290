"""Ten years and more of a unit, or of a member, on one screen: levels in each year's own words, awards, discipline, what it was called."""

from django.shortcuts import get_object_or_404, render

from cells.views.organisations import readable
from evaluations.history import last_closed_year, run_of_member, run_of_organisation, years_of_member, years_of_organisation
from evaluations.models import Commendation, Registration
from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import today
from members.enums import BadgeState, Post
from members.models import BadgeAward, Discipline, Member, MembershipEvent, Seat


def organisation_years(request, pk):
    """Everything of an organisation year by year: registered, rated, commended, disciplined; its names, what it came of, its secretaries."""
    organisation = readable(request, pk)
    registrations = Registration.objects.filter(organisation=organisation).select_related("cycle").order_by("-cycle__year")
    year = last_closed_year()
    context = {
        "organisation": organisation,
        "rows": years_of_organisation(organisation, request.user, {row.cycle.year: row.level for row in registrations}),
        "registrations": [(row, rulebook_for(row.cycle.year).level_name(row.level, "organisation")) for row in registrations],
        "names": organisation.names.select_related("document").order_by("-valid_from"),
        "origins": list(organisation.predecessors.order_by("dissolved_on", "pk")),
        "heirs": list(organisation.successors.order_by("pk")),
        "secretaries": Seat.objects.filter(organisation=organisation, post=Post.SECRETARY).select_related("member").order_by("-valid_from"),
        "awards": Commendation.objects.visible_to(request.user).given().filter(organisation=organisation).for_list(),
        "disciplines": Discipline.objects.visible_to(request.user).filter(organisation=organisation).select_related("document"),
        "run": run_of_organisation(organisation, year),
        "run_year": year,
        "today": today(),
    }
    return render(request, "evaluations/organisation_years.html", context)


def member_years(request, pk):
    """Everything of a member year by year: rated in each year's own words, commended, disciplined, moved; Huy hiệu Đảng."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("cell"), pk=pk)
    moves = MembershipEvent.objects.standing().filter(member=member).select_related("from_cell", "to_cell")
    year = last_closed_year()
    context = {
        "member": member,
        "rows": years_of_member(member, request.user),
        "disciplines": Discipline.objects.visible_to(request.user).filter(member=member).select_related("document"),
        "awards": Commendation.objects.visible_to(request.user).given().filter(member=member).for_list(),
        "badges": BadgeAward.objects.visible_to(request.user).filter(member=member, state=BadgeState.AWARDED).select_related("document"),
        "moves": moves.order_by("-effective_on", "-sequence"),
        "run": run_of_member(member, year),
        "run_year": year,
        "today": today(),
    }
    return render(request, "evaluations/member_years.html", context)
