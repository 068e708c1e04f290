"""The term report's lists of base organisations: those chosen every year (PL9), and all of them with their level of each year."""

from khoi_party.common.numbers import NOTHING
from reports.figures.values import BASES, CLOSED
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Column, Row, Sentence, Table
from reports.papers.term_levels import level_short, series_of

EXEMPLARY, ALL_BASES = "exemplary", "all_bases"
NOT_RATED = "chưa XL"
FIVE = 5
LEVELS_ACROSS, NOTES = 45, 20


def exemplary(writer):
    """The sentence on who was chosen in every year of the term."""
    figures = writer.figures
    closed = _closed(figures)
    if not closed:
        return (Sentence("Nhiệm kỳ chưa có năm nào xếp loại xong nên chưa xét tổ chức cơ sở đảng tiêu biểu nhiều năm liền."),)
    rated = sum(all(base.levels.get(year) for year in closed) for base in figures.bases)
    say = sentences.exemplary if is_whole(figures) and len(closed) == FIVE else sentences.exemplary_so_far
    text = say(closed[0], closed[-1], count=len(chosen(figures)), base=rated)
    see = writer.bracket(EXEMPLARY)
    return (Sentence(f"{text.removesuffix('.')}{see}.", writer.link("exemplary")),)


def _closed(figures):
    return [one.year for one in figures.levels[BASES] if one.state == CLOSED]


def is_whole(figures):
    """Whether every year of the term is closed."""
    return _closed(figures) == list(range(figures.first_year, figures.last_year + 1))


def chosen(figures):
    """The BaseYears of those that were tiêu biểu in every closed year."""
    closed = set(_closed(figures))
    return [base for base in figures.bases if closed and closed <= set(base.exemplary_years)]


def exemplary_appendix(writer):
    """PL9: the base organisations chosen in every year, with their level of each and how they are commended."""
    figures = writer.figures
    closed = _closed(figures)
    width = LEVELS_ACROSS // len(closed)
    rows = tuple(
        Row(
            (
                *(Cell(str(place)), Cell(base.name, writer.link("base", level=base.organisation_id))),
                *(Cell(_level_text(base, year), level=base.levels.get(year) or None) for year in closed),
                Cell(base.award or "chưa đề nghị"),
            )
        )
        for place, base in enumerate(chosen(figures), 1)
    )
    columns = (
        *(Column("TT", 4, "center"), Column("Tên tổ chức cơ sở đảng", 96 - NOTES - width * len(closed), "left")),
        *(Column(str(year), width, "center", group="Xếp loại từng năm") for year in closed),
        Column("Đề nghị khen", NOTES, "left"),
    )
    whole = is_whole(figures) and len(closed) == FIVE
    title = f"Danh sách tổ chức cơ sở đảng tiêu biểu {'05 năm liền' if whole else 'các năm đã xếp loại'}, {closed[0]} - {closed[-1]}"
    award = "Đề nghị khen: khen thưởng 5 năm liền đã có quyết định hoặc đang đề nghị, ghi trong phần mềm."
    return Appendix(title, Table("", columns, rows, (*_legend(closed), award)))


def all_bases(writer):
    """The last appendix: every base organisation and its level in each year, by sector, with what became of it."""
    figures = writer.figures
    years = figures.years
    rows, sector = [], None
    for place, base in enumerate(figures.bases, 1):
        if base.sector != sector:
            sector = base.sector
            rows.append(Row((Cell(sector),), "group"))
        levels = (Cell(_level_text(base, year), level=base.levels.get(year) or None) for year in years)
        rows.append(Row((Cell(str(place)), Cell(base.name, writer.link("base", level=base.organisation_id)), *levels, Cell("; ".join(base.notes)))))
    old = [year for year in years if series_of(year, "organisation").names != series_of(years[-1], "organisation").names]
    width = LEVELS_ACROSS // max(len(years), 1)
    heads = (Column(str(year), width, "center", group=_era(year, old)) for year in years)
    table = Table(
        "",
        (
            Column("TT", 4, "center"),
            Column("Tên tổ chức cơ sở đảng", 96 - NOTES - width * len(years), "left"),
            *heads,
            Column("Ghi chú", NOTES, "left"),
        ),
        tuple(rows),
        (*_legend(years), "Tên và khối thi đua ghi theo năm cuối; tên cũ, khối thi đua cũ và thay đổi tổ chức ghi ở cột ghi chú."),
    )
    return Appendix(f"Kết quả xếp loại của các tổ chức cơ sở đảng, giai đoạn {writer.span}", table)


def _era(year, old):
    if not old:
        return ""
    return f"Đến năm {old[-1]}" if year in old else f"Từ năm {old[-1] + 1}"


def _level_text(base, year):
    if year not in base.levels:
        return NOTHING
    text = level_short(base.levels[year], year) or NOT_RATED
    return f"{text} (TB)" if year in base.exemplary_years else text


def _legend(years):
    words = {}
    for year in years:
        series = series_of(year, "organisation")
        words |= {series.short[level]: series.names[level] for level in sorted(series.names)}
    explained = "; ".join(f"{short}: {name[0].lower()}{name[1:]}" for short, name in words.items())
    return (f"{explained}; TB: tiêu biểu; {NOT_RATED}: chưa xếp loại; {NOTHING}: không thuộc Đảng bộ hoặc chưa thành lập trong năm đó.",)
