"""What every paper is made of, as plain values: sentences, tables, charts, sections, appendices.

Whoever reads the figures fills these; nothing here asks the database. The same values feed the paper and the web page:
`link` on a cell or sentence is the address of the list behind the figure and is not printed. `appendix` is the place (1, 2 …) of the
appendix that shows it; in PDF and Word the text leads there, and looks like any other text.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from reports.charts import Picture

LINES_KEPT_TOGETHER = 30
LETTERS_ACROSS = 88  # of 12 pt across a portrait page, a little under what really fits


@dataclass(frozen=True)
class Cell:
    """One cell of a table. `align` left, right or center overrides the column's; `level` 1..4 marks a level; `span` columns wide."""

    text: str
    link: str | None = None
    level: int | None = None
    align: str | None = None
    span: int = 1
    appendix: int | None = None


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
    """A table with its caption and footnotes; the footnotes name the base of every percentage. One that `runs_on` is parted where a page ends,
    however short it is: the list that a paper consists of."""

    kind: ClassVar[str] = "table"

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()
    runs_on: bool = False

    @property
    def fits_a_page(self):
        """Whether the table is short enough to be kept on one page; a longer one runs on under a repeated head."""
        return not self.runs_on and sum(self._lines(row) for row in self.rows) <= LINES_KEPT_TOGETHER

    def _lines(self, row):
        """How many lines the tallest cell of `row` takes, about."""
        return max(-(-len(cell.text) * 100 // (LETTERS_ACROSS * column.width)) for cell, column in zip(row.cells, self.columns, strict=False)) or 1

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
            return ((replace(row.cells[0], span=len(self.columns)), "left" if row.kind == "group" else "center"),)
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
    appendix: int | None = None


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
class Article:
    """ "Điều 1." and what it orders."""

    kind: ClassVar[str] = "article"

    number: int
    text: str
    link: str | None = None
    appendix: int | None = None


@dataclass(frozen=True)
class Words:
    """A place for what people write themselves: `text` in paragraphs parted by line ends, "" while nothing is written. `title` is for the screen."""

    kind: ClassVar[str] = "words"

    place: str
    title: str
    text: str = ""

    @property
    def paragraphs(self):
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True)
class Section:
    """ "I- ĐẶC ĐIỂM, TÌNH HÌNH" and what it says, in reading order. A decision has one section without a heading, of Articles."""

    heading: str
    blocks: tuple[Sentence | Subheading | Table | Chart | Article | Words, ...]

    @property
    def is_part(self):
        """Whether the heading names a part ("Phần thứ hai", "Chương I"), which stands in the middle of its own line."""
        return self.heading.startswith(("Phần ", "Chương "))


@dataclass(frozen=True)
class Appendix:
    """A table after the signature, on pages of its own, under `heading`: "Phụ lục", or "DANH SÁCH" for a list that a decision encloses.

    `on_screen` stands on the web page in place of a table that is a register too long for it: how long, and the list behind.
    """

    title: str
    table: Table
    landscape: bool = True
    heading: str = "Phụ lục"
    on_screen: Sentence | None = None

    @property
    def is_numbered(self):
        return self.heading == "Phụ lục"
