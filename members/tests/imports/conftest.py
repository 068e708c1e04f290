"""A base with two cells and four members of known numbers; lists are taken in by its own staff."""

from datetime import date
from types import SimpleNamespace

import pytest

from cells.enums import OrganisationKind as Kind
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from members.models import Member, Membership, MembershipEvent
from members.services import imports

AS_OF = date(2026, 6, 30)


def somebody(cell, **fields):
    member = Member(
        **{
            "cell": cell,
            "gender": "male",
            "admitted_on": date(2005, 2, 3),
            "official_on": date(2006, 2, 3),
            "state": "official",
        }
        | fields
    )
    member.save()
    Membership.objects.create(member=member, cell=cell, valid_from=member.admitted_on)
    MembershipEvent.objects.create(member=member, kind="admitted", effective_on=member.admitted_on, to_cell=cell)
    return member


@pytest.fixture
def world(db):
    root = OrganisationFactory(name="Đảng bộ Khối các cơ quan tỉnh", code="KHOI")
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    away = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Tư pháp", code="STP")
    office = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng", code="SNV-VP")
    inspection = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Thanh tra", code="SNV-TT")
    elsewhere = OrganisationFactory(parent=away, kind=Kind.CELL, name="Chi bộ Văn phòng", code="STP-VP")
    people = SimpleNamespace(
        an=somebody(office, full_name="Nguyễn Văn An", born_on=date(1980, 2, 1), card_number="12.000001", position="Chuyên viên"),
        hoa=somebody(office, full_name="Trần Thị Hoa", born_on=date(1985, 12, 31), gender="female"),
        binh=somebody(
            inspection, full_name="Lê Văn Bình", born_on=date(1995, 5, 5), admitted_on=date(2025, 9, 2), official_on=None, state="probationary"
        ),
        gone=somebody(inspection, full_name="Phạm Văn Cũ", born_on=date(1950, 1, 1), state="transferred_out"),
        far=somebody(elsewhere, full_name="Vũ Văn Xa", born_on=date(1970, 7, 7), card_number="12.999999"),
    )
    staff = RoleAssignmentFactory(organisation=base).user
    return SimpleNamespace(root=root, base=base, away=away, office=office, inspection=inspection, elsewhere=elsewhere, people=people, staff=staff)


@pytest.fixture
def take_in(world):
    """take_in(data, cell=None, purpose="load"): the list, compared under the columns that were found by themselves."""

    def take_in(data, cell=None, purpose="load", organisation=None):
        batch = imports.upload(data, name="ds.xlsx", organisation=organisation or world.base, purpose=purpose, as_of=AS_OF, by=world.staff, cell=cell)
        return imports.choose_columns(batch, {int(place): key for place, key in batch.mapping.items()}, by=world.staff)

    return take_in
