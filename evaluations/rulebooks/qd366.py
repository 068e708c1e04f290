"""Quy định 366-QĐ/TW with Hướng dẫn 43-HD/BTCTW (2025): the year 2025 and later."""

from datetime import date

from khoi_party.rules import Citation, Confidence

from .book import COLLECTIVE, FOUR_LEVELS, GOOD, MEMBER, ORGANISATION, QuotaRule, RuleBook

ISSUED = date(2025, 8, 30)
ARTICLE_5 = Citation("Quy định số 366-QĐ/TW", ISSUED, "Điều 5")
CAP = QuotaRule(
    20,
    25,
    GOOD,
    "nhóm có vị trí, chức năng, nhiệm vụ tương đồng",
    Citation("Quy định số 366-QĐ/TW", ISSUED, "Điều 11, điểm 1.5"),
    Confidence.VERIFIED,
)

BOOK = RuleBook(
    key="qd366",
    title="Quy định 366-QĐ/TW và Hướng dẫn 43-HD/BTCTW",
    first_year=2025,
    last_year=None,
    citation=Citation("Quy định số 366-QĐ/TW", ISSUED),
    noun="xếp loại",
    organisation_levels=FOUR_LEVELS,
    member_levels=FOUR_LEVELS,
    top_series="HTXSNV",
    exemplary_label="Hoàn thành xuất sắc nhiệm vụ tiêu biểu",
    quotas={MEMBER: CAP, ORGANISATION: CAP, COLLECTIVE: CAP},
    deadline=Citation("Hướng dẫn số 43-HD/BTCTW", date(2025, 10, 31), "mục 4"),
    open_points=(
        "Cách làm tròn tỷ lệ.",
        "Ai quyết định mức của đảng viên không giữ chức vụ (chi bộ hay đảng ủy cơ sở).",
        "Điểm của từng tiêu chí (do địa phương quy định).",
        "Bỏ phiếu kín.",
    ),
)
