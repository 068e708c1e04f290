"""What adds up and who won, against a counter that reads each paper aloud."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.ballots import Line, Threshold, Totals, differences, fault_of_line, faults_of_totals, leading, quorum_note, result_words, winner

GOOD = Totals(present=25, issued=25, collected=24, valid=23, invalid=1, printed=27, unused=2)


def fields(totals, eligible=25):
    return [fault.field for fault in faults_of_totals(totals, eligible)]


def changed(**values):
    return Totals(**{name: values.get(name, getattr(GOOD, name)) for name in GOOD.__dataclass_fields__})


def test_totals_that_add_up_are_taken():
    assert faults_of_totals(GOOD, 25) == []
    assert fields(changed(printed=None, unused=None)) == []


@pytest.mark.parametrize(
    ("values", "eligible", "wrong", "says"),
    [
        ({}, 24, ["present"], "Có mặt 25 nhưng chỉ 24 người có quyền bỏ phiếu"),
        ({"present": 24}, 25, ["issued"], "Phát ra 25 phiếu nhưng chỉ 24 người có mặt"),
        ({"collected": 26, "valid": 25}, 26, ["collected"], "Thu về 26 phiếu nhưng chỉ phát ra 25"),
        ({"valid": 22}, 25, ["valid"], "Hợp lệ 22 + không hợp lệ 1 = 23, khác số thu về 24"),
        ({"unused": 1}, 25, ["unused"], "Phát ra 25 + không dùng 1 = 26, khác số đã in 27"),
        ({"unused": None}, 25, ["unused"], "hãy ghi cả số phiếu không dùng"),
        ({"printed": None}, 25, ["printed"], "hãy ghi cả số phiếu đã in"),
        ({"printed": 24, "unused": 0}, 25, ["printed"], "Phát ra 25 phiếu nhưng chỉ in 24"),
    ],
)
def test_each_total_that_does_not_add_up_says_which_and_what_to_do(values, eligible, wrong, says):
    faults = faults_of_totals(changed(**values), eligible)

    assert [fault.field for fault in faults] == wrong
    assert says in faults[0].says
    assert "ãy " in faults[0].says


def test_a_line_makes_the_valid_papers():
    assert fault_of_line(Line((5, 15, 2, 0), 1), 23) == ""
    assert fault_of_line(Line((5, 15, 1, 0), 1), 23) == "Cộng lại 22 phiếu, thiếu 1 so với 23 phiếu hợp lệ. Hãy đếm lại dòng này."
    assert "thừa 2" in fault_of_line(Line((5, 15, 2, 2), 1), 23)
    assert "Mức 3 không có trên phiếu" in fault_of_line(Line((5, 15, 2, 0), 1), 23, allowed=(1, 2))


@pytest.mark.parametrize(
    ("threshold", "votes", "base", "won"),
    [
        (Threshold(), 13, 25, True),
        (Threshold(), 12, 24, False),  # just half is not more than half
        (Threshold(), 13, 24, True),
        (Threshold(part=2, whole=3), 16, 24, False),
        (Threshold(part=2, whole=3), 17, 24, True),
        (Threshold(part=2, whole=3, at_least=True), 16, 24, True),
        (Threshold(part=2, whole=3, at_least=True), 15, 24, False),
        (Threshold(), 0, 0, False),
    ],
)
def test_both_sides_of_each_threshold(threshold, votes, base, won):
    assert threshold.is_reached(votes, base) is won


def test_the_outcome_in_words_names_share_and_base():
    assert result_words(Line((18, 7, 0, 0), 0), Threshold(), 25) == "18/25 = 72% đảng viên chính thức được triệu tập, quá nửa"
    assert result_words(Line((12, 12, 0, 0), 1), Threshold("collected"), 25) == "cao nhất 12/25 = 48% phiếu thu về, chưa quá nửa"
    words = result_words(Line((1, 6, 2, 0), 0), Threshold("present", 2, 3, at_least=True), 9, "ủy viên ban thường vụ")
    assert words == "6/9 = 66,67% ủy viên ban thường vụ có mặt, từ hai phần ba trở lên"


def test_the_leading_two_keep_ties_together():
    assert leading(Line((10, 9, 3, 0), 0)) == (1, 2)
    assert leading(Line((10, 6, 6, 0), 0)) == (1, 2, 3)
    assert leading(Line((11, 0, 0, 11), 0)) == (1, 4)
    assert leading(Line((0, 0, 0, 0), 22)) == (1, 2, 3, 4)
    assert leading(Line((3, 0, 0, 0), 19)) == (1, 2, 3, 4)  # one level alone is no choice


def test_few_present_is_only_warned_of():
    assert quorum_note(13, 25) == ""
    assert quorum_note(12, 24).startswith("Chỉ 12/24 người")


def test_differences_name_totals_and_lines():
    one = (GOOD, {7: Line((5, 15, 2, 0), 1), 8: Line((23, 0, 0, 0), 0)})
    other = (changed(valid=22, invalid=2), {7: Line((5, 15, 2, 0), 1), 8: Line((22, 1, 0, 0), 0)})
    assert differences(one, one) == ([], [])
    assert differences(one, other) == (["valid", "invalid"], [8])


papers = st.lists(st.lists(st.sampled_from([1, 2, 3, 4, None]), min_size=3, max_size=3), min_size=1, max_size=40)
shares = st.sampled_from([(1, 2, False), (2, 3, False), (2, 3, True)])


@given(papers, shares, st.integers(0, 5), st.integers(0, 5))
def test_random_papers_against_a_reader_of_each(pile, share, invalid, absent):
    """Three names on every paper; the reader keeps a tally and knows nothing of ours but the rule as it is spoken."""
    part, whole, at_least = share
    collected = len(pile) + invalid
    totals = Totals(collected, collected, collected, len(pile), invalid)
    eligible = collected + absent
    assert faults_of_totals(totals, eligible) == []
    for place in range(3):
        heard = Counter(paper[place] for paper in pile)
        line = Line(tuple(heard[level] for level in (1, 2, 3, 4)), heard[None])
        assert fault_of_line(line, len(pile)) == ""
        assert fault_of_line(line, len(pile) + 1) != ""
        said = [level for level in (1, 2, 3, 4) if _spoken(Fraction(heard[level], eligible), Fraction(part, whole), at_least)]
        assert winner(line, Threshold("convened", part, whole, at_least), eligible) == (said[0] if said else None)
        best_two = sorted({heard[level] for level in (1, 2, 3, 4) if heard[level]}, reverse=True)[:2]
        shown = leading(line)
        assert all(level in shown for level in (1, 2, 3, 4) if best_two and heard[level] == best_two[0])


def _spoken(share, needed, at_least):
    return share > 0 and (share >= needed if at_least else share > needed)
