"""The sheet of one cell after two ballots: members with and without each voice, those not rated, one taken off the list, the cell itself."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.cell_sheet import Ballot, CellSheet, SheetRow, Unrated
from reports.tests.specimens import specimen_of
from reports.tests.specimens.rating_proposal import MORE_PEOPLE, PEOPLE, POSTS

UNIT = "Chi bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"
HALF = "quá nửa số đảng viên chính thức được triệu tập"


def member(place, name):
    level = (1, 2, 2, 3, 2, 2, 2, 2, 2, 1, 2, 4)[place]
    votes = [0, 0, 0, 0]
    votes[level - 1], votes[1 if level != 2 else 2] = 11, 2
    return SheetRow(
        name=name,
        is_member=True,
        position=POSTS[place] if place < len(POSTS) else "",
        own=None if place == 11 else min(level, 2),
        agency=2 if place % 3 == 0 else None,
        committee=level,
        votes=(*votes, 1),
        vote=level,
        proposed=None,
        decided=None if place == 4 else 3 if place == 11 else level,
        exemplary=place == 0,
        reasons=(("Quyết định", "Đã khắc phục xong trước khi xem xét"),) if place == 11 else (),
    )


def figures():
    cell = SheetRow(UNIT, False, "", 2, None, None, None, 2, None, 2, False, ())
    return CellSheet(
        as_of=date(2026, 1, 5),
        year=2025,
        unit=UNIT,
        superior="Đảng ủy Khối các cơ quan tỉnh",
        state="Đã tiếp nhận",
        rows=(*(member(place, name) for place, name in enumerate((*PEOPLE, *MORE_PEOPLE))), cell),
        unrated=(
            Unrated("Phan Văn Lão", "", "Miễn: Được miễn công tác và sinh hoạt đảng (Điều 7, Điều lệ Đảng)", removed=False),
            Unrated("Cao Thị Mới", "", "Chưa: Mới kết nạp chưa đủ 6 tháng", removed=False),
            Unrated("Dương Quá Cảnh", "", "Chuyển sinh hoạt đảng chính thức đi ngày 15/12/2025", removed=True),
        ),
        ballots=(
            Ballot(1, date(2025, 12, 10), "Đảng viên", 15, 14, 14, 14, 14, 0, HALF),
            Ballot(2, date(2025, 12, 17), "Đảng viên", 15, 14, 14, 14, 13, 1, HALF),
        ),
        documents=("Quyết định số 12-QĐ/ĐU, ngày 20/12/2025",),
    )


def sheet():
    names = {"organisation": UNIT, "committee": UNIT, "superior": "Đảng bộ Khối các cơ quan tỉnh", "code": "CB", "reporting_body": UNIT}
    return specimen_of(PaperKind.CELL_SHEET, figures(), number=None, issued_on=None, authority="T/M CHI BỘ", position="Bí thư", signer="", **names)


SPECIMENS = {PaperKind.CELL_SHEET: sheet}
