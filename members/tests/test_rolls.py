"""Random years of movements: one cell at a time, the stored spans are what the events say, the balance explains every difference."""

import contextlib
import re
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Document
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.common.errors import DomainError
from members.balance import balances
from members.enums import EventKind, ExitReason, MembershipKind, MemberState
from members.models import Discipline, Member, Membership, MembershipEvent, PartyBreak
from members.reminders import endings_due
from members.services import movements
from members.services.movements import differs_from_events
from members.tests.factories import MemberFactory

START = date(2015, 1, 1)


def committee():
    root = OrganisationFactory()
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE)
    other = OrganisationFactory(parent=root, kind=Kind.BASE_CELL)
    first, second = (OrganisationFactory(parent=base, kind=Kind.CELL) for _ in range(2))
    return SimpleNamespace(root=root, base=base, other=other, first=first, second=second, staff=RoleAssignmentFactory(organisation=root).user)


def paper(organisation, day=date(2024, 1, 5)):
    return Document(organisation=organisation, kind="decision", number="5-QĐ/ĐU", issued_on=day, issuer="Đảng ủy")


class Years(RuleBasedStateMachine):
    """Whatever is recorded, in whatever order, for three people over some years."""

    @initialize()
    def begin(self):
        self.place = committee()
        self.cells = [self.place.first, self.place.second, self.place.other]
        self.day = START
        self.people = [self._admit(self.cells[0]), self._admit(self.cells[1]), self._come(self.cells[2])]

    def _admit(self, cell):
        return movements.admit_member(cell=cell, admitted_on=self.day, by=self.place.staff, full_name="Trần Văn An", gender="male")

    def _come(self, cell):
        """A probationary member from elsewhere: no event says so, and a recognition that is taken back must not be taken for it."""
        paper = {"outside": "Nơi khác", "admitted_on": self.day, "official_on": None, "full_name": "Lê Văn Ba", "gender": "male"}
        return movements.transfer_in(cell=cell, on_day=self.day, by=self.place.staff, **paper)

    def _try(self, act):
        with contextlib.suppress(DomainError):  # what cannot be is refused; what was done must agree with the events
            act()

    @rule(days=st.integers(0, 500))
    def time_passes(self, days):
        self.day = min(self.day + timedelta(days), date(2026, 6, 30))

    @rule(
        who=st.integers(0, 2),
        what=st.sampled_from([kind for kind in EventKind if kind not in (EventKind.ADMITTED, EventKind.TRANSFERRED_IN, EventKind.LOADED)]),
        cell=st.integers(0, 2),
    )
    def something_happens(self, who, what, cell):
        member, cell = Member.objects.get(pk=self.people[who].pk), self.cells[cell]
        common = {"on_day": self.day, "by": self.place.staff}
        proof = common | {"document": paper(self.place.root)}
        acts = {
            EventKind.RECOGNISED: lambda: movements.recognise_member(member, **common),
            EventKind.MOVED: lambda: movements.move_member(member, to_cell=cell, **common),
            EventKind.TRANSFERRED_OUT: lambda: movements.transfer_out(member, outside="Nơi khác", **common),
            EventKind.EXEMPTED: lambda: movements.exempt_member(member, **common),
            EventKind.PAUSED: lambda: movements.pause_member(member, until=self.day + timedelta(60), **common),
            EventKind.RESUMED: lambda: movements.resume_member(member, **common),
            EventKind.SUSPENDED: lambda: movements.suspend_member(member, until=self.day + timedelta(60), **proof),
            EventKind.REINSTATED: lambda: movements.reinstate_member(member, **common),
            EventKind.SENT_AWAY: lambda: movements.send_temporarily(member, to_cell=cell, **common),
            EventKind.CAME_BACK: lambda: movements.return_from_stay(member, **common),
            EventKind.LEFT: lambda: movements.leave_party(member, note="Xin ra", **common),
            EventKind.STRUCK_OFF: lambda: movements.strike_off(member, note="Bỏ sinh hoạt", **proof),
            EventKind.EXPELLED: lambda: movements.expel(member, **proof),
            EventKind.DIED: lambda: movements.record_death(member, **common),
            EventKind.RESTORED: lambda: movements.restore_member(member, cell=cell, **proof),
            EventKind.RETURNED: lambda: movements.return_member(member, cell=cell, **common),
            EventKind.READMITTED: lambda: movements.readmit_member(
                member, cell=cell, consent=paper(self.place.root), reason=ExitReason.HARDSHIP, **proof
            ),
        }
        self._try(acts[what])

    @rule(who=st.integers(0, 2))
    def the_latest_is_taken_back(self, who):
        latest = self.people[who].events.standing().order_by("effective_on", "sequence", "pk").last()
        if latest is not None and latest.kind not in (EventKind.ADMITTED, EventKind.TRANSFERRED_IN):
            movements.take_back(latest, reason="Ghi nhầm", by=self.place.staff)
            member = Member.objects.get(pk=latest.member_id)
            if latest.kind == EventKind.RECOGNISED:
                assert (member.state, member.official_on) == (MemberState.PROBATIONARY, None)

    @invariant()
    def the_stored_is_what_the_events_say(self):
        for member in Member.objects.all() if hasattr(self, "people") else ():
            assert not differs_from_events(member)

    @invariant()
    def one_cell_at_a_time_and_none_after_an_exit(self):
        for member in Member.objects.all() if hasattr(self, "people") else ():
            open_spans = member.memberships.official().open().count()
            assert open_spans == (1 if member.is_active else 0)
            spans = member.memberships.official().values_list("valid_from", "valid_to")
            official = sorted((start, end or date.max) for start, end in spans)
            assert all(end <= start for (_, end), (start, _) in pairwise(official))
            days = list(member.events.standing().order_by("effective_on", "sequence", "pk").values_list("effective_on", flat=True))
            assert days == sorted(days)

    @invariant()
    def the_rosters_see_what_the_members_row_says(self):
        if not hasattr(self, "people"):
            return
        exempt = set(MembershipEvent.objects.exempt_on(date(2026, 6, 30)).values_list("member", flat=True))
        suspended = set(MembershipEvent.objects.suspended_on(date(2026, 6, 30)).values_list("member", flat=True))
        assert exempt == set(Member.objects.filter(is_exempt=True).values_list("pk", flat=True))
        assert suspended == set(Member.objects.filter(is_suspended=True).values_list("pk", flat=True))

    @invariant()
    def the_balance_explains_the_rolls(self):
        if not hasattr(self, "people"):
            return
        units = [self.place.root, self.place.base, *self.cells]
        for first in (START, date(2018, 7, 1)):
            assert all(line.agrees for line in balances(units, first, date(2026, 6, 30)))


