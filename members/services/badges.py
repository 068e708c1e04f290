"""Huy hiệu Đảng: proposed by those who keep the record, awarded by the provincial committee's decision; and the time that does not count."""

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from members.badges import HD01, MILESTONES, earliest_death, earliest_early, reached_on
from members.enums import BadgeKind, BadgeState, EventKind, MemberState
from members.models import BadgeAward, Member, PartyBreak
from members.permissions import can_award_badge, can_edit_member


def propose_badge(member, years, *, ceremony_on, kind=BadgeKind.NORMAL, reason="", by):
    """Propose the badge of `years` for `member` at the round `ceremony_on` (a date). Returns the BadgeAward.

    DomainError where the record does not tell Party age, the badge is proposed or given already, or the day lies before the limit of HD 01-HD/TW
    (2021), point 18: reached by the round; for grave illness 12 months early, from 70 years on 24; after death 12 months early.
    """
    with change(by=by):
        row = locked(Member.objects.filter(pk=member.pk)).select_related("cell").get()
        if not can_edit_member(by, row):
            raise PermissionDenied
        _refuse(row, years, ceremony_on, kind, reason)
        award = BadgeAward.objects.create(member=row, years=years, ceremony_on=ceremony_on, kind=kind, reason=reason, proposed_by=by)
        summary = f"Đề nghị Huy hiệu {years} năm, {award.get_kind_display().lower()}, đợt {date_text(ceremony_on)}."
        record("badge.proposed", row, summary=summary, organisation=row.cell, years=years, ceremony_on=ceremony_on, kind=kind)
    return award


def propose_badges(rows, *, ceremony_on, by):
    """Propose the ordinary badge for every (Member, years) of `rows`, all or none. Returns how many."""
    with change(by=by):
        for member, years in sorted(rows, key=lambda row: row[0].pk):
            propose_badge(member, years, ceremony_on=ceremony_on, by=by)
    return len(rows)


def _refuse(member, years, day, kind, reason):
    if years not in MILESTONES:
        raise DomainError(f"Không có Huy hiệu {years} năm tuổi Đảng; các mốc là {', '.join(map(str, MILESTONES))}.", field="years")
    if member.decided_on is None:
        raise DomainError(f"Hồ sơ của {member} chưa ghi ngày quyết định kết nạp. Hãy bổ sung để tính được tuổi đảng.")
    if BadgeAward.objects.filter(member=member, years=years).exists():
        raise DomainError(f"Huy hiệu {years} năm của {member} đã được đề nghị hoặc đã tặng.", field="years")
    reached = reached_on(member.decided_on, years, member.party_breaks.values_list("valid_from", "valid_to"))
    if kind == BadgeKind.POSTHUMOUS:
        _refuse_posthumous(member, years, day, reached)
        return
    if member.state != MemberState.OFFICIAL:
        raise DomainError(f"{member} không phải là đảng viên chính thức đang sinh hoạt.")
    limit = reached if kind == BadgeKind.NORMAL else earliest_early(reached, years)
    if day < limit:
        said = f"đủ {years} năm tuổi Đảng ngày {date_text(reached)}"
        since = "" if kind == BadgeKind.NORMAL else f", chỉ được xét tặng sớm từ ngày {date_text(limit)}"
        raise DomainError(f"{member} {said}{since}. Hãy chọn đợt trao từ ngày đó ({HD01}).", field="ceremony_on")
    if kind == BadgeKind.EARLY and day >= reached:
        raise DomainError(f"Đến đợt này {member} đã đủ {years} năm tuổi Đảng; hãy đề nghị theo đợt thường.", field="kind")
    if kind == BadgeKind.EARLY and not reason:
        raise DomainError("Hãy ghi lý do bệnh nặng.", field="reason")


def _refuse_posthumous(member, years, day, reached):
    died = member.events.standing().filter(kind=EventKind.DIED).order_by("-effective_on").first()
    if member.state != MemberState.DIED or died is None:
        raise DomainError(f"Truy tặng chỉ dành cho đảng viên đã từ trần; {member} chưa có biến động đó.", field="kind")
    limit = earliest_death(reached)
    if died.effective_on < limit:
        raise DomainError(
            f"Mốc {years} năm là ngày {date_text(reached)}; chỉ truy tặng khi từ trần từ ngày {date_text(limit)} trở đi ({HD01}).", field="years"
        )
    if day < died.effective_on:
        raise DomainError("Đợt trao không được trước ngày từ trần.", field="ceremony_on")


