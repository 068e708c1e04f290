"""Twelve months of a cell on one line: which meetings were held, what the rules say of them, what is missing."""

from dataclasses import dataclass, field

from members.meeting_rules import REGULAR, attendance, attendance_low, gaps, grade_of, posted_late, too_short, year_grade
from members.models import Meeting


@dataclass
class CellYear:
    cell: object
    months: list = field(default_factory=list)  # [(month, [Told], is missing)]
    missing: tuple = ()
    quarters: tuple = ()
    regular: int = 0
    thematic: int = 0
    attendance: float | None = None
    grade: object = None


@dataclass
class Told:
    """A meeting with its grade and the sentences about it."""

    meeting: Meeting
    grade: object
    says: list


def told(meeting, cuts):
    says = (
        too_short(meeting.kind, meeting.held_on, meeting.minutes),
        attendance_low(meeting.expected, meeting.present, meeting.unexcused),
        posted_late(meeting.held_on, meeting.posted_on),
    )
    return Told(meeting, grade_of(meeting.points, meeting.is_vetoed, cuts), [sentence for sentence in says if sentence])


def years_of(cells, year, day, cuts):
    """A CellYear for each of `cells`, from one query."""
    held = {cell.pk: [] for cell in cells}
    for meeting in Meeting.objects.filter(cell__in=cells, held_on__year=year):
        held[meeting.cell_id].append(told(meeting, cuts))
    return [_year(cell, held[cell.pk], year, day) for cell in cells]


def _year(cell, held, year, day):
    lacking = gaps([(one.meeting.kind, one.meeting.held_on) for one in held], year, day, cell.established_on)
    regular = [one for one in held if one.meeting.kind in REGULAR]
    expected, present = sum(one.meeting.expected for one in held), sum(one.meeting.present for one in held)
    months = [(month, [one for one in held if one.meeting.held_on.month == month], month in lacking.months) for month in range(1, 13)]
    return CellYear(
        cell,
        months,
        lacking.months,
        lacking.quarters,
        len(regular),
        len(held) - sum(one.meeting.kind in ("regular", "extra") for one in held),
        attendance(expected, present),
        year_grade([one.grade for one in regular]) if not lacking.months and (year < day.year) else None,
    )
