"""Random figures that are whole in themselves, for what must hold whatever the numbers are. Plain values: no database."""

from datetime import date, timedelta

from hypothesis import strategies as st

from reports.figures.bases import sector_years
from reports.figures.values import (
    BASES,
    CELLS,
    CLOSED,
    MEMBERS,
    NONE,
    OPEN,
    AdmissionYear,
    BaseYears,
    CommendedYear,
    DisciplineYear,
    LevelYear,
    RegisteredYear,
    Situation,
    TargetResult,
    TermFigures,
    TypedYear,
    YearShare,
)
from reports.figures.year import BASE_CELLS, BASE_COMMITTEES, Rated, UnitYear, YearFigures
from reports.figures.year import CELLS as YEAR_CELLS
from reports.papers.term_awards import COLUMNS
from reports.papers.term_discipline import ALL

COUNTS = st.integers(0, 5000)
SECTORS = ("Khối quản lý nhà nước", "Khối đảng, đoàn thể", "Khối sự nghiệp")
REASONS = ("exempt", "not_yet", "required", "review_only")


def part_of(draw, whole):
    return draw(st.integers(0, whole))


@st.composite
def level_year(draw, year, state=CLOSED):
    """One subject's LevelYear of `year`."""
    if state == NONE:
        return LevelYear(year, NONE, {})
    counts = {level: count for level in (1, 2, 3, 4) if (count := draw(COUNTS))}
    reasons = {reason: count for reason in REASONS if (count := draw(st.integers(0, 40)))}
    decided = sum(counts.values())
    to_rate = decided if state == CLOSED else decided + draw(st.integers(1, 40))
    return LevelYear(year, state, counts, to_rate, sum(reasons.values()), part_of(draw, counts.get(1, 0)), reasons)


