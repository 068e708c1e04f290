"""Danh sách thẩm định: every voice on every row that a body decides, for its meeting. Across the page, without a number, in Excel too."""

from itertools import groupby

from evaluations.permissions import CHOOSING_KINDS
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, two_digits
from reports.enums import About, PaperKind
from reports.figures import appraisal_list
from reports.figures.appraisal_list import AppraisalFigures
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.formats import Signature
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.voices import ACROSS, Voiced, clause_text, heard, level_cell, level_legend, office_signature, paper_dates
from reports.papers.written import WrittenPaper

STANDING = ("Năm trước", "Đăng ký", "Tự xếp loại", "Đề xuất")  # headings that stay even while nobody has spoken
NOUNS = {"organisation": "tổ chức đảng", "member": "đảng viên"}
RULES_WIDTH = 9
MOST_VOICES = (100 - 3 - RULES_WIDTH - 11) // ACROSS  # columns beside a name that can still be read


def collect(paper):
    """The AppraisalFigures of the paper's organisation in its cycle, as who asked for it may see them."""
    return appraisal_list.collect(paper.organisation, paper.cycle, paper.requested_by, paper.figures_on)


def fits(cycle):
    """Once the year is open for reviews there are rows to appraise."""
    return cycle.review_opened_at is not None or not cycle.is_open


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (AppraisalFigures): a table of all voices for each kind of subject, then what the rules say."""
    return WrittenPaper(
        header=framing.header(""),
        title="DANH SÁCH THẨM ĐỊNH",
        kind_name="Danh sách",
        summary=f"kết quả đánh giá, xếp loại năm {figures.year} trình {framing.reporting_body}",
        sections=(Section("", tuple(_blocks(figures))),),
        closing=f"Danh sách ghi ý kiến của các chủ thể đến ngày {paper_short_date(figures.as_of)}.",
        signature=Signature("NGƯỜI LẬP", "", ""),
        second_signature=office_signature(framing),
        data_as_of=figures.as_of,
        issuing_body=framing.committee,
        marking=framing.marking,
        landscape=True,
    )


def _blocks(figures):
    remarks = []
    for place, part in enumerate(figures.parts, 1):
        voices = heard(_voices(figures, part), part.rated)
        unplaced = part.boards[-(len(voices) - MOST_VOICES) :] if len(voices) > MOST_VOICES else ()
        shown = [one for one in voices if one.title not in unplaced]
        yield Sentence(_counted(part))
        yield _table(figures, part, shown, f"Bảng {place}. {NOUNS[part.subject].capitalize()}")
        remarks += _remarks(figures, part, {one.title for one in shown})
    if remarks:
        columns = (Column("Ý kiến của", 25, "left"), Column("Mức", 15, "center"), Column("Nội dung", 60, "left"))
        yield Table(f"Bảng {len(figures.parts) + 1}. Nhận xét, lý do và điều quy định nêu", columns, tuple(remarks), runs_on=True)


def _counted(part):
    """How many rows are rated, on how many voices differ, are missing, or rules have something to say."""
    rated, noun = part.rated, NOUNS[part.subject]
    told = [
        f"{two_digits(sum(line.differs for line in rated))} có ý kiến khác nhau",
        f"{two_digits(sum(line.is_silent for line in rated))} còn thiếu ý kiến",
        f"{two_digits(sum(bool(line.clauses) for line in rated))} có điều quy định nêu cần xem xét",
        f"{two_digits(sum(bool(line.unknown) for line in rated))} có nội dung chưa đủ dữ liệu để đối chiếu với quy định",
    ]
    rest = len(part.lines) - len(rated)
    return f"Có {two_digits(len(rated))} {noun} phải xếp loại{f' và {two_digits(rest)} không xếp loại' if rest else ''}; {'; '.join(told)}."


def _table(figures, part, voices, caption):
    name = 100 - 3 - RULES_WIDTH - ACROSS * len(voices)
    columns = (
        *(Column("TT", 3, "center"), Column("Họ và tên" if part.subject == "member" else "Tổ chức đảng", name, "left")),
        *(one.column(ACROSS) for one in voices),
        Column("Quy định nêu", RULES_WIDTH, "left"),
    )
    notes = (
        level_legend(figures.year, part.subject, before=True),
        "Mức năm trước theo quy định của năm đó. Quy định nêu: số điều trái, điều cần làm rõ ở mức đang đề nghị, điều chưa đủ dữ liệu để "
        "đối chiếu (chưa rõ).",
    )
    return Table(caption, columns, tuple(_rows(part, voices)), notes, runs_on=True)


def _rows(part, voices):
    """The rows of a part, members under the name of their cell."""
    place = 0
    for unit, lines in groupby(part.lines, key=lambda line: line.place if part.subject == "member" else ""):
        if unit:
            yield Row((Cell(unit),), "group")
        for line in lines:
            place += 1
            yield Row((Cell(str(place)), *_cells(line, voices)))


def _cells(line, voices):
    yield Cell(line.name)
    if line.note:
        yield Cell(paper_dates(line.note), align="left", span=len(voices) + 1)
        return
    yield from (one.cell(line) for one in voices)
    yield Cell(_said_by_rules(line))


def _said_by_rules(line):
    against = sum(one.forbids for one in line.clauses)
    asked = len(line.clauses) - against
    told = ((against, "trái"), (asked, "cần làm rõ"), (line.unknown, "chưa rõ"))
    return "; ".join(f"{word} {count}" for count, word in told if count) or NOTHING


def _voices(figures, part):
    """The columns of levels in the order of the board."""

    def of(place):
        return lambda line: Cell(line.said[place].short or NOTHING, level=line.said[place].level)

    for place, heading in enumerate(part.headings):
        yield Voiced(heading, of(place), always=heading in STANDING or heading in part.boards)
    yield Voiced("Quyết định", lambda line: level_cell(figures.year, line.decided, part.subject, " (TB)" if line.exemplary else ""))


def _remarks(figures, part, shown):
    """What was said in words, by whom and at which level, and each clause; under the name of its row. A voice without a column is told here."""
    for line in part.rated:
        said = zip(part.headings, line.said, strict=True)
        rows = [(heading, one.short, one.text) for heading, one in said if one.text or (one.level and heading not in shown)]
        standing = level_cell(figures.year, line.standing, part.subject).text
        rows += [("Quy định nêu", standing, clause_text(one)) for one in line.clauses]
        if rows:
            yield Row((Cell(line.name if part.subject == "organisation" else f"{line.name}, {line.place}"),), "group")
        yield from (Row(tuple(Cell(text) for text in row)) for row in rows)


def file_name(paper):
    return f"danh-sach-tham-dinh-{paper.cycle.year}"


RECIPE = Recipe(
    kind=PaperKind.APPRAISAL_LIST,
    about=About.CYCLE,
    code="",
    hint="Mọi ý kiến về các đơn vị do cấp ủy quyết định, cạnh nhau, và điều quy định nêu; dùng cho hội nghị xem xét.",
    figures=AppraisalFigures,
    collect=collect,
    write=write,
    fits=fits,
    kinds=CHOOSING_KINDS,
    file_name=file_name,
    formats=ALL_FILES,
)
