"""How PL8 calls an outcome: reached, above it, or not."""

from dataclasses import replace

import pytest

from reports.figures.values import MISSED, PENDING, REACHED, TargetResult, YearShare
from reports.papers.term_targets import done_text, outcome_text, unit_text

PEOPLE = TargetResult(1, "admissions", "term", "between", "450", "500", "", "Kết nạp 450 - 500 đảng viên", "", REACHED, total=470, span_years=1)
MEAN = replace(PEOPLE, span="yearly_average", operator="at_least", low="80", high=None, total=470, span_years=5)
YEARLY = TargetResult(
    2,
    "members_good",
    "each_year",
    "at_least",
    "80",
    None,
    "số đảng viên",
    "Từ 80%",
    "",
    REACHED,
    years=(YearShare(2018, 9, 10, 0, True), YearShare(2019, 8, 10, 0, True)),
)


@pytest.mark.parametrize(
    ("one", "outcome"),
    [
        (PEOPLE, "Đạt"),
        (replace(PEOPLE, total=501), "Vượt"),
        (replace(PEOPLE, total=449, outcome=MISSED), "Không đạt"),
        (MEAN, "Vượt"),
        (replace(MEAN, total=400), "Đạt"),
        (YEARLY, "Đạt"),  # one year is at the goal, not above it
        (replace(YEARLY, low="79"), "Vượt"),
        (replace(YEARLY, operator="more_than", low="79"), "Đạt"),  # to be above is what was asked
        (replace(YEARLY, span="yearly_average"), "Vượt"),
        (replace(YEARLY, outcome=PENDING), "Chưa kết luận"),
    ],
)
def test_outcome(one, outcome):
    assert outcome_text(one) == outcome


def test_what_was_done_is_told_with_its_figures_and_unit():
    assert (done_text(PEOPLE), unit_text(PEOPLE)) == ("470 đảng viên", "đảng viên")
    assert (done_text(MEAN), unit_text(MEAN)) == ("94 đảng viên/năm (470 đảng viên trong 05 năm)", "đảng viên/năm")
    assert done_text(YEARLY) == "đạt 2/2 năm: 2018:\u00a090%\u00a0(9/10); 2019:\u00a080%\u00a0(8/10)"
    assert unit_text(YEARLY) == "%"
