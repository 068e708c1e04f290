"""Tờ trình kết quả đánh giá, xếp loại: what the body's office puts before it, with lists of every voice, the caps, and what rules say.

It is addressed to the body that decides. An advising body issues it in its own name where it is chosen when the paper is issued; else the
paper is the committee's own, and the board of who proposed the decision is named in the text where it is on record.
"""

from itertools import groupby

from khoi_party.common.numbers import two_digits
from reports.enums import About, PaperKind
from reports.figures import rating_proposal
from reports.figures.rating_proposal import RatingProposal, fits
from reports.papers.document import Appendix, Cell, Column, Row, Section, Sentence, Subheading, Table, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.sentences import ratio
from reports.papers.voices import (
    ENCLOSED,
    LEVELS,
    Voiced,
    cap_table,
    clause_text,
    heard,
    level_cell,
    level_legend,
    level_shares,
    office_signature,
    paper_dates,
)
from reports.papers.written import WrittenPaper

PLACES = {
    "process": "Quá trình kiểm điểm, thẩm định",
    "differences": "Trường hợp còn ý kiến khác nhau",
    "request": "Đề nghị khác",
}


def collect(paper):
    """The RatingProposal of the paper's decision."""
    return rating_proposal.collect(paper.decision, paper.figures_on)


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (RatingProposal)."""
    writer = _Writer(figures, words)
    is_boards = not figures.body.endswith(framing.committee)
    issuer = framing.reporting_body if is_boards else framing.committee
    who = issuer if is_boards else figures.proposer
    return WrittenPaper(
        header=framing.header("TTr"),
        title="TỜ TRÌNH",
        kind_name="Tờ trình",
        summary=f"kết quả đánh giá, xếp loại chất lượng {writer.subjects} năm {figures.year}",
        addressees=(figures.body,),
        grounds=grounds_for(PaperKind.RATING_PROPOSAL, figures.year, framing.issued_on or figures.as_of, framing.grounds),
        opening=(
            f"{f'{who} kính' if who else 'Kính'} trình {figures.body} xem xét, quyết định kết quả đánh giá, xếp loại năm {figures.year} như sau:",
        ),
        sections=tuple(
            Section(f"{roman}- {heading}", tuple(blocks)) for roman, (heading, blocks) in zip(("I", "II", "III"), writer.sections(), strict=True)
        ),
        closing=(
            f"Đề nghị {figures.body} xem xét, quyết định công nhận kết quả đánh giá, xếp loại năm {figures.year} "
            "theo danh sách kèm theo Tờ trình này."
        ),
        signature=office_signature(framing),
        recipients=framing.recipients or ("Như trên", framing.usual_recipients[-1]),
        data_as_of=figures.as_of,
        issuing_body=issuer,
        appendices=tuple(writer.lists()),
        marking=framing.marking,
    )


class _Writer:
    def __init__(self, figures, words):
        self.figures, self.words = figures, words
        parts = (("tổ chức đảng", figures.organisations), ("đảng viên", figures.members))
        self.parts = [(noun, rows) for noun, rows in parts if rows]

    @property
    def subjects(self):
        return ", ".join(noun for noun, _ in self.parts) or "tổ chức đảng, đảng viên"

    def own(self, place):
        return Words(place, PLACES[place], self.words.get(place, ""))

    def sections(self):
        yield "QUÁ TRÌNH THẨM ĐỊNH", (Sentence(self._covered()), self.own("process"))
        yield "KẾT QUẢ ĐỀ NGHỊ XẾP LOẠI", tuple(self._results())
        yield "NHỮNG TRƯỜNG HỢP CẦN XEM XÉT, ĐỀ NGHỊ", (*self._doubts(), self.own("request"))

    def _covered(self):
        rows = " và ".join(f"{two_digits(len(rows))} {noun}" for noun, rows in self.parts) or "không có trường hợp nào"
        on = f" (trình ngày {self.figures.proposed_on:%d/%m/%Y})" if self.figures.proposed_on else ""
        return f"Tờ trình này gồm {rows} trong {two_digits(self.figures.sheets)} bảng xếp loại đã tiếp nhận{on}."

    def _results(self):
        for place, (noun, rows) in enumerate(self.parts, 1):
            yield Subheading(f"{place}. {noun[:1].upper()}{noun[1:]}")
            yield Sentence(self._proposed(noun, rows))
            yield Sentence(self._departing(noun, rows))
        if self.figures.caps:
            yield cap_table(self.figures.caps, "Bảng 1. Đối chiếu trần hoàn thành xuất sắc nhiệm vụ")
            yield Sentence("Số liệu tại Bảng 1 tính trên cả nhóm, gồm cả trường hợp đã quyết định hoặc chưa đưa vào Tờ trình này.")

    def _proposed(self, noun, rows):
        """How many of `rows` are proposed for which level, each share of those with a level."""
        kind = "member" if rows[0].is_member else "organisation"
        counts = self.figures.counts(rows[0].is_member)
        total = sum(counts[level] for level in LEVELS)
        each = level_shares(self.figures.year, kind, counts)
        chosen = sum(row.exemplary for row in rows)
        marked = f", trong đó đề nghị công nhận {two_digits(chosen)} tiêu biểu" if chosen else ""
        missing = f" Còn {two_digits(counts[None])} {noun} chưa có mức đề nghị, không tính vào tỷ lệ." if counts[None] else ""
        base = f" Tỷ lệ tính trên số {noun} được đề nghị xếp loại." if total else ""
        return f"Đề nghị xếp loại {two_digits(total)} {noun}{': ' + each if each else ''}{marked}.{base}{missing}"

    def _departing(self, noun, rows):
        asked = sum(row.before is not None for row in rows)
        other = sum(row.departs for row in rows)
        if not asked:
            return f"Các đơn vị chưa ghi mức tự xếp loại hoặc bỏ phiếu đối với {noun}."
        if not other:
            return f"Mức đề nghị trùng với mức của đơn vị ở cả {two_digits(asked)} {noun} mà đơn vị đã cho ý kiến."
        return f"Mức đề nghị khác mức của đơn vị ở {ratio(other, asked)} {noun}; lý do ghi trong danh sách kèm theo."

    def _doubts(self):
        doubtful = [row for row in self.figures.rows if row.clauses]
        if doubtful:
            number = 2 if self.figures.caps else 1
            yield Sentence(f"Có {two_digits(len(doubtful))} trường hợp mà quy định nêu điều cần cấp quyết định xem xét (Bảng {number}).")
            yield self._clause_table(doubtful, f"Bảng {number}. Quy định nêu đối với mức đề nghị")
        else:
            yield Sentence("Đối chiếu các dữ liệu đã có, chưa thấy điều quy định nào trái với mức đề nghị; chưa có dữ liệu thì chưa đối chiếu.")
        yield self.own("differences")

    def _clause_table(self, doubtful, caption):
        """Every clause against a level, and why the body keeps the level."""
        rows = []
        for one in doubtful:
            name = f"{one.name}, {one.unit}" if one.is_member else one.name
            level = level_cell(self.figures.year, one.level, "member" if one.is_member else "organisation")
            answer = paper_dates(one.answer) or "Chưa ghi"
            rows += [Row((Cell(name), level, Cell(clause_text(clause)), Cell(answer))) for clause in one.clauses]
        columns = (
            *(Column("Tên", 25, "left"), Column("Mức", 13, "center"), Column("Quy định nêu", 38, "left")),
            Column("Ý kiến của cấp quyết định", 24, "left"),
        )
        return Table(caption, columns, tuple(rows), runs_on=True)

    # -- the lists

    def lists(self):
        if self.figures.organisations:
            table = self._table(self.figures.organisations, "Tên tổ chức đảng", "organisation")
            yield Appendix("Tổ chức đảng đề nghị xếp loại", table, heading="DANH SÁCH")
        if self.figures.members:
            yield Appendix("Đảng viên đề nghị xếp loại", self._table(self.figures.members, "Họ và tên", "member"), heading="DANH SÁCH")

    def _table(self, rows, name, kind):
        voices = heard(self._voices(kind), rows)
        is_member = kind == "member"
        width = 100 - ENCLOSED * len(voices) - (4 + 18 + (14 if is_member else 0))
        columns = (
            *(Column("TT", 4, "center"), Column(name, 18 if is_member else 24, "left"), *([Column("Chức vụ", 14, "left")] if is_member else [])),
            *(one.column(ENCLOSED) for one in voices),
            Column("Lý do, nhận xét", width if is_member else width - 6, "left"),
        )
        lines, place = [], 0
        for unit, group in groupby(rows, key=lambda row: row.unit):
            if is_member:
                lines.append(Row((Cell(unit),), "group"))
            for row in group:
                place += 1
                lines.append(Row((Cell(str(place)), Cell(row.name), *([Cell(row.position)] if is_member else []), *self._said(row, voices))))
        return Table("", columns, tuple(lines), (level_legend(self.figures.year, kind),))

    def _said(self, row, voices):
        yield from (one.cell(row) for one in voices)
        told = "; ".join(f"{who}: {text}" for who, text in row.reasons)
        yield Cell(told or ("Chưa ghi lý do khác mức của đơn vị" if row.departs else ""))

    def _voices(self, kind):
        def of(name):
            return lambda row: level_cell(self.figures.year, getattr(row, name), kind)

        def board(place):
            return lambda row: level_cell(self.figures.year, row.boards[place], kind)

        return (
            Voiced("Tự xếp loại", of("own"), always=True),
            Voiced("Mức công chức, viên chức", of("agency")),
            Voiced("Chi ủy đề nghị", of("committee")),
            Voiced("Bỏ phiếu", of("vote")),
            *(Voiced(short, board(place)) for place, short in enumerate(self.figures.boards)),
            Voiced("Đề nghị", lambda row: level_cell(self.figures.year, row.level, kind, " (TB)" if row.exemplary else ""), always=True),
        )


def file_name(paper):
    return f"to-trinh-xep-loai-{paper.decision.cycle.year}-{paper.decision.pk}"


RECIPE = Recipe(
    kind=PaperKind.RATING_PROPOSAL,
    about=About.DECISION,
    code="TTr",
    hint="Trình cấp quyết định: số liệu theo mức, danh sách với ý kiến từng chủ thể, trần, điều quy định nêu; lập được từ khi đã trình lãnh đạo.",
    figures=RatingProposal,
    collect=collect,
    write=write,
    fits=fits,
    file_name=file_name,
    formats=ALL_FILES,
)
