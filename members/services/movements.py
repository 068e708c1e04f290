"""Movements of members. Each appends an event, moves the spans and the member's current copy, and is one entry in the trail."""

from datetime import date
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.names import search_text
from members.enums import EventKind, ExitReason, MembershipKind, MemberState, Precision
from members.models import Discipline, Member, Membership, MembershipEvent, PartyBreak
from members.models.people import first_of
from members.movement_rules import months_between, readmission_refused
from members.permissions import can_edit_member, can_edit_members_of
from members.services.admission_steps import open_again
from members.spans import tell
from members.states import EXITS, TRANSITIONS, against

LAST_DAY = date.max
PARTY_DATES = ("admitted_on", "decided_on", "official_on")


def admit_member(*, cell, admitted_on, by, document=None, **identity):
    """A new probationary member of `cell` from the admission ceremony on. Returns the Member."""
    return _enter(cell, admitted_on, EventKind.ADMITTED, MemberState.PROBATIONARY, by, document, admitted_on=admitted_on, **identity)


def transfer_in(*, cell, on_day, admitted_on, official_on, outside, by, document=None, issued_on=None, work_decided_on=None, **identity):
    """A member from another Party committee (`outside`), official where `official_on` is given.

    issued_on: the day of the giấy giới thiệu; work_decided_on: of the decision on the new work (both for M8, which only warns).
    """
    state = MemberState.OFFICIAL if official_on else MemberState.PROBATIONARY
    if admitted_on > on_day:
        raise DomainError("Ngày vào Đảng không được sau ngày chuyển đến.", field="admitted_on")
    dates = {"admitted_on": admitted_on, "official_on": official_on}
    told = {"outside": outside, "issued_on": issued_on, "details": _work(work_decided_on)}
    return _enter(cell, on_day, EventKind.TRANSFERRED_IN, state, by, document, told=told, **dates, **identity)


def _work(decided_on):
    return {"work_decided_on": decided_on.isoformat()} if decided_on else {}


def returnees(user, *, card_number="", identity_number="", full_name="", born_on=None):
    """Members who were transferred out, whom `user` may write, and who are probably the same person: by card, by identity number, or by
    name and birth date as far as the old record knows it."""
    same = Q(card_number=card_number) if card_number else Q(pk__in=[])
    if identity_number:
        same |= Q(identity_number=identity_number)
    if full_name and born_on:
        known = (Q(born_precision=precision, born_on=first_of(born_on, precision)) for precision in Precision)
        same |= Q(search_text=search_text(full_name)[:200]) & reduce(or_, known)
    found = Member.objects.visible_to(user).filter(same, state=MemberState.TRANSFERRED_OUT).select_related("cell")
    return [member for member in found if can_edit_member(user, member)]


def return_member(member, *, cell, on_day, by, outside="", document=None, issued_on=None, work_decided_on=None, official_on=None):
    """Chuyển về: who had been transferred out comes back into `cell`; the old record goes on.

    official_on: the day a probationary member was made official elsewhere meanwhile, recorded as an event of its own on the day of return.
    """
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    _refuse_place_and_day(cell, on_day)
    with change(by=by):
        row = _locked(member, EventKind.RETURNED, on_day, by)
        if official_on and (row.official_on or not row.admitted_on < official_on <= on_day):
            raise DomainError("Ngày chính thức phải sau ngày vào Đảng và không sau ngày chuyển về.", field="official_on")
        Membership.objects.create(member=row, cell=cell, valid_from=on_day)
        told = {"outside": outside, "issued_on": issued_on, "details": _work(work_decided_on)}
        _append(row, EventKind.RETURNED, on_day, by, to_cell=cell, document=document, **told)
        row = _set(row, state=MemberState.OFFICIAL if row.official_on else MemberState.PROBATIONARY, cell=cell)
        if official_on:
            _append(row, EventKind.RECOGNISED, on_day, by, to_cell=cell, note=f"Công nhận chính thức ở nơi khác ngày {official_on:%d/%m/%Y}.")
            row = _set(row, state=MemberState.OFFICIAL, official_on=official_on)
        return row


