"""A tờ trình on a year with organisations and members: every voice, departures with and without a reason, clauses answered and not."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.caps import Cap
from reports.figures.clauses import Clause
from reports.figures.rating_proposal import Proposed, RatingProposal
from reports.tests.specimens import specimen_of

LATE = Clause("Hoàn thành xuất sắc nhiệm vụ cần 100% nhiệm vụ đúng hạn.", "Điều 11, Quy định 366-QĐ/TW, ngày 30/08/2025", forbids=True)
SMALL = Clause("Cần có ý kiến của nơi đến công tác trước.", "mục 3, Hướng dẫn 43-HD/BTCTW, ngày 31/10/2025", forbids=False)
RULE = "Điều 12, Quy định 366-QĐ/TW, ngày 30/08/2025"
UNITS = (
    "Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
    "Đảng bộ Sở Nông nghiệp và Môi trường",
    "Chi bộ Hội Liên hiệp các tổ chức hữu nghị tỉnh",
    "Chi bộ Liên minh Hợp tác xã tỉnh",
)
PEOPLE = ("Nguyễn Thị Phượng Ước", "Trần Đại Nghĩa", "Lê Hoàng Bảo Quỳnh", "Phạm Ngọc Ánh Tuyết", "Vũ Đình Khuê", "Đặng Thị Ỷ Lan")
MORE_PEOPLE = ("Bùi Quang Trưởng", "Hoàng Thị Thuỳ Linh", "Đỗ Nguyên Khôi", "Ngô Thị Bích Ngọc", "Tạ Minh Đức", "Lý Thường Kiên")
POSTS = ("Bí thư Chi bộ, Phó Chánh Văn phòng", "Phó Bí thư", "Chi ủy viên", "", "", "Trưởng phòng Công tác Quốc hội")


def rows():
    """Units first, then members of two of them: equal voices, a departure with its reason, one without, a row nobody has spoken on."""
    own = ((1, 1, (1, 2), 1), (2, 2, (2, 2), 2), (1, 2, (2, 3), 3), (2, None, (None, 2), 2))
    reasons = ((), (), (("Kiểm tra", "Hai nhiệm vụ quá hạn trên 30 ngày"), ("Đề xuất", "Theo kết luận thẩm định của Ban Tổ chức")), ())
    for place, (unit, (self_level, vote, boards, level)) in enumerate(zip(UNITS, own, strict=True)):
        yield Proposed(
            *(unit, False, unit, "", self_level, None, None, vote, boards, level, place == 0, reasons[place]),
            *(((LATE,), "Nhiệm vụ chậm do chờ văn bản của Trung ương (Nghị quyết số 15-NQ/ĐUK, ngày 10/01/2026)") if place == 0 else ((), "")),
        )
    for unit, people in zip(UNITS[:2], (PEOPLE, MORE_PEOPLE), strict=True):
        for place, (name, post) in enumerate(zip(people, POSTS, strict=True)):
            vote = (1, 2, 2, 3, 2, 2)[place]
            yield Proposed(
                *(name, True, unit, post, min(vote, 2), 2 if place % 2 else None, vote, vote, (None, None), 2 if place == 3 else vote, False),
                *((), (SMALL,) if place == 5 else (), ""),
            )


def figures():
    return RatingProposal(
        as_of=date(2026, 1, 12),
        year=2025,
        body="Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
        proposer="Ban Tổ chức",
        proposed_on=date(2026, 1, 10),
        sheets=4,
        boards=("Tổ chức", "Kiểm tra"),
        rows=tuple(rows()),
        caps=(
            Cap("Tổ chức đảng, đảng bộ cơ sở", 2, 9, "số hoàn thành tốt nhiệm vụ trở lên", 9, 20, 1, RULE, is_confirmed=True),
            Cap("Đảng viên", 2, 11, "số hoàn thành tốt nhiệm vụ", 9, 20, 2, RULE, is_confirmed=False),
        ),
    )


def proposal():
    words = {"process": "Từ ngày 02/01 đến ngày 09/01/2026, Ban Tổ chức chủ trì, phối hợp các cơ quan tham mưu thẩm định hồ sơ của các đơn vị."}
    board = {
        "committee": "Ban Tổ chức",
        "superior": "Đảng ủy Khối các cơ quan tỉnh",
        "code": "BTCĐUK",
        "reporting_body": "Ban Tổ chức Đảng ủy Khối các cơ quan tỉnh",
        "authority": "",
        "position": "Trưởng ban",
    }
    return specimen_of(PaperKind.RATING_PROPOSAL, figures(), words=words, number=5, **board)


SPECIMENS = {PaperKind.RATING_PROPOSAL: proposal}
