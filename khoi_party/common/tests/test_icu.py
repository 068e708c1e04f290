import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khoi_party.common.names import person_sort_key, plain_sort_key

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

ONSETS = [
    "",
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ngh",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
    "f",
    "j",
    "w",
    "z",
]
VOWELS = list("aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ")
CODAS = ["", "c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "u", "y", "ơ", "ê"]
syllables = st.builds("".join, st.tuples(*map(st.sampled_from, (ONSETS, VOWELS, CODAS))))
given_names = st.one_of(syllables, st.builds("{}-{}".format, syllables, syllables), st.builds("{}'{}".format, syllables, syllables))
people = st.lists(
    st.tuples(st.one_of(syllables, given_names), st.lists(syllables, max_size=3).map(" ".join), given_names),
    min_size=2,
    max_size=60,
    unique=True,
)
searching = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def icu_order(rows):
    """(tên, đệm, họ) rows in the order of PostgreSQL's ICU collation for Vietnamese."""
    collated = ", ".join(f'{column} COLLATE "vi-x-icu"' for column in ("ten", "dem", "ho"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ten, dem, ho FROM unnest(%s::text[], %s::text[], %s::text[]) AS people (ten, dem, ho) ORDER BY {collated}",  # noqa: S608
            [list(column) for column in zip(*rows, strict=True)],
        )
        return cursor.fetchall()


def text_order(texts):
    return [ten for ten, _, _ in icu_order([(text, "", "") for text in texts])]


@searching
@given(people)
def test_people_sort_as_icu_sorts_their_parts(drawn):
    rows = sorted((ten, dem, ho) for ho, dem, ten in drawn)
    by_key = sorted(rows, key=lambda row: person_sort_key(" ".join(f"{row[2]} {row[1]} {row[0]}".split())))
    assert by_key == icu_order(rows)


def test_every_syllable_sorts_as_icu_sorts_it():
    texts = sorted({onset + vowel + coda for onset in ONSETS for vowel in VOWELS for coda in CODAS})
    assert len(texts) == len({plain_sort_key(text) for text in texts})
    assert sorted(texts, key=plain_sort_key) == text_order(texts)


@searching
@given(st.lists(st.lists(syllables, min_size=1, max_size=5).map(" ".join), min_size=2, max_size=40, unique=True))
def test_texts_sort_as_icu_sorts_them(texts):
    assert sorted(texts, key=plain_sort_key) == text_order(texts)


def test_punctuation_and_foreign_letters_sort_as_icu_sorts_them():
    letters = "àáâãäåăçèéêëìíîïñòóôõöùúûüýÿčďěňřšťůž"
    marks = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$ "
    texts = [f"a{mark}b" for mark in marks] + [f"m{letter}n" for letter in letters] + ["a1b", "ab", "azb", "mn", "münch", "mǖn"]
    assert len(texts) == len({plain_sort_key(text) for text in texts})
    assert sorted(texts, key=plain_sort_key) == text_order(texts)


def test_capital_names_sort_as_icu_sorts_them():
    names = ["Ân", "An", "Ánh", "Anh", "Ảnh", "Đạt", "Dũng", "Yến", "Ýên", "Oanh", "Ơn", "Uyên", "Ưng", "Ẩn"]
    assert sorted(names, key=plain_sort_key) == text_order(names)
