"""Huy hiệu Đảng: which years are honoured, when a member has them, and how early a badge may be given. Pure: no database, no clock.

Hướng dẫn 01-HD/TW (2021), point 18, was read word for word; whether a guidance of 2025 changed the point is not known.
"""

import calendar
from datetime import date, timedelta

from khoi_party.rules import Citation

MILESTONES = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)  # a list, because there is no 35
CEREMONIES = ((2, 3), (5, 19), (9, 2), (11, 7))  # (month, day) of the four yearly rounds
HD01 = Citation("Hướng dẫn số 01-HD/TW", date(2021, 9, 28), "mục 18")
QD24 = Citation("Quy định số 24-QĐ/TW", date(2021, 7, 30), "điểm 4.5.1")
LONG_SERVICE = 70  # from this badge on, illness allows two years instead of one
EARLY_MONTHS, EARLY_MONTHS_LONG_SERVICE, POSTHUMOUS_MONTHS = 12, 24, 12


def months_away(day, months):
    """The same day `months` later (earlier where negative); the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reached_on(counts_from, years, breaks=()):
    """The day that a member has `years` of Party age, counted from the day of the decision on admission.

    `breaks` are (from, to) of the time outside the Party, `to` not included; one that begins before the day puts it off by its length.
    """
    day = months_away(counts_from, years * 12)
    for start, end in _within(counts_from, breaks):
        if start < day:
            day += end - start
    return day


def _within(counts_from, breaks):
    """The breaks as far as they lie after the day the count begins: who was readmitted counts anew, what was before takes nothing off.

    What two of them share is taken off once.
    """
    apart = []
    for start, end in sorted((max(start, counts_from), end) for start, end in breaks if end > counts_from):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return apart


def party_age(counts_from, on, breaks=()):
    """Party age on the day `on` as (years, months), without the time outside the Party; (0, 0) before it begins."""
    outside = sum(((min(end, on) - start) for start, end in _within(counts_from, breaks) if start < on), timedelta())
    start = counts_from + outside
    months = (on.year - start.year) * 12 + on.month - start.month
    return divmod(max(months - (months_away(start, months) > on), 0), 12)


def ceremony_for(day):
    """The round in which what is reached on `day` is honoured: the first one on or after it."""
    return next(one for year in (day.year, day.year + 1) for one in ceremonies_of(year) if one >= day)


def ceremonies_of(year):
    return [date(year, month, day) for month, day in CEREMONIES]


def ceremonies_around(day, before, after):
    """`before` rounds before `day` and `after` rounds on or after it, in order."""
    near = [one for year in range(day.year - 2, day.year + 3) for one in ceremonies_of(year)]
    place = sum(one < day for one in near)
    return near[max(place - before, 0) : place + after]


def earliest_early(reached, years):
    """The first day that a gravely ill member may be given the badge which is `reached` that day."""
    return months_away(reached, -(EARLY_MONTHS_LONG_SERVICE if years >= LONG_SERVICE else EARLY_MONTHS))


def earliest_death(reached):
    """The first day of death for which the badge which would be `reached` that day may be given to the family."""
    return months_away(reached, -POSTHUMOUS_MONTHS)
