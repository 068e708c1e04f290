"""Bản đăng ký mức phấn đấu of one unit, to be signed and sent. It carries no number; what is not written is left open for the pen."""

from django.utils import timezone

from evaluations.rulebooks import rulebook_for
from khoi_party.common.numbers import NOTHING, percent, thousands, two_digits
from reports.enums import About, PaperKind
from reports.figures import registered
from reports.figures.registered import LEVELS, UnitForm
from reports.papers.document import Appendix, Cell, Column, Row, Section, Sentence, Table
from reports.papers.formats import PROFILES
from reports.papers.recipes import Recipe, no_link
from reports.papers.sentences import ratio, small
from reports.papers.written import WrittenPaper
from reports.signers import usual_signer

BLANK = "………"  # what the unit has not written: filled in by hand before it signs


def collect_form(paper):
    """The UnitForm of the paper's registration."""
    return registered.form(paper.registration, paper.figures_on)


def framed(paper):
    """Dated on the day it was sent, as far as a guideline on form is known for that day; signed by the secretary of the day of its names."""
    row = paper.registration
    sent_on = timezone.localdate(row.submitted_at) if row.submitted_at and row.state in registered.SENT else None
    dated = {"issued_on": sent_on} if sent_on and sent_on >= PROFILES[0].issued_from else {}
    return dated | {"name": usual_signer(row.organisation, sent_on or paper.figures_on)}


def write_form(figures, framing, words, link=no_link):
    """The registration as a paper: the unit's level, its members' levels, admissions and thematic meetings, commitments; the cells below summed."""
    book = rulebook_for(figures.year)
    level = f"“{small(book.level_name(figures.level, 'organisation'))}”" if figures.level else BLANK * 4
    to = f" với {figures.superior}" if figures.superior else ""
    *commitments, last = _commitments(figures.commitments)
    blocks = [
        Sentence(f"{framing.committee} đăng ký{to} mức phấn đấu năm {figures.year} như sau:"),
        Sentence(f"1. {figures.name} đăng ký phấn đấu đạt mức: {level}."),
        Sentence("2. Đảng viên đăng ký phấn đấu:"),
        _members_table(figures, book),
        *(Sentence(text) for text in _plans(figures)),
        Sentence("4. Nội dung cam kết:"),
        *(Sentence(text) for text in commitments),
    ]
    return WrittenPaper(
        header=framing.header(""),
        title="BẢN ĐĂNG KÝ",
        kind_name="Bản đăng ký",
        summary=f"mức phấn đấu năm {figures.year}",
        sections=(Section("", tuple(blocks)),),
        closing=last,  # stays on the page of the signature
        signature=framing.signature,
        data_as_of=figures.read_on,
        issuing_body=framing.committee,
        appendices=(_aims(figures, book),) if figures.members else (),
        marking=framing.marking,
    )


def _members_table(figures, book):
    own, below = figures.planned, figures.below
    columns = [Column("Mức", 36 if below else 56, "left"), *_pair("Đơn vị đăng ký" if below else "Đăng ký")]
    columns += _pair("Cộng từ các chi bộ") if below else []
    sets = [own, below.planned] if below else [own]
    rows = []
    for level in LEVELS:
        counts = [(one.members[level - 1], one.total) for one in sets]
        rows.append(Row((Cell(book.level_name(level, "member"), level=level), *(cell for pair in counts for cell in _counted(*pair)))))
    totals = (Cell(_given(number)) for one in sets for number in (one.total, one.total and 100))
    rows.append(Row((Cell("Tổng số đảng viên", align="left"), *totals), "total"))
    return Table("", tuple(columns), tuple(rows), tuple(_notes(figures)))


def _pair(group):
    return [Column("Số đảng viên", 18, group=group), Column("Tỷ lệ (%)", 14, group=group)]


def _counted(count, total):
    return Cell(_given(count)), Cell(BLANK if count is None or total is None else percent(count, total).rstrip("%"))


def _given(number):
    return BLANK if number is None else thousands(number)


def _notes(figures):
    yield "Tỷ lệ tính trên tổng số đảng viên của cột bên trái."
    below = figures.below
    if below:
        silent = f", trong đó {two_digits(below.silent)} chi bộ không ghi số đảng viên theo mức" if below.silent else ""
        yield f"Cộng từ các chi bộ: {ratio(below.sent, below.units)} chi bộ trực thuộc đã gửi bản đăng ký{silent}."
    if figures.planned.total is None or (below and below.planned.total is None):
        yield "Chỗ chấm: chưa ghi."


def _plans(figures):
    own, below = figures.planned, figures.below
    yield f"3. Dự kiến kết nạp: {_written(own.admissions)} đảng viên. Sinh hoạt chuyên đề: {_written(own.meetings)} buổi."
    if below and below.sent:
        admissions, meetings = _written(below.planned.admissions), _written(below.planned.meetings)
        yield f"Cộng từ các chi bộ: kết nạp {admissions} đảng viên; sinh hoạt chuyên đề {meetings} buổi."


def _written(number):
    return BLANK if number is None else two_digits(number)


def _commitments(text):
    return [line.strip() for line in text.splitlines() if line.strip()] or ["…" * 60] * 3


def _aims(figures, book):
    rows = tuple(
        Row((Cell(str(place)), Cell(one.name), Cell(one.position or NOTHING), Cell(book.level_name(one.level, "member"), level=one.level), Cell("")))
        for place, one in enumerate(figures.members, 1)
    )
    columns = (Column("TT", 6, "center"), Column("Họ và tên", 26, "left"), Column("Chức vụ", 24, "left"), Column("Mức đăng ký", 29, "left"))
    notes = () if all(one.position for one in figures.members) else (f"{NOTHING}: hồ sơ chưa ghi chức vụ.",)
    return Appendix(
        f"Đăng ký mức phấn đấu năm {figures.year} của đảng viên",
        Table("", (*columns, Column("Ký tên", 15, "left")), rows, notes),
        landscape=False,
        heading="DANH SÁCH",
    )


RECIPE = Recipe(
    kind=PaperKind.REGISTRATION_FORM,
    about=About.REGISTRATION,
    code="",
    hint="Bản đăng ký của một đơn vị để ký và gửi: mức của đơn vị, của đảng viên, kết nạp, cam kết; chỗ chưa ghi để trống cho ghi tay.",
    figures=UnitForm,
    collect=collect_form,
    write=write_form,
    framed=framed,
    file_name=lambda paper: f"dang-ky-{paper.registration.cycle.year}-{paper.registration.pk}",
)
