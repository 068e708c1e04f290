"""Hướng dẫn 27-HD/BTCTW (2014): the years 2014 to 2017, when organisations were "trong sạch, vững mạnh"."""

from datetime import date

from khoi_party.rules import Citation, Confidence

from .book import GOOD, MEMBER, LevelName, QuotaRule, RuleBook

HD27 = Citation("Hướng dẫn số 27-HD/BTCTW", date(2014, 9, 25))

BOOK = RuleBook(
    key="hd27",
    title="Hướng dẫn 27-HD/BTCTW về kiểm điểm tập thể, cá nhân và đánh giá, phân loại chất lượng tổ chức cơ sở đảng, đảng viên hằng năm",
    first_year=2014,
    last_year=2017,
    citation=HD27,
    noun="phân loại",
    organisation_levels=(
        LevelName("Trong sạch, vững mạnh", "TSVM"),
        LevelName("Hoàn thành tốt nhiệm vụ", "HTTNV"),
        LevelName("Hoàn thành nhiệm vụ", "HTNV"),
        LevelName("Yếu kém", "YK"),
    ),
    member_levels=(
        LevelName("Đủ tư cách, hoàn thành xuất sắc nhiệm vụ", "HTXSNV"),
        LevelName("Đủ tư cách, hoàn thành tốt nhiệm vụ", "HTTNV"),
        LevelName("Đủ tư cách, hoàn thành nhiệm vụ", "HTNV"),
        LevelName("Vi phạm tư cách hoặc không hoàn thành nhiệm vụ", "VPTC"),
    ),
    top_series="TSVM",
    exemplary_label="Trong sạch, vững mạnh tiêu biểu",
    # 15 % is read off one district's published result for 2015; no clause was found.
    quotas={MEMBER: QuotaRule(15, None, GOOD, "từng tổ chức cơ sở đảng", HD27, Confidence.INFERRED)},
    deadline=None,
    open_points=(
        "Ngưỡng điểm của ba mức trên (chỉ rõ dưới 50 điểm là yếu kém).",
        "Tỷ lệ tối đa đảng viên hoàn thành xuất sắc nhiệm vụ và tổ chức trong sạch, vững mạnh tiêu biểu.",
        "Đảng viên mới kết nạp dưới 6 tháng có phải phân loại không.",
        "Tỷ lệ phiếu kín và thời hạn hằng năm.",
    ),
)
