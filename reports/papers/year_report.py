"""Báo cáo kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên của một năm.

Tables B1 (organisations), B2 (members by unit), B5 (the units) and B6 (the cap of the best level); places for the committee's own words.
"""

from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, percent, thousands
from reports.charts import LevelSeries, YearOfLevels, stacked_bars
from reports.enums import About, PaperKind
from reports.figures import year as year_figures
from reports.figures.year import BASE_CELLS, BASE_COMMITTEES, CELLS, SUB_COMMITTEES, YearFigures
from reports.figures.year_rows import list_behind
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Chart, Column, Row, Section, Sentence, Subheading, Table, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.written import WrittenPaper

LEVELS = (1, 2, 3, 4)
GROUPS = {
    BASE_COMMITTEES: "Đảng bộ cơ sở",
    BASE_CELLS: "Chi bộ cơ sở",
    SUB_COMMITTEES: "Đảng bộ bộ phận",
    CELLS: "Chi bộ trực thuộc",
}
BASES = (BASE_COMMITTEES, BASE_CELLS)
PLACES = {
    "guidance": "Công tác lãnh đạo, chỉ đạo",
    "collectives": "Kết quả kiểm điểm tập thể",
    "persons": "Kết quả kiểm điểm cá nhân",
    "strengths": "Ưu điểm",
    "shortcomings": "Hạn chế, nguyên nhân",
    "proposals": "Kiến nghị, đề xuất",
}


