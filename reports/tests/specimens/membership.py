"""Statistics of an invented Khối on a day within the year, and the register of one of its cells."""

from datetime import date

from members.statistics import LINES, SHORT
from reports.enums import PaperKind
from reports.figures.membership import Admitted, Counted, MonthsOfUnit, Roster, SectorCounts, Statistics
from reports.tests.specimens import specimen_of

AS_OF = date(2025, 10, 31)
COUNTS = {
    "all": 4055,
    "official": 3927,
    "probationary": 128,
    "exempt": 36,
    "female": 1984,
    "minority": 47,
    "religion": 6,
    "no_ethnicity": 12,
    "age_18": 402,
    "age_31": 1388,
    "age_41": 1297,
    "age_51": 884,
    "age_61": 81,
    "age_unknown": 3,
    "education_none": 0,
    "education_primary": 4,
    "education_intermediate": 122,
    "education_college": 208,
    "education_bachelor": 2466,
    "education_master": 1183,
    "education_doctor": 54,
    "education_": 18,
    "theory_primary": 1042,
    "theory_intermediate": 1517,
    "theory_advanced": 388,
    "theory_bachelor": 29,
    "theory_": 1079,
}
UNITS = (
    ("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", (64, 62, 2, 27, 1, 6)),
    ("Đảng bộ Sở Nội vụ", (152, 147, 5, 71, 2, 15)),
    ("Đảng bộ Sở Nông nghiệp và Môi trường", (311, 303, 8, 128, 4, 29)),
    ("Đảng bộ Bệnh viện Đa khoa tỉnh", (418, 399, 19, 262, 6, 61)),
    ("Chi bộ Hội Nạn nhân chất độc da cam/Dioxin", (9, 9, 0, 2, 0, 0)),
)


def statistics():
    """On a day in October: two months are to come; most members stand in units that are left out here, and so in a line of their own."""
    short = [line for line in LINES if line.key in SHORT]
    figures = Statistics(
        as_of=AS_OF,
        name="Đảng bộ Khối các cơ quan tỉnh",
        lines=tuple((line.block, line.label, COUNTS[line.key]) for line in LINES),
        short=tuple(line.label for line in short),
        units=tuple(Counted(name, counts) for name, counts in UNITS),
        admitted=Admitted(count=31, women=17, minority=1, no_ethnicity=2, mean_age=31),
        sectors=(
            SectorCounts("Khối Đảng, đoàn thể", 9, 4, 0, 51, 744),
            SectorCounts("Khối Nội chính, tư pháp", 8, 2, 0, 44, 702),
            SectorCounts("Khối Kinh tế tổng hợp", 13, 6, 1, 97, 1288),
            SectorCounts("Khối Văn hóa - Xã hội", 9, 11, 1, 97, 1309),
            SectorCounts("Chưa xếp khối thi đua", 0, 4, 0, 0, 12),
        ),
        admissions=(
            MonthsOfUnit("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", (0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0)),
            MonthsOfUnit("Đảng bộ Sở Nội vụ", (0, 2, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0)),
            MonthsOfUnit("Đảng bộ Bệnh viện Đa khoa tỉnh", (0, 4, 0, 0, 10, 1, 0, 0, 4, 0, 0, 0)),
            MonthsOfUnit("Nơi khác", (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)),
        ),
    )
    return specimen_of(PaperKind.STATISTICS, figures, number=None, issued_on=None)


def roster():
    """A cell of eleven entries: official and on probation, transferred in and out, dead, left, exempt."""
    entries = (
        _entry("Nguyễn Thị Phượng Ước; Nguyễn Thị Ước", note="", moved_in="02/05/2025, Chi bộ Thanh tra"),
        _entry("Trần Văn Bình", gender="nam", badge="30 năm", background="Hưu trí", note="miễn sinh hoạt"),
        _entry("Nguyễn Phước Bảo Công Tằng Tôn Nữ Thị Huyền Trân", moved_out="01/09/2025, Đảng bộ phường Vĩnh Phúc"),
        _entry("Lê Hoàng Nguyên Khánh", gender="nam", joined="19/05/2025", card="", note="dự bị"),
        _entry("Phạm Thị Thuý", died="11/07/2025"),
        _entry("Đặng Quốc Ấn", gender="nam", left="14/03/2025, xin ra khỏi Đảng"),
        *(_entry(name) for name in ("Vũ Thị Ỷ Lan", "Bùi Thị Hồng Nhung", "Hoàng Thị Ngọc Ánh", "Đỗ Thị Xuân", "Lương Thị Quỳnh Giao")),
    )
    numbered = tuple((str(place), *entry) for place, entry in enumerate(entries, 1))
    cell = "Chi bộ Tổ chức - Hành chính"
    figures = Roster(AS_OF, cell, date(2025, 1, 1), numbered, official=7, probationary=1)
    names = {
        "organisation": cell,
        "organisation_then": cell,
        "committee": cell,
        "reporting_body": cell,
        "superior": "Đảng bộ Sở Nội vụ",
        "code": "CB",
    }
    return specimen_of(PaperKind.ROSTER, figures, number=None, issued_on=None, authority="T/M CHI BỘ", position="Bí thư", **names)


def _entry(name, *, gender="nữ", joined="03/02/2008; 03/02/2009", card="•••••••678; •••••5VP", badge="", background="", note="", **moves):
    return (
        name,
        f"{gender.capitalize()}; Kinh; không",
        "Xã Tam Dương, tỉnh Phú Thọ",
        "12/12; Đại học Luật; LLCT trung cấp; Tiếng Anh B1",
        "Giáo viên; Chuyên viên chính",
        joined,
        "; ".join(text for text in (card, badge) if text),
        background,
        moves.get("moved_out", ""),
        moves.get("moved_in", ""),
        moves.get("died", ""),
        moves.get("left", ""),
        note,
    )


SPECIMENS = {PaperKind.STATISTICS: statistics, PaperKind.ROSTER: roster}
