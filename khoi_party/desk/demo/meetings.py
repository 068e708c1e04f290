"""Meetings of the demo cells: last year whole, this year to last month, with gaps and remarks as a real register has them. Illustrations."""

import calendar
from datetime import date

from cells.enums import CELL_KINDS
from cells.models import DatedSetting, Organisation
from khoi_party.common.dates import today
from members.enums import MeetingKind
from members.models import Meeting, Member, Resolution

ITEMS = (("Chuẩn bị nội dung", 20), ("Thời lượng, tỷ lệ dự", 20), ("Dân chủ, tự phê bình", 30), ("Nghị quyết, phân công", 30))
TOPIC = "Học tập và làm theo Bác về kỷ luật, kỷ cương (minh họa)"


def build_meetings(root, by, chance):
    """Record the meetings of all cells below `root` with the score sheet and the year's topic they are scored by."""
    day = today()
    DatedSetting.objects.create(
        organisation=root,
        key=DatedSetting.Key.MEETING_SCORE,
        valid_from=date(day.year - 1, 1, 1),
        value={"cuts": [90, 70, 50], "items": [{"text": text, "max": most} for text, most in ITEMS], "vetoes": ["Dưới 2/3 đảng viên dự họp"]},
    )
    topic = {"year": day.year, "topic": TOPIC}
    DatedSetting.objects.create(organisation=root, key=DatedSetting.Key.STUDY_TOPIC, valid_from=date(day.year, 1, 1), value=topic)
    sizes = {}
    for cell in Member.objects.active().filter(is_exempt=False).values_list("cell", flat=True):
        sizes[cell] = sizes.get(cell, 0) + 1
    cells = Organisation.objects.in_subtree(root).filter(kind__in=CELL_KINDS, dissolved_on=None, established_on__lt=date(day.year - 1, 1, 1))
    months = [(year, month) for year in (day.year - 1, day.year) for month in range(1, 13) if (year, month) < (day.year, day.month)]
    meetings = [
        _meeting(cell, sizes[cell.pk], year, month, by, chance)
        for cell in cells
        if cell.pk in sizes
        for year, month in months
        if chance.random() > 0.03
    ]
    Meeting.objects.bulk_create(meetings, batch_size=500)
    Resolution.objects.bulk_create(
        (Resolution(meeting=one, number=f"{one.held_on.month:02d}-NQ/CB", title="Nghị quyết tháng (minh họa)") for one in meetings), batch_size=1000
    )


def _meeting(cell, size, year, month, by, chance):
    is_thematic = month % 3 == 2 and chance.random() > 0.1
    absent = min(size, chance.choice((0, 0, 0, 1, 1, 2)))
    scores = [[text, most, most - chance.choice((0, 0, 1, 2, 4))] for text, most in ITEMS]
    held_on = date(year, month, chance.randint(1, 9))
    return Meeting(
        cell=cell,
        kind=MeetingKind.COMBINED if is_thematic else MeetingKind.REGULAR,
        held_on=held_on,
        minutes=chance.choice((90, 95, 100, 105, 80)) + (30 if is_thematic else 0),
        expected=size,
        present=size - absent,
        excused=absent,
        posted_on=held_on.replace(day=calendar.monthrange(year, month - 1)[1], month=month - 1) if month > 1 else None,
        topic="Sinh hoạt chuyên đề quý (minh họa)" if is_thematic else "Sơ kết tháng, phương hướng tháng tới (minh họa)",
        studied=is_thematic and month > 3,
        scores=scores,
        points=sum(given for _, _, given in scores),
        recorded_by=by,
        version=1,
    )
