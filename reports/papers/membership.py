"""Papers on members as they stand on a day: the statistics of an organisation, and Mẫu 7-HSĐV of a cell. They carry no number."""

from cells.enums import CELL_KINDS
from khoi_party.common.dates import date_text, paper_short_date
from khoi_party.common.numbers import percent, thousands, two_digits
from members.register import HEADINGS
from reports.enums import About, PaperKind
from reports.figures import membership
from reports.figures.membership import Roster, Statistics
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.written import WrittenPaper

FORM_WIDTHS = (3, 11, 6, 9, 10, 9, 8, 9, 5, 8, 8, 5, 5, 4)  # percent of the page's width, a date or a number in one line


def collect_statistics(paper):
    """The Statistics of the paper's organisation on its day."""
    return membership.statistics(paper.organisation, paper.figures_on)


def collect_roster(paper):
    """The Roster of the paper's cell for the year up to its day."""
    return membership.roster(paper.organisation, paper.figures_on)


def fits_cell(organisation):
    return organisation.kind in CELL_KINDS


def write_statistics(figures, framing, words, link=no_link):
    """Sentences, the table of indicators, admissions of the year, the units below."""
    day = paper_short_date(figures.as_of)
    counts = {label: count for _, label, count in reversed(figures.lines)}
    said = (
        f"Đến ngày {day}, {figures.name} có {two_digits(figures.total)} đảng viên, trong đó {two_digits(counts['Chính thức'])} chính thức, "
        f"{two_digits(counts['Dự bị'])} dự bị; nữ {two_digits(counts['Nữ'])} ({percent(counts['Nữ'], figures.total)})."
    )
    blocks = [Sentence(said), _indicator_table(figures), Sentence(_admitted_sentence(figures))]
    if figures.units:
        blocks.append(_unit_table(figures))
    return _list(figures, framing, "THỐNG KÊ", f"đảng viên của {figures.name}, ngày {day}", blocks)


def _indicator_table(figures):
    rows, before = [], None
    for block, label, count in figures.lines:
        if block != before:
            rows.append(Row((Cell(block),), "group"))
            before = block
        rows.append(Row((Cell(label), Cell(thousands(count)), Cell(percent(count, figures.total).rstrip("%")))))
    columns = (Column("Chỉ tiêu", 60, "left"), Column("Số đảng viên", 20), Column("% tổng số", 20))
    notes = ("Tuổi tính tròn năm đến ngày thống kê. “Chưa ghi”: hồ sơ chưa có thông tin, không chia vào các dòng khác.",)
    return Table("Bảng 1. Đảng viên theo chỉ tiêu", columns, tuple(rows), notes)


def _admitted_sentence(figures):
    one = figures.admitted
    if not one.count:
        return f"Từ đầu năm đến ngày {paper_short_date(figures.as_of)} chưa kết nạp đảng viên nào."
    parts = [f"nữ {two_digits(one.women)}", f"dân tộc thiểu số {two_digits(one.minority)}"]
    parts += [f"chưa ghi dân tộc {two_digits(one.no_ethnicity)}"] if one.no_ethnicity else []
    parts += [f"tuổi bình quân {one.mean_age}"] if one.mean_age is not None else []
    return f"Từ đầu năm đến ngày {paper_short_date(figures.as_of)} kết nạp {two_digits(one.count)} đảng viên: {', '.join(parts)}."


def _unit_table(figures):
    width = 54 // len(figures.short)
    rows = [
        Row((Cell(str(place)), Cell(unit.name), *(Cell(thousands(count)) for count in unit.counts))) for place, unit in enumerate(figures.units, 1)
    ]
    rows.append(Row((Cell("Cộng các đơn vị", align="left", span=2), *(Cell(thousands(sum(column))) for column in _columns_of(figures))), "total"))
    heads = (Column(label, width) for label in figures.short)
    return Table("Bảng 2. Theo đơn vị", (Column("TT", 6, "center"), Column("Đơn vị", 94 - width * len(figures.short), "left"), *heads), tuple(rows))


def _columns_of(figures):
    return zip(*(unit.counts for unit in figures.units), strict=True)


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
        hint="Tổng số, nữ, dân tộc, tôn giáo, tuổi, trình độ, kết nạp trong năm; theo đơn vị, đến một ngày bất kỳ.",
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
