"""What a list does to the record: written in one transaction, row by row in a reconciliation, and taken back within the day."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F
from django.utils import timezone

from cells.models import Organisation
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text
from khoi_party.common.errors import DomainError
from khoi_party.common.memory import no_garbage_collection
from khoi_party.common.names import search_text
from khoi_party.common.numbers import thousands
from khoi_party.common.tree import STEP
from members.enums import EventKind, ImportJob, ImportState, MemberState, Precision, RowKind
from members.imports.rows import stored, thawed
from members.models import ImportBatch, ImportRow, Member, Membership, MembershipEvent
from members.permissions import can_import
from members.services import import_jobs, records
from members.services.imports import (
    CHUNK,
    FIELDS,
    INLINE_ROWS,
    PRECISIONS,
    is_within_the_day,
    partial,
    precision_of,
    remove_file,
    summary_of,
)

# What the secret file certifies: correcting one of these needs a reason and a document (QĐ 24-QĐ/TW, 6.2.4; rule M17).
KEYS = ("sort_key", "search_text", "version")
NUMBERS = ("card_number", "identity_number", "record_number")  # one person has one of each
WRITTEN = (*FIELDS, *PRECISIONS.values(), *KEYS, "state")
KEYED = frozenset({"full_name", "card_number"})  # what the keys are made of
NAMED_ROWS = 8  # how many row numbers a sentence names


def corrections(rows):
    """How many of `rows` change what the file certifies; filling in what was empty corrects nothing."""
    changed = rows.of_kind(RowKind.CHANGED).values_list("changes", flat=True)
    return sum(1 for changes in changed if any(key in records.CERTIFIED and old not in (None, "") for key, (old, _) in changes.items()))


def apply_batch(batch, *, by, reason="", document=None):
    """Write the new and changed rows of a list, all in one transaction. Returns the ImportBatch.

    `reason` and `document` (an unsaved Document) are needed where rows correct certified fields. A long list is left to the worker.
    DomainError when the record has changed since the preview, PermissionDenied for those who may not load lists there.
    """
    with change(by=by):
        row = _ready(batch, by)
        if row.is_reconciliation:
            raise DomainError("Danh sách đối chiếu được chấp nhận từng dòng.")
        if not row.rows.filter(kind__in=(RowKind.NEW, RowKind.CHANGED)).exists():
            raise DomainError("Không có dòng nào mới hoặc thay đổi để ghi.")
        _explain(row, row.rows.all(), reason, document)
        row.applied_by = by
        row.save(update_fields=["reason", "document", "applied_by"])
        if row.counts["new"] + row.counts["changed"] > INLINE_ROWS:
            import_jobs.queue(row, ImportJob.APPLY)
            return row
        apply_now(row, by=by)
    return row


def explain(batch, *, reason, document, by):
    """Keep why, and by which document, a list corrects certified fields: once for all of its rows."""
    with change(by=by):
        row = _ready(batch, by)
        _explain(row, row.rows.none(), reason, document)
        row.save(update_fields=["reason", "document"])
    return row


def _explain(batch, rows, reason="", document=None):
    """Note the reason and the document with `batch`; DomainError where `rows` correct certified fields and one of them is missing."""
    if document is not None and document.pk is None:
        document.save()
    batch.reason, batch.document = reason.strip() or batch.reason, document or batch.document
    if corrections(rows) and not (batch.reason and batch.document):
        raise DomainError(
            "Có dòng sửa thông tin đã chứng nhận trong hồ sơ (họ tên, ngày sinh, các ngày vào Đảng, số thẻ …). "
            "Hãy ghi lý do và văn bản cho phép sửa (Quy định 24-QĐ/TW, mục 6.2.4).",
            field="reason",
        )


def _ready(batch, by):
    """The locked row of a list that may be written now."""
    row = locked(ImportBatch.objects.filter(pk=batch.pk)).select_related("organisation").get()
    if not can_import(by, row.organisation):
        raise PermissionDenied
    if row.is_working:
        raise DomainError("Danh sách này đang được xử lý; hãy chờ xong.")
    if row.state != ImportState.READY:
        raise DomainError(f"Danh sách này {row.get_state_display().lower()}.")
    return row


@no_garbage_collection()
def apply_now(batch, *, by, attempt=None):
    """Write the list here and now, as a page or (with `attempt`) as the worker that claimed it."""
    with change(by=by):
        row = locked(ImportBatch.objects.filter(pk=batch.pk)).select_related("organisation").get()
        import_jobs.keep_or_lose(row, attempt)
        if row.state != ImportState.READY:
            raise DomainError(f"Danh sách này {row.get_state_display().lower()}.")
        if not can_import(by, row.organisation):
            raise PermissionDenied
        _one_at_a_time(row)
        _write(row, row.rows.all(), by)
        row.state, row.applied_at, row.applied_by = ImportState.APPLIED, timezone.now(), by
        remove_file(row)
        row.save(update_fields=["state", "applied_at", "applied_by", "file", *import_jobs.rest(row)])
        note = f"Nhập danh sách đảng viên: {summary_of(row.counts)}."
        record("import.applied", row, summary=note, organisation=row.organisation, note=row.reason, **row.counts)
    batch.refresh_from_db()


def accept_row(row, *, by):
    """Take over one row of a reconciliation into the record, in a transaction of its own."""
    with change(by=by):
        batch = _ready(row.batch, by)
        if not batch.is_reconciliation:
            raise DomainError("Chỉ danh sách đối chiếu được chấp nhận từng dòng.")
        one = batch.rows.filter(pk=row.pk)
        current = one.get()
        if current.applied_at or current.kind not in (RowKind.NEW, RowKind.CHANGED):
            raise DomainError("Dòng này đã được chấp nhận, hoặc không có gì để ghi.")
        _explain(batch, one)
        _one_at_a_time(batch)
        _write(batch, one, by)
        record("import.row_accepted", batch, summary=f"Chấp nhận dòng {current.number} của danh sách đối chiếu.", organisation=batch.organisation)


def close_reconciliation(batch, *, by):
    """End a reconciliation: what was accepted stays (and can be taken back within the day), the rest is left as it was."""
    with change(by=by):
        row = _ready(batch, by)
        if not row.is_reconciliation:
            raise DomainError("Đây không phải danh sách đối chiếu.")
        row.state, row.applied_at, row.applied_by = ImportState.APPLIED, timezone.now(), by
        remove_file(row)
        row.save(update_fields=["state", "applied_at", "applied_by", "file"])
        accepted = row.rows.filter(applied_at__isnull=False).count()
        record("import.reconciled", row, summary=f"Kết thúc đối chiếu, chấp nhận {accepted} dòng.", organisation=row.organisation, accepted=accepted)


def _one_at_a_time(batch):
    """Lists of one tree are written one after the other, so that two of them never bring in the same person."""
    locked(Organisation.objects.filter(path=batch.organisation.path[:STEP])).get()


def _write(batch, rows, by):
    """Write the new and changed `rows` of the locked `batch`. Constraints are the last word: nothing is kept when one of them refuses."""
    try:
        with transaction.atomic():
            _write_new(batch, rows.of_kind(RowKind.NEW), by)
            _write_changed(batch, rows, by)
    except IntegrityError as error:
        raise DomainError("Danh sách đảng viên đã thay đổi sau khi xem trước (trùng số thẻ hoặc số định danh). Hãy xem trước lại rồi ghi.") from error


def _write_new(batch, wanted, by):
    rows = list(wanted.only("batch", "number", "values", "arrived", "cell_id"))
    if not rows:
        return
    _refuse_known_since(batch, rows, wanted)
    members = [Member(cell_id=row.cell_id, state=_state(row)) for row in rows]
    for row, member in zip(rows, members, strict=True):
        for key, value in row.values.items():
            _put(member, key, value)
        member.fill_keys()
    Member.objects.bulk_create(members, batch_size=CHUNK)
    spans, events = [], []
    note = f"của danh sách nhập ngày {date_text(timezone.localdate())}"
    for row, member in zip(rows, members, strict=True):
        kind, day, outside = EventKind.LOADED, batch.as_of, ""
        if row.arrived:
            kind, day, outside = EventKind.TRANSFERRED_IN, date.fromisoformat(row.arrived[0]), row.arrived[1]
        said = {"outside": outside, "note": f"Dòng {row.number} {note}", "recorded_by_id": by.pk}
        spans.append(Membership(member_id=member.pk, cell_id=row.cell_id, valid_from=day))
        events.append(MembershipEvent(member_id=member.pk, kind=kind, effective_on=day, to_cell_id=row.cell_id, **said))
    Membership.objects.bulk_create(spans, batch_size=CHUNK)
    MembershipEvent.objects.bulk_create(events, batch_size=CHUNK)
    wanted.update(version=1, applied_at=timezone.now())
    _link(rows, members)


def _state(row):
    return MemberState.OFFICIAL if row.values.get("official_on") else MemberState.PROBATIONARY


def _put(member, key, value):
    """Set a kept value on `member`; a date known in part takes its precision along, nothing becomes what the field calls empty."""
    found = thawed(key, value)
    if key in PRECISIONS:
        setattr(member, PRECISIONS[key], precision_of(found) if found else Precision.DAY)
        found = found.first_day if found else None
    elif not found:
        found = None if Member._meta.get_field(key).null else ""
    setattr(member, key, found)


def _refuse_known_since(batch, rows, wanted):
    """Nobody may have entered one of the people, or closed one of the cells, after the list was compared."""
    known = Member.objects.in_subtree(batch.organisation).exclude(state=MemberState.VOID)
    rows_known = known.values_list("full_name", "born_on", "born_precision").iterator()
    people = {(search_text(name), stored(partial(day, precision))) for name, day, precision in rows_known if day}
    again = [row.number for row in rows if (search_text(row.values["full_name"]), row.values.get("born_on")) in people]
    again += wanted.filter(cell__dissolved_on__isnull=False).values_list("number", flat=True)
    if again:
        raise DomainError(f"Danh sách đảng viên hoặc chi bộ đã thay đổi sau khi xem trước ({_rows_named(again)}). Hãy xem trước lại rồi ghi.")


def _rows_named(numbers):
    numbers = sorted(numbers)
    more = f" và {thousands(len(numbers) - NAMED_ROWS)} dòng khác" if len(numbers) > NAMED_ROWS else ""
    return f"dòng {', '.join(map(str, numbers[:NAMED_ROWS]))}{more} của tệp"


def _write_changed(batch, rows, by):
    wanted = rows.of_kind(RowKind.CHANGED)
    rows = list(wanted.only("batch", "number", "changes", "member_id", "version"))
    if not rows:
        return
    members = _locked_members(wanted)
    outdated = [row.number for row in rows if row.member_id not in members or members[row.member_id].version != row.version]
    if outdated:
        raise DomainError(f"Có hồ sơ vừa được sửa sau khi xem trước ({_rows_named(outdated)}). Hãy xem trước lại rồi ghi.")
    for row in rows:
        member = members[row.member_id]
        for key, (_, new) in row.changes.items():
            _put(member, key, new)
        _settle(member, row.changes)
        fields = sorted(row.changes)
        record("member.imported", member, summary="Sửa thông tin theo danh sách nhập.", organisation=member.cell, note=batch.reason, fields=fields)
    _save([members[row.member_id] for row in rows])
    wanted.update(version=F("version") + 1, applied_at=timezone.now())


def _locked_members(rows):
    """{id: member} of the import rows `rows` (a queryset), locked in the order of their ids."""
    return {member.pk: member for member in locked(Member.objects.filter(import_rows__in=rows).order_by("pk")).select_related("cell")}


def _settle(member, changed):
    if KEYED.intersection(changed):
        member.fill_keys()
    member.version += 1


def _save(members):
    """Write whole rows of many members at once: an upsert by their ids, a tenth of the time of bulk_update."""
    Member.objects.bulk_create(members, batch_size=CHUNK, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)


def _link(rows, members):
    """Note with each row whom it made: one prepared statement, a twentieth of the time of bulk_update."""
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    pairs = [(member.pk, row.pk) for row, member in zip(rows, members, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET member_id = %s WHERE id = %s", pairs)  # noqa: S608  a table of ours, no text of anybody's


@no_garbage_collection()
def undo(batch, *, reason, by):
    """Take back all that a list wrote, on the day it was written: counter-events for whom it brought in, the old values for whom it changed.

    DomainError when the day is over, or with the rows of the file whose members somebody has worked on since.
    """
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do lấy lại.", field="reason")
    with change(by=by):
        row = locked(ImportBatch.objects.filter(pk=batch.pk)).select_related("organisation").get()
        if not can_import(by, row.organisation):
            raise PermissionDenied
        if row.state != ImportState.APPLIED:
            raise DomainError(f"Danh sách này {row.get_state_display().lower()}, không có gì để lấy lại.")
        if not is_within_the_day(row.applied_at):
            raise DomainError(f"Chỉ lấy lại được trong ngày ghi ({date_text(row.applied_at)}). Hãy sửa từng hồ sơ.")
        count = _undo(row, reason.strip(), by)
        row.state, row.undone_at = ImportState.UNDONE, timezone.now()
        row.save(update_fields=["state", "undone_at"])
        record("import.undone", row, summary="Lấy lại danh sách đã nhập.", organisation=row.organisation, note=reason.strip(), rows=count)
    batch.refresh_from_db()


def _undo(batch, reason, by):
    """Take back the written rows of the locked `batch`; gives their number."""
    written = batch.rows.filter(applied_at__isnull=False)
    members, count = _locked_members(written), len(written)
    _refuse_touched(written, members)
    try:
        with transaction.atomic():
            _take_back_new(written.of_kind(RowKind.NEW), members, reason, by)
            _restore(written.of_kind(RowKind.CHANGED), members, reason)
    except IntegrityError as error:
        raise DomainError("Một số thẻ hoặc số căn cước trước khi nhập nay thuộc hồ sơ khác nên không lấy lại cả danh sách được.") from error
    return count


def _refuse_touched(written, members):
    """What stands in the way of undoing: a record saved since, or a brought-in member whom something else refers to already."""
    touched = [row.number for row in written if row.member_id not in members or members[row.member_id].version != row.version]
    if touched:
        raise DomainError(f"Hồ sơ đã được sửa hoặc có biến động sau khi nhập ({_rows_named(touched)}) nên không lấy lại cả danh sách được.")
    new = written.of_kind(RowKind.NEW)
    number_of = dict(new.values_list("member", "number"))
    again = Member.objects.filter(import_rows__in=new).annotate(count=Count("events", distinct=True)).filter(count__gt=1)
    if more := [number_of[pk] for pk in again.values_list("pk", flat=True)]:
        raise DomainError(f"Đảng viên vừa nhập đã có biến động khác ({_rows_named(more)}) nên không lấy lại cả danh sách được.")
    for relation in Member._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model in (Membership, MembershipEvent, ImportRow):
            continue
        path = relation.field.name
        used = relation.related_model._base_manager.filter(**{f"{path}__import_rows__in": new}).values_list(path, flat=True)
        if named := [number_of[pk] for pk in used if pk in number_of]:
            what = relation.related_model._meta.verbose_name
            raise DomainError(f"Đảng viên vừa nhập đã có trong mục “{what}” ({_rows_named(named)}) nên không lấy lại cả danh sách được.")


def _take_back_new(new, members, reason, by):
    counters = [
        MembershipEvent(
            member_id=event.member_id,
            kind=event.kind,
            effective_on=event.effective_on,
            sequence=event.sequence + 1,
            to_cell_id=event.to_cell_id,
            outside=event.outside,
            note=reason,
            reverses=event,
            recorded_by=by,
        )
        for event in MembershipEvent.objects.filter(member__import_rows__in=new)
    ]
    MembershipEvent.objects.bulk_create(counters, batch_size=CHUNK)
    Membership.objects.filter(member__import_rows__in=new).delete()
    brought_in = [members[pk] for pk in new.values_list("member", flat=True)]
    for member in brought_in:
        member.state = MemberState.VOID
        for name in NUMBERS:
            setattr(member, name, "")  # the numbers are free for whom they belong to
        _settle(member, KEYED)
    _save(brought_in)


def _restore(rows, members, reason):
    rows = list(rows)
    for row in rows:
        member = members[row.member_id]
        for key, (old, _) in row.changes.items():
            _put(member, key, old)
        _settle(member, row.changes)
        record("member.import_undone", member, summary="Trả lại thông tin trước khi nhập danh sách.", organisation=member.cell, note=reason)
    _save([members[row.member_id] for row in rows])