def test_random_years(db):
    class InOneTransaction(Years):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(InOneTransaction, settings=settings(max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=slow))


@pytest.fixture
def place(db):
    return committee()


def test_a_temporary_stay_stands_beside_the_official_place(place):
    member = MemberFactory(cell=place.first)
    day = {"by": place.staff}
    with pytest.raises(DomainError, match="Hãy chọn chi bộ trong đảng bộ, hoặc ghi nơi đến"):
        movements.send_temporarily(member, on_day=date(2024, 3, 1), **day)
    movements.send_temporarily(member, on_day=date(2024, 3, 1), to_cell=place.second, until=date(2024, 9, 1), **day)

    kinds = dict(Membership.objects.in_force(date(2024, 4, 1)).filter(member=member).values_list("cell", "kind"))
    assert kinds == {place.first.pk: MembershipKind.OFFICIAL, place.second.pk: MembershipKind.TEMPORARY}
    with pytest.raises(DomainError, match="đang sinh hoạt tạm thời ở nơi khác"):
        movements.send_temporarily(member, on_day=date(2024, 4, 1), outside="Đảng bộ khác", **day)
    movements.return_from_stay(member, on_day=date(2024, 9, 1), **day)
    assert not Membership.objects.open().filter(member=member, kind=MembershipKind.TEMPORARY).exists()
    with pytest.raises(DomainError, match="không có đợt sinh hoạt tạm thời"):
        movements.return_from_stay(member, on_day=date(2024, 9, 2), **day)


