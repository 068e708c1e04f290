"""Papers about a decision on levels: the decision itself with its lists, the notice of the results, and a revision (Mẫu 03)."""

from itertools import groupby

from evaluations.enums import RevisionKind
from evaluations.rulebooks import rulebook_for
from khoi_party.common.numbers import two_digits
from reports.enums import About, PaperKind
from reports.figures import decisions
from reports.figures.decisions import DecisionFigures, is_readable
from reports.papers.document import Appendix, Article, Cell, Column, Row, Section, Sentence, Table, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, framed_by_document, no_link
from reports.papers.sentences import small
from reports.papers.written import WrittenPaper

LEVELS = (1, 2, 3, 4)


def collect(paper):
    """The DecisionFigures of the paper's decision."""
    return decisions.collect(paper.decision, paper.figures_on)


def framed(paper):
    """The number, day and signer of the decision, once it is issued."""
    return framed_by_document(paper.decision.document)


def fits_first(decision):
    return is_readable(decision) and not decision.revision


def fits_issued(decision):
    return decision.document_id is not None and not decision.revision


def fits_revision(decision):
    return is_readable(decision) and bool(decision.revision)


def write_decision(figures, framing, words, link=no_link):
    """The decision that recognises the results: three articles, the lists enclosed."""
    return _paper(
        figures,
        framing,
        PaperKind.RATING_DECISION,
        summary=f"công nhận kết quả đánh giá, xếp loại chất lượng năm {figures.year}",
        sections=(Section("", tuple(_articles(figures, framing))),),
        appendices=_lists(figures),
    )


def _articles(figures, framing):
    yield Article(1, f"Công nhận kết quả đánh giá, xếp loại năm {figures.year} đối với {_said(figures)} (có danh sách kèm theo).")
    yield Article(2, "Các tổ chức đảng thông báo kết quả đến từng đảng viên, lưu hồ sơ và phát huy kết quả, khắc phục hạn chế đã nêu.")
    yield Article(3, f"{framing.office}, các tổ chức đảng và đảng viên có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.")


def _said(figures):
    """How many organisations and members have which level."""
    parts = (_counted(figures, is_member, noun) for is_member, noun in ((False, "tổ chức đảng"), (True, "đảng viên")))
    return "; ".join(filter(None, parts)) or "không có ai"


def _counted(figures, is_member, noun):
    """ "12 đảng viên: 02 hoàn thành xuất sắc nhiệm vụ, 10 hoàn thành tốt nhiệm vụ"; "" where there is nobody."""
    counts = figures.counts(is_member)
    if not counts:
        return ""
    book, kind = rulebook_for(figures.year), "member" if is_member else "organisation"
    each = ", ".join(f"{two_digits(counts[level])} {small(book.level_name(level, kind))}" for level in LEVELS if counts[level])
    exemplary = sum(row.exemplary for row in figures.rows if row.is_member == is_member)
    return f"{two_digits(sum(counts.values()))} {noun}: {each}" + (f" (trong đó {two_digits(exemplary)} tiêu biểu)" if exemplary else "")


def write_notice(figures, framing, words, link=no_link):
    """The notice of the results to the units: what the decision said, the lists again, and what the committee adds."""
    decision = f"Quyết định {figures.document}" if figures.document else "quyết định xếp loại"
    blocks = (
        Sentence(f"Theo {decision} của {framing.reporting_body}, kết quả đánh giá, xếp loại năm {figures.year} như sau: {_said(figures)}."),
        Words("request", "Yêu cầu đối với các đơn vị", words.get("request", "")),
    )
    return _paper(
        figures,
        framing,
        PaperKind.RATING_NOTICE,
        summary=f"kết quả đánh giá, xếp loại chất lượng năm {figures.year}",
        sections=(Section("", blocks),),
        appendices=_lists(figures),
    )


def write_revision(figures, framing, words, link=no_link):
    """Mẫu 03: results that were announced are adjusted, or cancelled and given again; the old level and its decision stay to be seen."""
    verb = "Điều chỉnh" if figures.revision == RevisionKind.ADJUST else "Hủy bỏ và xếp loại lại"
    articles = (
        Article(1, f"{verb} kết quả xếp loại năm {figures.year} đối với {two_digits(len(figures.rows))} trường hợp (có danh sách kèm theo)."),
        Article(2, "Kết quả đã công nhận trước đây của các trường hợp này được thay bằng kết quả nêu tại Điều 1."),
        Article(3, f"{framing.office}, các tổ chức đảng và đảng viên có tên trong danh sách chịu trách nhiệm thi hành Quyết định này."),
    )
    return _paper(
        figures,
        framing,
        PaperKind.RATING_REVISION,
        summary=f"{verb.lower()} kết quả đánh giá, xếp loại chất lượng năm {figures.year}",
        sections=(Section("", articles),),
        appendices=(Appendix("Kết quả được xếp loại lại", _revised_table(figures), heading="DANH SÁCH"),),
    )


