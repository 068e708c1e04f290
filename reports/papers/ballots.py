"""Phiếu xếp loại and biên bản kiểm phiếu of one secret ballot on paper.

The papers are all alike: no number, no mark, nothing of whoever gets one. Two go on an A4 sheet and are cut apart where one fits an A5,
else each has A4 pages of its own.
"""

from dataclasses import dataclass
from typing import ClassVar

from django import forms

from evaluations.ballots import LEVELS, base_count, base_words, share_of, winner
from evaluations.enums import BallotState
from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.common.errors import DomainError
from khoi_party.common.numbers import two_digits
from reports.enums import About, FileFormat, PaperKind
from reports.figures import ballots
from reports.figures.ballots import BallotPapersFigures, MinutesFigures
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.formats import PROFILES, Header, Marking, Signature
from reports.papers.recipes import Recipe, no_link
from reports.papers.sentences import small
from reports.papers.written import WrittenPaper

MOST_COPIES, MOST_LINES = 400, 3_000  # of one file; lines of all papers together, under a minute of setting
HALF_ROOM, NAME_WIDTH, LINE_HEIGHT, LINE_PADDING = 115, 13.8, 4.4, 2.2  # of an A5 paper: mm for the lines, ems across a name, mm of a line of text
WIDE, CAPITAL, SMALL = 0.95, 0.75, 0.52  # ems that a letter takes at most
DOTS = "……"
LONG_DOTS = "…" * 16


class BallotOptions(forms.Form):
    """How many papers are printed."""

    copies = forms.IntegerField(
        label="Số phiếu",
        required=False,
        min_value=1,
        max_value=MOST_COPIES,
        help_text="Để trống thì in đủ: số người được triệu tập và số phiếu dự phòng đã ghi khi mở lần bỏ phiếu. Các phiếu giống hệt nhau.",
    )


@dataclass(frozen=True)
class BallotLine:
    """One printed line: its number, name, unit ("" where the paper is of one unit), and whether each level has a box."""

    number: int
    name: str
    unit: str
    boxes: tuple[bool, ...]


@dataclass(frozen=True)
class BallotPapers:
    """All papers of a round in one file. `sheets` are A4 sheets, on each two papers side by side (the last may hold one) or one paper alone.

    A paper is its lines. One that stands alone runs on over as many pages as it needs.
    """

    header: Header
    title: str
    about: str
    name_head: str
    level_names: tuple[str, ...]
    sheets: tuple[tuple[tuple[BallotLine, ...], ...], ...]
    is_halved: bool
    is_demo: bool
    file_title: str
    css: str = ""
    marking: ClassVar[Marking] = Marking()  # nothing is stamped across the line where the sheet is cut: each paper says itself that it is a demo


def collect_papers(paper):
    """The BallotPapersFigures of the paper's round. DomainError where all papers together have more than MOST_LINES."""
    figures = ballots.papers(paper.ballot, paper.options.get("copies"))
    size = len(figures.ballot.lines)
    if figures.copies * size > MOST_LINES:
        raise DomainError(f"{figures.copies} phiếu, mỗi phiếu {size} dòng là quá lớn cho một tệp. Hãy in tối đa {MOST_LINES // size} phiếu mỗi lần.")
    return figures


def fits_papers(round_):
    """Whether its papers are still to be handed out; a count over again counts the old ones."""
    return round_.state == BallotState.OPEN and round_.replaces_id is None


def fits_minutes(round_):
    """Whether its minutes stand (those of a count that another one replaced were signed in their day), on a day whose form is known."""
    return round_.state != BallotState.REPLACED and round_.held_on >= PROFILES[0].issued_from


def dated(paper):
    """Dated on the day of the meeting."""
    return {"issued_on": paper.ballot.held_on}


def write_papers(figures, framing, words, link=no_link):
    """The BallotPapers of `figures` (BallotPapersFigures)."""
    ballot = figures.ballot
    book = rulebook_for(ballot.year)
    lines = tuple(
        BallotLine(number, one.name, one.unit, tuple(level in one.levels for level in LEVELS)) for number, one in enumerate(ballot.lines, 1)
    )
    is_halved = sum(_height(line) for line in lines) <= HALF_ROOM
    every, across = (lines,) * figures.copies, 2 if is_halved else 1
    again = f", lần {ballot.number}" if ballot.number > 1 else ""
    title = f"Phiếu biểu quyết {book.noun} chất lượng {_subject(ballot)} năm {ballot.year}{again}"
    return BallotPapers(
        header=framing.header(""),
        title="PHIẾU BIỂU QUYẾT",
        about=f"{book.noun} chất lượng {_subject(ballot)} năm\u00a0{ballot.year}{again}",
        name_head=_name_head(ballot),
        level_names=tuple(book.level_name(level, ballot.subject) for level in LEVELS),
        sheets=tuple(every[start : start + across] for start in range(0, len(every), across)),
        is_halved=is_halved,
        is_demo=framing.is_demo,
        file_title=title,
    )


