"""What holds for a paper of any kind: fonts, letters, tags, and the same figures in its PDF, Word and Excel files."""

import io
import re
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from reports.enums import FileFormat
from reports.papers.catalogue import RECIPES
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.rendering import html_to_pdf
from reports.setting.measures import measures_of
from reports.setting.pages import to_html
from reports.setting.sheets import number_of, tables_of, to_sheets
from reports.setting.word import to_word
from reports.tests.every_paper import KINDS, kinds_with, made
from reports.tests.pdf_checks import font_names, problems
from reports.tests.pdf_reading import tables_read
from reports.tests.sample import sample_report

OURS = {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
SMALL = (
    "aàảãáạ" "ăằẳẵắặ" "âầẩẫấậ" "đ" "eèẻẽéẹ" "êềểễếệ" "iìỉĩíị" "oòỏõóọ" "ôồổỗốộ" "ơờởỡớợ" "uùủũúụ" "ưừửữứự" "yỳỷỹýỵ"
)  # fmt: skip
LETTERS = tuple(letter for letter in SMALL + SMALL.upper() if not letter.isascii())
FIGURE = re.compile(r"\d[\d.]*(?:,\d+)?%?")
IS_FIGURE = re.compile(r"-?\d[\d.]*(,\d+)?%?")


def squeezed(text):
    """`text` without white space: a line may be broken anywhere, and words stay what they are."""
    return "".join(text.split())


def tables_of_kind(kind):
    """The Tables of a specimen in reading order: of its sections and appendices, or one a ballot paper; certificates have none."""
    written = made(kind).written
    if hasattr(written, "sheets"):
        return [ballot_table(written, lines) for papers in written.sheets for lines in papers]
    return [table for _, table in tables_of(written)] if hasattr(written, "sections") else []


def ballot_table(written, lines):
    """One ballot paper as a Table; a box is an empty cell."""
    columns = tuple(Column(title, 1) for title in ("TT", written.name_head, *written.level_names))
    rows = tuple(Row((Cell(str(line.number)), Cell(line.name), *(Cell("" if box else "–") for box in line.boxes))) for line in lines)
    return Table("", columns, rows)


def words_of(table):
    """The rows of a table as lists of texts, its head among them."""
    return [[cell.title for cell in row] for row in table.head] + [[cell.text for cell, _ in cells] for _, cells in table.body]


@cache
def printed(kind):
    """The text of the whole PDF as poppler gives it, which shares nothing with what wrote it."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made(kind).pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_every_kind_has_a_specimen():
    assert set(KINDS) == set(RECIPES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_is_fit_for_the_archive_and_for_a_screen_reader(kind):
    assert problems(made(kind).pdf) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_has_only_our_fonts_all_embedded(kind, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(made(kind).pdf)
    lines = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert {line.split()[0].split("+")[-1] for line in lines} == font_names(made(kind).pdf) <= OURS
    assert {tuple(line.split()[-5:-2]) for line in lines} == {("yes", "yes", "yes")}  # embedded, a subset, with its letters


@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_reader_finds_each_row_of_each_table(kind):
    """A table that runs over pages is several in the file, each under the repeated head."""
    found = iter(tables_read(made(kind).pdf))
    for table in tables_of_kind(kind):
        wanted = [[squeezed(text) for text in row] for row in words_of(table)]
        head, body = wanted[: len(table.head)], wanted[len(table.head) :]
        read = []
        while len(read) < len(body):
            part = [[squeezed(text) for text in row] for row in next(found)]
            assert part[: len(head)] == head
            read += part[len(head) :]
        assert read == body
    assert next(found, None) is None


@pytest.mark.parametrize("kind", KINDS)
def test_no_figure_of_the_file_is_missing_from_what_is_printed(kind):
    """Each figure in a table stands in the printed text at least as often as in the paper's tables."""
    text = printed(kind)
    in_tables = [row[place] for table in tables_of_kind(kind) for row in words_of(table) for place in range(len(row))]
    figures = [text for text in in_tables if IS_FIGURE.fullmatch(text)]
    printed_figures = FIGURE.findall(text)
    missing = {one for one in figures if printed_figures.count(one.lstrip("-")) < figures.count(one)}
    assert missing == set()
    assert figures or not tables_of_kind(kind)


@pytest.mark.parametrize("kind", kinds_with(FileFormat.WORD))
def test_a_word_file_has_the_same_tables(kind):
    document = Document(io.BytesIO(made(kind).files["docx"]))
    grids = [grid for grid in document.tables if grid.style.name == "Table Grid"]
    assert [_texts(grid) for grid in grids] == [words_of(table) for table in tables_of_kind(kind)]


def _texts(grid):
    """The rows of a Word table, a merged cell told once, what is merged downwards told in its first row."""
    rows = []
    for line in grid._tbl.tr_lst:
        merged = [cell.tcPr.find(qn("w:vMerge")) for cell in line.tc_lst]
        starts = [mark is None or mark.get(qn("w:val")) == "restart" for mark in merged]
        rows.append([cell.xpath("string(.)") for cell, is_start in zip(line.tc_lst, starts, strict=True) if is_start])
    return rows


@pytest.mark.parametrize("kind", kinds_with(FileFormat.EXCEL))
def test_a_workbook_has_the_same_tables_with_numbers_as_numbers(kind):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(kind).files["xlsx"]))
    tables = tables_of_kind(kind)
    assert len(book.sheet_names) == max(1, len(tables))
    for place, table in enumerate(tables):
        rows = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
        first = 4 + len(table.head)
        for row, (_, cells) in zip(rows[first:], table.body, strict=False):
            assert _sheet_row(row) == _wanted(cells)
        assert len(rows) >= first + len(table.body)


def _sheet_row(row):
    return [value for value in row if value != ""]


def _wanted(cells):
    """What a row of a sheet holds: figures that stand to the right as numbers, all else as text."""
    wanted = []
    for cell, align in cells:
        found = number_of(cell.text) if align == "right" and cell.span == 1 else None
        if found or cell.text:
            wanted.append(pytest.approx(found[0]) if found else cell.text)
    return wanted


@pytest.fixture(scope="module")
def alphabet():
    """A paper with all letters in the regular, bold and italic face of text and tables."""
    line = " ".join(LETTERS)
    table = Table(
        line,
        (Column("A", 50, "left"), Column("B", 50, "left")),
        (Row((Cell(line), Cell(""))), Row((Cell(line), Cell("")), "total"), Row((Cell(line),), "break")),
        (line,),
    )
    return replace(sample_report(), sections=(Section(line, (Sentence(line), table)),), appendices=(), summary="thử")


def test_all_134_letters_come_back_from_each_file_in_each_face(alphabet):
    assert len(set(LETTERS)) == 134
    assert all(unicodedata.is_normalized("NFC", letter) for letter in LETTERS)
    pdf = html_to_pdf(to_html(alphabet), title="x", css=measures_of(alphabet)).bytes
    assert font_names(pdf) == OURS - {"Tinos-BoldItalic"}
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = "".join(page.get_textpage().get_text_range() for page in document)
    poppler = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    word = Document(io.BytesIO(to_word(alphabet)))
    said = "".join(word.element.body.xpath(".//w:t/text()"))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(to_sheets(alphabet))).get_sheet_by_index(0).to_python()
    sheet = "".join(str(value) for row in cells for value in row)
    for text, times in ((drawn, 7), (poppler, 7), (said, 7), (sheet, 5)):
        assert {letter: text.count(letter) for letter in LETTERS if text.count(letter) < times} == {}
