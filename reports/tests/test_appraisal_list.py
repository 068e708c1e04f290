"""The list for a body's meeting: every voice in its column, remarks and clauses below, what is not known stays unknown."""

import io
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cells.services.boards import add_board
from evaluations.models import Review
from evaluations.services.boards import save_board_opinion
from evaluations.services.decisions import issue_decision, propose_decision
from evaluations.services.facts import save_facts
from evaluations.services.opinions import save_opinion
from evaluations.services.registrations import save_registration
from evaluations.tests.conftest import place, year  # noqa: F401  the small committee of the evaluation tests, its year opened
from evaluations.tests.test_deciding import ISSUE, accepted
from khoi_party.common.errors import DomainError
from reports.building import build, freeze, thaw
from reports.figures.appraisal_list import Saying, collect
from reports.models import Paper
from reports.papers.appraisal_list import write
from reports.papers.framing import framing_of
from reports.tests.specimens import framing
from reports.tests.specimens.appraisal_list import figures as specimen_figures

DAY = date(2026, 11, 20)
EMPTY = dict.fromkeys(("planned_1", "planned_2", "planned_3", "planned_4", "thematic_meetings_planned", "admissions_planned"))


@pytest.fixture
def root_list(year):  # noqa: F811
    """Two boards of the root; of its two bases one has registered, rated itself and been looked at by one board."""
    boards = [
        add_board(year.root, name=name, short_name=short, from_day=date(2020, 1, 1), by=year.staff)
        for name, short in (("Ban Tổ chức", "Tổ chức"), ("Cơ quan Ủy ban Kiểm tra", "Kiểm tra"))
    ]
    base = Review.objects.get(subject="organisation", organisation=year.base)
    registration = year.cycle.registrations.get(organisation=year.base)
    save_registration(registration, EMPTY | {"level": 1, "commitments": ""}, version=1, by=year.base_staff)
    save_opinion(base, "self", level=2, version=0, by=year.staff)
    save_board_opinion(base, boards[0], level=3, text="Hai nhiệm vụ quá hạn", by=year.staff)
    return year


def written(figures, body):
    return write(figures, framing_of(body, DAY), {})


def tables_of(paper):
    return [block for block in paper.sections[0].blocks if block.kind == "table"]


def test_each_voice_stands_in_its_column_and_remarks_below(root_list):
    figures = collect(root_list.root, root_list.cycle, root_list.staff, DAY)
    (part,) = figures.parts  # above the bases nobody decides members
    base, lone = part.lines
    said = dict(zip(part.headings, base.said, strict=True))
    assert (said["Đăng ký"].level, said["Tự xếp loại"].level, said["Tổ chức"]) == (1, 2, Saying(3, "HTNV", "Hai nhiệm vụ quá hạn"))
    assert (base.standing, base.differs, base.is_silent, base.decided, lone.standing) == (2, True, True, None, None)
    assert base.unknown > 0
    table, remarks = tables_of(written(figures, root_list.root))
    assert [column.title for column in table.columns] == [
        *("TT", "Tổ chức đảng", "Năm trước", "Đăng ký", "Tự xếp loại", "Tổ chức", "Kiểm tra", "Đề xuất", "Quy định nêu"),
    ]
    assert [cell.text for cell in table.rows[0].cells] == [
        *("1", "Đảng bộ Sở Nội vụ", "–", "HTXSNV", "HTTNV", "HTNV", "–", "–"),
        f"chưa rõ {base.unknown}",
    ]
    assert [[cell.text for cell in row.cells] for row in remarks.rows] == [["Đảng bộ Sở Nội vụ"], ["Tổ chức", "HTNV", "Hai nhiệm vụ quá hạn"]]


def test_a_base_sees_its_cells_and_members_with_what_the_rules_say(year):  # noqa: F811
    accepted(year)
    save_facts(year.rows[1], {}, points={"common": 29, "results": 39}, version=0, by=year.base_staff)  # 68 points, proposed as good
    figures = collect(year.base, year.cycle, year.base_staff, DAY)
    assert [(part.subject, len(part.lines)) for part in figures.parts] == [("organisation", 2), ("member", 7)]
    members = figures.parts[1]
    (doubtful,) = [line for line in members.lines if line.clauses]
    assert (doubtful.name, doubtful.place, doubtful.standing) == ("Trần Văn Ab", "Chi bộ Văn phòng", 2)
    paper = written(figures, year.base)
    clause = tables_of(paper)[-1].rows[-1]
    assert [cell.text for cell in clause.cells][:2] == ["Quy định nêu", "HTTNV"]
    assert clause.cells[2].text.endswith("Quy định số 366-QĐ/TW, ngày 30/8/2025).")
    assert "01 có điều quy định nêu cần xem xét" in paper.sections[0].blocks[2].text


