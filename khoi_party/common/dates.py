"""Dates as officials write them. Screens: 03/04/2026. Papers: a leading zero for days 1-9 and for months 1 and 2 only."""

import datetime

from django.utils import timezone


def today():
    """The date in Vietnam now."""
    return timezone.localdate()


def date_text(day):
    """`day` for the screen: "03/04/2026"; "" for None. A moment is shown by its date in Vietnam."""
    if day is None:
        return ""
    day = _local(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def paper_date(day):
    """`day` for the head of a paper: "ngày 03 tháng 4 năm 2026"."""
    day = _local(day)
    return f"ngày {day.day:02d} tháng {_paper_month(day)} năm {day.year:04d}"


def paper_short_date(day):
    """`day` in running text and tables of a paper: "03/4/2026"."""
    day = _local(day)
    return f"{day.day:02d}/{_paper_month(day)}/{day.year:04d}"


def due_text(deadline, on):
    """How far `deadline` is from the date `on`: "còn 5 ngày", "hôm nay" or "quá hạn 3 ngày"."""
    days = (deadline - on).days
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def _paper_month(day):
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def _local(day):
    if isinstance(day, datetime.datetime) and timezone.is_aware(day):
        return timezone.localtime(day)
    return day
