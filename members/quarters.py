"""Quarters of a year as the register is checked: the last day, the first day, how it is written. Pure."""

from datetime import date, timedelta

LAST_DAYS = ((3, 31), (6, 30), (9, 30), (12, 31))


def last_ended(day):
    """The last day of the latest quarter that has ended by the evening of `day`."""
    ends = [date(year, month, last) for year in (day.year - 1, day.year) for month, last in LAST_DAYS]
    return max(end for end in ends if end <= day)


def first_day(end):
    """The first day of the quarter that ends on `end`."""
    return date(end.year, end.month - 2, 1)


def before(end):
    """The last day of the quarter before."""
    return first_day(end) - timedelta(1)


def is_quarter_end(day):
    return (day.month, day.day) in LAST_DAYS


def quarter_text(end):
    return f"quý {('I', 'II', 'III', 'IV')[end.month // 3 - 1]} năm {end.year}"
