"""The list of one award day: proposed, given early, posthumous, given already, not proposed; with dates that are known in part or not at all."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.badges import Badges, DueBadge, UnknownAge
from reports.tests.specimens import specimen_of

CELL = "Chi bộ Phòng Hành chính - Tổ chức - Quản trị, Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"
OTHER = "Chi bộ Liên minh Hợp tác xã"


def badges():
    full = ("20/01/1997", "03/02/1997", "03/02/1998")
    dues = (
        DueBadge(
            CELL,
            "Nguyễn Thị Phượng Ước",
            "1948",
            "Xã Thượng Trưng, tỉnh Phú Thọ",
            "10/02/1967",
            "03/3/1967",
            "03/12/1967",
            (59, 11),
            60,
            "••••••456",
            "early",
            "proposed",
            "Giấy xác nhận của Bệnh viện đa khoa tỉnh, ngày 12/01/2027",
            "",
        ),
        DueBadge(
            CELL,
            "Lưu Đức Huỳnh",
            "1960",
            "Phường Vĩnh Phúc, tỉnh Phú Thọ",
            "02/02/1987",
            "19/5/1987",
            "19/11/1988",
            (40, 0),
            40,
            "••••••120",
            "posthumous",
            "proposed",
            "",
            "",
        ),
        DueBadge(
            CELL,
            "Trần Lê Quỳnh Ngân",
            "1973",
            "Xã Nghĩa Hưng, tỉnh Ninh Bình",
            *full,
            (30, 0),
            30,
            "••••••877",
            "normal",
            "awarded",
            "",
            "Quyết định số 345-QĐ/TU, ngày 20/01/2027",
        ),
        DueBadge(CELL, "Hoàng Văn Hoà", "1974", "", *full, (30, 0), 30, "••••••013", "normal", "proposed", "", ""),
        DueBadge(
            OTHER,
            "Phạm Công Tằng Tôn Nữ Huyền Châu",
            "",
            "Phường Thuận Hóa, thành phố Huế",
            "12/1996",
            "03/02/1997",
            "03/02/1998",
            None,
            30,
            "",
            "normal",
            "",
            "",
            "",
        ),
    )
    unknown = (UnknownAge(CELL, "Đặng Thị Thuỳ Dương", "1985"), UnknownAge(OTHER, "Vũ Đức Đạt", "03/02/1994"))
    figures = Badges(date(2027, 1, 15), "Đảng bộ Khối các cơ quan tỉnh", date(2027, 2, 3), dues, unknown, 7)
    return specimen_of(PaperKind.BADGE_LIST, figures, number=None, issued_on=None)


SPECIMENS = {PaperKind.BADGE_LIST: badges}
