from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.rulebooks import ALL, YearWithoutRuleBook, rulebook_for
from evaluations.rulebooks.book import GOOD, GOOD_OR_BETTER, MEMBER, ORGANISATION
from evaluations.rulebooks.judging import standing
from evaluations.rulebooks.measures import add_months, whole_months
from evaluations.rulebooks.quota import ceiling, is_over
from khoi_party.rules import Confidence


@pytest.mark.parametrize(
    ("year", "key"),
    [
        (2014, "hd27"),
        (2017, "hd27"),
        (2018, "hd16"),
        (2019, "hd21"),
        (2022, "hd21"),
        (2023, "qd124"),
        (2024, "qd124"),
        (2025, "qd366"),
        (2026, "qd366"),
        (2031, "qd366"),
    ],
)
def test_year_chooses_its_rule_book(year, key):
    assert rulebook_for(year).key == key


def test_years_before_2014_are_unknown():
    with pytest.raises(YearWithoutRuleBook, match="Chưa có quy định đánh giá, xếp loại cho năm 2013"):
        rulebook_for(2013)


def test_every_year_has_exactly_one_book():
    assert all(sum(book.covers(year) for book in ALL) == 1 for year in range(2014, 2040))


def test_level_names_are_those_of_the_year():
    old, new = rulebook_for(2016), rulebook_for(2024)
    assert [old.level_name(n, ORGANISATION) for n in (1, 2, 3, 4)] == [
        "Trong sạch, vững mạnh",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành nhiệm vụ",
        "Yếu kém",
    ]
    assert old.level_name(4, MEMBER) == "Vi phạm tư cách hoặc không hoàn thành nhiệm vụ"
    assert [new.level_short(n, MEMBER) for n in (1, 2, 3, 4)] == ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
    assert new.level_name(None, MEMBER) == ""
    assert (old.noun, new.noun) == ("phân loại", "xếp loại")


def test_tsvm_and_htxsnv_are_two_series():
    assert [rulebook_for(year).top_series for year in (2017, 2018)] == ["TSVM", "HTXSNV"]


@pytest.mark.parametrize(
    ("year", "admitted_on", "kind"),
    [
        (2016, date(2016, 12, 1), "required"),  # no clause found: shown among the open points
        (2018, date(2018, 7, 1), "exempt"),
        (2018, date(2018, 6, 30), "required"),
        (2020, date(2020, 9, 1), "review_only"),
        (2022, date(2022, 6, 30), "required"),
        (2023, date(2023, 7, 1), "exempt"),
        (2026, date(2026, 7, 1), "exempt"),
        (2026, date(2026, 6, 30), "required"),
    ],
)
def test_new_members_by_year(year, admitted_on, kind):
    cutoff = date(year, 12, 31) if admitted_on.day == 1 else date(year, 12, 30)
    facts = {"exempt": False, "suspended": False, "temporary_here": False, "months_since_admission": whole_months(admitted_on, cutoff)}

    assert standing(year, "member", facts).kind == kind


def test_exempt_suspended_and_temporary_members_are_not_rated():
    facts = {"exempt": False, "suspended": False, "temporary_here": False, "months_since_admission": 300}

    exempt = standing(2026, "member", facts | {"exempt": True})
    assert (exempt.kind, exempt.rule.id) == ("exempt", "R4-14")
    assert exempt.reason == "Được miễn công tác và sinh hoạt đảng (Điều 5, Quy định số 366-QĐ/TW, ngày 30/08/2025)."
    assert standing(2026, "member", facts | {"suspended": True}).reason.startswith("Bị đình chỉ sinh hoạt đảng")
    away = standing(2026, "member", facts | {"temporary_here": True})
    assert (away.kind, away.rule.id) == ("not_subject", "R4-E1")
    assert standing(2016, "member", facts | {"exempt": True}).rule.id == "R1-E2"


@pytest.mark.parametrize(
    ("year", "months", "kind"),
    [(2015, 5, "not_yet"), (2015, 6, "required"), (2018, 2, "required"), (2021, 5, "review_only"), (2021, 6, "required"), (2025, 1, "required")],
)
def test_new_organisations_by_year(year, months, kind):
    assert standing(year, "cell", {"months_since_founding": months}).kind == kind


def test_a_missing_fact_never_makes_somebody_rated():
    assert standing(2026, "member", {"exempt": False, "temporary_here": False, "months_since_admission": 60}).kind == "unknown"
    assert standing(2026, "cell", {}).kind == "required"  # no text of that year withholds the rating of a body


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2022, 8, 31), date(2023, 2, 28)),
        (date(2022, 6, 30), date(2022, 12, 30)),
        (date(2022, 12, 31), date(2023, 6, 30)),
    ],
)
def test_six_months_by_the_calendar(day, after):
    assert add_months(day, 6) == after


def test_quota_of_each_year():
    assert rulebook_for(2018).quota(MEMBER) is None
    old, now = rulebook_for(2016).quota(MEMBER), rulebook_for(2026).quota(MEMBER)
    assert (old.rate, old.confidence) == (15, Confidence.INFERRED)
    assert (now.rate, now.raised_rate, now.base, now.confidence) == (20, 25, GOOD, Confidence.VERIFIED)
    assert rulebook_for(2021).quota(MEMBER).group == "từng tổ chức cơ sở đảng"


@pytest.mark.parametrize(
    ("people", "rate", "literal", "floor", "nearest", "up"),
    [
        (4, 20, 0, 0, 1, 1),
        (5, 20, 0, 1, 1, 1),
        (6, 20, 1, 1, 1, 2),
        (10, 20, 1, 2, 2, 2),
        (12, 20, 2, 2, 2, 3),
        (29, 20, 4, 5, 6, 6),
        (37, 20, 6, 7, 7, 8),
        (65, 20, 10, 13, 13, 13),
        (100, 20, 16, 20, 20, 20),
        (37, 15, 4, 5, 6, 6),
        (37, 25, 7, 9, 9, 10),
    ],
)
def test_ceiling_worked_examples(people, rate, literal, floor, nearest, up):
    assert ceiling(rate, people, GOOD) == literal
    assert [ceiling(rate, people, GOOD_OR_BETTER, how) for how in ("floor", "nearest", "ceiling")] == [floor, nearest, up]


def test_pooling_matters():
    assert sum(ceiling(20, 5, GOOD) for _ in range(6)) == 0
    assert ceiling(20, 30, GOOD) == 5


@given(people=st.integers(0, 10_000), rate=st.integers(1, 50))
def test_literal_ceiling_is_the_largest_number_that_fits(people, rate):
    most = ceiling(rate, people, GOOD)

    assert 100 * most <= rate * (people - most)
    assert 100 * (most + 1) > rate * (people - most - 1)


@given(excellent=st.integers(0, 500), good=st.integers(0, 500), rate=st.integers(1, 50))
def test_over_is_the_inequality_of_the_text(excellent, good, rate):
    assert is_over(excellent, good, rate, GOOD) == (100 * excellent > rate * good)
    assert is_over(excellent, good, rate, GOOD_OR_BETTER) == (100 * excellent > rate * (excellent + good))
