"""Twelve months of a cell on one line: which meetings were held, what the rules say of them, what is missing."""

from dataclasses import dataclass, field

from cells.enums import CELL_KINDS
from khoi_party.common.numbers import decimal
from members.enums import MeetingGrade
from members.meeting_rules import (
    BASE_MEETINGS,
    REGULAR,
    THEMATIC,
    attendance,
    attendance_low,
    base_meetings_missing,
    gaps,
    grade_of,
    posted_late,
    too_short,
    year_grade,
)
from members.models import Meeting


@dataclass
class CellYear:
    """One year of a cell (or of a base committee): its months and what is to be said of the year."""

    cell: object
    months: list = field(default_factory=list)  # [(month, [Told], is missing)]
    held: list = field(default_factory=list)
    missing: tuple = ()
    regular: int = 0
    thematic: int = 0
    resolutions: int = 0
    attendance: float | None = None
    grade: MeetingGrade | None = None
    says: list = field(default_factory=list)
    may_edit: bool = False  # whether the reader may correct its meetings

    @property
    def words(self):
        """The year in one sentence: "11 kỳ thường kỳ, 4 chuyên đề; dự 92,4%; loại tốt; thiếu tháng 3"."""
        parts = [f"{self.regular} kỳ thường kỳ, {self.thematic} chuyên đề"]
        parts += [f"dự {decimal(self.attendance, 1)}%"] if self.attendance is not None else []
        parts += [f"loại {self.grade.label.lower()}"] if self.grade else []
        parts += [f"thiếu tháng {', '.join(map(str, self.missing))}"] if self.missing else []
        return "; ".join(parts)


@dataclass
class Told:
    """A meeting with its grade and the sentences about it."""

    meeting: Meeting
    grade: MeetingGrade | None
    says: list


def told(meeting, cuts):
    says = (
        too_short(meeting.kind, meeting.held_on, meeting.minutes),
        attendance_low(meeting.expected, meeting.present, meeting.unexcused),
        posted_late(meeting.held_on, meeting.posted_on),
    )
    return Told(meeting, grade_of(meeting.points, meeting.is_vetoed, cuts), [sentence for sentence in says if sentence])


def years_of(cells, year, day, cuts, topic=""):
    """A CellYear for each of `cells`, from two queries. `topic`: what all cells study in the year, "" where nothing is set."""
    held = {cell.pk: [] for cell in cells}
    for meeting in Meeting.objects.filter(cell__in=cells, held_on__year=year).prefetch_related("resolutions"):
        held[meeting.cell_id].append(told(meeting, cuts))
    return [_year(cell, held[cell.pk], year, day, topic) for cell in cells]


def _year(cell, held, year, day, topic):
    is_cell = cell.kind in CELL_KINDS
    lacking = gaps([(one.meeting.kind, one.meeting.held_on) for one in held], year, day, cell.established_on) if is_cell else None
    missing = lacking.months if lacking else ()
    regular = [one for one in held if one.meeting.kind in REGULAR]
    return CellYear(
        cell,
        [(month, [one for one in held if one.meeting.held_on.month == month], month in missing) for month in range(1, 13)],
        held,
        missing,
        len(regular),
        sum(one.meeting.kind in THEMATIC for one in held),
        sum(resolution.is_thematic for one in held for resolution in one.meeting.resolutions.all()),
        attendance(sum(one.meeting.expected for one in held), sum(one.meeting.present for one in held)),
        year_grade([one.grade for one in regular]) if is_cell and not missing and year < day.year else None,
        list(_said(held, lacking, len(regular), year, day, topic)),
    )


def _said(held, lacking, regular, year, day, topic):
    """What is missing in the year besides the months."""
    if lacking and lacking.quarters:
        yield f"Thiếu chuyên đề quý {', '.join(map(str, lacking.quarters))}"
    if lacking is None and base_meetings_missing(regular, year, day):
        yield f"Đảng bộ mới họp {regular}/{BASE_MEETINGS} kỳ trong năm"
    if topic and year < day.year and lacking is not None and not any(one.meeting.studied for one in held):
        yield "Chưa học tập chuyên đề của năm"
