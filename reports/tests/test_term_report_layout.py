import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reports.papers.document import Cell, Column, Row, Table
from reports.papers.formats import Marking
from reports.papers.recipes import Recipe
from reports.setting.pages import kept_together, to_html
from reports.setting.pdf import to_pdf
from reports.tests.sample import sample_report


@pytest.fixture(scope="module")
def pdf():
    return PdfReader(io.BytesIO(to_pdf(sample_report(), Recipe.template).bytes))


@pytest.fixture(scope="module")
def pages(pdf):
    """Text of each page of the sample paper, blanks squeezed."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_contents_name_the_paper_its_sections_and_its_appendices(pdf):
    whole, under = pdf.outline
    assert whole.title == "Báo cáo tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm\u00a0kỳ\u00a02015\u00a0-\u00a02020"
    names = [one.title for one in under if not isinstance(one, list)]
    assert names[0] == "I- ĐẶC ĐIỂM, TÌNH HÌNH"
    assert names[-2:] == [
        "Phụ lục 1. Kết quả xếp loại của các tổ chức cơ sở đảng, giai đoạn 2015\u00a0-\u00a02019",
        "Phụ lục 2. Tổ chức cơ sở đảng chưa có kết quả xếp loại",
    ]
    results = under[names.index("III- KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI") + 1]
    assert [one.title for one in results] == ["1. Tổ chức cơ sở đảng", "2. Chi bộ trực thuộc", "3. Đảng viên"]


def test_a_figure_leads_to_the_page_of_its_appendix(pdf, pages):
    def aims(page):
        links = (one.get_object() for one in page.get("/Annots", ()))
        return [one.get("/Dest") or one["/A"]["/D"] for one in links if one["/Subtype"] == "/Link"]

    assert aims(pdf.pages[0]).count("phu-luc-1") == 5  # the number of base organisations, for each of five years
    where = {name: pdf.get_destination_page_number(one) for name, one in pdf.named_destinations.items()}
    for number in (1, 2):
        assert f"Phụ lục {number}" in pages[where[f"phu-luc-{number}"]]
    assert "phu-luc-2" in [aim for page in pdf.pages for aim in aims(page)]


def test_first_page_has_the_head_of_a_party_paper(pages):
    for text in ("ĐẢNG BỘ TỈNH VĨNH PHÚC ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/ĐUK", "-----"):
        assert text in pages[0]
    assert "Vĩnh Yên, ngày 05 tháng 5 năm 2020" in pages[0]
    assert "CỘNG HÒA" not in pages[0]


def test_pages_are_numbered_from_the_second(pages):
    assert not re.search(r"\d+ Dữ liệu minh họa$", pages[0])
    for number, text in enumerate(pages[1:], 2):
        assert text.endswith(f" {number} Dữ liệu minh họa")


def test_every_page_says_that_the_data_are_illustrative(pages):
    assert all("Dữ liệu minh họa" in text for text in pages)


def test_signature_stands_with_the_closing_paragraph(pages):
    page = next(text for text in pages if "T/M BAN THƯỜNG VỤ" in text)
    assert "Trên đây là báo cáo" in page
    assert "Nguyễn Thị Phượng Ước" in page
    assert "- Lưu Văn phòng Đảng ủy Khối." in page


def test_appendix_lists_all_organisations_under_a_repeated_head(pages):
    appendix = [text for text in pages if "Cơ quan minh họa số" in text]
    assert len(appendix) > 1
    assert all("Tên tổ chức cơ sở đảng" in text for text in appendix)
    assert "Đảng bộ Cơ quan minh họa số 66" in " ".join(appendix)
    assert "(kèm theo Báo cáo số 12-BC/ĐUK, ngày 05/5/2020" in appendix[0]


def test_draft_without_number_says_so():
    html = to_html(sample_report(demo=False, draft=2, number=None))
    assert "Số\u00a0\u00a0\u00a0\u00a0\u00a0-BC/ĐUK" in html
    assert '<p class="mark">Dự thảo lần 2</p>' in html


def test_paper_carries_no_state_habits_and_no_style_or_script():
    html = to_html(sample_report())
    for habit in ("Số:", "TM.", "./.", "style=", "<script", "http://127"):
        assert habit not in html


def test_names_are_escaped():
    report = replace(sample_report(), summary="<b>tổng kết</b> & báo cáo", marking=Marking())
    assert "&lt;b&gt;tổng kết&lt;/b&gt; &amp; báo cáo" in to_html(report)


def test_years_of_a_term_stay_on_one_line():
    assert kept_together("nhiệm kỳ 2015 - 2020; 2015 - 2019") == "nhiệm\u00a0kỳ\u00a02015\u00a0-\u00a02020; 2015\u00a0-\u00a02019"


def test_grouped_columns_share_one_head():
    table = Table("", (Column("Năm", 20), Column("Số", 40, group="Đạt"), Column("%", 40, group="Đạt")), ())
    upper, lower = table.head
    assert [(cell.title, cell.columns, cell.rows, cell.scope) for cell in upper] == [("Năm", 1, 2, "col"), ("Đạt", 2, 1, "colgroup")]
    assert [cell.title for cell in lower] == ["Số", "%"]


def test_break_row_goes_across_and_spans_keep_alignment():
    columns = (Column("A", 30, "left"), Column("B", 30, "center"), Column("C", 40, "right"))
    rows = (Row((Cell("ngắt"),), "break"), Row((Cell("a", span=2), Cell("c"))), Row((Cell("x", align="center"), Cell("y"), Cell("z"))))
    (_, broken), (_, spanned), (_, plain) = Table("", columns, rows).body
    assert [(cell.span, align) for cell, align in broken] == [(3, "center")]
    assert [align for _, align in spanned] == ["left", "right"]
    assert [align for _, align in plain] == ["center", "center", "right"]


def test_column_widths_of_the_sample_fill_the_table():
    report = sample_report()
    tables = [block for section in report.sections for block in section.blocks if block.kind == "table"]
    tables += [appendix.table for appendix in report.appendices]
    assert [sum(column.width for column in table.columns) for table in tables] == [100] * len(tables)
