"""The term report's first section: organisations and members by year, what became of organisations; and its first appendix."""

from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import thousands, two_digits
from reports.charts import Columns, small_multiples
from reports.figures.values import CHANGES
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Chart, Column, Row, Sentence, Table
from reports.papers.term_writer import CHART, NOT_KNOWN, TABLE, known

SITUATION = "situation"


def situation(writer):
    """The blocks of the section but for the committee's own words."""
    years = writer.figures.situations
    if not years:
        return (Sentence("Nhiệm kỳ chưa có năm nào bắt đầu."),)
    return (
        *(Sentence(text) for text in _said(writer, years)),
        _short_table(writer, years),
        Chart(_chart(years), f"{CHART}Tổ chức đảng và đảng viên theo năm"),
    )


def _said(writer, years):
    first, last = years[0], years[-1]
    counts = ("committees", "base_cells", "cells", "members", "probationary")
    yield sentences.situation(last.day, organisations=last.bases, **{name: getattr(last, name) for name in counts})
    if last.women is not None:
        yield sentences.women_and_minorities(members=last.members, women=last.women, minority=last.minority, unknown=last.no_ethnicity)
    if last.year != first.year:
        yield sentences.growth(first.day, bases=last.bases - first.bases, members=last.members - first.members)
    if sectors := _sectors_of(writer.figures, last.year):
        yield sentences.sectors(sectors)
    if any(base.changes for base in writer.figures.bases):
        counts = {kind: sum(kind in base.changes for base in writer.figures.bases) for kind in CHANGES}
        yield sentences.changes(writer.begun, counts, writer.bracket("all_bases"))


def _sectors_of(figures, year):
    """[(sector, how many bases of the year's list were in it)], those without a sector left out with the rest where nobody has one."""
    counted = [(one.sector, sum(one.years.get(year, {}).values())) for one in figures.sectors]
    counted = [(name, number) for name, number in counted if number]
    return counted if len(counted) > 1 else []


def _short_table(writer, years):
    rows = tuple(
        Row(
            (
                Cell(str(one.year)),
                Cell(thousands(one.bases), writer.link("organisations", one.year)),
                Cell(thousands(one.cells), writer.link("cells-standing", one.year)),
                Cell(thousands(one.members), writer.link("members-standing", one.year)),
            )
        )
        for one in years
    )
    columns = (Column("Năm", 16, "center"), Column("Tổ chức cơ sở đảng", 28), Column("Chi bộ trực thuộc", 28), Column("Đảng viên", 28))
    notes = (*_notes(years), *writer.pointing(SITUATION))
    return writer.leading(SITUATION, Table(f"{TABLE}Tổ chức đảng và đảng viên có đến ngày 31/12 hằng năm", columns, rows, notes))


def _notes(years):
    last = years[-1]
    yield "Chi bộ trực thuộc: chi bộ trực thuộc đảng ủy cơ sở, đảng ủy bộ phận. Đảng viên: gồm đảng viên chính thức và đảng viên dự bị."
    if (last.day.month, last.day.day) != (12, 31):
        yield f"Năm {last.year}: số liệu đến ngày {paper_short_date(last.day)}."


def _chart(years):
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


def situation_appendix(writer):
    """PL1: organisations and members by year."""
    years, link = writer.figures.situations, writer.link
    rows = tuple(
        Row(
            (
                *(Cell(str(place)), Cell(str(one.year))),
                *(known(one.bases, link("organisations", one.year)), known(one.committees, link("committees", one.year))),
                *(known(one.base_cells, link("base-cells", one.year)), known(one.sub_committees, link("sub-committees", one.year))),
                *(known(one.cells, link("cells-standing", one.year)), known(one.members, link("members-standing", one.year))),
                *(known(one.women, link("members-women", one.year)), known(one.minority, link("members-minority", one.year))),
                *(known(one.official, link("members-official", one.year)), known(one.probationary, link("probationary", one.year))),
            )
        )
        for place, one in enumerate(years, 1)
    )
    columns = (
        *(Column("TT", 5, "center"), Column("Năm", 8, "center")),
        *(Column(name, 8, group="Tổ chức cơ sở đảng") for name in ("Tổng số", "Đảng bộ", "Chi bộ")),
        *(Column("Đảng bộ bộ phận", 10), Column("Chi bộ trực thuộc", 10)),
        *(Column(name, 9, group="Đảng viên") for name in ("Tổng số", "Nữ", "Dân tộc thiểu số", "Chính thức")),
        Column("Dự bị", 7, group="Đảng viên"),
    )
    title = f"Tổ chức đảng, đảng viên theo năm, giai đoạn {writer.span}"
    return Appendix(title, Table("", columns, rows, tuple(_full_notes(years))))


def _full_notes(years):
    yield "Số có đến ngày 31/12 hằng năm."
    yield from _notes(years)
    if any(one.women is None for one in years):
        yield NOT_KNOWN
        return
    yield "Nữ, dân tộc thiểu số: tính theo hồ sơ đảng viên hiện nay."
    if unknown := [f"năm {one.year}: {two_digits(one.no_ethnicity)}" for one in years if one.no_ethnicity]:
        yield f"Đảng viên chưa ghi dân tộc trong hồ sơ, không tính vào số dân tộc thiểu số: {'; '.join(unknown)}."
