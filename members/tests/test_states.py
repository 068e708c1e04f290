"""What may happen in which state against a literal table; the time limits of movements on both sides."""

from datetime import date, timedelta

import pytest

from members.enums import EventKind, ExitReason, MemberState
from members.models import Member
from members.movement_rules import (
    duties_neglected,
    months_between,
    official_late,
    paper_late,
    pause_long,
    readmission_refused,
    start_late,
    stay_odd,
    suspension_long,
)
from members.states import TRANSITIONS, against

NOT_ON_THE_ROLL = ("admitted", "transferred_in", "loaded")
# Each state before: the events that may be recorded, and the state after where it changes.
ALLOWED = {
    "probationary": {
        "recognised": "official",
        "moved": "probationary",
        "transferred_out": "transferred_out",
        "exempted": "probationary",
        "paused": "probationary",
        "resumed": "probationary",
        "suspended": "probationary",
        "reinstated": "probationary",
        "sent_away": "probationary",
        "came_back": "probationary",
        "left": "left",
        "struck_off": "struck_off",
        "died": "died",
    },
    "official": {
        "moved": "official",
        "transferred_out": "transferred_out",
        "exempted": "official",
        "paused": "official",
        "resumed": "official",
        "suspended": "official",
        "reinstated": "official",
        "sent_away": "official",
        "came_back": "official",
        "left": "left",
        "struck_off": "struck_off",
        "expelled": "expelled",
        "died": "died",
    },
    "transferred_out": {"returned": "official"},
    "left": {"readmitted": "probationary"},
    "struck_off": {"restored": "official", "readmitted": "probationary"},
    "expelled": {"restored": "official", "readmitted": "probationary"},
    "died": {},
    "void": {},
}


@pytest.mark.parametrize("state", MemberState.values)
@pytest.mark.parametrize("kind", [kind for kind in EventKind.values if kind not in NOT_ON_THE_ROLL])
def test_every_state_and_event(state, kind):
    after = TRANSITIONS[kind].get(state)

    assert after == ALLOWED[state].get(kind)
    assert bool(against(kind, Member(full_name="Lê Thị Hoa", state=state))) == (after is None)


def test_every_event_has_a_place_in_the_table():
    assert set(TRANSITIONS) == set(EventKind)


def test_a_probationary_member_is_struck_off_not_expelled():
    assert "Điều lệ Đảng, Điều 35" in against(EventKind.EXPELLED, Member(full_name="Lê Thị Hoa", state="probationary"))


@pytest.mark.parametrize(("official_on", "is_late"), [(date(2025, 5, 4), False), (date(2025, 5, 5), True), (date(2025, 8, 4), True)])
def test_m5_official_from_the_end_of_twelve_months(official_on, is_late):
    assert bool(official_late(date(2024, 5, 4), official_on)) == is_late


class Calendar:
    def __init__(self, days):
        self.days = days

    def between(self, start, end):
        return self.days


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_m8_the_paper_is_shown_within_thirty_working_days(days, is_late):
    assert bool(paper_late(Calendar(days), date(2026, 1, 5), date(2026, 2, 20))) == is_late


def test_m8_a_paper_without_a_day_is_not_judged():
    assert paper_late(Calendar(99), None, date(2026, 2, 20)) is None


@pytest.mark.parametrize(
    ("until", "studies", "is_odd"),
    [
        (date(2026, 3, 31), False, True),
        (date(2026, 4, 1), False, False),
        (date(2026, 12, 31), False, False),
        (date(2027, 1, 1), False, True),
        (date(2027, 1, 1), True, False),
        (date(2028, 1, 1), True, False),
        (date(2028, 2, 1), True, True),
        (None, False, True),
    ],
)
def test_m9_temporary_stays(until, studies, is_odd):
    assert bool(stay_odd(date(2026, 1, 1), until, studies=studies)) == is_odd


@pytest.mark.parametrize(("until", "is_long"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True), (None, True)])
def test_m10_pauses(until, is_long):
    assert bool(pause_long(date(2026, 1, 1), until)) == is_long


@pytest.mark.parametrize(("days", "says"), [(90, None), (91, "gia hạn"), (180, "gia hạn"), (181, "cơ quan pháp luật")])
def test_m12_suspensions(days, says):
    sentence = suspension_long(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days))
    assert sentence is None if says is None else says in sentence


@pytest.mark.parametrize(
    ("missed", "unpaid", "says"),
    [
        (2, 2, None),
        (3, 0, "3 tháng không sinh hoạt trong năm không có lý do"),
        (0, 3, "3 tháng không đóng đảng phí trong năm"),
        (4, 5, "4 tháng không sinh hoạt và 5 tháng không đóng đảng phí"),
    ],
)
def test_m11_three_months_of_one_kind(missed, unpaid, says):
    sentence = duties_neglected(missed, unpaid)
    assert sentence is None if says is None else sentence.startswith(says)


@pytest.mark.parametrize(("days", "says"), [(91, None), (180, None), (181, "cơ quan pháp luật")])
def test_m12_suspensions_that_were_extended(days, says):
    sentence = suspension_long(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days), extended=True)
    assert sentence is None if says is None else says in sentence


@pytest.mark.parametrize(
    ("on_day", "times", "cleared_on", "is_refused"),
    [
        (date(2025, 6, 30), 0, None, True),
        (date(2025, 7, 1), 0, None, False),
        (date(2028, 1, 9), 0, date(2023, 1, 10), True),
        (date(2028, 1, 10), 0, date(2023, 1, 10), False),
        (date(2030, 7, 1), 1, None, True),
    ],
)
def test_m13_readmission(on_day, times, cleared_on, is_refused):
    assert bool(readmission_refused(date(2022, 7, 1), on_day, times, cleared_on=cleared_on)) == is_refused


@pytest.mark.parametrize(
    ("reason", "is_refused"),
    [
        ("other", False),
        ("hardship", False),
        ("left_by_wish", True),
        ("abandoned", True),
        ("disunity", True),
        ("corruption", True),
        ("serious_crime", True),
    ],
)
def test_m13_reasons_that_bar_a_readmission(reason, is_refused):
    assert bool(readmission_refused(date(2010, 1, 1), date(2026, 1, 1), 0, reason=ExitReason(reason))) == is_refused


@pytest.mark.parametrize(("started", "is_late"), [(date(2026, 3, 30), False), (date(2026, 3, 31), True)])
def test_m8_the_transfer_begins_within_sixty_working_days(started, is_late):
    """No holidays here: sixty working days after Monday 05/01/2026 end on Monday 30/03/2026."""

    class Weekdays:
        @staticmethod
        def between(start, end):
            return sum((start + timedelta(n)).weekday() < 5 for n in range(1, (end - start).days + 1))

    assert bool(start_late(Weekdays, date(2026, 1, 5), started)) == is_late
    assert start_late(Weekdays, None, started) is None


@pytest.mark.parametrize(
    ("end", "months"), [(date(2025, 2, 27), 11), (date(2025, 2, 28), 12), (date(2025, 3, 1), 12), (date(2025, 3, 28), 12), (date(2025, 3, 29), 13)]
)
def test_twelve_months_from_the_29th_of_february_end_on_the_28th(end, months):
    assert months_between(date(2024, 2, 29), end) == months
