"""Quy định 124-QĐ/TW with Hướng dẫn 25-HD/BTCTW (2023): the years 2023 and 2024."""

from datetime import date

from khoi_party.rules import Citation, Confidence

from .book import COLLECTIVE, FOUR_LEVELS, GOOD, MEMBER, ORGANISATION, QuotaRule, RuleBook

ISSUED = date(2023, 10, 4)
ARTICLE_5 = Citation("Quy định số 124-QĐ/TW", ISSUED, "Điều 5")
CAP = QuotaRule(
    20, None, GOOD, "nhóm có vị trí, chức năng, nhiệm vụ tương đồng", Citation("Quy định số 124-QĐ/TW", ISSUED, "Điều 12"), Confidence.VERIFIED_EN
)

BOOK = RuleBook(
    key="qd124",
    title="Quy định 124-QĐ/TW và Hướng dẫn 25-HD/BTCTW",
    first_year=2023,
    last_year=2024,
    citation=Citation("Quy định số 124-QĐ/TW", ISSUED),
    noun="xếp loại",
    organisation_levels=FOUR_LEVELS,
    member_levels=FOUR_LEVELS,
    top_series="HTXSNV",
    exemplary_label="Hoàn thành xuất sắc nhiệm vụ tiêu biểu",
    quotas={MEMBER: CAP, ORGANISATION: CAP, COLLECTIVE: CAP},
    deadline=Citation("Hướng dẫn số 25-HD/BTCTW", date(2023, 11, 10), "mục 5.1"),
    open_points=("Điều kiện của cá nhân giữ chức vụ ở ba mức trên.", "Cách làm tròn tỷ lệ.", "Quy định khi nghỉ ốm, thai sản.", "Bỏ phiếu kín."),
)
