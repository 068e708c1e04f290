"""Meetings of cells: recorded by the cell, or from its paper by staff; kept with a version."""

from django.core.exceptions import PermissionDenied

from cells.models import DatedSetting
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion
from members.meeting_rules import CUTS
from members.models import Meeting
from members.permissions import can_edit_members_of

FIELDS = (
    *("kind", "held_on", "minutes", "expected", "present", "excused", "unexcused"),
    *("posted_on", "topic", "resolution", "superior", "points", "is_vetoed"),
)


def cuts_on(cell, day):
    """The points from which a meeting is tốt, khá, trung bình: the setting of the cell's root on `day`, else 90, 70, 50."""
    settings = DatedSetting.objects.filter(organisation__path=cell.path[:4], key=DatedSetting.Key.MEETING_SCORE).in_force(day)
    setting = settings.first()
    return tuple(setting.value["cuts"]) if setting else CUTS


def save_meeting(cell, values, *, meeting=None, version=0, by):
    """Record a meeting of `cell`, or correct `meeting` (with the `version` that was read). `values` are of FIELDS. Returns the Meeting.

    DomainError for a day to come, counts that do not add up, points outside 0 to 100, or a second record of one meeting.
    """
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    if values["held_on"] > today():
        raise DomainError("Ngày họp chưa đến.", field="held_on")
    counted = values["present"] + values["excused"] + values["unexcused"]
    if counted != values["expected"]:
        raise DomainError(f"Có mặt + vắng = {counted}, khác số phải dự {values['expected']}. Hãy xem lại.", field="present")
    if values["points"] is not None and not 0 <= values["points"] <= 100:
        raise DomainError("Điểm từ 0 đến 100.", field="points")
    with change(by=by):
        row = locked(Meeting.objects.filter(pk=meeting.pk)).get() if meeting else Meeting(cell=cell, version=0)
        if row.version != version:
            raise StaleVersion("Kỳ sinh hoạt này vừa được người khác sửa. Hãy xem lại rồi lưu.", current=row)
        twin = Meeting.objects.filter(cell=cell, held_on=values["held_on"], kind=values["kind"]).exclude(pk=row.pk)
        if twin.exists():
            raise DomainError("Kỳ sinh hoạt ngày này đã được ghi.", field="held_on")
        for name in FIELDS:
            setattr(row, name, values[name])
        row.recorded_by, row.version = by, row.version + 1
        row.save()
        action = "meeting.corrected" if meeting else "meeting.recorded"
        record(action, row, summary=f"Ghi sinh hoạt chi bộ ngày {row.held_on:%d/%m/%Y}.", organisation=cell)
    return row
