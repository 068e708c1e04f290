from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from evaluations.enums import DossierKind, SheetState
from evaluations.forms.reports import DossierForm, ReportForm
from evaluations.models import ReviewReport, ReviewSheet
from evaluations.permissions import can_accept_sheet, can_write_sheet
from evaluations.report_outline import outline_of
from evaluations.services import reports
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.lists import wants_fragment


def visible(request, pk):
    return get_object_or_404(ReviewSheet.objects.visible_to(request.user).select_related("organisation", "cycle__root"), pk=pk)


def sheet_report(request, pk):
    """The unit's review report: typed here, kept as a draft while one types, read by those above; and the file of papers."""
    sheet = visible(request, pk)
    sections, form_name = outline_of(sheet.cycle.year)
    report = ReviewReport.objects.filter(sheet=sheet).select_related("saved_by").first()
    may_write = can_write_sheet(request.user, sheet) and sheet.state != SheetState.ACCEPTED
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = ReportForm(request.POST or None, sections=sections, report=report) if may_write else None
    if request.method == "POST" and form.is_valid():
        try:
            kept = reports.save_report(sheet, form.texts(), version=form.cleaned_data["version"], by=request.user)
            return drafted(kept) if wants_fragment(request) else redirect("evaluations:sheet_report", pk)
        except DomainError as error:
            if wants_fragment(request):
                return HttpResponse(error.message)
            form.add_domain_error(error)
    faults, suggestion = reports.pointed_out(sheet)
    papers = {one.kind: one for one in sheet.dossier.all()}
    context = {
        "sheet": sheet,
        "form": form,
        "form_name": form_name,
        "report": report,
        "texts": [(section.title, report.texts.get(section.key, "")) for section in sections] if report else [],
        "faults": faults,
        "suggestion": suggestion,
        "dossier": [(kind.label, papers.get(kind)) for kind in DossierKind],
        "dossier_form": DossierForm(initial={"kinds": list(papers), "received_on": today()}) if can_accept_sheet(request.user, sheet) else None,
    }
    return render(request, "evaluations/sheet_report.html", context)


def drafted(report):
    """What the draft's line says after each save, with the version that the next one needs."""
    said = f"Đã lưu nháp lúc {timezone.localtime(report.saved_at):%H:%M:%S}."
    return HttpResponse(f'{said}<input type="hidden" name="version" value="{report.version}" id="id_version" hx-swap-oob="true">')


def sheet_dossier(request, pk):
    sheet = visible(request, pk)
    form = DossierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reports.receive_papers(sheet, **form.cleaned_data, by=request.user)
        return redirect("evaluations:sheet_report", pk)
    if not can_accept_sheet(request.user, sheet):
        raise PermissionDenied
    return render(request, "evaluations/sheet_dossier.html", {"sheet": sheet, "form": form})
