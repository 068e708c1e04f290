import datetime
from dataclasses import replace

import pytest

from reports.papers.formats import HD05, HD36, DateWithoutProfileError, Header, Marking, profile_for


def header(number=12, issued_on=datetime.date(2025, 2, 5)):
    return Header(
        superior="ĐẢNG BỘ TỈNH VĨNH PHÚC",
        issuer="ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
        kind_code="BC",
        issuer_code="ĐUK",
        place="Vĩnh Yên",
        issued_on=issued_on,
        number=number,
    )


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (datetime.date(2018, 4, 3), HD36),
        (datetime.date(2026, 5, 26), HD36),
        (datetime.date(2026, 5, 27), HD05),
        (datetime.date(2030, 1, 1), HD05),
    ],
)
def test_profile_is_chosen_by_the_day_of_issue(day, profile):
    assert profile_for(day) is profile


def test_profile_before_the_first_guideline_is_refused_with_a_sentence():
    with pytest.raises(DateWithoutProfileError, match="ngày 02/4/2018; phần mềm áp dụng từ ngày 03/4/2018"):
        profile_for(datetime.date(2018, 4, 2))


def test_recipients_end_with_comma_under_hd36_and_semicolon_under_hd05():
    names = ("Tỉnh ủy", "Các tổ chức cơ sở đảng", "Lưu Văn phòng Đảng ủy Khối")
    assert HD36.recipients(names) == ("- Tỉnh ủy,", "- Các tổ chức cơ sở đảng,", "- Lưu Văn phòng Đảng ủy Khối.")
    assert HD05.recipients(names) == ("- Tỉnh ủy;", "- Các tổ chức cơ sở đảng;", "- Lưu Văn phòng Đảng ủy Khối.")
    assert HD05.recipients(()) == ()


@pytest.mark.parametrize(("number", "text"), [(12, "Số\u00a012-BC/ĐUK"), (2, "Số\u00a002-BC/ĐUK"), (None, "Số\u00a0\u00a0\u00a0\u00a0\u00a0-BC/ĐUK")])
def test_number_has_two_digits_and_stays_blank_in_a_draft(number, text):
    assert header(number).number_text == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (datetime.date(2025, 2, 5), "Vĩnh Yên, ngày 05 tháng 02 năm 2025"),
        (datetime.date(2025, 4, 3), "Vĩnh Yên, ngày 03 tháng 4 năm 2025"),
        (datetime.date(2025, 11, 20), "Vĩnh Yên, ngày 20 tháng 11 năm 2025"),
    ],
)
def test_date_line_puts_a_zero_before_days_under_ten_and_the_first_two_months(day, text):
    assert header(issued_on=day).date_text == text


def test_undated_paper_leaves_room_for_day_and_month():
    blank = "\u00a0" * 6
    assert header(issued_on=None).date_text == f"Vĩnh Yên, ngày{blank}tháng{blank}năm{blank}"


def test_reference_names_number_and_short_date():
    assert header().reference == "số\u00a012-BC/ĐUK, ngày 05/02/2025"


@pytest.mark.parametrize(
    ("marking", "text"),
    [(Marking(), ""), (Marking(demo=True), "Dữ liệu minh họa"), (Marking(demo=True, draft=3), "Dự thảo lần 3 · Dữ liệu minh họa")],
)
def test_marking_says_what_the_copy_is(marking, text):
    assert marking.text == text


@pytest.mark.parametrize(
    ("issuer", "lines"),
    [
        ("ĐẢNG ỦY SỞ NỘI VỤ", ("ĐẢNG ỦY SỞ NỘI VỤ",)),
        ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", ("ĐẢNG ỦY KHỐI", "CÁC CƠ QUAN TỈNH")),
        ("ĐẢNG ỦY VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH", ("ĐẢNG ỦY VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH")),
        ("CHI BỘ TỔ CHỨC - HÀNH CHÍNH", ("CHI BỘ TỔ CHỨC -", "HÀNH CHÍNH")),
    ],
)
def test_long_issuer_is_set_in_two_lines(issuer, lines):
    assert replace(header(), issuer=issuer).issuer_lines == lines
