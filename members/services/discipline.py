"""Disciplinary cases and decisions, recorded by the inspection board; what a form allows for whom is the Party statute's (Điều 35)."""

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.enums import Degree, MemberState
from members.models import Discipline
from members.permissions import can_record_discipline

OF_OFFICIAL = (Degree.REPRIMAND, Degree.WARNING, Degree.DISMISSAL, Degree.EXPULSION)
OF_PROBATIONARY = (Degree.REPRIMAND, Degree.WARNING)
OF_ORGANISATION = (Degree.REPRIMAND, Degree.WARNING, Degree.DISSOLUTION)


def degrees_for(subject):
    """The forms of discipline that the statute knows for a Member or an Organisation (Điều lệ Đảng, Điều 35.2; rule M15)."""
    state = getattr(subject, "state", None)
    if state is None:
        return OF_ORGANISATION
    return OF_PROBATIONARY if state == MemberState.PROBATIONARY else OF_OFFICIAL


def record_discipline(subject, *, by, degree="", decided_on=None, document=None, **details):
    """Record a case of `subject` (Member or Organisation): open without `decided_on`, else decided with `degree` and its unsaved `document`.

    `details` are the other fields of Discipline. Returns it. DomainError for a form that the subject cannot get (M15), a day to come, or a
    decision without its document.
    """
    place = getattr(subject, "cell", None) or subject
    if not can_record_discipline(by, place):
        raise PermissionDenied
    _refuse(subject, degree, decided_on, document, details)
    with change(by=by):
        if document is not None and document.pk is None:
            document.save()
        whose = {"member": subject} if hasattr(subject, "cell") else {"organisation": subject}
        one = Discipline.objects.create(**whose, place=place, degree=degree, decided_on=decided_on, document=document, recorded_by=by, **details)
        said = f"Kỷ luật: {one.get_degree_display().lower()}." if decided_on else "Mở hồ sơ xem xét kỷ luật."
        record("discipline.recorded", subject, summary=said, organisation=place, degree=degree)
    return one


def _refuse(subject, degree, decided_on, document, details):
    if decided_on and degree not in degrees_for(subject):
        raise DomainError(f"Hình thức này không áp dụng cho {_who(subject)} (Điều lệ Đảng, Điều 35).", field="degree")
    if decided_on and decided_on > today():
        raise DomainError("Ngày quyết định chưa đến.", field="decided_on")
    if decided_on and document is None:
        raise DomainError("Hãy ghi số, ngày và cơ quan ban hành quyết định kỷ luật.", field="document_number")
    violated_on = details.get("violated_on")
    if violated_on and violated_on > (decided_on or today()):
        raise DomainError("Ngày vi phạm không được sau ngày quyết định.", field="violated_on")


def _who(subject):
    if getattr(subject, "state", None) is None:
        return "tổ chức đảng"
    return "đảng viên dự bị" if subject.state == MemberState.PROBATIONARY else "đảng viên"


def decide_case(discipline, *, degree, decided_on, document, by):
    """Close an open case by its decision. DomainError when it is decided or withdrawn already, and as `record_discipline`."""
    if not can_record_discipline(by, discipline.place):
        raise PermissionDenied
    with change(by=by):
        row = locked(Discipline.objects.filter(pk=discipline.pk)).get()
        if not row.is_open:
            raise DomainError("Hồ sơ này đã kết thúc.")
        subject = row.member or row.organisation
        _refuse(subject, degree, decided_on, document, {"violated_on": row.violated_on})
        document.save()
        row.degree, row.decided_on, row.document = degree, decided_on, document
        row.save()
        record("discipline.decided", subject, summary=f"Kỷ luật: {row.get_degree_display().lower()}.", organisation=row.place, degree=degree)
    return row


def withdraw_discipline(discipline, reason, *, on_day, by):
    """Take a decision or a case back, with a reason; it stays in the history and counts no more from `on_day` on."""
    if not can_record_discipline(by, discipline.place):
        raise PermissionDenied
    if not reason.strip():
        raise DomainError("Hãy ghi lý do hủy bỏ.", field="reason")
    with change(by=by):
        row = locked(Discipline.objects.filter(pk=discipline.pk)).get()
        if row.withdrawn_on:
            raise DomainError("Kỷ luật này đã được hủy bỏ.")
        row.withdrawn_on, row.withdrawal_reason = on_day, reason.strip()
        row.save()
        subject = row.member or row.organisation
        record("discipline.withdrawn", subject, summary="Hủy bỏ kỷ luật.", organisation=row.place, note=row.withdrawal_reason)
    return row
