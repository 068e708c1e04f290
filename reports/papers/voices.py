"""Levels of several voices side by side in a table, the cap on the best level, and who signs what an office puts before its body."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from evaluations.rulebooks import rulebook_for
from khoi_party.common.numbers import NOTHING, percent, thousands, two_digits
from reports.papers.document import Cell, Column, Row, Table
from reports.papers.formats import Signature
from reports.papers.sentences import small

LEVELS = (1, 2, 3, 4)
ACROSS, ENCLOSED = 7, 8  # percent of a page across in which "HTXSNV" stands in one line: of a list in 10 pt, of an enclosed one in 12 pt
ZERO_MONTH = re.compile(r"\b(\d\d)/0([3-9])/(\d{4})\b")
SIGNS = f"TB: tiêu biểu; {NOTHING}: chưa có ý kiến hoặc chưa rõ."


@dataclass(frozen=True)
class Voiced:
    """A column of one voice: `cell` gives the Cell of a row; one that nobody has filled stays away unless it `always` stands."""

    title: str
    cell: Callable
    always: bool = False

    def column(self, width):
        return Column(self.title, width, "center")


def heard(voices, rows):
    """Those of `voices` that said something on one of `rows`, and those that always stand."""
    return tuple(one for one in voices if one.always or any(one.cell(row).text != NOTHING for row in rows))


def level_cell(year, level, subject, more=""):
    """The short name of `level` in the regulation of `year`; a dash where nobody has given one."""
    if not level:
        return Cell(NOTHING)
    return Cell(f"{rulebook_for(year).level_short(level, subject)}{more}", level=level)


def level_legend(year, subject, *, before=False):
    """What the short names of levels stand for, those of the year `before` too where they are printed."""
    books = [rulebook_for(one) for one in ((year, year - 1) if before else (year,))]
    names = {book.level_short(level, subject): small(book.level_name(level, subject)) for book in books for level in LEVELS}
    return f"{'; '.join(f'{short}: {name}' for short, name in names.items())}. {SIGNS}"


def paper_dates(text):
    """`text` with its dates as papers write them: 30/08/2025 becomes 30/8/2025."""
    return ZERO_MONTH.sub(r"\1/\2/\3", text)


def level_shares(year, subject, counts):
    """ "01 hoàn thành xuất sắc nhiệm vụ (16,67%), 05 hoàn thành tốt nhiệm vụ (83,33%)": of all that have a level in `counts` {level: number}."""
    book, total = rulebook_for(year), sum(counts[level] for level in LEVELS)
    return ", ".join(
        f"{two_digits(counts[level])} {small(book.level_name(level, subject))} ({percent(counts[level], total)})" for level in LEVELS if counts[level]
    )


def cap_table(caps, caption):
    """Table B6: how the best level stands against its cap, group by group; each share with its base."""
    rows = tuple(
        Row(
            (
                Cell(one.name),
                Cell(thousands(one.good_or_better)),
                Cell(thousands(one.excellent)),
                Cell(percent(one.excellent, one.base_count)),
                Cell(f"{one.rate}%"),
                Cell(f"{thousands(one.limit)}{' (vượt)' if one.is_over else ''}"),
            )
        )
        for one in caps
    )
    columns = (
        *(Column("Nhóm", 30, "left"), Column("Số hoàn thành tốt nhiệm vụ trở lên", 17), Column("Số hoàn thành xuất sắc nhiệm vụ", 17)),
        *(Column("Tỷ lệ", 12), Column("Trần", 10), Column("Số tối đa", 14)),
    )
    notes = [f"{one.name}: tỷ lệ và trần tính trên {one.base} ({thousands(one.base_count)}); căn cứ: {paper_dates(one.citation)}." for one in caps]
    if not all(one.is_confirmed for one in caps):
        notes.append("Cách tính (cơ số, nhóm, làm tròn) chưa có văn bản xác nhận của đảng bộ.")
    return Table(caption, columns, rows, tuple(dict.fromkeys(notes)))


def clause_text(clause):
    """What a Clause says, with its source; one that was not read word for word only asks to be cleared up."""
    return f"{'' if clause.forbids else 'Cần làm rõ: '}{clause.says.rstrip('.')} ({paper_dates(clause.source)})."


def office_signature(framing):
    """Who puts a list before the body that decides, until somebody is named when it is issued: before a standing committee its office by
    order, before a committee its standing committee, before a cell the cell's committee. An advising body signs as it always does."""
    if framing.authority == "T/M CHI BỘ":
        return replace(framing.signature, authority="T/M CHI ỦY")
    if framing.signer or not framing.authority.startswith("T/M"):
        return framing.signature
    if framing.authority == "T/M BAN THƯỜNG VỤ":
        return Signature("T/L BAN THƯỜNG VỤ", "", "")
    return replace(framing.signature, authority="T/M BAN THƯỜNG VỤ")