def _subject(ballot):
    return {"member": "đảng viên", "organisation": "tổ chức đảng"}.get(ballot.subject, "tập thể lãnh đạo, quản lý")


def _name_head(ballot):
    return "Họ và tên" if ballot.is_on_members else "Tên tổ chức đảng" if ballot.subject == "organisation" else "Tên tập thể"


def _height(line):
    """Millimetres that `line` takes on an A5 paper, rather too many than too few."""
    rows = _rows(line.name) + (_rows(line.unit) if line.unit else 0)
    return LINE_PADDING + rows * LINE_HEIGHT


def _rows(text):
    """How many lines `text` takes in the column of names."""
    rows, taken = 1, 0.0
    for word in text.split():
        width = sum(WIDE if letter in "MWmw…" else CAPITAL if letter.isupper() else SMALL for letter in f"{word} ")
        if taken and taken + width > NAME_WIDTH:
            rows, taken = rows + 1, 0.0
        rows += int(width // NAME_WIDTH)
        taken += width
    return rows


def collect_minutes(paper):
    """The MinutesFigures of the paper's round."""
    return ballots.minutes(paper.ballot)


def framed_minutes(paper):
    """Dated on the day of the meeting; the number is that under which the signed minutes were entered, if they were."""
    document = paper.ballot.document
    return dated(paper) | ({"printed_number": document.number} if document else {})


def write_minutes(figures, framing, words, link=no_link):
    """The minutes of `figures` (MinutesFigures): with every figure once the count is agreed, before that with places for the pen."""
    ballot = figures.ballot
    book = rulebook_for(ballot.year)
    again = f", lần {ballot.number}" if ballot.number > 1 else ""
    sections = (
        Section("", tuple(Sentence(text) for text in _opening(figures))),
        Section("I- THÀNH PHẦN, SỐ PHIẾU", tuple(Sentence(text) for text in _counted(figures))),
        Section("II- KẾT QUẢ KIỂM PHIẾU", (_votes_table(figures, book), *_conclusion(figures, book))),
    )
    collected = two_digits(figures.totals.collected) if figures.totals else DOTS
    return WrittenPaper(
        header=framing.header("BB" if framing.printed_number else ""),
        title="BIÊN BẢN",
        kind_name="Biên bản",
        summary=f"kiểm phiếu {book.noun} chất lượng {_subject(ballot)} năm {ballot.year}{again}",
        sections=sections,
        closing=f"Biên bản được lập xong và đọc trước hội nghị; {collected} phiếu thu về được niêm phong, lưu cùng biên bản.",
        signature=Signature("NGƯỜI GHI BIÊN BẢN", "", figures.secretary),
        second_signature=Signature("CHỦ TRÌ HỘI NGHỊ", "", figures.chair),
        data_as_of=figures.as_of,
        issuing_body=framing.committee,
        marking=framing.marking,
    )


def _opening(figures):
    ballot = figures.ballot
    about = f"{rulebook_for(ballot.year).noun} chất lượng {_subject(ballot)} năm {ballot.year}"
    yield f"{ballot.meeting} ngày {paper_short_date(ballot.as_of)}, {ballot.committee} bỏ phiếu kín {about}."
    if figures.before:
        yield f"Đây là lần bỏ phiếu thứ {ballot.number}, đối với các trường hợp chưa có kết quả ở lần bỏ phiếu trước ({small(figures.before)})."
    if figures.recount_of:
        yield f"Kiểm phiếu lại, thay kết quả kiểm phiếu trước. Lý do: {figures.recount_of.rstrip('.')}."
    yield f"Chủ trì: {figures.chair or LONG_DOTS}"
    yield f"Người ghi biên bản: {figures.secretary or LONG_DOTS}"
    yield f"Tổ trưởng tổ kiểm phiếu: {figures.head_teller or LONG_DOTS}"
    yield f"Các thành viên tổ kiểm phiếu: {LONG_DOTS}"


def _counted(figures):
    totals = figures.totals

    def given(name):
        number = getattr(totals, name) if totals else None
        return DOTS if number is None else two_digits(number)

    yield f"1. Số được triệu tập, có quyền bỏ phiếu: {two_digits(figures.eligible)} {figures.voters}; có mặt: {given('present')}."
    printed = "" if totals and totals.printed is None else f"in {given('printed')}; không dùng {given('unused')}; "
    yield f"2. Số phiếu: {printed}phát ra {given('issued')}; thu về {given('collected')}; hợp lệ {given('valid')}; không hợp lệ {given('invalid')}."
    words = base_words(figures.threshold.base, figures.voters)
    base = f" ({two_digits(base_count(figures.threshold.base, totals, figures.eligible))})" if totals else ""
    yield f"3. Đạt một mức khi có {figures.threshold.share_words} số {words}{base} bỏ phiếu cho mức đó."


def _results(figures):
    """(PaperLine, its Line, the level that won or None, its share in words) per line; nothing before the count is agreed."""
    if figures.totals is None:
        return []
    base = base_count(figures.threshold.base, figures.totals, figures.eligible)
    pairs = zip(figures.ballot.lines, figures.votes, strict=True)
    return [(one, line, winner(line, figures.threshold, base), share_of(line, figures.threshold, base)) for one, line in pairs]


def _votes_table(figures, book):
    ballot = figures.ballot
    shorts = [book.level_short(level, ballot.subject) for level in LEVELS]
    rows = []
    for place, (one, line, level, _) in enumerate(_results(figures), 1):
        votes = [Cell(str(number) if offered in one.levels else "–") for offered, number in zip(LEVELS, line.votes, strict=True)]
        won = Cell(book.level_short(level, ballot.subject) or "Chưa có", level=level)
        rows.append(Row((Cell(str(place)), Cell(_called(one)), *votes, Cell(str(line.silent)), won)))
    if not rows:
        rows = [_open_row(place, one) for place, one in enumerate(ballot.lines, 1)]
    columns = (
        *(Column("TT", 6, "center"), Column(_name_head(ballot), 22, "left")),
        *(Column(short, 13 if place == 1 else 12, "center", group="Số phiếu theo mức") for place, short in enumerate(shorts, 1)),
        *(Column("Không ghi ý kiến", 10, "center"), Column("Kết quả", 13, "center")),
    )
    return Table("", columns, tuple(rows), tuple(_notes(figures, book, shorts)), runs_on=True)


def _open_row(place, one):
    votes = (Cell("" if level in one.levels else "–") for level in LEVELS)
    return Row((Cell(str(place)), Cell(_called(one)), *votes, Cell(""), Cell("")))


def _called(one):
    return f"{one.name} ({one.unit})" if one.unit else one.name


def _notes(figures, book, shorts):
    names = [small(book.level_name(level, figures.ballot.subject)) for level in LEVELS]
    yield f"{'; '.join(f'{short}: {name}' for short, name in zip(shorts, names, strict=True))}."
    if any(len(one.levels) < len(LEVELS) for one in figures.ballot.lines):
        yield "–: mức không có trên phiếu lần này."


def _conclusion(figures, book):
    results = _results(figures)
    if not results:
        return
    yield Sentence(f"Kết luận, tỷ lệ tính trên số {base_words(figures.threshold.base, figures.voters)}:")
    for level in LEVELS:
        if won := [(one, share) for one, _, got, share in results if got == level]:
            names = "; ".join(f"{_called(one)}, {share}" for one, share in won)
            yield Sentence(f"- {book.level_name(level, figures.ballot.subject)} ({two_digits(len(won))}): {names}.")
    if without := [f"{_called(one)}, cao nhất {share}" for one, _, got, share in results if got is None]:
        yield Sentence(f"- Chưa có kết quả ({two_digits(len(without))}): {'; '.join(without)}. Hội nghị xem xét bỏ phiếu lần tiếp theo.")


def _file_name(prefix):
    return lambda paper: f"{prefix}-{paper.ballot.cycle.year}-{paper.ballot.pk}"


RECIPES = (
    Recipe(
        kind=PaperKind.BALLOT_PAPERS,
        about=About.BALLOT,
        code="",
        hint="Phiếu bỏ phiếu kín để in và cắt, giống hệt nhau, mỗi mức một ô trống; hai phiếu một tờ A4, danh sách dài thì mỗi phiếu một tờ.",
        figures=BallotPapersFigures,
        collect=collect_papers,
        write=write_papers,
        fits=fits_papers,
        framed=dated,
        options_form=BallotOptions,
        file_name=_file_name("phieu-xep-loai"),
        formats=(FileFormat.PDF,),
        template="reports/papers/ballots.html",
        numbers_pages=False,
    ),
    Recipe(
        kind=PaperKind.BALLOT_MINUTES,
        about=About.BALLOT,
        code="",
        hint="Biên bản kiểm phiếu với kết quả đã khớp để ký; chưa có kết quả khớp thì để chỗ trống cho ghi tay tại hội nghị.",
        figures=MinutesFigures,
        collect=collect_minutes,
        write=write_minutes,
        fits=fits_minutes,
        framed=framed_minutes,
        file_name=_file_name("bien-ban-kiem-phieu"),
    ),
)
