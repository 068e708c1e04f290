"""Movements of members. Each appends an event, moves the spans and the member's current copy, and is one entry in the trail."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.enums import EventKind, MemberState
from members.models import Member, Membership, MembershipEvent
from members.permissions import can_edit_member, can_edit_members_of

from .admission_steps import open_again


def admit_member(*, cell, admitted_on, by, document=None, **identity):
    """A new probationary member of `cell` from the admission ceremony on. Returns the Member."""
    return _enter(cell, admitted_on, EventKind.ADMITTED, MemberState.PROBATIONARY, by, document, admitted_on=admitted_on, **identity)


def transfer_in(*, cell, on_day, admitted_on, official_on, outside, by, document=None, **identity):
    """A member from another Party committee (`outside`), official where `official_on` is given."""
    state = MemberState.OFFICIAL if official_on else MemberState.PROBATIONARY
    if admitted_on > on_day:
        raise DomainError("Ngày vào Đảng không được sau ngày chuyển đến.", field="admitted_on")
    dates = {"admitted_on": admitted_on, "official_on": official_on}
    return _enter(cell, on_day, EventKind.TRANSFERRED_IN, state, by, document, outside=outside, **dates, **identity)


def _enter(cell, day, kind, state, by, document, outside="", **fields):
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    _refuse_place_and_day(cell, day)
    if fields.get("card_number") and Member.objects.filter(card_number=fields["card_number"]).exists():
        raise DomainError("Số thẻ đảng viên này đã có trong danh sách.", field="card_number")
    with change(by=by):
        member = Member.objects.create(cell=cell, state=state, **fields)
        Membership.objects.create(member=member, cell=cell, valid_from=day)
        _append(member, kind, day, by, to_cell=cell, outside=outside, document=document)
    return member


def _refuse_place_and_day(cell, day):
    if not cell.holds_members or cell.is_closed:
        raise DomainError("Chỉ chi bộ đang hoạt động mới có đảng viên.", field="cell")
    if day > today():
        raise DomainError("Ngày chưa đến; hãy ghi khi việc đã diễn ra.", field="on_day")


def _append(member, kind, day, by, *, from_cell=None, to_cell=None, outside="", document=None, note="", reverses=None):
    if document is not None and document.pk is None:
        document.save()
    last = member.events.filter(effective_on=day).aggregate(last=Max("sequence"))["last"] or 0
    event = MembershipEvent.objects.create(
        member=member,
        kind=kind,
        effective_on=day,
        sequence=last + 1,
        from_cell=from_cell,
        to_cell=to_cell,
        outside=outside,
        document=document,
        note=note,
        reverses=reverses,
        recorded_by=by,
    )
    said = f"Hủy biến động ghi nhầm: {event.get_kind_display().lower()}" if reverses else event.get_kind_display()
    action = "member.taken_back" if reverses else f"member.{kind}"
    record(action, member, summary=f"{said} ngày {day:%d/%m/%Y}.", organisation=to_cell or from_cell, note=note)
    return event


def _locked(member, day, by):
    """The member's row, locked, after the checks that every movement shares: right, state, and a day that is not before the last."""
    row = locked(Member.objects.filter(pk=member.pk)).select_related("cell").get()
    if not can_edit_member(by, row):
        raise PermissionDenied
    if not row.is_active:
        raise DomainError(f"{row.full_name} không còn sinh hoạt ({row.get_state_display().lower()}).")
    if day > today():
        raise DomainError("Ngày chưa đến; hãy ghi khi việc đã diễn ra.", field="on_day")
    last = row.events.standing().aggregate(last=Max("effective_on"))["last"]
    if last and day < last:
        raise DomainError(f"Biến động gần nhất là ngày {last:%d/%m/%Y}; không ghi biến động trước ngày đó.", field="on_day")
    if row.memberships.open().filter(valid_from__gt=day).exists():
        raise DomainError("Ngày này trước ngày bắt đầu sinh hoạt tại chi bộ hiện nay.", field="on_day")
    return row


