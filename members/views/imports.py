"""Lists from Excel: taken in, columns, preview, writing, taking back; reconciliations row by row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.enums import CELL_KINDS, Role
from cells.models import Organisation
from cells.permissions import trail_of
from cells.scope import paths_of, within
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column, workbook_response
from khoi_party.common.excel_in import MOST_BYTES
from khoi_party.common.lists import render_list, wants_fragment
from members.enums import ImportState, RowKind
from members.forms.imports import ColumnsForm, ExplainForm, HeaderForm, ImportForm, ReasonForm
from members.imports.headers import header_at
from members.imports.values import text
from members.models import ImportBatch, ImportRow, Member
from members.services import import_applying, imports

SAMPLES = 3
OURS = "ours"


def visible(request, pk):
    rows = ImportBatch.objects.visible_to(request.user).select_related("organisation", "cell", "created_by", "applied_by", "document")
    return get_object_or_404(rows, pk=pk)


def loadable(user):
    """Organisations whose lists `user` may load, widest first."""
    return Organisation.objects.filter(within("path", paths_of(user, (Role.STAFF,))), dissolved_on__isnull=True).order_by("path")


def counted(row):
    kinds = (("new", "mới"), ("changed", "thay đổi"), ("same", "không đổi"), ("refused", "bị từ chối"))
    return ", ".join(f"{row.counts[key]} {word}" for key, word in kinds) if row.counts else ""


COLUMNS = [
    Column("Tệp", lambda row: row.file_name, width=36),
    Column("Mục đích", lambda row: row.get_purpose_display(), width=22),
    Column("Danh sách của", lambda row: row.organisation.name, width=40),
    Column("Ngày tải lên", lambda row: timezone.localdate(row.created_at), width=14, kind="date"),
    Column("Người tải lên", lambda row: row.created_by.full_name, width=28),
    Column("Trạng thái", lambda row: row.get_state_display(), width=18),
    Column("Kết quả", counted, width=50),
]


def import_list(request):
    rows = ImportBatch.objects.visible_to(request.user).for_list()
    context = {"may_import": loadable(request.user).exists()}
    template, title = "members/import_list.html", "Nhập danh sách"
    return render_list(request, template, rows=rows, title=title, columns=COLUMNS, name="nhap-danh-sach", context=context)


def import_new(request):
    organisations = loadable(request.user)
    if not organisations.exists():
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None, organisations=organisations, cells=organisations.filter(kind__in=CELL_KINDS))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        file = data.pop("file")
        try:
            batch = imports.upload(file.read(MOST_BYTES + 1), name=file.name, by=request.user, **data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else "file", error.message)
        else:
            return redirect("members:import_columns", batch.pk)
    return render(request, "members/import_new.html", {"form": form})


def import_columns(request, pk):
    batch = visible(request, pk)
    if batch.state not in (ImportState.UPLOADED, ImportState.READY) or batch.is_working:
        return redirect("members:import_detail", pk)
    book = imports.book_of(batch)
    sheet = book.sheets[batch.sheet]
    rows = sheet.rows[header_at(sheet.rows, batch.header_first, batch.header_last, sheet.merged).data_from :][:SAMPLES]
    samples = [[text(row[place]) or "" for row in rows] for place in range(len(batch.titles))]
    form = ColumnsForm(request.POST or None, titles=batch.titles, mapping=batch.mapping, samples=samples, stored=imports.FIELDS)
    if request.method == "POST" and form.is_valid():
        try:
            imports.choose_columns(batch, form.mapping(), by=request.user)
            return redirect("members:import_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    shown = {"sheet": batch.sheet, "header_first": batch.header_first + 1, "header_last": batch.header_last + 1}
    header = HeaderForm(names=[one.name for one in book.sheets], initial=shown)
    return render(request, "members/import_columns.html", {"batch": batch, "form": form, "header": header})


@require_POST
def import_header(request, pk):
    batch = visible(request, pk)
    form = HeaderForm(request.POST, names=[one.name for one in imports.book_of(batch).sheets])
    if form.is_valid():
        data = form.cleaned_data
        imports.choose_header(batch, sheet=data["sheet"], first=data["header_first"] - 1, last=data["header_last"] - 1, by=request.user)
    else:
        messages.error(request, "Hãy ghi dòng tiêu đề bằng số, đếm từ 1 như Excel đánh số dòng.")
    return redirect("members:import_columns", pk)


def import_detail(request, pk):
    batch = visible(request, pk)
    if batch.is_working or wants_progress(request):
        answer = render(request, "members/import_detail.html#progress" if wants_progress(request) else "members/import_detail.html", {"batch": batch})
        if not batch.is_working:
            answer["HX-Refresh"] = "true"
        return answer
    if batch.state == ImportState.UPLOADED and not batch.failure:
        return redirect("members:import_columns", pk)
    kind = request.GET.get("kind", "")
    kinds = [one.value for one in RowKind]
    kind = kind if kind in kinds or (kind == OURS and batch.is_reconciliation) else next((one for one in kinds if batch.counts.get(one)), "new")
    rows = only_ours(batch) if kind == OURS else batch.rows.of_kind(kind).select_related("cell", "member__cell")
    context = {
        "batch": batch,
        "kind": kind,
        "tabs": tabs(batch, kind),
        "writable": batch.counts.get("new", 0) + batch.counts.get("changed", 0),
        "may_undo": batch.state == ImportState.APPLIED and imports.is_within_the_day(batch.applied_at),
        "explain": ExplainForm(initial={"reason": batch.reason}) if batch.is_reconciliation else None,
        "corrections": import_applying.corrections(batch.rows.all()) if batch.state == ImportState.READY else 0,
        "entries": trail_of(request.user, batch, batch.organisation)[:20],
    }
    return render_list(request, "members/import_detail.html", rows=rows, title=batch.get_purpose_display(), context=context)


def wants_progress(request):
    return wants_fragment(request) and "progress" in request.GET


def only_ours(batch):
    """Active members of the list's scope whom no row of the list means."""
    scope = batch.cell or batch.organisation
    return Member.objects.in_subtree(scope).active().exclude(pk__in=batch.rows.filter(member__isnull=False).values("member")).for_list()


