"""The tables of a year's report: organisations by kind (B1), members by unit (B2), the units (B5), the cap of the best level (B6)."""

from dataclasses import dataclass, replace

from evaluations.rulebooks import YearWithoutRuleBook, rulebook_for
from khoi_party.common.numbers import NOTHING, percent, thousands, two_digits
from reports.figures.year_values import BASE_CELLS, BASE_COMMITTEES, CELLS, SUB_COMMITTEES, YearFigures, joined
from reports.papers.document import Cell, Column, Row, Table
from reports.papers.recipes import no_link
from reports.papers.sentences import small

LEVELS = (1, 2, 3, 4)
GROUPS = {
    BASE_COMMITTEES: "Đảng bộ cơ sở",
    BASE_CELLS: "Chi bộ cơ sở",
    SUB_COMMITTEES: "Đảng bộ bộ phận",
    CELLS: "Chi bộ trực thuộc",
}
BASES = (BASE_COMMITTEES, BASE_CELLS)
NOT_RATED = "chưa XL"
BESIDE = "Tổ chức đảng khác"


@dataclass(frozen=True)
class Year:
    """What every part of the report is written from: the figures, the address of the list behind each, the words of the year's regulation."""

    figures: YearFigures
    link: object = no_link
    has_standing_committee: bool = True  # the reporting body, which then has cadres of its own to decide on

    @property
    def book(self):
        return rulebook_for(self.figures.year)

    @property
    def book_before(self):
        """The regulation of the year before; this year's where none is known so early, as no level is."""
        try:
            return rulebook_for(self.figures.year - 1)
        except YearWithoutRuleBook:
            return self.book

    def names(self, kind):
        """{level: its name} for kind "organisation" or "member"."""
        return {level: self.book.level_name(level, kind) for level in LEVELS}

    def short(self, level, kind, *, book=None, unknown=NOTHING):
        return (book or self.book).level_short(level, kind) or unknown

    def legend(self, kind, *, book=None):
        """What the short names stand for, as a footnote."""
        return "; ".join(f"{one.short}: {small(one.name)}" for one in (book or self.book).levels(kind))

    def legends(self, kind):
        """The legend of this year, with that of the year before where its regulation had other names."""
        now, before = self.legend(kind), self.legend(kind, book=self.book_before)
        return now if now == before else f"Năm {self.figures.year}: {now}. Năm {self.figures.year - 1}: {before}"

    @property
    def organisation_appendix(self):
        """The place of the appendix with B1; None where there is none."""
        return 1 if self.figures.groups else None

    @property
    def member_appendix(self):
        """The place of the appendix with B2, which follows B1; None where there is none."""
        return (self.organisation_appendix or 0) + 1 if self.figures.units else None

    @property
    def bases(self):
        """The Rated of all base organisations; None where there are none."""
        found = [self.figures.groups[group] for group in BASES if group in self.figures.groups]
        return joined(found) if found else None


def level_columns(year, kind, count_width, share_width):
    for name in year.names(kind).values():
        yield Column("Số", count_width, group=name)
        yield Column("%", share_width, group=name)


def rated_cells(year, one, topic):
    """The cells of a Rated: how many have a level and their share of all, then each level and its share of those."""
    yield Cell(thousands(one.rated), year.link(f"{topic}-rated") if one.rated else None)
    yield Cell(percent(one.rated, one.total).rstrip("%"))
    for level in LEVELS:
        count = one.counts.get(level, 0)
        yield Cell(thousands(count), year.link(topic, level=level) if count else None)
        yield Cell(percent(count, one.rated).rstrip("%"))


