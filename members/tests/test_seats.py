"""Seats: rules O4 to O6 on both sides, and what a seat leaves behind."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.common.errors import DomainError
from members.models import Seat
from members.services.seats import candidates_for, end_seat, give_seat

from .factories import MemberFactory

DAY = date(2025, 6, 1)


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")


@pytest.fixture
def cell(db):
    cell = OrganisationFactory(kind=Kind.BASE_CELL, name="Chi bộ Văn phòng")
    cell.secretary = RoleAssignmentFactory(organisation=cell, role=Role.SECRETARY).user
    return cell


def people(cell, count):
    return [MemberFactory(cell=cell, full_name=f"Người {number}") for number in range(count)]


def give(cell, member, post="committee", **more):
    return give_seat(cell, **{"member": member, "post": post, "from_day": DAY, "by": cell.secretary} | more)


@pytest.mark.parametrize(("official", "allowed"), [(8, False), (9, True)])
def test_o4_a_chi_uy_needs_nine_official_members(cell, official, allowed):
    members = people(cell, official)
    give(cell, members[0], "secretary")
    give(cell, members[1], "deputy_secretary")  # a secretary and a deputy are no chi ủy
    if allowed:
        assert give(cell, members[2]).post == "committee"
    else:
        with pytest.raises(DomainError, match="dưới 9"):
            give(cell, members[2])


def test_o5_seven_in_a_chi_uy_one_secretary_one_deputy(cell):
    members = people(cell, 12)
    give(cell, members[0], "secretary")
    give(cell, members[1], "deputy_secretary")
    for member in members[2:7]:
        give(cell, member)
    with pytest.raises(DomainError, match="Chi ủy có 8 người, quá 7"):
        give(cell, members[7])
    with pytest.raises(DomainError, match="2 bí thư"):
        give(cell, members[7], "secretary")
    with pytest.raises(DomainError, match="2 phó bí thư"):
        give(cell, members[7], "deputy_secretary")
    assert Seat.objects.count() == 7


def test_o6_only_official_members_of_the_organisation(cell):
    probationary = MemberFactory(cell=cell, state="probationary", official_on=None)
    stranger = MemberFactory()
    for member, sentence in ((probationary, "Chỉ đảng viên chính thức"), (stranger, "phải sinh hoạt trong tổ chức đảng này")):
        with pytest.raises(DomainError, match=sentence):
            give(cell, member, "secretary")
    assert list(candidates_for(cell)) == []


def test_a_seat_is_held_once_and_ends(cell):
    (member,) = people(cell, 1)
    seat = give(cell, member, "secretary")
    with pytest.raises(DomainError, match="đang giữ một chức vụ"):
        give(cell, member, "deputy_secretary")
    with pytest.raises(DomainError, match="Ngày chưa đến"):
        give(cell, member, "deputy_secretary", from_day=date(2026, 11, 25))
    with pytest.raises(DomainError, match="từ 01/06/2025 đến hôm nay"):
        end_seat(seat, date(2025, 5, 31), by=cell.secretary)
    end_seat(seat, date(2026, 1, 5), by=cell.secretary)
    seat.refresh_from_db()
    assert seat.valid_to == date(2026, 1, 5)
    assert give(cell, member, "deputy_secretary").post == "deputy_secretary"


def test_others_do_not_write_and_the_page_keeps_what_was_chosen(cell, client):
    member, other = people(cell, 2)
    with pytest.raises(PermissionDenied):
        give(cell, member, by=RoleAssignmentFactory().user)
    client.force_login(cell.secretary)
    address = reverse("members:seat_list", args=[cell.pk])
    assert client.post(address, {"member": member.pk, "post": "secretary", "from_day": "01/06/2025"}).status_code == 302
    refused = client.post(address, {"member": other.pk, "post": "secretary", "from_day": "01/06/2025"}).content.decode()
    assert "2 bí thư" in refused
    assert f'<option value="{other.pk}" selected>' in refused
