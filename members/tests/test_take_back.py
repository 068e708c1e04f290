"""Events that were recorded by mistake: taken back by a counter-event, in any legal sequence."""

import itertools
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.enums import OrganisationKind, Role
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from members.enums import EventKind
from members.models import Member, Membership, MembershipEvent
from members.services import movements

START = date(2020, 1, 1)
DETAILS = {"full_name": "Trần Văn An", "gender": "male", "ethnicity": "Kinh", "position": "", "is_civil_servant": True}


@pytest.fixture
def base(db):
    return OrganisationFactory(kind=OrganisationKind.BASE_COMMITTEE)


@pytest.fixture
def cells(base):
    return [OrganisationFactory(parent=base, kind=OrganisationKind.CELL) for _ in range(2)]


@pytest.fixture
def staff(base):
    return RoleAssignmentFactory(role=Role.STAFF, organisation=base).user


@pytest.fixture
def member(cells, staff):
    return movements.admit_member(cell=cells[0], admitted_on=START, by=staff, **DETAILS)


def latest(member):
    return member.events.standing().order_by("effective_on", "sequence", "pk").last()


def test_a_wrong_move_is_taken_back_with_its_reason(member, cells, staff):
    movements.move_member(member, to_cell=cells[1], on_day=date(2021, 5, 4), by=staff)
    wrong = latest(member)

    movements.take_back(wrong, reason="Nhầm người.", by=staff)

    member.refresh_from_db()
    assert member.cell == cells[0]
    assert list(member.memberships.values_list("cell", "valid_from", "valid_to")) == [(cells[0].pk, START, None)]
    counter = MembershipEvent.objects.get(reverses=wrong)
    assert (counter.note, counter.kind) == ("Nhầm người.", "moved")
    assert AuditEntry.objects.about(member).order_by("number").last().action == "member.taken_back"
    assert Member.objects.belonging_on(date(2021, 12, 31)).get().cell_then == cells[0].pk


def test_the_event_in_the_way_is_named(member, cells, staff):
    first = latest(member)
    movements.move_member(member, to_cell=cells[1], on_day=date(2021, 5, 4), by=staff)

    with pytest.raises(DomainError, match="chuyển giữa các chi bộ trong đảng bộ ngày 04/05/2021"):
        movements.take_back(first, reason="Nhầm.", by=staff)
    with pytest.raises(DomainError, match="Hãy ghi rõ lý do"):
        movements.take_back(latest(member), reason="  ", by=staff)


def test_an_event_is_taken_back_once(member, staff):
    movements.exempt_member(member, on_day=date(2021, 5, 4), by=staff)
    wrong = latest(member)
    movements.take_back(wrong, reason="Nhầm.", by=staff)

    with pytest.raises(DomainError, match="đã được hủy"):
        movements.take_back(wrong, reason="Nhầm.", by=staff)


def test_who_was_admitted_by_mistake_is_on_no_roster(member, staff):
    movements.take_back(latest(member), reason="Nhầm người.", by=staff)

    member.refresh_from_db()
    assert (member.state, member.is_active) == ("void", False)
    assert not Membership.objects.in_force(date(2020, 6, 1)).exists()
    assert not MembershipEvent.objects.standing().exists()


def test_the_page_offers_it_for_the_latest_event_only(client, member, cells, staff):
    movements.move_member(member, to_cell=cells[1], on_day=date(2021, 5, 4), by=staff)
    client.force_login(staff)

    page = client.get(reverse("members:member_detail", args=[member.pk])).content.decode()
    assert page.count("Ghi nhầm, hủy") == 1
    answer = client.post(reverse("members:event_take_back", args=[latest(member).pk]), {"reason": "Nhầm người."}, follow=True)

    assert "Hủy: Chuyển giữa các chi bộ trong đảng bộ" in answer.content.decode()


ACTS = {
    EventKind.RECOGNISED: lambda member, cells, day, by: movements.recognise_member(member, on_day=day, by=by),
    EventKind.MOVED: lambda member, cells, day, by: movements.move_member(
        member, to_cell=cells[0] if member.cell == cells[1] else cells[1], on_day=day, by=by
    ),
    EventKind.EXEMPTED: lambda member, cells, day, by: movements.exempt_member(member, on_day=day, by=by),
    EventKind.RESUMED: lambda member, cells, day, by: movements.resume_member(member, on_day=day, by=by),
    EventKind.TRANSFERRED_OUT: lambda member, cells, day, by: movements.transfer_out(member, outside="Nơi khác", on_day=day, by=by),
    EventKind.LEFT: lambda member, cells, day, by: movements.leave_party(member, note="Xin ra", on_day=day, by=by),
}


def standing_of(member):
    member.refresh_from_db()
    rows = member.memberships.values_list("cell", "valid_from", "valid_to")
    spans = sorted((cell, start, end or date.max) for cell, start, end in rows)
    return member.state, member.cell_id, member.official_on, member.is_exempt, spans


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(list(ACTS)), st.integers(0, 400)), max_size=6))
def test_any_sequence_taken_back_gives_what_was_before(cells, staff, steps):
    member = movements.admit_member(cell=cells[0], admitted_on=START, by=staff, **DETAILS)
    before, day = [standing_of(member)], START
    for kind, days in steps:
        day += timedelta(days)
        try:
            ACTS[kind](member, cells, day, staff)
        except DomainError:
            continue
        before.append(standing_of(member))
    spans = sorted(member.memberships.values_list("valid_from", "valid_to"), key=lambda span: (span[0], span[1] or date.max))
    assert all(end is not None and end <= start for (_, end), (start, _) in itertools.pairwise(spans))

    while len(before) > 1:
        assert standing_of(member) == before.pop()
        movements.take_back(latest(member), reason="Thử.", by=staff)
    assert standing_of(member) == before[0]
