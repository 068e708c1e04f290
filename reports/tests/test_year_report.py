"""The report on one year: figures counted by hand, sentences and tables that say the same."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from evaluations.models import Cycle, Review
from reports import services
from reports.building import build, freeze, thaw
from reports.enums import PaperKind
from reports.figures.year import Rated, collect
from reports.models import Paper
from reports.papers.framing import framing_of
from reports.papers.year_report import write
from reports.tasks import build_paper

DAY = date(2019, 1, 15)


@pytest.fixture
def figures(two_years):
    return collect(two_years.root, Cycle.objects.get(year=2018), DAY)


def written(figures, organisation, words=None, **framing):
    return write(figures, framing_of(organisation, DAY, draft=1, **framing), words or {})


def sentences_of(paper):
    return [block.text for section in paper.sections for block in section.blocks if block.kind == "sentence"]


def test_bases_that_people_typed_are_printed(figures, two_years):
    assert written(figures, two_years.root).ground_lines == ()
    assert written(figures, two_years.root, grounds=("Quy chế làm việc",)).ground_lines == ("- Căn cứ quy chế làm việc.",)


def test_every_group_is_counted_once(figures):
    # lone 2, other not rated; base 1 and tiêu biểu; first 2, second 2
    assert figures.groups == {
        "base_committees": Rated({1: 1}, exemplary=1),
        "base_cells": Rated({2: 1}, exempt=1),
        "cells": Rated({2: 2}),
    }
    # first 1, 2, 2; second 4; lone 2 and one exempt
    assert figures.members == Rated({1: 1, 2: 3, 4: 1}, exempt=1)
    assert [(one.name, one.cells, one.level, one.level_before, one.members.total) for one in figures.units] == [
        ("Đảng bộ Sở Nội vụ", 2, 1, 1, 4),
        ("Chi bộ Liên minh Hợp tác xã", 1, 2, 2, 2),
        ("Chi bộ Hội Nhà báo", 1, None, 3, 0),
    ]


def test_the_parts_add_up_to_the_whole(figures):
    assert sum(one.members.total for one in figures.units) == figures.members.total == 6
    for one in (*figures.groups.values(), figures.members, *(unit.members for unit in figures.units)):
        assert one.rated + one.waiting + one.exempt == one.total


def test_a_base_committee_reports_on_its_cells(two_years):
    figures = collect(two_years.base, Cycle.objects.get(year=2018), DAY)
    assert figures.groups == {"cells": Rated({2: 2})}
    assert [one.name for one in figures.units] == ["Chi bộ Văn phòng", "Chi bộ Thanh tra"]
    assert figures.members == Rated({1: 1, 2: 2, 4: 1})


def test_sentences_name_their_base(figures, two_years):
    said = sentences_of(written(figures, two_years.root))
    assert said[1] == "Có 05/05 tổ chức đảng đã gửi kết quả kiểm điểm, đề nghị xếp loại (100%)."
    assert said[2] == (
        "Năm 2018, có 02/02 tổ chức cơ sở đảng được xếp loại hoàn thành tốt nhiệm vụ trở lên, đạt 100%, trong đó 01 tổ chức cơ sở đảng "
        "hoàn thành xuất sắc nhiệm vụ (50%); 01 tổ chức cơ sở đảng không thuộc diện hoặc chưa được xếp loại, không tính vào tỷ lệ."
    )
    assert said[4].startswith("Năm 2018, có 04/05 đảng viên được xếp loại hoàn thành tốt nhiệm vụ trở lên, đạt 80%")


def test_what_waits_is_told_and_not_counted_as_rated(two_years):
    Review.objects.filter(sheet__cycle__year=2018, sheet__organisation=two_years.first, subject="member", decided_level=2).update(decided_level=None)
    figures = collect(two_years.root, Cycle.objects.get(year=2018), DAY)
    assert (figures.members.rated, figures.members.waiting, figures.members.exempt) == (3, 2, 1)
    assert any("đã có quyết định xếp loại đối với 03/05 đảng viên" in text for text in sentences_of(written(figures, two_years.root)))


def test_tables_say_what_the_sentences_say(figures, two_years):
    paper = written(figures, two_years.root)
    table = next(block for section in paper.sections for block in section.blocks if block.kind == "table")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Tổ chức cơ sở đảng", "3", "2", "1", "50", "1", "50", "0", "0", "0", "0", "1"],
        ["Đảng bộ cơ sở", "1", "1", "1", "100", "0", "0", "0", "0", "0", "0", "0"],
        ["Chi bộ cơ sở", "2", "1", "0", "0", "1", "100", "0", "0", "0", "0", "1"],
        ["Chi bộ trực thuộc", "2", "2", "0", "0", "2", "100", "0", "0", "0", "0", "0"],
    ]
    units, members = (appendix.table for appendix in paper.appendices)
    assert [cell.text for cell in units.rows[0].cells] == ["1", "Đảng bộ Sở Nội vụ", "2", "4", "HTXSNV (TB)", "TSVM", ""]
    assert [cell.text for cell in members.rows[-1].cells] == ["Cộng", "6", "1", "5", "1", "20", "3", "60", "0", "0", "1", "20", "0"]
    assert all(sum(column.width for column in one.columns) in range(96, 102) for one in (table, units, members))


def test_frozen_figures_write_the_same_paper(two_years):
    paper = Paper(kind=PaperKind.YEAR_REPORT, organisation=two_years.root, cycle=Cycle.objects.get(year=2018), about_key="cycle:1")
    built = build(paper)
    again = thaw(built.text)
    assert freeze(again) == built.text
    said = [line.text for line in Document(io.BytesIO(built.files["docx"])).paragraphs]
    assert "kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên năm 2018" in said
    rows = CalamineWorkbook.from_filelike(io.BytesIO(built.files["xlsx"])).get_sheet_by_index(0).to_python()
    assert rows[6][:3] == ["Tổ chức cơ sở đảng", 3.0, 2.0]


def test_a_base_asks_for_its_own_and_every_figure_opens_its_rows(client, two_years, monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)
    client.force_login(two_years.staff)
    cycle = Cycle.objects.get(year=2018)
    answer = client.post(reverse("reports:report_new", args=["year-report"]), {"about": f"{cycle.pk}-{two_years.root.pk}"})
    paper = Paper.objects.get()
    assert answer.url == reverse("reports:report_detail", args=[paper.pk])
    build_paper(paper.pk)
    soup = BeautifulSoup(client.get(answer.url).content, "html.parser")
    links = {link["href"]: link.get_text() for link in soup.find("article").find_all("a") if "/rows/" in link["href"]}
    assert len(links) > 12
    for href, shown in links.items():
        found = client.get(href)
        assert found.status_code == 200, href
        if shown.isdigit():
            assert found.context["count"] == int(shown), href
    client.force_login(two_years.secretary)
    assert client.get(answer.url).status_code == 404
    offered = client.get(reverse("reports:report_new", args=["year-report"])).context["choices"]
    assert offered == []


def test_its_reading_takes_a_fixed_number_of_queries(two_years, django_assert_num_queries):
    cycle = Cycle.objects.select_related("guidance").get(year=2018)
    with django_assert_num_queries(6):  # placements, sheets, counted rows, last year, own rows, pools
        collect(two_years.root, cycle, DAY)