def _enter(cell, day, kind, state, by, document, told=None, **fields):
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    _refuse_place_and_day(cell, day)
    if fields.get("card_number") and Member.objects.filter(card_number=fields["card_number"]).exists():
        raise DomainError(
            "Số thẻ đảng viên này đã có trong danh sách. Nếu đảng viên từng chuyển đi nay chuyển về, hãy ghi “Chuyển về” vào hồ sơ cũ, "
            "hoặc đề nghị cán bộ cơ quan đảng ủy ghi.",
            field="card_number",
        )
    with change(by=by):
        member = Member.objects.create(cell=cell, state=state, **fields)
        Membership.objects.create(member=member, cell=cell, valid_from=day)
        _append(member, kind, day, by, to_cell=cell, document=document, **(told or {}))
    return member


def _refuse_place_and_day(cell, day):
    if not cell.holds_members or cell.is_closed:
        raise DomainError("Chỉ chi bộ đang hoạt động mới có đảng viên.", field="cell")
    if day > today():
        raise DomainError("Ngày chưa đến; hãy ghi khi việc đã diễn ra.", field="on_day")


def _append(member, kind, day, by, *, from_cell=None, to_cell=None, document=None, reverses=None, **details):
    """Write the event (`details`: outside, note, issued_on, until, consent, details) and its entry in the trail."""
    for paper in (document, details.get("consent")):
        if paper is not None and paper.pk is None:
            paper.save()
    last = member.events.filter(effective_on=day).aggregate(last=Max("sequence"))["last"] or 0
    event = MembershipEvent.objects.create(
        member=member,
        kind=kind,
        effective_on=day,
        sequence=last + 1,
        from_cell=from_cell,
        to_cell=to_cell,
        document=document,
        reverses=reverses,
        recorded_by=by,
        **details,
    )
    said = f"Hủy biến động ghi nhầm: {event.get_kind_display().lower()}" if reverses else event.get_kind_display()
    action = "member.taken_back" if reverses else f"member.{kind}"
    record(action, member, summary=f"{said} ngày {day:%d/%m/%Y}.", organisation=to_cell or from_cell, note=details.get("note", ""))
    return event


def _locked(member, kind, day, by):
    """The member's row, locked, after the checks that every movement shares: right, state, and a day that is not before the last."""
    row = locked(Member.objects.filter(pk=member.pk)).select_related("cell").get()
    if not can_edit_member(by, row):
        raise PermissionDenied
    if sentence := against(kind, row):
        raise DomainError(sentence)
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


def recognise_member(member, *, on_day, by, document=None, note=""):
    """Make a probationary member official. DomainError unless twelve months have passed since admission or if official already."""
    with change(by=by):
        row = _locked(member, EventKind.RECOGNISED, on_day, by)
        if months_between(row.admitted_on, on_day) < 12:
            raise DomainError("Chưa đủ 12 tháng dự bị (Điều lệ Đảng, Điều 5).", field="on_day")
        _append(row, EventKind.RECOGNISED, on_day, by, to_cell=row.cell, document=document, note=note)
        return _set(row, state=MemberState.OFFICIAL, official_on=on_day)


def move_member(member, *, to_cell, on_day, by, document=None, issued_on=None, work_decided_on=None):
    """Move between two cells of the committee. `by` must be able to write in both."""
    with change(by=by):
        row = _locked(member, EventKind.MOVED, on_day, by)
        if not can_edit_members_of(by, to_cell):
            raise PermissionDenied
        _refuse_place_and_day(to_cell, on_day)
        if to_cell.pk == row.cell_id:
            raise DomainError(f"{row.full_name} đang sinh hoạt ở {to_cell.name}.", field="to_cell")
        row.memberships.open().update(valid_to=on_day)
        Membership.objects.create(member=row, cell=to_cell, valid_from=on_day)
        told = {"issued_on": issued_on, "details": _work(work_decided_on)}
        _append(row, EventKind.MOVED, on_day, by, from_cell=row.cell, to_cell=to_cell, document=document, **told)
        return _set(row, cell=to_cell)


