"""Columns of every paper's tables are wide enough for their longest word: no date, number or short name of a level is broken in the middle."""

from functools import cache

import pytest
from django.contrib.staticfiles import finders
from PIL import ImageFont

from reports.papers.catalogue import recipe_of
from reports.papers.document import Cell, Column, Row, Table
from reports.tests.every_paper import KINDS, made

MM = 72 / 25.4
PADDING = 6.5  # points of a cell that its text cannot have: both sides, and the grid


@cache
def letters(is_bold, size):
    return ImageFont.truetype(finders.find(f"fonts/tinos/Tinos-{'Bold' if is_bold else 'Regular'}.ttf"), size * 10)


def broken_words(table, width, size):
    """(column, word) of each word that is wider than its column, in a table `width` millimetres wide set in letters of `size` points."""
    room = [column.width / 100 * width * MM - PADDING for column in table.columns]
    found = set()
    heads = [(place, column.title, True) for place, column in enumerate(table.columns)]
    cells = [(place, text, row.kind == "total") for row, cells in table.body for place, text in _placed(cells)]
    for place, text, is_bold in (*heads, *cells):
        found |= {(table.columns[place].title, word) for word in text.split() if letters(is_bold, size).getlength(word) / 10 > room[place]}
    return found


def _placed(cells):
    place = 0
    for cell, _ in cells:
        if cell.span == 1:
            yield place, cell.text
        place += cell.span


def tables_of(paper):
    """(table, its width in millimetres, size of its letters) of a WrittenPaper."""
    page, sides = paper.profile.page, paper.profile.margins
    upright, across = (side - sides.left - sides.right for side in page)
    sizes = {name: paper.profile.styles[name].size for name in ("table", "wide_table")}
    for section in paper.sections:
        for block in section.blocks:
            if block.kind == "table":
                yield (block, across, sizes["wide_table"]) if paper.landscape else (block, upright, sizes["table"])
    for appendix in paper.appendices:
        width = across if appendix.landscape else upright
        yield appendix.table, width, sizes["wide_table"] if paper.landscape else sizes["table"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if recipe_of(kind).is_readable])
def test_no_word_is_broken(kind):
    paper = made(kind).written
    broken = {table.caption or "appendix": found for table, width, size in tables_of(paper) if (found := broken_words(table, width, size))}
    assert broken == {}


def test_a_narrow_column_is_found():
    table = Table("", (Column("Ngày", 20), Column("Tên", 60, "left")), (Row((Cell("20/12/2025"), Cell("Quyết định"))),))
    assert broken_words(table, 100, 12) == {("Ngày", "20/12/2025")}
    assert broken_words(table, 165, 12) == set()