@st.composite
def bases_of(draw, years):
    """BaseYears whose levels and sectors change from year to year; each was there in one year at least."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        there = draw(st.lists(st.sampled_from(years), min_size=1, unique=True))
        levels = {year: draw(st.integers(0, 4)) for year in sorted(there)}
        sectors = {year: draw(st.sampled_from(SECTORS)) for year in levels}
        named = tuple(year for year, level in levels.items() if level == 1 and draw(st.booleans()))
        found.append(BaseYears(number, f"Đảng bộ số {number}", sectors[max(sectors)], levels, named, sectors=sectors))
    return tuple(found)


def level_years_of(bases, years):
    """The LevelYears of base organisations that `bases` add up to, all closed."""
    for year in years:
        levels = [base.levels[year] for base in bases if year in base.levels]
        counts = {level: levels.count(level) for level in (1, 2, 3, 4) if level in levels}
        unrated = levels.count(0)
        exemplary = sum(year in base.exemplary_years for base in bases)
        yield LevelYear(year, CLOSED, counts, sum(counts.values()), unrated, exemplary, {"not_yet": unrated} if unrated else {})


@st.composite
def situations(draw, years):
    for_years = []
    for year in years:
        members = draw(COUNTS)
        parts = [part_of(draw, members) for _ in range(3)]
        kinds = [draw(st.integers(0, 90)) for _ in range(4)]
        for_years.append(Situation(year, date(year, 12, 31), *kinds[:2], kinds[2], members, parts[0], kinds[3], parts[1], parts[2], 0))
    return tuple(for_years)


@st.composite
def admissions(draw, congress_on, next_congress_on):
    found = []
    for year in range(congress_on.year, next_congress_on.year + 1):
        first, last = max(date(year, 1, 1), congress_on), min(date(year, 12, 31), next_congress_on - timedelta(1))
        count = draw(COUNTS)
        known = part_of(draw, count)
        found.append(AdmissionYear(year, first, last, count, True, part_of(draw, count), part_of(draw, count), 0, known * 27, known))
    return tuple(found)


@st.composite
def typed(draw, year):
    keys = [one.key for one in ALL if draw(st.booleans())]
    return TypedYear(year, 66, {key: draw(COUNTS) for key in keys}, {key: part_of(draw, 65) for key in keys}, ("Báo cáo số 5-BC/UBKT",))


@st.composite
def disciplined(draw, year):
    keys = [one.recorded for one in ALL if one.recorded and draw(st.booleans())]
    return DisciplineYear(year, {key: draw(st.integers(1, 30)) for key in keys})


@st.composite
def commended(draw, year):
    awards = {key: draw(st.integers(1, 400)) for key, _, _ in COLUMNS if draw(st.booleans())}
    badges = {years: draw(st.integers(1, 90)) for years in (30, 40, 45, 50, 55, 90) if draw(st.booleans())}
    return CommendedYear(year, awards or None, badges or None)


@st.composite
def registered(draw, year):
    total = draw(COUNTS)
    sent = part_of(draw, total)
    aimed = part_of(draw, sent)
    return RegisteredYear(year, total, sent, aimed, part_of(draw, aimed), part_of(draw, sent))


def targets(admitted, levels):
    """One target of people and one of shares, told from the figures themselves."""
    total = sum(one.count for one in admitted)
    yield TargetResult(
        1, "admissions", "term", "at_least", "450", None, "", "Kết nạp 450 đảng viên", "Nghị quyết", "reached" if total >= 450 else "missed", total, 1
    )
    shares = tuple(
        YearShare(one.year, one.good_or_better, one.decided, 0, one.good_or_better * 100 >= 95 * one.decided if one.decided else None)
        for one in levels
        if one.state == CLOSED
    )
    verdicts = [share.met for share in shares]
    outcome = "missed" if False in verdicts else "reached" if verdicts and all(verdicts) else "pending"
    yield TargetResult(
        2, "members_good", "each_year", "at_least", "95", None, "số đảng viên", "Từ 95% đảng viên", "Nghị quyết", outcome, years=shares
    )


@st.composite
def term_figures(draw):
    """TermFigures of a term that is over; the last year may be open for cells and members, the first may be unknown."""
    first = draw(st.integers(2015, 2021))
    years = list(range(first, first + draw(st.integers(1, 5))))
    congress_on, next_congress_on = date(first, 6, 10), date(years[-1] + 1, 6, 10)
    bases = draw(bases_of(years))
    states = {years[-1]: draw(st.sampled_from((CLOSED, OPEN))), years[0]: draw(st.sampled_from((CLOSED, NONE)))}
    levels = {subject: tuple(draw(level_year(year, states.get(year, CLOSED))) for year in years) for subject in (CELLS, MEMBERS)}
    levels = {BASES: tuple(level_years_of(bases, years))} | levels
    admitted = draw(admissions(congress_on, next_congress_on))
    return TermFigures(
        organisation_id=1,
        term_id=1,
        label=f"{first}-{years[-1] + 1}",
        first_year=first,
        last_year=years[-1],
        congress_on=congress_on,
        next_congress_on=next_congress_on,
        as_of=date(years[-1] + 2, 3, 31),
        situations=draw(situations(years)),
        registered_bases=tuple(draw(registered(year)) for year in years),
        registered_cells=tuple(draw(registered(year)) for year in years),
        levels=levels,
        admissions=admitted,
        targets=tuple(targets(admitted, levels[MEMBERS])),
        bases=bases,
        sectors=sector_years(bases, {}),
        typed=tuple(draw(typed(year)) for year in years),
        disciplined=tuple(draw(disciplined(year)) for year in years),
        commended=tuple(draw(commended(year)) for year in years),
    )


@st.composite
def rated(draw, most=400):
    counts = {level: count for level in (1, 2, 3, 4) if (count := draw(st.integers(0, most)))}
    return Rated(counts, draw(st.integers(0, 20)), draw(st.integers(0, 20)), part_of(draw, counts.get(1, 0)))


@st.composite
def year_figures(draw):
    """YearFigures whose members are those of its units."""
    year = draw(st.integers(2015, 2024))
    units = tuple(
        UnitYear(
            number,
            f"Đảng bộ số {number}",
            "base_committee",
            draw(st.integers(1, 9)),
            draw(st.sampled_from((None, 1, 2, 3, 4))),
            False,
            None,
            False,
            draw(rated()),
        )
        for number in range(draw(st.integers(1, 6)))
    )
    whole = [unit.members for unit in units]
    counts = {level: sum(one.counts.get(level, 0) for one in whole) for level in (1, 2, 3, 4)}
    members = Rated(
        {level: count for level, count in counts.items() if count}, *(sum(getattr(one, name) for one in whole) for name in ("waiting", "exempt"))
    )
    return YearFigures(
        organisation_id=1,
        cycle_id=1,
        year=year,
        as_of=date(year + 1, 1, 15),
        is_closed=True,
        guidance="",
        sheets=10,
        sheets_sent=draw(st.integers(0, 10)),
        groups={group: draw(rated(40)) for group in (BASE_COMMITTEES, BASE_CELLS, YEAR_CELLS)},
        members=members,
        units=units,
        shares=(),
    )
