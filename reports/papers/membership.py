"""Papers on members as they stand on a day: the statistics of an organisation, and Mẫu 7-HSĐV of a cell. They carry no number."""

from itertools import count

from cells.enums import CELL_KINDS
from khoi_party.common.dates import date_text, paper_short_date
from khoi_party.common.numbers import NOTHING, percent, thousands, two_digits
from members.register import HEADINGS
from reports.enums import About, PaperKind
from reports.figures import membership
from reports.figures.membership import ELSEWHERE, Roster, Statistics
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.written import WrittenPaper

FORM_WIDTHS = (4, 10, 5, 7, 9, 8, 8, 8, 5, 8, 8, 8, 8, 4)  # percent of the page's width, a date or a number in one line


def collect_statistics(paper):
    """The Statistics of the paper's organisation on its day."""
    return membership.statistics(paper.organisation, paper.figures_on)


def collect_roster(paper):
    """The Roster of the paper's cell for the year up to its day."""
    return membership.roster(paper.organisation, paper.figures_on)


def fits_cell(organisation):
    return organisation.kind in CELL_KINDS


def write_statistics(figures, framing, words, link=no_link):
    """Members by indicator, organisations by sector, members by unit, admissions of the year by month: each with its sentence."""
    day = paper_short_date(figures.as_of)
    counts = {label: number for _, label, number in reversed(figures.lines)}
    said = (
        f"Đến ngày {day}, {figures.name} có {two_digits(figures.total)} đảng viên, trong đó {two_digits(counts['Chính thức'])} chính thức, "
        f"{two_digits(counts['Dự bị'])} dự bị; nữ {two_digits(counts['Nữ'])} ({percent(counts['Nữ'], figures.total)})."
    )
    tables = count(1)

    def caption(title):
        return f"Bảng {next(tables)}. {title}"

    blocks = [Sentence(said), _indicator_table(figures, caption("Đảng viên theo chỉ tiêu"))]
    if figures.sectors:
        blocks += [Sentence(_sector_sentence(figures)), _sector_table(figures, caption("Tổ chức cơ sở đảng và đảng viên theo khối thi đua"))]
    if figures.units:
        blocks.append(_unit_table(figures, caption("Đảng viên theo đơn vị")))
    blocks.append(Sentence(_admitted_sentence(figures)))
    if figures.admissions:
        blocks.append(_admission_table(figures, caption(f"Kết nạp đảng viên năm {figures.as_of.year} theo tháng và đơn vị")))
    return _list(figures, framing, "THỐNG KÊ", f"đảng viên của {figures.name}, ngày {day}", blocks)


def _indicator_table(figures, caption):
    rows, before = [], None
    for block, label, number in figures.lines:
        if block != before:
            rows.append(Row((Cell(block),), "group"))
            before = block
        rows.append(Row((Cell(label), Cell(thousands(number)), Cell(percent(number, figures.total).rstrip("%")))))
    columns = (Column("Chỉ tiêu", 60, "left"), Column("Số đảng viên", 20), Column("% tổng số", 20))
    notes = ("Tuổi tính tròn năm đến ngày thống kê. “Chưa ghi”: hồ sơ chưa có thông tin, không chia vào các dòng khác.",)
    return Table(caption, columns, tuple(rows), notes)


def _admitted_sentence(figures):
    one = figures.admitted
    if not one.count:
        return f"Từ đầu năm đến ngày {paper_short_date(figures.as_of)} chưa kết nạp đảng viên nào."
    parts = [f"nữ {two_digits(one.women)}", f"dân tộc thiểu số {two_digits(one.minority)}"]
    parts += [f"chưa ghi dân tộc {two_digits(one.no_ethnicity)}"] if one.no_ethnicity else []
    parts += [f"tuổi bình quân {one.mean_age}"] if one.mean_age is not None else []
    return f"Từ đầu năm đến ngày {paper_short_date(figures.as_of)} kết nạp {two_digits(one.count)} đảng viên: {', '.join(parts)}."


def _sector_sentence(figures):
    sums = {name: sum(getattr(one, name) for one in figures.sectors) for name in ("bases", "committees", "base_cells", "sub_committees", "cells")}
    return (
        f"Có {two_digits(sums['bases'])} tổ chức cơ sở đảng, gồm {two_digits(sums['committees'])} đảng bộ cơ sở, "
        f"{two_digits(sums['base_cells'])} chi bộ cơ sở; {two_digits(sums['sub_committees'])} đảng bộ bộ phận, "
        f"{two_digits(sums['cells'])} chi bộ trực thuộc."
    )


def _sector_table(figures, caption):
    """The columns of Biểu 5-BTCTW as a report template of a public program shows them (SECONDARY: the form itself was not read).

    The product keeps no type of base (cơ quan, sự nghiệp, doanh nghiệp …): the lines are the sectors, and the footnote says so.
    """
    names = ("bases", "committees", "base_cells", "sub_committees", "cells", "members")
    rows = [
        Row((Cell(str(place)), Cell(one.name), *(Cell(thousands(getattr(one, name))) for name in names)))
        for place, one in enumerate(figures.sectors, 1)
    ]
    sums = (Cell(thousands(sum(getattr(one, name) for one in figures.sectors))) for name in names)
    rows.append(Row((Cell("Cộng", align="left", span=2), *sums), "total"))
    columns = (
        *(Column("TT", 6, "center"), Column("Khối thi đua", 28, "left")),
        *(Column(title, 11, group="Tổ chức cơ sở đảng") for title in ("Tổng số", "Đảng bộ cơ sở", "Chi bộ cơ sở")),
        *(Column(title, 11) for title in ("Đảng bộ bộ phận", "Chi bộ trực thuộc", "Tổng số đảng viên")),
    )
    note = "Các cột theo cách trình bày thường dùng; phân theo khối thi đua vì chưa có thông tin về loại hình cơ sở."
    return Table(caption, columns, tuple(rows), (note,))


