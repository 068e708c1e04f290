"""Báo cáo tổng kết nhiệm kỳ. Its sections are written from figures, with places for the committee's own words.

Pure but for `collect`: the same figures, frame and words give the same paper."""

from dataclasses import dataclass
from itertools import accumulate

from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import percent, thousands
from reports.charts import Columns, small_multiples
from reports.enums import About, PaperKind
from reports.figures.rows import list_behind
from reports.figures.term import collect as collect_term
from reports.figures.values import CLOSED, TermFigures
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Chart, Column, Row, Section, Sentence, Subheading, Table, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.term_levels import level_section, level_short, series_of
from reports.papers.term_targets import target_section
from reports.papers.written import WrittenPaper

SUBJECT_NAMES = {"bases": "tổ chức cơ sở đảng", "cells": "chi bộ trực thuộc", "members": "đảng viên"}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
PLACES = {
    "conditions": "Đặc điểm, thuận lợi, khó khăn",
    "strengths": "Ưu điểm",
    "shortcomings": "Hạn chế, khuyết điểm",
    "causes": "Nguyên nhân",
    "lessons": "Bài học kinh nghiệm",
    "directions": "Phương hướng, nhiệm vụ, giải pháp",
}
NO_SUCH_YEAR, NOT_RATED = "–", "chưa XL"


@dataclass(frozen=True)
class Writer:
    """The figures, and where the list behind a figure is found: `link(topic, year, level)` gives an address or None."""

    figures: object
    link: object = no_link

    @property
    def span(self):
        return f"{self.figures.first_year} - {self.figures.last_year}"

    @property
    def day(self):
        return paper_short_date(self.figures.as_of)


