"""The decision on levels with its lists, the notice of the results, a revision (Mẫu 03)."""

from datetime import date

from evaluations.enums import RevisionKind
from reports.enums import PaperKind
from reports.figures.decisions import Decided, DecisionFigures

from . import specimen_of

YEAR = 2025
ORGANISATIONS = (
    ("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", 1, True),
    ("Đảng bộ Văn phòng Ủy ban nhân dân tỉnh", 1, False),
    ("Đảng bộ Sở Nội vụ", 2, False),
    ("Đảng bộ Sở Nông nghiệp và Môi trường", 2, False),
    ("Đảng bộ Trường Cao đẳng Kinh tế - Kỹ thuật Vĩnh Phúc", 2, False),
    ("Chi bộ Liên minh Hợp tác xã tỉnh", 2, False),
    ("Chi bộ Hội Nhà báo tỉnh", 3, False),
    ("Chi bộ Quỹ Đầu tư phát triển và Bảo lãnh tín dụng doanh nghiệp nhỏ và vừa", 4, False),
)
MEMBERS = (
    ("Chi bộ Liên minh Hợp tác xã tỉnh", "Nguyễn Thị Phượng Ước", "Bí thư, Chủ tịch Liên minh Hợp tác xã tỉnh", 1, True),
    ("Chi bộ Liên minh Hợp tác xã tỉnh", "Đỗ Quỳnh Ngữ", "Phó Bí thư, Phó Chủ tịch Liên minh Hợp tác xã tỉnh", 2, False),
    ("Chi bộ Liên minh Hợp tác xã tỉnh", "Lưỡng Hoẵng Ẩm", "Đảng viên", 2, False),
    ("Chi bộ Liên minh Hợp tác xã tỉnh", "Vũ Đắc Khoát", "Đảng viên", 3, False),
    ("Chi bộ Hội Nhà báo tỉnh", "Trịnh Tuyết Nhưỡng", "Bí thư, Chủ tịch Hội Nhà báo tỉnh", 2, False),
    ("Chi bộ Hội Nhà báo tỉnh", "Hồ Thị Ỷ Lan", "Đảng viên dự bị", 2, False),
    ("Chi bộ Hội Nhà báo tỉnh", "Phạm Nguyễn Hoàng Minh Khuê", "Đảng viên", 4, False),
)
REVISED = (
    Decided(
        "Nguyễn Văn Thưởng",
        is_member=True,
        unit="Đảng bộ Sở Nông nghiệp và Môi trường",
        position="Đảng viên",
        level=4,
        exemplary=False,
        before=2,
        before_document="35-QĐ/ĐUK",
        reason="Bị kỷ luật cảnh cáo liên quan đến chức trách, nhiệm vụ trong năm đánh giá, phát hiện sau khi công bố",
    ),
    Decided(
        "Chi bộ Quỹ Đầu tư phát triển và Bảo lãnh tín dụng doanh nghiệp nhỏ và vừa",
        is_member=False,
        unit="Đảng bộ Khối các cơ quan tỉnh",
        position="",
        level=3,
        exemplary=False,
        before=4,
        before_document="35-QĐ/ĐUK",
        reason="Kết luận thẩm tra lại theo kiến nghị của chi bộ",
    ),
    Decided(
        "Đặng Thị Khuyên",
        is_member=True,
        unit="Chi bộ Hội Nhà báo tỉnh",
        position="Đảng viên",
        level=2,
        exemplary=False,
        reason="Chưa có kết quả khi ban hành quyết định cũ",
    ),
)


def figures(rows, *, document="", revision=""):
    return DecisionFigures(
        as_of=date(2025, 12, 31),
        year=YEAR,
        title=f"Công nhận kết quả đánh giá, xếp loại chất lượng năm {YEAR}",
        revision=revision,
        document=document,
        meeting_on=date(2026, 1, 12),
        votes_for=13,
        members_total=15,
        rows=rows,
    )


def results():
    """Every level of organisations and of members, exemplary ones among them."""
    organisations = tuple(Decided(name, False, name, "", level, exemplary) for name, level, exemplary in ORGANISATIONS)
    members = tuple(Decided(name, True, unit, position, level, exemplary) for unit, name, position, level, exemplary in MEMBERS)
    return organisations + members


def decision():
    """As it was issued in its own room."""
    typed = ("Quy chế làm việc của Ban Chấp hành Đảng bộ Khối các cơ quan tỉnh nhiệm kỳ 2020 - 2025", "Xét đề nghị của Ban Tổ chức Đảng ủy Khối")
    return specimen_of(
        PaperKind.RATING_DECISION, figures(results(), document="số 35-QĐ/ĐUK, ngày 15/01/2026"), printed_number="35-QĐ/ĐUK", grounds=typed
    )


def notice():
    """A draft, without number and day, for a meeting."""
    words = {"request": "Đề nghị các tổ chức đảng trực thuộc thông báo kết quả đến đảng viên.\nGửi kiến nghị, nếu có, trước ngày 31/01/2026."}
    frame = {"number": None, "issued_on": None, "draft": 2, "for_meeting": True, "circulation": "Xong hội nghị trả lại", "urgency": "Khẩn"}
    return specimen_of(PaperKind.RATING_NOTICE, figures(results(), document="số 35-QĐ/ĐUK, ngày 15/01/2026"), words=words, **frame)


def revision():
    return specimen_of(PaperKind.RATING_REVISION, figures(REVISED, revision=RevisionKind.ADJUST), printed_number="41-QĐ/ĐUK")


SPECIMENS = {PaperKind.RATING_DECISION: decision, PaperKind.RATING_NOTICE: notice, PaperKind.RATING_REVISION: revision}
