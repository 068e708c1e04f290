"""The pages of the tree and of the members, seen with members in them."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from members.enums import MemberState, Post
from members.models import Member, Seat
from members.tests.factories import MemberFactory


@pytest.fixture
def cell(db):
    base = OrganisationFactory(parent=OrganisationFactory(), kind=Kind.BASE_COMMITTEE)
    return OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng")


@pytest.fixture
def as_secretary(client, cell):
    client.force_login(RoleAssignmentFactory(organisation=cell, role=Role.SECRETARY).user)
    return client


def page(client, organisation):
    return client.get(reverse("cells:organisation_detail", args=[organisation.pk])).content.decode()


def test_the_page_of_a_cell_warns_of_its_size_and_names_its_committee(as_secretary, cell):
    secretary, _ = MemberFactory(cell=cell, full_name="Lê Thị Hoa"), MemberFactory(cell=cell)
    MemberFactory(cell=cell, state=MemberState.PROBATIONARY, official_on=None)
    Seat.objects.create(member=secretary, organisation=cell, post=Post.SECRETARY, valid_from=date(2020, 1, 1))
    shown = page(as_secretary, cell)
    assert "Chi bộ có 2 đảng viên chính thức, dưới 3" in shown
    assert "Lê Thị Hoa" in shown
    MemberFactory(cell=cell)
    assert "dưới 3" not in page(as_secretary, cell)


def test_an_administrator_sees_the_organisation_but_nobody_in_it(client, cell):
    Seat.objects.create(member=MemberFactory(cell=cell, full_name="Lê Thị Hoa"), organisation=cell, post=Post.SECRETARY, valid_from=date(2020, 1, 1))
    client.force_login(RoleAssignmentFactory(organisation=cell, role=Role.ADMINISTRATOR).user)
    shown = page(client, cell)
    assert "Chi bộ Văn phòng" in shown
    assert "Lê Thị Hoa" not in shown
    assert "đảng viên chính thức" not in shown


def test_members_are_found_without_marks_and_stand_by_their_given_name(as_secretary, cell):
    for name in ("Trần Văn Ân", "Lê Thị Hoa", "Nguyễn Văn An"):
        MemberFactory(cell=cell, full_name=name)
    response = as_secretary.get(reverse("members:member_list"))
    assert [row.full_name for row in response.context["rows"]] == ["Nguyễn Văn An", "Trần Văn Ân", "Lê Thị Hoa"]
    response = as_secretary.post(reverse("members:member_list"), {"q": "tran van an", "gender": "female"}, follow=True)
    assert [row.full_name for row in response.context["rows"]] == ["Trần Văn Ân"]


def test_the_list_goes_out_as_excel(as_secretary, cell):
    MemberFactory(cell=cell)
    response = as_secretary.get(reverse("members:member_list"), {"export": "xlsx"})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert BytesIO(content).read(2) == b"PK"


@pytest.mark.parametrize("name", ["members:member_list", "cells:organisation_detail", "members:member_detail"])
def test_more_rows_need_no_more_queries(as_secretary, cell, name, django_assert_num_queries):
    member = MemberFactory(cell=cell)
    pk = {"cells:organisation_detail": [cell.pk], "members:member_detail": [member.pk]}.get(name, [])
    as_secretary.get(reverse(name, args=pk))
    with CaptureQueriesContext(
        connection,
    ) as once:
        as_secretary.get(reverse(name, args=pk))
    for one in (MemberFactory(cell=cell), MemberFactory(cell=cell)):
        Seat.objects.create(member=one, organisation=cell, post=Post.COMMITTEE, valid_from=date(2020, 1, 1))
    with django_assert_num_queries(len(once)):
        as_secretary.get(reverse(name, args=pk))


def test_a_secretary_records_an_admission_and_a_refusal_keeps_what_was_typed(as_secretary, cell):
    url = reverse("members:member_admit", args=[cell.pk])
    typed = {"full_name": "Lê Thị Hoa", "gender": "female", "ethnicity": "Kinh", "admitted_on": "31/02/2024"}
    response = as_secretary.post(url, typed)
    assert "không có thật" in response.content.decode()
    assert "Lê Thị Hoa" in response.content.decode()
    response = as_secretary.post(url, typed | {"admitted_on": "03/02/2024"})
    assert response.status_code == 302
    assert Member.objects.get().admitted_on == date(2024, 2, 3)


def test_an_event_is_recorded_on_its_form(as_secretary, cell):
    member = MemberFactory(cell=cell)
    url = reverse("members:member_event", args=[member.pk])
    assert "Chuyển đi" in as_secretary.get(url).content.decode()  # first what happened
    assert "Chuyển về" not in as_secretary.get(url).content.decode()
    url = f"{url}?kind=transferred_out"
    refused = as_secretary.post(url, {"on_day": "01/07/2024"})
    assert "Hãy ghi nơi chuyển đến" in refused.content.decode()
    assert as_secretary.post(url, {"on_day": "01/07/2024", "outside": "Tỉnh khác"}).status_code == 302
    assert Member.objects.get().state == MemberState.TRANSFERRED_OUT


def test_a_member_from_outside_is_recorded_with_the_place_and_the_day(as_secretary, cell):
    url = reverse("members:member_transfer_in", args=[cell.pk])
    typed = {"full_name": "Lê Thị Hoa", "gender": "female", "ethnicity": "Kinh", "outside": "Đảng bộ phường", "on_day": "01/07/2024"}
    refused = as_secretary.post(url, typed | {"admitted_on": "02/07/2024"})
    assert "Ngày vào Đảng không được sau ngày chuyển đến" in refused.content.decode()
    assert as_secretary.post(url, typed | {"admitted_on": "03/02/2010", "official_on": "03/02/2011"}).status_code == 302
    member = Member.objects.get()
    assert (member.state, member.memberships.get().valid_from) == (MemberState.OFFICIAL, date(2024, 7, 1))


def test_a_name_that_is_searched_for_stands_in_no_address(as_secretary, cell):
    for name in ("Trần Văn Ân", "Lê Thị Hoa"):
        MemberFactory(cell=cell, full_name=name)
    address = reverse("members:member_list")
    found = as_secretary.post(address, {"q": "tran van an", "gender": "female"})

    assert found.url == f"{address}?gender=female&searched=1"
    page = as_secretary.get(found.url)
    assert [(chip.label, chip.without) for chip in page.context["chips"]] == [
        ("Tìm theo họ tên", "?gender=female"),
        ("Giới tính", "?searched=1"),
    ]
    assert len(as_secretary.get(address).context["rows"]) > len(page.context["rows"])