def award_badges(awards, *, document, numbers, by):
    """Record the decision `document` (a Document) on `awards` (proposed BadgeAwards); `numbers` is {award pk: number of the badge}.

    Returns how many. DomainError when one was recorded or withdrawn in between, or the decision's day has not come.
    """
    if document is None:
        raise DomainError("Hãy ghi số, ngày và cơ quan ban hành quyết định tặng.", field="document_number")
    if document.issued_on > today():
        raise DomainError("Ngày quyết định chưa đến.", field="document_on")
    if not awards:
        raise DomainError("Hãy chọn ít nhất một đảng viên.")
    with change(by=by):
        rows = list(locked(BadgeAward.objects.filter(pk__in=[award.pk for award in awards])).select_related("member__cell").order_by("pk"))
        if not all(can_award_badge(by, row.member) for row in rows):
            raise PermissionDenied
        if len(rows) != len(awards) or any(row.state != BadgeState.PROPOSED for row in rows):
            raise DomainError("Có đề nghị vừa được người khác ghi hoặc rút. Hãy xem lại danh sách.")
        document.save()
        for row in rows:
            row.state, row.document, row.badge_number = BadgeState.AWARDED, document, numbers.get(row.pk, "")
            row.save(update_fields=["state", "document", "badge_number"])
            summary = f"Ghi quyết định tặng Huy hiệu {row.years} năm."
            record("badge.awarded", row.member, summary=summary, organisation=row.member.cell, years=row.years, document=document.pk)
    return len(rows)


def withdraw_badge(award, *, reason, by):
    """Take a proposal back, or a decision that was recorded by mistake; the trail keeps both with `reason`. DomainError without a reason."""
    if not reason.strip():
        raise DomainError("Hãy ghi lý do.", field="reason")
    with change(by=by):
        row = locked(BadgeAward.objects.filter(pk=award.pk)).select_related("member__cell").first()
        if row is None:
            raise DomainError("Đề nghị này đã được rút.")
        if not (can_award_badge(by, row.member) if row.state == BadgeState.AWARDED else can_edit_member(by, row.member)):
            raise PermissionDenied
        said = {"years": row.years, "state": row.state, "ceremony_on": row.ceremony_on, "kind": row.kind, "document": row.document_id}
        record("badge.withdrawn", row.member, summary=f"Rút Huy hiệu {row.years} năm.", organisation=row.member.cell, note=reason.strip(), **said)
        row.delete()


def add_break(member, *, valid_from, valid_to, reason, document=None, by):
    """Keep a time outside the Party, `valid_to` the day of return. Returns the PartyBreak.

    DomainError when the days are out of order, before the admission, to come, or in another such time. (QĐ 24-QĐ/TW, point 4.5.1)
    """
    if not can_edit_member(by, member):
        raise PermissionDenied
    with change(by=by):
        row = locked(Member.objects.filter(pk=member.pk)).select_related("cell").get()
        if valid_to <= valid_from:
            raise DomainError("Ngày trở lại phải sau ngày bắt đầu.", field="valid_to")
        if valid_from < (row.decided_on or row.admitted_on):
            raise DomainError("Thời gian này bắt đầu trước khi vào Đảng.", field="valid_from")
        if valid_to > today():
            raise DomainError("Ngày trở lại chưa đến; hãy ghi khi đã trở lại sinh hoạt.", field="valid_to")
        if row.party_breaks.filter(valid_from__lt=valid_to, valid_to__gt=valid_from).exists():
            raise DomainError("Trùng với một thời gian đã ghi.", field="valid_from")
        if document is not None:
            document.save()
        one = PartyBreak.objects.create(member=row, valid_from=valid_from, valid_to=valid_to, reason=reason, document=document)
        dates = {"valid_from": valid_from, "valid_to": valid_to}
        record("member.break_added", row, summary="Ghi thời gian không tính tuổi đảng.", organisation=row.cell, note=reason, **dates)
    return one


def remove_break(one, *, by):
    """Let the time count again; the trail keeps what was said."""
    if not can_edit_member(by, one.member):
        raise PermissionDenied
    with change(by=by):
        dates = {"valid_from": one.valid_from, "valid_to": one.valid_to}
        summary = "Bỏ thời gian không tính tuổi đảng."
        record("member.break_removed", one.member, summary=summary, organisation=one.member.cell, note=one.reason, **dates)
        one.delete()