def test_striking_off_needs_a_decision_and_waits_for_an_open_case(place):
    member = MemberFactory(cell=place.first)
    act = {"on_day": date(2024, 3, 1), "note": "Bỏ sinh hoạt", "by": place.staff}
    with pytest.raises(DomainError, match="Hãy ghi số, ngày và cơ quan ban hành"):
        movements.strike_off(member, document=None, **act)
    case = Discipline.objects.create(member=member, place=place.first)
    with pytest.raises(DomainError, match="hãy liên hệ cơ quan tham mưu"):
        movements.strike_off(member, document=paper(place.root), **act)
    case.delete()
    assert movements.strike_off(member, document=paper(place.root), **act).state == MemberState.STRUCK_OFF


def test_who_is_restored_is_official_again_and_the_gap_does_not_count(place):
    member = MemberFactory(cell=place.first)
    movements.expel(member, on_day=date(2024, 3, 1), document=paper(place.root), by=place.staff)
    back = movements.restore_member(member, cell=place.second, on_day=date(2025, 5, 6), document=paper(place.root), by=place.staff)

    assert (back.state, back.cell, back.official_on) == (MemberState.OFFICIAL, place.second, date(2016, 2, 3))
    gap = PartyBreak.objects.get(member=member)
    assert (gap.valid_from, gap.valid_to, gap.reason) == (date(2024, 3, 1), date(2025, 5, 6), "Khôi phục đảng tịch")
    movements.take_back(back.events.standing().order_by("pk").last(), reason="Ghi nhầm", by=place.staff)
    assert not PartyBreak.objects.exists()
    member.refresh_from_db()
    assert member.state == MemberState.EXPELLED


def test_who_is_readmitted_begins_a_new_probation_once_and_it_can_be_taken_back(place):
    member = MemberFactory(cell=place.first, decided_on=date(2015, 1, 20))
    movements.leave_party(member, on_day=date(2020, 3, 1), note="Xin ra", by=place.staff)
    act = {"cell": place.first, "by": place.staff, "reason": ExitReason.HARDSHIP}
    proof = lambda: {"document": paper(place.root, date(2023, 2, 20)), "consent": paper(place.root)}  # noqa: E731
    with pytest.raises(DomainError, match="ít nhất 36 tháng"):
        movements.readmit_member(member, on_day=date(2023, 2, 28), **act, **proof())
    with pytest.raises(DomainError, match="Không xét kết nạp lại người đã tự xin ra Đảng"):
        movements.readmit_member(member, on_day=date(2023, 3, 1), **act | {"reason": ExitReason.OTHER}, **proof())
    with pytest.raises(DomainError, match="văn bản đồng ý của ban thường vụ tỉnh ủy"):
        movements.readmit_member(member, on_day=date(2023, 3, 1), **act, **proof() | {"consent": None})
    again = movements.readmit_member(member, on_day=date(2023, 3, 1), **act, **proof())

    assert (again.state, again.admitted_on, again.decided_on, again.official_on) == (
        MemberState.PROBATIONARY,
        date(2023, 3, 1),
        date(2023, 2, 20),
        None,
    )
    event = again.events.standing().get(kind="readmitted")
    assert "chính thức 03/02/2016" in event.note
    assert event.consent is not None
    movements.take_back(event, reason="Ghi nhầm người", by=place.staff)
    member.refresh_from_db()
    assert (member.state, member.admitted_on, member.decided_on, member.official_on) == (
        MemberState.LEFT,
        date(2015, 2, 3),
        date(2015, 1, 20),
        date(2016, 2, 3),
    )
    assert not differs_from_events(member)


def test_who_was_transferred_out_comes_back_into_the_old_record(place):
    member = MemberFactory(cell=place.first, card_number="12.000009")
    movements.transfer_out(member, outside="Tỉnh khác", on_day=date(2022, 1, 5), by=place.staff)
    back = movements.return_member(member, cell=place.second, outside="Tỉnh khác", on_day=date(2024, 3, 4), by=place.staff)

    assert (back.state, back.cell, back.official_on) == (MemberState.OFFICIAL, place.second, date(2016, 2, 3))
    spans = list(back.memberships.order_by("valid_from").values_list("cell", "valid_from", "valid_to"))
    assert spans == [(place.first.pk, date(2015, 2, 3), date(2022, 1, 5)), (place.second.pk, date(2024, 3, 4), None)]
    assert not differs_from_events(back)
    movements.take_back(back.events.standing().order_by("effective_on").last(), reason="Ghi nhầm", by=place.staff)
    member.refresh_from_db()
    assert (member.state, member.memberships.open().count()) == (MemberState.TRANSFERRED_OUT, 0)


