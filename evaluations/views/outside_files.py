from datetime import date
from decimal import Decimal
from secrets import token_hex

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from cells.enums import DocumentKind
from cells.models import Document, Organisation
from evaluations.forms.outside import OutsideFileForm
from evaluations.services import outside
from evaluations.services.outside import Result
from evaluations.services.outside_files import planned, read_results, template_columns, template_rows
from evaluations.views.outside import cycle_of
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import workbook_response
from khoi_party.common.excel_in import MOST_BYTES
from khoi_party.common.lists import paginate
from members.models import Member

HELD = "outside_import"  # in the session: what was read from the last file, until it is written or replaced
FIELDS = ("kind", "level", "points", "quarter", "member_id", "organisation_id", "body_name", "version")
STATES = (("changed", "Thay đổi"), ("new", "Mới"), ("same", "Giữ nguyên"))


def written_for(request, cycle_pk):
    """The cycle, for somebody who writes results in it."""
    cycle = cycle_of(request, cycle_pk)
    if not outside.writable_places(request.user, cycle).exists():
        raise PermissionDenied
    return cycle


def outside_template(request, cycle_pk):
    cycle = written_for(request, cycle_pk)
    title = f"Kết quả xếp loại nơi khác năm {cycle.year}"
    return workbook_response(f"mau-ket-qua-noi-khac-{cycle.year}", title, template_columns(), template_rows(request.user, cycle))


def outside_import(request, cycle_pk):
    """Take a file and show what it would do; nothing is written before the preview was agreed to."""
    cycle = written_for(request, cycle_pk)
    form = OutsideFileForm(request.POST or None, request.FILES or None)
    reading = read(request, cycle, form) if request.method == "POST" and form.is_valid() else None
    if reading and not reading.refusals:
        hold(request, cycle, reading, form.cleaned_data)
        return redirect("evaluations:outside_preview", cycle.pk)
    return render(request, "evaluations/outside_import.html", {"cycle": cycle, "form": form, "reading": reading})


def read(request, cycle, form):
    file = form.cleaned_data["file"]
    try:
        return read_results(file.read(MOST_BYTES + 1), cycle, request.user)
    except DomainError as error:
        form.add_error("file", error.message)
    return None


def hold(request, cycle, reading, data):
    """Keep what was read on the server: ids and levels, and the source as typed."""
    lines = [[str(value) if isinstance(value := getattr(result, name), Decimal) else value for name in FIELDS] for result in reading.results]
    source = [data["document_number"], data["document_on"].isoformat(), data["document_issuer"]]
    request.session[HELD] = {"token": token_hex(8), "cycle": cycle.pk, "lines": lines, "source": source} | {
        "empty": reading.empty,
        "ignored": reading.ignored,
    }


def held_results(held):
    rows = (dict(zip(FIELDS, line, strict=True)) for line in held["lines"])
    return [Result(**row | {"points": None if row["points"] is None else Decimal(row["points"])}) for row in rows]


def held_document(held, cycle, user):
    number, issued_on, issuer = held["source"]
    keeper = outside.keeper(user, cycle)
    said = {"number": number, "issued_on": date.fromisoformat(issued_on), "issuer": issuer}
    return Document(organisation=keeper, kind=DocumentKind.OTHER, created_by=user, **said)


def outside_preview(request, cycle_pk):
    """What the file that was just read would do; a POST with its token does it."""
    cycle = written_for(request, cycle_pk)
    held = request.session.get(HELD)
    if not held or held["cycle"] != cycle.pk or (request.method == "POST" and request.POST.get("token") != held["token"]):
        messages.error(request, "Bản xem trước này không còn. Hãy tải tệp lên để xem lại.")
        return redirect("evaluations:outside_import", cycle.pk)
    results, document = held_results(held), held_document(held, cycle, request.user)
    if request.method == "POST":
        return take_over(request, cycle, results, document)
    plans = planned(cycle.year, results, document)
    page = paginate(request, plans, 100)
    counts = [(label, sum(plan.state == state for plan in plans)) for state, label in STATES]
    context = {"cycle": cycle, "held": held, "document": document, "page": page, "rows": shown(page), "counts": counts}
    return render(request, "evaluations/outside_preview.html", context | {"writes": sum(count for _, count in counts[:2])})


def take_over(request, cycle, results, document):
    try:
        new, changed, same = outside.import_outside_ratings(cycle, results, document=document, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("evaluations:outside_import", cycle.pk)
    finally:
        request.session.pop(HELD, None)
    messages.success(request, f"Đã nhập: {new} kết quả mới, {changed} thay đổi, {same} giữ nguyên.")
    return redirect("evaluations:outside_list", cycle.pk)


def shown(plans):
    """(plan, its state in words, the row as it would be) of each plan, with names fetched once for all."""
    people = Member.objects.select_related("cell").in_bulk([plan.result.member_id for plan in plans if plan.result.member_id])
    places = Organisation.objects.in_bulk([plan.result.organisation_id for plan in plans if plan.result.organisation_id])
    labels = dict(STATES)
    return [(plan, labels[plan.state], outside.as_row(plan.result, people, places)) for plan in plans]
