"""The days that the committee of a root fixes otherwise than the library of holidays."""

from django.core.exceptions import PermissionDenied

from cells.enums import DayKind
from cells.models import CalendarDay, Organisation
from cells.permissions import can_edit_calendar
from cells.working_days import WorkingDays
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError

FIRST_YEAR, LAST_YEAR = 2000, 2099  # what the library can tell of the lunar new year, and nobody needs more


def set_calendar_day(root, *, day, kind, reason, document=None, by):
    """Let `day` be off or worked (`kind`, a DayKind) for `root` and all below it. Returns the CalendarDay.

    DomainError when the day is set already, or is so by itself.
    """
    if not can_edit_calendar(by, root):
        raise PermissionDenied
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DomainError(f"Lịch ngày làm việc tính từ năm {FIRST_YEAR} đến năm {LAST_YEAR}.", field="day")
    if WorkingDays.is_working_by_library(day) == (kind == DayKind.MAKE_UP):
        said = "ngày làm việc" if kind == DayKind.MAKE_UP else "ngày nghỉ"
        raise DomainError(f"Ngày {day:%d/%m/%Y} vốn đã là {said}, không cần đặt.", field="day")
    with change(by=by):
        locked(Organisation.objects.filter(pk=root.pk)).get()
        if CalendarDay.objects.filter(organisation=root, day=day).exists():
            raise DomainError(f"Ngày {day:%d/%m/%Y} đã được đặt; hãy bỏ rồi đặt lại nếu cần sửa.", field="day")
        if document is not None and document.pk is None:
            document.save()
        row = CalendarDay.objects.create(organisation=root, day=day, kind=kind, reason=reason, document=document, created_by=by)
        record("calendar.set", row, summary=f"Đặt {row}.", organisation=root, note=reason, day=day, kind=kind)
    return row


def remove_calendar_day(row, *, by):
    """Let the library's calendar hold again for the day of `row`; the trail keeps what was set."""
    if not can_edit_calendar(by, row.organisation):
        raise PermissionDenied
    with change(by=by):
        record("calendar.removed", row, summary=f"Bỏ {row}.", organisation=row.organisation, note=row.reason, day=row.day, kind=row.kind)
        row.delete()
