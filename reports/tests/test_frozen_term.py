"""Papers that were frozen before the appendices: they thaw, and what their figures do not know is shown as not known."""

from pathlib import Path

import pytest

from reports.building import freeze, thaw
from reports.figures.term import collect
from reports.rendering import html_to_pdf
from reports.setting.pages import to_html

OLD = Path(__file__).parent / "frozen" / "term_report.json"


@pytest.fixture
def old():
    return thaw(OLD.read_text(encoding="utf-8"))


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_an_old_text_thaws_with_what_it_knew(old):
    figures = old.figures

    assert (figures.label, figures.situations[1].members, figures.levels["members"][1].unrated) == ("2017-2019", 6, 1)
    assert (figures.situations[0].women, figures.levels["members"][0].reasons, figures.typed, figures.commended) == (None, None, (), ())
    assert thaw(freeze(old)) == old


def test_an_old_paper_is_written_without_what_it_did_not_count(old):
    paper = old.write()

    assert [one.title.partition(",")[0] for one in paper.appendices] == [
        "Tổ chức đảng",
        "Kết quả xếp loại tổ chức cơ sở đảng",
        "Kết quả xếp loại chi bộ trực thuộc",
        "Kết quả xếp loại đảng viên",
        "Kết nạp đảng viên",
        "Thực hiện các chỉ tiêu nghị quyết đại hội nhiệm kỳ 2017 - 2019",
        "Danh sách tổ chức cơ sở đảng tiêu biểu các năm đã xếp loại",
        "Kết quả xếp loại của các tổ chức cơ sở đảng",
    ]
    assert texts(paper.appendices[0].table)[1] == ["2", "2018", "3", "1", "2", "–", "2", "6", "–", "–", "5", "1"]
    assert texts(paper.appendices[3].table)[2] == ["2018", "6", "5", "83,33", "1", "20", "3", "60", "0", "0", "1", "20", "–", "1", "–"]
    assert texts(paper.appendices[4].table)[0] == ["2017", "–", "1", "–", "–", "–", "–", "–", "–"]
    assert html_to_pdf(to_html(paper), title="Báo cáo").pages > 8


@pytest.mark.django_db
def test_new_figures_freeze_and_thaw_to_the_same(two_years, targets, old):
    frozen = type(old)("term_report", collect(two_years.term, old.figures.as_of), old.framing)

    assert thaw(freeze(frozen)) == frozen
