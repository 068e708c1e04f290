from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cells.enums import DocumentKind, Ending, Role
from cells.enums import OrganisationKind as Kind
from cells.models import Document, Organisation, Placement
from cells.scope import holds
from cells.services import accounts
from cells.services import organisations as services
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError

DAY = date(2024, 7, 1)


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def found(tree, **changed):
    values = {"parent": tree.first, "kind": Kind.CELL, "name": "Chi bộ Thanh tra", "code": "TT", "established_on": DAY}
    return services.found_organisation(**(values | {"by": tree.staff} | changed))


def test_a_new_organisation_stands_at_the_next_number_with_name_placement_document_and_one_entry(tree):
    document = Document(organisation=tree.first, kind=DocumentKind.DECISION, number="45-QĐ/ĐUK", issued_on=DAY, issuer="Đảng ủy Khối")
    one = found(tree, document=document)
    assert one.path == tree.first.path + "0003"
    assert (one.placements.get().path, one.superior_name_on(one.established_on)) == (one.path, "Đảng bộ Sở Nội vụ")
    assert one.established_by.number == "45-QĐ/ĐUK"
    assert AuditEntry.objects.about(one).get().action == "organisation.founded"


@pytest.mark.parametrize("kind", [Kind.BASE_CELL, Kind.BASE_COMMITTEE, Kind.UPPER_COMMITTEE])
def test_a_kind_that_may_not_stand_there_is_refused_beside_its_field(tree, kind):
    with pytest.raises(DomainError, match="không thể trực thuộc") as refusal:
        found(tree, kind=kind)
    assert refusal.value.field == "kind"


def test_a_code_is_used_once(tree):
    with pytest.raises(DomainError, match="đã dùng") as refusal:
        found(tree, code=tree.cell.code)
    assert refusal.value.field == "code"


def test_only_staff_above_found_rename_move_and_close(tree):
    secretary = RoleAssignmentFactory(organisation=tree.cell, role=Role.SECRETARY).user
    with pytest.raises(PermissionDenied):
        found(tree, by=secretary)
    with pytest.raises(PermissionDenied):
        services.rename_organisation(tree.cell, name="Chi bộ Mới", short_name="", from_day=DAY, by=secretary)
    with pytest.raises(PermissionDenied):
        services.move_organisation(tree.cell, parent=tree.second, from_day=DAY, by=secretary)
    with pytest.raises(PermissionDenied):
        services.close_organisation(tree.cell, ending=Ending.DISSOLVED, on_day=DAY, by=secretary)


def test_the_old_name_holds_until_the_day_of_the_new_one(tree):
    services.rename_organisation(tree.cell, name="Chi bộ Văn phòng Sở", short_name="", from_day=DAY, by=tree.staff)
    names = tree.cell.names
    assert names.in_force(date(2024, 6, 30)).get().name == "Chi bộ Văn phòng"
    assert names.in_force(DAY).get().name == fresh(tree.cell).name == "Chi bộ Văn phòng Sở"
    with pytest.raises(DomainError, match="phải có từ ngày sau đó"):
        services.rename_organisation(tree.cell, name="Khác", short_name="", from_day=DAY, by=tree.staff)


def test_a_move_takes_the_whole_subtree_along_and_keeps_the_past(tree):
    before = tree.part.path
    services.move_organisation(tree.part, parent=tree.second, from_day=DAY, by=tree.staff)
    assert fresh(tree.part).path == tree.second.path + "0001"
    assert fresh(tree.deep).path == fresh(tree.part).path + "0001"
    assert fresh(tree.cell).path == tree.cell.path
    past = Placement.objects.under(before, date(2024, 6, 30))
    assert set(past.values_list("organisation", flat=True)) == {tree.part.pk, tree.deep.pk}
    now = Placement.objects.under(tree.second.path, DAY)
    assert set(now.values_list("organisation", flat=True)) == {tree.second.pk, tree.part.pk, tree.deep.pk}
    assert tree.part.superior_name_on(DAY) == "Đảng bộ Sở Tư pháp"
    assert tree.part.superior_name_on(date(2024, 6, 30)) == "Đảng bộ Sở Nội vụ"


def test_a_path_once_used_is_not_given_to_another(tree):
    services.move_organisation(tree.cell, parent=tree.second, from_day=DAY, by=tree.staff)
    assert found(tree).path == tree.first.path + "0003"


def test_what_is_closed_below_stays_closed_when_its_superior_moves(tree):
    services.close_organisation(tree.deep, ending=Ending.DISSOLVED, on_day=date(2023, 1, 1), by=tree.staff)
    services.move_organisation(tree.part, parent=tree.second, from_day=DAY, by=tree.staff)
    assert not tree.deep.placements.open().exists()
    assert fresh(tree.deep).path.startswith(fresh(tree.part).path)


