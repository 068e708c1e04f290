"""Which parts of a paper are set by themselves: long registers, an organisation each. Pure: from a WrittenPaper to HTML."""

from dataclasses import dataclass, replace

from reports.setting.pages import part_to_html, to_html

LONG = 300  # rows; a shorter table costs less in one piece than its parts would in starting


@dataclass(frozen=True)
class Piece:
    """A part of a long appendix: the HTML of one organisation's rows. It follows the appendix `appendix` (from 1), in the order of the list."""

    html: str
    name: str
    appendix: int


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
        pieces += [_piece(paper, appendix, rows, number, is_last=rows is others[-1]) for rows in others]
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


def _piece(paper, appendix, rows, number, *, is_last):
    table = replace(appendix.table, caption="", rows=rows, footnotes=appendix.table.footnotes if is_last else ())
    return Piece(part_to_html(paper, appendix, table), rows[0].cells[0].text if rows[0].kind == "group" else "", number)
