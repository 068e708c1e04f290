"""How far a target of admissions is reached, and what pace it still needs. Pure."""

from decimal import Decimal

from khoi_party.common.numbers import decimal, thousands


def months_left(today, last_month):
    """How many months are left up to the month of `last_month`, the present one counted; 0 when it has passed."""
    return max((last_month.year - today.year) * 12 + last_month.month - today.month + 1, 0)


def pace_text(goal, result, months):
    """“Còn 37 hồ sơ, bình quân 7,4 một tháng.” for what `goal` still lacks with `months` to go."""
    left = goal - result
    if left <= 0:
        return f"Đã đạt, vượt {thousands(-left)}." if left else "Đã đạt."
    if not months:
        return f"Hết thời gian, còn thiếu {thousands(left)} hồ sơ."
    return f"Còn {thousands(left)} hồ sơ, bình quân {decimal(Decimal(left) / months, 1)} một tháng."
