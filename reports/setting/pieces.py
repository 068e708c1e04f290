"""Which parts of a paper are set by themselves: long registers, an organisation each. Pure: from a WrittenPaper to HTML."""

from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from reports.setting.pages import to_html, years_kept_together

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
        pieces += [_piece(appendix, rows, number, paper.profile, is_last=rows is others[-1]) for rows in others]
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


def _piece(appendix, rows, number, profile, *, is_last):
    table = replace(appendix.table, caption="", rows=rows, footnotes=appendix.table.footnotes if is_last else ())
    html = render_to_string("reports/papers/part.html", {"appendix": appendix, "table": table})
    return Piece(profile.spelled(years_kept_together(html)), rows[0].cells[0].text if rows[0].kind == "group" else "", number)
