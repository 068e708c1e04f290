"""Bảng xếp loại của chi bộ: the sheet as the cell signs and keeps it. Across the page, without a number, in Excel too.

The grid on screen can be printed as well, from the browser: that is a working copy of what somebody types, with choices and marks.
"""

from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, two_digits
from reports.enums import About, PaperKind
from reports.figures import cell_sheet
from reports.figures.cell_sheet import CellSheet
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.formats import Signature
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.sentences import small
from reports.papers.voices import ACROSS, LEVELS, Voiced, heard, level_cell, level_legend, level_shares, paper_dates
from reports.papers.written import WrittenPaper

VOTES = (*(str(level) for level in LEVELS), "KYK")
VOTES_WIDTHS = (4, 4, 4, 4, 5)  # percent


def collect(paper):
    """The CellSheet of the paper's sheet."""
    return cell_sheet.collect(paper.sheet, paper.figures_on)


def fits(sheet):
    """Only a cell's sheet holds members."""
    return sheet.holds_members


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (CellSheet): counts, the ballots, one table of all rows; who made it and the secretary sign."""
    return WrittenPaper(
        header=framing.header(""),
        title="BẢNG XẾP LOẠI",
        kind_name="Bảng xếp loại",
        summary=f"chất lượng {figures.unit} và đảng viên năm {figures.year}",
        sections=(Section("", tuple(_blocks(figures))),),
        closing=_counted(figures),
        signature=Signature("NGƯỜI LẬP", "", ""),
        second_signature=framing.signature,
        data_as_of=figures.as_of,
        issuing_body=framing.organisation,
        marking=framing.marking,
        landscape=True,
    )


def _blocks(figures):
    yield _table(figures)
    yield from (Sentence(text) for text in (_levels(figures, "vote", "Chi bộ bỏ phiếu"), _levels(figures, "decided", "Mức được quyết định")) if text)
    yield from (Sentence(_told(one)) for one in figures.ballots)


def _counted(figures):
    left, removed = (sum(row.removed is gone for row in figures.unrated) for gone in (False, True))
    text = f"Đến ngày {paper_short_date(figures.as_of)}, {figures.unit} có {two_digits(len(figures.members))} đảng viên phải xếp loại"
    text += f", {two_digits(left)} không xếp loại" if left else ""
    text += f"; {two_digits(removed)} đã đưa ra khỏi danh sách, không tính vào số trên" if removed else ""
    return f"{text}. Tình trạng của bảng: {small(figures.state)}{f', gửi {figures.superior}' if figures.superior else ''}."


def _levels(figures, name, who):
    """How many members have which level in one column; "" while nobody has one."""
    counts = figures.counts(name)
    total = sum(counts[level] for level in LEVELS)
    if not total:
        return ""
    each = level_shares(figures.year, "member", counts)
    rest = f"; {two_digits(counts[None])} chưa có mức" if counts[None] else ""
    return f"{who} đối với {two_digits(total)} đảng viên: {each}{rest}. Tỷ lệ tính trên số đảng viên đã có mức này."


def _told(one):
    """What the minutes of one ballot say of its papers."""
    who = f"{two_digits(one.eligible)} người có quyền bỏ phiếu, {two_digits(one.present)} có mặt"
    papers = f"phát ra {two_digits(one.issued)}, thu về {two_digits(one.collected)} phiếu"
    kinds = f"{two_digits(one.valid)} hợp lệ, {two_digits(one.invalid)} không hợp lệ"
    on = f"Bỏ phiếu kín lần {one.number} ngày {paper_short_date(one.held_on)} ({small(one.subject)})"
    return f"{on}: {who}; {papers} ({kinds}); đạt mức khi {one.threshold}."


def _table(figures):
    before, after = (heard(voices, figures.rows) for voices in _voices(figures))
    counted = zip(VOTES, VOTES_WIDTHS, strict=True) if any(row.votes for row in figures.rows) else ()
    votes = [Column(*one, group="Số phiếu theo mức") for one in counted]
    middle = (*(one.column(ACROSS) for one in before), *votes, *(one.column(ACROSS) for one in after))
    rest = 97 - sum(one.width for one in middle)
    name, position = rest * 37 // 100, rest * 29 // 100
    columns = (
        *(Column("TT", 3, "center"), Column("Họ và tên", name, "left"), Column("Chức vụ", position, "left")),
        *middle,
        Column("Lý do, ghi chú", rest - name - position, "left"),
    )
    notes = [level_legend(figures.year, "member")]
    if votes:
        shorts = ", ".join(f"{level}: {rulebook_for(figures.year).level_short(level, 'member')}" for level in LEVELS)
        notes.append(f"Số phiếu của lần bỏ phiếu sau cùng đã xác nhận ({shorts}; KYK: phiếu không ghi ý kiến).")
    if figures.documents:
        notes.append(f"Mức được quyết định theo: {'; '.join(figures.documents)}.")
    return Table("", columns, tuple(_rows(figures, before, bool(votes), after)), tuple(notes), runs_on=True)


def _voices(figures):
    """The voices before the ballot, and those after it."""

    def of(name):
        return lambda row: _level(figures, row, name)

    return (
        (Voiced("Tự xếp loại", of("own"), always=True), Voiced("Mức CC, VC", of("agency")), Voiced("Chi ủy đề nghị", of("committee"))),
        (
            Voiced("Chi bộ đề nghị", of("vote"), always=True),
            Voiced("Cấp trên đề xuất", of("proposed")),
            Voiced("Được quyết định", lambda row: _level(figures, row, "decided", " (TB)" if row.exemplary else ""), always=True),
        ),
    )


def _level(figures, row, name, more=""):
    return level_cell(figures.year, getattr(row, name), "member" if row.is_member else "organisation", more)


def _rows(figures, before, has_votes, after):
    """Members, the cell itself, those who are not rated, those taken off the list; each under its heading."""
    place, width = 0, len(before) + len(VOTES) * has_votes + len(after) + 1
    for heading, is_member in (("Đảng viên", True), ("Tổ chức đảng", False)):
        found = [row for row in figures.rows if row.is_member == is_member]
        if found:
            yield Row((Cell(heading),), "group")
        for row in found:
            place += 1
            votes = (Cell(NOTHING if row.votes is None else str(count)) for count in row.votes or VOTES) if has_votes else ()
            told = "; ".join(f"{who}: {text}" for who, text in row.reasons)
            name = (Cell(str(place)), Cell(row.name), Cell(row.position))
            yield Row((*name, *(one.cell(row) for one in before), *votes, *(one.cell(row) for one in after), Cell(told)))
    for heading, removed in (("Không xếp loại", False), ("Đã đưa ra khỏi danh sách, không tính vào kết quả", True)):
        found = [row for row in figures.unrated if row.removed == removed]
        if found:
            yield Row((Cell(heading),), "group")
        for row in found:
            place += 1
            yield Row((Cell(str(place)), Cell(row.name), Cell(row.position), Cell(paper_dates(row.why), align="left", span=width)))


def file_name(paper):
    return f"bang-xep-loai-{paper.sheet.cycle.year}-{paper.sheet_id}"


RECIPE = Recipe(
    kind=PaperKind.CELL_SHEET,
    about=About.SHEET,
    code="",
    hint="Bảng xếp loại đảng viên và chi bộ để ký, lưu: từng ý kiến, số phiếu, mức đề nghị, mức được quyết định, lý do.",
    figures=CellSheet,
    collect=collect,
    write=write,
    fits=fits,
    file_name=file_name,
    formats=ALL_FILES,
)
