"""How many may have the best level. Integers only: 7,4 people are seven, and nobody argues with a float."""

from .book import GOOD


def ceiling(rate, good_or_better, base, rounding="floor"):
    """The largest number at level 1 among `good_or_better` people at level 1 or 2, for `rate` per cent.

    Base "good" (literal text: of those rated HTTNV) is a fixed point, since every promotion shrinks the base:
    n1 <= rate * (M - n1) / 100. Base "good_or_better" is rate * M / 100. `rounding` is floor, nearest or ceiling.
    """
    numerator = rate * good_or_better
    denominator = 100 + rate if base == GOOD else 100
    if rounding == "ceiling":
        return -(-numerator // denominator)
    if rounding == "nearest":
        return (2 * numerator + denominator) // (2 * denominator)
    return numerator // denominator


def is_over(excellent, good, rate, base, rounding="floor"):
    """Whether `excellent` people at level 1 beside `good` at level 2 are more than the cap allows."""
    return excellent > ceiling(rate, excellent + good, base, rounding)
