"""What each person may choose when asking for a paper about a sheet, a decision or a year, and what a link asks for by name."""

from datetime import date

import pytest

from cells.models import Organisation
from evaluations.models import Cycle
from evaluations.services.decisions import issue_decision, propose_decision
from evaluations.tests.conftest import place, year  # noqa: F401  the small committee of the evaluation tests, its year opened
from evaluations.tests.test_deciding import ISSUE, accepted
from reports import subjects
from reports.enums import PaperKind
from reports.papers.catalogue import recipe_of
from reports.subjects import choices_of, chosen, has_choices


def offered(user, kind, **wanted):
    return [one.organisation.name for one in choices_of(user, recipe_of(kind), **wanted)]


def test_sheets_are_those_of_whom_one_builds_for(year):  # noqa: F811
    everything = ["Đảng bộ Khối các cơ quan tỉnh", "Đảng bộ Sở Nội vụ", "Chi bộ Văn phòng", "Chi bộ Thanh tra", "Chi bộ Liên minh Hợp tác xã"]
    cells = ["Chi bộ Văn phòng", "Chi bộ Thanh tra", "Chi bộ Liên minh Hợp tác xã"]
    for user in (year.staff, year.leader):
        assert set(offered(user, PaperKind.DOSSIER)) <= set(everything)
        assert offered(user, PaperKind.CELL_SHEET) == cells
    assert offered(year.base_leader, PaperKind.CELL_SHEET) == cells[:2]
    assert offered(year.secretary, PaperKind.CELL_SHEET) == offered(year.secretary, PaperKind.DOSSIER) == ["Chi bộ Văn phòng"]
    for user in (year.inspector, year.stranger):
        assert offered(user, PaperKind.CELL_SHEET) == []
        assert not has_choices(user, recipe_of(PaperKind.CELL_SHEET))


def test_years_are_offered_to_the_committees_that_can_make_the_paper(year):  # noqa: F811
    assert offered(year.leader, PaperKind.APPRAISAL_LIST) == ["Đảng bộ Khối các cơ quan tỉnh", "Đảng bộ Sở Nội vụ"]
    assert offered(year.base_staff, PaperKind.APPRAISAL_LIST) == ["Đảng bộ Sở Nội vụ"]
    assert offered(year.secretary, PaperKind.APPRAISAL_LIST) == []


def test_an_older_year_is_there_for_who_asks_by_name(year):  # noqa: F811
    for number in (2025, 2024, 2023):
        Cycle.objects.create(root=year.root, year=number, rulebook="qd124", cutoff_on=date(number, 12, 31), closed_on=date(number + 1, 1, 31))
    old = f"{Cycle.objects.get(year=2023).pk}-{year.base.pk}"
    recipe = recipe_of(PaperKind.APPRAISAL_LIST)
    assert old not in {one.key for one in choices_of(year.base_staff, recipe)}
    assert choices_of(year.base_staff, recipe, wanted=old)[-1].label == "Năm 2023, Đảng bộ Sở Nội vụ"
    assert chosen(year.base_staff, recipe, old).subject.year == 2023
    assert chosen(year.secretary, recipe, old) is None


def test_decisions_of_one_title_are_told_apart(year):  # noqa: F811
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    recipe = recipe_of(PaperKind.RATING_PROPOSAL)
    assert [one.label for one in choices_of(year.leader, recipe)] == ["Công nhận kết quả xếp loại năm 2026, Đảng ủy Sở Nội vụ (đã trình)"]
    issue_decision(decision, **ISSUE, by=year.base_leader)
    assert [one.label for one in choices_of(year.leader, recipe)] == ["Công nhận kết quả xếp loại năm 2026, Đảng ủy Sở Nội vụ (số 12-QĐ/ĐU)"]
    assert choices_of(year.secretary, recipe) == []


def test_a_long_list_is_cut_and_what_a_link_asks_for_is_still_there(year, monkeypatch):  # noqa: F811
    monkeypatch.setattr(subjects, "MOST", 1)
    recipe, wanted = recipe_of(PaperKind.CELL_SHEET), str(year.cycle.sheets.get(organisation=year.lone).pk)
    assert offered(year.staff, PaperKind.CELL_SHEET) == ["Chi bộ Văn phòng"]
    assert offered(year.staff, PaperKind.CELL_SHEET, wanted=wanted) == ["Chi bộ Văn phòng", "Chi bộ Liên minh Hợp tác xã"]
    assert offered(year.secretary, PaperKind.CELL_SHEET, wanted=wanted) == ["Chi bộ Văn phòng"]
    assert chosen(year.staff, recipe, wanted).organisation == Organisation.objects.get(pk=year.lone.pk)


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1", "²", "1-", "-", "0"])
def test_a_key_that_cannot_be_finds_nothing(year, key):  # noqa: F811
    for kind in (PaperKind.CELL_SHEET, PaperKind.APPRAISAL_LIST, PaperKind.RATING_PROPOSAL):
        assert chosen(year.staff, recipe_of(kind), key) is None