def test_a_move_before_something_below_was_placed_is_refused(tree):
    OrganisationFactory(parent=tree.part, kind=Kind.CELL, established_on=date(2024, 9, 1))
    with pytest.raises(DomainError) as refusal:
        services.move_organisation(tree.part, parent=tree.second, from_day=DAY, by=tree.staff)
    assert refusal.value.field == "from_day"


def test_a_closed_organisation_is_not_moved(tree):
    services.close_organisation(tree.cell, ending=Ending.DISSOLVED, on_day=DAY, by=tree.staff)
    with pytest.raises(DomainError, match="đã kết thúc hoạt động"):
        services.move_organisation(fresh(tree.cell), parent=tree.second, from_day=date(2024, 8, 1), by=tree.staff)


def test_nothing_closes_over_open_organisations(tree):
    with pytest.raises(DomainError, match="Còn tổ chức đảng"):
        services.close_organisation(tree.part, ending=Ending.DISSOLVED, on_day=DAY, by=tree.staff)


def test_closing_ends_name_and_placement_and_names_the_heirs(tree):
    services.close_organisation(tree.cell, ending=Ending.MERGED, on_day=DAY, successors=[tree.deep], by=tree.staff)
    one = fresh(tree.cell)
    assert (one.dissolved_on, one.ending, list(one.successors.all())) == (DAY, Ending.MERGED, [tree.deep])
    assert not one.placements.open().exists()
    assert not one.names.open().exists()


def test_closing_before_the_last_name_began_is_refused(tree):
    services.rename_organisation(tree.cell, name="Chi bộ Mới", short_name="", from_day=DAY, by=tree.staff)
    with pytest.raises(DomainError) as refusal:
        services.close_organisation(tree.cell, ending=Ending.DISSOLVED, on_day=date(2024, 1, 1), by=tree.staff)
    assert refusal.value.field == "on_day"


def test_what_is_closed_is_not_closed_again(tree):
    services.close_organisation(tree.cell, ending=Ending.DISSOLVED, on_day=DAY, by=tree.staff)
    with pytest.raises(DomainError, match="đã kết thúc hoạt động"):
        services.close_organisation(fresh(tree.cell), ending=Ending.MERGED, on_day=DAY, by=tree.staff)


@pytest.mark.parametrize(
    ("kind", "official", "members", "warned"),
    [
        (Kind.CELL, 2, 4, ["dưới 3"]),
        (Kind.CELL, 3, 3, []),
        (Kind.BASE_CELL, 29, 29, []),
        (Kind.BASE_CELL, 30, 30, ["từ 30 trở lên"]),
        (Kind.BASE_COMMITTEE, 29, 29, ["dưới 30"]),
        (Kind.BASE_COMMITTEE, 30, 30, []),
    ],
)
def test_sizes_that_the_statute_does_not_want_are_warned_of(kind, official, members, warned):
    sentences = services.warnings_about(Organisation(kind=kind), official, members)
    assert len(sentences) == len(warned)
    assert all(word in sentence for word, sentence in zip(warned, sentences, strict=True))


def test_a_role_is_given_once_and_taken_back(tree):
    administrator = RoleAssignmentFactory(organisation=tree.root, role=Role.ADMINISTRATOR).user
    person = UserFactory()
    with pytest.raises(PermissionDenied):
        accounts.grant_role(user=person, role=Role.STAFF, organisation=tree.first, by=tree.staff)
    given = accounts.grant_role(user=person, role=Role.STAFF, organisation=tree.first, by=administrator)
    with pytest.raises(DomainError):
        accounts.grant_role(user=person, role=Role.STAFF, organisation=tree.first, by=administrator)
    accounts.revoke_role(given, by=administrator)
    assert not holds(type(person).objects.get(pk=person.pk), (Role.STAFF,), tree.first)


def test_a_renamed_superior_is_called_by_the_name_of_the_day(tree):
    top = tree.root
    services.rename_organisation(top, name="Đảng bộ các cơ quan tỉnh", short_name="", from_day=date(2025, 3, 1), paper_code="ĐU", by=tree.staff)

    assert tree.first.superior_name_on(date(2025, 2, 28)) == "Đảng bộ Khối"
    assert tree.first.superior_name_on(date(2025, 3, 1)) == "Đảng bộ các cơ quan tỉnh"


def test_the_top_keeps_its_superior_when_it_is_renamed(tree):
    tree.root.names.update(superior_name="Đảng bộ tỉnh")
    services.rename_organisation(tree.root, name="Đảng bộ các cơ quan tỉnh", short_name="", from_day=date(2025, 3, 1), by=tree.staff)

    assert tree.root.superior_name_on(date(2025, 3, 1)) == "Đảng bộ tỉnh"