def test_who_was_made_official_elsewhere_comes_back_official(place):
    member = MemberFactory(cell=place.first, state="probationary", official_on=None)
    movements.transfer_out(member, outside="Tỉnh khác", on_day=date(2015, 6, 5), by=place.staff)
    with pytest.raises(DomainError, match="không sau ngày chuyển về"):
        movements.return_member(member, cell=place.first, on_day=date(2017, 1, 5), official_on=date(2017, 1, 6), by=place.staff)
    back = movements.return_member(member, cell=place.first, on_day=date(2017, 1, 5), official_on=date(2016, 2, 3), by=place.staff)
    assert (back.state, back.official_on) == (MemberState.OFFICIAL, date(2016, 2, 3))
    assert list(back.events.standing().order_by("pk").values_list("kind", flat=True)) == ["admitted", "transferred_out", "returned", "recognised"]
    assert not differs_from_events(back)


@pytest.mark.parametrize(("typed", "is_found"), [({"card_number": "12.000009"}, True), ({"born_on": "05/05/1980"}, True), ({}, False)])
def test_the_form_of_a_newcomer_leads_to_the_old_record(place, client, typed, is_found):
    gone = MemberFactory(cell=place.first, full_name="Lê Thị Hoa", card_number="12.000009", born_on=date(1980, 5, 5))
    movements.transfer_out(gone, outside="Tỉnh khác", on_day=date(2022, 1, 5), by=place.staff)
    client.force_login(place.staff)
    url = reverse("members:member_transfer_in", args=[place.second.pk])
    sent = {"full_name": "Lê Thị Hoa", "gender": "female", "ethnicity": "Kinh", "outside": "Tỉnh khác", "on_day": "04/03/2024"}
    answer = client.post(url, sent | {"admitted_on": "03/02/2015", "official_on": "03/02/2016"} | typed)
    if is_found:
        link = f"{reverse('members:member_event', args=[gone.pk])}?kind=returned"
        assert BeautifulSoup(answer.content, "html.parser").find("a", href=link)
        again = client.post(url, sent | {"admitted_on": "03/02/2015", "official_on": "03/02/2016", "another_person": "on"} | typed)
        assert (again.status_code == 302) == ("card_number" not in typed)  # a card belongs to one person
    else:
        assert answer.status_code == 302


