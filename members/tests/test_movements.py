import contextlib
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.enums import Ending, Role
from cells.enums import OrganisationKind as Kind
from cells.models import Organisation
from cells.services.organisations import close_organisation
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion
from members.enums import EventKind, MemberState
from members.models import Member, Membership
from members.services import movements, records
from members.tests.factories import MemberFactory

DAY = date(2024, 7, 1)


@pytest.fixture
def place(db):
    root = OrganisationFactory()
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE)
    first, second = (OrganisationFactory(parent=base, kind=Kind.CELL) for _ in range(2))
    staff = RoleAssignmentFactory(organisation=root).user
    secretary = RoleAssignmentFactory(organisation=first, role=Role.SECRETARY).user
    return SimpleNamespace(root=root, base=base, first=first, second=second, staff=staff, secretary=secretary)


def cell_on(member, day):
    return Membership.objects.official().in_force(day).filter(member=member).values_list("cell", flat=True).first()


def cell_by_events(member, day):
    """Where the events alone say that `member` was on `day`."""
    cell = None
    for event in member.events.filter(effective_on__lte=day).order_by("effective_on", "sequence"):
        if event.kind in (EventKind.ADMITTED, EventKind.TRANSFERRED_IN, EventKind.MOVED):
            cell = event.to_cell_id
        elif event.kind in (EventKind.TRANSFERRED_OUT, EventKind.LEFT, EventKind.DIED):
            cell = None
    return cell


def test_an_admission_is_an_event_a_span_a_copy_and_one_entry(place):
    member = movements.admit_member(cell=place.first, admitted_on=DAY, full_name="Lê Thị Hoa", gender="female", by=place.secretary)
    assert (member.state, member.cell) == (MemberState.PROBATIONARY, place.first)
    assert (cell_on(member, DAY - timedelta(1)), cell_on(member, DAY)) == (None, place.first.pk)
    assert member.events.get().kind == EventKind.ADMITTED
    entry = AuditEntry.objects.about(member).get()
    assert (entry.action, entry.summary) == ("member.admitted", "Kết nạp ngày 01/07/2024.")


def test_nobody_is_admitted_into_a_committee_or_on_a_day_to_come(place):
    with pytest.raises(DomainError, match="Chỉ chi bộ"):
        movements.admit_member(cell=place.base, admitted_on=DAY, full_name="Lê Hoa", gender="female", by=place.staff)
    with pytest.raises(DomainError, match="Ngày chưa đến"):
        movements.admit_member(cell=place.first, admitted_on=today() + timedelta(1), full_name="Lê Hoa", gender="female", by=place.staff)


def test_a_member_from_outside_belongs_here_from_the_transfer_on(place):
    values = {"admitted_on": date(2010, 1, 1), "official_on": date(2011, 1, 1), "full_name": "Lê Hoa", "gender": "female"}
    member = movements.transfer_in(cell=place.first, on_day=DAY, outside="Đảng bộ tỉnh Hà Giang", by=place.staff, **values)
    assert member.state == MemberState.OFFICIAL
    assert (cell_on(member, DAY - timedelta(1)), cell_on(member, DAY)) == (None, place.first.pk)
    assert member.events.get().outside == "Đảng bộ tỉnh Hà Giang"


def test_official_after_twelve_months_and_once(place):
    member = MemberFactory(cell=place.first, admitted_on=date(2023, 7, 2), official_on=None, state=MemberState.PROBATIONARY)
    with pytest.raises(DomainError, match="Chưa đủ 12 tháng"):
        movements.recognise_member(member, on_day=DAY, by=place.secretary)
    member = movements.recognise_member(member, on_day=date(2024, 7, 2), by=place.secretary)
    assert (member.state, member.official_on, member.version) == (MemberState.OFFICIAL, date(2024, 7, 2), 2)
    with pytest.raises(DomainError, match="đã là đảng viên chính thức"):
        movements.recognise_member(member, on_day=date(2024, 8, 2), by=place.secretary)


def test_a_secretary_does_not_send_members_into_the_cell_of_another(place):
    member = MemberFactory(cell=place.first)
    with pytest.raises(PermissionDenied):
        movements.move_member(member, to_cell=place.second, on_day=DAY, by=place.secretary)
    movements.move_member(member, to_cell=place.second, on_day=DAY, by=place.staff)
    assert (cell_on(member, DAY - timedelta(1)), cell_on(member, DAY)) == (place.first.pk, place.second.pk)


