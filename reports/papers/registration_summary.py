"""Tổng hợp đăng ký mức phấn đấu: what all units below a committee registered for a year, beside what was decided a year before.

Percentages of the levels are of those who registered; what an unregistered unit drafted stays out.
"""

from itertools import groupby

from cells.enums import BASE_KINDS, OrganisationKind
from evaluations.enums import RegistrationState
from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, percent, thousands, two_digits
from reports.enums import About, PaperKind
from reports.figures import registered
from reports.figures.registered import LEVELS, Aims, summed
from reports.figures.registered_rows import ALL, BASES, list_behind
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.sentences import ratio, small
from reports.papers.written import WrittenPaper

KINDS = (OrganisationKind.BASE_COMMITTEE, OrganisationKind.BASE_CELL, OrganisationKind.SUB_COMMITTEE, OrganisationKind.CELL)
NO_SECTOR = "Chưa xếp khối thi đua"


def collect(paper):
    """The Aims of the paper's organisation and cycle."""
    return registered.collect(paper.organisation, paper.cycle, paper.figures_on)


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (Aims); `link(topic, level=…)` with the topics of registered_rows, level 0 for those who have not registered."""
    writer = _Writer(figures, link)
    return WrittenPaper(
        header=framing.header(""),
        title="TỔNG HỢP",
        kind_name="Tổng hợp",
        summary=f"đăng ký mức phấn đấu năm {figures.year} của các tổ chức đảng thuộc {figures.name}",
        sections=(Section("", (*(Sentence(text) for text in writer.sentences()), *writer.tables())),),
        closing=f"Số liệu tổng hợp từ các bản đăng ký đã gửi đến ngày {paper_short_date(figures.as_of)}.",
        signature=framing.signature,
        data_as_of=figures.as_of,
        issuing_body=framing.committee,
        marking=framing.marking,
        landscape=True,
    )


def behind(figures, paper, user, topic, year, level):
    return list_behind(figures, user, topic, level)


class _Writer:
    def __init__(self, figures, link):
        self.figures, self.link, self.count = figures, link, 0
        self.book = rulebook_for(figures.year)
        self.shorts = [self.book.level_short(level, "organisation") for level in LEVELS]
        self.has_before = any(unit.level_before for unit in figures.units)
        self.before = rulebook_for(figures.year - 1) if self.has_before else None
        self.is_comparable = self.has_before and self.before.top_series == self.book.top_series  # trong sạch, vững mạnh is a series of its own

    # -- sentences

    def sentences(self):
        figures = self.figures
        if not figures.units:
            yield f"{figures.name} không có tổ chức đảng trực thuộc trong đợt đăng ký năm {figures.year}."
        for name, units in self._groups():
            yield self._group_sentence(name, units)
        if compared := self._compared():
            yield compared

    def _groups(self):
        """(name, units) of the bases or other direct units, then of the cells below them."""
        direct, deeper = self.figures.direct, self.figures.deeper
        if direct:
            yield "tổ chức cơ sở đảng" if all(unit.kind in BASE_KINDS for unit in direct) else "tổ chức đảng trực thuộc", direct
        if deeper:
            name = "chi bộ" if all(unit.kind == OrganisationKind.CELL for unit in deeper) else "tổ chức đảng"
            yield f"{name} trực thuộc đảng ủy cơ sở", deeper

    def _group_sentence(self, name, units):
        sent, year = [unit for unit in units if unit.is_sent], self.figures.year
        if not sent:
            return f"Năm {year}, trong {two_digits(len(units))} {name} chưa có đơn vị nào gửi bản đăng ký mức phấn đấu."
        levels = []
        for level in LEVELS:
            if count := sum(unit.level == level for unit in sent):
                called = small(self.book.level_name(level, "organisation"))
                levels.append(f"{two_digits(count)} đăng ký {called} ({percent(count, len(sent))} số đã đăng ký)")
        text = f"Năm {year}, có {ratio(len(sent), len(units))} {name} đăng ký mức phấn đấu ({percent(len(sent), len(units))}): {', '.join(levels)}"
        planned = summed([unit.planned for unit in sent])
        if planned.admissions is not None:
            text += f"; dự kiến kết nạp {two_digits(planned.admissions)} đảng viên"
        missing = len(units) - len(sent)
        return f"{text}; còn {two_digits(missing)} {name} chưa đăng ký." if missing else f"{text}."

    def _compared(self):
        """How the direct units' aims stand to what was decided a year before; "" where no result of that year is known."""
        year = self.figures.year - 1
        both = [unit for unit in self.figures.direct if unit.level and unit.level_before]
        if not both:
            return ""
        if not self.is_comparable:
            return f"Mức của năm {year} và năm {year + 1} theo hai quy định có tiêu chuẩn khác nhau nên được ghi cạnh nhau để biết, không so sánh."
        higher, lower = sum(unit.level < unit.level_before for unit in both), sum(unit.level > unit.level_before for unit in both)
        return (
            f"Trong {two_digits(len(both))} đơn vị trực thuộc đã đăng ký và có kết quả xếp loại năm {year}: {two_digits(higher)} đơn vị đăng ký mức "
            f"cao hơn kết quả năm {year}, {two_digits(len(both) - higher - lower)} đơn vị bằng, {two_digits(lower)} đơn vị thấp hơn."
        )

    # -- tables

    def tables(self):
        if not self.figures.units:
            return
        yield self._kinds_table()
        if any(unit.sector for unit in self.figures.direct):
            yield self._sectors_table()
        if self.is_comparable:
            yield self._years_table()
        if missing := [unit for unit in self.figures.units if not unit.is_sent]:
            yield self._missing_table(missing)
        if self.figures.direct:
            yield self._units_table("Đăng ký của từng đơn vị trực thuộc", self.figures.direct, lambda unit: unit.sector or self._without_sector())
        if self.figures.deeper:
            yield self._units_table("Đăng ký của các tổ chức đảng trực thuộc đảng ủy cơ sở", self.figures.deeper, lambda unit: unit.superior)

    def _caption(self, text):
        self.count += 1
        return f"Bảng {self.count}. {text}"

    def _without_sector(self):
        return NO_SECTOR if any(unit.sector for unit in self.figures.direct) else ""

    def _counts_columns(self, first):
        columns = [Column(first, 24, "left"), Column("Tổng số", 7), Column("Số", 6, group="Đã đăng ký"), Column("%", 7, group="Đã đăng ký")]
        for level in LEVELS:
            group = self.book.level_name(level, "organisation")
            columns += [Column("Số", 5, group=group), Column("%", 7, group=group)]
        return (*columns, Column("Chưa đăng ký", 8))

    def _counts_row(self, name, units, topic="", kind="plain"):
        """One line of counts; `topic` names the lists behind them, "" where there are none."""
        sent = [unit for unit in units if unit.is_sent]

        def cell(count, topic=topic, level=None):
            return Cell(thousands(count), link=self.link(topic, level=level) if topic else None)

        cells = [Cell(name, align="left"), cell(len(units)), cell(len(sent), topic and f"{topic}-sent"), _share(len(sent), len(units))]
        for level in LEVELS:
            count = sum(unit.level == level for unit in sent)
            cells += [cell(count, level=level), _share(count, len(sent))]
        return Row((*cells, cell(len(units) - len(sent), level=0)), kind)

    def _kinds_table(self):
        units = self.figures.units
        found = [(kind, [unit for unit in units if unit.kind == kind]) for kind in KINDS]
        rows = [self._counts_row(kind.label, of_kind, kind.value) for kind, of_kind in found if of_kind]
        bases = [unit for unit in units if unit.kind in BASE_KINDS]
        if len({unit.kind for unit in bases}) == 2:
            rows.insert(2, self._counts_row("Cộng tổ chức cơ sở đảng", bases, BASES, "total"))
        rows.append(self._counts_row("Tổng cộng", units, ALL, "total"))
        notes = ("Tỷ lệ đã đăng ký tính trên tổng số; tỷ lệ từng mức tính trên số đã đăng ký. Bị trả lại mà chưa gửi lại tính là chưa đăng ký.",)
        return Table(self._caption("Kết quả đăng ký theo loại tổ chức đảng"), self._counts_columns("Loại tổ chức đảng"), tuple(rows), notes)

    def _sectors_table(self):
        units = self.figures.direct
        rows = [self._counts_row(name, list(group)) for name, group in groupby(units, key=lambda unit: unit.sector or NO_SECTOR)]
        rows.append(self._counts_row("Cộng", units, kind="total"))
        return Table(self._caption("Đơn vị trực thuộc theo khối thi đua"), self._counts_columns("Khối thi đua"), tuple(rows))

    def _years_table(self):
        year, units = self.figures.year, self.figures.direct
        decided, sent = [unit for unit in units if unit.level_before], [unit for unit in units if unit.is_sent]
        rows = []
        for level in LEVELS:
            before, now = sum(unit.level_before == level for unit in decided), sum(unit.level == level for unit in sent)
            name = Cell(self.book.level_name(level, "organisation"), level=level)
            rows.append(Row((name, Cell(thousands(before)), _share(before, len(decided)), Cell(thousands(now)), _share(now, len(sent)))))
        rows.append(Row((Cell("Cộng", align="left"), Cell(thousands(len(decided))), Cell(""), Cell(thousands(len(sent))), Cell("")), "total"))
        columns = [Column("Mức", 40, "left")]
        for group in (f"Kết quả xếp loại năm {year - 1}", f"Đăng ký năm {year}"):
            columns += [Column("Số đơn vị", 15, group=group), Column("%", 15, group=group)]
        notes = (
            f"Tỷ lệ tính trên số đơn vị trực thuộc có kết quả năm {year - 1} đã công bố, và trên số đã đăng ký năm {year}; "
            f"{ratio(len(units) - len(decided), len(units))} đơn vị không có kết quả năm {year - 1}.",
        )
        return Table(self._caption(f"Đơn vị trực thuộc: đăng ký năm {year} so với kết quả năm {year - 1}"), tuple(columns), tuple(rows), notes)

    def _missing_table(self, missing):
        rows = tuple(Row((Cell(str(place)), Cell(unit.name), Cell(unit.superior), Cell(self._state(unit)))) for place, unit in enumerate(missing, 1))
        columns = (Column("TT", 5, "center"), Column("Tổ chức đảng", 40, "left"), Column("Trực thuộc", 35, "left"), Column("Tình trạng", 20, "left"))
        return Table(self._caption("Tổ chức đảng chưa đăng ký"), columns, rows)

    def _state(self, unit):
        said = "Bị trả lại, chưa gửi lại" if unit.state == RegistrationState.RETURNED else "Chưa gửi"
        return f"{said}, quá hạn" if unit.is_late else said

    def _units_table(self, caption, units, group_of):
        rows, place = [], 0
        for name, group in groupby(units, key=group_of):
            if name:
                rows.append(Row((Cell(name),), "group"))
            for unit in group:
                place += 1
                rows.append(self._unit_row(place, unit))
        planned = summed([unit.planned for unit in units if unit.is_sent])
        numbers = (*planned.members, planned.admissions, planned.meetings)
        rows.append(Row((Cell("Cộng", align="left", span=3), *(Cell(thousands(number)) for number in numbers), Cell(""), Cell("")), "total"))
        shorts = [self.book.level_short(level, "member") for level in LEVELS]
        columns = (
            *(Column("TT", 4, "center"), Column("Tổ chức đảng", 29, "left"), Column("Mức đăng ký", 9, "center")),
            *(Column(short, 7, group="Đảng viên phấn đấu theo mức") for short in shorts),
            *(Column("Kết nạp", 5), Column("Sinh hoạt chuyên đề", 7)),
            *(Column(f"Kết quả {self.figures.year - 1}", 9, "center"), Column("Ghi chú", 9, "left")),
        )
        return Table(self._caption(caption), columns, tuple(rows), tuple(self._abbreviations()))

    def _unit_row(self, place, unit):
        numbers = (*unit.planned.members, unit.planned.admissions, unit.planned.meetings)
        before = self.before.level_short(unit.level_before, "organisation") if unit.level_before else NOTHING
        note = ("muộn" if unit.is_late else "") if unit.is_sent else "chưa đăng ký"
        level = Cell(self.book.level_short(unit.level, "organisation") or NOTHING, level=unit.level)
        return Row((Cell(str(place)), Cell(unit.name), level, *(Cell(thousands(number)) for number in numbers), Cell(before), Cell(note)))

    def _abbreviations(self):
        """What the short names of this year's levels, and of the year before where they differ, stand for."""
        shown = [*self.book.organisation_levels, *self.book.member_levels, *(self.before.organisation_levels if self.before else ())]
        told = {one.short: small(one.name) for one in reversed(shown)}  # where one short name has two meanings, that of this year's units
        told = {one.short: told[one.short] for one in shown}
        yield f"{'; '.join(f'{short}: {name}' for short, name in told.items())}."
        yield f"{NOTHING}: chưa đăng ký, chưa ghi hoặc không có kết quả; dòng cộng chỉ tính số đã ghi."
        if any(unit.is_late and unit.is_sent for unit in self.figures.units):
            yield f"Muộn: gửi sau hạn {paper_short_date(self.figures.due_on)}."


def _share(part, base):
    return Cell(percent(part, base).rstrip("%"))


RECIPE = Recipe(
    kind=PaperKind.REGISTRATION_SUMMARY,
    about=About.CYCLE,
    code="",
    hint="Mọi đơn vị trực thuộc: mức đăng ký, số đảng viên theo mức, kết nạp; đơn vị chưa đăng ký; so với kết quả năm trước.",
    figures=Aims,
    collect=collect,
    write=write,
    behind=behind,
    file_name=lambda paper: f"tong-hop-dang-ky-{paper.cycle.year}-{paper.organisation_id}",
    formats=ALL_FILES,
)