def summary_table(year, caption):
    """What the chart shows, as numbers: each kind of subject and how many got each level. Their shares stand in B1 and B2."""
    lines = [("Tổ chức cơ sở đảng", year.bases, "bases")] if year.bases else []
    lines += [
        (GROUPS[group], year.figures.groups[group], group.replace("_", "-")) for group in (SUB_COMMITTEES, CELLS) if group in year.figures.groups
    ]
    rows = []
    for name, one, topic in (*lines, ("Đảng viên", year.figures.members, "members")):
        counts = (one.counts.get(level, 0) for level in LEVELS)
        levels = (Cell(thousands(count), year.link(topic, level=level) if count else None) for level, count in enumerate(counts, 1))
        rated = Cell(thousands(one.rated), year.link(f"{topic}-rated") if one.rated else None)
        total = Cell(thousands(one.total), year.link(topic) if one.total else None)
        figures = (total, rated, *levels, _without_cell(year, one, topic))
        place = year.member_appendix if topic == "members" else year.organisation_appendix
        rows.append(Row((Cell(name), *(replace(cell, appendix=place) for cell in figures))))
    columns = (
        *(Column("Loại", 22, "left"), Column("Tổng số", 10), Column("Được đánh giá", 12)),
        *(Column(name, 11) for name in year.names("organisation").values()),
        Column("Chưa, miễn đánh giá", 12),
    )
    notes = ()
    if year.names("member") != year.names("organisation"):
        notes = (f"Các mức của đảng viên theo thứ tự: {'; '.join(small(name) for name in year.names('member').values())}.",)
    return Table(caption, columns, tuple(rows), notes)


def _without_cell(year, one, topic):
    without = one.unrated + one.exempt
    return Cell(thousands(without), year.link(topic, level=0) if without else None)


def organisation_table(year):
    """B1: base organisations in all and by kind, then those below them. What is not rated is one column, parted in the footnote."""
    rows, groups = [], year.figures.groups
    lines = [("Tổ chức cơ sở đảng", year.bases, "bases", "total")] if year.bases else []
    lines += [(GROUPS[group], one, group.replace("_", "-"), "plain") for group, one in groups.items()]
    place = 0
    for name, one, topic, kind in lines:
        place += kind == "plain"
        start = (Cell(str(place) if kind == "plain" else ""), Cell(name), Cell(thousands(one.total), year.link(topic)))
        rows.append(Row((*start, *rated_cells(year, one, topic), _without_cell(year, one, topic)), kind))
    notes = ["%: tỷ lệ số được đánh giá trên tổng số; tỷ lệ từng mức trên số được đánh giá."]
    exempt = sum(one.exempt for one in groups.values())
    notes += [f"Chưa đánh giá gồm cả {two_digits(exempt)} tổ chức đảng không thuộc diện đánh giá."] if exempt else []
    exemplary = sum(one.exemplary for one in groups.values())
    notes += [f"Trong số đạt mức cao nhất có {two_digits(exemplary)} tổ chức đảng tiêu biểu."] if exemplary else []
    columns = (
        *(Column("TT", 4, "center"), Column("Loại", 18, "left"), Column("Tổng số", 7)),
        *(Column("Số", 6, group="Được đánh giá"), Column("%", 7, group="Được đánh giá")),
        *level_columns(year, "organisation", 6, 7),
        Column("Chưa đánh giá", 6),
    )
    return Table("", columns, tuple(rows), tuple(notes))


def member_table(year):
    """B2: the members of each unit; who stands under none of them has a line, so that the lines add up."""
    rows = [_member_row(year, str(place), one.name, one.members, f"unit-{one.organisation_id}") for place, one in enumerate(year.figures.units, 1)]
    beside = year.figures.beside_units
    if beside.total:
        rows.append(_member_row(year, str(len(rows) + 1), BESIDE, beside, "beside"))
    whole = year.figures.members
    start = (Cell("Cộng", align="left", span=2), *_member_start(year, whole, "members"))
    rows.append(Row((*start, *rated_cells(year, whole, "members"), _unrated_cell(year, whole, "members")), "total"))
    notes = ["%: tỷ lệ số được đánh giá trên tổng số đảng viên; tỷ lệ từng mức trên số đảng viên được đánh giá của đơn vị."]
    notes.append("Miễn đánh giá: không phải xếp loại theo quy định áp dụng cho năm, gồm cả đảng viên chỉ kiểm điểm, không xếp loại.")
    if beside.total:
        notes.append(f"{BESIDE}: tổ chức đảng không trực thuộc đơn vị nào nêu trong bảng vào ngày lập bảng xếp loại.")
    if year.figures.elsewhere:
        notes.append(f"Không tính {two_digits(year.figures.elsewhere)} đảng viên được xếp loại tại chi bộ khác.")
    columns = (
        *(Column("TT", 4, "center"), Column("Đơn vị", 22, "left"), Column("Tổng số", 6), Column("Miễn đánh giá", 6)),
        *(Column("Số", 6, group="Được đánh giá"), Column("%", 6, group="Được đánh giá")),
        *level_columns(year, "member", 5, 6),
        Column("Chưa đánh giá", 6),
    )
    return Table("", columns, tuple(rows), tuple(notes))