def send_temporarily(member, *, on_day, by, until=None, to_cell=None, outside="", document=None, issued_on=None, studies=False):
    """A temporary stay (sinh hoạt tạm thời) at `to_cell` here or `outside`, beside the official place, which keeps counting the member.

    studies: the member goes to study, which may last longer (M9)."""
    with change(by=by):
        row = _locked(member, EventKind.SENT_AWAY, on_day, by)
        _refuse_stay(row, on_day, until, to_cell, outside)
        if to_cell:
            Membership.objects.create(member=row, cell=to_cell, kind=MembershipKind.TEMPORARY, valid_from=on_day)
        told = {"outside": outside, "until": until, "issued_on": issued_on, "details": {"studies": True} if studies else {}}
        _append(row, EventKind.SENT_AWAY, on_day, by, from_cell=row.cell, to_cell=to_cell, document=document, **told)
        return _set(row)


def _refuse_stay(row, on_day, until, to_cell, outside):
    if bool(to_cell) == bool(outside):
        raise DomainError("Hãy chọn chi bộ trong đảng bộ, hoặc ghi nơi đến ngoài đảng bộ.", field="to_cell")
    if to_cell:
        _refuse_place_and_day(to_cell, on_day)
    if to_cell and to_cell.pk == row.cell_id:
        raise DomainError(f"{row.full_name} đang sinh hoạt chính thức ở {to_cell.name}.", field="to_cell")
    if until and until <= on_day:
        raise DomainError("Ngày hết hạn phải sau ngày bắt đầu.", field="until")
    if _is_away(row):
        raise DomainError(f"{row.full_name} đang sinh hoạt tạm thời ở nơi khác.")


def _last(row, *kinds):
    """The latest event of one of `kinds` that stands, or None."""
    return row.events.standing().filter(kind__in=kinds).order_by("effective_on", "sequence", "pk").last()


def _is_away(row):
    last = _last(row, EventKind.SENT_AWAY, EventKind.CAME_BACK, EventKind.MOVED, *EXITS)
    return last is not None and last.kind == EventKind.SENT_AWAY


def return_from_stay(member, *, on_day, by, document=None):
    """End a temporary stay. DomainError when there is none."""
    with change(by=by):
        row = _locked(member, EventKind.CAME_BACK, on_day, by)
        if not _is_away(row):
            raise DomainError(f"{row.full_name} không có đợt sinh hoạt tạm thời nào đang ghi.")
        row.memberships.open().filter(kind=MembershipKind.TEMPORARY).update(valid_to=on_day)
        _append(row, EventKind.CAME_BACK, on_day, by, to_cell=row.cell, document=document)
        return _set(row)


def transfer_out(member, *, outside, on_day, by, document=None, issued_on=None, work_decided_on=None):
    told = {"outside": outside, "issued_on": issued_on, "details": _work(work_decided_on)}
    return _leave(member, EventKind.TRANSFERRED_OUT, on_day, by, document=document, **told)


def leave_party(member, *, on_day, note, by, document=None):
    """Xin ra khỏi Đảng. Not while a case of discipline is open (M7): who deserves expulsion may not simply leave."""
    return _leave(member, EventKind.LEFT, on_day, by, note=note, document=document)


def strike_off(member, *, on_day, note, by, document):
    """Xóa tên, with its decision and reason. Not while a case of discipline is open (M7)."""
    return _leave(member, EventKind.STRUCK_OFF, on_day, by, note=note, document=document)


