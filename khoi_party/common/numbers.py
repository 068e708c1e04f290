"""Numbers as Vietnamese papers print them: comma for decimals, dot for thousands, no space before %."""

from decimal import ROUND_HALF_UP, Decimal

NOTHING = "–"


def decimal(value, places=2):
    """`value` with at most `places` decimals, half rounded up, zeros at the end dropped: "95,45", "80", "4.300,5"."""
    if value is None:
        return NOTHING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    fraction = fraction.rstrip("0")
    sign = "-" if whole.startswith("-") and rounded else ""
    return f"{sign}{_grouped(whole.lstrip('-'))}{',' if fraction else ''}{fraction}"


def thousands(number):
    """A whole number with dots: "4.300"; "–" for None."""
    if number is None:
        return NOTHING
    return f"{'-' if number < 0 else ''}{_grouped(str(abs(int(number))))}"


def percent(part, base, places=2):
    """`part` of `base` in percent: "95,45%"; "–" where there is nothing to divide by."""
    if part is None or not base:
        return NOTHING
    return f"{decimal(Decimal(str(part)) * 100 / Decimal(str(base)), places)}%"


def two_digits(number):
    """A count as papers write it: "02" below ten, "4.300" above."""
    return f"{number:02d}" if number in range(10) else thousands(number)


def _grouped(digits):
    return f"{int(digits):,}".replace(",", ".")
