"""The term report's classification: per subject and per set of level names a table, and one chart with a visible break."""

from itertools import groupby

from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import percent, thousands
from reports.charts import LevelSeries, YearOfLevels, stacked_bars
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS, OPEN
from reports.papers import sentences
from reports.papers.document import Cell, Chart, Column, Row, Sentence, Subheading, Table

LEVELS = (1, 2, 3, 4)
KIND = {BASES: "organisation", CELLS: "organisation", MEMBERS: "member"}
LETTERS = "abcdef"
NO_DATA = "chưa có số liệu trong phần mềm"


def series_of(year, kind):
    """The LevelSeries (without years) by whose names `kind` ("organisation", "member") was rated in `year`."""
    levels = rulebook_for(year).levels(kind)
    return LevelSeries({level: levels[level - 1].name for level in LEVELS}, (), short={level: levels[level - 1].short for level in LEVELS})


def level_short(level, year):
    """How the regulation of `year` shortens an organisation's `level`: "TSVM"; "" for 0."""
    return rulebook_for(year).level_short(level, "organisation")


def level_section(figures, link, names):
    """The blocks of the section. `names`: what each subject is called; `link(topic, year, level)` as in term_sections."""
    blocks = [Sentence(sentences.two_series())] if _is_broken(figures) else []
    for place, subject in enumerate((BASES, CELLS, MEMBERS)):
        blocks += _subject(figures, link, subject, names[subject], place)
    return tuple(blocks)


def _is_broken(figures):
    return len({tuple(series_of(year, "organisation").names.items()) for year in figures.years}) > 1


def _subject(figures, link, subject, name, place):
    years = figures.levels[subject]
    parts = [(names, list(group)) for names, group in groupby(years, key=lambda one: tuple(series_of(one.year, KIND[subject]).names.items()))]
    yield Subheading(f"{place + 1}. {name[0].upper()}{name[1:]}")
    for _, group in parts:
        yield from _said(figures, subject, name, group)
    for index, (_, group) in enumerate(parts):
        letter = LETTERS[index] if len(parts) > 1 else ""
        yield _table(figures, link, subject, name, group, f"{3 + place}{letter}")
    if any(one.state == CLOSED for one in years):
        yield Chart(_chart(figures, subject, name, parts), f"Biểu {2 + place}. Kết quả xếp loại {name} theo năm")


def _said(figures, subject, name, group):
    """The last closed year of each set of names, and the year still open."""
    closed = [one for one in group if one.state == CLOSED]
    if closed:
        last = closed[-1]
        names = series_of(last.year, KIND[subject]).names
        yield Sentence(sentences.classification(last.year, subject=name, rated=last.decided, counts=_counts(last), names=names, unrated=last.unrated))
    for one in group:
        if one.state == OPEN:
            yield Sentence(sentences.unrated_year(one.year, figures.as_of, decided=one.decided, total=one.to_rate, subject=name))


def _counts(one):
    return {level: one.counts.get(level, 0) for level in LEVELS}


def _table(figures, link, subject, name, group, number):
    names = series_of(group[0].year, KIND[subject]).names
    columns = [Column("Năm", 9, "center"), Column("Được xếp loại", 10)]
    for level in LEVELS:
        columns += [Column("Số", 8, group=names[level]), Column("%", 9, group=names[level])]
    columns.append(Column("Không, chưa xếp loại", 13))
    rows = tuple(_row(figures, link, subject, one) for one in group)
    years = f"năm {group[0].year}" if len(group) == 1 else f"từ năm {group[0].year} đến năm {group[-1].year}"
    noun = rulebook_for(group[0].year).noun
    notes = [f"%: tỷ lệ trên số {name} được {noun} trong năm."]
    if subject == BASES and any(one.exemplary for one in group):
        marked = "; ".join(f"năm {one.year}: {one.exemplary:02d}" for one in group if one.exemplary)
        notes.append(f"Trong số đạt mức cao nhất có tổ chức tiêu biểu: {marked}.")
    return Table(f"Bảng {number}. Kết quả {noun} {name}, {years}", tuple(columns), rows, tuple(notes))


def _row(figures, link, subject, one):
    if one.state != CLOSED:
        done = f"chưa xếp loại, đã quyết định {thousands(one.decided)}/{thousands(one.to_rate)} (số liệu đến ngày {paper_short_date(figures.as_of)})"
        text = done if one.state == OPEN else NO_DATA
        return Row((Cell(str(one.year)), Cell(text, link(subject, one.year) if one.state == OPEN else None, align="center", span=10)))
    cells = [Cell(str(one.year)), Cell(thousands(one.decided), link(subject, one.year))]
    for level, count in _counts(one).items():
        cells += [
            Cell(thousands(count), link(subject, one.year, level) if count else None, level=level),
            Cell(percent(count, one.decided).rstrip("%")),
        ]
    return Row((*cells, Cell(thousands(one.unrated), link(subject, one.year, 0) if one.unrated else None)))


def _chart(figures, subject, name, parts):
    series = []
    for index, (_, group) in enumerate(parts):
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
    _, group = parts[index]
    return f"Từ năm {group[0].year} (không so sánh trực tiếp với các năm trước)" if index else f"Đến năm {group[-1].year}"


def _bar(figures, one):
    if one.state == CLOSED:
        return YearOfLevels(one.year, one.counts, one.unrated)
    note = f"chưa xếp loại, số liệu đến ngày {paper_short_date(figures.as_of)}" if one.state == OPEN else NO_DATA
    return YearOfLevels(one.year, {}, rated=False, note=note)
