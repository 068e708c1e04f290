from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from cells.scope import paths_of, within
from evaluations.enums import Eligibility
from evaluations.fact_forms import FactsForm, asked_facts
from evaluations.forms import RemarkForm
from evaluations.known import subject_of
from evaluations.models import EnteredFacts, FormerCellRemark, Review, ReviewSheet
from evaluations.permissions import can_give_remark, can_write_facts
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.scores import plain
from evaluations.services import facts
from evaluations.services.scoring import score_sheets
from khoi_party.common.errors import DomainError, StaleVersion


def row_facts(request, pk):
    """What is entered of one row for the rules of the year."""
    rows = Review.objects.visible_to(request.user).present().select_related("sheet__cycle__root", "sheet__organisation", "decided_by")
    review = get_object_or_404(rows, pk=pk)
    if not can_write_facts(request.user, review):
        raise PermissionDenied
    entered = EnteredFacts.objects.filter(review=review).first()
    leads = request.POST["leads"] == "true" if "leads" in request.POST else bool(entered and entered.values.get("leads"))
    sheet = score_sheets(review.sheet.cycle).of(subject_of(review.subject, review.sheet.organisation_kind), leads)
    form = FactsForm(request.POST or None, review=review, entered=entered, sheet=sheet)
    if request.method == "POST" and form.is_valid() and keep(request, review, form):
        following = next_row(review) if "next" in request.POST else None
        return redirect("evaluations:row_facts", following.pk) if following else redirect("evaluations:review_why", review.pk)
    context = {"review": review, "form": form, "sheet": sheet, "book": rulebook_for(review.sheet.cycle.year), "following": next_row(review)}
    return render(request, "evaluations/row_facts.html", context)


def keep(request, review, form):
    data = form.cleaned_data
    try:
        facts.save_facts(
            review,
            form.values(),
            points=form.points(),
            vetoes=data.get("vetoes", []),
            source=data["source"],
            version=data["version"],
            by=request.user,
        )
    except StaleVersion as stale:
        form.add_error(None, stale.message)
        form.data = form.data.copy()
        form.data["version"] = stale.current.version
        return False
    except DomainError as error:
        form.add_domain_error(error)
        return False
    messages.success(request, f"Đã lưu sự việc của {review.name}.")
    return True


def next_row(review):
    """The row after `review` on its sheet, members by name and the organisation last; None at the end."""
    rows = list(review.sheet.reviews.present().filter(eligibility=Eligibility.REQUIRED, decided_level=None).order_by("subject", "sort_key", "pk"))
    pks = [row.pk for row in rows]
    place = pks.index(review.pk) if review.pk in pks else len(rows)
    return rows[place + 1] if place + 1 < len(rows) else None


def sheet_facts(request, pk):
    """Who of a sheet has what entered: points, tasks, and what is still unknown, with the way to each row's form."""
    sheet = get_object_or_404(ReviewSheet.objects.visible_to(request.user).select_related("organisation", "cycle__root"), pk=pk)
    rated = sheet.reviews.present().filter(eligibility=Eligibility.REQUIRED).order_by("subject", "sort_key", "pk")
    reviews = rated.select_related("sheet__organisation", "sheet__cycle", "decided_by", "entered")
    sheets = score_sheets(sheet.cycle)
    context = {"sheet": sheet, "book": rulebook_for(sheet.cycle.year), "rows": [line_of(row, sheets, request.user) for row in reviews]}
    return render(request, "evaluations/sheet_facts.html", context)


def line_of(review, sheets, user):
    subject = subject_of(review.subject, review.sheet.organisation_kind)
    entered = getattr(review, "entered", None)
    values = entered.values if entered else {}
    score_sheet = sheets.of(subject, values.get("leads"))
    asked = asked_facts(review.sheet.cycle.year, subject)
    return {
        "review": review,
        "groups": [(group.name, shown(group_points(items, entered))) for group, items in score_sheet.by_group()],
        "score": shown(score_sheet.score(entered.points)) if entered else "",
        "tasks": [values.get(name) for name in ("tasks", "tasks_done", "tasks_on_time", "tasks_exceeded")],
        "given": sum(fact.name in values for fact in asked),
        "asked": len(asked),
        "may_write": can_write_facts(user, review),
    }


def shown(points):
    return "" if points is None else plain(points)


def group_points(items, entered):
    given = [entered.points.get(item.key) for item in items] if entered else [None]
    return None if None in given else sum(given)


def remark(request, pk):
    """What the former cell says of a member who moved during the year; seen by the former cell and by those who see the row."""
    paths = paths_of(request.user)
    seen = Q(within("cell__path", paths)) | Q(within("review__sheet__organisation__path", paths))
    rows = FormerCellRemark.objects.filter(seen).select_related("cell", "review__sheet__organisation", "review__sheet__cycle")
    found = get_object_or_404(rows, pk=pk)
    may_write = can_give_remark(request.user, found) and found.review.decided_level is None
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = RemarkForm(request.POST or None, initial={"text": found.text}) if may_write else None
    if form and request.method == "POST" and form.is_valid():
        try:
            facts.give_remark(found, form.cleaned_data["text"], by=request.user)
            messages.success(request, "Đã gửi nhận xét cho chi bộ nơi đảng viên đang sinh hoạt.")
            return redirect("evaluations:remark", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/remark.html", {"remark": found, "form": form})
