"""Working days, by hand around the holidays and by hypothesis for every set of days."""

from datetime import date, timedelta
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cells.enums import DayKind, Role
from cells.models import CalendarDay
from cells.services import calendar
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from cells.working_days import WorkingDays, is_working_day, nth_working_day, working_days_between, working_days_of
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SETS = st.frozensets(st.dates(date(2024, 12, 1), date(2025, 3, 1)), max_size=40)


@given(day=st.dates(date(2024, 11, 1), date(2025, 3, 1)), n=st.integers(0, 70), off=SETS, make_up=SETS)
def test_adding_and_counting_undo_each_other(day, n, off, make_up):
    works = partial(is_working_day, off=off, make_up=make_up)
    end = nth_working_day(day, n, works)
    assert working_days_between(day, end, works) == n
    assert n == 0 or works(end)
    assert n == 0 or working_days_between(day, end - timedelta(days=1), works) == n - 1
    assert working_days_between(end, day, works) == -n


@given(start=DAYS, middle=DAYS, end=DAYS)
def test_counts_add_up(start, middle, end):
    days = WorkingDays()
    assert days.between(start, middle) + days.between(middle, end) == days.between(start, end)


def test_only_forwards():
    with pytest.raises(ValueError, match="forwards"):
        WorkingDays().add(date(2025, 1, 2), -1)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2025, 1, 24), 0, date(2025, 1, 24)),
        (date(2025, 1, 24), 1, date(2025, 2, 3)),  # Tết 2025: Saturday 25/1 to Sunday 2/2
        (date(2025, 1, 23), 2, date(2025, 2, 3)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Tết 2026: Saturday 14/2 to Sunday 22/2
        (date(2025, 4, 29), 1, date(2025, 5, 5)),  # 30/4, 1/5, and 2/5 for Saturday 26/4
        (date(2025, 4, 25), 1, date(2025, 4, 26)),  # the Saturday that was worked
        (date(2025, 4, 25), 2, date(2025, 4, 28)),
        (date(2024, 4, 26), 1, date(2024, 5, 2)),  # 29/4 for Saturday 4/5
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2025, 8, 29), 1, date(2025, 9, 3)),  # 1/9 and 2/9
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # 2/1/2026 for Saturday 10/1
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the make-up Saturday of 2026
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2025, 3, 3), 30, date(2025, 4, 15)),  # six weeks and Giỗ Tổ on Monday 7/4
        (date(2025, 3, 8), 1, date(2025, 3, 10)),  # day 0 may be a Saturday
    ],
)
def test_the_limits_around_holidays(start, n, end):
    assert WorkingDays().add(start, n) == end
    assert WorkingDays().between(start, end) == n


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 3, 10), ""),
        (date(2025, 3, 8), "Thứ bảy"),
        (date(2025, 3, 9), "Chủ nhật"),
        (date(2025, 1, 29), "Tết Nguyên Đán"),
        (date(2025, 5, 2), "Ngày nghỉ (thay cho ngày 26/04/2025)"),
        (date(2025, 4, 26), "Làm bù cho ngày 02/05/2025"),
        (date(2019, 1, 5), "Làm bù cho ngày 31/12/2018"),  # a swap across two years
    ],
)
def test_why(day, reason):
    assert WorkingDays().why(day) == reason


@pytest.fixture
def root(db):
    return OrganisationFactory(name="Đảng bộ Khối")


@pytest.fixture
def staff(root):
    return RoleAssignmentFactory(organisation=root, role=Role.STAFF).user


def test_what_staff_set_wins_for_the_whole_tree_and_asks_once(root, staff, django_assert_num_queries):
    calendar.set_calendar_day(root, day=date(2027, 9, 1), kind=DayKind.OFF, reason="Nghỉ hoán đổi", by=staff)
    calendar.set_calendar_day(root, day=date(2027, 8, 28), kind=DayKind.MAKE_UP, reason="Làm bù cho ngày 01/9", by=staff)
    with django_assert_num_queries(1):
        days = working_days_of(OrganisationFactory.build(parent=None, path=root.path + "0001"))
        assert days.add(date(2027, 8, 27), 1) == date(2027, 8, 28)
        assert days.add(date(2027, 8, 31), 1) == date(2027, 9, 6)  # 1/9 set; 2/9 and 3/9 by the library
        assert days.why(date(2027, 9, 1)) == "Nghỉ hoán đổi"
    assert days.swaps_known(2027)
    assert not days.swaps_known(2028)
    assert WorkingDays().swaps_known(2026)
    assert working_days_of(OrganisationFactory()).is_working(date(2027, 9, 1))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": date(2027, 1, 2), "kind": DayKind.OFF}, "vốn đã là ngày nghỉ"),
        ({"day": date(2027, 1, 4), "kind": DayKind.MAKE_UP}, "vốn đã là ngày làm việc"),
        ({"day": date(2100, 1, 4), "kind": DayKind.OFF}, "đến năm 2099"),
    ],
)
def test_a_day_that_is_so_by_itself_is_refused(root, staff, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        calendar.set_calendar_day(root, reason="Thử", by=staff, **values)


def test_a_day_is_set_once_and_its_removal_stays_in_the_trail(root, staff):
    row = calendar.set_calendar_day(root, day=date(2027, 1, 4), kind=DayKind.OFF, reason="Nghỉ bù", by=staff)
    with pytest.raises(DomainError, match="đã được đặt"):
        calendar.set_calendar_day(root, day=date(2027, 1, 4), kind=DayKind.OFF, reason="Nghỉ bù", by=staff)
    calendar.remove_calendar_day(row, by=staff)
    assert not CalendarDay.objects.exists()
    assert list(AuditEntry.objects.order_by("number").values_list("action", flat=True)) == ["calendar.set", "calendar.removed"]


def test_the_page_names_sources_and_says_which_years_are_not_known(client, root, staff):
    client.force_login(staff)
    address = reverse("cells:calendar_year", args=[root.pk])
    known = client.get(address, {"year": 2026}).content.decode()
    assert "22/08/2026" in known
    assert "theo thư viện" in known
    assert known.count("theo thông báo của Bộ Nội vụ") == 2  # 02/01 and 10/01
    assert "chưa có trong thư viện" not in known
    assert "của năm 2028 chưa có trong thư viện (mới biết đến năm 2026)" in client.get(address, {"year": "2028"}).content.decode()
    assert client.get(address, {"year": "x"}).status_code == 200

    typed = {"day": "04/01/2028", "kind": "off", "reason": "Nghỉ theo thông báo của tỉnh"}
    refused = client.post(reverse("cells:calendar_new", args=[root.pk]), typed | {"day": "01/01/2028"})
    assert "vốn đã là ngày nghỉ" in refused.content.decode()
    soup = BeautifulSoup(refused.content, "html.parser")
    assert soup.find(attrs={"name": "reason"})["value"] == "Nghỉ theo thông báo của tỉnh"
    assert client.post(reverse("cells:calendar_new", args=[root.pk]), typed).url == f"{address}?year=2028"
    page = client.get(address, {"year": 2028}).content.decode()
    assert "do đảng ủy đặt" in page
    assert "của năm 2028 chưa có" in page  # a day off says nothing of the make-up days
    client.post(reverse("cells:calendar_remove", args=[CalendarDay.objects.get().pk]))
    assert not CalendarDay.objects.exists()
