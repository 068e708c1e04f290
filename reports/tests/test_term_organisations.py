"""What becomes of organisations in a term: each of the ways that a base changes, in a small tree of three years' names and places."""

from datetime import date

import pytest

from cells.enums import OrganisationKind, Role
from cells.models import Organisation, RoleAssignment, Sector
from cells.services.organisations import close_organisation, move_organisation, rename_organisation
from cells.tests.factories import OrganisationFactory
from reports.building import Frozen
from reports.figures.term import collect
from reports.papers.framing import framing_of

from .conftest import rated_year

TODAY = date(2026, 11, 23)
MIDYEAR = date(2018, 6, 1)


@pytest.fixture
def tree(world):
    """The committee under a province with a second one beside it, 2017 rated."""
    world.province = OrganisationFactory(kind=OrganisationKind.PROVINCIAL_COMMITTEE, name="Đảng bộ tỉnh")
    world.elsewhere = OrganisationFactory(parent=world.province, name="Đảng bộ Khối doanh nghiệp tỉnh")
    RoleAssignment.objects.create(user=world.staff, role=Role.STAFF, organisation=world.province, valid_from=date(2010, 1, 1))
    world.spare = OrganisationFactory(parent=world.root, kind=OrganisationKind.BASE_CELL, name="Chi bộ Hội Văn nghệ")
    rated_year(world, 2017, {"base": 1, "lone": 2, "other": 3, "spare": 2}, {}, registered={"base": 1, "lone": 1, "spare": 1})
    return world


def refreshed(tree, *names):
    for name in names:
        setattr(tree, name, Organisation.objects.get(pk=getattr(tree, name).pk))


def bases(tree):
    return {base.name: base for base in collect(tree.term, TODAY).bases}


def listed(tree):
    """{name: (levels and notes)} of the last appendix."""
    figures = collect(tree.term, TODAY)
    table = Frozen("term_report", figures, framing_of(tree.root, TODAY)).write().appendices[-1].table
    return {row.cells[1].text: [cell.text for cell in row.cells[2:]] for row in table.rows if row.kind == "plain"}


def sentences(tree):
    paper = Frozen("term_report", collect(tree.term, TODAY), framing_of(tree.root, TODAY)).write()
    return [block.text for section in paper.sections for block in section.blocks if block.kind == "sentence"]


def test_a_renamed_base_keeps_its_old_name_in_old_years(tree):
    rename_organisation(tree.lone, name="Chi bộ Hội Nông dân", short_name="", from_day=MIDYEAR, by=tree.staff)
    refreshed(tree, "lone")
    rated_year(tree, 2018, {"base": 1, "lone": 1, "other": 2, "spare": 2}, {})

    assert listed(tree)["Chi bộ Hội Nông dân"] == ["HTTNV", "HTXSNV", "Năm 2017 trở về trước: Chi bộ Liên minh Hợp tác xã"]
    assert any("thay đổi: 01 tổ chức đổi tên (Phụ lục" in text for text in sentences(tree))


def test_a_merged_base_stays_in_its_years_and_its_heir_tells_of_it(tree):
    close_organisation(tree.spare, ending="merged", on_day=MIDYEAR, successors=[tree.other], by=tree.staff)
    rated_year(tree, 2018, {"base": 1, "lone": 1, "other": 2}, {})

    rows = listed(tree)

    assert rows["Chi bộ Hội Văn nghệ"] == ["HTTNV", "–", "Hợp nhất, sáp nhập năm 2018, nay thuộc Chi bộ Hội Nhà báo"]
    assert rows["Chi bộ Hội Nhà báo"] == ["HTNV", "HTTNV", "Kế thừa Chi bộ Hội Văn nghệ từ năm 2018"]
    figures = collect(tree.term, TODAY)
    assert [sum(one.counts.values()) for one in figures.levels["bases"]] == [4, 3]
    assert [one.bases for one in figures.situations] == [4, 3]
    assert any("02 tổ chức liên quan đến hợp nhất, sáp nhập" in text for text in sentences(tree))