def test_every_movement_can_be_taken_back_and_leaves_the_roll_as_it_was(place):
    """Each kind on a fresh member: done, taken back, everything as before."""
    day, later = date(2024, 5, 6), date(2026, 5, 6)
    left = {"on_day": day, "by": place.staff}
    proof = lambda: {"document": paper(place.root)}  # noqa: E731
    first = {
        "resumed": lambda one: movements.exempt_member(one, **left),
        "reinstated": lambda one: movements.suspend_member(one, **left, **proof()),
        "came_back": lambda one: movements.send_temporarily(one, to_cell=place.second, **left),
        "returned": lambda one: movements.transfer_out(one, outside="Nơi khác", **left),
        "restored": lambda one: movements.expel(one, **left, **proof()),
        "readmitted": lambda one: movements.strike_off(one, note="Bỏ sinh hoạt", on_day=date(2018, 1, 5), by=place.staff, **proof()),
    }
    then = {"on_day": later, "by": place.staff}
    acts = {
        "recognised": lambda one: movements.recognise_member(one, **then),
        "moved": lambda one: movements.move_member(one, to_cell=place.second, **then),
        "transferred_out": lambda one: movements.transfer_out(one, outside="Nơi khác", **then),
        "returned": lambda one: movements.return_member(one, cell=place.second, **then),
        "exempted": lambda one: movements.exempt_member(one, **then),
        "paused": lambda one: movements.pause_member(one, **then),
        "resumed": lambda one: movements.resume_member(one, **then),
        "suspended": lambda one: movements.suspend_member(one, **then, **proof()),
        "reinstated": lambda one: movements.reinstate_member(one, **then),
        "sent_away": lambda one: movements.send_temporarily(one, to_cell=place.second, **then),
        "came_back": lambda one: movements.return_from_stay(one, **then),
        "left": lambda one: movements.leave_party(one, note="Xin ra", **then),
        "struck_off": lambda one: movements.strike_off(one, note="Lý do", **then, **proof()),
        "expelled": lambda one: movements.expel(one, **then, **proof()),
        "died": lambda one: movements.record_death(one, **then),
        "restored": lambda one: movements.restore_member(one, cell=place.second, **then, **proof()),
        "readmitted": lambda one: movements.readmit_member(one, cell=place.second, **then, **proof(), consent=paper(place.root)),
    }
    assert set(acts) == set(EventKind.values) - {"admitted", "transferred_in", "loaded"}
    for kind, act in acts.items():
        fresh = {"state": "probationary", "official_on": None} if kind == "recognised" else {}
        member = MemberFactory(cell=place.first, **fresh)
        if kind in first:
            first[kind](member)
        member = Member.objects.get(pk=member.pk)
        before = (
            {name: getattr(member, name) for name in STANDING},
            sorted(member.memberships.values_list("cell", "kind", "valid_from", "valid_to"), key=str),
        )
        act(member)
        event = member.events.standing().order_by("effective_on", "sequence", "pk").last()
        assert event.kind == kind
        movements.take_back(event, reason="Ghi nhầm", by=place.staff)
        member = Member.objects.get(pk=member.pk)
        after = (
            {name: getattr(member, name) for name in STANDING},
            sorted(member.memberships.values_list("cell", "kind", "valid_from", "valid_to"), key=str),
        )
        assert after == before, kind
        assert not differs_from_events(member), kind


STANDING = ("state", "cell_id", "admitted_on", "decided_on", "official_on", "is_exempt", "is_suspended")


@pytest.mark.parametrize(
    ("kind", "until", "is_due"),
    [
        ("sent_away", date(2026, 7, 30), True),
        ("sent_away", date(2026, 8, 1), False),
        ("paused", date(2026, 6, 1), True),
        ("suspended", date(2026, 7, 1), True),
    ],
)
def test_what_ends_in_thirty_days_or_has_ended_is_on_the_home_page(place, client, time_machine, kind, until, is_due):
    time_machine.move_to("2026-07-01 09:00 +0700")
    member = MemberFactory(cell=place.first, full_name="Lê Thị Hoa")
    begun = {"on_day": date(2026, 4, 1), "until": until, "by": place.staff}
    acts = {
        "sent_away": lambda: movements.send_temporarily(member, to_cell=place.second, **begun),
        "paused": lambda: movements.pause_member(member, **begun),
        "suspended": lambda: movements.suspend_member(member, document=paper(place.root), **begun),
    }
    acts[kind]()
    assert [one.member for one in endings_due(place.staff, date(2026, 7, 1))] == ([member] if is_due else [])
    client.force_login(place.staff)
    assert ("Lê Thị Hoa" in client.get(reverse("desk:home")).content.decode()) == is_due
    ends = {"sent_away": movements.return_from_stay, "paused": movements.resume_member, "suspended": movements.reinstate_member}
    ends[kind](member, on_day=date(2026, 6, 30), by=place.staff)
    assert endings_due(place.staff, date(2026, 7, 1)) == []


def test_an_open_case_stays_with_those_who_may_write(place):
    member = MemberFactory(cell=place.first)
    Discipline.objects.create(member=member, place=place.first)
    stranger = RoleAssignmentFactory(organisation=place.other).user
    with pytest.raises(PermissionDenied):  # not the sentence that a case is open
        movements.leave_party(member, on_day=date(2024, 5, 6), note="Xin ra", by=stranger)
    with pytest.raises(PermissionDenied):  # nor what else is missing: the right comes first
        movements.strike_off(member, on_day=date(2024, 5, 6), note="Lý do", document=None, by=stranger)
    act = {"on_day": date(2024, 5, 6), "note": "Xin ra"}
    for record in (movements.leave_party, partial(movements.strike_off, document=paper(place.root))):
        with pytest.raises(DomainError) as refusal:  # staff may write and may not see cases
            record(member, by=place.staff, **act)
        assert not {"kỷ luật", "kiểm tra", "hồ sơ"} & set(re.findall("kỷ luật|kiểm tra|hồ sơ", str(refusal.value)))
    RoleAssignmentFactory(organisation=place.root, user=place.staff, role=Role.INSPECTOR)
    seeing = type(place.staff).objects.get(pk=place.staff.pk)
    with pytest.raises(DomainError, match="Đang xem xét kỷ luật"):
        movements.leave_party(member, by=seeing, **act)


