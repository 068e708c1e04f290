"""Danh sách xét tặng Huy hiệu Đảng of one award day: counts per badge, everybody who is due by organisation, and whose Party age is not known."""

from collections import Counter
from datetime import date
from itertools import groupby

from django import forms

from khoi_party.common.dates import date_text, paper_short_date, today
from khoi_party.common.numbers import NOTHING, thousands, two_digits
from members.badges import HD01, ceremony_for
from members.enums import BadgeKind, BadgeState
from members.rounds import rounds_near
from reports.enums import About, PaperKind
from reports.figures import badges
from reports.figures.badges import NOT_PROPOSED, Badges
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.sentences import small
from reports.papers.written import WrittenPaper

STATES = {NOT_PROPOSED: "chưa đề nghị", BadgeState.PROPOSED.value: "đã đề nghị", BadgeState.AWARDED.value: "đã tặng"}
SPECIAL = {BadgeKind.EARLY.value: "tặng sớm vì bệnh nặng", BadgeKind.POSTHUMOUS.value: "truy tặng"}


class BadgeOptions(forms.Form):
    """Which award day: those near today."""

    ceremony = forms.ChoiceField(label="Đợt trao", help_text="Danh sách lấy theo hồ sơ đảng viên có đến lúc lập.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ceremony"].choices = [(day.isoformat(), date_text(day)) for day in rounds_near(today())]
        self.fields["ceremony"].initial = ceremony_for(today()).isoformat()


