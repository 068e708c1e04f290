"""One cell as people write it, on both sides of each limit; text of old fonts; headings; cells that hold several facts."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.imports import values
from members.imports.columns import FIELDS, field_of, match, missing, signature
from members.imports.headers import find_header, font_of
from members.imports.rows import READERS, read_row, shown, stored, thawed
from members.imports.values import PartialDate, Unreadable

from .corpus import in_tcvn3, in_vni


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("01/02/1980", PartialDate(1980, 2, 1)),
        (" 1 / 2 / 1980 ", PartialDate(1980, 2, 1)),
        ("1.2.1980", PartialDate(1980, 2, 1)),
        ("1-2-1980", PartialDate(1980, 2, 1)),
        ("1980-02-01", PartialDate(1980, 2, 1)),
        ("ngày 01 tháng 02 năm 1980", PartialDate(1980, 2, 1)),
        ("01021980", PartialDate(1980, 2, 1)),
        (1021980.0, PartialDate(1980, 2, 1)),
        (date(1980, 2, 1), PartialDate(1980, 2, 1)),
        (datetime(1980, 2, 1, 8, 30), PartialDate(1980, 2, 1)),
        (29252.0, PartialDate(1980, 2, 1)),
        ("29252", PartialDate(1980, 2, 1)),
        (60, PartialDate(1900, 2, 28)),
        ("02/1980", PartialDate(1980, 2)),
        ("tháng 2 năm 1980", PartialDate(1980, 2)),
        ("00/02/1980", PartialDate(1980, 2)),
        (2.198, PartialDate(1980, 2)),
        ("00/00/1980", PartialDate(1980)),
        ("1980", PartialDate(1980)),
        ("năm 1980", PartialDate(1980)),
        (1980, PartialDate(1980)),
        ("29/02/2000", PartialDate(2000, 2, 29)),
        ("", None),
        ("-", None),
        ("không", None),
    ],
)
def test_a_date_is_read_as_it_is_written(cell, day):
    assert values.when(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["29/02/1900", "31/04/1980", "02/13/1980", "1/2/80", "1899", "01/02/2101", "hôm qua", -1, 12.5, 1e300, float("nan"), "32/1/1980", "1/1980/2"],
)
def test_what_is_no_date_is_refused_with_a_sentence(cell):
    with pytest.raises(Unreadable) as refused:
        values.when(cell)
    assert str(refused.value).endswith((".", "…"))


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.none()))
def test_no_cell_is_an_error_of_another_kind(cell):
    for field in FIELDS:
        if field.key in READERS:
            try:
                READERS[field.key](cell)
            except Unreadable:
                continue


def test_a_partial_date_knows_its_first_and_last_day():
    assert (PartialDate(1980, 2).first_day, PartialDate(1980, 2).last_day) == (date(1980, 2, 1), date(1980, 2, 29))
    assert (PartialDate(1980, 12).last_day, PartialDate(1980).last_day) == (date(1980, 12, 31), date(1980, 12, 31))
    assert [str(one) for one in (PartialDate(1980, 2, 1), PartialDate(1980, 2), PartialDate(1980))] == ["01/02/1980", "02/1980", "1980"]
    for one in (PartialDate(1980, 2, 1), PartialDate(1980, 2), PartialDate(1980)):
        assert thawed("born_on", stored(one)) == one
        assert shown("born_on", stored(one)) == str(one)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12.345678", "12.345678"),
        ("12345678", "12.345678"),
        ("12 345 678", "12.345678"),
        (12345678.0, "12.345678"),
        (1234567, "01.234567"),
        (1.23456, "01.234560"),
        ("00.000001", "00.000001"),
        ("123", "123"),
        ("", None),
    ],
)
def test_a_card_number_keeps_its_zeros(cell, number):
    assert values.card_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [("001080001234", "001080001234"), (1080001234.0, "001080001234"), ("001 080 001 234", "001080001234"), (12345678, "012345678")],
)
def test_an_identity_number_gets_its_zeros_back(cell, number):
    assert values.identity_number(cell) == number


@pytest.mark.parametrize("cell", [float("inf"), float("nan"), -12345678901, "12345", "0010800012345", "00108000123a"])
def test_other_lengths_are_no_identity_number(cell):
    with pytest.raises(Unreadable):
        values.identity_number(cell)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("đ/c Nguyễn Văn An", "Nguyễn Văn An"),
        ("Y BLÔK ÊBAN", "Y Blôk Êban"),
        ("Nguyễn  Văn\u00a0An ", "Nguyễn Văn An"),
    ],
)
def test_names_are_names(cell, name):
    assert values.person_name(unicodedata.normalize("NFD", cell)) == name


@pytest.mark.parametrize("cell", ["An", "Nguyễn Văn 2", "x" * 60 + " " + "y" * 60, in_tcvn3("Nguyễn Văn An"), in_vni("Nguyễn Văn An")])
def test_what_is_no_full_name_is_refused(cell):
    with pytest.raises(Unreadable):
        values.person_name(cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Đại học", {"education": "bachelor"}),
        ("ĐH Luật Hà Nội", {"education": "bachelor", "speciality": "Luật Hà Nội"}),
        ("Thạc sĩ Quản lý công", {"education": "master", "speciality": "Quản lý công"}),
        ("Cử nhân kinh tế", {"education": "bachelor", "speciality": "kinh tế"}),
        ("Trung cấp", {"education": "intermediate"}),
        ("Luật", {"speciality": "Luật"}),
        ("Không", None),
    ],
)
def test_education_and_what_it_was_in(cell, found):
    assert values.education(cell) == found


def test_theory_levels_are_four():
    assert [values.theory_level(cell) for cell in ("Sơ cấp", "TC", "Cao cấp LLCT", "Cử nhân", "", "Không")] == [
        "primary",
        "intermediate",
        "advanced",
        "bachelor",
        None,
        None,
    ]
    with pytest.raises(Unreadable, match="lý luận chính trị"):
        values.theory_level("Tốt")


FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông", "Triệu")
MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Xuân", "Quang", "Thu", "Minh")
GIVEN = (
    "An",
    "Bình",
    "Chiến",
    "Dũng",
    "Đạt",
    "Giang",
    "Hải",
    "Hiếu",
    "Hùng",
    "Khánh",
    "Lâm",
    "Mạnh",
    "Nghĩa",
    "Phương",
    "Quyết",
    "Sơn",
    "Thắng",
    "Tuyến",
    "Vượng",
    "Yến",
)
NAMES = [f"{family} {middle} {given}" for family in FAMILY for middle in MIDDLE for given in GIVEN]
WORDS = [
    "Hoàng Toàn",
    "Lê Hoà",
    "Trí Khuê",
    "Uông Thuý",
    "Niê Blô",
    "Văn phòng HĐND-UBND",
    "Hà Nội – Nam Định",
    "Oanh Hoài",
    "Giê-su",
    "Thôn Tràng",
    "Ngoạn",
    "QUÝ",
    "Müller Nguyễn",
]


@pytest.mark.parametrize("words", [*NAMES[::37], *WORDS])
def test_unicode_is_never_taken_for_an_old_font(words):
    assert values.old_font(words) == ""
    assert values.old_font(unicodedata.normalize("NFD", words)) == ""


@pytest.mark.parametrize(("old", "font"), [(in_tcvn3, "TCVN3 (.VnTime)"), (in_vni, "VNI")])
def test_old_fonts_are_recognised_in_95_of_a_hundred_names_that_differ(old, font):
    typed = [changed for name in NAMES if not (changed := old(name)).isascii() and changed != name]
    assert sum(bool(values.old_font(name)) for name in typed) >= 0.95 * len(typed)
    assert font_of([[name] for name in typed[:200]]) == font


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Họ và tên (*)", "full_name"),
        ("HỌ VÀ TÊN ĐẢNG VIÊN", "full_name"),
        ("Ngày sinh (dd/mm/yyyy)", "born_on"),
        ("Số CCCD/CMND", "identity_number"),
        ("Ngày vào Đảng / Chính thức", "official_on"),
        ("Ngày vào Đảng / Dự bị", "admitted_on"),
        ("Trình độ / LLCT", "theory_level"),
        ("Ngày sinh / Nữ", "female"),
        ("Nam", "male"),
        ("Năm", ""),
        ("Nơi sinh", ""),
        ("Email", ""),
        ("Ngày cấp thẻ", "card_issued_on"),
        ("Số thẻ đảng viên mới", "card_number"),
    ],
)
def test_a_heading_names_a_field(title, key):
    assert field_of(title) == key
    assert field_of(unicodedata.normalize("NFD", title)) == key


def test_no_title_stands_for_two_fields():
    titles = [title for field in FIELDS for title in field.titles]
    assert len(titles) == len(set(titles))


def test_the_first_of_two_columns_has_the_field_and_the_same_headings_have_one_signature():
    assert match(["Họ tên", "Ngày sinh", "Họ và tên"]) == {0: "full_name", 1: "born_on"}
    assert signature(["Họ tên", "Ngày sinh (d/m/Y)"]) == signature(["HỌ  TÊN", "ngày sinh d/m/y"])
    assert missing({0: "born_on"})
    assert not missing({0: "names"})
    assert not missing({0: "family_name", 1: "given_name"})


def test_a_heading_is_not_looked_for_in_the_list_itself():
    rows = [["Danh sách"], ["Họ tên", "Ngày sinh", "Chức vụ"], ["Lê Văn Bình", "01/01/1980", "Chi bộ"], ["Họ tên", "x", ""]]
    header = find_header(rows)
    assert (header.first, header.last, header.data_from) == (1, 1, 2)
    assert find_header([["a", "b"], [1, 2]]) is None


def test_three_rows_of_headings():
    rows = [["Họ tên", "Thông tin", "", ""], ["", "Ngày vào Đảng", "", "Số thẻ"], ["", "Dự bị", "Chính thức", ""], ["Lê Văn Bình", "1", "2", "3"]]
    merged = (((0, 1), (0, 3)), ((1, 1), (1, 2)))
    header = find_header(rows, merged)
    assert (header.first, header.last) == (0, 2)
    assert match(header.titles) == {0: "full_name", 1: "admitted_on", 2: "official_on", 3: "card_number"}


def test_cells_of_mau_7_hold_several_facts():
    mapping = {0: "names", 1: "people", 2: "schooling", 3: "party_dates", 4: "numbers", 5: "arrived", 6: "occupations", 7: "background"}
    cells = [
        "NGUYỄN VĂN AN\n(Nguyễn Văn Ân)\nsinh ngày 01/02/1980",
        "Nam; Kinh; Công giáo",
        "12/12\nTrung cấp\nĐại học Luật\nTiếng Anh B",
        "03/02/2005\n2006",
        "Thẻ: 12.345678; LL: 026145 VP",
        "01/07/2020, Đảng bộ phường Tân Quang",
        "Sinh viên\nChuyên viên",
        "Hưu trí",
    ]
    row = read_row(7, cells, mapping)
    assert row.problems == []
    assert row.values == {
        "full_name": "Nguyễn Văn An",
        "birth_name": "Nguyễn Văn Ân",
        "born_on": PartialDate(1980, 2, 1),
        "gender": "male",
        "ethnicity": "Kinh",
        "religion": "Công giáo",
        "general_education": "12/12",
        "theory_level": "intermediate",
        "education": "bachelor",
        "speciality": "Luật",
        "foreign_language": "Tiếng Anh B",
        "admitted_on": PartialDate(2005, 2, 3),
        "official_on": PartialDate(2006),
        "card_number": "12.345678",
        "record_number": "026145VP",
        "position": "Chuyên viên",
        "occupation_before": "Sinh viên",
        "background": "retired",
    }
    assert row.signs == {"arrived": (date(2020, 7, 1), "Đảng bộ phường Tân Quang")}
