"""The same paper as Word and Excel: what stands in the files, opened by other programs' readers."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from reports.papers.document import Appendix, Article, Cell, Column, Row, Section, Table, Words
from reports.papers.formats import Signature
from reports.setting.pages import to_html
from reports.setting.sheets import number_of, to_sheets
from reports.setting.word import to_word
from reports.tests.sample import sample_report

HOSTILE = ('<b onclick="x">đậm</b>', "=cmd|' /C calc'!A0", "+84 912", "\u202eđảo ngược", "Nguyê\u0303n Thi\u0323", "x" * 10_000)


@pytest.fixture(scope="module")
def word():
    return Document(io.BytesIO(to_word(sample_report())))


def lines_of(document):
    return [line.text for line in document.paragraphs]


def test_a_word_file_says_what_the_paper_says_under_real_styles(word):
    heads = [line.text for line in word.paragraphs if line.style.name == "Heading 1"]
    assert heads[0] == "I- ĐẶC ĐIỂM, TÌNH HÌNH"
    appendices = [line.text for line in word.paragraphs if line.style.name == "Tên phụ lục"]
    assert appendices[0] == "Phụ lục 1\nKết quả xếp loại của các tổ chức cơ sở đảng, giai đoạn 2015 - 2019"
    assert word.styles["Tên phụ lục"].base_style.name == "Heading 1"  # so that it stands in the list of contents
    assert [line.style.name for line in word.paragraphs if line.text == "BÁO CÁO"] == ["Title"]
    left, right = word.tables[0].rows[0].cells
    assert [line.text for line in left.paragraphs] == ["ĐẢNG BỘ TỈNH VĨNH PHÚC", "ĐẢNG ỦY KHỐI", "CÁC CƠ QUAN TỈNH", "*", "Số\u00a012-BC/ĐUK"]
    assert [line.text for line in right.paragraphs] == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Vĩnh Yên, ngày 05 tháng 5 năm 2020"]
    assert [line.style.name for line in left.paragraphs][1:4] == ["Cơ quan ban hành", "Cơ quan ban hành", "Dấu sao"]
    assert word.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["vi-VN"]
    assert word.core_properties.language == "vi-VN"


def test_its_page_is_the_one_of_the_guideline(word):
    first = word.sections[0]
    measures = (first.page_width, first.page_height, first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(one.mm) for one in measures] == [210, 297, 20, 20, 30, 15]
    assert first.different_first_page_header_footer  # no number on the first page
    assert first.header._element.xpath("string(.//w:instrText)") == "PAGE"
    assert any(section.page_width > section.page_height for section in word.sections)
    assert first.first_page_footer.paragraphs[0].text == "Dữ liệu minh họa"


def test_its_tables_repeat_their_heads_and_name_their_widths(word):
    table = word.tables[1]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["Năm", "Tổ chức cơ sở đảng"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[2].cells][:2] == ["2015", "66"]
    assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=2)


def test_a_figure_leads_to_the_appendix_that_shows_it(word):
    marks = word._element.xpath("//w:bookmarkStart/@w:name")
    assert marks == ["phu_luc_1", "phu_luc_2"]
    links = {(link.get(qn("w:anchor")), "".join(link.xpath(".//w:t/text()"))) for link in word._element.xpath("//w:hyperlink")}
    assert ("phu_luc_1", "66") in links
    assert {anchor for anchor, _ in links} == set(marks)
    assert not word._element.xpath("//w:hyperlink//w:u | //w:hyperlink//w:color")  # on paper it looks like any other figure


def test_a_list_of_thousands_keeps_every_row_and_its_head():
    columns = tuple(Column(f"Cột {place}", 10, "left", group="Nhóm" if place < 2 else "") for place in range(10))
    rows = tuple(Row(tuple(Cell(f"{number}.{place}") for place in range(10))) for number in range(7000))
    paper = replace(sample_report(), sections=(), appendices=(Appendix("Danh sách", Table("", columns, rows)),))
    table = Document(io.BytesIO(to_word(paper))).tables[-1]._tbl
    assert len(table.tr_lst) == 7002
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in table.tr_lst[:3]] == [True, True, False]
    assert "".join(table.tr_lst[-1].tc_lst[9].xpath(".//w:t/text()")) == "6999.9"
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(to_sheets(paper))).get_sheet_by_index(0).to_python()) >= 7002


def test_its_charts_are_pictures_with_their_finding_in_words(word):
    pictures = word._element.xpath("//wp:docPr")
    assert len(pictures) >= 4
    assert all(picture.get("descr") for picture in pictures)


def test_both_files_show_what_people_typed_as_it_is():
    cells = tuple(Cell(text) for text in HOSTILE)
    table = Table("Bảng thử", tuple(Column(str(place), 16, "left") for place in range(len(HOSTILE))), (Row(cells),))
    paper = replace(sample_report(), sections=(Section("I- THỬ", (table, Words("own", "Ưu điểm", HOSTILE[0]))),), appendices=(), summary=HOSTILE[1])
    document = Document(io.BytesIO(to_word(paper)))
    assert [cell.text for cell in document.tables[1].rows[1].cells] == list(HOSTILE)
    assert HOSTILE[0] in lines_of(document)
    content = to_sheets(paper)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert list(HOSTILE) in rows
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"<hyperlink" in parts.read(name) for name in parts.namelist())


def test_a_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers():
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_sheets(sample_report())))
    first = book.get_sheet_by_index(0).to_python()
    assert first[0][0] == "Bảng 1. Tổ chức đảng và đảng viên có đến ngày 31/12 hằng năm"
    assert first[1][0] == "Báo cáo số\u00a012-BC/ĐUK, ngày 05/5/2020 của Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh. Số liệu đến ngày 31/3/2020"
    assert first[6][:7] == ["2015", 66.0, 40.0, 26.0, 285.0, 3802.0, 171.0]
    tables = sum(block.kind == "table" for section in sample_report().sections for block in section.blocks) + 2
    assert len(book.sheet_names) == tables


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("66", (66, "#,##0")),
        ("3.802", (3802, "#,##0")),
        ("95,45", (95.45, "#,##0.##")),
        ("95,45%", (0.9545, "0.00%")),
        ("-3", (-3, "#,##0")),
        ("05/5/2020", None),
        ("–", None),
        ("3.80", None),
        ("", None),
    ],
)
def test_a_figure_is_known_by_how_papers_print_it(text, found):
    assert number_of(text) == (found if found is None else (pytest.approx(found[0]), found[1]))


def test_a_decision_has_grounds_the_deciding_body_and_articles():
    articles = (Article(1, "Công nhận kết quả xếp loại."), Article(2, "Quyết định có hiệu lực từ ngày ký."))
    paper = replace(
        sample_report(demo=False),
        title="QUYẾT ĐỊNH",
        kind_name="Quyết định",
        grounds=("Căn cứ Điều lệ Đảng", "Căn cứ Quy chế làm việc"),
        deciding_body="Ban Thường vụ Đảng ủy",
        sections=(Section("", articles),),
        opening=(),
        closing="",
        appendices=(),
    )
    said = lines_of(Document(io.BytesIO(to_word(paper))))
    wanted = ["- Căn cứ Điều lệ Đảng;", "- Căn cứ Quy chế làm việc,", "BAN THƯỜNG VỤ ĐẢNG ỦY", "QUYẾT ĐỊNH:", "Điều 1. Công nhận kết quả xếp loại."]
    assert [text for text in said if text in wanted] == wanted
    last = next(line for line in Document(io.BytesIO(to_word(paper))).paragraphs if line.text == "Điều 2. Quyết định có hiệu lực từ ngày ký.")
    assert last.paragraph_format.keep_with_next  # the signature stands with its text
    html = to_html(paper)
    assert html.index("- Căn cứ Quy chế làm việc,") < html.index("Ban Thường vụ Đảng ủy</p>") < html.index("<b>Điều 1.</b>")


def test_two_people_sign_minutes_side_by_side():
    paper = replace(
        sample_report(), second_signature=Signature("CHỦ TRÌ HỘI NGHỊ", "", "Trần Văn Hai"), signature=Signature("NGƯỜI GHI", "", "Lê Thị Ba")
    )
    foot = next(table for table in Document(io.BytesIO(to_word(paper))).tables if "NGƯỜI GHI" in table.rows[0].cells[0].text)
    assert [cell.paragraphs[0].text for cell in foot.rows[0].cells] == ["NGƯỜI GHI", "CHỦ TRÌ HỘI NGHỊ"]
    assert to_html(paper).index("Lê Thị Ba") < to_html(paper).index("Trần Văn Hai")


def test_a_place_without_words_is_told_in_a_draft_only():
    section = Section("I- ĐÁNH GIÁ", (Words("strengths", "Ưu điểm"),))
    draft, final = (replace(sample_report(draft=number), sections=(section,)) for number in (1, 0))
    assert "(Ưu điểm: chưa viết)" in to_html(draft)
    assert "chưa viết" not in to_html(final)
    assert "(Ưu điểm: chưa viết)" in lines_of(Document(io.BytesIO(to_word(draft))))
    assert "(Ưu điểm: chưa viết)" not in lines_of(Document(io.BytesIO(to_word(final))))