def collect(paper):
    """The Badges of the paper's organisation at the award day that was chosen, else at the next one."""
    chosen = paper.options.get("ceremony")
    return badges.collect(paper.organisation, date.fromisoformat(chosen) if chosen else ceremony_for(today()))


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (Badges), across the page."""
    blocks = [Sentence(_said(figures))]
    if figures.dues:
        blocks += [_counts_table(figures), _list_table(figures)]
    if figures.unknown:
        blocks.append(_unknown_table(figures))
    if figures.younger:
        blocks.append(
            Sentence(f"Ngoài ra {two_digits(figures.younger)} đảng viên vào Đảng chưa đủ 29 năm cũng chưa ghi ngày quyết định kết nạp trong hồ sơ.")
        )
    return WrittenPaper(
        header=framing.header(""),
        title="DANH SÁCH",
        kind_name="Danh sách",
        summary=f"xét tặng Huy hiệu Đảng đợt {paper_short_date(figures.ceremony)} của {figures.name}",
        sections=(Section("", tuple(blocks)),),
        closing=f"Danh sách lập theo hồ sơ đảng viên đến ngày {paper_short_date(figures.as_of)}.",
        signature=framing.signature,
        data_as_of=figures.as_of,
        issuing_body=framing.committee,
        marking=framing.marking,
        landscape=True,
    )


def _said(figures):
    day, dues = paper_short_date(figures.ceremony), figures.dues
    if not dues:
        return (
            f"Đợt {day}, theo hồ sơ đến ngày {paper_short_date(figures.as_of)}, {figures.name} chưa có đảng viên nào đến mốc xét tặng Huy hiệu Đảng."
        )
    each = ", ".join(f"{two_digits(count)} Huy hiệu {years} năm" for years, count in sorted(Counter(one.years for one in dues).items(), reverse=True))
    text = f"Đợt {day}, {figures.name} có {two_digits(len(dues))} trường hợp đến mốc xét tặng Huy hiệu Đảng: {each}"
    kinds = Counter(one.kind for one in dues)
    said = [f"{two_digits(kinds[kind])} {name}" for kind, name in SPECIAL.items() if kinds[kind]]
    said += [f"{two_digits(count)} chưa được đề nghị"] if (count := sum(one.state == NOT_PROPOSED for one in dues)) else []
    return f"{text}; trong đó {', '.join(said)}." if said else f"{text}."


def _counts_table(figures):
    rows = [_counts_row(f"Huy hiệu {years} năm", [one for one in figures.dues if one.years == years]) for years in _years(figures)]
    rows.append(_counts_row("Cộng", figures.dues, "total"))
    columns = (
        *(Column("Loại Huy hiệu", 22, "left"), Column("Tổng số", 12)),
        *(Column(title, 11, group="Hình thức") for title in ("Đủ năm", "Tặng sớm", "Truy tặng")),
        *(Column(title, 11, group="Tình trạng") for title in ("Chưa đề nghị", "Đã đề nghị", "Đã tặng")),
    )
    return Table("Bảng 1. Số Huy hiệu theo loại", columns, tuple(rows))


def _years(figures):
    return sorted({one.years for one in figures.dues}, reverse=True)


def _counts_row(name, dues, kind="plain"):
    kinds, states = Counter(one.kind for one in dues), Counter(one.state for one in dues)
    numbers = [len(dues), *(kinds[one.value] for one in BadgeKind), *(states[one] for one in (NOT_PROPOSED, BadgeState.PROPOSED, BadgeState.AWARDED))]
    return Row((Cell(name, align="left"), *(Cell(thousands(number)) for number in numbers)), kind)


def _list_table(figures):
    rows, place = [], 0
    for unit, group in groupby(figures.dues, key=lambda one: one.unit):
        rows.append(Row((Cell(unit),), "group"))
        for one in group:
            place += 1
            rows.append(_list_row(place, one))
    columns = (
        *(Column("TT", 4, "center"), Column("Họ và tên", 15, "left"), Column("Năm sinh", 5, "center"), Column("Quê quán", 16, "left")),
        *(Column("Ngày quyết định kết nạp", 8, "center"), Column("Ngày vào Đảng", 8, "center"), Column("Ngày chính thức", 8, "center")),
        *(Column("Tuổi Đảng", 7, "center"), Column("Loại Huy hiệu", 6, "center"), Column("Số thẻ", 8, "center"), Column("Ghi chú", 15, "left")),
    )
    notes = [
        f"Tuổi Đảng tính từ ngày quyết định kết nạp đến ngày {paper_short_date(figures.ceremony)}, trừ thời gian không tham gia sinh hoạt đảng "
        f"({HD01}). {NOTHING}: hồ sơ chưa ghi. Số thẻ được che bớt."
    ]
    if partly := [one.name for one in figures.dues if one.age is None]:
        notes.append(f"Chưa đủ ngày, tháng, năm quyết định kết nạp nên chưa tính tuổi Đảng, phải bổ sung trước khi xét: {', '.join(partly)}.")
    return Table("Bảng 2. Danh sách xét tặng", columns, tuple(rows), tuple(notes))


def _list_row(place, one):
    known = (one.name, one.born, one.home_town, one.decided, one.admitted, one.official, _age(one), f"{one.years} năm", one.card)
    return Row((Cell(str(place)), *(Cell(text or NOTHING) for text in known), Cell(_note(one))))


def _age(one):
    if one.age is None:
        return "chưa rõ"
    years, months = one.age
    return f"{years} năm {months} tháng" if months else f"{years} năm"


def _note(one):
    parts = [BadgeKind(one.kind).label] if one.kind != BadgeKind.NORMAL else []
    parts += [one.reason.rstrip(".")] if one.reason else []
    parts.append(f"đã tặng theo {small(one.decision)}" if one.decision else STATES[one.state])
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}"


def _unknown_table(figures):
    rows = tuple(
        Row((Cell(str(place)), Cell(one.name), Cell(one.unit), Cell(one.admitted), Cell("Ngày quyết định kết nạp")))
        for place, one in enumerate(figures.unknown, 1)
    )
    columns = (
        *(Column("TT", 5, "center"), Column("Họ và tên", 24, "left"), Column("Tổ chức đảng", 39, "left")),
        *(Column("Ngày vào Đảng", 12, "center"), Column("Cần bổ sung", 20, "left")),
    )
    number = 3 if figures.dues else 1
    return Table(
        f"Bảng {number}. Đảng viên vào Đảng từ 29 năm trở lên chưa tính được tuổi Đảng",
        columns,
        rows,
        ("Tuổi Đảng không được suy ra từ ngày vào Đảng.",),
    )


RECIPE = Recipe(
    kind=PaperKind.BADGE_LIST,
    about=About.DAY,
    code="",
    hint="Ai đến mốc 30, 40, 45 … 90 năm tuổi Đảng trong một đợt trao, theo tổ chức đảng; tặng sớm, truy tặng; hồ sơ còn thiếu ngày.",
    figures=Badges,
    collect=collect,
    write=write,
    options_form=BadgeOptions,
    file_name=lambda paper: f"huy-hieu-dang-{paper.options.get('ceremony') or paper.figures_on.isoformat()}",
    formats=ALL_FILES,
)
