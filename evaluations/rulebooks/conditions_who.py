"""Who is rated at all, as far as no numbered rule says it: clauses that only some periods have in writing, under ids with an E."""

from datetime import date

from khoi_party.rules import Citation, Confidence, Effect, Rule
from khoi_party.rules.logic import less_than

from .facts import BODIES, MEMBER
from .hd16 import HD16
from .hd27 import HD27
from .measures import word_if

HD25 = Citation("Hướng dẫn số 25-HD/BTCTW", date(2023, 11, 10), "mục 7.5")
HD43 = Citation("Hướng dẫn số 43-HD/BTCTW", date(2025, 10, 31), "mục 7.6")
PRACTICE = Citation("Kết quả phân loại năm 2015 của một huyện ủy, theo báo cáo đã công bố", HD27.issued_on)
AT_HOME = "Sinh hoạt tạm thời: xếp loại ở chi bộ nơi sinh hoạt chính thức, có nhận xét của nơi tạm thời."


def _temporary(period, citation, confidence, first_year, last_year):
    return Rule(
        f"R{period}-E1",
        (MEMBER,),
        Effect.ELIGIBILITY,
        None,
        ("temporary_here",),
        lambda f: word_if(f.temporary_here, "not_subject"),
        AT_HOME,
        citation,
        confidence,
        first_year,
        last_year,
    )


RULES = (
    _temporary(1, HD27, Confidence.INFERRED, 2014, 2017),
    Rule(
        "R1-E2",
        (MEMBER,),
        Effect.ELIGIBILITY,
        None,
        ("exempt",),
        lambda f: word_if(f.exempt, "exempt"),
        "Miễn công tác và sinh hoạt đảng: không phân loại.",
        PRACTICE,
        Confidence.SECONDARY,
        2014,
        2017,
    ),
    Rule(
        "R1-E3",
        BODIES,
        Effect.ELIGIBILITY,
        None,
        ("months_since_founding",),
        lambda f: word_if(less_than(f.months_since_founding, 6), "not_yet"),
        "Tổ chức mới thành lập trong năm: chưa phân loại.",
        PRACTICE,
        Confidence.SECONDARY,
        2014,
        2017,
    ),
    _temporary(2, HD16, Confidence.INFERRED, 2018, 2018),
    _temporary(3, HD25, Confidence.VERIFIED, 2023, 2024),
    _temporary(4, HD43, Confidence.VERIFIED, 2025, None),
)
