"""Lists of members from Excel: taken in, their columns matched, compared with the record. What they do to it is in `import_applying`."""

import uuid
from datetime import timedelta
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cells.enums import CELL_KINDS
from cells.models import Organisation
from khoi_party.audit.services import change, record
from khoi_party.common.database import database_now, locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel_in import read_book
from khoi_party.common.memory import no_garbage_collection
from khoi_party.common.names import one_line
from khoi_party.common.numbers import thousands
from khoi_party.common.tree import ancestor_paths
from members.enums import ImportJob, ImportState, MemberState, Precision
from members.imports import columns, headers
from members.imports.preview import IDENTIFYING, Known, Place, Record, counts, preview
from members.imports.values import PartialDate
from members.models import ColumnMapping, ImportBatch, ImportRow, Member
from members.permissions import can_import
from members.services import import_jobs
from members.services.records import PRECISIONS

INLINE_ROWS = 8_000  # above this a worker reads and writes, and the page shows how far it is
KEPT = timedelta(days=1)
# What a list may say of a member and the record holds under the same names.
FIELDS = (
    "full_name",
    "birth_name",
    "gender",
    "born_on",
    "ethnicity",
    "religion",
    "home_town",
    "identity_number",
    "general_education",
    "education",
    "speciality",
    "theory_level",
    "foreign_language",
    "occupation_before",
    "position",
    "background",
    "decided_on",
    "admitted_on",
    "official_on",
    "card_number",
    "card_issued_on",
    "record_number",
)
CHUNK = 1000


def upload(data, *, name, organisation, purpose, as_of, by, cell=None):
    """Take in a list. data: the bytes of the file, name: what it is called (only shown to people). Returns the ImportBatch.

    The file passes the gate first, so nothing hostile is stored. DomainError for a file that is refused or typed in an old font,
    PermissionDenied for those who may not load lists for `organisation`; `cell` is the chi bộ of all rows that name none.
    """
    if not can_import(by, organisation) or (cell is not None and not can_import(by, cell)):
        raise PermissionDenied
    if as_of > today():
        raise DomainError("Ngày của danh sách chưa đến.", field="as_of")
    book = read_book(data)
    place = _likely_sheet(book)
    sheet = book.sheets[place]
    if font := headers.font_of(sheet.rows):
        raise DomainError(
            f"Danh sách gõ bằng phông chữ cũ {font}, không phải Unicode, nên không nhập được. Hãy chuyển mã sang Unicode "
            "(ví dụ bằng Unikey: Ctrl+Shift+F6) rồi tải lại.",
            field="file",
        )
    with change(by=by):
        batch = ImportBatch(
            organisation=organisation,
            cell=cell,
            purpose=purpose,
            as_of=as_of,
            file_name=one_line(PurePath(name).name)[-120:],
            sha256=book.sha256,
            created_by=by,
        )
        _set_header(batch, place, sheet, headers.find_header(sheet.rows, sheet.merged))
        batch.file.name = default_storage.save(f"imports/{uuid.uuid4().hex}", ContentFile(data))
        batch.save()
        rows = batch.row_count
        record("import.uploaded", batch, summary="Tải lên danh sách đảng viên.", organisation=organisation, rows=rows, sha256=book.sha256)
    return batch


def _likely_sheet(book):
    """The number of the sheet whose headings name most of what we know; the first where none names anything."""
    found = [(header.found if (header := headers.find_header(sheet.rows, sheet.merged)) else 0, -place) for place, sheet in enumerate(book.sheets)]
    return -max(found)[1]


def _set_header(batch, place, sheet, header):
    """Note the sheet and its headings on `batch`, with the columns matched: as they were matched before, else by their titles."""
    header = header or headers.header_at(sheet.rows, 0, 0, sheet.merged)
    batch.sheet, batch.header_first, batch.header_last = place, header.first, header.last
    batch.titles, batch.row_count = list(header.titles), max(0, len(sheet.rows) - header.data_from)
    remembered = ColumnMapping.objects.filter(organisation=batch.organisation, signature=columns.signature(header.titles)).first()
    batch.mapping = remembered.mapping if remembered else {str(number): key for number, key in columns.match(header.titles).items()}