def _member_row(year, place, name, one, topic):
    return Row((Cell(place), Cell(name), *_member_start(year, one, topic), *rated_cells(year, one, topic), _unrated_cell(year, one, topic)))


def _member_start(year, one, topic):
    yield Cell(thousands(one.total), year.link(topic) if one.total else None)
    yield Cell(thousands(one.exempt), year.link(f"{topic}-exempt") if one.exempt else None)


def _unrated_cell(year, one, topic):
    return Cell(thousands(one.unrated), year.link(f"{topic}-unrated") if one.unrated else None)


def unit_table(year):
    """B5: the units with their level of this year and of the year before, each in the words of its own regulation."""
    this, before = year.figures.year, year.figures.year - 1
    rows = []
    for place, one in enumerate(year.figures.units, 1):
        earlier = year.short(one.level_before, "organisation", book=year.book_before, unknown=NOT_RATED) if one.before_known else NOTHING
        size = one.members.total
        rows.append(
            Row(
                (
                    *(Cell(str(place)), Cell(one.name, year.link("base", level=one.organisation_id))),
                    Cell(thousands(one.cells), year.link(f"unit-{one.organisation_id}-cells") if one.cells else None),
                    Cell(thousands(size), year.link(f"unit-{one.organisation_id}") if size else None),
                    Cell(year.short(one.level, "organisation", unknown=NOT_RATED), level=one.level),
                    Cell(earlier, level=one.level_before),
                    Cell("Tiêu biểu" if one.exemplary else one.note),
                )
            )
        )
    columns = (
        *(Column("TT", 5, "center"), Column("Tên tổ chức đảng", 40, "left"), Column("Số chi bộ", 7), Column("Số đảng viên", 9)),
        *(Column(f"Năm {this}", 13, "center", group="Xếp loại"), Column(f"Năm {before}", 13, "center", group="Xếp loại")),
        Column("Ghi chú", 13, "left"),
    )
    signs = f"{NOT_RATED}: chưa xếp loại; {NOTHING}: không có trong đợt đánh giá năm đó."
    return Table("", columns, tuple(rows), (f"{year.legends('organisation')}.", signs))


def share_table(year, caption):
    """B6: the real share of the best level in each group beside the most that the text of the year allows; who judges it are people."""
    rows = tuple(
        Row(
            (
                Cell(one.name),
                Cell(thousands(one.good_or_better), year.link(f"pool-{one.pool_id}") if one.pool_id and one.good_or_better else None),
                Cell(thousands(one.excellent), year.link(f"pool-{one.pool_id}", level=1) if one.pool_id and one.excellent else None),
                Cell(thousands(one.base_count)),
                Cell(percent(one.excellent, one.base_count).rstrip("%")),
                Cell(str(one.rate)),
                Cell(thousands(one.limit)),
            )
        )
        for one in year.figures.shares
    )
    best = year.names("organisation")[1]
    columns = (
        *(Column("Nhóm", 26, "left"), Column("Hoàn thành tốt nhiệm vụ trở lên", 14), Column(best, 14), Column("Cơ sở tính", 10)),
        *(Column("Tỷ lệ thực tế (%)", 12), Column("Trần (%)", 12), Column("Số tối đa", 12)),
    )
    return Table(caption, columns, rows, tuple(_share_notes(year)))


def _share_notes(year):
    shares = year.figures.shares
    bases = list(dict.fromkeys(one.base for one in shares if one.base))
    if bases:
        yield f"Tỷ lệ thực tế: số {small(year.names('organisation')[1])} trên cơ sở tính; cơ sở tính: {', '.join(bases)}."
    yield from dict.fromkeys(f"Trần theo {one.citation}." for one in shares)
    for rounding, document in dict.fromkeys((one.rounding, one.document) for one in shares if one.rounding):
        sure = f"theo {small(document)}" if document else "chưa có văn bản xác nhận cơ sở tính và cách làm tròn"
        yield f"Số tối đa: {rounding}; {sure}."
    if not year.figures.is_closed:
        yield "Trường hợp chưa có quyết định được tính theo mức đề nghị gần nhất."
