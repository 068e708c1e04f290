"""Danh mục hồ sơ kiểm điểm: what the review file of a unit holds, with blanks to be filled in by hand; from 2025 it is Mẫu 04.

HD 43-HD/BTCTW of 31/10/2025 names the papers (báo cáo, biên bản, văn bản gợi ý, kết quả kèm phụ lục chấm điểm); what else belongs in the
file follows QĐ 366-QĐ/TW, Điều 17. Earlier years had no form of this list: it is printed without a form's name.
"""

from evaluations.enums import DossierKind
from evaluations.rulebooks.scores import plain
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, two_digits
from reports.enums import About, PaperKind
from reports.figures import dossier
from reports.figures.dossier import DossierFigures
from reports.papers.document import Cell, Column, Row, Section, Table
from reports.papers.formats import Signature
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.voices import level_cell, level_legend
from reports.papers.written import WrittenPaper

FORM_SINCE, FORM = 2025, " (Mẫu\u00a004)"
SOURCES = "Danh mục theo Mẫu 04-HD KĐ.ĐG 2025, Hướng dẫn 43-HD/BTCTW, ngày 31/10/2025 và Điều 17, Quy định 366-QĐ/TW, ngày 30/8/2025."


def collect(paper):
    """The DossierFigures of the paper's sheet."""
    return dossier.collect(paper.sheet, paper.figures_on)


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (DossierFigures): the list of papers and, in years that count points, the appendix of points."""
    return WrittenPaper(
        header=framing.header(""),
        title="DANH MỤC HỒ SƠ",
        kind_name="Danh mục hồ sơ",
        summary=f"kiểm điểm, đánh giá, xếp loại năm {figures.year} của {figures.unit}{FORM if has_form(figures.year) else ''}",
        sections=(Section("", tuple(_blocks(figures))),),
        closing=f"Danh mục có {two_digits(len(tuple(_named(figures))))} mục, theo thông tin đến ngày {paper_short_date(figures.as_of)}.",
        signature=Signature("NGƯỜI LẬP", "", ""),
        second_signature=framing.signature,
        data_as_of=figures.as_of,
        issuing_body=framing.organisation,
        marking=framing.marking,
    )


def has_form(year):
    return year >= FORM_SINCE


def _blocks(figures):
    yield _list(figures)
    if figures.frame and any(number is not None for one in figures.scores for number in one.groups):
        yield _points(figures)


def _list(figures):
    notes = ["Chỗ để trống: phần mềm chưa có thông tin, ghi tay khi sắp xếp hồ sơ."]
    if has_form(figures.year):
        notes.append(SOURCES)
    rows = tuple(
        Row((Cell(str(place)), Cell(name), Cell(one.number), Cell(paper_short_date(one.day) if one.day else ""), Cell(""), Cell(_note(figures, one))))
        for place, (name, one) in enumerate(_named(figures), 1)
    )
    columns = (
        *(Column("TT", 6, "center"), Column("Tên tài liệu", 34, "left"), Column("Số, ký hiệu", 15, "left"), Column("Ngày, tháng", 15, "center")),
        *(Column("Số trang", 8), Column("Ghi chú", 22, "left")),
    )
    return Table("", columns, rows, tuple(notes))


def _named(figures):
    """(name, Entry) in the order of the file; a kind of which nothing is on record stands with blanks."""
    form = f" ({figures.form})" if figures.form else ""
    elsewhere = "" if figures.keeps_complaints else "Do cấp quyết định lưu"
    names = {
        DossierKind.REPORT: f"{DossierKind.REPORT.label}{form}",
        DossierKind.MINUTES: DossierKind.MINUTES.label,
        "ballot": "Biên bản kiểm phiếu (nếu có)",
        DossierKind.SUGGESTION: DossierKind.SUGGESTION.label,
        DossierKind.RATING: DossierKind.RATING.label if figures.frame else "Kết quả tự đánh giá, xếp loại",
        "appraisal": "Văn bản góp ý, tổng hợp thẩm định (nếu có)",
        "decision": "Quyết định, thông báo kết quả xếp loại",
        "complaint": "Hồ sơ khiếu nại, kiến nghị (nếu có)",
        "other": "Tài liệu khác",
    }
    notes = {"complaint": elsewhere}
    for key, name in names.items():
        for one in figures.of(key) or (dossier.Entry(str(key), note=notes.get(key, "")),):
            yield name, one


def _note(figures, one):
    rated = _rated(figures) if one.key == DossierKind.RATING else ""
    received = f"Cấp trên nhận {paper_short_date(one.received_on)}" if one.received_on else ""
    return "; ".join(text for text in (rated, one.note, received) if text)


def _rated(figures):
    """The level that the unit gave itself, with its points; "" while it has given none."""
    own = next((one for one in figures.scores if not one.is_member), None)
    if own is None or not own.own:
        return ""
    points = f", {plain(own.total)} điểm" if own.total is not None else ""
    return f"{level_cell(figures.year, own.own, 'organisation').text}{points}"


def _points(figures):
    width = 42 // (len(figures.frame) + 1) if len(figures.frame) > 1 else 42
    heads = [Column(f"{_short(name)} (tối đa {maximum})", width) for name, maximum in figures.frame]
    if len(figures.frame) > 1:
        heads.append(Column(f"Tổng (tối đa {sum(maximum for _, maximum in figures.frame)})", width))
    rows = tuple(Row((Cell(str(place)), *_scored(figures, one))) for place, one in enumerate(figures.scores, 1))
    taken = 6 + sum(one.width for one in heads) + 16
    columns = (Column("TT", 6, "center"), Column("Đối tượng", 100 - taken, "left"), *heads, Column("Tự xếp loại", 16, "center"))
    return Table("Phụ lục chấm điểm", columns, rows, (f"Điểm “{NOTHING}”: chưa chấm đủ các mục. {level_legend(figures.year, 'organisation')}",))


def _short(name):
    """A group of points as the head of a column: "Nhóm tiêu chí chung" is told by "Tiêu chí chung"."""
    rest = name.removeprefix("Nhóm ")
    return rest[:1].upper() + rest[1:]


def _scored(figures, one):
    yield Cell(one.name)
    points = (*one.groups, one.total) if len(figures.frame) > 1 else (one.total,)
    yield from (Cell(NOTHING if number is None else plain(number)) for number in points)
    yield level_cell(figures.year, one.own, "member" if one.is_member else "organisation")


def file_name(paper):
    return f"danh-muc-ho-so-{paper.sheet.cycle.year}-{paper.sheet_id}"


RECIPE = Recipe(
    kind=PaperKind.DOSSIER,
    about=About.SHEET,
    code="",
    hint="Giấy tờ trong hồ sơ kiểm điểm của một đơn vị trong năm, phụ lục chấm điểm; từ năm 2025 là Mẫu 04.",
    figures=DossierFigures,
    collect=collect,
    write=write,
    file_name=file_name,
    formats=ALL_FILES,
)
