"""Quy định 132-QĐ/TW with Hướng dẫn 16-HD/BTCTW (2018): the year 2018."""

from datetime import date

from khoi_party.rules import Citation

from .book import FOUR_LEVELS, RuleBook

HD16 = Citation("Hướng dẫn số 16-HD/BTCTW", date(2018, 9, 24))

BOOK = RuleBook(
    key="hd16",
    title="Quy định 132-QĐ/TW và Hướng dẫn 16-HD/BTCTW",
    first_year=2018,
    last_year=2018,
    citation=HD16,
    noun="xếp loại",
    organisation_levels=FOUR_LEVELS,
    member_levels=FOUR_LEVELS,
    top_series="HTXSNV",
    exemplary_label="Hoàn thành xuất sắc nhiệm vụ tiêu biểu",
    quotas={},
    deadline=None,
    open_points=("Tỷ lệ tối đa hoàn thành xuất sắc nhiệm vụ của năm 2018.", "Thời hạn hằng năm.", "Tỷ lệ phiếu kín."),
)