def test_a_decided_row_says_what_was_said_then(year):  # noqa: F811
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    figures = collect(year.base, year.cycle, year.base_staff, DAY)
    line = next(line for line in figures.parts[1].lines if line.name == "Trần Văn Aa")
    assert (line.decided, line.unknown, line.clauses) == (1, None, ())
    table = tables_of(written(figures, year.base))[1]
    row = next(row for row in table.rows if row.kind == "plain" and row.cells[1].text == "Trần Văn Aa")
    assert [column.title for column in table.columns][-2:] == ["Quyết định", "Quy định nêu"]
    assert [cell.text for cell in row.cells][-2:] == ["HTXSNV", "–"]
    assert [row.cells[0].text for row in table.rows if row.kind == "group"] == ["Chi bộ Văn phòng", "Chi bộ Thanh tra"]


def test_a_row_that_is_not_rated_says_why(year):  # noqa: F811
    Review.objects.filter(pk=year.rows[0].pk).update(eligibility="exempt", eligibility_reason="Được miễn sinh hoạt")
    table = tables_of(written(collect(year.base, year.cycle, year.base_staff, DAY), year.base))[1]
    row = next(row for row in table.rows if row.kind == "plain" and row.cells[1].text == "Trần Văn Aa")
    assert [(cell.text, cell.span) for cell in row.cells[2:]] == [("Miễn: Được miễn sinh hoạt", len(table.columns) - 2)]


def test_nobody_reads_it_from_outside_the_body(year):  # noqa: F811
    for user in (year.secretary, year.base_staff, year.stranger):
        with pytest.raises(DomainError, match="không còn được xem"):
            collect(year.root, year.cycle, user, DAY)
    assert collect(year.root, year.cycle, year.inspector, DAY).parts


def test_too_many_boards_for_the_page_are_told_below():
    figures, boards = specimen_figures(), ("Tuyên giáo", "Dân vận", "Văn phòng", "Nội chính", "Thi đua")
    part = figures.parts[0]
    said = (*part.lines[0].said[:8], *(Saying(2, "HTTNV", "") for _ in boards), *part.lines[0].said[8:])
    more = replace(
        part,
        headings=(*part.headings[:8], *boards, *part.headings[8:]),
        boards=(*part.boards, *boards),
        lines=(replace(part.lines[0], said=said),),
    )
    table, remarks = tables_of(write(replace(figures, parts=(more,)), framing(), {}))
    assert sum(column.width for column in table.columns) == 100
    assert table.columns[1].width >= 11
    assert [column.title for column in table.columns[6:-1]] == ["Tổ chức", "Kiểm tra", "Tuyên giáo", "Dân vận", "Văn phòng", "Nội chính", "Đề xuất"]
    assert ["Thi đua", "HTTNV", ""] in [[cell.text for cell in row.cells] for row in remarks.rows]


def test_it_is_built_from_its_page_and_frozen(client, root_list):
    client.force_login(root_list.leader)
    board = reverse("evaluations:appraisal_board", args=[root_list.cycle.pk, root_list.root.pk])
    button = BeautifulSoup(client.get(board).content, "html.parser").find("a", string="Lập danh sách trình họp")
    asked = client.get(button["href"])
    assert asked.context["form"]["about"].value() == f"{root_list.cycle.pk}-{root_list.root.pk}"
    assert [one.organisation for one in asked.context["choices"]] == [root_list.root, root_list.base]  # no cell appraises others
    client.force_login(root_list.inspector)
    assert "Lập danh sách trình họp" not in client.get(board).content.decode()

    paper = Paper(kind="appraisal_list", organisation=root_list.root, cycle=root_list.cycle, requested_by=root_list.staff, about_key="cycle:1")
    built = build(paper)
    assert freeze(thaw(built.text)) == built.text
    rows = CalamineWorkbook.from_filelike(io.BytesIO(built.files["xlsx"])).get_sheet_by_index(0).to_python()
    assert rows[5][1:5] == ["Đảng bộ Sở Nội vụ", "–", "HTXSNV", "HTTNV"]


def test_a_year_without_reviews_is_not_offered(client, place):  # noqa: F811
    from evaluations.services.cycles import open_cycle

    open_cycle(place.root, 2026, by=place.staff)
    client.force_login(place.staff)
    assert client.get(reverse("reports:report_new", args=["appraisal-list"])).context["choices"] == []