def book_of(batch):
    """The Book of the batch's file; DomainError when it is there no more."""
    if not batch.file or not default_storage.exists(batch.file.name):
        raise DomainError("Tệp đã tải lên không còn trên máy chủ (chỉ giữ trong một ngày). Hãy tải lên lại.")
    with default_storage.open(batch.file.name) as file:
        return read_book(file.read())


def choose_header(batch, *, sheet, first, last, by):
    """Read the headings from another sheet or other rows (counted from 0). DomainError where there is no such row."""
    with change(by=by):
        row = _waiting(batch, by)
        book = book_of(row)
        if not 0 <= sheet < len(book.sheets):
            raise DomainError("Không có trang tính này.", field="sheet")
        chosen = book.sheets[sheet]
        if sheet != row.sheet:
            header = headers.find_header(chosen.rows, chosen.merged)
        elif not 0 <= first <= last < len(chosen.rows) or last - first >= headers.MOST_ROWS:
            raise DomainError("Dòng tiêu đề phải nằm trong trang tính và không quá 3 dòng.", field="header_first")
        else:
            header = headers.header_at(chosen.rows, first, last, chosen.merged)
        _set_header(row, sheet, chosen, header)
        row.state, row.counts = ImportState.UPLOADED, {}
        row.save()
        row.rows.all().delete()
    return row


def choose_columns(batch, mapping, *, by):
    """Keep which column holds what ({column: field key}), remember it for the next such list, and compare the list with the record.

    Long lists are left to the worker. DomainError while a list is being worked on, without a name column, or with one field in two columns.
    """
    if wrong := columns.missing(mapping):
        raise DomainError(wrong[0])
    chosen = list(mapping.values())
    if twice := next((key for key in chosen if chosen.count(key) > 1), None):
        raise DomainError(f"Hai cột cùng được chọn là “{columns.BY_KEY[twice].label}”. Hãy giữ một cột.")
    with change(by=by):
        row = _waiting(batch, by)
        row.mapping = {str(number): key for number, key in sorted(mapping.items())}
        row.save(update_fields=["mapping"])
        ColumnMapping.objects.update_or_create(
            organisation=row.organisation, signature=columns.signature(row.titles), defaults={"mapping": row.mapping}
        )
        if row.row_count > INLINE_ROWS:
            import_jobs.queue(row, ImportJob.PREVIEW)
            return row
    try:
        compare(row)
    except import_jobs.JobLost as lost:
        raise DomainError("Danh sách này đang được xử lý; hãy chờ xong.") from lost
    return row


def _waiting(batch, by):
    """The locked row of a list that nothing has been done with yet."""
    row = locked(ImportBatch.objects.filter(pk=batch.pk)).select_related("organisation", "cell").get()
    if not can_import(by, row.organisation):
        raise PermissionDenied
    if row.is_working:
        raise DomainError("Danh sách này đang được xử lý; hãy chờ xong.")
    if row.state not in (ImportState.UPLOADED, ImportState.READY) or row.rows.filter(applied_at__isnull=False).exists():
        raise DomainError(f"Danh sách này {row.get_state_display().lower()}, không sửa được nữa.")
    return row


