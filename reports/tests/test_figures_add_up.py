"""Whatever the figures are: on the written paper parts add up to the whole, shares recompute, and sentences say what the tables say."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings

from reports.building import Frozen
from reports.papers.sentences import small

from .random_figures import term_figures, year_figures
from .specimens import framing

often = settings(max_examples=60, deadline=None)
NUMBER = re.compile(r"\d{1,3}(\.\d{3})*")


def number(text):
    """A count as printed; None for what is not known."""
    plain = text.rstrip("*")
    if plain == "–":
        return None
    assert NUMBER.fullmatch(plain), text
    return int(plain.replace(".", ""))


def share(part, base):
    """The percentage of printed counts as it must be printed."""
    if not base:
        return "–"
    rounded = (Decimal(part) * 100 / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:,f}".partition(".")
    return f"{whole.replace(',', '.')},{fraction}".rstrip("0").rstrip(",")


def written(kind, figures):
    return Frozen(kind, figures, framing()).write()


def tables(paper):
    """{caption or appendix title: Table}."""
    found = {block.caption: block for section in paper.sections for block in section.blocks if block.kind == "table"}
    return found | {one.title: one.table for one in paper.appendices}


def named(paper, *words):
    return [table for title, table in tables(paper).items() if all(word in title for word in words)]


def plain(table, kind="plain"):
    """The texts of the rows without a cell that goes across."""
    return [[cell.text for cell in row.cells] for row in table.rows if row.kind == kind and all(cell.span == 1 for cell in row.cells)]


def sentences(paper):
    return [block.text for section in paper.sections for block in section.blocks if block.kind == "sentence"]


def known_sum(values):
    values = [value for value in values if value is not None]
    return sum(values) if values else None


@often
@given(term_figures())
def test_levels_of_a_term_add_up_and_their_shares_recompute(figures):
    paper = written("term_report", figures)
    for subject, name in (("bases", "tổ chức cơ sở đảng"), ("cells", "chi bộ trực thuộc"), ("members", "đảng viên")):
        (full,) = named(paper, f"Kết quả xếp loại {name}, giai đoạn")
        whole = {}
        for cells in plain(full):
            year, total, rated, rated_share = cells[0], number(cells[1]), number(cells[2]), cells[3]
            counts, shares = [number(text) for text in cells[4:12:2]], cells[5:12:2]
            unrated = [number(text) for text in (cells[12:14] if subject == "members" else cells[12:13])]
            assert sum(counts) == rated
            assert rated + sum(unrated) == total
            assert rated_share == share(rated, total)
            assert shares == [share(count, rated) for count in counts]
            whole[year] = [total, *counts, sum(unrated)]
        short = [cells for table in named(paper, "Bảng", f" {name}, ", "năm") if len(table.columns) == 8 for cells in plain(table)]
        assert {cells[0]: [number(text) for text in cells[1:7]] for cells in short if len(cells) == 8 and cells[0] in whole} == whole
        assert all(cells[7] == share(number(cells[2]) + number(cells[3]), sum(map(number, cells[2:6]))) for cells in short)


@often
@given(term_figures())
def test_what_is_said_of_levels_stands_in_the_table(figures):
    paper = written("term_report", figures)
    told = 0
    for name in ("tổ chức cơ sở đảng", "chi bộ trực thuộc", "đảng viên"):
        (full,) = named(paper, f"Kết quả xếp loại {name}, giai đoạn")
        rows = {cells[0]: cells for cells in plain(full)}
        for text in sentences(paper):
            found = re.match(rf"Năm (\d+), có ([\d.]+)/([\d.]+) {name} được xếp loại .*? trở lên, đạt ([\d,]+|–)%?", text)
            if not found:
                continue
            told += 1
            year, good, rated, percent = found.groups()
            cells = rows[year]
            assert number(rated) == number(cells[2])
            assert number(good) == number(cells[4]) + number(cells[6])
            assert percent == share(number(good), number(rated))
            for place, start in ((4, "trong đó "), (8, "; "), (10, "; ")):
                if count := number(cells[place]):
                    assert f"{start}{count:02d} {name}" in text or f"{start}{cells[place]} {name}" in text
    assert told or all(one.state != "closed" for years in figures.levels.values() for one in years)


@often
@given(term_figures())
def test_organisations_members_and_admissions_add_up(figures):
    paper = written("term_report", figures)
    (situation,) = named(paper, "Tổ chức đảng, đảng viên theo năm, giai đoạn")
    for cells in plain(situation):
        total, committees, lone, _, _, members, women, minority, official, probationary = (number(text) for text in cells[2:])
        assert (total, members) == (committees + lone, official + probationary)
        assert max(women, minority) <= members
    (short,) = named(paper, "Bảng", "Tổ chức đảng và đảng viên có đến")
    assert [[cells[0], *cells[1:]] for cells in plain(short)] == [[cells[1], cells[2], cells[6], cells[7]] for cells in plain(situation)]
    (admitted,) = named(paper, "Kết nạp đảng viên, nhiệm kỳ")
    rows, (total,) = plain(admitted), plain(admitted, "total")
    for column in (2, 4, 6):
        assert number(total[column]) == sum(number(cells[column]) for cells in rows)
    assert total[3] == share(number(total[2]), number(total[1]))
    (by_year,) = named(paper, "Bảng", "Kết nạp đảng viên theo năm")
    assert [cells[2] for cells in plain(by_year)] == [cells[2] for cells in rows]
    assert number(plain(by_year)[-1][3]) == number(total[2])
    assert any(
        f"toàn Đảng bộ kết nạp {number(total[2]):02d} đảng viên mới" in text or f"kết nạp {total[2]} đảng viên mới" in text
        for text in sentences(paper)
    )


@often
@given(term_figures())
def test_sectors_add_up_to_all_bases(figures):
    paper = written("term_report", figures)
    (full,) = named(paper, "Kết quả xếp loại tổ chức cơ sở đảng, giai đoạn")
    for table in named(paper, "theo khối thi đua"):
        (total,) = plain(table, "total")
        years = dict.fromkeys(column.group for column in table.columns if column.group)
        of_all = {cells[0]: cells for cells in plain(full)}
        for place, year in enumerate(years):
            good, rated = number(total[1 + 2 * place]), number(total[2 + 2 * place])
            assert (good, rated) == tuple(sum(number(cells[at]) or 0 for cells in plain(table)) for at in (1 + 2 * place, 2 + 2 * place))
            assert (good, rated) == (number(of_all[year][4]) + number(of_all[year][6]), number(of_all[year][2]))


@often
@given(term_figures())
def test_years_of_awards_and_inspection_add_up_and_are_said_so(figures):
    paper = written("term_report", figures)
    said = " ".join(sentences(paper))
    for title in ("Kiểm tra, giám sát", "Khen thưởng tổ chức đảng"):
        (table,) = named(paper, title)
        (total,) = plain(table, "total")
        for column in range(1, len(table.columns)):
            assert number(total[column]) == known_sum(number(cells[column]) for cells in plain(table))
        if title.startswith("Kiểm tra"):
            for noun, columns in (("tổ chức đảng", slice(5, 8)), ("đảng viên", slice(8, 12))):
                count = known_sum(map(number, total[columns]))
                assert (f"kỷ luật {count:02d} {noun}:" in said or f"kỷ luật {count:,}".replace(",", ".") in said) if count else "kỷ luật" in said
        else:
            badges = known_sum(map(number, total[6:]))
            assert (f"Huy hiệu Đảng cho {badges:02d} lượt" in said) if badges else "chưa có Huy hiệu Đảng" in said


@often
@given(term_figures())
def test_registrations_recompute(figures):
    paper = written("term_report", figures)
    for table in named(paper, "Đăng ký và kết quả"):
        for _, total, sent, _, aimed, reached, percent, kept in plain(table):
            assert number(total) >= number(sent) >= max(number(aimed), number(kept))
            assert percent == share(number(reached), number(aimed))


@often
@given(year_figures())
def test_a_year_adds_up_from_its_parts(figures):
    paper = written("year_report", figures)
    (groups,) = named(paper, "Bảng 1.")
    rows = [[cell.text for cell in row.cells] for row in groups.rows]
    for cells in rows:
        _check_rated(cells[1:])
    of_kind = {cells[0]: [number(text) for text in (cells[1], cells[2], *cells[3:11:2], cells[11])] for cells in rows}
    parts = zip(of_kind["Đảng bộ cơ sở"], of_kind["Chi bộ cơ sở"], strict=True)
    assert of_kind["Tổ chức cơ sở đảng"] == [sum(pair) for pair in parts]
    (members,) = named(paper, "Kết quả xếp loại đảng viên theo đơn vị")
    units, (total,) = plain(members), [[cell.text for cell in row.cells] for row in members.rows if row.kind == "total"]
    for cells in units:
        _check_members(cells[2:])
    _check_members(total[1:])
    for place, column in enumerate((2, 3, 4, 5, 7, 9, 11, 13)):
        assert number(total[column - 1]) == sum(number(cells[column]) for cells in units), place


def _check_rated(cells):
    total, rated, *levels, waiting = cells
    counts = [number(text) for text in levels[::2]]
    assert sum(counts) == number(rated)
    assert number(rated) + number(waiting) == number(total)
    assert levels[1::2] == [share(count, number(rated)) for count in counts]


def _check_members(cells):
    total, exempt, rated, *levels, waiting = cells
    _check_rated([total, rated, *levels, str(number(exempt) + number(waiting))])


@often
@given(year_figures())
def test_what_is_said_of_a_year_stands_in_its_tables(figures):
    paper = written("year_report", figures)
    (groups,) = named(paper, "Bảng 1.")
    rows = {cells[0]: cells for cells in ([cell.text for cell in row.cells] for row in groups.rows)}
    (members,) = named(paper, "Kết quả xếp loại đảng viên theo đơn vị")
    total = [cell.text for cell in members.rows[-1].cells]
    counted = {small(name): (cells[2], cells[3], cells[5]) for name, cells in rows.items()} | {"đảng viên": (total[3], total[4], total[6])}
    for text in sentences(paper):
        if found := re.match(r"Năm \d+, có ([\d.]+)/([\d.]+) (.+?) được xếp loại .*? trở lên, đạt ([\d,]+|–)", text):
            good, rated, name, percent = found.groups()
            of_table = counted[name]
            assert (number(rated), number(good)) == (number(of_table[0]), number(of_table[1]) + number(of_table[2]))
            assert percent == share(number(good), number(rated))


@pytest.mark.parametrize(("part", "base", "shown"), [(1, 3, "33,33"), (1, 8, "12,5"), (63, 66, "95,45"), (0, 5, "0"), (0, 0, "–")])
def test_the_recomputed_share_is_the_one_that_people_would_write(part, base, shown):
    assert share(part, base) == shown