def _set(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


def recognise_member(member, *, on_day, by, document=None):
    """Make a probationary member official. DomainError unless twelve months have passed since admission or if official already."""
    with change(by=by):
        row = _locked(member, on_day, by)
        if row.state != MemberState.PROBATIONARY:
            raise DomainError(f"{row.full_name} đã là đảng viên chính thức.")
        if (on_day.year - row.admitted_on.year) * 12 + on_day.month - row.admitted_on.month - (on_day.day < row.admitted_on.day) < 12:
            raise DomainError("Chưa đủ 12 tháng dự bị (Điều lệ Đảng, Điều 5).", field="on_day")
        _append(row, EventKind.RECOGNISED, on_day, by, to_cell=row.cell, document=document)
        return _set(row, state=MemberState.OFFICIAL, official_on=on_day)


def move_member(member, *, to_cell, on_day, by, document=None):
    """Move between two cells of the committee. `by` must be able to write in both."""
    with change(by=by):
        row = _locked(member, on_day, by)
        if not can_edit_members_of(by, to_cell):
            raise PermissionDenied
        _refuse_place_and_day(to_cell, on_day)
        if to_cell.pk == row.cell_id:
            raise DomainError(f"{row.full_name} đang sinh hoạt ở {to_cell.name}.", field="to_cell")
        row.memberships.open().update(valid_to=on_day)
        Membership.objects.create(member=row, cell=to_cell, valid_from=on_day)
        _append(row, EventKind.MOVED, on_day, by, from_cell=row.cell, to_cell=to_cell, document=document)
        return _set(row, cell=to_cell)


def transfer_out(member, *, outside, on_day, by, document=None):
    return _leave(member, EventKind.TRANSFERRED_OUT, MemberState.TRANSFERRED_OUT, on_day, by, outside=outside, document=document)


def leave_party(member, *, on_day, note, by, document=None):
    return _leave(member, EventKind.LEFT, MemberState.LEFT, on_day, by, note=note, document=document)


def record_death(member, *, on_day, by, document=None):
    return _leave(member, EventKind.DIED, MemberState.DIED, on_day, by, document=document)


def _leave(member, kind, state, on_day, by, **details):
    with change(by=by):
        row = _locked(member, on_day, by)
        row.memberships.open().update(valid_to=on_day)
        _append(row, kind, on_day, by, from_cell=row.cell, **details)
        return _set(row, state=state)


def exempt_member(member, *, on_day, by, document=None):
    return _turn(member, EventKind.EXEMPTED, True, on_day, by, document)


def resume_member(member, *, on_day, by, document=None):
    return _turn(member, EventKind.RESUMED, False, on_day, by, document)


def _turn(member, kind, is_exempt, on_day, by, document):
    with change(by=by):
        row = _locked(member, on_day, by)
        if row.is_exempt == is_exempt:
            raise DomainError("Tình trạng miễn công tác và sinh hoạt đảng không thay đổi.")
        _append(row, kind, on_day, by, to_cell=row.cell, document=document)
        return _set(row, is_exempt=is_exempt)


def take_back(event, *, reason, by):
    """Take back an event that was recorded by mistake: a counter-event with its `reason`; the spans and the state are as they were before.

    Only the latest event that stands can be taken back, so that the ones before it are never left in the air. Nothing is deleted from
    the history; a member whose entry is taken back stays as a record in which nothing stands. DomainError names the event in the way.
    """
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do hủy.", field="reason")
    with change(by=by):
        row = locked(Member.objects.filter(pk=event.member_id)).select_related("cell").get()
        if not can_edit_member(by, row):
            raise PermissionDenied
        latest = row.events.standing().order_by("effective_on", "sequence", "pk").last()
        if latest is None or latest.pk != event.pk:
            raise DomainError(_what_stands_in_the_way(event, latest))
        cells = {"from_cell": event.from_cell, "to_cell": event.to_cell}
        _append(row, event.kind, event.effective_on, by, **cells, outside=event.outside, note=reason.strip(), reverses=event)
        open_again(event, reason=reason.strip(), by=by)
        return _set(row, **_before(row, event))


def _what_stands_in_the_way(event, latest):
    if latest is None or not MembershipEvent.objects.standing().filter(pk=event.pk).exists():
        return "Biến động này đã được hủy."
    return f"Hãy hủy biến động sau đó trước: {latest.get_kind_display().lower()} ngày {latest.effective_on:%d/%m/%Y}."


def _before(row, event):
    """Undo what `event` did to the spans; gives the fields of the member that were different before it."""
    active = MemberState.OFFICIAL if row.official_on else MemberState.PROBATIONARY
    match event.kind:
        case EventKind.ADMITTED | EventKind.TRANSFERRED_IN:
            row.memberships.open().delete()
            return {"state": MemberState.VOID}
        case EventKind.RECOGNISED:
            return {"state": MemberState.PROBATIONARY, "official_on": None}
        case EventKind.MOVED:
            row.memberships.open().delete()
            _reopen(row, event)
            return {"cell": event.from_cell}
        case EventKind.EXEMPTED | EventKind.RESUMED:
            return {"is_exempt": event.kind == EventKind.RESUMED}
    _reopen(row, event)
    return {"state": active}


def _reopen(row, event):
    row.memberships.filter(cell=event.from_cell, valid_to=event.effective_on).update(valid_to=None)