def expel(member, *, on_day, by, document, note=""):
    """Khai trừ, by its decision; probationary members cannot be expelled."""
    return _leave(member, EventKind.EXPELLED, on_day, by, note=note, document=document)


def record_death(member, *, on_day, by, document=None):
    return _leave(member, EventKind.DIED, on_day, by, document=document)


def _refuse_open_case(member, by):
    """M7. That a case is open is for those who may see it; others are only told whom to ask."""
    cases = Discipline.objects.filter(member=member, decided_on=None, withdrawn_on=None)
    if cases.visible_to(by).exists():
        raise DomainError("Đang xem xét kỷ luật đảng viên này; hãy kết thúc hồ sơ kỷ luật trước khi ghi.")
    if cases.exists():
        raise DomainError("Chưa ghi được biến động này; hãy liên hệ cơ quan tham mưu của cấp ủy cấp trên để được hướng dẫn.")


def _needed(document):
    if document is None:
        raise DomainError("Hãy ghi số, ngày và cơ quan ban hành quyết định.", field="document_number")
    return document


def _leave(member, kind, on_day, by, **details):
    with change(by=by):
        row = _locked(member, kind, on_day, by)  # the right first: who may not write learns nothing about cases
        if kind in (EventKind.STRUCK_OFF, EventKind.EXPELLED):
            _needed(details["document"])
        if kind in (EventKind.LEFT, EventKind.STRUCK_OFF):
            _refuse_open_case(row, by)
        row.memberships.open().update(valid_to=on_day)
        _append(row, kind, on_day, by, from_cell=row.cell, **details)
        return _set(row, state=TRANSITIONS[kind][row.state], is_exempt=False, is_suspended=False)


def restore_member(member, *, cell, on_day, by, document):
    """Khôi phục đảng tịch: in `cell` what the member was before (official, or on probation), by its decision.

    The time outside does not count towards Party age.
    """
    return _come_back(member, EventKind.RESTORED, cell, on_day, by, document)


def readmit_member(member, *, cell, on_day, by, document, consent, reason=ExitReason.OTHER, cleared_on=None):
    """Kết nạp lại: a new probation in `cell` from the ceremony `on_day` on, by its decision and the `consent` of the provincial standing committee.

    reason: an ExitReason; cleared_on: the day a criminal record was cleared, or None. DomainError for the reasons that bar it, before 36 months
    (60 after a record was cleared), a second time, and without the consent (M13: QĐ 294-QĐ/TW, mục 3.5).
    """
    with change(by=by):
        row = _locked(member, EventKind.READMITTED, on_day, by)
        if _needed(document) and consent is None:
            raise DomainError("Hãy ghi số, ngày văn bản đồng ý của ban thường vụ tỉnh ủy.", field="consent_number")
        if row.state == MemberState.LEFT and reason != ExitReason.HARDSHIP:
            reason = ExitReason.LEFT_BY_WISH
        left, times = _last(row, *EXITS), row.events.standing().filter(kind=EventKind.READMITTED).count()
        if left and (refused := readmission_refused(left.effective_on, on_day, times, reason=reason, cleared_on=cleared_on)):
            raise DomainError(refused, field="on_day")
        decided_on = document.issued_on if document.issued_on <= on_day else None
        fresh = {"admitted_on": on_day, "decided_on": decided_on, "official_on": None}
        return _come_back(member, EventKind.READMITTED, cell, on_day, by, document, consent=consent, **fresh)


