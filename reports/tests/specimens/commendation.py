"""The decision of an invented Khối on commendations: organisations and members of several bases, one of unknown money, one praised only."""

from datetime import date

from evaluations.enums import Award
from reports.enums import PaperKind
from reports.figures.awards import Awarded, Awards
from reports.tests.specimens import specimen_of

KHOI = "Đảng bộ Khối các cơ quan tỉnh"
LONG = "Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"
BEST, BEST_MEMBER = "Hoàn thành xuất sắc nhiệm vụ tiêu biểu", "Hoàn thành xuất sắc nhiệm vụ"
BASE_MONEY, CELL_MONEY, MEMBER_MONEY = 4_680_000, 3_510_000, 2_340_000
PEOPLE = (
    ("Nguyễn Thị Phượng Ước", "Bí thư Đảng ủy, Giám đốc Sở", "Chi bộ Văn phòng"),
    ("Trần Quốc Anh", "Chuyên viên chính", "Chi bộ Tổ chức - Hành chính"),
    ("Phạm Thị Thuý", "", "Chi bộ Thanh tra"),
    ("Nguyễn Phước Bảo Công Tằng Tôn Nữ Thị Huyền Trân", "Phó Bí thư chi bộ, Trưởng phòng Quản lý quy hoạch", "Chi bộ Quản lý quy hoạch, kiến trúc"),
)


def organisation(name, base, superior, amount, *, merit="", years="2025", earned=BEST):
    place = "" if base == name else base
    award = Award.CERTIFICATE.label
    return Awarded(name, False, place, award, "Trong năm", years, merit, amount, base=base, superior=superior, earned=earned)


def _members(base, people, amount=MEMBER_MONEY):
    for name, position, cell in people:
        yield Awarded(
            name,
            True,
            f"{cell}, {base}",
            Award.CERTIFICATE.label,
            "5 năm liền",
            "2021-2025",
            "",
            amount,
            cell=cell,
            base=base,
            position=position,
            earned=BEST_MEMBER,
        )


def commendation_decision():
    """Issued, with three lists: organisations, members, and those who are praised only; one sum is not known."""
    items = (
        organisation(LONG, LONG, KHOI, BASE_MONEY),
        organisation("Chi bộ Liên minh Hợp tác xã", "Chi bộ Liên minh Hợp tác xã", KHOI, BASE_MONEY),
        organisation("Đảng bộ Sở Nội vụ", "Đảng bộ Sở Nội vụ", KHOI, BASE_MONEY),
        organisation("Chi bộ Công tác Quốc hội", LONG, LONG, CELL_MONEY, years="2021-2025"),
        organisation(
            "Chi bộ Văn phòng", "Đảng bộ Sở Nội vụ", "Đảng bộ Sở Nội vụ", CELL_MONEY, merit="Thành tích đột xuất trong sắp xếp tổ chức bộ máy"
        ),
        *_members(LONG, PEOPLE[:2]),
        *_members("Đảng bộ Sở Nội vụ", PEOPLE),
        *_members("Chi bộ Liên minh Hợp tác xã", (("Bùi Thị Hồng Nhung", "Phó Chủ tịch", "Chi bộ Liên minh Hợp tác xã"),), amount=None),
        Awarded(
            "Đỗ Xuân Trường",
            True,
            "Chi bộ Thanh tra, Đảng bộ Sở Nội vụ",
            Award.PRAISE.label,
            "Trong năm",
            "2025",
            "",
            None,
            "Chi bộ Thanh tra",
            earned="",
        ),
    )
    figures = Awards(
        as_of=date(2026, 1, 12),
        year=2025,
        title="Khen thưởng tổ chức đảng, đảng viên năm 2025",
        awarder="Đảng ủy Khối các cơ quan tỉnh",
        is_issued=True,
        document="số 21-QĐ/ĐUK, ngày 15/01/2026",
        meeting_on=date(2026, 1, 9),
        submission="Tờ trình số 08-TTr/BTC, ngày 05/01/2026",
        items=items,
    )
    words = {"funds": "Kinh phí khen thưởng trích từ nguồn kinh phí công tác đảng năm 2026 của Đảng ủy Khối các cơ quan tỉnh."}
    return specimen_of(PaperKind.COMMENDATION_DECISION, figures, words=words, number=None, printed_number="21-QĐ/ĐUK")


SPECIMENS = {PaperKind.COMMENDATION_DECISION: commendation_decision}
