"""The month that passed without a meeting, among what waits for a secretary."""

from datetime import date

import pytest

from khoi_party.desk.tasks import tasks_of
from members.tests.test_meetings import base, held  # noqa: F401  a base with two cells and their people


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")


def test_the_secretary_is_told_of_a_month_without_a_meeting(base):  # noqa: F811
    def told():
        return [task.title for task in tasks_of(base.secretary) if "Ghi sinh hoạt" in task.title]

    assert told() == ["Ghi sinh hoạt chi bộ tháng 10/2026"]
    held(base, held_on=date(2026, 10, 31), posted_on=None, kind="thematic")
    assert told() == ["Ghi sinh hoạt chi bộ tháng 10/2026"]  # a thematic one is not the month's
    held(base, held_on=date(2026, 10, 1), posted_on=None)
    assert told() == []