def _come_back(member, kind, cell, on_day, by, document, consent=None, **fields):
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    _refuse_place_and_day(cell, on_day)
    with change(by=by):
        row = _locked(member, kind, on_day, by)
        _needed(document)
        left = _last(row, *EXITS)
        Membership.objects.create(member=row, cell=cell, valid_from=on_day)
        if kind == EventKind.RESTORED and left and left.effective_on < on_day:  # a readmission begins a new Party age, so nothing is taken off
            PartyBreak.objects.create(member=row, valid_from=left.effective_on, valid_to=on_day, reason=EventKind(kind).label)
        state = TRANSITIONS[kind][row.state]
        if kind == EventKind.RESTORED and row.official_on is None:
            state = MemberState.PROBATIONARY  # restored to what was lost, no more
        told = {"note": _kept(row), "details": _first_time(row), "consent": consent} if kind == EventKind.READMITTED else {}
        _append(row, kind, on_day, by, to_cell=cell, document=document, **told)
        return _set(row, state=state, cell=cell, **fields)


def _kept(row):
    """The dates of the first time in the Party, which the record gives up for those of the second."""
    return f"Lần trước: vào Đảng {row.admitted_text}, chính thức {row.official_text or 'chưa'}."


def _first_time(row):
    """The same dates as values, so that a readmission can be taken back."""
    return {name: day.isoformat() if (day := getattr(row, name)) else None for name in PARTY_DATES}


def exempt_member(member, *, on_day, by, document=None):
    return _turn(member, EventKind.EXEMPTED, "is_exempt", True, on_day, by, document=document)


def resume_member(member, *, on_day, by, document=None):
    """Back from an exemption, or from a pause."""
    return _turn(member, EventKind.RESUMED, "is_exempt", False, on_day, by, document=document)


def pause_member(member, *, on_day, by, until=None, note="", document=None):
    """Tạm miễn for less than twelve months: who is paused is rated as others are; the day it ends is kept for a reminder.

    Who is paused may be paused further (tạm miễn tiếp): then `until` is needed and must be later than before.
    """
    with change(by=by):
        row = _locked(member, EventKind.PAUSED, on_day, by)
        if row.is_exempt:
            raise DomainError("Đảng viên này đang được miễn công tác và sinh hoạt đảng.")
        if _is_paused(row):
            _refuse_shorter(_last(row, EventKind.PAUSED), until, "đang được tạm miễn; tạm miễn tiếp")
        _append(row, EventKind.PAUSED, on_day, by, to_cell=row.cell, document=document, until=until, note=note)
        return _set(row)


def _is_paused(row):
    last = _last(row, EventKind.PAUSED, EventKind.EXEMPTED, EventKind.RESUMED, *EXITS)
    return last is not None and last.kind == EventKind.PAUSED


def _refuse_shorter(before, until, words):
    if until is None or (before.until and until <= before.until):
        end = f" sau ngày {before.until:%d/%m/%Y}" if before.until else ""
        raise DomainError(f"Đảng viên này {words} thì ghi ngày hết hạn mới{end}.", field="until")


def suspend_member(member, *, on_day, by, document, until=None):
    """Đình chỉ, by its decision. Who is suspended may be suspended further (gia hạn): then `until` is needed and must be later than before."""
    with change(by=by):
        row = _locked(member, EventKind.SUSPENDED, on_day, by)
        _needed(document)
        if row.is_suspended:
            _refuse_shorter(_last(row, EventKind.SUSPENDED), until, "đang bị đình chỉ; gia hạn")
        _append(row, EventKind.SUSPENDED, on_day, by, to_cell=row.cell, document=document, until=until)
        return _set(row, is_suspended=True)


def suspended_since(member):
    """The first day of the suspension that runs, its extensions included; None where there is none."""
    turns = member.events.standing().filter(kind__in=(EventKind.SUSPENDED, EventKind.REINSTATED, *EXITS))
    began = None
    for kind, day in turns.order_by("effective_on", "sequence", "pk").values_list("kind", "effective_on"):
        began = (began or day) if kind == EventKind.SUSPENDED else None
    return began


def reinstate_member(member, *, on_day, by, document=None):
    return _turn(member, EventKind.REINSTATED, "is_suspended", False, on_day, by, document=document)


