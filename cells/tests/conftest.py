from types import SimpleNamespace

import pytest

from cells.enums import OrganisationKind as Kind
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory


@pytest.fixture
def tree(db):
    """The Khối with two đảng bộ cơ sở; the first has a đảng bộ bộ phận with one cell, and a cell of its own."""
    root = OrganisationFactory(name="Đảng bộ Khối")
    first = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ")
    second = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Tư pháp")
    part = OrganisationFactory(parent=first, kind=Kind.SUB_COMMITTEE, name="Đảng bộ Ban Thi đua")
    deep = OrganisationFactory(parent=part, kind=Kind.CELL, name="Chi bộ Nghiệp vụ")
    cell = OrganisationFactory(parent=first, kind=Kind.CELL, name="Chi bộ Văn phòng")
    staff = RoleAssignmentFactory(organisation=root).user
    return SimpleNamespace(root=root, first=first, second=second, part=part, deep=deep, cell=cell, staff=staff)
