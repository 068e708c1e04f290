"""The list of a unit's review file: what is on record with number and day, blanks for the rest; Mẫu 04 from 2025 on."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.models import Document
from evaluations.models import Cycle, ReviewSheet
from evaluations.services.decisions import issue_decision, propose_decision, publish_decision
from evaluations.services.facts import save_facts
from evaluations.services.opinions import save_opinion
from evaluations.services.plans import save_review_day, save_suggestion
from evaluations.services.reports import receive_papers, save_report
from evaluations.services.revisions import record_complaint
from evaluations.tests.conftest import place, year  # noqa: F401  the small committee of the evaluation tests, its year opened
from evaluations.tests.test_ballots import VARIED, confirmed
from evaluations.tests.test_deciding import ISSUE, accepted
from reports.building import build, freeze, thaw
from reports.figures.dossier import collect
from reports.models import Paper
from reports.papers.dossier import write
from reports.papers.framing import framing_of

DAY = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")


def sheet_of(year, unit=None):  # noqa: F811
    return year.cycle.sheets.select_related("organisation", "cycle").get(organisation=unit or year.first)


def listed(sheet):
    """(name, number, day, note) of each line of the list, and the whole paper."""
    paper = write(collect(sheet, DAY), framing_of(sheet.organisation, DAY), {})
    table = paper.sections[0].blocks[0]
    assert all(row.cells[4].text == "" for row in table.rows)  # pages are counted by hand
    return [tuple(row.cells[column].text for column in (1, 2, 3, 5)) for row in table.rows], paper


def test_what_is_known_stands_and_the_rest_is_blank(year):  # noqa: F811
    letter = Document(organisation=year.base, kind="other", number="45-CV/ĐU", issued_on=date(2026, 11, 2), issuer="Đảng ủy Sở Nội vụ")
    save_suggestion(year.sheet, attending="", suggestion="Làm rõ việc chậm báo cáo", document=letter, version=0, by=year.base_staff)
    save_review_day(year.sheet, meets_on=date(2026, 11, 12), held_on=date(2026, 11, 12), answer="Đã làm rõ", version=1, by=year.secretary)
    save_report(year.sheet, {"targets": "Đạt 9/10"}, version=0, by=year.secretary)
    receive_papers(year.sheet, ["report"], received_on=date(2026, 11, 20), by=year.base_staff)
    confirmed(year, *VARIED)
    cell = year.sheet.reviews.get(subject="organisation")
    save_opinion(cell, "self", level=2, version=0, by=year.secretary)
    save_facts(cell, {}, points={"common": 28, "results": 60.5}, version=0, by=year.secretary)
    lines, paper = listed(sheet_of(year))
    assert lines == [
        ("Báo cáo kiểm điểm (Mẫu 01-HD KĐ.ĐG 2025)", "", "", "Soạn trên phần mềm; Cấp trên nhận 20/11/2026"),
        ("Biên bản họp kiểm điểm", "", "12/11/2026", ""),
        ("Biên bản kiểm phiếu (nếu có)", "12-BB/CB", "20/11/2026", "Lần 1, đảng viên"),
        ("Văn bản gợi ý kiểm điểm (nếu có)", "45-CV/ĐU", "02/11/2026", ""),
        ("Kết quả tự đánh giá, xếp loại kèm phụ lục chấm điểm", "", "", "HTTNV, 88,5 điểm"),
        ("Văn bản góp ý, tổng hợp thẩm định (nếu có)", "", "", ""),
        ("Quyết định, thông báo kết quả xếp loại", "", "", ""),
        ("Hồ sơ khiếu nại, kiến nghị (nếu có)", "", "", "Do cấp quyết định lưu"),
        ("Tài liệu khác", "", "", ""),
    ]
    points = paper.sections[0].blocks[1]
    assert [cell.text for cell in points.rows[0].cells] == ["1", "Chi bộ Văn phòng", "28", "60,5", "88,5", "HTTNV"]
    assert [cell.text for cell in points.rows[1].cells] == ["2", "Trần Văn Aa", "–", "–", "–", "–"]
    assert len(points.rows) == 7
    assert paper.closing == "Danh mục có 09 mục, theo thông tin đến ngày 31/12/2026."


def test_an_empty_file_is_a_list_of_blanks(year):  # noqa: F811
    lines, _ = listed(sheet_of(year, year.second))
    assert [(number, day) for _, number, day, _ in lines] == [("", "")] * 9
    assert [note for *_, note in lines] == ["", "", "", "Chưa ghi nhận có gợi ý", "", "", "", "Do cấp quyết định lưu", ""]


@pytest.mark.parametrize(("rated", "named"), [(2024, False), (2025, True)])
def test_it_is_mau_04_from_2025_on(year, rated, named):  # noqa: F811
    cycle = Cycle.objects.create(root=year.root, year=rated, rulebook="qd366" if named else "qd124", cutoff_on=date(rated, 12, 31))
    sheet = ReviewSheet.objects.create(
        cycle=cycle, organisation=year.first, organisation_name="Chi bộ Văn phòng", organisation_kind="cell", path=year.first.path
    )
    lines, paper = listed(sheet)
    assert paper.summary == f"kiểm điểm, đánh giá, xếp loại năm {rated} của Chi bộ Văn phòng" + (" (Mẫu\u00a004)" if named else "")
    assert any("Mẫu 04" in note for note in paper.sections[0].blocks[0].footnotes) is named
    assert lines[0][0] == ("Báo cáo kiểm điểm (Mẫu 01-HD KĐ.ĐG 2025)" if named else "Báo cáo kiểm điểm")
    assert lines[4][0] == ("Kết quả tự đánh giá, xếp loại kèm phụ lục chấm điểm" if named else "Kết quả tự đánh giá, xếp loại")


def test_a_decision_stands_once_it_is_published_and_complaints_only_where_they_lie(year):  # noqa: F811
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    assert collect(sheet_of(year), DAY).of("decision") == ()
    publish_decision(decision, by=year.base_staff)
    (entry,) = collect(sheet_of(year), DAY).of("decision")
    assert (entry.number, entry.day, entry.note) == ("12-QĐ/ĐU", date(2026, 12, 20), "Đảng ủy Sở Nội vụ")

    row = year.rows[0]
    row.refresh_from_db()
    record_complaint(row, source="subject", received_on=date(2026, 11, 22), paper="03/KN", summary="Đề nghị xem lại", by=year.base_staff)
    assert collect(sheet_of(year), DAY).of("complaint") == ()  # it lies with the committee that decided
    assert "Đề nghị xem lại" not in str(collect(sheet_of(year), DAY))


def test_a_unit_that_decides_itself_keeps_its_complaints(year):  # noqa: F811
    from evaluations.models import Complaint

    member = sheet_of(year, year.lone).reviews.get(subject="member")
    Complaint.objects.create(review=member, source="subject", received_on=date(2026, 11, 5), paper="02/KN", summary="Xem lại", recorded_by=year.staff)
    lines, _ = listed(sheet_of(year, year.lone))
    assert lines[-2] == ("Hồ sơ khiếu nại, kiến nghị (nếu có)", "02/KN", "05/11/2026", "Chưa trả lời")


def test_it_is_built_from_the_page_of_the_report_and_frozen(client, year):  # noqa: F811
    address = reverse("evaluations:sheet_report", args=[year.sheet.pk])
    for user, builds in ((year.secretary, True), (year.leader, True), (year.inspector, False)):
        client.force_login(user)
        link = BeautifulSoup(client.get(address).content, "html.parser").find("a", string="Lập danh mục hồ sơ")
        assert bool(link) is builds
        if link:
            assert client.get(link["href"]).context["form"]["about"].value() == str(year.sheet.pk)
    built = build(Paper(kind="dossier", organisation=year.first, sheet=sheet_of(year), about_key=f"sheet:{year.sheet.pk}"))
    assert freeze(thaw(built.text)) == built.text
    assert set(built.files) == {"pdf", "docx", "xlsx"}
