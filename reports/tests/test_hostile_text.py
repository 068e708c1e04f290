"""What people type is shown as it is in every kind of paper: it is never markup, a formula, a link or a request.

Text goes into the frozen figures themselves, past the fields that clean what comes in: the papers must hold without them. Characters
without a form (control characters, zero width, direction of writing) are dropped, letters in two parts (NFD) become one.
"""

import io
import re
import zipfile
from collections import Counter
from dataclasses import fields, is_dataclass, replace

import pikepdf
import pypdfium2
import pytest
from docx import Document
from lxml import etree
from python_calamine import CalamineWorkbook

from reports.building import Frozen, freeze, thaw
from reports.enums import FileFormat
from reports.papers.catalogue import recipe_of
from reports.papers.document import Cell, Column, Row, Section, Table, Words
from reports.papers.printable import printable
from reports.papers.recipes import Recipe
from reports.setting.pdf import to_pdf
from reports.setting.sheets import to_sheets
from reports.tests.every_paper import KINDS, kinds_with, made, set_files
from reports.tests.pdf_checks import problems
from reports.tests.pdf_reading import text_read
from reports.tests.sample import sample_report
from reports.tests.saying import said_in, squeezed

MARKUP = (
    "<b onclick=\"alert(1)\">đậm</b> </style><style>*{{color:red;background:url(http://127.0.0.1:{port}/c)}}</style> {{{{ 7*7 }}}} {{% now 'Y' %}} "
    "<svg onload=alert(1)><image href='http://127.0.0.1:{port}/s'/></svg> <img src=http://127.0.0.1:{port}/x> </td></table><h1>& &amp; &#65; "
    "]]> <!-- [[http://127.0.0.1:{port}/]]"
)
UNSEEN = "Nguyê\u0303n Thi\u0323 \u202egnờưhP\u202c Ướ\u200bc\x00\x01\x0b\x1b[31m\x7f\ufeff\ufffe 1\t000"
SEEN = "Nguyễn Thị gnờưhP Ước [31m 1 000"
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+84912",
    "-2+3",
    "@SUM(1+1)",
    "{=1+1}",
    "\t=1+1",
    "http://127.0.0.1/x",
    "mailto:a@b.vn",
    "internal:A1",
    "0x1F",
    "1e5",
)
LONGEST_WORD, LONGEST_NAME = 90, 20  # letters
MOST_PAGES = 90

# What a field like these holds is the program's own: kinds, decimals, years.
PROGRAM_TEXT = re.compile(r"[a-z][a-z0-9_]*|[\d.,/ -]*")
PROGRAM_FIELDS = {("Statistics", "lines"), ("Statistics", "short")}


def with_text(value, text, *, once=False, _seen=None):
    """`value` (a Frozen or part of one) with `text` in every field that people can fill; `once` only in the first of each name."""
    seen = set() if _seen is None else _seen
    if isinstance(value, Frozen):
        return replace(value, figures=with_text(value.figures, text, once=once, _seen=seen), framing=with_text(value.framing, text, once=once))
    if hasattr(value, "_fields"):  # a named tuple
        kind = type(value)
        return kind(*(_typed(one, text, (kind.__name__, name), once, seen) for name, one in zip(kind._fields, value, strict=True)))
    if isinstance(value, tuple | list):
        return tuple(_typed(one, text, ("", place), once, seen) for place, one in enumerate(value))
    if isinstance(value, dict):
        return {key: _typed(one, text, ("", key), once, seen) for key, one in value.items()}
    if not is_dataclass(value):
        return value
    kind = type(value).__name__
    names = [one.name for one in fields(value) if (kind, one.name) not in PROGRAM_FIELDS]
    return replace(value, **{name: _typed(getattr(value, name), text, (kind, name), once, seen) for name in names})


def _typed(value, text, place, once, seen):
    if not isinstance(value, str):
        return with_text(value, text, once=once, _seen=seen)
    if PROGRAM_TEXT.fullmatch(value) or (once and place in seen):
        return value
    seen.add(place)
    return text


