from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.models import Organisation
from cells.permissions import trail_of
from evaluations.enums import DecisionState
from evaluations.forms import IssueForm
from evaluations.models import Cycle, Decision, ReviewSheet
from evaluations.permissions import can_issue_decision, can_prepare, can_prepare_decision
from evaluations.rulebooks import rulebook_for
from evaluations.services import decisions
from evaluations.services.quotas import usage
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
    return render(request, "evaluations/decision_new.html", {"cycle": cycle, "body": body, "sheets": waiting})


def decision_detail(request, pk):
    decision = visible(request, pk)
    may_issue = decision.state == DecisionState.PROPOSED and can_issue_decision(request.user, decision)
    form = IssueForm(request.POST or None) if may_issue else None
    if form and request.method == "POST" and form.is_valid():
        try:
            decisions.issue_decision(decision, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã ban hành Quyết định số {form.cleaned_data['number']}. Các mức xếp loại đã chốt.")
            return redirect("evaluations:decision_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/decision_detail.html", page_of(decision, form, request.user))


def page_of(decision, form, user):
    is_issued = decision.state in (DecisionState.ISSUED, DecisionState.PUBLISHED)
    return {
        "decision": decision,
        "form": form,
        "rows": issued_rows(decision) if is_issued else waiting_rows(decision),
        "meters": [(pool, usage(pool)) for pool in decisions.pools_of(decision)],
        "missing": decisions.missing_for_proposal(decision) if decision.state == DecisionState.DRAFT else [],
        "majority": decisions.majority_of(decision),
        "may_prepare": can_prepare(user, decision),
        "entries": trail_of(user, decision, decision.body)[:20],
    }


def issued_rows(decision):
    """(review, level, its name, tiêu biểu, reason) as the decision gave them."""
    book = rulebook_for(decision.cycle.year)
    items = decision.items.select_related("review__sheet").order_by("review__sheet__path", "-review__subject", "review__sort_key", "pk")
    return [(item.review, item.level, book.level_name(item.level, item.review.subject), item.exemplary, item.reason) for item in items]


def waiting_rows(decision):
    """The same for rows that wait, as far as levels are proposed."""
    book = rulebook_for(decision.cycle.year)
    rows = decisions.levels_to_decide(decision)
    return [
        (row, row.final_level, book.level_name(row.final_level, row.subject), row.is_exemplary, row.reason or row.why_proposed or "") for row in rows
    ]


@require_POST
def decision_propose(request, pk):
    return answer(request, pk, lambda decision: decisions.propose_decision(decision, by=request.user), "Đã trình lãnh đạo.")


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