@pytest.mark.parametrize("come", ["transferred_in", "loaded"])
def test_a_recognition_taken_back_leaves_who_came_on_probation_on_probation(place, come):
    who = {"full_name": "Lê Văn Ba", "gender": "male", "admitted_on": date(2023, 1, 5), "state": MemberState.PROBATIONARY}
    member = Member.objects.create(cell=place.first, **who)
    Membership.objects.create(member=member, cell=place.first, valid_from=date(2023, 6, 1))
    MembershipEvent.objects.create(member=member, kind=come, effective_on=date(2023, 6, 1), to_cell=place.first)
    for _ in range(2):  # recorded again after it was taken back, and taken back again
        movements.recognise_member(member, on_day=date(2024, 1, 5), by=place.staff)
        movements.take_back(latest_of(member), reason="Ghi nhầm", by=place.staff)
        member = Member.objects.get(pk=member.pk)
        assert (member.state, member.official_on, differs_from_events(member)) == (MemberState.PROBATIONARY, None, False)


def test_a_recognition_elsewhere_is_taken_back_like_one_here(place):
    who = {"full_name": "Lê Văn Ba", "gender": "male", "admitted_on": date(2023, 1, 5), "official_on": None}
    member = movements.transfer_in(cell=place.first, on_day=date(2023, 6, 1), outside="Nơi khác", by=place.staff, **who)
    movements.transfer_out(member, outside="Nơi khác", on_day=date(2023, 9, 1), by=place.staff)
    movements.return_member(member, cell=place.first, on_day=date(2025, 1, 6), official_on=date(2024, 1, 5), by=place.staff)
    states = []
    for _ in range(3):
        movements.take_back(latest_of(member), reason="Ghi nhầm", by=place.staff)
        member = Member.objects.get(pk=member.pk)
        states.append((member.state, member.official_on))
        assert not differs_from_events(member)
    assert states == [("probationary", None), ("transferred_out", None), ("probationary", None)]


def latest_of(member):
    return member.events.standing().order_by("effective_on", "sequence", "pk").last()


def test_a_pause_goes_on_with_a_later_end_and_each_can_be_taken_back(place):
    member, by = MemberFactory(cell=place.first), {"by": place.staff}
    movements.pause_member(member, on_day=date(2025, 1, 6), until=date(2025, 9, 1), **by)
    for until in (None, date(2025, 9, 1)):
        with pytest.raises(DomainError, match="ghi ngày hết hạn mới sau ngày 01/09/2025") as refusal:
            movements.pause_member(member, on_day=date(2025, 8, 29), until=until, **by)
        assert refusal.value.field == "until"
    movements.pause_member(member, on_day=date(2025, 8, 29), until=date(2025, 9, 2), **by)
    assert [one.until for one in endings_due(place.staff, date(2025, 9, 1))] == [date(2025, 9, 2)]
    movements.take_back(latest_of(member), reason="Ghi nhầm", **by)
    assert [one.until for one in endings_due(place.staff, date(2025, 9, 1))] == [date(2025, 9, 1)]
    movements.resume_member(member, on_day=date(2025, 9, 1), **by)
    assert endings_due(place.staff, date(2025, 9, 1)) == []


