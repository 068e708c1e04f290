"""Quyết định khen thưởng with its enclosed lists: number, day and signer are those of the decision that was issued in the round."""

from itertools import groupby

from khoi_party.common.numbers import NOTHING, thousands, two_digits
from reports.enums import About, PaperKind
from reports.figures import awards
from reports.figures.awards import Awards
from reports.papers.document import Appendix, Article, Cell, Column, Row, Section, Table, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, framed_by_document, no_link
from reports.papers.sentences import small
from reports.papers.written import WrittenPaper

UNKNOWN_MONEY = "Tiền thưởng kèm theo thực hiện theo quy định hiện hành."


def collect(paper):
    """The Awards of the paper's round."""
    return awards.collect(paper.round, paper.figures_on)


def framed(paper):
    """The number, day and signer of the round's decision, once it is issued by one of our own bodies."""
    return framed_by_document(paper.round.document)


def fits(round_):
    """Only where one of our own bodies decides: the province's decision comes from the province."""
    return round_.awarding_body_id == round_.body_id


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (Awards)."""
    return WrittenPaper(
        header=framing.header("QĐ"),
        title="QUYẾT ĐỊNH",
        kind_name="Quyết định",
        summary=small(figures.title),
        grounds=_grounds(figures, framing),
        deciding_body=framing.reporting_body,
        sections=(Section("", tuple(_articles(figures, framing, words))),),
        signature=framing.signature,
        recipients=framing.recipients or ("Như Điều 3", framing.usual_recipients[0], f"Lưu {framing.committee}"),
        data_as_of=figures.as_of,
        issuing_body=framing.reporting_body,
        appendices=tuple(_lists(figures)),
        marking=framing.marking,
    )


def _grounds(figures, framing):
    typed = list(framing.grounds)
    if figures.meeting_on:
        typed.append(f"Căn cứ kết quả họp xét khen thưởng ngày {figures.meeting_on:%d/%m/%Y}")
    if figures.submission:
        typed.append(f"Xét {small(figures.submission)}")
    return grounds_for(PaperKind.COMMENDATION_DECISION, figures.year, framing.issued_on or figures.as_of, typed)


def _articles(figures, framing, words):
    parts = []
    if figures.organisations:
        parts.append(f"{two_digits(len(figures.organisations))} tổ chức đảng")
    if figures.members:
        parts.append(f"{two_digits(len(figures.members))} đảng viên")
    given = " và ".join(dict.fromkeys(small(one.award) for one in figures.items)) or "khen thưởng"
    yield Article(1, f"Tặng {given} cho {' và '.join(parts) or 'không ai'} (có danh sách kèm theo).")
    money = (
        UNKNOWN_MONEY
        if figures.total is None
        else f"Tiền thưởng kèm theo: {thousands(figures.total)} đồng, mức của từng trường hợp ghi trong danh sách."
    )
    yield Article(2, money)
    yield Words("funds", "Nguồn kinh phí", words.get("funds", ""))
    yield Article(3, f"{framing.office}, các tổ chức đảng và đảng viên có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.")


def _lists(figures):
    if figures.organisations:
        yield Appendix("Tổ chức đảng được khen thưởng", _table(figures.organisations, "Tên tổ chức đảng"), landscape=False, heading="DANH SÁCH")
    if figures.members:
        yield Appendix("Đảng viên được khen thưởng", _table(figures.members, "Họ và tên"), landscape=False, heading="DANH SÁCH")


def _table(items, name):
    rows, place = [], 0
    for where, group in groupby(items, key=lambda one: one.place):
        if where:
            rows.append(Row((Cell(where),), "group"))
        for one in group:
            place += 1
            money = NOTHING if one.amount is None else thousands(one.amount)
            rows.append(Row((Cell(str(place)), Cell(one.name), Cell(one.award), Cell(one.deed), Cell(money))))
    total = [one.amount for one in items]
    if None not in total:
        rows.append(Row((Cell("Cộng", align="left", span=4), Cell(thousands(sum(total)))), "total"))
    columns = (
        *(Column("TT", 7, "center"), Column(name, 34, "left"), Column("Hình thức", 14, "left")),
        *(Column("Thành tích", 29, "left"), Column("Mức thưởng (đồng)", 16)),
    )
    notes = (f"{NOTHING}: chưa rõ mức thưởng.",) if None in total else ()
    return Table("", columns, tuple(rows), notes)


def file_name(paper):
    return f"quyet-dinh-khen-thuong-{paper.round.year}-{paper.round.pk}"


RECIPE = Recipe(
    kind=PaperKind.COMMENDATION_DECISION,
    about=About.ROUND,
    code="QĐ",
    hint="Quyết định của đợt khen thưởng, kèm danh sách tổ chức đảng, đảng viên và mức thưởng.",
    figures=Awards,
    collect=collect,
    write=write,
    fits=fits,
    framed=framed,
    file_name=file_name,
    formats=ALL_FILES,
)