def test_a_base_that_was_split_lives_on_in_its_parts(tree):
    halves = [
        OrganisationFactory(parent=tree.root, kind=OrganisationKind.BASE_CELL, name=name, established_on=MIDYEAR)
        for name in ("Chi bộ Hội Văn học", "Chi bộ Hội Nghệ thuật")
    ]
    close_organisation(tree.spare, ending="split", on_day=MIDYEAR, successors=halves, by=tree.staff)
    tree.half, tree.rest = halves
    rated_year(tree, 2018, {"base": 1, "lone": 1, "other": 2, "half": 2, "rest": 1}, {})

    rows = listed(tree)

    assert rows["Chi bộ Hội Văn nghệ"] == ["HTTNV", "–", "Chia tách năm 2018, thành Chi bộ Hội Văn học, Chi bộ Hội Nghệ thuật"]
    assert rows["Chi bộ Hội Văn học"] == ["–", "HTTNV", "Tách ra từ Chi bộ Hội Văn nghệ năm 2018"]
    assert rows["Chi bộ Hội Nghệ thuật"] == ["–", "HTXSNV", "Tách ra từ Chi bộ Hội Văn nghệ năm 2018"]


def test_a_base_counts_in_the_sector_of_each_year(tree):
    state, masses = (Sector.objects.create(name=name, position=place) for place, name in enumerate(("Khối nhà nước", "Khối đoàn thể"), 1))
    for unit in (tree.base, tree.lone, tree.other, tree.spare):
        unit.placements.update(sector=state if unit in (tree.base, tree.lone) else masses)
    tree.lone.placements.update(valid_to=MIDYEAR)
    tree.lone.placements.create(kind=tree.lone.kind, parent=tree.root, path=tree.lone.path, sector=masses, valid_from=MIDYEAR)
    rated_year(tree, 2018, {"base": 1, "lone": 1, "other": 2, "spare": 3}, {})

    figures = collect(tree.term, TODAY)
    paper = Frozen("term_report", figures, framing_of(tree.root, TODAY)).write()

    assert [(one.sector, one.years) for one in figures.sectors] == [
        ("Khối nhà nước", {2017: {1: 1, 2: 1}, 2018: {1: 1}}),
        ("Khối đoàn thể", {2017: {2: 1, 3: 1}, 2018: {1: 1, 2: 1, 3: 1}}),
    ]
    table = next(block for section in paper.sections for block in section.blocks if block.kind == "table" and "theo khối thi đua" in block.caption)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Khối nhà nước", "2", "2", "1", "1"],
        ["Khối đoàn thể", "1", "2", "2", "3"],
        ["Cộng", "3", "4", "3", "4"],
    ]
    assert listed(tree)["Chi bộ Liên minh Hợp tác xã"][-1] == "Từ năm 2018: Khối đoàn thể (trước đó: Khối nhà nước)"


def test_a_base_that_went_to_another_committee_stays_in_the_years_before(tree):
    move_organisation(tree.spare, parent=tree.elsewhere, from_day=MIDYEAR, by=tree.staff)
    rated_year(tree, 2018, {"base": 1, "lone": 1, "other": 2}, {}, registered={"base": 1})

    figures = collect(tree.term, TODAY)

    assert listed(tree)["Chi bộ Hội Văn nghệ"] == ["HTTNV", "–", "Chuyển về Đảng bộ Khối doanh nghiệp tỉnh năm 2018"]
    assert [(one.total, one.registered) for one in figures.registered_bases] == [(3, 3), (1, 1)]
    assert [sum(one.counts.values()) for one in figures.levels["bases"]] == [4, 3]


def test_a_base_that_came_from_another_committee_tells_from_where(tree):
    tree.guest = OrganisationFactory(parent=tree.elsewhere, kind=OrganisationKind.BASE_CELL, name="Chi bộ Quỹ Đầu tư")
    move_organisation(tree.guest, parent=tree.root, from_day=MIDYEAR, by=tree.staff)
    refreshed(tree, "guest")
    rated_year(tree, 2018, {"base": 1, "lone": 1, "other": 2, "spare": 2, "guest": 1}, {})

    assert listed(tree)["Chi bộ Quỹ Đầu tư"] == ["–", "HTXSNV", "Chuyển đến từ Đảng bộ Khối doanh nghiệp tỉnh năm 2018"]
