"""Working days (ngày làm việc): Monday to Friday, less the public holidays of Vietnam, plus the days that make up for one.

The base is the library `holidays`. What it does not know (a swap that was announced later, a local closure) staff keep as CalendarDay rows
of the root; those win over the library, as the library wins over the weekend.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from holidays.countries.vietnam import VietnamStaticHolidays

from cells.enums import DayKind
from cells.models import CalendarDay
from khoi_party.common.tree import STEP

MAKE_UP_KNOWN_TO = max(VietnamStaticHolidays.special_public_holidays)  # the last year whose swapped days the library knows
WEEKEND = {5: "Thứ bảy", 6: "Chủ nhật"}
LIBRARY_LACKS = {date(2026, 1, 2): date(2026, 1, 10)}  # day off: day worked for it; announced by the Ministry of Home Affairs on 25/12/2025
ONE_DAY = timedelta(days=1)


def is_working_day(day, off, make_up):
    """Whether `day` is worked: `off` and `make_up` are sets of dates, of which `make_up` wins."""
    return day in make_up or (day.weekday() not in WEEKEND and day not in off)


def nth_working_day(day, n, is_working):
    """The n-th working day after `day`, which is not counted itself; `day` for n = 0. ValueError for a negative n.

    "Within 30 working days of the resolution" ends with nth_working_day(resolution, 30, …), that day included.
    """
    if n < 0:
        raise ValueError(f"Working days are counted forwards, not {n}.")
    while n:
        day += ONE_DAY
        n -= is_working(day)
    return day


def working_days_between(start, end, is_working):
    """How many working days come after `start`, up to and including `end`; negative where `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, is_working)
    return sum(is_working(start + ONE_DAY * number) for number in range(1, (end - start).days + 1))


@lru_cache(maxsize=256)
def national_year(year):
    """What the library knows of `year`: ({day off: name}, {make-up day: reason})."""
    known = holidays.country_holidays("VN", years=(year - 1, year, year + 1), language="vi")
    off = {day: name for day, name in known.items() if day.year == year}
    given = {day: next((of for of, name in known.items() if f"{day:%d/%m/%Y}" in name), None) for day in known.weekend_workdays}
    for of, day in LIBRARY_LACKS.items():
        given.setdefault(day, of)
        if of.year == year:
            off.setdefault(of, f"Ngày nghỉ (thay cho ngày {day:%d/%m/%Y})")
    make_up = {day: f"Làm bù cho ngày {of:%d/%m/%Y}" if of else "Làm bù" for day, of in given.items() if day.year == year}
    return off, make_up


class WorkingDays:
    """The calendar of one Party committee: the library's days with `overlay` (CalendarDay rows) over them; asks the database nothing."""

    def __init__(self, overlay=()):
        self.overlay = {row.day: row for row in overlay}

    def is_working(self, day):
        """Whether `day` is a working day."""
        row = self.overlay.get(day)
        return self.is_working_by_library(day) if row is None else row.kind == DayKind.MAKE_UP

    @staticmethod
    def is_working_by_library(day):
        """Whether `day` would be a working day without what staff have set."""
        return is_working_day(day, *national_year(day.year))

    def add(self, day, n):
        """The n-th working day after `day`; `day` itself is day 0 and not counted, whether worked or not."""
        return nth_working_day(day, n, self.is_working)

    def between(self, start, end):
        """Working days after `start` up to and including `end`: between(d, add(d, n)) == n."""
        return working_days_between(start, end, self.is_working)

    def why(self, day):
        """Why `day` is off, or worked although it is a weekend or a holiday, in Vietnamese; "" for an ordinary working day."""
        if row := self.overlay.get(day):
            return row.reason
        off, make_up = national_year(day.year)
        return make_up.get(day) or off.get(day) or WEEKEND.get(day.weekday(), "")

    def special_days(self, year):
        """The year's days off and make-up days as (day, DayKind, reason, CalendarDay or None for the library's), in order.

        A row that staff set stands instead of the library's for that day.
        """
        off, make_up = national_year(year)
        days = {day: (day, DayKind.OFF, name, None) for day, name in off.items()}
        days |= {day: (day, DayKind.MAKE_UP, reason, None) for day, reason in make_up.items()}
        days |= {day: (day, DayKind(row.kind), row.reason, row) for day, row in self.overlay.items() if day.year == year}
        return [days[day] for day in sorted(days)]

    def swaps_known(self, year):
        """Whether the swapped days of `year` can be relied on: the library knows them, or staff have set a make-up day in it."""
        return year <= MAKE_UP_KNOWN_TO or any(day.year == year and row.kind == DayKind.MAKE_UP for day, row in self.overlay.items())


def working_days_of(organisation):
    """The WorkingDays that hold for `organisation`: those of its root. One query; keep the object for a whole list."""
    return WorkingDays(CalendarDay.objects.filter(organisation__path=organisation.path[:STEP]).select_related("document"))
