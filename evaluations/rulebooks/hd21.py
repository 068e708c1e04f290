"""Quy định 132-QĐ/TW with Hướng dẫn 21-HD/BTCTW (2019): the years 2019 to 2022."""

from datetime import date

from khoi_party.rules import Citation, Confidence

from .book import COLLECTIVE, FOUR_LEVELS, GOOD, MEMBER, ORGANISATION, QuotaRule, RuleBook

HD21 = Citation("Hướng dẫn số 21-HD/BTCTW", date(2019, 10, 18))
CAP = Citation("Hướng dẫn số 21-HD/BTCTW", date(2019, 10, 18), "mục 2.3a")

BOOK = RuleBook(
    key="hd21",
    title="Quy định 132-QĐ/TW và Hướng dẫn 21-HD/BTCTW",
    first_year=2019,
    last_year=2022,
    citation=HD21,
    noun="xếp loại",
    organisation_levels=FOUR_LEVELS,
    member_levels=FOUR_LEVELS,
    top_series="HTXSNV",
    exemplary_label="Hoàn thành xuất sắc nhiệm vụ tiêu biểu",
    quotas={
        MEMBER: QuotaRule(20, None, GOOD, "từng tổ chức cơ sở đảng", CAP, Confidence.VERIFIED),
        COLLECTIVE: QuotaRule(20, None, GOOD, "từng loại tập thể", HD21, Confidence.VERIFIED),
        ORGANISATION: QuotaRule(20, None, GOOD, "từng loại tổ chức đảng", HD21, Confidence.INFERRED),
    },
    deadline=None,
    open_points=("Câu quy định tỷ lệ tối đa đối với tổ chức đảng.", "Cách làm tròn tỷ lệ.", "Tỷ lệ phiếu kín.", "Thời hạn hằng năm."),
)
