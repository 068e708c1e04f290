from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoi_party.common.numbers import decimal, percent, thousands, two_digits


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("95.454"), "95,45"),
        (Decimal("95.455"), "95,46"),
        (80, "80"),
        (Decimal("95.50"), "95,5"),
        (0, "0"),
        (-0.001, "0"),
        (Decimal("-3.25"), "-3,25"),
        (Decimal("4300.5"), "4.300,5"),
        (100, "100"),
        (1200, "1.200"),
        (2.675, "2,68"),
        (None, "–"),
    ],
)
def test_decimal(value, expected):
    assert decimal(value) == expected


def test_decimal_without_places():
    assert decimal(Decimal("99.5"), 0) == "100"


@pytest.mark.parametrize(("number", "expected"), [(0, "0"), (999, "999"), (4300, "4.300"), (1234567, "1.234.567"), (-4300, "-4.300"), (None, "–")])
def test_thousands(number, expected):
    assert thousands(number) == expected


@pytest.mark.parametrize(
    ("part", "base", "expected"),
    [
        (63, 66, "95,45%"),
        (35599, 35900, "99,16%"),
        (1, 2, "50%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (3, 0, "–"),
        (0, 0, "–"),
        (None, 5, "–"),
        (1, None, "–"),
    ],
)
def test_percent(part, base, expected):
    assert percent(part, base) == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "00"), (2, "02"), (9, "09"), (10, "10"), (4300, "4.300"), (None, "–")])
def test_two_digits(number, expected):
    assert two_digits(number) == expected


@given(st.integers(-(10**12), 10**12))
def test_thousands_loses_no_digit(number):
    assert int(thousands(number).replace(".", "")) == number


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimal_can_be_read_back(value):
    assert Decimal(decimal(value).replace(".", "").replace(",", ".")) == value
