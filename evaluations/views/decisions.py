from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.enums import PaperCode
from cells.models import Organisation
from cells.permissions import trail_of
from cells.services.numbers import offered_number
from evaluations.enums import DecisionState
from evaluations.forms.decisions import IssueForm
from evaluations.models import Cycle, Decision, ReviewSheet
from evaluations.permissions import CHOOSING_KINDS, can_issue_decision, can_override, can_prepare, can_prepare_decision
from evaluations.rulebooks import rulebook_for
from evaluations.services import decisions, proposals
from evaluations.services.quotas import usage
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError


def visible(request, pk):
    return get_object_or_404(Decision.objects.visible_to(request.user).select_related("body", "cycle", "document"), pk=pk)


def decision_new(request, cycle_pk, body_pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), pk=cycle_pk)
    body = get_object_or_404(Organisation.objects.visible_to(request.user), pk=body_pk)
    if not can_prepare_decision(request.user, body):
        raise PermissionDenied
    waiting = ReviewSheet.objects.waiting_for(body, cycle)
    if request.method == "POST":
        chosen = list(waiting.filter(pk__in=[pk for pk in request.POST.getlist("sheet") if pk.isdigit()]))
        title = f"Công nhận kết quả đánh giá, xếp loại năm {cycle.year}"
        try:
            decision = decisions.draft_decision(body, cycle, chosen, title=title, by=request.user)
            return redirect("evaluations:decision_detail", decision.pk)
        except DomainError as error:
            messages.error(request, error.message)
    sheets = sorted(((sheet, proposals.is_ready(sheet, body)) for sheet in waiting), key=lambda pair: not pair[1])
    return render(request, "evaluations/decision_new.html", {"cycle": cycle, "body": body, "sheets": sheets})


def decision_detail(request, pk):
    decision = visible(request, pk)
    may_issue = decision.state == DecisionState.PROPOSED and can_issue_decision(request.user, decision)
    offered = {"number": offered_number(decision.body, PaperCode.DECISION, today())} if may_issue else {}
    form = IssueForm(request.POST or None, initial=offered) if may_issue else None
    if form and request.method == "POST" and form.is_valid():
        try:
            decisions.issue_decision(decision, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã ban hành Quyết định số {form.cleaned_data['number']}. Các mức xếp loại đã chốt.")
            return redirect("evaluations:decision_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/decision_detail.html", page_of(decision, form, request.user))


def page_of(decision, form, user):
    book = rulebook_for(decision.cycle.year)
    notices = list(decision.notices.visible_to(user).select_related("sheet").order_by("sheet__path"))
    return {
        "notices": notices,
        "seen": sum(1 for one in notices if one.seen_at),
        "decision": decision,
        "form": form,
        "rows": lines_of(decision, book),
        "exemplary_label": book.exemplary_label if decision.body.kind in CHOOSING_KINDS else "",
        "meters": [(pool, usage(pool)) for pool in decisions.pools_of(decision)],
        "missing": proposals.missing_for_proposal(decision) if decision.state == DecisionState.DRAFT else [],
        "majority": decisions.majority_of(decision),
        "may_prepare": can_prepare(user, decision),
        "may_override": can_override(user, decision) and decision.state in (DecisionState.DRAFT, DecisionState.PROPOSED),
        "entries": trail_of(user, decision, decision.body)[:20],
    }


def lines_of(decision, book):
    """The rows as the decision gave them, or, while they wait, as far as levels are proposed."""
    if decision.state in (DecisionState.ISSUED, DecisionState.PUBLISHED):
        overrides = {one.review_id: one for one in decision.overrides.select_related("document")}
        items = decision.items.select_related("review__sheet", "replaces", "replaced_by")
        items = items.order_by("review__sheet__path", "-review__subject", "review__sort_key", "pk")
        return [
            line_of(
                book,
                item.review,
                item.level,
                item.exemplary,
                item.reason,
                before=book.level_name(item.replaces.level, item.review.subject) if item.replaces else "",
                is_replaced=hasattr(item, "replaced_by"),
                against=item.findings,
                override=overrides.get(item.review_id),
            )
            for item in items
        ]
    return [
        line_of(
            book,
            row,
            row.final_level,
            row.is_exemplary,
            row.reason or row.why_proposed or "",
            before=book.level_name(row.decided_level, row.subject),
            lacks_reason=row.lacks_reason,
            against=row.against,
            override=row.override,
            is_unanswered=row.is_unanswered,
        )
        for row in proposals.levels_to_decide(decision)
    ]


def line_of(book, review, level, exemplary, reason, **more):
    return {
        "pk": review.pk,
        "name": review.name,
        "sheet_id": review.sheet_id,
        "sheet_name": review.sheet.organisation_name,
        "level": level,
        "level_name": book.level_name(level, review.subject),
        "exemplary": exemplary,
        "reason": reason,
        **more,
    }


@require_POST
def decision_propose(request, pk):
    return answer(request, pk, lambda decision: decisions.propose_decision(decision, by=request.user), "Đã trình lãnh đạo.")


@require_POST
def decision_discard(request, pk):
    decision = visible(request, pk)
    try:
        decisions.discard_draft(decision, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("evaluations:decision_detail", pk)
    messages.success(request, "Đã bỏ dự thảo quyết định. Các mức trong bảng xếp loại không thay đổi.")
    return redirect("evaluations:cycle_detail", decision.cycle_id)


@require_POST
def decision_withdraw(request, pk):
    reason = request.POST.get("reason", "")
    return answer(request, pk, lambda decision: decisions.withdraw_decision(decision, reason, by=request.user), "Đã rút về để sửa.")


@require_POST
def decision_publish(request, pk):
    return answer(request, pk, lambda decision: decisions.publish_decision(decision, by=request.user), "Đã công bố kết quả.")


def answer(request, pk, act, done):
    decision = visible(request, pk)
    try:
        act(decision)
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evaluations:decision_detail", pk)