def _unit_table(figures, caption):
    """Members by unit; who stands under none of the units has a line, so that the lines add up to the whole."""
    whole = {label: number for _, label, number in reversed(figures.lines)}
    rows = [_counted_row(place, unit.name, unit.counts) for place, unit in enumerate(figures.units, 1)]
    sums = [sum(column) for column in zip(*(unit.counts for unit in figures.units), strict=True)]
    beside = [whole[label] - number for label, number in zip(figures.short, sums, strict=True)]
    if any(beside):
        rows.append(_counted_row(len(rows) + 1, ELSEWHERE, beside))
    total = (Cell(thousands(whole[label])) for label in figures.short)
    rows.append(Row((Cell("Cộng", align="left", span=2), *total), "total"))
    width = 54 // len(figures.short)
    heads = (Column(label, width) for label in figures.short)
    return Table(caption, (Column("TT", 6, "center"), Column("Đơn vị", 94 - width * len(figures.short), "left"), *heads), tuple(rows))


def _counted_row(place, name, counts):
    return Row((Cell(str(place)), Cell(name), *(Cell(thousands(number)) for number in counts)))


def _admission_table(figures, caption):
    """Admissions by unit and month of the ceremony; months to come have a dash."""
    rows = [
        Row((Cell(str(place)), Cell(one.name), *_month_cells(one.months, figures.as_of.month))) for place, one in enumerate(figures.admissions, 1)
    ]
    sums = [sum(column) for column in zip(*(one.months for one in figures.admissions), strict=True)]
    rows.append(Row((Cell("Cộng", align="left", span=2), *_month_cells(sums, figures.as_of.month)), "total"))
    width = 5 if max(sums) > 99 else 4
    columns = (
        *(Column("TT", 6, "center"), Column("Đơn vị", 86 - 12 * width, "left")),
        *(Column(str(month), width, group="Tháng") for month in range(1, 13)),
        Column("Cộng", 8),
    )
    notes = ("Theo ngày tổ chức lễ kết nạp và nơi chi bộ trực thuộc vào ngày đó.",)
    notes += (f"{NOTHING}: tháng chưa đến.",) if figures.as_of.month < 12 else ()
    return Table(caption, columns, tuple(rows), notes)


def _month_cells(months, last):
    """A cell for each of twelve months up to `last`, then the sum."""
    yield from (Cell(thousands(number) if month <= last else NOTHING) for month, number in enumerate(months, 1))
    yield Cell(thousands(sum(months)))


def write_roster(figures, framing, words, link=no_link):
    """The fourteen columns, across the page, numbered as the printed form is."""
    columns = tuple(Column(title, width, "left") for title, width in zip(HEADINGS, FORM_WIDTHS, strict=True))
    rows = tuple(Row(tuple(Cell(text) for text in texts)) for texts in figures.entries)
    notes = (f"Có mặt đến ngày {paper_short_date(figures.as_of)}: {figures.official} đảng viên chính thức, {figures.probationary} dự bị.",)
    period = f"Từ {date_text(figures.first)} đến hết {date_text(figures.as_of)}."
    blocks = [Sentence(period), Table("", columns, rows, notes)]
    return _list(figures, framing, "SỔ DANH SÁCH ĐẢNG VIÊN", f"{figures.name} (Mẫu 7-HSĐV)", blocks, landscape=True)


def _list(figures, framing, title, summary, blocks, *, landscape=False):
    return WrittenPaper(
        header=framing.header(""),
        title=title,
        kind_name=title.capitalize(),
        summary=summary,
        sections=(Section("", tuple(blocks)),),
        signature=framing.signature,
        data_as_of=figures.as_of,
        issuing_body=framing.organisation,
        marking=framing.marking,
        landscape=landscape,
    )


def _file_name(prefix):
    return lambda paper: f"{prefix}-{paper.figures_on:%Y%m%d}"


RECIPES = (
    Recipe(
        kind=PaperKind.STATISTICS,
        about=About.DAY,
        code="",
        hint="Tổ chức đảng, đảng viên theo chỉ tiêu và đơn vị; kết nạp trong năm theo tháng; đến một ngày bất kỳ.",
        figures=Statistics,
        collect=collect_statistics,
        write=write_statistics,
        file_name=_file_name("thong-ke-dang-vien"),
        formats=ALL_FILES,
    ),
    Recipe(
        kind=PaperKind.ROSTER,
        about=About.DAY,
        code="",
        hint="Sổ danh sách đảng viên của một chi bộ, mười bốn cột, từ đầu năm đến một ngày; số thẻ được che.",
        figures=Roster,
        collect=collect_roster,
        write=write_roster,
        fits=fits_cell,
        file_name=_file_name("mau-7-hsdv"),
        formats=ALL_FILES,
    ),
)