def tabs(batch, kind):
    """The kinds of rows with their numbers; a reconciliation also shows whom the list does not name."""
    words = {"new": "Chỉ có trong tệp", "changed": "Khác nhau", "same": "Giống nhau", "refused": "Không so được"} if batch.is_reconciliation else {}
    shown = [(one.value, words.get(one.value, one.label), batch.counts.get(one.value, 0)) for one in RowKind]
    if batch.is_reconciliation and batch.state != ImportState.DROPPED:
        shown.insert(1, (OURS, "Chỉ có ở phần mềm", only_ours(batch).count()))
    return [{"url": f"?kind={value}", "label": f"{label} ({count})", "is_current": value == kind} for value, label, count in shown]


@require_POST
def import_compare(request, pk):
    batch = visible(request, pk)
    imports.choose_columns(batch, {int(number): key for number, key in batch.mapping.items()}, by=request.user)
    return redirect("members:import_detail", pk)


def import_apply(request, pk):
    batch = visible(request, pk)
    if batch.state != ImportState.READY or batch.is_working or batch.is_reconciliation:
        return redirect("members:import_detail", pk)
    form = ExplainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            document = form.document(batch.organisation, request.user)
            import_applying.apply_batch(batch, by=request.user, reason=form.cleaned_data["reason"], document=document)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("members:import_detail", pk)
    context = {"batch": batch, "form": form, "corrections": import_applying.corrections(batch.rows.all())}
    return render(request, "members/import_apply.html", context)


@require_POST
def import_drop(request, pk):
    imports.drop(visible(request, pk), by=request.user)
    messages.success(request, "Đã bỏ danh sách; tệp đã được xóa, danh sách đảng viên không thay đổi.")
    return redirect("members:import_list")


def import_undo(request, pk):
    batch = visible(request, pk)
    if batch.state != ImportState.APPLIED:
        return redirect("members:import_detail", pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            import_applying.undo(batch, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã lấy lại danh sách: mọi hồ sơ như trước khi nhập.")
            return redirect("members:import_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/import_undo.html", {"batch": batch, "form": form})


def import_refused(request, pk):
    """The refused rows with their reasons, under the headings they came with, to be mended and taken in again."""
    batch = visible(request, pk)
    columns = [Column("Dòng", lambda row: row.number, width=8, kind="int"), Column("Lý do không nhập", reasons_of, width=50)]
    columns += [Column(title.replace(" / ", " - ") or f"Cột {place + 1}", raw_at(place), width=18) for place, title in enumerate(batch.titles)]
    return workbook_response("dong-bi-tu-choi", "Các dòng bị từ chối của danh sách", columns, batch.rows.of_kind(RowKind.REFUSED))


def reasons_of(row):
    return " ".join(f"{column}: {sentence}" for column, sentence in row.reasons)


def raw_at(place):
    return lambda row: row.raw[place] if place < len(row.raw) else ""


@require_POST
def import_explain(request, pk):
    batch = visible(request, pk)
    form = ExplainForm(request.POST)
    if form.is_valid():
        document = form.document(batch.organisation, request.user)
        import_applying.explain(batch, reason=form.cleaned_data["reason"], document=document, by=request.user)
        messages.success(request, "Đã ghi lý do và văn bản cho các dòng được chấp nhận.")
    else:
        messages.error(request, " ".join(sentence for sentences in form.errors.values() for sentence in sentences))
    return redirect("members:import_detail", pk)


@require_POST
def import_accept(request, pk):
    row = get_object_or_404(ImportRow.objects.visible_to(request.user).select_related("batch__organisation"), pk=pk)
    try:
        import_applying.accept_row(row, by=request.user)
        messages.success(request, f"Đã chấp nhận dòng {row.number} của tệp.")
    except DomainError as error:
        messages.error(request, f"Dòng {row.number}: {error.message}")
    answer = redirect("members:import_detail", row.batch_id)
    answer["Location"] += f"?kind={row.kind}"
    return answer


@require_POST
def import_close(request, pk):
    import_applying.close_reconciliation(visible(request, pk), by=request.user)
    messages.success(request, "Đã kết thúc đối chiếu.")
    return redirect("members:import_detail", pk)


def import_print(request, pk):
    """The whole reconciliation on paper: ours, theirs, different, not comparable."""
    batch = visible(request, pk)
    context = {
        "batch": batch,
        "today": today(),
        "ours": only_ours(batch),
        "theirs": batch.rows.of_kind(RowKind.NEW).select_related("cell"),
        "different": batch.rows.of_kind(RowKind.CHANGED).select_related("member__cell"),
        "refused": batch.rows.of_kind(RowKind.REFUSED),
    }
    return render(request, "members/import_print.html", context)
