"""Meetings of cells: recorded by the cell, or from its paper by staff; kept with a version."""

from django.core.exceptions import PermissionDenied

from cells.models import DatedSetting
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion
from members.meeting_rules import CUTS, ScoreSheet
from members.models import Meeting, Resolution
from members.permissions import can_edit_members_of

FIELDS = (
    *("kind", "held_on", "minutes", "expected", "present", "excused", "unexcused"),
    *("posted_on", "topic", "studied", "superior", "points", "is_vetoed"),
)


def sheet_on(cell, day):
    """The ScoreSheet of the cell's root on `day`; without a setting the cuts 90, 70, 50 and no items."""
    return _sheet(_settings(cell, day))


def sheet_and_topic(cell, day, year):
    """The ScoreSheet on `day`, and what all cells study in `year` ("" where it is not set), in one query."""
    values = _settings(cell, day)
    topic = values.get(DatedSetting.Key.STUDY_TOPIC, {})
    return _sheet(values), topic.get("topic", "") if topic.get("year") == year else ""


def _sheet(values):
    value = values.get(DatedSetting.Key.MEETING_SCORE, {})
    items = tuple((one["text"], one["max"]) for one in value.get("items", ()))
    return ScoreSheet(tuple(value.get("cuts", CUTS)), items, tuple(value.get("vetoes", ())))


def _settings(organisation, day):
    """{key: value} of the settings on meetings in force on `day`."""
    keys = (DatedSetting.Key.MEETING_SCORE, DatedSetting.Key.STUDY_TOPIC)
    rows = DatedSetting.objects.filter(organisation__path=organisation.path[:4], key__in=keys).in_force(day)
    return dict(rows.values_list("key", "value"))


def save_meeting(cell, values, *, scores=None, resolutions=(), meeting=None, version=0, by):
    """Record a meeting of `cell`, or correct `meeting` (with the `version` that was read). `values` are of FIELDS. Returns the Meeting.

    scores: points by item of the sheet of that day, whose sum is then the meeting's points. resolutions: of (number, is_thematic, title).
    DomainError for a day to come, counts that do not add up, points outside their items or 0 to 100, or a second record of one meeting.
    """
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    _refuse(values)
    scored = _scored(cell, values["held_on"], scores)
    if scores is not None:
        values = values | {"points": sum(given for _, _, given in scored)}
    with change(by=by):
        row = locked(Meeting.objects.filter(pk=meeting.pk)).get() if meeting else Meeting(cell=cell, version=0)
        if row.version != version:
            raise StaleVersion("Kỳ sinh hoạt này vừa được người khác sửa. Hãy xem lại rồi lưu.", current=row)
        twin = Meeting.objects.filter(cell=cell, held_on=values["held_on"], kind=values["kind"]).exclude(pk=row.pk)
        if twin.exists():
            raise DomainError("Kỳ sinh hoạt ngày này đã được ghi.", field="held_on")
        for name in FIELDS:
            setattr(row, name, values[name])
        row.scores = [[text, most, float(given)] for text, most, given in scored]
        row.recorded_by, row.version = by, row.version + 1
        row.save()
        row.resolutions.all().delete()
        Resolution.objects.bulk_create(
            Resolution(meeting=row, number=number, is_thematic=is_thematic, title=title) for number, is_thematic, title in resolutions
        )
        action = "meeting.corrected" if meeting else "meeting.recorded"
        record(action, row, summary=f"Ghi sinh hoạt chi bộ ngày {row.held_on:%d/%m/%Y}.", organisation=cell)
    return row


def _refuse(values):
    if values["held_on"] > today():
        raise DomainError("Ngày họp chưa đến.", field="held_on")
    counted = values["present"] + values["excused"] + values["unexcused"]
    if counted != values["expected"]:
        raise DomainError(f"Có mặt + vắng = {counted}, khác số phải dự {values['expected']}. Hãy xem lại.", field="present")
    if values["points"] is not None and not 0 <= values["points"] <= 100:
        raise DomainError("Điểm từ 0 đến 100.", field="points")


def _scored(cell, day, scores):
    """[[item, most, points], …] by the sheet of `day`; nothing where only a total was given."""
    try:
        return sheet_on(cell, day).scored(scores) if scores is not None else []
    except ValueError as wrong:
        raise DomainError(str(wrong)) from wrong
