"""The term report's classification: per subject and per set of level names a short table, and one chart with a visible break."""

from itertools import groupby

from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import percent, thousands
from reports.charts import LevelSeries, YearOfLevels, stacked_bars
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS, OPEN
from reports.papers import sentences
from reports.papers.document import Cell, Chart, Column, Row, Sentence, Subheading, Table
from reports.papers.term_writer import CHART, SUBJECT_NAMES, TABLE, known, share

LEVELS = (1, 2, 3, 4)
KIND = {BASES: "organisation", CELLS: "organisation", MEMBERS: "member"}
NO_DATA = "chưa có số liệu trong phần mềm"


def series_of(year, kind):
    """The LevelSeries (without years) by whose names `kind` ("organisation", "member") was rated in `year`."""
    levels = rulebook_for(year).levels(kind)
    return LevelSeries({level: levels[level - 1].name for level in LEVELS}, (), short={level: levels[level - 1].short for level in LEVELS})


def level_short(level, year):
    """How the regulation of `year` shortens an organisation's `level`: "TSVM"; "" for 0."""
    return rulebook_for(year).level_short(level, "organisation")


def level_section(writer):
    """The blocks of the section: each subject's sentences, short tables and chart."""
    blocks = [Sentence(sentences.two_series())] if _is_broken(writer.figures) else []
    for letter, subject in zip("abc", (BASES, CELLS, MEMBERS), strict=True):
        blocks += _subject(writer, subject, letter)
    return tuple(blocks)


def _is_broken(figures):
    return len({tuple(series_of(year, "organisation").names.items()) for year in figures.years}) > 1


def parts_of(years, subject):
    """The LevelYears of `subject` in runs of years that call the levels alike."""
    return [list(group) for _, group in groupby(years, key=lambda one: tuple(series_of(one.year, KIND[subject]).names.items()))]


def _subject(writer, subject, letter):
    figures, name = writer.figures, SUBJECT_NAMES[subject]
    years = figures.levels[subject]
    parts = parts_of(years, subject)
    yield Subheading(f"{letter}) {name[0].upper()}{name[1:]}", 3)
    for group in parts:
        yield from _said(figures, subject, name, group)
    for group in parts:
        yield _table(writer, subject, name, group)
    if any(one.state == CLOSED for one in years):
        yield Chart(_chart(figures, subject, name, parts), f"{CHART}Kết quả xếp loại {name} theo năm")


def _said(figures, subject, name, group):
    """The last closed year of each set of names, and the year still open."""
    closed = [one for one in group if one.state == CLOSED]
    if closed:
        last = closed[-1]
        names = series_of(last.year, KIND[subject]).names
        counts = {"rated": last.decided, "counts": level_counts(last), "unrated": last.unrated}
        yield Sentence(sentences.classification(last.year, subject=name, names=names, **counts))
    for one in group:
        if one.state == OPEN:
            yield Sentence(sentences.unrated_year(one.year, figures.as_of, decided=one.decided, total=one.to_rate, subject=name))


def level_counts(one):
    return {level: one.counts.get(level, 0) for level in LEVELS}


def _table(writer, subject, name, group):
    names = series_of(group[0].year, KIND[subject]).names
    columns = (
        *(Column("Năm", 9, "center"), Column("Tổng số", 11)),
        *(Column(names[level], 13) for level in LEVELS),
        *(Column("Không, chưa xếp loại", 12), Column(f"{names[2]} trở lên (%)", 16)),
    )
    rows = tuple(_row(writer, subject, one) for one in group)
    years = f"năm {group[0].year}" if len(group) == 1 else f"từ năm {group[0].year} đến năm {group[-1].year}"
    noun = rulebook_for(group[0].year).noun
    notes = (f"%: tỷ lệ trên số {name} được {noun} trong năm.", *writer.pointing(f"levels_{subject}", "Tỷ lệ từng mức, lý do chưa xếp loại"))
    return writer.leading(f"levels_{subject}", Table(f"{TABLE}Kết quả {noun} {name}, {years}", columns, rows, notes))


def _row(writer, subject, one):
    link = writer.link
    if one.state != CLOSED:
        return Row((Cell(str(one.year)), unfinished(writer, subject, one, 7)))
    levels = (Cell(thousands(count), link(subject, one.year, level) if count else None, level=level) for level, count in level_counts(one).items())
    total, unrated = known(one.total, link(f"everyone-{subject}", one.year)), known(one.unrated, link(subject, one.year, 0))
    return Row((Cell(str(one.year)), total, *levels, unrated, share(one.good_or_better, one.decided)))


def unfinished(writer, subject, one, span):
    """The cell across a year that is not closed, or of which nothing is known."""
    if one.state != OPEN:
        return Cell(NO_DATA, align="center", span=span)
    text = f"chưa xếp loại, đã quyết định {thousands(one.decided)}/{thousands(one.to_rate)} (số liệu đến ngày {writer.day})"
    return Cell(text, writer.link(subject, one.year), align="center", span=span)


def _chart(figures, subject, name, parts):
    series = []
    for index, group in enumerate(parts):
        base = series_of(group[0].year, KIND[subject])
        series.append(LevelSeries(base.names, tuple(_bar(figures, one) for one in group), _heading(parts, index), base.short))
    shares = (f"năm {one.year} {percent(one.good_or_better, one.decided)}" for one in figures.levels[subject] if one.state == CLOSED)
    return stacked_bars(
        tuple(series),
        title=f"Tỷ lệ {name} từ mức thứ hai trở lên: {', '.join(shares)}.",
        desc="Biểu đồ thanh xếp chồng, mỗi năm một thanh, độ dài theo tỷ lệ; năm chưa xếp loại để trống.",
    )


def _heading(parts, index):
    """What stands over one set of level names where there are two: the years are not to be compared."""
    if len(parts) == 1:
        return ""
    group = parts[index]
    return f"Từ năm {group[0].year} (không so sánh trực tiếp với các năm trước)" if index else f"Đến năm {group[-1].year}"


def _bar(figures, one):
    if one.state == CLOSED:
        return YearOfLevels(one.year, one.counts, one.unrated)
    note = f"chưa xếp loại, số liệu đến ngày {paper_short_date(figures.as_of)}" if one.state == OPEN else NO_DATA
    return YearOfLevels(one.year, {}, rated=False, note=note)
