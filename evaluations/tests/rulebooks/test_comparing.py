"""Two years side by side; what is expected was paired by hand from the tables of the regulations."""

import pytest

from evaluations.rulebooks import YearWithoutRuleBook
from evaluations.rulebooks.comparing import compare


def ids(rules):
    return [rule.id for rule in rules]


def pairs(found):
    return [(ids(pairing.before), ids(pairing.after)) for pairing in found.changed]


def test_2023_and_2024_are_rated_alike():
    found = compare(2023, 2024)

    assert found.is_same
    assert (found.lines, found.changed, found.gone, found.new) == ((), (), (), ())


def test_2022_and_2023():
    found = compare(2022, 2023)

    assert [(line.what, line.before.text, line.after.text) for line in found.lines] == [
        ("Nhóm tính trần: đảng viên", "từng tổ chức cơ sở đảng", "nhóm có vị trí, chức năng, nhiệm vụ tương đồng"),
        ("Nhóm tính trần: tổ chức đảng", "từng loại tổ chức đảng", "nhóm có vị trí, chức năng, nhiệm vụ tương đồng"),
        ("Nhóm tính trần: tập thể lãnh đạo, quản lý", "từng loại tập thể", "nhóm có vị trí, chức năng, nhiệm vụ tương đồng"),
        ("Thời hạn hằng năm", "chưa tìm thấy trong văn bản đã đọc", "xong trước ngày 31/12"),
    ]
    assert found.lines[0].before.source == "mục 2.3a, Hướng dẫn số 21-HD/BTCTW, ngày 18/10/2019"
    assert found.lines[0].after.confidence.value == "đã đọc bản dịch tiếng Anh"
    assert pairs(found) == [
        (["R2-01", "R2-06"], ["R3-01"]),
        (["R2-05", "R2-07", "R2-12"], ["R3-08"]),
        (["R2-08"], ["R3-06"]),
        (["R2-11"], ["R3-07"]),
        (["R2-13"], ["R3-09"]),
        (["R2-16"], ["R3-E1"]),
        (["R2-19"], ["R3-03"]),
    ]
    assert set(ids(found.gone)) == {"R2-02", "R2-03", "R2-04", "R2-09", "R2-10", "R2-14", "R2-15", "R2-16", "R2-17", "R2-18"}
    assert ids(found.new) == ["R3-02", "R3-04", "R3-05", "R3-10", "R3-11"]


def test_2024_and_2025():
    found = compare(2024, 2025)

    raised = ("20%", "20%, 25% khi cấp có thẩm quyền cho phép")
    assert [(line.what, line.before.text, line.after.text) for line in found.lines] == [
        ("Cách cho điểm", "cấp độ: Xuất sắc, Tốt, Trung bình, Kém", "điểm, tối đa 100"),
        ("Tỷ lệ tối đa: đảng viên", *raised),
        ("Tỷ lệ tối đa: tổ chức đảng", *raised),
        ("Tỷ lệ tối đa: tập thể lãnh đạo, quản lý", *raised),
    ]
    assert pairs(found) == [
        (["R3-01"], ["R4-01"]),
        (["R3-02"], ["R4-02"]),
        (["R3-03"], ["R4-03", "R4-04"]),
        (["R3-04"], ["R4-07"]),
        (["R3-05"], ["R4-08"]),
        (["R3-06"], ["R4-11", "R4-12"]),
        (["R3-07"], ["R4-10"]),
        (["R3-08"], ["R4-06"]),
        (["R3-09"], ["R4-14"]),
        (["R3-10"], ["R4-16"]),
        (["R3-11"], ["R4-18"]),
        (["R3-E1"], ["R4-E1"]),
    ]
    assert found.gone == ()
    assert set(ids(found.new)) == {"R4-05", "R4-07", "R4-09", "R4-13", "R4-15", "R4-17", "R4-19", "R4-20", "R4-21"}
    assert "Cách làm tròn tỷ lệ." in found.open_before
    assert "Điểm của từng tiêu chí (do địa phương quy định)." in found.open_after


def test_what_was_said_once_is_said_from_both_sides():
    there, back = compare(2024, 2025), compare(2025, 2024)

    assert [(line.what, line.after, line.before) for line in there.lines] == [(line.what, line.before, line.after) for line in back.lines]
    assert there.gone == back.new
    assert set(there.new) == set(back.gone)


def test_a_year_without_a_book_is_refused():
    with pytest.raises(YearWithoutRuleBook, match="năm 2013"):
        compare(2013, 2014)
