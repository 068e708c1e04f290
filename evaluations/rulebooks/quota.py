"""How many may have the best level. Integers only: 7,4 people are seven, and nobody argues with a float."""

from decimal import Decimal

from khoi_party.common.numbers import decimal

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


ROUNDED = {"floor": "bỏ phần lẻ", "nearest": "làm tròn", "ceiling": "lấy tròn lên"}


def reckoning(rate, good_or_better, base, rounding="floor", noun="người"):
    """How `ceiling` is found, as one Vietnamese sentence with the numbers put in, so that anybody can count it again."""
    if not good_or_better:
        return "Chưa ai được xếp từ hoàn thành tốt nhiệm vụ trở lên nên chưa có số để tính trần."
    most = ceiling(rate, good_or_better, base, rounding)
    if base != GOOD:
        share = decimal(Decimal(rate * good_or_better) / 100)
        of_all = f"{rate}% của {good_or_better} là {share}, {ROUNDED[rounding]}"
        return f"{good_or_better} {noun} từ hoàn thành tốt trở lên: {of_all}, nên được tối đa {most}."
    if rounding == "floor":
        rest = good_or_better - most
        share = decimal(Decimal(rate * rest) / 100)
        return f"{most} {noun} xếp xuất sắc, còn {rest} hoàn thành tốt: {rate}% của {rest} là {share}, nên được tối đa {most}."
    exact = decimal(Decimal(rate * good_or_better) / (100 + rate))
    return (
        f"Chia {good_or_better} {noun} từ hoàn thành tốt trở lên sao cho số xuất sắc bằng {rate}% số hoàn thành tốt còn lại: {exact}, "
        f"{ROUNDED[rounding]}, nên được tối đa {most}."
    )
