import datetime
from datetime import date

import pytest

from khoi_party.common.dates import date_text, due_text, paper_date, paper_short_date, today


def test_date_text_is_day_month_year():
    assert date_text(date(2026, 4, 3)) == "03/04/2026"
    assert date_text(None) == ""


def test_date_text_of_a_moment_is_the_date_in_vietnam():
    assert date_text(datetime.datetime(2019, 12, 31, 18, 0, tzinfo=datetime.UTC)) == "01/01/2020"


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 4, 3), "ngày 03 tháng 4 năm 2026", "03/4/2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026", "31/01/2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026", "09/02/2026"),
        (date(2026, 10, 10), "ngày 10 tháng 10 năm 2026", "10/10/2026"),
    ],
)
def test_paper_dates(day, long, short):
    assert paper_date(day) == long
    assert paper_short_date(day) == short


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [(date(2026, 11, 28), "còn 5 ngày"), (date(2026, 11, 23), "hôm nay"), (date(2026, 11, 20), "quá hạn 3 ngày")],
)
def test_due_text(deadline, expected):
    assert due_text(deadline, date(2026, 11, 23)) == expected


def test_today_is_the_date_in_vietnam():
    assert today() == datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()
