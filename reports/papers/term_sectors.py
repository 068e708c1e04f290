"""The term report's sectors: how many base organisations reached the two best levels, each counted in the sector it was in that year."""

from khoi_party.common.numbers import NOTHING, percent, thousands
from reports.charts import Columns, small_multiples
from reports.figures.values import BASES, CLOSED
from reports.papers.document import Cell, Chart, Column, Row, Sentence, Subheading, Table
from reports.papers.sentences import ratio
from reports.papers.term_writer import CHART, TABLE, known

GOOD, RATED = "Hai mức cao nhất", "Được xếp loại"
FIRST_COLUMN = 30


def sector_blocks(writer):
    """The blocks of the part; nothing where bases are in no sector, in one only, or no year is closed."""
    years = closed_years(writer.figures)
    sectors = [(place, one) for place, one in enumerate(writer.figures.sectors) if any(_rated(one, year) for year in years)]
    if len(sectors) < 2 or not years:
        return ()
    return (
        Subheading("d) Kết quả theo khối thi đua", 3),
        Sentence(_said(sectors, years[-1])),
        _table(writer, sectors, years),
        Chart(_chart(sectors, years), f"{CHART}Tổ chức cơ sở đảng được xếp loại ở hai mức cao nhất, theo khối thi đua"),
    )


def closed_years(figures):
    """The years whose levels of base organisations are all decided."""
    return [one.year for one in figures.levels[BASES] if one.state == CLOSED]


def _good(one, year):
    counts = one.years.get(year, {})
    return counts.get(1, 0) + counts.get(2, 0)


def _rated(one, year):
    return sum(count for level, count in one.years.get(year, {}).items() if level)


def _said(sectors, year):
    counted = [(one.sector, _good(one, year), _rated(one, year)) for _, one in sectors if _rated(one, year)]
    best = [name for name, good, rated in counted if good == rated]
    told = [f"{name} {ratio(good, rated)} ({percent(good, rated)})" for name, good, rated in counted]
    whole = f" Tất cả tổ chức cơ sở đảng được xếp loại của {', '.join(best)} đạt hai mức cao nhất." if best and len(best) < len(told) else ""
    return f"Năm {year}, số tổ chức cơ sở đảng đạt hai mức cao nhất trên số được xếp loại: {'; '.join(told)}.{whole}"


def _table(writer, sectors, years):
    width = (100 - FIRST_COLUMN) // (2 * len(years))
    columns = [Column("Khối thi đua", 100 - width * 2 * len(years), "left")]
    for year in years:
        columns += [Column("Hai mức đầu", width, group=str(year)), Column("Được XL", width, group=str(year))]
    rows = [Row((Cell(one.sector), *_cells(writer, place, one, years))) for place, one in sectors]
    sums = [thousands(sum(count(one, year) for _, one in sectors)) for year in years for count in (_good, _rated)]
    rows.append(Row((Cell("Cộng"), *(Cell(text) for text in sums)), "total"))
    notes = (
        "Hai mức đầu: số được xếp loại ở hai mức cao nhất của năm đó. Được XL: số được xếp loại. Mỗi tổ chức tính vào khối thi đua của năm đó; "
        f"{NOTHING}: năm đó khối thi đua không có tổ chức được xếp loại.",
    )
    return Table(f"{TABLE}Kết quả xếp loại tổ chức cơ sở đảng theo khối thi đua", tuple(columns), tuple(rows), notes)


def _cells(writer, place, one, years):
    for year in years:
        rated, good = _rated(one, year), _good(one, year)
        if not rated:
            yield from (Cell(NOTHING), Cell(NOTHING))
            continue
        yield known(good, writer.link(f"sector-good-{place}", year))
        yield known(rated, writer.link(f"sector-rated-{place}", year))


def _chart(sectors, years):
    panels = tuple(Columns(one.sector, tuple((str(year), _good(one, year) if _rated(one, year) else None) for year in years)) for _, one in sectors)
    last = years[-1]
    most = max((one for _, one in sectors), key=lambda one: _good(one, last))
    return small_multiples(
        panels,
        title=f"Năm {last}, {most.sector} có số tổ chức cơ sở đảng đạt hai mức cao nhất lớn nhất: {ratio(_good(most, last), _rated(most, last))}.",
        desc="Mỗi khối thi đua một biểu đồ cột nhỏ theo năm, cùng một tỷ lệ.",
        same_scale=True,
    )