def _paper(figures, framing, kind, *, summary, sections, appendices):
    decides, typed = kind != PaperKind.RATING_NOTICE, framing.grounds
    title = "QUYẾT ĐỊNH" if decides else "THÔNG BÁO"
    if figures.meeting_on and decides:
        vote = f", {figures.votes_for}/{figures.members_total} đồng ý" if figures.votes_for is not None else ""
        typed = (*typed, f"Căn cứ kết quả biểu quyết tại hội nghị ngày {figures.meeting_on:%d/%m/%Y}{vote}")
    return WrittenPaper(
        header=framing.header("QĐ" if decides else "TB"),
        title=title,
        kind_name=title.capitalize(),
        summary=summary,
        grounds=grounds_for(kind, figures.year, framing.issued_on or figures.as_of, typed),
        deciding_body=framing.reporting_body if decides else "",
        sections=sections,
        signature=framing.signature,
        recipients=framing.recipients or framing.usual_recipients,
        data_as_of=figures.as_of,
        issuing_body=framing.reporting_body,
        appendices=tuple(appendices),
        marking=framing.marking,
    )


def _lists(figures):
    if figures.organisations:
        yield Appendix("Kết quả xếp loại tổ chức đảng", _organisation_table(figures), landscape=False, heading="DANH SÁCH")
    if figures.members:
        yield Appendix("Kết quả xếp loại đảng viên", _member_table(figures), landscape=False, heading="DANH SÁCH")


def _level(figures, row, level=None):
    kind = "member" if row.is_member else "organisation"
    name = rulebook_for(figures.year).level_name(level or row.level, kind)
    return Cell(f"{name} (tiêu biểu)" if row.exemplary and level is None else name, level=level or row.level)


def _organisation_table(figures):
    rows = tuple(Row((Cell(str(place)), Cell(row.name), _level(figures, row), Cell(""))) for place, row in enumerate(figures.organisations, 1))
    columns = (Column("TT", 7, "center"), Column("Tên tổ chức đảng", 46, "left"), Column("Mức xếp loại", 33, "left"), Column("Ghi chú", 14, "left"))
    return Table("", columns, rows)


def _member_table(figures):
    rows, place = [], 0
    for unit, group in groupby(figures.members, key=lambda row: row.unit):
        rows.append(Row((Cell(unit),), "group"))
        for row in group:
            place += 1
            rows.append(Row((Cell(str(place)), Cell(row.name), Cell(row.position), _level(figures, row))))
    columns = (Column("TT", 7, "center"), Column("Họ và tên", 31, "left"), Column("Chức vụ", 29, "left"), Column("Mức xếp loại", 33, "left"))
    return Table("", columns, tuple(rows))


def _revised_table(figures):
    rows = tuple(
        Row(
            (
                Cell(str(place)),
                Cell(row.name),
                Cell(row.unit),
                _level(figures, row, row.before) if row.before else Cell("–"),
                Cell(row.before_document),
                _level(figures, row),
                Cell(row.reason),
            )
        )
        for place, row in enumerate(figures.rows, 1)
    )
    columns = (
        *(Column("TT", 5, "center"), Column("Tên", 18, "left"), Column("Đơn vị", 18, "left"), Column("Mức cũ", 14, "left")),
        *(Column("Quyết định cũ", 11, "left"), Column("Mức mới", 14, "left"), Column("Lý do", 20, "left")),
    )
    return Table("", columns, rows)


def _file_name(prefix):
    return lambda paper: f"{prefix}-{paper.decision.cycle.year}-{paper.decision.pk}"


COMMON = {"about": About.DECISION, "figures": DecisionFigures, "collect": collect, "formats": ALL_FILES}
RECIPES = (
    Recipe(
        kind=PaperKind.RATING_DECISION,
        code="QĐ",
        hint="Quyết định công nhận kết quả, kèm danh sách tổ chức đảng, đảng viên theo mức; in được từ khi đã trình lãnh đạo.",
        write=write_decision,
        fits=fits_first,
        framed=framed,
        file_name=_file_name("quyet-dinh-xep-loai"),
        **COMMON,
    ),
    Recipe(
        kind=PaperKind.RATING_NOTICE,
        code="TB",
        hint="Thông báo kết quả đã ban hành đến các đơn vị.",
        write=write_notice,
        fits=fits_issued,
        file_name=_file_name("thong-bao-xep-loai"),
        **COMMON,
    ),
    Recipe(
        kind=PaperKind.RATING_REVISION,
        code="QĐ",
        hint="Quyết định điều chỉnh hoặc hủy kết quả đã công bố, ghi cả mức cũ và quyết định cũ.",
        write=write_revision,
        fits=fits_revision,
        framed=framed,
        file_name=_file_name("xep-loai-lai"),
        **COMMON,
    ),
)
