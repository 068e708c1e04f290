"""Rounds of commendations: the list, the names, the vote, the papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.enums import PaperCode, Role
from cells.models import Organisation
from cells.permissions import trail_of
from cells.scope import paths_of, roles_of, within
from cells.services.numbers import offered_number
from evaluations.award_cases import caps_of, root_of, rule_of, settings_of, subjects_in, told_of
from evaluations.awards.rules import NEEDS_REASON, usual_subjects
from evaluations.candidates import ALL, IN_YEAR, MEMBERS, NEAR, ORGANISATIONS, WHOLE, CandidateList
from evaluations.enums import AwardBasis, AwardSettingKey, CommendationState, Subject
from evaluations.filters import CandidateFilter, RoundFilter
from evaluations.forms.commendations import AddForm, ItemForm, PaperForm, ReceiveForm, RevokeForm, RoundBodyForm, RoundForm, VoteForm
from evaluations.models import Commendation, CommendationRound
from evaluations.permissions import (
    can_forward_commendation,
    can_issue_commendation,
    can_prepare_commendation,
    can_receive_commendation,
    can_revoke_commendation,
    can_set_awards,
)
from evaluations.services import commendations
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list

ROUND_COLUMNS = [
    Column("Năm", lambda row: row.year, width=8, kind="int"),
    Column("Trích yếu", lambda row: row.title, width=40),
    Column("Cấp lập danh sách", lambda row: row.body.name, width=36),
    Column("Cấp khen thưởng", lambda row: row.awarder_name, width=30),
    Column("Số tên", lambda row: row.size, width=8, kind="int"),
    Column("Tiền thưởng (đồng)", lambda row: row.budget, width=16, kind="decimal"),
    Column("Trạng thái", lambda row: row.get_state_display(), width=20),
    Column("Quyết định", lambda row: str(row.document) if row.document else "", width=36),
]
CANDIDATE_COLUMNS = [
    Column("Tên", lambda row: row.name, width=36),
    Column("Thuộc", lambda row: row.place, width=36),
    Column("5 năm liền", lambda row: "đủ" if row.is_whole else row.run.why_not, width=60),
    *(
        Column(f"Năm thứ {place}", lambda row, place=place: f"{row.run.lines[place - 1].year}: {row.run.lines[place - 1].says}", width=40)
        for place in range(1, 6)
    ),
    Column("Đã có", lambda row: "; ".join(row.has), width=40),
]


def visible(request, pk):
    rows = CommendationRound.objects.visible_to(request.user).select_related("body", "awarding_body", "document", "submission")
    return get_object_or_404(rows, pk=pk)


def writable_bodies(user):
    """The organisations whose lists `user` may keep."""
    own = [one.organisation_id for one in roles_of(user) if one.role == Role.SECRETARY]
    rows = Organisation.objects.filter(within("path", paths_of(user, (Role.STAFF,))) | Q(pk__in=own), dissolved_on__isnull=True)
    return rows.order_by("path")


def commendation_list(request):
    rows = CommendationRound.objects.visible_to(request.user).for_list()
    year = request.GET.get("year", "")
    given = Commendation.objects.filter(round__in=CommendationRound.objects.visible_to(request.user)).exclude(granted=False)
    totals = (
        given.filter(revoked_on=None)
        .order_by()
        .values("last_year")
        .annotate(sum=Sum("amount"), unknown=Count("pk", filter=Q(amount=None)))
        .order_by("-last_year")
    )
    root = next((body for body in Organisation.objects.visible_to(request.user).filter(parent=None)[:1]), None)
    context = {
        "totals": list(totals.filter(last_year=year) if year.isascii() and year.isdecimal() else totals[:6]),
        "may_open": writable_bodies(request.user).exists(),
        "settings_of": root if root and can_set_awards(request.user, root) else None,
    }
    template = "evaluations/commendation_list.html"
    columns = ROUND_COLUMNS
    title = "Khen thưởng"
    return render_list(request, template, rows=rows, title=title, filterset=RoundFilter, columns=columns, name="dot-khen-thuong", context=context)


def commendation_new(request):
    bodies = writable_bodies(request.user)
    if not bodies.exists():
        raise PermissionDenied
    chooser = RoundBodyForm(request.GET if "body" in request.GET else None, bodies=bodies)
    only = list(bodies[:2])
    body = only[0] if len(only) == 1 else chooser.cleaned_data["body"] if chooser.is_bound and chooser.is_valid() else None
    form = None
    if body:
        above = Organisation.objects.filter(path__in=[body.path[:end] for end in range(len(body.path), 0, -4)]).order_by("-path")
        form = RoundForm(request.POST or None, above=above, initial={"year": today().year - 1})
        if request.method == "POST" and form.is_valid():
            try:
                round_ = commendations.open_round(body, **form.values(), by=request.user)
                return redirect("evaluations:commendation_detail", round_.pk)
            except DomainError as error:
                form.add_domain_error(error)
    return render(request, "evaluations/commendation_new.html", {"chooser": chooser, "body": body, "form": form, "is_chosen": len(only) > 1})


def commendation_detail(request, pk):
    round_ = visible(request, pk)
    form = paper_form(request, round_)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and decide(request, round_, form):
            return redirect("evaluations:commendation_detail", pk)
    return render(request, "evaluations/commendation_detail.html", page_of(request, round_, form))


def paper_form(request, round_):
    """The one form that the state and the right of the reader leave: the vote, the submission, the decision."""
    user, state = request.user, round_.state
    data = request.POST or None
    if state == CommendationState.DRAFT and can_prepare_commendation(user, round_.body):
        names = ("meeting_on", "members_total", "members_present", "votes_for", "votes_against")
        return VoteForm(data, initial={name: getattr(round_, name) for name in names})
    if state == CommendationState.PROPOSED and not round_.is_own and can_forward_commendation(user, round_):
        return PaperForm(data, initial={"number": offered_number(round_.body, PaperCode.SUBMISSION, today())})
    if state in issuing_states(round_) and can_issue_commendation(user, round_):
        return PaperForm(data, initial={"number": offered_number(round_.awarding_body, PaperCode.DECISION, today())})
    if state == CommendationState.FORWARDED and can_receive_commendation(user, round_):
        return ReceiveForm(data)
    return None


def issuing_states(round_):
    return (CommendationState.PROPOSED,) if round_.is_own else (CommendationState.FORWARDED,)


def decide(request, round_, form):
    """Whether what the form asks was done; a refusal stands in the form."""
    data, by = form.cleaned_data, request.user
    try:
        if isinstance(form, VoteForm):
            commendations.save_vote(round_, **data, by=by)
            messages.success(request, "Đã ghi kết quả biểu quyết.")
        elif isinstance(form, ReceiveForm):
            granted = {int(pk) for pk in request.POST.getlist("granted") if pk.isdecimal()} & set(round_.items.values_list("pk", flat=True))
            commendations.receive_decision(round_, **data, granted=granted, by=by)
            messages.success(request, "Đã ghi quyết định của cấp trên vào sổ khen thưởng.")
        elif round_.state == CommendationState.PROPOSED and not round_.is_own:
            commendations.forward_round(round_, **data, by=by)
            messages.success(request, f"Đã gửi tờ trình lên {round_.awarder_name}.")
        else:
            commendations.issue_round(round_, **data, by=by)
            messages.success(request, f"Đã ban hành Quyết định số {data['number']}. Các tên đã vào sổ khen thưởng.")
    except DomainError as error:
        form.add_domain_error(error)
        return False
    return True


def page_of(request, round_, form):
    user = request.user
    items = list(round_.items.select_related("member", "organisation", "place", "revocation").order_by("place__path", "sort_key", "pk"))
    told = told_of(round_, items, user) if round_.state != CommendationState.ISSUED else []
    is_live = round_.state in (CommendationState.DRAFT, CommendationState.PROPOSED, CommendationState.FORWARDED)
    may_prepare = can_prepare_commendation(user, round_.body)
    sums = [one.money.amount if is_live else one.item.amount for one in told] if told else [item.amount for item in items if item.granted]
    return {
        "round": round_,
        "form": form,
        "form_title": form_title(round_, form),
        "is_receiving": isinstance(form, ReceiveForm),
        "told": told,
        "items": [] if told else items,
        "size": len(items),
        "needs_reason": NEEDS_REASON,
        "caps": caps_of(round_, items) if is_live else [],
        "total": sum((one for one in sums if one is not None), 0),
        "unknown": sum(one is None for one in sums),
        "may_prepare": may_prepare,
        "may_write": may_prepare and round_.is_writable,
        "may_decline": round_.state == CommendationState.FORWARDED and form is not None,
        "waits_for": waits_for(round_),
        "entries": trail_of(user, round_, round_.body)[:20],
    }


def form_title(round_, form):
    if isinstance(form, VoteForm):
        return "Kết quả biểu quyết"
    if isinstance(form, ReceiveForm):
        return f"Ghi quyết định của {round_.awarder_name}"
    return "Gửi tờ trình" if round_.state == CommendationState.PROPOSED and not round_.is_own else "Ban hành quyết định"


def waits_for(round_):
    """Who has to act now, in words; "" once it is decided."""
    if round_.state == CommendationState.PROPOSED:
        return f"lãnh đạo {round_.body.committee_name}" + ("" if round_.is_own else " ký tờ trình")
    return round_.awarder_name if round_.state == CommendationState.FORWARDED else ""


def commendation_candidates(request, pk, kind):
    """Who may come on the list: of the year, of five years in a row, one year short, or everybody for special merits."""
    round_ = visible(request, pk)
    if kind not in (MEMBERS, ORGANISATIONS):
        raise Http404
    if not (can_prepare_commendation(request.user, round_.body) and round_.is_writable):
        raise PermissionDenied
    which = request.GET.get("run", IN_YEAR)
    which = which if which in (WHOLE, NEAR, ALL) else IN_YEAR
    predecessors = rule_of(settings_of(root_of(round_.body)), AwardSettingKey.PREDECESSORS, today())

    def shown(rows):
        has = lambda keys: already(round_, kind, keys)  # noqa: E731
        return CandidateList(rows, round_.year, which, predecessors_count=predecessors, has=has)

    context = {
        "round": round_,
        "kind": kind,
        "which": which,
        "form": AddForm(round_=round_, kind=kind, which=which),
        "usual": usual_subjects(round_.awarder_kind, AwardBasis.FIVE_YEARS if which == WHOLE else AwardBasis.YEAR) if which != ALL else (),
        "in_round": set(round_.items.values_list("member" if kind == MEMBERS else "organisation", flat=True)),
        "tabs": [
            {"url": f"../{one}/", "label": label, "is_current": one == kind}
            for one, label in ((MEMBERS, "Đảng viên"), (ORGANISATIONS, "Tổ chức đảng"))
        ],
        "years": range(round_.year - 4, round_.year + 1),
    }
    rows = subjects_in(round_, request.user, Subject.MEMBER if kind == MEMBERS else Subject.ORGANISATION)
    title = f"Chọn {'đảng viên' if kind == MEMBERS else 'tổ chức đảng'}, năm {round_.year}"
    template, name = "evaluations/commendation_candidates.html", "du-dieu-kien-khen-thuong"
    return render_list(
        request, template, rows=rows, title=title, filterset=CandidateFilter, columns=CANDIDATE_COLUMNS, name=name, context=context, shown=shown
    )


def already(round_, kind, keys):
    """{id: what the subject has, or is proposed for, for this year or five years that meet it}, in one query."""
    field = "member" if kind == MEMBERS else "organisation"
    near = Q(last_year=round_.year) | Q(basis=AwardBasis.FIVE_YEARS, last_year__gte=round_.year - 4)
    rows = (Commendation.objects.standing() | Commendation.objects.pending()).filter(near, **{f"{field}__in": keys})
    found = {}
    for row in rows.select_related("round__document").order_by("-last_year", "pk"):
        number = f"số {row.round.document.number}" if row.round.document_id else "đang đề nghị"
        words = f"{row.get_award_display()} {row.get_basis_display().lower()} {row.years}, {number}"
        found.setdefault(getattr(row, f"{field}_id"), []).append(words)
    return found


@require_POST
def commendation_add(request, pk, kind):
    round_ = visible(request, pk)
    if kind not in (MEMBERS, ORGANISATIONS):
        raise Http404
    if not can_prepare_commendation(request.user, round_.body):
        raise PermissionDenied
    which = request.POST.get("which", IN_YEAR)
    form = AddForm(request.POST, round_=round_, kind=kind, which=which if which in (WHOLE, NEAR, ALL) else IN_YEAR)
    keys = [int(pk) for pk in request.POST.getlist("subject") if pk.isascii() and pk.isdecimal()]
    rows = subjects_in(round_, request.user, Subject.MEMBER if kind == MEMBERS else Subject.ORGANISATION)
    rows = rows.select_related("cell__parent") if kind == MEMBERS else rows
    if form.is_valid():
        try:
            count = commendations.add_subjects(round_, list(rows.filter(pk__in=keys)), **form.values(), by=request.user)
            messages.success(request, f"Đã đưa {count} tên vào danh sách.")
            return redirect("evaluations:commendation_detail", pk)
        except DomainError as error:
            messages.error(request, error.message)
    else:
        messages.error(request, "Hãy chọn hình thức và căn cứ khen thưởng.")
    return redirect("evaluations:commendation_candidates", pk, kind)


def item_of(request, pk):
    rows = Commendation.objects.filter(round__in=CommendationRound.objects.visible_to(request.user))
    return get_object_or_404(
        rows.select_related("round__body", "round__awarding_body", "round__document", "member__cell", "organisation", "place"), pk=pk
    )


def commendation_item(request, pk):
    """One name: why it is there, what was received, what must be cleared up; once decided, its proof, and taking it back."""
    item = item_of(request, pk)
    round_ = item.round
    told = told_of(round_, [item], request.user)[0]
    form = item_form(request, item, told)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and save(request, item, form):
            return redirect("evaluations:commendation_detail", round_.pk)
    context = {
        "item": item,
        "round": round_,
        "told": told if not item.granted else None,
        "form": form,
        "is_revoking": isinstance(form, RevokeForm),
        "needs_reason": NEEDS_REASON,
        "sees_case": told.has_open_case,
        "may_remove": round_.is_writable and can_prepare_commendation(request.user, round_.body),
        "entries": trail_of(request.user, item, round_.body)[:20],
    }
    return render(request, "evaluations/commendation_item.html", context)


def item_form(request, item, told):
    if item.round.is_writable and can_prepare_commendation(request.user, item.round.body):
        initial = {name: getattr(item, name) for name in ("dossier", "merit", "reason", "case_reason")}
        return ItemForm(request.POST or None, initial=initial, has_open_case=told.has_open_case)
    if item.is_standing and can_revoke_commendation(request.user, item.round):
        return RevokeForm(request.POST or None)
    return None


def save(request, item, form):
    try:
        if isinstance(form, RevokeForm):
            place = item.round.awarding_body or item.round.body
            document = form.document(place, request.user)
            commendations.revoke_item(item, reason=form.cleaned_data["reason"], document=document, by=request.user)
            messages.success(request, "Đã ghi thu hồi. Sổ khen thưởng giữ cả hai quyết định; muốn tặng lại thì lập đợt mới.")
        else:
            commendations.save_item(item, **form.cleaned_data, by=request.user)
            messages.success(request, "Đã lưu.")
    except DomainError as error:
        form.add_domain_error(error)
        return False
    return True


@require_POST
def commendation_remove(request, pk):
    item = item_of(request, pk)
    return answer(request, item.round_id, lambda: commendations.remove_item(item, by=request.user), f"Đã bỏ {item.name} khỏi danh sách.")


@require_POST
def commendation_propose(request, pk):
    round_ = visible(request, pk)
    return answer(request, pk, lambda: commendations.propose_round(round_, by=request.user), "Đã trình danh sách.")


@require_POST
def commendation_withdraw(request, pk):
    round_ = visible(request, pk)
    reason = request.POST.get("reason", "")
    return answer(request, pk, lambda: commendations.withdraw_round(round_, reason, by=request.user), "Đã rút về để sửa.")


@require_POST
def commendation_decline(request, pk):
    round_ = visible(request, pk)
    reason = request.POST.get("reason", "")
    return answer(request, pk, lambda: commendations.decline_round(round_, reason, by=request.user), "Đã ghi: cấp trên không khen thưởng.")


@require_POST
def commendation_discard(request, pk):
    round_ = visible(request, pk)
    try:
        commendations.discard_round(round_, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("evaluations:commendation_detail", pk)
    messages.success(request, "Đã bỏ đợt khen thưởng.")
    return redirect("evaluations:commendation_list")


def answer(request, pk, act, done):
    try:
        act()
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evaluations:commendation_detail", pk)


def commendation_print(request, pk):
    """The list as it goes with the submission or the decision, to be printed."""
    round_ = visible(request, pk)
    items = list(round_.items.exclude(granted=False).select_related("member", "place").order_by("organisation", "place__path", "sort_key", "pk"))
    if round_.is_writable:  # nothing is kept of the sums before the list goes forward
        for one in told_of(round_, items, request.user):
            one.item.amount = one.money.amount
    parts = {}
    for item in items:
        parts.setdefault(f"{item.get_award_display()}, {item.get_basis_display().lower()}", []).append(item)
    known = [item.amount for item in items if item.amount is not None]
    context = {"round": round_, "parts": parts.items(), "total": sum(known, 0), "unknown": len(items) - len(known), "printed_on": date_text(today())}
    return render(request, "evaluations/commendation_print.html", context)
