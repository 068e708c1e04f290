"""Statistics of members and Mẫu 7-HSĐV as papers: counted by hand, numbers masked, no number of their own."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from members.models import Member
from reports import services
from reports.building import build, freeze, thaw
from reports.models import Paper
from reports.papers.membership import FORM_WIDTHS
from reports.tasks import build_paper

DAY = date(2018, 12, 31)


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def made(kind, organisation):
    return build(Paper(kind=kind, organisation=organisation, as_of=DAY, about_key=f"as_of:{DAY}"))


def text_of(built):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(built.files["pdf"])).pages)


def test_statistics_count_members_of_the_day_and_admissions_of_the_year(world):
    built = made("statistics", world.root)
    figures = thaw(built.text).figures
    counts = {(block, label): count for block, label, count in figures.lines}
    # three of the first cell, one of the second, two of the lone one; one of those was admitted on 26/3/2018 and is on probation
    assert (figures.total, counts["Tổng số", "Chính thức"], counts["Tổng số", "Dự bị"]) == (6, 5, 1)
    assert [(unit.name, unit.counts[0]) for unit in figures.units] == [("Đảng bộ Sở Nội vụ", 4), ("Chi bộ Liên minh Hợp tác xã", 2)]
    assert sum(unit.counts[0] for unit in figures.units) == figures.total
    assert sum(count for block, _, count in figures.lines if block == "Tuổi đời") == figures.total
    said = text_of(built)
    assert "Đến ngày 31/12/2018, Đảng bộ Khối các cơ quan tỉnh có 06 đảng viên, trong đó 05 chính thức, 01 dự bị" in said
    assert f"kết nạp {figures.admitted.count:02d} đảng viên" in said
    assert "Số " not in said.split("THỐNG KÊ")[0]  # a list carries no number
    assert "Dự thảo" not in said
    assert freeze(thaw(built.text)) == built.text


def test_a_year_without_admissions_says_so(world):
    assert "chưa kết nạp đảng viên nào" in text_of(made("statistics", world.second))


def test_the_register_has_fourteen_columns_across_the_page_and_masks_numbers(world):
    Member.objects.filter(pk=Member.objects.filter(cell=world.first).first().pk).update(card_number="12.345678")
    built = made("roster", world.first)
    said = text_of(built)
    assert "SỔ DANH SÁCH ĐẢNG VIÊN" in said
    assert "345678" not in said
    assert "12.345678" not in built.text
    page = PdfReader(io.BytesIO(built.files["pdf"])).pages[0].mediabox
    assert float(page.width) > float(page.height)
    table = Document(io.BytesIO(built.files["docx"])).tables[1]
    assert (len(table.columns), len(table.rows)) == (14, 4)
    assert "Có mặt đến ngày 31/12/2018: 3 đảng viên chính thức, 0 dự bị." in said
    rows = CalamineWorkbook.from_filelike(io.BytesIO(built.files["xlsx"])).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "Chi bộ Văn phòng. Số liệu đến ngày 31/12/2018"
    assert sum(FORM_WIDTHS) == 100


def test_it_is_asked_for_with_its_day_and_only_of_cells(client, world):
    client.force_login(world.staff)
    url = reverse("reports:report_new", args=["roster"])
    offered = {one.organisation for one in client.get(url).context["choices"]}
    assert offered == {world.first, world.second, world.lone, world.other}
    refused = client.post(url, {"about": world.first.pk, "day": "01/01/2099"})
    assert "Ngày số liệu chưa đến." in refused.content.decode()
    answer = client.post(url, {"about": world.first.pk, "day": "31/12/2018"})
    paper = Paper.objects.get()
    assert (paper.as_of, paper.organisation) == (DAY, world.first)
    build_paper(paper.pk)
    name = client.get(reverse("reports:report_download", args=[paper.pk, "xlsx"])).headers["Content-Disposition"]
    assert name == 'attachment; filename="mau-7-hsdv-20181231.xlsx"'
    assert "Ghi số, ban hành" not in client.get(answer.url).content.decode()
    client.force_login(world.secretary)
    assert client.get(answer.url).status_code == 404
