"""Typed figures, discipline, commendations and badges of a term, against values counted by hand."""

from datetime import date

import pytest

from cells.models import YearFigure
from members.models import Discipline
from reports.building import Frozen
from reports.figures.term import collect
from reports.figures.values import CommendedYear, DisciplineYear
from reports.papers.framing import framing_of

from .honours import give_honours, leave_uncounted

TODAY = date(2026, 11, 23)


@pytest.fixture
def figures(two_years):
    give_honours(two_years)
    leave_uncounted(two_years)
    return collect(two_years.term, TODAY)


def written(figures, world):
    return Frozen("term_report", figures, framing_of(world.root, TODAY)).write()


def appendix(paper, start):
    return next(one.table for one in paper.appendices if one.title.startswith(start))


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_what_was_given_and_decided_is_counted_in_its_year(figures):
    assert figures.commended == (
        CommendedYear(2017, None, None),
        CommendedYear(2018, {"certificate-member": 2, "certificate-organisation": 1, "merit-organisation": 1}, {30: 1}),
    )
    assert figures.disciplined == (DisciplineYear(2017, {}), DisciplineYear(2018, {"member-canh_cao": 1, "member-khien_trach": 1}))
    assert (figures.typed[0].sums, figures.typed[0].units) == ({}, 3)
    assert figures.typed[1].sums == {"inspected_organisations": 5, "members_reprimanded": 1}
    assert figures.typed[1].missing == {"inspected_organisations": 1, "members_reprimanded": 2}
    assert figures.typed[1].sources == ("Báo cáo số 12-BC/ĐU (phiên bản 2)",)


def test_what_is_not_known_is_shown_so_and_never_as_none(figures, two_years):
    paper = written(figures, two_years)

    inspection = appendix(paper, "Kiểm tra")
    assert texts(inspection) == [
        ["2017", *["–"] * 11],
        ["2018", "5", "–", "–", "–", "–", "–", "–", "1", "1*", "–", "–"],  # one warning is on record, nobody typed the figure
        ["Cộng", "5", "–", "–", "–", "–", "–", "–", "1", "1", "–", "–"],
    ]
    assert "Năm 2018: 02/03 tổ chức cơ sở đảng chưa có đủ số liệu, không tính vào số trên." in inspection.footnotes
    assert "Nguồn số liệu nhập: Báo cáo số 12-BC/ĐU (phiên bản 2)." in inspection.footnotes
    assert any(note.startswith("*: đếm từ các quyết định kỷ luật") for note in inspection.footnotes)

    awards = appendix(paper, "Khen thưởng")
    assert [(column.group, column.title) for column in awards.columns[1:]] == [
        ("Giấy khen", "Tổ chức"),
        ("Giấy khen", "Đảng viên"),
        ("Bằng khen", "Tổ chức"),
        ("Bằng khen", "Đảng viên"),
        ("Cờ", "Tổ chức"),
        ("Huy hiệu Đảng (năm tuổi Đảng)", "30"),
    ]
    assert texts(awards) == [["2017", *["–"] * 6], ["2018", "1", "2", "1", "0", "0", "1"], ["Cộng", "1", "2", "1", "0", "0", "1"]]


def test_a_term_that_has_not_begun_says_so(world):
    figures = collect(world.term, date(2017, 1, 15))
    early = collect(world.term, date(2016, 5, 1))

    assert (figures.years, early.years) == ((2017,), ())
    said = [block.text for section in written(early, world).sections for block in section.blocks if block.kind == "sentence"]
    assert said[0] == "Nhiệm kỳ chưa có năm nào bắt đầu."
    assert "Nhiệm kỳ chưa bắt đầu nên chưa có số liệu kết nạp đảng viên." in said
    assert written(early, world).appendices == ()
    assert written(figures, world).appendices[0].title == "Tổ chức đảng, đảng viên theo năm, giai đoạn 2017 - 2018"


def test_more_decisions_than_were_typed_are_told(two_years):
    give_honours(two_years)
    YearFigure.objects.filter(key="members_reprimanded").update(value=0)

    paper = written(collect(two_years.term, TODAY), two_years)

    assert "Năm 2018, kỷ luật đảng viên, khiển trách: số nhập 00, phần mềm ghi 01 quyết định." in appendix(paper, "Kiểm tra").footnotes


def test_sentences_say_what_the_appendices_say(figures, two_years):
    said = [block.text for section in written(figures, two_years).sections for block in section.blocks if block.kind == "sentence"]

    assert "Thi hành kỷ luật 02 đảng viên: khiển trách 01; cảnh cáo 01 (chưa rõ: cách chức, khai trừ)." in said
    assert "Đã trao tặng Huy hiệu Đảng cho 01 lượt đảng viên (30 năm tuổi Đảng: 01) (Phụ lục 7)." in said
    assert (
        "Tính theo các năm được xét khen 2017 - 2018, đã tặng 01 giấy khen cho tổ chức đảng; 02 giấy khen cho đảng viên; "
        "01 bằng khen cho tổ chức đảng (Phụ lục 7)." in said
    )


def test_five_years_awards_stand_beside_those_chosen_every_year(figures, two_years):
    (row,) = appendix(written(figures, two_years), "Danh sách tổ chức cơ sở đảng tiêu biểu").rows

    assert [cell.text for cell in row.cells] == ["1", "Đảng bộ Sở Nội vụ", "TSVM (TB)", "HTXSNV (TB)", "Bằng khen (88-QĐ/ĐUK)"]


def test_a_decision_at_a_place_that_moved_that_day_counts_once(two_years):
    give_honours(two_years)
    placement = two_years.first.placements.get()
    decided = Discipline.objects.first().decided_on
    placement.valid_to = decided
    placement.save()
    two_years.first.placements.create(kind=placement.kind, parent=placement.parent, path=placement.path, valid_from=decided)

    assert collect(two_years.term, TODAY).disciplined[1].counts == {"member-canh_cao": 1, "member-khien_trach": 1}
