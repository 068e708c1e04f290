from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cells.enums import Role
from cells.models import Organisation
from cells.scope import roles_of
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from khoi_party.common.tree import STEP, in_subtree
from members.badges import HD01, MILESTONES, QD24, ceremony_for, earliest_early, party_age, reached_on
from members.enums import BadgeState
from members.forms.badges import AwardForm, BadgeForm, BadgePlaceForm, BreakForm
from members.forms.movements import TakeBackForm
from members.models import BadgeAward, Member, PartyBreak
from members.permissions import can_award_badge, can_edit_member, proposes_badges, records_badges
from members.rounds import dues_by_round, rounds_near, without_decision_day
from members.services import badges
from members.views.people import visible

COLUMNS = [
    Column("Họ và tên", lambda row: row.member.full_name, width=28),
    Column("Ngày sinh", lambda row: row.member.born_on, width=12, kind="date"),
    Column("Chi bộ", lambda row: row.member.cell.name, width=40),
    Column("Ngày quyết định kết nạp", lambda row: row.member.decided_on, width=14, kind="date"),
    Column("Huy hiệu (năm)", lambda row: row.years, width=10, kind="int"),
    Column("Ngày đủ năm", lambda row: row.reached, width=14, kind="date"),
    Column("Trạng thái", lambda row: row.state, width=30),
    Column("Số Huy hiệu", lambda row: row.award.badge_number if row.award else "", width=16),
    Column("Quyết định", lambda row: str(row.award.document) if row.award and row.award.document else "", width=36),
]
UNKNOWN = "unknown"
UNKNOWN_COLUMNS = [
    Column("Họ và tên", lambda row: row.full_name, width=28),
    Column("Chi bộ", lambda row: row.cell.name, width=40),
    Column("Ngày vào Đảng", lambda row: row.admitted_on, width=14, kind="date"),
    Column("Cần bổ sung", lambda row: "Ngày quyết định kết nạp", width=30),
]


def badge_list(request):
    places = list(Organisation.objects.visible_to(request.user).filter(dissolved_on__isnull=True).order_by("path"))
    form = BadgePlaceForm(request.GET or None, places=places)
    place = form.place()
    rounds = rounds_near(today())
    dues = {day: [due for due in rows if is_in(due.member, place)] for day, rows in dues_by_round(request.user, rounds).items()}
    unknown = without_decision_day(request.user).in_subtree(place) if place else without_decision_day(request.user)
    chosen = request.GET.get("round", "")
    current = chosen if chosen == UNKNOWN or chosen in {str(day) for day in rounds} else str(ceremony_for(today()))
    context = {
        "tabs": [tab_of(request, str(day), date_text(day), len(rows), current) for day, rows in dues.items()],
        "form": form,
        "current": current,
        "source": HD01,
        "listed": place or next((one.organisation for one in roles_of(request.user) if one.role != Role.INSPECTOR), None),
    }
    if current == UNKNOWN:
        rows, columns, title = list(unknown), UNKNOWN_COLUMNS, "Đảng viên chưa tính được tuổi đảng"
        context["mendable"] = {member.pk for member in rows if can_edit_member(request.user, member)}
        context["tabs"].append(tab_of(request, UNKNOWN, "Chưa đủ dữ liệu", len(rows), current))
    else:
        rows, columns, title = dues[date.fromisoformat(current)], COLUMNS, f"Huy hiệu Đảng đợt {date_text(date.fromisoformat(current))}"
        context["tabs"].append(tab_of(request, UNKNOWN, "Chưa đủ dữ liệu", unknown.count(), current))
        context |= acts_on(request.user, rows)
    title = f"{title}, {place.name}" if place else title
    return render_list(request, "members/badge_list.html", rows=rows, title=title, columns=columns, name="huy-hieu-dang", context=context)


def is_in(member, place):
    return place is None or in_subtree(member.cell.path, place.path)


def tab_of(request, key, label, count, current):
    query = request.GET.copy()
    for name in ("page", "export"):
        query.pop(name, None)
    query["round"] = key
    return {"url": f"{request.path}?{query.urlencode()}", "label": f"{label} ({count})", "is_current": key == current}


def acts_on(user, rows):
    """What `user` may do with the round's rows: the keys that can be proposed, and whether a decision can be recorded."""
    open_rows = {due.key for due in rows if due.award is None and can_edit_member(user, due.member)}
    proposed = [due for due in rows if due.award and due.award.state == BadgeState.PROPOSED]
    return {"proposable": open_rows, "may_award": any(can_award_badge(user, due.member) for due in proposed)}


