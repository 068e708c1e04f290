"""Months missed without a reason: written by the cell, a reminder at three of one kind in a year, never more."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from members.enums import Duty, MemberState
from members.models import MissedMonth
from members.quality_facts import facts_for, findings_of
from members.services.duties import missed_of, save_missed

from .factories import MemberFactory

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")


@pytest.fixture
def cell(db):
    base = OrganisationFactory(kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    cell = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng", code="VP")
    cell.secretary = RoleAssignmentFactory(organisation=cell, role=Role.SECRETARY).user
    cell.leader = RoleAssignmentFactory(organisation=cell, role=Role.LEADER).user
    cell.member = MemberFactory(cell=cell)
    return cell


def test_months_are_kept_corrected_and_taken_off_with_one_entry_each(cell):
    assert save_missed(cell.member, 2026, {Duty.MEETING: [3, 1], Duty.DUES: [2]}, by=cell.secretary) == 3
    assert missed_of(cell.member, 2026) == {Duty.MEETING: [1, 3], Duty.DUES: [2]}
    assert save_missed(cell.member, 2026, {Duty.MEETING: [1], Duty.DUES: [2]}, by=cell.secretary) == 1
    assert save_missed(cell.member, 2026, {Duty.MEETING: [1], Duty.DUES: [2]}, by=cell.secretary) == 0
    assert AuditEntry.objects.filter(action="member.missed_months").count() == 2


def test_a_month_to_come_and_people_who_may_not_are_refused(cell):
    assert save_missed(cell.member, 2026, {Duty.MEETING: [11]}, by=cell.secretary) == 1
    with pytest.raises(DomainError, match="Chưa đến tháng đó"):
        save_missed(cell.member, 2026, {Duty.MEETING: [12]}, by=cell.secretary)
    with pytest.raises(PermissionDenied):
        save_missed(cell.member, 2026, {Duty.MEETING: [1]}, by=cell.leader)


def test_three_of_one_kind_in_this_year_remind_and_change_nothing(cell):
    def told():
        return [one for one in findings_of(facts_for(cell.secretary, TODAY)) if one.rule.id == "M11"]

    save_missed(cell.member, 2025, {Duty.MEETING: [1, 2, 3, 4]}, by=cell.secretary)  # last year's
    save_missed(cell.member, 2026, {Duty.MEETING: [1, 2], Duty.DUES: [1, 2]}, by=cell.secretary)
    assert told() == []
    save_missed(cell.member, 2026, {Duty.MEETING: [1, 2, 5], Duty.DUES: [1, 2]}, by=cell.secretary)
    assert [one.says.split(" trong")[0] for one in told()] == ["3 tháng không sinh hoạt"]
    cell.member.refresh_from_db()
    assert cell.member.state == MemberState.OFFICIAL


def test_the_page_keeps_what_was_ticked_and_tells_of_three(client, cell):
    client.force_login(cell.secretary)
    url = reverse("members:member_duties", args=[cell.member.pk, 2026])
    assert (
        reverse("members:member_duties", args=[cell.member.pk, 2026])
        in client.get(reverse("members:member_detail", args=[cell.member.pk])).content.decode()
    )
    refused = BeautifulSoup(client.post(url, {"meeting": ["1", "12"]}).content, "html.parser")
    assert "Chưa đến tháng đó" in refused.get_text()
    assert [box["value"] for box in refused.select("input[name=meeting][checked]")] == ["1", "12"]
    assert client.post(url, {"meeting": ["1", "2", "3"]}).status_code == 302
    assert MissedMonth.objects.count() == 3
    assert "Phần mềm chỉ nhắc; chi bộ và cấp ủy quyết định." in client.get(url).content.decode()
    assert client.get(reverse("members:member_duties", args=[cell.member.pk, 2027])).status_code == 404
    client.force_login(RoleAssignmentFactory().user)
    assert client.get(url).status_code == 404