def test_a_suspension_is_extended_by_a_decision_and_counted_from_its_first_day(place, client):
    member, by = MemberFactory(cell=place.first), {"by": place.staff}
    begun = date(2025, 1, 6)
    movements.suspend_member(member, on_day=begun, until=begun + timedelta(90), document=paper(place.root), **by)
    with pytest.raises(DomainError, match="Hãy ghi số, ngày và cơ quan ban hành"):
        movements.suspend_member(member, on_day=date(2025, 4, 1), until=date(2025, 7, 5), document=None, **by)
    with pytest.raises(DomainError, match="gia hạn thì ghi ngày hết hạn mới"):
        movements.suspend_member(member, on_day=date(2025, 4, 1), until=begun + timedelta(90), document=paper(place.root), **by)
    client.force_login(place.staff)
    url = f"{reverse('members:member_event', args=[member.pk])}?kind=suspended"
    assert "Gia hạn đến ngày" in client.get(url).content.decode()
    sent = {"on_day": "01/04/2025", "document_number": "7-QĐ/ĐU", "document_on": "31/03/2025", "document_issuer": "Đảng ủy"}
    # 06/01/2025 and 180 days is 05/07/2025
    within = client.post(url, sent | {"until": "05/07/2025"}, follow=True).content.decode()
    assert ("cơ quan pháp luật" in within, "cần quyết định gia hạn" in within) == (False, False)
    movements.take_back(latest_of(member), reason="Ghi nhầm", **by)
    member.refresh_from_db()
    assert (member.is_suspended, movements.suspended_since(member)) == (True, begun)
    assert "cơ quan pháp luật" in client.post(url, sent | {"until": "06/07/2025"}, follow=True).content.decode()
    movements.reinstate_member(member, on_day=date(2025, 5, 5), **by)
    assert movements.suspended_since(member) is None


@pytest.mark.parametrize(
    ("known", "typed", "is_found"),
    [
        ({"identity_number": "001080000001"}, {"identity_number": "001080000001"}, True),
        ({"identity_number": "001080000001"}, {"identity_number": "001080000002"}, False),
        ({"born_on": date(1980, 1, 1), "born_precision": "year"}, {"born_on": date(1980, 5, 5)}, True),
        ({"born_on": date(1980, 1, 1), "born_precision": "year"}, {"born_on": date(1981, 1, 1)}, False),
        ({"born_on": date(1980, 5, 1), "born_precision": "month"}, {"born_on": date(1980, 5, 31)}, True),
        ({"born_on": date(1980, 5, 1), "born_precision": "month"}, {"born_on": date(1980, 6, 1)}, False),
        ({"born_on": date(1980, 1, 1)}, {"born_on": date(1980, 5, 5)}, False),
    ],
)
def test_the_old_record_is_found_by_the_identity_number_or_by_what_is_known_of_the_birth(place, known, typed, is_found):
    gone = MemberFactory(cell=place.first, full_name="Lê Thị Hoa", **known)
    movements.transfer_out(gone, outside="Tỉnh khác", on_day=date(2022, 1, 5), by=place.staff)
    assert movements.returnees(place.staff, full_name="Lê Thị Hoa", **typed) == ([gone] if is_found else [])
    stranger = RoleAssignmentFactory(organisation=place.other).user
    assert movements.returnees(stranger, full_name="Lê Thị Hoa", **typed) == []


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        ("moved", {"on_day", "to_cell"}),
        ("sent_away", {"on_day"}),
        ("transferred_out", {"on_day", "outside"}),
        ("paused", {"on_day"}),
        ("left", {"on_day", "note"}),
        ("suspended", {"on_day", "document_number", "document_on", "document_issuer"}),
        ("struck_off", {"on_day", "note", "document_number", "document_on", "document_issuer"}),
        ("expelled", {"on_day", "document_number", "document_on", "document_issuer"}),
        ("died", {"on_day"}),
    ],
)
def test_what_a_movement_needs_is_asked_as_needed(place, client, kind, needs):
    member = MemberFactory(cell=place.first)
    client.force_login(place.staff)
    answer = client.post(f"{reverse('members:member_event', args=[member.pk])}?kind={kind}", {"kind": kind})
    fields = answer.context["form"].fields
    assert {name for name, field in fields.items() if field.required} == needs
    assert set(answer.context["form"].errors) == needs