def round_of(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day not in rounds_near(today()):
        raise Http404
    return day


def back_to(day):
    return redirect(f"{reverse('members:badge_list')}?round={day}")


@require_POST
def badge_propose(request):
    if not proposes_badges(request.user):
        raise PermissionDenied
    day = round_of(request.POST.get("round", ""))
    chosen = [key.partition("-") for key in request.POST.getlist("badge")]
    if not all(pk.isdecimal() and years.isdecimal() for pk, _, years in chosen):
        raise Http404
    members = Member.objects.visible_to(request.user).in_bulk([int(pk) for pk, _, _ in chosen])
    rows = [(members[int(pk)], int(years)) for pk, _, years in chosen if int(pk) in members]
    try:
        count = badges.propose_badges(rows, ceremony_on=day, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Đã đề nghị {count} Huy hiệu.") if count else messages.error(request, "Hãy chọn ít nhất một đảng viên.")
    return back_to(day)


def badge_award(request):
    if not records_badges(request.user):
        raise PermissionDenied
    day = round_of(request.GET.get("round", str(ceremony_for(today()))))
    rows = [due.award for due in dues_by_round(request.user, [day])[day] if due.award and due.award.state == BadgeState.PROPOSED]
    rows = [award for award in rows if can_award_badge(request.user, award.member)]
    form = AwardForm(request.POST or None)
    ticked = set(request.POST.getlist("award")) if request.method == "POST" else {str(award.pk) for award in rows}
    numbers = {award.pk: request.POST.get(f"number-{award.pk}", "").strip()[:20] for award in rows}
    if request.method == "POST" and form.is_valid():
        chosen = [award for award in rows if str(award.pk) in ticked]
        document = form.document(root_of(rows[0]) if rows else None, request.user)
        try:
            count = badges.award_badges(chosen, document=document, numbers=numbers, by=request.user)
            messages.success(request, f"Đã ghi quyết định tặng {count} Huy hiệu.")
            return back_to(day)
        except DomainError as error:
            form.add_domain_error(error)
    lines = [(award, str(award.pk) in ticked, numbers[award.pk]) for award in rows]
    return render(request, "members/badge_award.html", {"form": form, "lines": lines, "day": day})


def root_of(award):
    """Where the decision is filed: with the root, for all below it are on the same list."""
    return Organisation.objects.get(path=award.member.cell.path[:STEP])


def member_badges(request, pk):
    member = visible(request, pk)
    may_edit = can_edit_member(request.user, member)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    breaks = list(member.party_breaks.select_related("document"))
    ages = ages_of(request.user, member, breaks)
    form = BadgeForm(request.POST or None, initial=ages.pop("next")) if may_edit else None
    if request.method == "POST" and form.is_valid():
        try:
            badges.propose_badge(member, by=request.user, **form.cleaned_data)
            messages.success(request, "Đã ghi đề nghị.")
            return redirect("members:member_badges", pk)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"member": member, "form": form, "may_edit": may_edit, "breaks": breaks, "sources": (HD01, QD24)}
    return render(request, "members/badge_member.html", context | ages)


def ages_of(user, member, breaks):
    """Party age today, and the milestones up to the next one with their badges; none where the record does not tell."""
    awards = {award.years: award for award in member.badges.select_related("document")}
    spans = [(one.valid_from, one.valid_to) for one in breaks]
    known = member.decided_on is not None and member.official_on is not None
    reached = {years: reached_on(member.decided_on, years, spans) for years in MILESTONES} if known else {}
    upcoming = min((years for years, day in reached.items() if day > today() and years not in awards), default=None)
    shown = [years for years in MILESTONES if years in awards or (known and (reached[years] <= today() or years == upcoming))]
    lines = [(years, day := reached.get(years), day and ceremony_for(day), day and earliest_early(day, years), awards.get(years)) for years in shown]
    may = {BadgeState.PROPOSED: can_edit_member(user, member), BadgeState.AWARDED: can_award_badge(user, member)}
    free = [(years, round_) for years, _, round_, _, award in lines if award is None]
    return {
        "next": {"years": free[-1][0], "ceremony_on": free[-1][1]} if free else {},
        "age": party_age(member.decided_on, today(), spans) if known and member.is_active else None,
        "known": known,
        "lines": [(*line, bool(line[-1]) and may[line[-1].state]) for line in lines],
    }


def badge_withdraw(request, pk):
    award = get_object_or_404(BadgeAward.objects.visible_to(request.user).select_related("member__cell"), pk=pk)
    allowed = can_award_badge if award.state == BadgeState.AWARDED else can_edit_member
    if not allowed(request.user, award.member):
        raise PermissionDenied
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            badges.withdraw_badge(award, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã rút.")
            return redirect("members:member_badges", award.member_id)
        except DomainError as error:
            form.add_domain_error(error)
    title = f"Rút: {award}, {award.get_state_display().lower()}"
    return render(request, "members/member_form.html", {"form": form, "title": title, "place": award.member})


def member_break(request, pk):
    member = visible(request, pk)
    if not can_edit_member(request.user, member):
        raise PermissionDenied
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("valid_from", "valid_to", "reason")}
        try:
            badges.add_break(member, document=form.document(member.cell, request.user), by=request.user, **values)
            messages.success(request, "Đã ghi; tuổi đảng đã tính lại.")
            return redirect("members:member_badges", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": "Ghi thời gian không tính tuổi đảng", "place": member})


@require_POST
def break_remove(request, pk):
    one = get_object_or_404(PartyBreak.objects.visible_to(request.user).select_related("member__cell"), pk=pk)
    badges.remove_break(one, by=request.user)
    messages.success(request, "Đã bỏ; tuổi đảng đã tính lại.")
    return redirect("members:member_badges", one.member_id)
