"""Quyết định khen thưởng with its enclosed lists: number, day and signer are those of the decision that was issued in the round."""

from itertools import groupby

from evaluations.enums import Award
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
    given = "; ".join(f"{verb} {_said(items)}" for verb, items in _by_award(figures.items)) or "Không khen thưởng ai"
    yield Article(1, f"{given[:1].upper()}{given[1:]} (có danh sách kèm theo).")
    money = (
        UNKNOWN_MONEY
        if figures.total is None
        else f"Tiền thưởng kèm theo: {thousands(figures.total)} đồng, mức của từng trường hợp ghi trong danh sách."
    )
    yield Article(2, money)
    yield Words("funds", "Nguồn kinh phí", words.get("funds", ""))
    yield Article(3, f"{framing.office}, các tổ chức đảng và đảng viên có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.")


def _by_award(items):
    """(what is done in words, the items) of each award, in the order in which they come."""
    for award in dict.fromkeys(one.award for one in items):
        verb = small(award) if award == Award.PRAISE.label else f"tặng {small(award)} cho"
        yield verb, tuple(one for one in items if one.award == award)


def _said(items):
    """How many organisations and members, and for what where it is the same of all and is told by their levels."""
    parted = [(noun, [one for one in items if one.is_member == is_member]) for is_member, noun in ((False, "tổ chức đảng"), (True, "đảng viên"))]
    parts = [(f"{two_digits(len(mine))} {noun}", _common_deed(mine)) for noun, mine in parted if mine]
    if not all(deed for _, deed in parts):
        return " và ".join(text for text, _ in parts)
    return " và ".join(f"{text} {deed}" for text, deed in parts)


def _common_deed(items):
    """What all of `items` earned by their levels, inside a sentence; "" where they differ or people wrote of their merits."""
    deeds = {one.deed if one.earned and not one.merit else "" for one in items}
    return small(deeds.pop()) if len(deeds) == 1 else ""


def _lists(figures):
    """The organisations, then the members: one list for each award, by base organisation, then by name."""
    for is_member, noun, table in ((False, "Tổ chức đảng", _organisation_table), (True, "Đảng viên", _member_table)):
        for verb, items in _by_award([one for one in figures.items if one.is_member == is_member]):
            yield Appendix(f"{noun} được {verb.removesuffix(' cho')}", table(items), landscape=False, heading="DANH SÁCH")


def _organisation_table(items):
    columns = (
        *(Column("TT", 6, "center"), Column("Tên tổ chức đảng", 33, "left"), Column("Trực thuộc", 25, "left")),
        *(Column("Thành tích", 20, "left"), Column("Mức thưởng (đồng)", 16)),
    )
    return _table(items, columns, lambda one: (one.name, one.superior or one.place), lambda one: one.base if one.base != one.name else "")


def _member_table(items):
    columns = (
        *(Column("TT", 6, "center"), Column("Họ và tên", 21, "left"), Column("Chức vụ", 19, "left")),
        *(Column("Sinh hoạt tại chi bộ", 18, "left"), Column("Thành tích", 22, "left"), Column("Mức thưởng (đồng)", 14)),
    )
    return _table(items, columns, lambda one: (one.name, one.position, one.cell or one.place), lambda one: one.base)


def _table(items, columns, words, group_of):
    """The rows under their base organisations; a list of one base alone needs no heading."""
    rows, place = [], 0
    parted = [(base, list(group)) for base, group in groupby(items, key=group_of)]
    for base, group in parted:
        if base and len(parted) > 1:
            rows.append(Row((Cell(base),), "group"))
        for one in group:
            place += 1
            money = NOTHING if one.amount is None else thousands(one.amount)
            rows.append(Row((Cell(str(place)), *(Cell(text) for text in words(one)), Cell(one.deed), Cell(money))))
    amounts = [one.amount for one in items if one.has_money]
    if amounts and None not in amounts:
        rows.append(Row((Cell("Cộng", align="left", span=len(columns) - 1), Cell(thousands(sum(amounts)))), "total"))
    notes = (f"{NOTHING}: chưa rõ mức thưởng.",) if None in amounts else () if amounts else (f"{NOTHING}: không kèm tiền thưởng.",)
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