def test_a_readmission_is_not_recorded_without_reason_consent_and_decision(place, client):
    member = MemberFactory(cell=place.first)
    movements.strike_off(member, on_day=date(2020, 3, 2), note="Bỏ sinh hoạt", document=paper(place.root), by=place.staff)
    client.force_login(place.staff)
    url = f"{reverse('members:member_event', args=[member.pk])}?kind=readmitted"
    sent = {
        "on_day": "02/03/2023",
        "to_cell": place.first.pk,
        "document_number": "5-QĐ/ĐU",
        "document_on": "20/02/2023",
        "document_issuer": "Đảng ủy",
    }
    consent = {"consent_number": "9-CV/TU", "consent_on": "10/02/2023"}
    assert set(client.post(url, sent).context["form"].errors) == {"exit_reason", "consent_number", "consent_on"}
    barred = client.post(url, sent | consent | {"exit_reason": "abandoned"})
    assert "Không xét kết nạp lại người đã tự bỏ sinh hoạt đảng" in barred.content.decode()
    assert client.post(url, sent | consent | {"exit_reason": "other"}).status_code == 302
    member.refresh_from_db()
    assert (member.state, member.admitted_on, member.decided_on) == (MemberState.PROBATIONARY, date(2023, 3, 2), date(2023, 2, 20))


def test_the_command_names_what_differs_and_mends_it(place, capsys):
    member = MemberFactory(cell=place.first)
    call_command("recount_memberships")
    assert "agree" in capsys.readouterr().out
    Membership.objects.filter(member=member).update(valid_from=date(2016, 1, 1))
    with pytest.raises(CommandError, match=rf"Differ from their events: {member.pk}"):
        call_command("recount_memberships")

    call_command("recount_memberships", mend=True)

    assert Membership.objects.get(member=member).valid_from == date(2015, 2, 3)


def test_the_pages_of_a_past_day_and_of_the_balance(place, client):
    stays, goes = MemberFactory(cell=place.first, full_name="Lê Thị Hoa"), MemberFactory(cell=place.second, full_name="Đỗ Văn Bình")
    movements.move_member(goes, to_cell=place.other, on_day=date(2024, 5, 1), by=place.staff)
    movements.record_death(stays, on_day=date(2024, 6, 1), by=place.staff)
    client.force_login(place.staff)

    past = client.get(reverse("members:roster_on", args=[place.base.pk]), {"on": "30/04/2024"}).content.decode()
    now = client.get(reverse("members:roster_on", args=[place.base.pk]), {"on": "01/06/2024"}).content.decode()
    assert ("Lê Thị Hoa" in past, "Đỗ Văn Bình" in past, "Lê Thị Hoa" in now, "Đỗ Văn Bình" in now) == (True, True, False, False)

    page = client.get(reverse("members:balance", args=[place.root.pk]), {"first": "01/05/2024", "last": "30/06/2024"})
    lines = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in BeautifulSoup(page.content, "html.parser").select("tbody tr")
    ]
    # opening, moved in from another cell, died, moved to another cell, closing
    assert [line[1:] for line in lines] == [["2", "", "1", "", "1"], ["2", "", "1", "1", "0"], ["0", "1", "", "", "1"]]
    behind = client.get(reverse("members:balance_rows", args=[place.base.pk, "moved_out"]), {"first": "01/05/2024", "last": "30/06/2024"})
    assert "Đỗ Văn Bình" in behind.content.decode()
    assert client.get(reverse("members:balance_rows", args=[place.base.pk, "nothing"])).status_code == 404
    wrong = client.get(reverse("members:balance", args=[place.root.pk]), {"first": "01/07/2024", "last": "30/06/2024"})
    assert "Ngày cuối không được trước ngày đầu" in wrong.content.decode()


def test_who_was_exempt_away_or_paused_and_left_comes_back_without_it(place):
    member = MemberFactory(cell=place.first)
    common = {"by": place.staff}
    movements.exempt_member(member, on_day=date(2024, 1, 1), **common)
    movements.send_temporarily(member, on_day=date(2024, 2, 1), outside="Nơi khác", **common)
    movements.expel(member, on_day=date(2024, 3, 1), document=paper(place.root), **common)
    movements.restore_member(member, cell=place.first, on_day=date(2025, 3, 1), document=paper(place.root), **common)

    assert not MembershipEvent.objects.exempt_on(date(2025, 12, 31)).exists()
    with pytest.raises(DomainError, match="không có đợt sinh hoạt tạm thời"):
        movements.return_from_stay(member, on_day=date(2025, 4, 1), **common)
    assert movements.pause_member(member, on_day=date(2025, 4, 1), until=date(2025, 9, 1), **common)
