"""K1 to K8 as the texts say them, each on both sides; pure, so nothing here touches the database."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.awards.money import central, key_of, money
from evaluations.awards.rules import (
    NEEDS_REASON,
    Case,
    Earlier,
    awards_of,
    discipline_counts,
    judge_award,
    level_by_points,
    may_give,
    over_cap,
    usual_subjects,
)
from evaluations.awards.runs import YearResult, counts, run_of, said, wanted, with_beginning

CELL, SUB, LONE, BASE, UPPER, PROVINCE = "cell", "sub_committee", "base_cell", "base_committee", "upper_committee", "provincial_committee"


def results(first, last, level=1, exemplary=False):
    return {year: YearResult(year, level, exemplary, f"{year}-QĐ", date(year, 12, 28)) for year in range(first, last + 1)}


def case(**more):
    given = {"subject": "member", "award": "certificate", "basis": "year", "awarder": BASE, "year": 2025, "result": YearResult(2025, 1)}
    return Case(**given | more)


def codes(one):
    return [(finding.rule, finding.kind.value) for finding in judge_award(one)]


# QĐ 29, 27.2: (who gives, what) -> to members, to organisations
K1 = [
    (CELL, "praise", True, True),
    (CELL, "certificate", False, False),
    (SUB, "praise", True, True),
    (SUB, "certificate", False, False),
    (LONE, "certificate", True, False),
    (LONE, "merit", False, False),
    (BASE, "certificate", True, True),
    (BASE, "merit", False, False),
    (BASE, "flag", False, False),
    (UPPER, "certificate", True, True),
    (UPPER, "merit", False, False),
    (UPPER, "flag", False, False),
    (UPPER, "badge", False, False),
    (PROVINCE, "merit", True, True),
    (PROVINCE, "flag", False, True),
    (PROVINCE, "badge", True, False),
]


@pytest.mark.parametrize(("awarder", "award", "to_members", "to_organisations"), K1)
def test_k1_who_may_give_what(awarder, award, to_members, to_organisations):
    assert may_give(awarder, award, "member") is to_members
    assert {may_give(awarder, award, subject) for subject in ("cell", "base")} == {to_organisations}
    found = codes(case(awarder=awarder, award=award, basis="theme", merit="Sáng kiến"))
    assert (("K1", "forbids") in found) is not to_members


def test_k1_says_what_is_allowed_instead():
    said_of = judge_award(case(awarder=UPPER, award="merit", basis="theme", merit="Sáng kiến"))[0].says
    assert said_of.startswith(
        "Bằng khen không thuộc thẩm quyền. Đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng được tặng đảng viên: biểu dương, giấy khen"
    )
    assert judge_award(case(awarder=PROVINCE, award="flag", basis="theme", merit="x"))[0].says == "Cờ chỉ tặng tổ chức đảng, không tặng đảng viên."
    assert awards_of(LONE, "member") == ["praise", "certificate"]
    assert awards_of(LONE, "base") == ["praise"]
    assert awards_of(PROVINCE, "base") == ["merit", "flag"]


def test_periodic_awards_that_muc_19_does_not_name_ask_for_a_reason():
    assert codes(case()) == []
    assert codes(case(awarder=UPPER)) == [("K1-P", "warns")]
    assert codes(case(awarder=UPPER, basis="theme", merit="Sáng kiến")) == []
    assert "K1-P" in NEEDS_REASON


def test_whom_a_body_usually_commends():
    assert usual_subjects(BASE, "year") == {"member", "cell"}
    assert usual_subjects(LONE, "year") == {"member", "cell"}
    assert usual_subjects(UPPER, "year") == {"base"}
    assert usual_subjects(UPPER, "five_years") == {"member", "cell"}
    assert usual_subjects(PROVINCE, "five_years") == {"member", "cell", "base"}
    assert usual_subjects(CELL, "year") == set()


@pytest.mark.parametrize(("level", "forbidden"), [(1, False), (2, True), (3, True), (None, True)])
def test_k2_a_members_yearly_giay_khen_needs_the_best_level(level, forbidden):
    found = codes(case(result=YearResult(2025, level)))
    assert (("K2", "forbids") in found) is forbidden


def test_k2_praise_asks_for_no_level_and_a_missing_year_is_no_level():
    assert codes(case(award="praise", awarder=CELL, result=YearResult(2025, 2))) == []
    assert codes(case(result=None)) == [("K2", "forbids")]
    assert "Năm 2025: Hoàn thành tốt nhiệm vụ." in judge_award(case(result=YearResult(2025, 2)))[0].says


@pytest.mark.parametrize(("level", "exemplary", "forbidden"), [(1, True, False), (1, False, True), (2, False, True)])
def test_k3_an_organisations_yearly_giay_khen_needs_that_it_was_chosen(level, exemplary, forbidden):
    one = case(subject="cell", result=YearResult(2025, level, exemplary))
    assert (("K3", "forbids") in codes(one)) is forbidden


def test_k3_says_that_it_was_not_chosen():
    found = judge_award(case(subject="cell", result=YearResult(2025, 1)))[0]
    assert found.says == (
        "Năm 2025: Hoàn thành xuất sắc nhiệm vụ, không được chọn tiêu biểu. "
        "Khen trong năm cần được xếp loại “Hoàn thành xuất sắc nhiệm vụ tiêu biểu”."
    )


def five(subject="member", **more):
    years = more.pop("years", results(2021, 2025, exemplary=subject != "member"))
    giver = {"awarder": UPPER, "award": "certificate", "basis": "five_years", "subject": subject}
    return case(**giver | {"run": run_of(years, 2025, subject), "result": years.get(2025)} | more)


def test_k4_five_calendar_years_none_left_out():
    assert codes(five()) == []
    four = results(2021, 2025)
    del four[2023]
    gap = four | {2023: YearResult(2023, why="không xếp loại: được miễn sinh hoạt")}
    assert codes(five(years=gap)) == [("K4", "forbids")]
    assert judge_award(five(years=gap))[0].says == "Chưa đủ 5 năm liền 2021-2025; năm 2023: không xếp loại: được miễn sinh hoạt."
    assert codes(five(years=results(2020, 2024) | {2025: YearResult(2025, 2)})) == [("K4", "forbids")]
    assert codes(five(years=results(2021, 2025) | {2022: YearResult(2022, 2)})) == [("K4", "forbids")]
    assert codes(five("cell", years=results(2021, 2025))) == [("K4", "forbids")]
    assert codes(five("cell")) == []


def test_k4_a_year_that_nobody_knows_neither_passes_nor_refuses():
    four = results(2021, 2025)
    del four[2023]
    assert codes(five(years=four)) == [("K4-U", "not_known")]
    assert judge_award(five(years=four))[0].says.startswith("Chưa rõ 5 năm liền 2021-2025; năm 2023: không có kết quả xếp loại trong phần mềm.")
    assert "K4-U" in NEEDS_REASON
    assert codes(five(years=four | {2022: YearResult(2022, 2)})) == [("K4", "forbids")]
    assert codes(five(years=with_beginning(four, date(2024, 2, 3), "chưa vào Đảng"))) == [("K4", "forbids")]
    assert codes(five(years=with_beginning(four, date(2023, 2, 3), "chưa vào Đảng"))) == [("K4-U", "not_known")]


def test_k4_old_labels_map_to_the_new_ones():
    assert [wanted(year, "base") for year in (2016, 2017, 2018, 2022)] == [
        "Trong sạch, vững mạnh tiêu biểu",
        "Trong sạch, vững mạnh tiêu biểu",
        "Hoàn thành xuất sắc nhiệm vụ tiêu biểu",
        "Hoàn thành xuất sắc nhiệm vụ tiêu biểu",
    ]
    assert wanted(2017, "member") == "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ"
    assert wanted(2018, "member") == "Hoàn thành xuất sắc nhiệm vụ"
    run = run_of(results(2015, 2019, exemplary=True), 2019, "base")
    assert run.is_whole
    assert [line.says for line in run.lines][2:4] == ["Trong sạch, vững mạnh tiêu biểu", "Hoàn thành xuất sắc nhiệm vụ tiêu biểu"]
    assert run_of(results(2015, 2019), 2019, "member").is_whole


def test_what_a_five_year_award_does_to_the_next_is_the_local_rule():
    had = (Earlier("certificate", 2020, 2024, "8-QĐ/ĐUK"),)
    assert codes(five(earlier=had)) == [("K4-R", "warns")]
    assert codes(five(earlier=had, restart=True)) == [("K4-R", "forbids")]
    assert codes(five(earlier=had, restart=False)) == []
    long_ago = (Earlier("certificate", 2016, 2020, "8-QĐ/ĐUK"),)
    assert codes(five(earlier=long_ago, restart=True)) == []
    same = (Earlier("certificate", 2021, 2025, "8-QĐ/ĐUK"),)
    assert codes(five(earlier=same, restart=False, same_years=True)) == [("K4-D", "forbids")]
    merit = {"awarder": PROVINCE, "award": "merit", "earlier": same}
    assert codes(five(**merit)) == [("K4-S", "warns")]
    assert codes(five(**merit, same_years=True)) == []
    assert codes(five(**merit, same_years=False)) == [("K4-S", "forbids")]


def test_k5_warns_and_asks_for_a_reason():
    assert codes(case(disciplines=("Kỷ luật khiển trách ngày 01/03/2025",))) == [("K5", "warns")]
    assert codes(case(disciplines=())) == []
    assert "K5" in NEEDS_REASON


def test_k5_a_discipline_counts_for_a_year_and_for_the_years_of_the_award():
    decided, lapses = date(2025, 3, 1), date(2026, 3, 1)
    assert discipline_counts(decided, lapses, date(2026, 2, 28), 2026, 2026)
    assert not discipline_counts(decided, lapses, date(2026, 3, 1), 2026, 2026)
    assert discipline_counts(decided, lapses, date(2026, 12, 1), 2025, 2025)
    assert not discipline_counts(decided, lapses, date(2026, 12, 1), 2020, 2024)


def test_k6_twenty_per_cent_of_those_rated_good_rounded_down():
    assert over_cap(7, 35, 20, "good") is None
    assert over_cap(8, 35, 20, "good").says == "Xếp mức cao nhất 8, trần 20% là 7."
    assert over_cap(7, 34, 20, "good") is not None
    assert "K6" not in NEEDS_REASON


@pytest.mark.parametrize(("points", "level"), [(100, 1), (90, 1), (89.9, 2), (70, 2), (69.9, 3), (50, 3), (49.9, 4), (0, 4)])
def test_k7_points_and_levels(points, level):
    assert level_by_points(points) == level


def test_k7_warns_where_the_best_level_was_kept_with_fewer_points():
    assert codes(case(result=YearResult(2025, 1, points=89.5))) == [("K7", "warns")]
    assert "Năm 2025 được 89,5 điểm" in judge_award(case(result=YearResult(2025, 1, points=89.5)))[0].says
    assert codes(case(result=YearResult(2025, 1, points=90))) == []
    assert codes(case(year=2024, result=YearResult(2024, 1, points=60))) == []
    assert codes(five(years=results(2021, 2024) | {2025: YearResult(2025, 1, points=80)})) == [("K7", "warns")]


# HD 56-HD/VPTW: (subject, award, who gives) -> multiplier; None: the figure was not read
K8 = [
    ("member", "certificate", BASE, "0.3"),
    ("member", "certificate", LONE, "0.3"),
    ("member", "certificate", UPPER, "1.0"),
    ("member", "merit", PROVINCE, "1.5"),
    ("cell", "certificate", BASE, "0.6"),
    ("cell", "certificate", UPPER, "1.5"),
    ("cell", "merit", PROVINCE, None),
    ("base", "certificate", UPPER, "2.0"),
    ("base", "merit", PROVINCE, "5.0"),
    ("base", "flag", PROVINCE, "8.0"),
    ("part", "certificate", BASE, None),
]


@pytest.mark.parametrize(("subject", "award", "awarder", "multiplier"), K8)
def test_k8_multipliers(subject, award, awarder, multiplier):
    found = central(key_of(subject, award, awarder), date(2024, 3, 1)).value
    assert found == (None if multiplier is None else Decimal(multiplier))


def test_k8_no_money_is_named_for_praise_nor_before_the_text():
    assert key_of("member", "praise", BASE) is None
    assert money(None, date(2024, 3, 1), {}).source == "văn bản không nêu mức tiền thưởng cho hình thức này"
    assert central("member_base", date(2015, 10, 26)).value is None
    assert central("member_base", date(2015, 10, 27)).value == Decimal("0.3")


def test_k8_the_letter_of_2025_is_named_and_what_was_not_read_in_it_is_to_be_compared():
    assert "cần đối chiếu" not in central("base_merit", date(2025, 12, 28)).source
    assert "cần đối chiếu" in central("base_merit", date(2025, 12, 29)).source
    assert "cần đối chiếu" not in central("member_base", date(2025, 12, 29)).source


def test_k8_the_base_salary_of_the_day_of_the_decision():
    salaries = [
        (date(2024, 7, 1), None, Decimal(2340000), "văn bản B"),
        (date(2023, 7, 1), date(2024, 7, 1), Decimal(1800000), "văn bản A"),
    ]
    settings = {"base_salary": salaries}
    assert money("member_base", date(2024, 6, 30), settings).amount == Decimal("540000")
    assert money("member_base", date(2024, 7, 1), settings).amount == Decimal("702000")
    before = money("member_base", date(2023, 6, 30), settings)
    assert (before.multiplier, before.base_salary, before.amount) == (Decimal("0.3"), None, None)
    assert before.source == "lương cơ sở: chưa nhập mức lương cơ sở ngày 30/06/2023"
    unknown = money("cell_merit", date(2024, 7, 1), settings)
    assert (unknown.multiplier, unknown.amount) == (None, None)
    local = settings | {"cell_merit": [(date(2024, 1, 1), None, Decimal("2.5"), "QĐ 9")]}
    assert money("cell_merit", date(2024, 7, 1), local).amount == Decimal("5850000")


def test_sums_are_exact_because_no_text_rounds():
    settings = {"base_salary": [(date(2020, 1, 1), None, Decimal(1490001), "văn bản")]}
    assert money("member_base", date(2021, 1, 1), settings).amount == Decimal("447000.3")


def test_words_of_a_year():
    assert said(YearResult(2016, 1, True), "base") == "Trong sạch, vững mạnh tiêu biểu"
    assert said(YearResult(2016, 1), "base") == "Trong sạch, vững mạnh, không được chọn tiêu biểu"
    assert said(YearResult(2016, 2), "member") == "Đủ tư cách, hoàn thành tốt nhiệm vụ"
    assert said(YearResult(2016, why="không xếp loại: được miễn"), "member") == "không xếp loại: được miễn"
    assert counts(YearResult(2016, 1), "member")
    assert not counts(YearResult(2016, 1), "base")
    assert not counts(None, "member")


def test_what_people_tell_must_be_told():
    assert codes(case(basis="sudden", merit="")) == [("K0", "forbids")]
    assert codes(case(basis="sudden", merit="Cứu người trong bão")) == []
