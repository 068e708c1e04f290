"""Ballots among the tasks of the home page: each of the two people is told what he has still to do himself."""

import pytest

from cells.enums import Role
from evaluations.services.ballots import confirm_ballot, open_ballot, save_count
from evaluations.tests.conftest import person, place, year  # noqa: F401
from evaluations.tests.test_ballots import ALL_SIX, DAY, NINE, lines_of, minutes, opened
from khoi_party.desk.tasks import tasks_of


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")


def said(user):
    return [task.title for task in tasks_of(user) if "kiểm phiếu" in task.title]


def test_a_secretary_is_told_to_key_then_to_confirm(year):  # noqa: F811
    ballot = opened(year)
    assert said(year.secretary) == ["Nhập kết quả kiểm phiếu lần 1"]
    assert said(year.base_staff) == said(year.base_leader) == said(year.other_secretary) == []

    save_count(ballot, ALL_SIX, lines_of(ballot, (0, 6, 0, 0, 0)), by=year.secretary)
    assert said(year.secretary) == ["Xác nhận kết quả kiểm phiếu lần 1"]
    confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
    assert said(year.secretary) == []


def test_a_meeting_that_is_still_to_come_asks_for_nothing(year):  # noqa: F811
    opened(year, held_on=DAY.replace(year=2027))
    assert said(year.secretary) == []


def test_the_two_at_the_superior_committee_are_told_apart(year):  # noqa: F811
    clerk = person("clerk", Role.STAFF, year.root)
    sheet = year.cycle.sheets.get(organisation=year.lone)
    year.cycle.sheets.filter(pk=sheet.pk).update(state="accepted", submitted_at="2026-11-10T00:00Z", accepted_at="2026-11-12T00:00Z")
    about = {"subject": "organisation", "reviews": [sheet.reviews.get(subject="organisation").pk], "meeting": "standing", "held_on": DAY}
    ballot = open_ballot(year.root, year.cycle, eligible=9, by=year.staff, **about)

    save_count(ballot, NINE, lines_of(ballot, (1, 8, 0, 0, 0)), by=year.staff)
    assert (said(year.staff), said(clerk)) == ([], ["Nhập kết quả kiểm phiếu lần 1"])
    save_count(ballot, NINE, lines_of(ballot, (2, 7, 0, 0, 0)), by=clerk)
    assert said(year.staff) == said(clerk) == ["Đối chiếu kết quả kiểm phiếu hai người nhập lần 1"]
    save_count(ballot, NINE, lines_of(ballot, (1, 8, 0, 0, 0)), version=1, by=clerk)
    assert said(year.staff) == said(clerk) == ["Xác nhận kết quả kiểm phiếu lần 1"]
