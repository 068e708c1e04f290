"""What all parts of the term report share: its figures and their links, where its appendices stand, and how it shows what is not known."""

import re
from dataclasses import dataclass, field, replace

from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, percent, thousands
from reports.papers.document import Cell, Chart, Section, Subheading, Table
from reports.papers.recipes import no_link

SUBJECT_NAMES = {"bases": "tổ chức cơ sở đảng", "cells": "chi bộ trực thuộc", "members": "đảng viên"}
TABLE, CHART = "Bảng #. ", "Biểu #. "  # numbered once all sections are there
FIGURE = re.compile(r"[\d.,]+%?$")
NOT_KNOWN = f"{NOTHING}: chưa rõ, phần mềm chưa có số liệu."


@dataclass(frozen=True)
class Writer:
    """The figures, and where the list behind a figure is found: `link(topic, year, level)` gives an address or None.

    `numbers` says which appendix is where: {key: place}.
    """

    figures: object
    link: object = no_link
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def span(self):
        return f"{self.figures.first_year} - {self.figures.last_year}"

    @property
    def day(self):
        return paper_short_date(self.figures.as_of)

    @property
    def begun(self):
        """The years that have begun, as a span: the figures tell of those."""
        years = self.figures.years
        return f"năm {years[0]}" if len(years) == 1 else f"các năm {years[0]} - {years[-1]}"

    def see(self, key):
        """ "Phụ lục 2", or "" for an appendix that the report does not have."""
        return f"Phụ lục {self.numbers[key]}" if key in self.numbers else ""

    def pointing(self, key, what="Số liệu chi tiết"):
        """A footnote that points to the appendix `key`; nothing where there is none."""
        return (f"{what}: {self.see(key)}.",) if key in self.numbers else ()

    def leading(self, key, table):
        """`table`, its figures leading to the appendix `key` that tells more of them; as it is where there is none."""
        if key not in self.numbers:
            return table

        def led(cell):
            return replace(cell, appendix=self.numbers[key]) if FIGURE.match(cell.text) else cell

        return replace(table, rows=tuple(replace(row, cells=tuple(map(led, row.cells))) for row in table.rows))

    def bracket(self, key):
        """ " (Phụ lục 2)" for the end of a sentence, or ""."""
        return f" ({self.see(key)})" if key in self.numbers else ""


def parts(named, *, in_draft, start=1):
    """The blocks of (heading, blocks) pairs under numbered subheadings.

    A draft shows every place for words; the finished paper leaves out a part in which there is nothing to read.
    """
    shown = [(heading, blocks) for heading, blocks in named if in_draft or says_something(blocks)]
    return tuple((Subheading(f"{place}. {heading}"), *blocks) for place, (heading, blocks) in enumerate(shown, start))


def says_something(blocks):
    """Whether there is anything to read in `blocks`: places for words may be empty."""
    return any(block.kind != "words" or block.paragraphs for block in blocks)


def known(value, link=None):
    """A cell of a count; one of 0 has no list to open, None is not known."""
    return Cell(thousands(value), link if value else None)


def share(part, base):
    """A cell of a percentage under a head that says "%"."""
    return Cell(percent(part, base).rstrip("%"))


def total(values):
    """The sum of those that are known; None where none is."""
    values = [value for value in values if value is not None]
    return sum(values) if values else None


def numbered(sections):
    """`sections` with their tables and charts numbered in reading order."""
    counts = {Table: 0, Chart: 0}
    return tuple(Section(section.heading, tuple(_numbered(block, counts) for block in section.blocks)) for section in sections)


def _numbered(block, counts):
    if type(block) not in counts or not block.caption.startswith((TABLE, CHART)):
        return block
    counts[type(block)] += 1
    return replace(block, caption=block.caption.replace("#", str(counts[type(block)]), 1))
