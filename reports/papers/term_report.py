"""Báo cáo tổng kết nhiệm kỳ: the shape of its contents as plain values, and its setting as HTML.

Whoever reads the figures fills these; nothing here asks the database. The same TermReport feeds the paper and the web page:
`link` on a cell or sentence is the address of the list behind the figure and is not printed.
"""

import datetime
import re
from dataclasses import dataclass, field
from typing import ClassVar

from django.template.loader import render_to_string

from khoi_party.common.dates import paper_short_date
from reports.charts import Picture
from reports.papers.formats import FormatProfile, Header, Marking, Signature, profile_for

TITLE = "BÁO CÁO"
ROWS_KEPT_TOGETHER = 14
NO_BREAK_SPACE = "\u00a0"
YEAR_RANGE = re.compile(r"(?:nhiệm kỳ )?\b\d{4} - \d{4}\b")


@dataclass(frozen=True)
class Cell:
    """One cell of a table. `align` left, right or center overrides the column's; `level` 1..4 marks a level; `span` columns wide."""

    text: str
    link: str | None = None
    level: int | None = None
    align: str | None = None
    span: int = 1


@dataclass(frozen=True)
class Column:
    """One column: head, `width` in whole percent of the table (1..60), `align`; neighbours with the same `group` share a head above theirs."""

    title: str
    width: int
    align: str = "right"
    group: str = ""


@dataclass(frozen=True)
class Row:
    """One row. `kind`: plain, total (bold), group (a heading inside the table) or break (two series that are not comparable)."""

    cells: tuple[Cell, ...]
    kind: str = "plain"


@dataclass(frozen=True)
class HeadCell:
    """One cell of a table's head, as it is to be drawn."""

    title: str
    columns: int = 1
    rows: int = 1
    scope: str = "col"


@dataclass(frozen=True)
class Table:
    """A table with its caption and footnotes; the footnotes name the base of every percentage."""

    kind: ClassVar[str] = "table"

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()

    @property
    def fits_a_page(self):
        """Whether the table is short enough to be kept on one page; a longer one runs on under a repeated head."""
        return len(self.rows) <= ROWS_KEPT_TOGETHER

    @property
    def head(self):
        """The head as one row of HeadCell, or two where columns have groups."""
        if not any(column.group for column in self.columns):
            return ((tuple(HeadCell(column.title) for column in self.columns)),)
        upper, lower = [], []
        for index, column in enumerate(self.columns):
            if not column.group:
                upper.append(HeadCell(column.title, rows=2))
                continue
            lower.append(HeadCell(column.title))
            if index == 0 or self.columns[index - 1].group != column.group:
                members = sum(other.group == column.group for other in self.columns)
                upper.append(HeadCell(column.group, columns=members, scope="colgroup"))
        return (tuple(upper), tuple(lower))

    @property
    def body(self):
        """The rows for drawing: (row, ((cell, align), ...)), a lone cell of a group or break row going across the table."""
        return tuple((row, self._aligned(row)) for row in self.rows)

    def _aligned(self, row):
        if row.kind in ("group", "break"):
            return ((Cell(row.cells[0].text, row.cells[0].link, span=len(self.columns)), "left" if row.kind == "group" else "center"),)
        aligned, position = [], 0
        for cell in row.cells:
            aligned.append((cell, cell.align or self.columns[position].align))
            position += cell.span
        return tuple(aligned)


@dataclass(frozen=True)
class Sentence:
    """A paragraph of the text."""

    kind: ClassVar[str] = "sentence"

    text: str
    link: str | None = None


@dataclass(frozen=True)
class Subheading:
    """ "1. …" (depth 2) or "a) …" (depth 3), written with its number."""

    kind: ClassVar[str] = "subheading"

    text: str
    depth: int = 2


@dataclass(frozen=True)
class Chart:
    """A picture and the line under it. It never stands without the table that holds the same figures."""

    kind: ClassVar[str] = "chart"

    picture: Picture
    caption: str


@dataclass(frozen=True)
class Section:
    """ "I- ĐẶC ĐIỂM, TÌNH HÌNH" and what it says: Sentence, Subheading, Table and Chart in reading order."""

    heading: str
    blocks: tuple[Sentence | Subheading | Table | Chart, ...]


@dataclass(frozen=True)
class Appendix:
    """A table after the signature, on pages of its own. `number` is printed only where there are two or more."""

    title: str
    table: Table
    landscape: bool = True


@dataclass(frozen=True)
class TermReport:
    """The whole paper. `summary` starts with a small letter; `closing` stays on one page with the signature."""

    header: Header
    summary: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: str
    signature: Signature
    recipients: tuple[str, ...]
    data_as_of: datetime.date
    issuing_body: str
    appendices: tuple[Appendix, ...] = ()
    marking: Marking = field(default=Marking())

    title: ClassVar[str] = TITLE

    @property
    def profile(self) -> FormatProfile:
        """The guideline on form that holds on the day of issue; for an undated draft, on the day of its figures."""
        return profile_for(self.header.issued_on or self.data_as_of)

    @property
    def recipient_lines(self):
        """The lines under "Nơi nhận:" with the guideline's marks."""
        return self.profile.recipients(self.recipients)

    @property
    def appended_to(self):
        """The line under an appendix's title."""
        return f"(kèm theo Báo cáo {self.header.reference} của {self.issuing_body})"

    @property
    def as_of_text(self):
        """ "Số liệu đến ngày 31/12/2024"."""
        return f"Số liệu đến ngày {paper_short_date(self.data_as_of)}"

    @property
    def file_title(self):
        """The document's title in the file's own data."""
        return f"Báo cáo {self.summary}"


def to_html(report):
    """The paper as a whole HTML document for reports.rendering.html_to_pdf. Takes a TermReport."""
    return years_kept_together(render_to_string("reports/papers/term_report.html", {"report": report}))


def years_kept_together(html):
    """`html` with "nhiệm kỳ 2015 - 2020" and "2015 - 2019" unbreakable: a line must not begin with the dash or the second year."""
    return YEAR_RANGE.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), html)