@no_garbage_collection()
def compare(batch, attempt=None):
    """Compare the list with the record as it is now and keep the result with the batch; nothing of the record is written.

    `attempt` is the number of the worker's claim: without its claim it keeps nothing (JobLost).
    """
    sheet = book_of(batch).sheets[batch.sheet]
    header = headers.header_at(sheet.rows, batch.header_first, batch.header_last, sheet.merged)
    mapping = {int(number): key for number, key in batch.mapping.items()}

    def on_progress(done):
        if attempt is not None:
            import_jobs.report(batch.pk, attempt, min(90, 90 * done // max(1, batch.row_count)))

    results = preview(sheet.rows, header, mapping, known_record(batch, sheet, header, mapping), on_progress)
    with transaction.atomic():
        row = locked(ImportBatch.objects.filter(pk=batch.pk)).get()
        import_jobs.keep_or_lose(row, attempt)
        row.rows.all().delete()
        ImportRow.objects.bulk_create((_row(row, result) for result in results), batch_size=CHUNK)
        row.state, row.counts = ImportState.READY, counts(results)
        row.save(update_fields=["state", "counts", *import_jobs.rest(row)])
    batch.refresh_from_db()


def _row(batch, result):
    return ImportRow(
        batch=batch,
        number=result.number,
        kind=result.kind,
        values=result.values,
        changes=result.changes,
        reasons=result.reasons,
        warnings=result.warnings,
        arrived=result.arrived,
        raw=result.raw,
        member_id=result.member,
        cell_id=result.cell,
        version=result.version,
    )


def known_record(batch, sheet, header, mapping):
    """The Record that a list is compared with: members and open cells of its scope, and its numbers that others hold."""
    members = Member.objects.in_subtree(batch.organisation).exclude(state=MemberState.VOID)
    cells = Organisation.objects.in_subtree(batch.organisation).filter(kind__in=CELL_KINDS, dissolved_on__isnull=True)
    names = dict(Organisation.objects.in_subtree(batch.organisation).values_list("path", "name"))
    places = [Place(one.pk, one.name, one.short_name, one.code, _names_above(one, names), one.established_on) for one in cells]
    return Record(
        members=[_known(row) for row in members.values("pk", "version", "cell_id", "cell__name", "state", *FIELDS, *PRECISIONS.values())],
        places=places,
        taken=_taken(batch, sheet, header, mapping),
        as_of=batch.as_of,
        fields=FIELDS,
        default_place=batch.cell_id,
    )


def _names_above(cell, names):
    return tuple(names[path] for path in ancestor_paths(cell.path) if path in names)


def _known(row):
    state = MemberState(row["state"])
    values = {key: row[key] or None for key in FIELDS}
    for key, precision in PRECISIONS.items():
        values[key] = partial(row[key], row[precision])
    active = state in (MemberState.PROBATIONARY, MemberState.OFFICIAL)
    return Known(row["pk"], row["version"], row["cell_id"], row["cell__name"], active, state.label, bool(row["official_on"]), values)


def partial(day, precision):
    """The PartialDate of a date of the record and its Precision; None for None."""
    if day is None:
        return None
    known = {Precision.YEAR: 1, Precision.MONTH: 2}.get(precision, 3)
    return PartialDate(*(day.year, day.month, day.day)[:known])


def precision_of(found):
    """The Precision of a PartialDate."""
    return Precision.DAY if found.is_whole else Precision.MONTH if found.month else Precision.YEAR


def _taken(batch, sheet, header, mapping):
    """{field key: the numbers that members outside the scope of the list hold}."""
    outside = Member.objects.exclude(pk__in=Member.objects.in_subtree(batch.organisation).values("pk")).exclude(state=MemberState.VOID)
    return {key: set(outside.exclude(**{key: ""}).values_list(key, flat=True)) for key in IDENTIFYING}


def drop(batch, *, by):
    """Give a list up before anything of it was written: its file and its rows are removed, the trail says who and when."""
    with change(by=by):
        row = _waiting(batch, by)
        _drop(row)
        record("import.dropped", row, summary="Bỏ danh sách đã tải lên.", organisation=row.organisation)


def _drop(row):
    row.state, row.titles, row.mapping = ImportState.DROPPED, [], {}
    row.rows.all().delete()
    remove_file(row)
    row.save()


def remove_file(row):
    """Take the file away once the transaction holds; the caller saves the row."""
    name, row.file = row.file.name, ""
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def tidy(now=None):
    """Remove what has waited for a day: files, and lists to load that nobody decided on. Reconciliations keep their rows. Returns how many."""
    before = (now or database_now()) - KEPT
    old = ImportBatch.objects.filter(~Q(file=""), created_at__lt=before, job="").values_list("pk", flat=True)
    for pk in list(old):
        with change(by=None):
            row = locked(ImportBatch.objects.filter(pk=pk)).select_related("organisation").get()
            if row.state == ImportState.UPLOADED or (row.state == ImportState.READY and not row.is_reconciliation):
                _drop(row)
                record("import.dropped", row, summary="Danh sách chờ quá một ngày đã được bỏ.", organisation=row.organisation)
            else:
                remove_file(row)
                row.save(update_fields=["file"])
    return len(old)


def summary_of(counted):
    """ "12 mới, 3 thay đổi, 5 không đổi, 1 bị từ chối" """
    words = (("new", "mới"), ("changed", "thay đổi"), ("same", "không đổi"), ("refused", "bị từ chối"))
    return ", ".join(f"{thousands(counted.get(kind, 0))} {word}" for kind, word in words)


def is_within_the_day(moment):
    return timezone.localdate(moment) == today()
