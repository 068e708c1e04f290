from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import Organisation
from evaluations.findings import to_clear_up
from evaluations.forms.decisions import OverrideForm
from evaluations.models import Cycle, Decision, Review, ReviewSheet
from evaluations.permissions import DECIDING_KINDS, can_override, can_see_body_grid
from evaluations.services.proposals import levels_to_decide, override_findings
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked

COLUMNS = [
    Column("Bảng của", lambda row: row[0], width=40),
    Column("Đối tượng", lambda row: row[1].name, width=40),
    Column("Mức đang có", lambda row: row[1].level_name, width=28),
    Column("Theo ý kiến", lambda row: row[1].voice, width=20),
    Column("Quy định buộc", lambda row: row[1].forced, width=28),
    Column("Điều cần làm rõ", lambda row: "; ".join(f"{one['says']} ({one['source']})" for one in row[1].against), width=90),
]


def exported(request, cycle, groups, organisation):
    """The rows to clear up as Excel where the address asks for it."""
    rows = [(unit, line) for unit, lines in groups for line in lines]
    title = f"Cần làm rõ trước khi họp, năm {cycle.year}"
    return export_asked(request, name=f"can-lam-ro-{cycle.year}", title=title, columns=COLUMNS, rows=rows, notes=[organisation.name])


def sheet_findings(request, pk):
    """Before the meeting: the rows of one unit that a clause speaks against, or where something must be cleared up."""
    sheet = get_object_or_404(ReviewSheet.objects.visible_to(request.user).select_related("organisation", "cycle__root"), pk=pk)
    groups, counted = to_clear_up(sheet.cycle, sheet.reviews.all(), request.user)
    if file := exported(request, sheet.cycle, groups, sheet.organisation):
        return file
    context = {"title": sheet.organisation_name, "cycle": sheet.cycle, "sheet": sheet, "groups": groups, "counted": counted}
    return render(request, "evaluations/findings.html", context)


def body_findings(request, cycle_pk, body_pk):
    """The same for all rows that one body decides."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=cycle_pk)
    body = get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind__in=DECIDING_KINDS), pk=body_pk)
    if not can_see_body_grid(request.user, body):
        raise PermissionDenied
    rows = Review.objects.filter(sheet__cycle=cycle, decided_by=body)
    groups, counted = to_clear_up(cycle, rows, request.user)
    if file := exported(request, cycle, groups, body):
        return file
    return render(request, "evaluations/findings.html", {"title": body.name, "cycle": cycle, "body": body, "groups": groups, "counted": counted})


def row_override(request, pk, review_pk):
    """The deciding body says why it keeps a level that a clause speaks against."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("body", "cycle"), pk=pk)
    if not can_override(request.user, decision):
        raise PermissionDenied
    row = next((one for one in levels_to_decide(decision) if one.pk == review_pk), None)
    if row is None or not row.against:
        messages.info(request, "Dòng này không còn điều nào cần ghi lý do.")
        return redirect("evaluations:decision_detail", pk)
    form = OverrideForm(request.POST or None, row=row, initial={"document_issuer": decision.body.committee_name})
    if request.method == "POST" and form.is_valid():
        try:
            override_findings(decision, row, form.cleaned_data["reason"], document=form.document(decision.body, request.user), by=request.user)
            messages.success(request, f"Đã ghi lý do giữ mức của {row.name}.")
            return redirect("evaluations:decision_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/row_override.html", {"decision": decision, "row": row, "form": form})
