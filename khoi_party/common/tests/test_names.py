import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoi_party.common.names import SORT_KEY_LENGTH, nfc, one_line, person_sort_key, plain_sort_key, search_text

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(LETTERS + LETTERS.upper() + "fjwz-' ", min_size=1, max_size=12)


def in_order(key, *texts):
    keys = [key(text) for text in texts]
    return sorted(keys) == keys and len(set(keys)) == len(keys)


def test_letters_come_in_dictionary_order():
    assert in_order(plain_sort_key, *LETTERS)


def test_tone_counts_only_after_all_letters():
    assert in_order(plain_sort_key, "Ban", "Bàn", "Bán", "Bạn", "Bang", "Bảng", "Băn", "Bân", "Bần")
    assert in_order(plain_sort_key, "Hoa An", "Hoa Ân", "Hóa Ân", "Hoa Ba")


def test_people_sort_by_given_name_then_middle_then_surname():
    assert in_order(
        person_sort_key,
        "Nguyễn Thị An",
        "Vũ Văn An",
        "Trần Bình Ân",
        "Lê Thị Bích",
        "Nguyễn Thị Bích",
        "Nguyễn Thị Ngọc Bích",
        "Cao Văn Bích",
        "Nguyễn Văn Đạt",
        "Nguyễn Thị Yến",
    )


def test_given_name_decides_with_its_tone_before_the_middle_name():
    assert in_order(person_sort_key, "Vũ Xuân Hoa", "Bùi An Hòa", "Trần Anh Hóa", "Lê An Họa")


def test_surname_decides_last():
    assert in_order(person_sort_key, "Đào Văn Nam", "Lê Văn Nam", "Nguyễn Văn Nam")


def test_single_word_is_a_given_name_and_comes_before_longer_names():
    assert in_order(person_sort_key, "An", "Nguyễn An", "Nguyễn Bá An", "Bình")


def test_person_sort_key_ignores_case_form_and_spaces():
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Hạnh")
    assert person_sort_key(f"  {decomposed.upper()} \u00a0") == person_sort_key("nguyễn  thị hạnh")


def test_names_of_five_words_hyphens_and_foreign_letters():
    assert in_order(
        person_sort_key,
        "Tôn Nữ Thị Hồng Ánh",
        "H'Hen Niê Byă",
        "Y-Bhiu Jamy",
        "François Müller",
        "K'Sor Phước",
        "Phạm Văn-Thanh",
        "Lò Thị Zin",
        "王小明",
    )


def test_empty_name_has_an_empty_key():
    assert person_sort_key("  ") == ""
    assert plain_sort_key("") == ""


def test_numbers_in_titles_count_by_value():
    assert in_order(plain_sort_key, "Chi bộ", "Chi bộ 2", "Chi bộ 10", "Chi bộ Văn phòng")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đặng  Thị Hường ", "dang thi huong"),
        (unicodedata.normalize("NFD", "Ủy ban Kiểm tra"), "uy ban kiem tra"),
        ("DUK-VP", "duk-vp"),
        ("", ""),
    ],
)
def test_search_text(text, expected):
    assert search_text(text) == expected


def test_one_line_drops_invisible_characters():
    assert one_line("\ufeffTrần\u200b Văn\tNam\n") == "Trần Văn Nam"


def test_nfc_joins_letter_and_marks():
    assert nfc("A\u0301nh") == "Ánh"


@given(st.text(max_size=40))
def test_search_text_is_idempotent_and_blind_to_form(text):
    found = search_text(text)
    assert search_text(found) == found
    assert search_text(unicodedata.normalize("NFD", text)) == search_text(unicodedata.normalize("NFC", text))


@given(st.text(max_size=150))
def test_sort_keys_are_short_ascii_whatever_the_name(name):
    for key in (person_sort_key(name), plain_sort_key(name)):
        assert key.isascii()
        assert len(key) <= SORT_KEY_LENGTH


@given(words, words)
def test_sort_key_is_blind_to_case_and_form(family, given_name):
    name = f"{family} {given_name}"
    assert person_sort_key(name) == person_sort_key(unicodedata.normalize("NFD", name.upper()))


@given(words, words, words)
def test_sorting_by_key_keeps_equal_given_names_together(first, second, given_name):
    given_name = given_name.replace(" ", "") or "an"
    same = [f"{first} {given_name}", f"{second} {given_name}", f"Nguyễn Văn {given_name}"]
    keys = [person_sort_key(name) for name in same]
    lead = person_sort_key(given_name).removesuffix(" " * 4)
    assert all(key.startswith(lead) for key in keys)