def hostile(kind, text, *, once=False):
    """The specimen of `kind` with `text` wherever people write, their own words, recipients and bases among them."""
    frozen = made(kind).frozen
    places = getattr(made(kind).written, "places", ())
    typed = with_text(frozen, text, once=once)
    return replace(
        typed,
        words={one.place: text for one in places} | dict.fromkeys(frozen.words, text),
        framing=replace(typed.framing, recipients=(text,), grounds=(text,)),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_all_files_show_what_was_typed_and_fetch_nothing(kind, listener, caplog):
    port, knocks = listener
    text = f"{MARKUP.format(port=port)} {UNSEEN}"
    paper = set_files(hostile(kind, text, once=True))
    said = said_in(paper.written)
    assert sum(SEEN in one for one in said) >= 3  # else the walk found no field to fill
    assert not [one for one in said if "\x00" in one or "\u202e" in one]
    heard = squeezed(text_read(paper.pdf)).casefold()
    assert squeezed(SEEN).casefold() in heard
    assert squeezed(MARKUP.format(port=port)).casefold() in heard
    if recipe_of(kind).is_readable:  # a sheet of a fixed form ends where the sheet ends
        # (Above a row that is higher than a page a head finds no room.)
        assert Counter(squeezed("".join(said_in(paper.written, heads=False))).casefold()) - Counter(heard) == Counter()
    assert [one for one in problems(paper.pdf) if "no header cell" not in one] == []
    assert links_of(paper.pdf) == []
    if "docx" in paper.files:
        check_word(paper.files["docx"], said)
    if "xlsx" in paper.files:
        check_sheets(paper.files["xlsx"])
    assert knocks == []
    assert "not ours" not in caplog.text  # nothing was even asked for


def links_of(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [one for page in pdf.pages for one in page.obj.get("/Annots", []) if "/A" in one]


def check_word(content, said):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(parts.read(name))
                assert not tree.xpath("//*[@TargetMode='External']"), name
    read = squeezed("".join(Document(io.BytesIO(content)).element.body.xpath(".//w:t/text()"))).casefold()
    assert [one for one in said if squeezed(one).casefold() not in read] == []


def check_sheets(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            etree.fromstring(part)
            assert not re.search(rb"<f[ >]|<hyperlink|externalLink|TargetMode", part), name


@pytest.mark.parametrize("kind", kinds_with(FileFormat.EXCEL))
def test_a_workbook_takes_no_text_for_a_formula_a_link_or_a_number(kind):
    for text in FORMULAS:
        frozen = hostile(kind, text)
        content = to_sheets(frozen.write())
        check_sheets(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row if isinstance(cell, str)}
        assert any(printable(text) == cell or printable(text) in cell for cell in cells)


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_longer_than_any_column_is_all_there(kind):
    """In one field of each name; nothing is cut at the foot of a page or beside it. A sheet of a fixed form takes what its fields take."""
    length = LONGEST_WORD if recipe_of(kind).is_readable else LONGEST_NAME
    paper = set_files(hostile(kind, "Ỵ" * length, once=True), FileFormat.PDF)
    wanted = sum(one.count("Ỵ") for one in said_in(paper.written))
    assert wanted >= length
    assert text_read(paper.pdf).count("Ỵ") >= wanted  # heads are repeated
    assert outside(paper.pdf) == 0


@pytest.mark.parametrize("text", ["Ỵ" * 10_000, "Ước " * 2_500, "'&<" * 3_333], ids=["one word", "words", "marks"])
def test_ten_thousand_letters_in_a_name_a_cell_and_a_paragraph_take_few_pages(text):
    columns = (Column("TT", 7, "center"), Column("Tên", 60, "left"), Column("Số", 33))
    table = Table("", columns, (Row((Cell("1"), Cell(text), Cell("66"))),))
    paper = replace(sample_report(), appendices=(), sections=(Section("I- THỬ", (table, Words("own", "Ưu điểm", text))),), summary=text)
    done = to_pdf(paper, Recipe.template)
    wanted = squeezed(text)
    assert done.pages <= MOST_PAGES
    assert outside(done.bytes) == 0
    heard = squeezed(text_read(done.bytes))
    assert heard.count(wanted[0]) >= 3 * wanted.count(wanted[0])
    assert wanted in heard


def outside(content):
    """How many letters are drawn outside of their page."""
    count = 0
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for place in range(0, text.count_chars(), 7):
                left, bottom, right, top = text.get_charbox(place)
                count += left < -1 or bottom < -1 or right > width + 1 or top > height + 1
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_frozen_text_of_any_kind_thaws_to_the_same(kind):
    frozen = hostile(kind, UNSEEN.replace("\ufffe", ""))
    assert thaw(freeze(frozen)) == frozen
