from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.enums import CELL_KINDS, READING_ROLES
from cells.models import Organisation
from cells.scope import holds
from evaluations.forms.plans import ReviewDayForm, SuggestionForm
from evaluations.models import Cycle, ReviewPlan, ReviewSheet
from evaluations.permissions import can_suggest, can_write_sheet
from evaluations.progress import children_of, overdue_below, units_of
from evaluations.services import plans
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError


def cycle_progress(request, cycle_pk, organisation_pk):
    """Where the units below a committee stand in the year, who keeps it waiting, and the words to remind them with."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root").prefetch_related("stages"), pk=cycle_pk)
    committees = Organisation.objects.visible_to(request.user).exclude(kind__in=CELL_KINDS)
    organisation = get_object_or_404(committees, pk=organisation_pk)
    if not holds(request.user, READING_ROLES, organisation):
        raise PermissionDenied
    units = units_of(cycle, organisation, today())
    context = {
        "cycle": cycle,
        "organisation": organisation,
        "own": units.get(organisation.path),
        "rows": children_of(units, organisation),
        "overdue": [(what, names, due) for what, (names, due) in overdue_below(cycle, organisation, today()).items()],
        "stages": cycle.stages.all(),
        "today": today(),
    }
    return render(request, "evaluations/cycle_progress.html", context)


def sheet_plan(request, pk):
    """How the unit's review is prepared; the superior's part and the unit's part are two forms."""
    sheets = ReviewSheet.objects.visible_to(request.user).select_related("organisation", "cycle__root")
    sheet = get_object_or_404(sheets, pk=pk)
    plan = ReviewPlan.objects.filter(sheet=sheet).select_related("document").first() or ReviewPlan(sheet=sheet, version=0)
    suggestion = suggestion_form(request, sheet, plan) if can_suggest(request.user, sheet) else None
    own = own_form(request, sheet, plan) if can_write_sheet(request.user, sheet) else None
    if request.method == "POST":
        form, save = (suggestion, save_suggested) if request.POST.get("part") == "suggestion" else (own, save_own)
        if form is None:
            raise PermissionDenied
        if form.is_valid() and saved(request, form, save, sheet):
            return redirect("evaluations:sheet_plan", pk)
    context = {"sheet": sheet, "plan": plan, "suggestion": suggestion, "own": own, "is_late": plans.draft_is_late(plan, sheet.cycle.root)}
    return render(request, "evaluations/sheet_plan.html", context)


def suggestion_form(request, sheet, plan):
    data = request.POST if request.POST.get("part") == "suggestion" else None
    paper = plan.document
    known = {"document_number": paper.number, "document_on": paper.issued_on, "document_issuer": paper.issuer} if paper else {}
    return SuggestionForm(data, initial={"attending": plan.attending, "suggestion": plan.suggestion, "version": plan.version} | known)


def own_form(request, sheet, plan):
    data = request.POST if request.POST.get("part") == "own" else None
    initial = {name: getattr(plan, name) for name in ("meets_on", "draft_sent_on", "held_on", "answer", "version")}
    return ReviewDayForm(data, initial=initial, has_suggestion=bool(plan.suggestion))


def save_suggested(form, sheet, user):
    data = form.cleaned_data
    is_new_paper = {"document_number", "document_on", "document_issuer"} & set(form.changed_data)
    document = form.document(sheet.organisation.parent or sheet.cycle.root, user) if is_new_paper else None
    values = {name: data[name] for name in ("attending", "suggestion", "version")}
    plans.save_suggestion(sheet, **values, document=document, by=user)


def save_own(form, sheet, user):
    plans.save_review_day(sheet, **form.cleaned_data, by=user)


def saved(request, form, save, sheet):
    try:
        save(form, sheet, request.user)
    except DomainError as error:
        form.add_domain_error(error)
        return False
    messages.success(request, "Đã lưu.")
    return True
