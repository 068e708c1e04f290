"""The sheet of a cell as it is signed: what the cell may know of itself, counted by hand; counts of ballots, never a paper."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Review, ReviewSheet
from evaluations.services.ballots import open_ballot, recount, save_count
from evaluations.services.decisions import draft_decision, issue_decision, propose_decision, publish_decision
from evaluations.services.opinions import propose_from_vote, save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet
from evaluations.tests.conftest import place, year  # noqa: F401  the small committee of the evaluation tests, its year opened
from evaluations.tests.test_ballots import ALL_SIX, VARIED, confirmed, lines_of
from evaluations.tests.test_deciding import ISSUE, vote
from reports.building import build, freeze, thaw
from reports.figures.cell_sheet import Unrated, collect
from reports.models import Paper
from reports.papers.cell_sheet import write
from reports.papers.framing import framing_of

DAY = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")


def sheet_of(year):  # noqa: F811
    return ReviewSheet.objects.select_related("organisation", "cycle").get(pk=year.sheet.pk)


def written(figures, cell):
    return write(figures, framing_of(cell, DAY), {})


def table_of(paper):
    return next(block for block in paper.sections[0].blocks if block.kind == "table")


def sent(year):  # noqa: F811
    """The sheet voted on, sent, accepted, its levels proposed by the superior: the first member down to good."""
    vote(year)
    submit_sheet(year.sheet, by=year.secretary)
    accept_sheet(year.sheet, by=year.base_staff)
    propose_from_vote(year.sheet, by=year.base_staff)
    save_opinion(year.rows[0], "proposed", level=2, reason="Còn nhiệm vụ quá hạn", version=1, by=year.base_staff)
    return draft_decision(year.base, year.cycle, [year.sheet], title="Công nhận kết quả xếp loại năm 2026", by=year.base_staff)


def test_counts_of_the_confirmed_ballot_stand_beside_the_levels(year):  # noqa: F811
    save_opinion(year.rows[0], "self", level=2, version=0, by=year.secretary)
    save_opinion(year.rows[5], "committee", level=3, reason="Chưa hoàn thành việc được giao", version=0, by=year.secretary)
    confirmed(year, *VARIED)
    figures = collect(sheet_of(year), DAY)
    assert [(row.votes, row.vote) for row in figures.members] == [
        ((6, 0, 0, 0, 0), 1),
        ((4, 2, 0, 0, 0), 1),
        ((0, 5, 1, 0, 0), 2),
        ((3, 3, 0, 0, 0), None),
        ((2, 2, 2, 0, 0), None),
        ((0, 0, 0, 4, 2), 4),
    ]
    assert (figures.members[0].own, figures.members[5].committee) == (2, 3)
    assert figures.members[0].reasons == ()  # the count's own sentence: its figures stand in the columns
    assert figures.members[5].reasons == (("Chi ủy đề nghị", "Chưa hoàn thành việc được giao"),)
    assert figures.rows[-1].votes is None  # the cell itself was not on the paper
    (ballot,) = figures.ballots
    assert (ballot.eligible, ballot.present, ballot.issued, ballot.collected, ballot.valid, ballot.invalid) == (6, 6, 6, 6, 6, 0)

    paper = written(figures, year.first)
    table = table_of(paper)
    assert [column.title for column in table.columns] == [
        *("TT", "Họ và tên", "Chức vụ", "Tự xếp loại", "Chi ủy đề nghị", "1", "2", "3", "4", "KYK"),
        *("Chi bộ đề nghị", "Được quyết định", "Lý do, ghi chú"),
    ]
    assert [cell.text for cell in table.rows[6].cells] == [
        *("6", "Trần Văn Ag", "", "–", "HTNV", "0", "0", "0", "4", "2", "KHTNV", "–"),
        "Chi ủy đề nghị: Chưa hoàn thành việc được giao",
    ]
    assert sum(column.width for column in table.columns) == 100
    said = [block.text for block in paper.sections[0].blocks if block.kind == "sentence"]
    assert said[0] == (
        "Chi bộ bỏ phiếu đối với 04 đảng viên: 02 hoàn thành xuất sắc nhiệm vụ (50%), 01 hoàn thành tốt nhiệm vụ (25%), "
        "01 không hoàn thành nhiệm vụ (25%); 02 chưa có mức. Tỷ lệ tính trên số đảng viên đã có mức này."
    )
    assert (
        "lần 1 ngày 20/11/2026 (đảng viên): 06 người có quyền bỏ phiếu, 06 có mặt; phát ra 06, thu về 06 phiếu (06 hợp lệ, 00 không hợp lệ)"
        in said[1]
    )


def test_a_count_that_does_not_hold_is_not_told(year):  # noqa: F811
    ballot = open_ballot(
        *(year.first, year.cycle, year.sheet),
        **{"subject": "member", "reviews": [row.pk for row in year.rows], "meeting": "cell", "held_on": date(2026, 11, 20), "by": year.secretary},
    )
    save_count(ballot, ALL_SIX, lines_of(ballot, *VARIED), by=year.secretary)
    figures = collect(sheet_of(year), DAY)
    assert figures.ballots == ()
    assert {row.votes for row in figures.rows} == {None}
    assert "Số phiếu" not in {column.group for column in table_of(written(figures, year.first)).columns}


def test_an_open_recount_leaves_the_first_count_standing(year):  # noqa: F811
    recount(confirmed(year, *VARIED), "Đếm lại theo yêu cầu", by=year.secretary)
    figures = collect(sheet_of(year), DAY)
    assert len(figures.ballots) == 1
    assert figures.members[0].votes == (6, 0, 0, 0, 0)


def test_what_the_superior_proposes_and_decides_is_told_once_it_is_published(year):  # noqa: F811
    decision = sent(year)

    def first():
        row = collect(sheet_of(year), DAY).members[0]
        return row.vote, row.proposed, row.decided, row.reasons

    assert first() == (1, None, None, ())
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    assert first() == (1, None, None, ())
    publish_decision(decision, by=year.base_staff)
    assert first() == (1, 2, 2, (("Đề xuất", "Còn nhiệm vụ quá hạn"),))
    figures = collect(sheet_of(year), DAY)
    assert figures.documents == ("Quyết định số 12-QĐ/ĐU, ngày 20/12/2026",)
    assert figures.counts("decided") == {2: 6}


def test_a_base_cell_that_decides_itself_reads_its_own(year):  # noqa: F811
    sheet = year.cycle.sheets.get(organisation=year.lone)
    member, cell = sheet.reviews.get(subject="member"), sheet.reviews.get(subject="organisation")
    Review.objects.filter(pk__in=(member.pk, cell.pk)).update(decided_level=2)
    assert (member.decided_by, cell.decided_by) == (year.lone, year.root)
    figures = collect(sheet, DAY)
    assert [row.decided for row in figures.rows] == [2, 2]


def test_those_without_a_level_are_named_with_their_reason(year):  # noqa: F811
    Review.objects.filter(pk=year.rows[0].pk).update(eligibility="exempt", eligibility_reason="Được miễn sinh hoạt")
    Review.objects.filter(pk=year.rows[1].pk).update(removed_at=timezone.now(), removal_reason="Chuyển sinh hoạt đảng đi")
    figures = collect(sheet_of(year), DAY)
    assert figures.unrated == (
        Unrated("Trần Văn Aa", "", "Miễn: Được miễn sinh hoạt", removed=False),
        Unrated("Trần Văn Ab", "", "Chuyển sinh hoạt đảng đi", removed=True),
    )
    paper = written(figures, year.first)
    table = table_of(paper)
    assert [row.cells[0].text for row in table.rows if row.kind == "group"] == [
        *("Đảng viên", "Tổ chức đảng", "Không xếp loại", "Đã đưa ra khỏi danh sách, không tính vào kết quả"),
    ]
    assert sum(cell.span for cell in table.rows[-1].cells) == len(table.columns)
    assert "có 04 đảng viên phải xếp loại, 01 không xếp loại; 01 đã đưa ra khỏi danh sách" in paper.closing


def test_maker_and_secretary_sign(year):  # noqa: F811
    paper = written(collect(sheet_of(year), DAY), year.first)
    assert (paper.signature.authority, paper.second_signature.authority, paper.second_signature.position) == ("NGƯỜI LẬP", "T/M CHI BỘ", "BÍ THƯ")


def test_it_is_built_from_the_page_of_a_cell_and_frozen(client, year):  # noqa: F811
    def button(user, sheet):
        client.force_login(user)
        page = BeautifulSoup(client.get(reverse("evaluations:sheet_detail", args=[sheet.pk])).content, "html.parser")
        return page.find("a", string="Bảng xếp loại để ký")

    asked = client.get(button(year.secretary, year.sheet)["href"])
    assert [one.subject for one in asked.context["choices"]] == [year.sheet]
    assert asked.context["choices"][0].label == "Năm 2026, Chi bộ Văn phòng (Đảng ủy Sở Nội vụ)"
    assert button(year.leader, year.sheet)
    assert button(year.inspector, year.sheet) is None
    committee = year.cycle.sheets.get(organisation=year.base)
    assert button(year.staff, committee) is None  # a committee's sheet holds no members
    client.force_login(year.staff)
    offered = client.get(reverse("reports:report_new", args=["cell-sheet"])).context["choices"]
    assert {one.organisation for one in offered} == {year.first, year.second, year.lone}

    built = build(Paper(kind="cell_sheet", organisation=year.first, sheet=sheet_of(year), about_key=f"sheet:{year.sheet.pk}"))
    assert freeze(thaw(built.text)) == built.text
    assert set(built.files) == {"pdf", "docx", "xlsx"}
