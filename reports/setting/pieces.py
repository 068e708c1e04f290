"""Which parts of a paper are set by themselves: long registers, an organisation each. Pure: from a WrittenPaper to HTML."""

from dataclasses import dataclass, replace

from reports.papers.document import Appendix, Table
from reports.papers.written import WrittenPaper
from reports.setting.pages import part_to_html, to_html

LONG = 300  # rows; a shorter table costs less in one piece than its parts would in starting


@dataclass(frozen=True)
class Piece:
    """The rows of one organisation (`table`) of a long `appendix`, the `number`-th of `paper`: a part after that appendix's beginning."""

    paper: WrittenPaper
    appendix: Appendix
    table: Table
    number: int

    @property
    def name(self):
        """The heading inside the table that it begins with."""
        first = self.table.rows[0]
        return first.cells[0].text if first.kind == "group" else ""

    def html(self):
        return part_to_html(self.paper, self.appendix, self.table)


def cut(paper, template):
    """(HTML of the body, list of Pieces) of `paper`. The body has all but the later organisations of long appendices.

    Each organisation begins on a new page: one that changes moves no row of another. Papers that are not a WrittenPaper, and those without
    long appendices, are one piece.
    """
    appendices, pieces = [], []
    for number, appendix in enumerate(getattr(paper, "appendices", ()), 1):
        groups = _groups(appendix.table)
        if len(appendix.table.rows) <= LONG or len(groups) < 2:
            appendices.append(appendix)
            continue
        first, *others = groups
        appendices.append(replace(appendix, table=replace(appendix.table, rows=first, footnotes=())))
        for rows in others:
            notes = appendix.table.footnotes if rows is others[-1] else ()
            pieces.append(Piece(paper, appendix, replace(appendix.table, caption="", rows=rows, footnotes=notes), number))
    body = replace(paper, appendices=tuple(appendices)) if pieces else paper
    return to_html(body, template), pieces


def _groups(table):
    """The rows from one heading inside the table to the next; rows before the first heading go with it."""
    groups, current = [], []
    for row in table.rows:
        if row.kind == "group" and any(one.kind != "group" for one in current):
            groups.append(tuple(current))
            current = []
        current.append(row)
    return [*groups, tuple(current)] if current else groups
