"""The list for a meeting of the standing committee: rows that agree, differ, wait, are not rated, are decided; old and new names of levels."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.appraisal_list import AppraisalFigures, Appraised, Part, Saying
from reports.tests.specimens import specimen_of
from reports.tests.specimens.rating_proposal import LATE, SMALL, UNITS

HEADINGS = (
    "Năm trước",
    "Đăng ký",
    "Tự xếp loại",
    "Chi bộ bỏ phiếu",
    "Chính quyền",
    "Đoàn thể",
    "Tổ chức",
    "Kiểm tra",
    "Đề xuất",
    "Dự kiến quyết định",
)
SHORTS = {1: "HTXSNV", 2: "HTTNV", 3: "HTNV", 4: "KHTNV", None: ""}
MORE = (
    "Đảng bộ Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "Chi bộ Quỹ Đầu tư phát triển",
    "Đảng bộ Trường Chính trị tỉnh",
    "Chi bộ Báo và Phát thanh, Truyền hình",
)
LEVELS = (
    (1, 1, 1, None, 1, None, 1, 2, 1, None),
    (2, 2, 2, None, 2, None, 2, 2, 2, None),
    (2, 1, 1, None, 2, None, 3, 3, 3, None),
    (None, 2, 2, None, None, None, None, None, None, None),
    (3, 2, 2, None, 3, None, 2, None, 2, 2),
    (None, None, None, None, None, None, None, None, None, None),
    (1, 1, 1, None, 1, None, 1, 1, 1, 1),
    (2, 2, 4, None, 2, None, 4, 4, 4, 4),
)
TEXTS = {(2, 7): "Hai nhiệm vụ quá hạn trên 30 ngày", (2, 8): "Theo kết luận thẩm định", (0, 5): "3/3 tốt trở lên", (4, 5): "2/3 tốt trở lên"}


def line(place, name):
    levels = LEVELS[place]
    said = tuple(Saying(level, SHORTS[level], TEXTS.get((place, column), "")) for column, level in enumerate(levels))
    return Appraised(
        name=name,
        place=name,
        position="",
        note="Chưa: mới thành lập chưa đủ 6 tháng" if place == 5 else "",
        said=() if place == 5 else said,
        standing=levels[9] or levels[8] or levels[2],
        decided=levels[9] if place > 5 else None,
        exemplary=place == 6,
        differs=place in (0, 2, 4),
        is_silent=place == 3,
        clauses={0: (LATE, SMALL), 2: (SMALL,)}.get(place, ()),
        unknown=None if place > 4 else (0, 2, 5, 11, 1)[place],
    )


def figures():
    lines = tuple(line(place, name) for place, name in enumerate((*UNITS, *MORE)))
    return AppraisalFigures(date(2026, 1, 12), 2025, (Part("organisation", HEADINGS, ("Tổ chức", "Kiểm tra"), lines),))


SPECIMENS = {
    PaperKind.APPRAISAL_LIST: lambda: specimen_of(PaperKind.APPRAISAL_LIST, figures(), number=None, issued_on=None, signer="", position="Bí thư")
}