def collect(paper):
    """The YearFigures of the paper's organisation and cycle."""
    return year_figures.collect(paper.organisation, paper.cycle, paper.figures_on)


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (YearFigures); `link` as in the term report, topics: a group, "bases", "members"."""
    writer = _Writer(figures, words, link)
    year = figures.year
    return WrittenPaper(
        header=framing.header("BC"),
        title="BÁO CÁO",
        summary=f"kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên năm {year}",
        grounds=grounds_for(PaperKind.YEAR_REPORT, year, framing.issued_on or figures.as_of, framing.grounds),
        opening=(f"{framing.reporting_body} báo cáo kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên năm {year} như sau:",),
        sections=tuple(
            Section(f"{roman}- {heading}", tuple(blocks))
            for roman, (heading, blocks) in zip(("I", "II", "III", "IV", "V"), writer.sections(), strict=True)
        ),
        closing=(
            f"Trên đây là báo cáo kết quả kiểm điểm, đánh giá, xếp loại năm {year} của {framing.organisation}. "
            f"Số liệu tổng hợp từ các quyết định xếp loại đã ban hành đến ngày {paper_short_date(figures.as_of)}."
        ),
        signature=framing.signature,
        recipients=framing.recipients or framing.usual_recipients,
        data_as_of=figures.as_of,
        issuing_body=framing.reporting_body,
        appendices=writer.appendices(),
        marking=framing.marking,
    )


class _Writer:
    def __init__(self, figures, words, link):
        self.figures, self.words, self.link = figures, words, link
        self.book = rulebook_for(figures.year)
        self.names = {kind: {level: self.book.level_name(level, kind) for level in LEVELS} for kind in ("organisation", "member")}

    def own(self, place):
        return Words(place, PLACES[place], self.words.get(place, ""))

    def sections(self):
        yield "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", (Sentence(self._guided()), self.own("guidance"))
        yield (
            "KẾT QUẢ KIỂM ĐIỂM",
            (
                Sentence(self._reviewed()),
                *(Subheading("1. Tập thể"), self.own("collectives"), Subheading("2. Cá nhân"), self.own("persons")),
            ),
        )
        yield "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI", self._results()
        yield (
            "ĐÁNH GIÁ CHUNG",
            (Subheading("1. Ưu điểm"), self.own("strengths"), Subheading("2. Hạn chế, nguyên nhân"), self.own("shortcomings")),
        )
        yield "KIẾN NGHỊ, ĐỀ XUẤT", (self.own("proposals"),)

    def _guided(self):
        guidance = f" theo {self.figures.guidance[:1].lower()}{self.figures.guidance[1:]}" if self.figures.guidance else ""
        return f"Việc kiểm điểm, đánh giá, xếp loại năm {self.figures.year} được thực hiện theo {self.book.title}{guidance and ',' + guidance}."

    def _reviewed(self):
        sent, total = self.figures.sheets_sent, self.figures.sheets
        return f"Có {sentences.ratio(sent, total)} tổ chức đảng đã gửi kết quả kiểm điểm, đề nghị xếp loại ({percent(sent, total)})."

    def _results(self):
        place = 0
        parts = [("tổ chức cơ sở đảng", [group for group in BASES if group in self.figures.groups])]
        parts += [(GROUPS[group].lower(), [group]) for group in (SUB_COMMITTEES, CELLS) if group in self.figures.groups]
        for name, groups in parts:
            if not groups:
                continue
            place += 1
            yield Subheading(f"{place}. {name[:1].upper()}{name[1:]}")
            yield from self._said(name, _joined([self.figures.groups[group] for group in groups]), "organisation")
        yield self._organisations_table()
        yield Subheading(f"{place + 1}. Đảng viên")
        yield from self._said("đảng viên", self.figures.members, "member")
        yield Chart(self._chart(), f"Biểu 1. Kết quả xếp loại năm {self.figures.year}")
        if self.figures.shares:
            yield Subheading(f"{place + 2}. Tỷ lệ hoàn thành xuất sắc nhiệm vụ")
            yield self._share_table()

    def _said(self, name, one, kind):
        if one.rated:
            yield Sentence(
                sentences.classification(
                    self.figures.year,
                    subject=name,
                    rated=one.rated,
                    counts={level: one.counts.get(level, 0) for level in LEVELS},
                    names=self.names[kind],
                    unrated=one.exempt,
                )
            )
        if one.waiting:
            required = one.rated + one.waiting
            yield Sentence(sentences.unrated_year(self.figures.year, self.figures.as_of, decided=one.rated, total=required, subject=name))

    def _organisations_table(self):
        rows = []
        bases = [self.figures.groups[group] for group in BASES if group in self.figures.groups]
        if bases:
            rows.append(self._group_row("Tổ chức cơ sở đảng", _joined(bases), "bases", "total"))
        for group, one in self.figures.groups.items():
            rows.append(self._group_row(GROUPS[group], one, group.replace("_", "-"), "plain"))
        columns = [Column("Loại tổ chức", 21, "left"), Column("Tổng số", 7), Column("Được xếp loại", 8)]
        notes = ["%: tỷ lệ trên số được xếp loại. Chưa, không xếp loại: chưa có quyết định hoặc không thuộc diện xếp loại."]
        if any(one.exemplary for one in self.figures.groups.values()):
            count = sum(one.exemplary for one in self.figures.groups.values())
            notes.append(f"Trong số đạt mức cao nhất có {count:02d} tổ chức tiêu biểu.")
        caption = f"Bảng 1. Kết quả xếp loại tổ chức đảng năm {self.figures.year}"
        return Table(caption, (*columns, *self._level_columns("organisation", 6, 7), Column("Chưa, không XL", 12)), tuple(rows), tuple(notes))

    def _level_columns(self, kind, count_width, share_width):
        for level in LEVELS:
            yield Column("Số", count_width, group=self.names[kind][level])
            yield Column("%", share_width, group=self.names[kind][level])

    def _group_row(self, name, one, topic, kind):
        return Row((Cell(name), Cell(thousands(one.total), self.link(topic)), *self._levels(one, topic)), kind)

    def _levels(self, one, topic):
        yield Cell(thousands(one.rated))
        for level in LEVELS:
            count = one.counts.get(level, 0)
            yield Cell(thousands(count), self.link(topic, level=level) if count else None)
            yield Cell(percent(count, one.rated).rstrip("%"))
        yield Cell(thousands(one.waiting + one.exempt), self.link(topic, level=0) if one.waiting + one.exempt else None)

    def _chart(self):
        figures = self.figures
        bases = _joined([figures.groups[group] for group in BASES if group in figures.groups]) if any(g in figures.groups for g in BASES) else None
        shown = [("Tổ chức cơ sở đảng", bases, "organisation")] if bases else []
        shown += [(GROUPS[CELLS], figures.groups.get(CELLS), "organisation"), ("Đảng viên", figures.members, "member")]
        series = [
            LevelSeries(self.names[kind], (YearOfLevels(figures.year, one.counts, one.waiting + one.exempt, rated=bool(one.rated)),), heading=name)
            for name, one, kind in shown
            if one is not None
        ]
        good = figures.members.counts.get(1, 0) + figures.members.counts.get(2, 0)
        return stacked_bars(
            series,
            title=f"{percent(good, figures.members.rated)} đảng viên được xếp loại từ hoàn thành tốt nhiệm vụ trở lên.",
            desc=f"Mỗi nhóm một thanh, chia theo mức xếp loại năm {figures.year}.",
            is_broken=False,
        )

    def _share_table(self):
        rows = tuple(
            Row(
                (
                    Cell(one.name),
                    Cell(thousands(one.good_or_better)),
                    Cell(thousands(one.excellent)),
                    Cell(f"{one.rate}%"),
                    Cell(thousands(one.limit)),
                )
            )
            for one in self.figures.shares
        )
        columns = (
            Column("Nhóm", 36, "left"),
            Column("Hoàn thành tốt nhiệm vụ trở lên", 18),
            Column("Trong đó: xuất sắc", 16),
            Column("Trần", 14),
            Column("Số tối đa", 16),
        )
        notes = tuple(dict.fromkeys(f"Căn cứ: {one.citation}." for one in self.figures.shares))
        return Table("Bảng 2. Đối chiếu trần hoàn thành xuất sắc nhiệm vụ", columns, rows, notes)

    def appendices(self):
        if not self.figures.units:
            return ()
        year = self.figures.year
        return (
            Appendix(f"Danh sách tổ chức đảng và kết quả xếp loại năm {year}", self._unit_table(), landscape=False),
            Appendix(f"Kết quả xếp loại đảng viên theo đơn vị năm {year}", self._member_table()),
        )

    def _unit_table(self):
        rows = []
        for place, one in enumerate(self.figures.units, 1):
            level = f"{self._short(one.level)}{' (TB)' if one.exemplary else ''}"
            before = self._short(one.level_before, self.figures.year - 1) if one.before_known else NOTHING
            cells = (Cell(str(place)), Cell(one.name, self.link("base", level=one.organisation_id)), Cell(thousands(one.cells)))
            rows.append(
                Row((*cells, Cell(thousands(one.members.total)), Cell(level, level=one.level), Cell(before, level=one.level_before), Cell("")))
            )
        columns = (
            *(Column("TT", 6, "center"), Column("Tên tổ chức đảng", 40, "left"), Column("Số chi bộ", 8), Column("Số đảng viên", 9)),
            *(Column(f"Năm {self.figures.year}", 13, "center"), Column(f"Năm {self.figures.year - 1}", 13, "center"), Column("Ghi chú", 11, "left")),
        )
        words = "; ".join(f"{self.book.level_short(level, 'organisation')}: {sentences.small(self.names['organisation'][level])}" for level in LEVELS)
        return Table("", columns, tuple(rows), (f"{words}; TB: tiêu biểu; {NOTHING}: không có trong đợt đánh giá năm đó.",))

    def _short(self, level, year=None):
        book = rulebook_for(year) if year else self.book
        return book.level_short(level, "organisation") if level else "chưa XL"

    def _member_table(self):
        rows = [
            Row(
                (
                    Cell(str(place)),
                    Cell(one.name),
                    Cell(thousands(one.members.total)),
                    Cell(thousands(one.members.exempt)),
                    *self._member_levels(one.members),
                )
            )
            for place, one in enumerate(self.figures.units, 1)
        ]
        whole = self.figures.members
        total = (Cell("Cộng", align="left", span=2), Cell(thousands(whole.total), self.link("members")), Cell(thousands(whole.exempt)))
        rows.append(Row((*total, *self._member_levels(whole, "members")), "total"))
        columns = (
            *(Column("TT", 4, "center"), Column("Đơn vị", 25, "left"), Column("Tổng số", 6), Column("Miễn, không XL", 7), Column("Được xếp loại", 7)),
            *self._level_columns("member", 5, 6),
            Column("Chưa XL", 7),
        )
        return Table("", columns, tuple(rows), ("%: tỷ lệ trên số đảng viên được xếp loại của đơn vị.",))

    def _member_levels(self, one, topic=""):
        yield Cell(thousands(one.rated))
        for level in LEVELS:
            count = one.counts.get(level, 0)
            yield Cell(thousands(count), self.link(topic, level=level) if topic and count else None)
            yield Cell(percent(count, one.rated).rstrip("%"))
        yield Cell(thousands(one.waiting))


def _joined(parts):
    """The sum of several Rated."""
    counts = {level: sum(one.counts.get(level, 0) for one in parts) for level in LEVELS}
    kept = {level: count for level, count in counts.items() if count}
    return year_figures.Rated(kept, *(sum(getattr(one, name) for one in parts) for name in ("waiting", "exempt", "exemplary")))


def behind(figures, paper, user, topic, year, level):
    return list_behind(figures, paper.organisation, user, topic, level)


def file_name(paper):
    return f"bao-cao-xep-loai-{paper.cycle.year}"


RECIPE = Recipe(
    kind=PaperKind.YEAR_REPORT,
    about=About.CYCLE,
    code="BC",
    hint="Kết quả của năm theo từng loại tổ chức, từng đơn vị; danh sách tổ chức đảng và đảng viên theo mức.",
    figures=YearFigures,
    collect=collect,
    write=write,
    behind=behind,
    file_name=file_name,
    formats=ALL_FILES,
)
