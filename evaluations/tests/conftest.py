"""A small committee to run a year in: the Khối, one đảng bộ cơ sở with two cells, one chi bộ cơ sở, and a person per role."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from cells.enums import OrganisationKind, Role
from cells.models import Organisation, RoleAssignment
from khoi_party.common.tree import child_path
from members.enums import MemberState
from members.models import Member, Membership

User = get_user_model()


def organisation(name, kind, parent=None, number=1):
    path = child_path(parent.path if parent else "", number)
    return Organisation.objects.create(name=name, kind=kind, parent=parent, path=path, code=f"M{path}", established_on=date(2010, 1, 1))


def person(username, role=None, at=None):
    user = User.objects.create(username=username, full_name=f"Người {username}")
    if role:
        RoleAssignment.objects.create(user=user, role=role, organisation=at, valid_from=date(2020, 1, 1))
    return user


def member(name, cell, admitted_on=date(2010, 2, 3)):
    one = Member.objects.create(
        full_name=name, gender="female", cell=cell, admitted_on=admitted_on, official_on=date(2026, 11, 1), state=MemberState.OFFICIAL
    )
    Membership.objects.create(member=one, cell=cell, valid_from=admitted_on)
    return one


@pytest.fixture
def place(db):
    root = organisation("Đảng bộ Khối các cơ quan tỉnh", OrganisationKind.UPPER_COMMITTEE)
    base = organisation("Đảng bộ Sở Nội vụ", OrganisationKind.BASE_COMMITTEE, root, 1)
    first = organisation("Chi bộ Văn phòng", OrganisationKind.CELL, base, 1)
    second = organisation("Chi bộ Thanh tra", OrganisationKind.CELL, base, 2)
    lone = organisation("Chi bộ Liên minh Hợp tác xã", OrganisationKind.BASE_CELL, root, 2)
    for number in range(6):
        member(f"Trần Văn A{'abcdeg'[number]}", first)
    member("Lê Thị Hoa", second)
    member("Phạm Văn Lâm", lone)
    return SimpleNamespace(
        root=root,
        base=base,
        first=first,
        second=second,
        lone=lone,
        staff=person("staff", Role.STAFF, root),
        base_staff=person("basestaff", Role.STAFF, base),
        secretary=person("secretary", Role.SECRETARY, first),
        other_secretary=person("other", Role.SECRETARY, second),
        leader=person("leader", Role.LEADER, root),
        base_leader=person("baseleader", Role.LEADER, base),
        inspector=person("inspector", Role.INSPECTOR, root),
        stranger=person("stranger"),
    )


@pytest.fixture
def year(place):
    from evaluations.services.cycles import open_cycle, open_review

    place.cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(place.cycle, by=place.staff)
    place.sheet = place.cycle.sheets.get(organisation=place.first)
    place.rows = list(place.sheet.reviews.filter(subject="member").order_by("sort_key"))
    return place
