"""Tables on persons of a year's report: leadership collectives (B3), leading cadres (B4), and the register of all members.

What the product does not know stays a dash with a footnote: nobody is given a level that nobody gave.
"""

from functools import lru_cache

from evaluations.rulebooks.book import FOUR_LEVELS
from khoi_party.common.numbers import NOTHING, thousands
from reports.papers.document import Appendix, Cell, Column, Row, Sentence, Table
from reports.papers.sentences import small

REGISTER_COLUMNS = (
    *(Column("TT", 4, "center"), Column("Họ và tên", 17, "left"), Column("Năm sinh", 6, "center"), Column("Chi bộ", 21, "left")),
    *(Column("Chức vụ", 13, "left"), Column("Năm trước", 8, "center"), Column("Tự xếp loại", 8, "center")),
    *(Column("Chi bộ biểu quyết", 8, "center"), Column("Kết quả", 8, "center"), Column("Ghi chú", 7, "left")),
)


def collective_table(year, caption):
    """B3, from the reports that were sent, results given elsewhere and reviews of collectives."""
    notes = _notes(year, year.figures.collectives, "organisation")
    if any(one.from_report for one in year.figures.collectives):
        notes.append("Tự xếp loại của cấp ủy: mức ghi cùng báo cáo kiểm điểm đã gửi; kết quả của tổ chức đảng nêu tại danh sách tổ chức đảng.")
    columns = (
        *(Column("TT", 6, "center"), Column("Tên tập thể", 46, "left"), Column("Tự xếp loại", 16, "center")),
        *(Column("Đề nghị", 16, "center"), Column("Kết quả", 16, "center")),
    )
    return Table(caption, columns, _rows(year, year.figures.collectives, "organisation"), tuple(notes))


def cadre_table(year, caption):
    """B4: those whose level the reporting body decides, or who were rated as leading cadres."""
    columns = (
        *(Column("TT", 6, "center"), Column("Họ và tên", 27, "left"), Column("Chức vụ", 28, "left")),
        *(Column("Tự xếp loại", 13, "center"), Column("Đề nghị", 13, "center"), Column("Kết quả", 13, "center")),
    )
    return Table(caption, columns, _rows(year, year.figures.cadres, "member", with_position=True), tuple(_notes(year, year.figures.cadres, "member")))


def _rows(year, judged, kind, *, with_position=False):
    marks = _marks(judged)
    rows = []
    for place, one in enumerate(judged, 1):
        short = (FOUR_LEVELS[one.level - 1].short if one.source else year.short(one.level, kind)) if one.level else NOTHING
        result = f"{short} {marks[one.source]}" if one.source in marks else short
        who = (Cell(str(place)), Cell(one.name), *((Cell(one.position or NOTHING),) if with_position else ()))
        own, proposed = (Cell(year.short(level, kind), level=level) for level in (one.own, one.proposed))
        rows.append(Row((*who, own, proposed, Cell(result, level=one.level))))
    return tuple(rows)


def _marks(judged):
    """{source: "(1)"} of the documents that others' results come from, in the order of the table."""
    sources = dict.fromkeys(one.source for one in judged if one.source)
    return {source: f"({place})" for place, source in enumerate(sources, 1)}


def _notes(year, judged, kind):
    """The legend of the levels, the documents, and what a dash means where there is one."""
    notes = [f"{year.legend(kind)}."]
    notes += [f"{mark} Theo {small(source)}." for source, mark in _marks(judged).items()]
    if any(None in (one.own, one.proposed, one.level) for one in judged):
        notes.append(f"{NOTHING}: chưa có thông tin.")
    return notes


def register_appendix(year):
    """The register of members, unit by unit; numbers start anew in each, so that a change in one unit moves nobody of another."""
    rows, cells = [], _LevelCells(year)
    for unit in year.figures.register:
        rows.append(Row((Cell(f"{unit.name}: {thousands(len(unit.entries))} đảng viên"),), "group"))
        rows.extend(_entry_row(cells, place, one) for place, one in enumerate(unit.entries, 1))
    before = year.figures.year - 1
    signs = f"{NOTHING}: chưa có thông tin; năm trước: kết quả năm {before} trong cùng đảng bộ."
    total = sum(len(unit.entries) for unit in year.figures.register)
    return Appendix(
        f"Danh sách đảng viên và mức xếp loại năm {year.figures.year}",
        Table("", REGISTER_COLUMNS, tuple(rows), (f"{year.legends('member')}.", signs)),
        on_screen=Sentence(f"Danh sách có {thousands(total)} đảng viên; toàn văn nằm trong các tệp tải về.", year.link("members")),
    )


class _LevelCells:
    """{level: its Cell} of this year and of the year before, one for thousands of rows."""

    def __init__(self, year):
        levels = (None, 1, 2, 3, 4)
        self.now = {level: Cell(year.short(level, "member"), level=level) for level in levels}
        self.before = {level: Cell(year.short(level, "member", book=year.book_before), level=level) for level in levels}


def _entry_row(cells, place, one):
    born = str(one.born) if one.born else NOTHING
    who = (_plain_cell(str(place)), Cell(one.name), _plain_cell(born), _plain_cell(one.cell), Cell(one.position))
    return Row((*who, cells.before[one.before], cells.now[one.own], cells.now[one.voted], cells.now[one.level], _plain_cell(one.note)))


@lru_cache(maxsize=4096)
def _plain_cell(text):
    """One Cell for the same text in thousands of rows."""
    return Cell(text)
