"""Statistics of members and Mẫu 7-HSĐV as papers: counted by hand, numbers masked, no number of their own."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from cells.models import Placement, Sector
from members.models import Member
from reports import services
from reports.building import build, freeze, thaw
from reports.models import Paper
from reports.papers.framing import framing_of
from reports.papers.membership import FORM_WIDTHS, write_statistics
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


def tables_of(organisation, day=DAY):
    """{caption without its number: its rows as texts} of the statistics as a paper."""
    built = build(Paper(kind="statistics", organisation=organisation, as_of=day, about_key=f"as_of:{day}"))
    blocks = thaw(built.text).write().sections[0].blocks
    return {
        one.caption.partition(". ")[2]: [[cell.text for cell in row.cells] for row in one.rows if row.kind != "group"]
        for one in blocks
        if one.kind == "table"
    }


def test_organisations_stand_by_sector_as_they_did_on_the_day(world):
    sector = Sector.objects.create(name="Khối thi đua số 1", position=1)
    Placement.objects.filter(organisation__in=[world.base, world.lone]).update(sector=sector)
    rows = tables_of(world.root)["Tổ chức cơ sở đảng và đảng viên theo khối thi đua"]
    # the base with its two cells (four members) and the lone cell (two members); the other cell has nobody yet and no sector
    assert rows == [
        ["1", "Khối thi đua số 1", "2", "1", "1", "0", "2", "6"],
        ["2", "Chưa xếp khối thi đua", "1", "0", "1", "0", "0", "0"],
        ["Cộng", "3", "1", "2", "0", "2", "6"],
    ]
    assert "theo khối thi đua" not in " ".join(tables_of(world.base))
    assert text_of(made("statistics", world.root)).count("Có 03 tổ chức cơ sở đảng, gồm 01 đảng bộ cơ sở, 02 chi bộ cơ sở;") == 1


def test_admissions_stand_by_month_and_unit_and_months_to_come_have_a_dash(world):
    """One of the lone cell on 26/3/2018; the factory's others came in years before."""
    whole = tables_of(world.root)["Kết nạp đảng viên năm 2018 theo tháng và đơn vị"]
    assert whole == [
        ["1", "Chi bộ Liên minh Hợp tác xã", *"001000000000", "1"],
        ["Cộng", *"001000000000", "1"],
    ]
    spring = tables_of(world.root, date(2018, 4, 30))["Kết nạp đảng viên năm 2018 theo tháng và đơn vị"]
    assert spring[-1] == ["Cộng", "0", "0", "1", "0", *("–" * 8), "1"]
    alone = tables_of(world.lone)["Kết nạp đảng viên năm 2018 theo tháng và đơn vị"]
    assert alone[0] == ["1", "Chi bộ Liên minh Hợp tác xã", *"001000000000", "1"]


def test_members_outside_the_units_have_a_line_and_all_lines_add_up(world):
    """Whoever is counted in the whole and in none of the units listed has a line too."""
    rows = tables_of(world.root)["Đảng viên theo đơn vị"]
    assert [row[:3] for row in rows] == [["1", "Đảng bộ Sở Nội vụ", "4"], ["2", "Chi bộ Liên minh Hợp tác xã", "2"], ["Cộng", "6", "5"]]
    figures = thaw(made("statistics", world.root).text).figures
    fewer = replace(figures, units=figures.units[:1])
    table = next(
        one for one in write_statistics(fewer, framing_of(world.root, DAY), {}).sections[0].blocks if "đơn vị" in getattr(one, "caption", "")
    )
    assert [[cell.text for cell in row.cells][:3] for row in table.rows] == [
        ["1", "Đảng bộ Sở Nội vụ", "4"],
        ["2", "Nơi khác", "2"],
        ["Cộng", "6", "5"],
    ]


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
