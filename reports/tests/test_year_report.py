"""The report on one year: figures counted by hand, sentences and tables that say the same."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from evaluations.models import Cycle, Review, ReviewSheet
from khoi_party.common.numbers import percent
from reports.building import build, freeze, thaw
from reports.enums import PaperKind
from reports.figures.year import collect
from reports.figures.year_rows import list_behind
from reports.figures.year_values import Rated
from reports.models import Paper
from reports.papers.framing import framing_of
from reports.papers.year_report import write
from reports.tests.specimens.year import year_report

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
        "base_cells": Rated({2: 1}, not_yet=1),
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
        assert sum(one.counts.values()) + one.waiting + one.not_yet + one.exempt == one.total


def test_a_base_committee_reports_on_its_cells(two_years):
    figures = collect(two_years.base, Cycle.objects.get(year=2018), DAY)
    assert figures.groups == {"cells": Rated({2: 2})}
    assert [one.name for one in figures.units] == ["Chi bộ Văn phòng", "Chi bộ Thanh tra"]
    assert figures.members == Rated({1: 1, 2: 2, 4: 1})


def test_sentences_name_their_base_and_keep_good_apart_from_good_or_better(figures, two_years):
    said = sentences_of(written(figures, two_years.root))
    assert "Có 05/05 tổ chức đảng đã gửi kết quả kiểm điểm, đề nghị xếp loại (100%)." in said
    assert (
        "Có 02/03 tổ chức cơ sở đảng được đánh giá, xếp loại, đạt 66,67% tổng số; 01 tổ chức cơ sở đảng chưa được xếp loại. "
        "Trong 02 tổ chức cơ sở đảng được xếp loại, có 02 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên, đạt 100%, gồm: "
        "01 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ (50%), 01 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ (50%). "
        "Có 01 tổ chức cơ sở đảng được công nhận tiêu biểu."
    ) in said
    assert (
        "Có 05/06 đảng viên được đánh giá, xếp loại, đạt 83,33% tổng số; 01 đảng viên được miễn, không thuộc diện xếp loại. "
        "Trong 05 đảng viên được xếp loại, có 04 đảng viên hoàn thành tốt nhiệm vụ trở lên, đạt 80%, gồm: "
        "01 đảng viên hoàn thành xuất sắc nhiệm vụ (20%), 03 đảng viên hoàn thành tốt nhiệm vụ (60%); "
        "01 đảng viên không hoàn thành nhiệm vụ (20%)."
    ) in said
    assert "Trong 06 đảng viên của đảng bộ có 05 phải kiểm điểm, xếp loại; 01 được miễn." in said
    assert "Đến ngày 15/01/2019, không ghi nhận khiếu nại, kiến nghị nào về kết quả xếp loại." in said


def test_what_waits_is_told_and_not_counted_as_rated(two_years):
    cycle = Cycle.objects.get(year=2018)
    Review.objects.filter(sheet__cycle=cycle, sheet__organisation=two_years.first, subject="member", decided_level=2).update(decided_level=None)
    figures = collect(two_years.root, cycle, DAY)
    assert (figures.members.rated, figures.members.waiting, figures.members.exempt) == (3, 2, 1)
    assert any("; 02 đảng viên chưa được xếp loại. Trong 03 đảng viên" in text for text in sentences_of(written(figures, two_years.root)))
    Cycle.objects.filter(pk=cycle.pk).update(closed_on=None)
    said = sentences_of(written(collect(two_years.root, Cycle.objects.get(year=2018), DAY), two_years.root))
    assert "Đến ngày 15/01/2019, còn 02 đảng viên phải xếp loại chưa có quyết định." in said


def tables_of(paper):
    return {block.caption: block for section in paper.sections for block in section.blocks if block.kind == "table"}


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_tables_say_what_the_sentences_say(figures, two_years):
    paper = written(figures, two_years.root)
    assert texts(tables_of(paper)["Bảng 1. Tổng hợp kết quả đánh giá, xếp loại năm 2018"]) == [
        ["Tổ chức cơ sở đảng", "3", "2", "1", "1", "0", "0", "1"],
        ["Chi bộ trực thuộc", "2", "2", "0", "2", "0", "0", "0"],
        ["Đảng viên", "6", "5", "1", "3", "0", "1", "1"],
    ]
    summary = tables_of(paper)["Bảng 1. Tổng hợp kết quả đánh giá, xếp loại năm 2018"]
    assert {cell.appendix for row in summary.rows[:2] for cell in row.cells[1:]} == {1}
    assert {cell.appendix for cell in summary.rows[2].cells[1:]} == {2}
    organisations, members, units = (appendix.table for appendix in paper.appendices)
    assert texts(organisations) == [
        ["", "Tổ chức cơ sở đảng", "3", "2", "66,67", "1", "50", "1", "50", "0", "0", "0", "0", "1"],
        ["1", "Đảng bộ cơ sở", "1", "1", "100", "1", "100", "0", "0", "0", "0", "0", "0", "0"],
        ["2", "Chi bộ cơ sở", "2", "1", "50", "0", "0", "1", "100", "0", "0", "0", "0", "1"],
        ["3", "Chi bộ trực thuộc", "2", "2", "100", "0", "0", "2", "100", "0", "0", "0", "0", "0"],
    ]
    assert texts(units)[0] == ["1", "Đảng bộ Sở Nội vụ", "2", "4", "HTXSNV", "TSVM", "Tiêu biểu"]
    assert units.footnotes[0].startswith("Năm 2018: HTXSNV: hoàn thành xuất sắc nhiệm vụ; ")
    assert "Năm 2017: TSVM: trong sạch, vững mạnh; " in units.footnotes[0]
    assert texts(members)[-1] == ["Cộng", "6", "1", "5", "83,33", "1", "20", "3", "60", "0", "0", "1", "20", "0"]
    assert all(sum(column.width for column in one.columns) == 100 for one in (*tables_of(paper).values(), organisations, units, members))


def counts_of(table):
    """The counts of each row, without names and shares."""
    spread = [[cell.text for cell in row.cells for _ in range(cell.span)] for row in table.rows]
    shown = [place for place, column in enumerate(table.columns) if column.title != "%"][2:]
    return [[int(row[place].replace(".", "")) for place in shown] for row in spread]


def test_every_row_of_the_specimen_adds_up_and_the_units_make_the_whole():
    """It has a row of every state: levels + not rated + exempt = total; shares recompute."""
    organisations, members, _, _ = (appendix.table for appendix in year_report().write().appendices)
    for total, rated, *levels, without in counts_of(organisations):
        assert (sum(levels), rated + without) == (rated, total)
    for total, exempt, rated, *levels, unrated in counts_of(members):
        assert (sum(levels), rated + unrated + exempt) == (rated, total)
    *units, whole = counts_of(members)
    assert [sum(column) for column in zip(*units, strict=True)] == whole
    for row, (total, _, rated, *levels, _) in zip(texts(members)[:-1], counts_of(members), strict=False):
        assert row[5] == percent(rated, total).rstrip("%")
        assert row[7:15:2] == [percent(level, rated).rstrip("%") for level in levels]


def test_members_of_no_listed_unit_have_a_line_of_their_own(two_years):
    """The sheet of a base that was closed is gone, its cells still have theirs: the lines must add up to the whole."""
    Review.objects.filter(sheet__organisation=two_years.base, sheet__cycle__year=2018).delete()
    ReviewSheet.objects.get(organisation=two_years.base, cycle__year=2018).tallies.all().delete()
    ReviewSheet.objects.filter(organisation=two_years.base, cycle__year=2018).delete()
    figures = collect(two_years.root, Cycle.objects.get(year=2018), DAY)
    assert figures.beside_units == Rated({1: 1, 2: 2, 4: 1})
    table = written(figures, two_years.root).appendices[1].table
    assert [row[:3] for row in texts(table)] == [
        ["1", "Chi bộ Liên minh Hợp tác xã", "2"],
        ["2", "Chi bộ Hội Nhà báo", "0"],
        ["3", "Tổ chức đảng khác", "4"],
        ["Cộng", "6", "1"],
    ]
    assert any(note.startswith("Tổ chức đảng khác: ") for note in table.footnotes)
    behind = list_behind(figures, two_years.root, two_years.staff, "beside", None)
    assert {row.sheet.organisation_name for row in behind.rows} == {"Chi bộ Văn phòng", "Chi bộ Thanh tra"}
    assert (behind.rows.count(), list_behind(figures, two_years.root, two_years.staff, "beside-rated", None).rows.count()) == (4, 4)


def test_the_first_year_known_has_no_names_for_the_year_before():
    frozen = year_report()
    early = replace(frozen, figures=replace(frozen.figures, year=2014))
    said = " ".join(sentences_of(early.write()))
    assert "được đánh giá, phân loại" in said
    assert "trong sạch, vững mạnh (18,75%)" in said
    assert "đủ tư cách, hoàn thành tốt nhiệm vụ trở lên, đạt 94,87%" in said


def test_frozen_figures_write_the_same_paper(two_years):
    paper = Paper(kind=PaperKind.YEAR_REPORT, organisation=two_years.root, cycle=Cycle.objects.get(year=2018), about_key="cycle:1")
    built = build(paper)
    again = thaw(built.text)
    assert freeze(again) == built.text
    said = [line.text for line in Document(io.BytesIO(built.files["docx"])).paragraphs]
    assert "kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên năm 2018" in said
    rows = CalamineWorkbook.from_filelike(io.BytesIO(built.files["xlsx"])).get_sheet_by_index(0).to_python()
    assert rows[5][:3] == ["Tổ chức cơ sở đảng", 3.0, 2.0]