def collect(paper):
    """The TermFigures of the paper's term as they stand on its day of figures."""
    return collect_term(paper.term, paper.figures_on)


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (TermFigures) in `framing` (Framing), with `words` {place: text}.

    `link(topic, year, level)` gives the address of the list behind a figure, or None.
    """
    writer = Writer(figures, link)
    term = figures.label.replace("-", " - ")
    now = f" (nay là {framing.organisation})" if framing.organisation != framing.organisation_then else ""
    return WrittenPaper(
        header=framing.header("BC"),
        title="BÁO CÁO",
        summary=f"tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ {term}",
        grounds=grounds_for(PaperKind.TERM_REPORT, figures.as_of.year, framing.issued_on or figures.as_of, framing.grounds),
        opening=(
            f"Thực hiện Nghị quyết Đại hội {framing.organisation_then}{now} nhiệm kỳ {term}, {framing.reporting_body} báo cáo kết quả xây "
            "dựng tổ chức cơ sở đảng, đánh giá, xếp loại và phát triển đảng viên trong nhiệm kỳ như sau:",
        ),
        sections=tuple(Section(f"{roman}- {heading}", blocks) for roman, (heading, blocks) in zip(ROMAN, _sections(writer, words), strict=False)),
        closing=(
            f"Trên đây là báo cáo tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ {term} của {framing.organisation_then}. "
            f"Số liệu xếp loại được tổng hợp từ các quyết định đã ban hành; số liệu đảng viên từ danh sách đảng viên đến ngày {writer.day}."
        ),
        signature=framing.signature,
        recipients=framing.recipients or framing.usual_recipients,
        data_as_of=figures.as_of,
        issuing_body=framing.reporting_body,
        appendices=(all_bases(writer),) if figures.bases else (),
        marking=framing.marking,
    )


def _sections(writer, words):
    figures = writer.figures

    def own(place):
        return Words(place, PLACES[place], words.get(place, ""))

    yield "ĐẶC ĐIỂM, TÌNH HÌNH", (*situation(writer), own("conditions"))
    yield "KẾT QUẢ ĐĂNG KÝ THI ĐUA", registration(writer)
    yield "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI", level_section(figures, writer.link, SUBJECT_NAMES)
    yield "KẾT NẠP ĐẢNG VIÊN", admissions(writer)
    if figures.targets:
        yield "MỨC ĐỘ HOÀN THÀNH CÁC CHỈ TIÊU", target_section(figures, writer.link)
    if figures.bases:
        yield "TỔ CHỨC CƠ SỞ ĐẢNG TIÊU BIỂU", exemplary(writer)
    yield (
        "ĐÁNH GIÁ CHUNG",
        (
            *(Subheading("1. Ưu điểm"), own("strengths"), Subheading("2. Hạn chế, khuyết điểm"), own("shortcomings")),
            *(Subheading("3. Nguyên nhân"), own("causes"), Subheading("4. Bài học kinh nghiệm"), own("lessons")),
        ),
    )
    yield "PHƯƠNG HƯỚNG, NHIỆM VỤ NHIỆM KỲ TỚI", (own("directions"),)


def situation(writer):
    years = writer.figures.situations
    if not years:
        return (Sentence("Nhiệm kỳ chưa có năm nào bắt đầu."),)
    last = years[-1]
    counts = ("committees", "base_cells", "cells", "members", "probationary")
    text = sentences.situation(last.day, organisations=last.bases, **{name: getattr(last, name) for name in counts})
    return Sentence(text), _situation_table(years, writer.link), Chart(_situation_chart(years), "Biểu 1. Tổ chức đảng và đảng viên theo năm")


def _situation_table(years, link):
    last = years[-1]
    rows = tuple(
        Row(
            (
                Cell(str(one.year)),
                Cell(thousands(one.bases), link("organisations", one.year)),
                Cell(thousands(one.committees), link("committees", one.year)),
                Cell(thousands(one.base_cells), link("base-cells", one.year)),
                Cell(thousands(one.cells), link("cells-standing", one.year)),
                Cell(thousands(one.members), link("members-standing", one.year)),
                Cell(thousands(one.probationary), link("probationary", one.year)),
            )
        )
        for one in years
    )
    notes = ["Chi bộ trực thuộc: chi bộ trực thuộc đảng ủy cơ sở, đảng ủy bộ phận. Đảng viên: gồm đảng viên chính thức và đảng viên dự bị."]
    if (last.day.month, last.day.day) != (12, 31):
        notes.append(f"Năm {last.year}: số liệu đến ngày {paper_short_date(last.day)}.")
    columns = (
        Column("Năm", 10, "center"),
        Column("Tổng số", 14, group="Tổ chức cơ sở đảng"),
        Column("Đảng bộ", 14, group="Tổ chức cơ sở đảng"),
        Column("Chi bộ", 14, group="Tổ chức cơ sở đảng"),
        Column("Chi bộ trực thuộc", 16),
        Column("Tổng số", 16, group="Đảng viên"),
        Column("Dự bị", 16, group="Đảng viên"),
    )
    return Table("Bảng 1. Tổ chức đảng và đảng viên có đến ngày 31/12 hằng năm", columns, rows, tuple(notes))


def _situation_chart(years):
    first, last = years[0], years[-1]
    panels = (
        Columns("Tổ chức cơ sở đảng", tuple((str(one.year), one.bases) for one in years)),
        Columns("Chi bộ trực thuộc", tuple((str(one.year), one.cells) for one in years)),
        Columns("Đảng viên", tuple((str(one.year), one.members) for one in years)),
    )
    return small_multiples(
        panels,
        title=f"Số đảng viên từ {thousands(first.members)} (năm {first.year}) đến {thousands(last.members)} (năm {last.year}).",
        desc=f"Ba biểu đồ cột theo năm {first.year} - {last.year}: tổ chức cơ sở đảng, chi bộ trực thuộc, đảng viên.",
    )


def registration(writer):
    blocks = []
    parts = (("bases", writer.figures.registered_bases, "2a"), ("cells", writer.figures.registered_cells, "2b"))
    for place, (subject, years, number) in enumerate(parts, 1):
        if not years:
            continue
        name = SUBJECT_NAMES[subject]
        blocks.append(Subheading(f"{place}. {name[0].upper()}{name[1:]}"))
        closed = [one for one in years if one.reached is not None]
        if closed:
            blocks.append(Sentence(_registration_sentence(closed[-1], name)))
        blocks.append(_registration_table(writer, subject, years, number))
    return tuple(blocks) or (Sentence("Phần mềm chưa có số liệu đăng ký của nhiệm kỳ."),)


def _registration_sentence(one, name):
    return sentences.registration(
        one.year,
        subject=name,
        registered=one.registered,
        total=one.total,
        level_name=series_of(one.year, "organisation").names[1],
        aimed=one.aimed,
        reached=one.reached,
    )


def _registration_table(writer, subject, years, number):
    rows, before = [], None
    for one in years:
        series = series_of(one.year, "organisation")
        if before and series.names != before.names:
            rows.append(Row((Cell(f"Từ năm {one.year}: quy định mới, không so sánh trực tiếp với các năm trước"),), "break"))
        before = series
        figures = (
            Cell(str(one.year)),
            Cell(thousands(one.total), writer.link(f"all-{subject}", one.year)),
            Cell(thousands(one.registered), writer.link(f"sent-{subject}", one.year)),
            Cell(series.names[1], align="left"),
            Cell(thousands(one.aimed), writer.link(f"aimed-{subject}", one.year)),
        )
        if one.reached is None:
            rows.append(Row((*figures, Cell("chưa xếp loại", align="center", span=3))))
        else:
            results = (
                Cell(thousands(one.reached), writer.link(f"reached-{subject}", one.year)),
                Cell(percent(one.reached, one.aimed).rstrip("%")),
                Cell(thousands(one.kept), writer.link(f"kept-{subject}", one.year)),
            )
            rows.append(Row((*figures, *results)))
    notes = ["Tỷ lệ: số đạt mức cao nhất trên số đăng ký mức cao nhất. Đạt mức đã đăng ký: được xếp loại bằng hoặc cao hơn mức đã đăng ký."]
    if years[-1].reached is None:
        notes.append(f"Năm {years[-1].year}: số liệu đến ngày {writer.day}.")
    columns = (
        Column("Năm", 9, "center"),
        Column("Tổng số", 9),
        Column("Đã đăng ký", 10),
        Column("Mức cao nhất", 26, "left"),
        Column("Đăng ký mức này", 12),
        Column("Đạt mức này", 11),
        Column("Tỷ lệ (%)", 11),
        Column("Đạt mức đã đăng ký", 12),
    )
    return Table(f"Bảng {number}. Đăng ký và kết quả của {SUBJECT_NAMES[subject]}", columns, tuple(rows), tuple(notes))


def admissions(writer):
    figures = writer.figures
    years = figures.admissions
    total = sum(one.count for one in years)
    over = figures.is_over
    goals = {target.span: target for target in figures.targets if target.indicator == "admissions"}
    whole, mean = goals.get("term"), goals.get("yearly_average")
    blocks = [Sentence(_admissions_sentence(figures, total, whole, over))]
    if mean and over:
        blocks.append(Sentence(sentences.average_admissions(admitted=total, years=mean.span_years, target=int(float(mean.low)))))
    blocks.append(_admissions_table(writer, total, whole))
    columns = Columns(
        "Số đảng viên kết nạp",
        tuple((str(one.year), one.count) for one in years),
        target=float(mean.low) if mean else None,
        target_text=f"chỉ tiêu bình quân {mean.low} đảng viên/năm" if mean else "",
        provisional=tuple(str(one.year) for one in years if not _is_whole(one)),
    )
    chart = small_multiples(
        (columns,),
        title=f"Cả nhiệm kỳ kết nạp {thousands(total)} đảng viên.",
        desc="Biểu đồ cột theo năm; cột gạch chéo là năm chỉ tính một phần.",
    )
    return (*blocks, Chart(chart, "Biểu 5. Kết nạp đảng viên theo năm (cột gạch chéo: năm chỉ tính một phần)"))


def _is_whole(one):
    return one.complete and (one.first_day.month, one.first_day.day, one.last_day.month, one.last_day.day) == (1, 1, 12, 31)


def _admissions_sentence(figures, total, whole, over):
    until = None if over else figures.as_of
    if whole is None:
        return f"Từ ngày {paper_short_date(figures.congress_on)}, toàn Đảng bộ kết nạp {thousands(total)} đảng viên mới."
    low, high = int(float(whole.low)), int(float(whole.high)) if whole.high else None
    return sentences.admissions(*figures.label.split("-"), admitted=total, low=low, high=high, until=until)


def _admissions_table(writer, total, whole):
    figures = writer.figures
    years = figures.admissions
    rows = [
        Row(
            (
                Cell(str(one.year)),
                Cell(f"{paper_short_date(one.first_day)} - {paper_short_date(min(one.last_day, figures.as_of))}", align="center"),
                Cell(thousands(one.count), writer.link("admissions", one.year)),
                Cell(thousands(so_far)),
                Cell(percent(so_far, float(whole.low)).rstrip("%") if whole else NO_SUCH_YEAR),
            )
        )
        for one, so_far in zip(years, accumulate(one.count for one in years), strict=True)
    ]
    rows.append(Row((Cell("Cộng", align="left", span=2), Cell(thousands(total), writer.link("admissions")), Cell(""), Cell("")), "total"))
    end = f"đến trước đại hội kế tiếp ({paper_short_date(figures.next_congress_on)})" if figures.is_over else f"đến ngày {writer.day}"
    notes = [
        f"Tính theo ngày kết nạp, từ ngày đại hội ({paper_short_date(figures.congress_on)}) {end}, nên năm đầu và năm cuối không trọn năm; "
        f"việc xếp loại tính theo các năm đánh giá {writer.span}."
    ]
    if whole:
        base = "mức thấp nhất của chỉ tiêu" if whole.high else "chỉ tiêu"
        notes.append(f"So với chỉ tiêu: số lũy kế trên {base} cả nhiệm kỳ ({whole.low} đảng viên).")
    columns = (
        Column("Năm", 12, "center"),
        Column("Thời gian tính", 34, "center"),
        Column("Kết nạp", 16),
        Column("Lũy kế", 16),
        Column("So với chỉ tiêu (%)", 22),
    )
    return Table("Bảng 6. Kết nạp đảng viên theo năm", columns, tuple(rows), tuple(notes))


def exemplary(writer):
    figures = writer.figures
    closed = [one.year for one in figures.levels["bases"] if one.state == CLOSED]
    whole = closed == list(range(figures.first_year, figures.last_year + 1))
    if not closed:
        return (Sentence("Nhiệm kỳ chưa có năm nào xếp loại xong nên chưa xét tổ chức cơ sở đảng tiêu biểu nhiều năm liền."),)
    running = [base for base in figures.bases if set(closed) <= set(base.exemplary_years)]
    rated = sum(all(base.levels.get(year) for year in closed) for base in figures.bases)
    say = sentences.exemplary if whole and len(closed) == 5 else sentences.exemplary_so_far
    blocks = [Sentence(say(closed[0], closed[-1], count=len(running), base=rated), writer.link("exemplary"))]
    if running:
        rows = tuple(
            Row((Cell(str(place)), Cell(base.name), Cell(base.sector), Cell("; ".join(base.notes)))) for place, base in enumerate(running, 1)
        )
        columns = (
            Column("TT", 7, "center"),
            Column("Tổ chức cơ sở đảng", 43, "left"),
            Column("Khối thi đua", 25, "left"),
            Column("Ghi chú", 25, "left"),
        )
        blocks.append(Table(f"Bảng 8. Tổ chức cơ sở đảng tiêu biểu các năm {closed[0]} - {closed[-1]}", columns, rows))
    return tuple(blocks)


def all_bases(writer):
    """The appendix: every base organisation and its level in each year, by sector."""
    figures = writer.figures
    years = figures.years
    rows, sector = [], None
    for place, base in enumerate(figures.bases, 1):
        if base.sector != sector:
            sector = base.sector
            rows.append(Row((Cell(sector),), "group"))
        levels = (Cell(_level_text(figures, base, year), level=base.levels.get(year) or None) for year in years)
        rows.append(Row((Cell(str(place)), Cell(base.name, writer.link("base", level=base.organisation_id)), *levels, Cell("; ".join(base.notes)))))
    old = [year for year in years if series_of(year, "organisation").names != series_of(years[-1], "organisation").names]
    width = 55 // max(len(years), 1)
    heads = (Column(str(year), width, "center", group=_era(year, old)) for year in years)
    table = Table(
        "",
        (Column("TT", 4, "center"), Column("Tên tổ chức cơ sở đảng", 96 - 14 - width * len(years), "left"), *heads, Column("Ghi chú", 14, "left")),
        tuple(rows),
        _legend(years),
    )
    return Appendix(f"Kết quả xếp loại của các tổ chức cơ sở đảng, giai đoạn {writer.span}", table)


def _era(year, old):
    if not old:
        return ""
    return f"Đến năm {old[-1]}" if year in old else f"Từ năm {old[-1] + 1}"


def _level_text(figures, base, year):
    if year not in base.levels:
        return NO_SUCH_YEAR
    text = level_short(base.levels[year], year) or NOT_RATED
    return f"{text} (TB)" if year in base.exemplary_years else text


def _legend(years):
    words = {}
    for year in years:
        series = series_of(year, "organisation")
        words |= {series.short[level]: series.names[level] for level in sorted(series.names)}
    explained = "; ".join(f"{short}: {name[0].lower()}{name[1:]}" for short, name in words.items())
    return (f"{explained}; TB: tiêu biểu; {NOT_RATED}: chưa xếp loại; {NO_SUCH_YEAR}: không thuộc Đảng bộ hoặc chưa thành lập trong năm đó.",)


def behind(figures, paper, user, topic, year, level):
    """The list behind a figure, as `reports.figures.rows` reads it now."""
    return list_behind(figures, paper.organisation, user, topic, year, level)


def file_name(paper):
    return f"bao-cao-nhiem-ky-{paper.term.label}"


RECIPE = Recipe(
    kind=PaperKind.TERM_REPORT,
    about=About.TERM,
    code="BC",
    hint="Tổ chức đảng, đảng viên, xếp loại, kết nạp và chỉ tiêu qua các năm của nhiệm kỳ.",
    figures=TermFigures,
    collect=collect,
    write=write,
    behind=behind,
    file_name=file_name,
    formats=ALL_FILES,
)
