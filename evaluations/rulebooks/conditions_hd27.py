"""Hướng dẫn 27-HD/BTCTW (2014-2017): what makes an organisation "yếu kém", and the caps as they were practised."""

from khoi_party.rules import Citation, Confidence, Effect, Rule
from khoi_party.rules.logic import all_of, any_of, at_least, less_than, same_as, share_more_than

from .facts import CELL, COMMITTEE, MEMBER, ORGANISATIONS
from .hd27 import HD27
from .measures import within

WEAK = Citation(HD27.document, HD27.issued_on, "mục II")
KHOI = Citation("Cách làm của một Đảng ủy Khối năm 2014, theo báo chí", HD27.issued_on)
YEARS = {"first_year": 2014, "last_year": 2017}


def _rule(number, subjects, effect, level, needs, test, says, citation=WEAK, confidence=Confidence.VERIFIED):
    return Rule(f"R1-{number}", subjects, effect, level, needs, test, says, citation, confidence, **YEARS)


RULES = (
    _rule("01", ORGANISATIONS, Effect.FORCES, 4, ("score",), lambda f: less_than(f.score, 50), "Dưới 50 điểm: yếu kém."),
    _rule(
        "02",
        ORGANISATIONS,
        Effect.FORCES,
        4,
        ("score", "disunited", "member_disciplined_for_decline", "authority_level", "mass_bodies_lowest"),
        lambda f: all_of(
            at_least(f.score, 50),
            any_of(f.disunited, f.member_disciplined_for_decline, same_as(f.authority_level, 4), at_least(f.mass_bodies_lowest, 2)),
        ),
        "Từ 50 điểm nhưng nội bộ mất đoàn kết, có đảng viên bị kỷ luật do tham nhũng, tiêu cực, suy thoái, chính quyền cùng cấp ở mức thấp "
        "nhất hoặc từ 02 đoàn thể ở mức thấp nhất: yếu kém.",
    ),
    _rule(
        "03",
        (COMMITTEE,),
        Effect.FORCES,
        4,
        ("units_lowest", "units_rated"),
        lambda f: share_more_than(f.units_lowest, f.units_rated, 1, 3),
        "Trên 1/3 số tổ chức đảng trực thuộc yếu kém: yếu kém.",
    ),
    _rule(
        "04",
        (CELL,),
        Effect.FORCES,
        4,
        ("members_lowest", "members_rated"),
        lambda f: share_more_than(f.members_lowest, f.members_rated, 1, 2),
        "Trên 1/2 số đảng viên không hoàn thành nhiệm vụ: yếu kém.",
    ),
    _rule(
        "06",
        (MEMBER,),
        Effect.CAP,
        1,
        ("group_level_1", "group_level_2"),
        lambda f: within(f.group_level_1, f.group_level_2, 15),
        "Số đảng viên hoàn thành xuất sắc nhiệm vụ quá 15% số hoàn thành tốt nhiệm vụ.",
        HD27,
        Confidence.INFERRED,
    ),
    _rule(
        "07",
        ORGANISATIONS,
        Effect.CAP,
        1,
        ("group_level_1", "group_all"),
        lambda f: within(f.group_level_1, f.group_all, 50),
        "Số tổ chức trong sạch, vững mạnh quá 50% số chi, đảng bộ trực thuộc.",
        KHOI,
        Confidence.SECONDARY,
    ),
    _rule(
        "08",
        ORGANISATIONS,
        Effect.CAP,
        1,
        ("exemplary_count", "group_level_1"),
        lambda f: within(f.exemplary_count, f.group_level_1, 20),
        "Số trong sạch, vững mạnh tiêu biểu quá 20% số trong sạch, vững mạnh.",
        KHOI,
        Confidence.SECONDARY,
    ),
)
OPEN = ("R1-05: ngưỡng 90, 70, 50 điểm của ba mức trên chỉ là trí nhớ, không có văn bản; không áp dụng.",)