@pytest.mark.parametrize(
    ("leave", "state"),
    [
        (lambda member, **common: movements.transfer_out(member, outside="Đảng bộ tỉnh khác", **common), MemberState.TRANSFERRED_OUT),
        (lambda member, **common: movements.leave_party(member, note="Xin ra", **common), MemberState.LEFT),
        (movements.record_death, MemberState.DIED),
    ],
)
def test_who_has_gone_belongs_nowhere_from_that_day_and_nothing_happens_to_them_any_more(place, leave, state):
    member = leave(MemberFactory(cell=place.first), on_day=DAY, by=place.staff)
    assert member.state == state
    assert (cell_on(member, DAY - timedelta(1)), cell_on(member, DAY)) == (place.first.pk, None)
    with pytest.raises(DomainError, match="không còn sinh hoạt"):
        movements.exempt_member(member, on_day=DAY, by=place.staff)


def test_exemption_is_given_and_ended_once(place):
    member = movements.exempt_member(MemberFactory(cell=place.first), on_day=DAY, by=place.staff)
    assert member.is_exempt
    with pytest.raises(DomainError, match="không thay đổi"):
        movements.exempt_member(member, on_day=DAY, by=place.staff)
    assert not movements.resume_member(member, on_day=DAY, by=place.staff).is_exempt
    assert list(member.events.filter(effective_on=DAY).values_list("sequence", flat=True)) == [1, 2]


def test_nothing_is_written_before_what_already_happened(place):
    member = MemberFactory(cell=place.first)
    movements.move_member(member, to_cell=place.second, on_day=DAY, by=place.staff)
    with pytest.raises(DomainError, match="Biến động gần nhất"):
        movements.record_death(member, on_day=DAY - timedelta(1), by=place.staff)


def test_a_member_without_events_does_not_leave_before_the_span_began(place):
    member = Member.objects.create(full_name="Lê Hoa", gender="female", cell=place.first, admitted_on=date(2020, 1, 1), state="probationary")
    Membership.objects.create(member=member, cell=place.first, valid_from=DAY)
    with pytest.raises(DomainError) as refusal:
        movements.record_death(member, on_day=DAY - timedelta(1), by=place.staff)
    assert refusal.value.field == "on_day"


def test_a_cell_closes_only_after_its_last_member_has_gone(place):
    member = MemberFactory(cell=place.first)
    with pytest.raises(DomainError, match="Còn đảng viên"):
        close_organisation(place.first, ending=Ending.DISSOLVED, on_day=DAY, by=place.staff)
    movements.move_member(member, to_cell=place.second, on_day=DAY, by=place.staff)
    with pytest.raises(DomainError, match="vẫn còn đảng viên") as refusal:
        close_organisation(place.first, ending=Ending.DISSOLVED, on_day=DAY - timedelta(1), by=place.staff)
    assert refusal.value.field == "on_day"
    assert close_organisation(place.first, ending=Ending.DISSOLVED, on_day=DAY, by=place.staff).is_closed


def test_an_edit_over_a_newer_version_is_refused(place):
    member = MemberFactory(cell=place.first)
    values = {name: getattr(member, name) for name in records.EDITABLE}
    records.edit_member(member, values | {"position": "Kế toán"}, version=1, by=place.secretary)
    with pytest.raises(StaleVersion) as refusal:
        records.edit_member(member, values | {"position": "Thủ quỹ"}, version=1, by=place.secretary)
    assert refusal.value.current.position == "Kế toán"


steps = st.lists(st.tuples(st.sampled_from(["move", "exempt", "resume", "out", "die"]), st.integers(-30, 400)), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_spans_and_events_always_tell_the_same_story(place, steps):
    member, day, days = MemberFactory(cell=place.first), date(2020, 1, 1), [date(2014, 1, 1), date(2016, 1, 1)]
    acts = {
        "move": lambda on: movements.move_member(
            member, to_cell=place.second if fresh(member).cell_id == place.first.pk else place.first, on_day=on, by=place.staff
        ),
        "exempt": lambda on: movements.exempt_member(member, on_day=on, by=place.staff),
        "resume": lambda on: movements.resume_member(member, on_day=on, by=place.staff),
        "out": lambda on: movements.transfer_out(member, outside="Tỉnh khác", on_day=on, by=place.staff),
        "die": lambda on: movements.record_death(member, on_day=on, by=place.staff),
    }
    for act, gap in steps:
        day += timedelta(gap)
        days += [day - timedelta(1), day, day + timedelta(1)]
        with contextlib.suppress(DomainError):
            acts[act](day)
    assert [cell_on(member, d) for d in days] == [cell_by_events(member, d) for d in days]
    now = fresh(member)
    assert (now.cell_id if now.is_active else None) == cell_on(member, today())
    assert Organisation.objects.filter(pk=now.cell_id, memberships__member=member).exists()


def fresh(member):
    return Member.objects.get(pk=member.pk)
