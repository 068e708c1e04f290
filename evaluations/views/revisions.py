from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.models import Organisation
from evaluations.enums import DecisionState
from evaluations.forms.revisions import AnswerForm, ComplaintForm, RevisionForm
from evaluations.models import Complaint, Cycle, Decision, DecisionItem, Notice, Review
from evaluations.permissions import can_acknowledge, can_record_complaint
from evaluations.rulebooks import rulebook_for
from evaluations.services import revisions
from evaluations.services.decisions import acknowledge_notice
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked, paginate


def visible_row(request, pk):
    rows = Review.objects.visible_to(request.user).present().select_related("sheet__cycle__root", "decided_by", "member", "organisation")
    return get_object_or_404(rows, pk=pk)


def revision_new(request, pk):
    """Rate a row again whose result was announced: it goes into the draft revision of the chosen body."""
    review = visible_row(request, pk)
    bodies = revisions.bodies_to_revise(review, request.user)
    if not bodies:
        raise PermissionDenied
    book, against = rulebook_for(review.sheet.cycle.year), revisions.against_revising(review)
    queryset = Organisation.objects.filter(pk__in=[body.pk for body in bodies]).order_by("-path")
    form = RevisionForm(request.POST or None, bodies=queryset, book=book, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            decision = revisions.revise(review, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã đưa {review.name} vào dự thảo xếp loại lại. Thêm dòng khác ở trang “Vì sao” của dòng đó.")
            return redirect("evaluations:decision_detail", decision.pk)
        except DomainError as error:
            form.add_domain_error(error)
    now = book.level_name(review.decided_level, review.subject)
    context = {"review": review, "form": form, "against": against, "now": now, "is_exemplary": review.exemplary}
    return render(request, "evaluations/revision_new.html", context)


@require_POST
def revision_leave_out(request, pk, review_pk):
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("body"), pk=pk)
    review = get_object_or_404(Review, pk=review_pk, revised_rows__decision=decision)
    try:
        is_left = revisions.leave_out(decision, review, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        is_left = True
    else:
        messages.success(request, f"Đã bỏ {review.name} khỏi dự thảo; mức đã quyết định giữ nguyên.")
    return redirect("evaluations:decision_detail", pk) if is_left else redirect("evaluations:review_why", review_pk)


COMPLAINT_COLUMNS = [
    Column("Đối tượng", lambda one: one.review.name, width=40),
    Column("Bảng của", lambda one: one.review.sheet.organisation_name, width=40),
    Column("Của ai", lambda one: one.get_source_display(), width=26),
    Column("Ngày nhận", lambda one: one.received_on, width=14, kind="date"),
    Column("Số văn bản", lambda one: one.paper, width=18),
    Column("Nội dung", lambda one: one.summary, width=60),
    Column("Kết quả", lambda one: one.get_outcome_display(), width=20),
    Column("Ngày trả lời", lambda one: one.answered_on, width=14, kind="date"),
    Column("Trả lời", lambda one: one.answer, width=60),
]


def complaint_list(request, cycle_pk):
    """The complaints of a year that lie with the bodies one sees."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), pk=cycle_pk)
    rows = Complaint.objects.visible_to(request.user).filter(review__sheet__cycle=cycle).select_related("review__sheet", "decision__document")
    rows = rows.order_by("outcome", "received_on", "pk")
    title, name = f"Khiếu nại, kiến nghị năm {cycle.year}", f"khieu-nai-{cycle.year}"
    if file := export_asked(request, name=name, title=title, columns=COMPLAINT_COLUMNS, rows=rows):
        return file
    page = paginate(request, rows)
    return render(request, "evaluations/complaint_list.html", {"cycle": cycle, "page": page, "rows": page.object_list})


def complaint_new(request, pk):
    review = visible_row(request, pk)
    if not can_record_complaint(request.user, review):
        raise PermissionDenied
    form = ComplaintForm(request.POST or None, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            revisions.record_complaint(review, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã ghi khiếu nại, kiến nghị về kết quả của {review.name}.")
            return redirect("evaluations:review_why", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/complaint_form.html", {"review": review, "form": form, "complaint": None})


def complaint_answer(request, pk):
    complaint = get_object_or_404(Complaint.objects.visible_to(request.user).select_related("review__sheet__cycle", "review__decided_by"), pk=pk)
    review = complaint.review
    if not can_record_complaint(request.user, review):
        raise PermissionDenied
    form = AnswerForm(request.POST or None, initial={"answered_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            revisions.answer_complaint(complaint, **form.cleaned_data, by=request.user)
            messages.success(request, "Đã ghi nội dung trả lời.")
            return redirect("evaluations:review_why", review.pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/complaint_form.html", {"review": review, "form": form, "complaint": complaint})


def notice_detail(request, pk):
    """What a decision says of one unit: to print, to read out, and to say that it was received."""
    notices = Notice.objects.visible_to(request.user).filter(decision__state=DecisionState.PUBLISHED)
    notices = notices.select_related("decision__body", "decision__document", "decision__cycle", "sheet__organisation", "seen_by")
    notice = get_object_or_404(notices, pk=pk)
    book = rulebook_for(notice.decision.cycle.year)
    items = DecisionItem.objects.filter(decision=notice.decision, review__sheet=notice.sheet).select_related("review", "replaces", "replaced_by")
    rows = [
        {
            "item": item,
            "level_name": book.level_name(item.level, item.review.subject),
            "before": book.level_name(item.replaces.level, item.review.subject) if item.replaces else "",
            "is_replaced": hasattr(item, "replaced_by"),
        }
        for item in items.order_by("-review__subject", "review__sort_key", "pk")
    ]
    context = {"notice": notice, "rows": rows, "may_acknowledge": notice.seen_at is None and can_acknowledge(request.user, notice)}
    return render(request, "evaluations/notice_detail.html", context)


@require_POST
def notice_seen(request, pk):
    notice = get_object_or_404(Notice.objects.visible_to(request.user).select_related("sheet__organisation"), pk=pk)
    acknowledge_notice(notice, by=request.user)
    messages.success(request, "Đã ghi nhận: đơn vị đã nhận thông báo kết quả.")
    return redirect("evaluations:notice_detail", pk)