def _turn(member, kind, name, value, on_day, by, **details):
    with change(by=by):
        row = _locked(member, kind, on_day, by)
        if getattr(row, name) == value and not (kind == EventKind.RESUMED and _is_paused(row)):
            raise DomainError("Tình trạng này không thay đổi.")
        _append(row, kind, on_day, by, to_cell=row.cell, **details)
        return _set(row, **{name: value})


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
        if event.kind == EventKind.RECOGNISED:
            row.official_on = None  # this day came with the recognition and goes with it, wherever the member came from
        if event.kind == EventKind.READMITTED:
            _give_back_dates(row, event)
        if event.kind == EventKind.RESTORED:
            row.party_breaks.filter(valid_to=event.effective_on, reason=EventKind.RESTORED.label).delete()
        open_again(event, reason=reason.strip(), by=by)
        return _as_told(row)


def _give_back_dates(row, event):
    """The Party dates of the first time, as the readmission kept them."""
    if not set(PARTY_DATES) <= set(event.details):
        raise DomainError("Việc kết nạp lại này được ghi trước khi phần mềm giữ các ngày cũ nên không hủy được; hãy liên hệ quản trị.")
    for name in PARTY_DATES:
        setattr(row, name, date.fromisoformat(event.details[name]) if event.details[name] else None)
    row.save(update_fields=PARTY_DATES)


def _what_stands_in_the_way(event, latest):
    if latest is None or not MembershipEvent.objects.standing().filter(pk=event.pk).exists():
        return "Biến động này đã được hủy."
    return f"Hãy hủy biến động sau đó trước: {latest.get_kind_display().lower()} ngày {latest.effective_on:%d/%m/%Y}."


def _as_told(row):
    """Set the spans and the member's own copy to what the events that stand say."""
    told = told_of(row)
    row.memberships.all().delete()
    Membership.objects.bulk_create(
        Membership(member=row, cell_id=cell, kind=kind, valid_from=start, valid_to=end) for cell, kind, start, end in told.spans
    )
    fields = {"state": told.state, "cell_id": told.cell or row.cell_id, "is_exempt": told.is_exempt, "is_suspended": told.is_suspended}
    if told.state == MemberState.PROBATIONARY:
        fields["official_on"] = None
    return _set(row, **fields)


def told_of(row):
    """What the events of a member that stand say, as a spans.Told."""
    taken_back = {event.reverses_id for event in row.events.all() if event.reverses_id}
    standing = [event for event in row.events.all() if event.pk not in taken_back and event.reverses_id is None]
    events = sorted(standing, key=lambda event: (event.effective_on, event.sequence, event.pk))
    recognised = any(event.kind == EventKind.RECOGNISED for event in events)
    entry = next((event for event in events if event.kind in (EventKind.TRANSFERRED_IN, EventKind.LOADED)), None)
    # Somebody who came official was so on that day; a recognition that was taken back leaves a probationary member.
    was_official = row.official_on is not None and (not recognised or (entry is not None and row.official_on <= entry.effective_on))
    return tell(events, was_official)


def differs_from_events(row):
    """Whether the stored spans, the state or the cell of a member differ from what the events say."""
    told = told_of(row)
    stored = sorted((one.cell_id, one.kind, one.valid_from, one.valid_to or LAST_DAY) for one in row.memberships.all())
    spans = sorted((cell, kind, start, end or LAST_DAY) for cell, kind, start, end in told.spans)
    here = (row.state, row.is_exempt, row.is_suspended)
    return stored != spans or here != (told.state, told.is_exempt, told.is_suspended) or (row.is_active and row.cell_id != told.cell)


def mend_from_events(row, *, by):
    """Set the spans and the own copy of a member to what the events say; one entry in the trail. `by` is None for the command line."""
    with change(by=by):
        held = locked(Member.objects.filter(pk=row.pk)).select_related("cell").get()
        _as_told(held)
        record("member.recounted", held, summary="Tính lại nơi sinh hoạt theo biến động.", organisation=held.cell)
