"""Báo cáo kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên của một năm, with places for the committee's own words.

Tables B1 to B6: those that are wide or long as appendices (organisations by kind, members by unit, the units), and on request the register
of all members.
"""

from django import forms

from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import percent, two_digits
from reports.enums import About, PaperKind
from reports.figures import year as year_figures
from reports.figures.year_rows import list_behind
from reports.figures.year_values import YearFigures
from reports.papers import sentences
from reports.papers.document import Appendix, Section, Sentence, Subheading, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.written import WrittenPaper
from reports.papers.year_persons import register_appendix
from reports.papers.year_results import result_blocks
from reports.papers.year_tables import Year, member_table, organisation_table, unit_table

ROMAN = ("I", "II", "III", "IV", "V")
PLACES = {
    "guidance": "Công tác lãnh đạo, chỉ đạo",
    "collectives": "Kết quả kiểm điểm tập thể",
    "persons": "Kết quả kiểm điểm cá nhân",
    "strengths": "Ưu điểm",
    "shortcomings": "Hạn chế, nguyên nhân",
    "proposals": "Kiến nghị, đề xuất",
}


class YearReportOptions(forms.Form):
    """What the report encloses besides its tables."""

    register = forms.BooleanField(
        label="Kèm danh sách đảng viên và mức xếp loại",
        required=False,
        help_text="Từng đảng viên theo đơn vị: năm trước, tự xếp loại, chi bộ biểu quyết, kết quả. Đảng bộ lớn sẽ có hàng trăm trang.",
    )


def collect(paper):
    """The YearFigures of the paper's organisation and cycle, with the register where it was asked for."""
    return year_figures.collect(paper.organisation, paper.cycle, paper.figures_on, with_register=bool(paper.options.get("register")))


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (YearFigures); `link(topic, year, level)` gives the address of a list of reports.figures.year_rows, or None."""
    year = Year(figures, link, framing.authority.endswith("BAN THƯỜNG VỤ"))
    whole = f"kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên năm {figures.year}"
    return WrittenPaper(
        header=framing.header("BC"),
        title="BÁO CÁO",
        summary=whole,
        grounds=grounds_for(PaperKind.YEAR_REPORT, figures.year, framing.issued_on or figures.as_of, framing.grounds),
        opening=(f"{framing.reporting_body} báo cáo {whole} như sau:",),
        sections=tuple(Section(f"{roman}- {heading}", tuple(blocks)) for roman, (heading, blocks) in zip(ROMAN, _sections(year, words), strict=True)),
        closing=(
            f"Trên đây là báo cáo kết quả kiểm điểm, đánh giá, xếp loại năm {figures.year} của {framing.organisation}. "
            f"Số liệu tổng hợp từ các quyết định xếp loại đã ban hành đến ngày {paper_short_date(figures.as_of)}."
        ),
        signature=framing.signature,
        recipients=framing.recipients or framing.usual_recipients,
        data_as_of=figures.as_of,
        issuing_body=framing.reporting_body,
        appendices=tuple(_appendices(year)),
        marking=framing.marking,
    )


def _sections(year, words):
    def own(place):
        return Words(place, PLACES[place], words.get(place, ""))

    yield "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", (*_guidance(year), own("guidance"))
    yield (
        "KẾT QUẢ KIỂM ĐIỂM",
        (
            *_reviewed(year),
            *(Subheading("1. Tập thể"), *_collectives(year), own("collectives")),
            *(Subheading("2. Cá nhân"), *_persons(year), own("persons")),
        ),
    )
    yield "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI", result_blocks(year)
    yield (
        "ĐÁNH GIÁ CHUNG",
        (Subheading("1. Ưu điểm"), own("strengths"), Subheading("2. Hạn chế, nguyên nhân"), own("shortcomings")),
    )
    yield "KIẾN NGHỊ, ĐỀ XUẤT", (own("proposals"),)


def _guidance(year):
    figures, work = year.figures, year.figures.work
    guidance = f", theo {sentences.small(figures.guidance)}" if figures.guidance else ""
    yield Sentence(f"Việc kiểm điểm, đánh giá, xếp loại năm {figures.year} được thực hiện theo {year.book.title}{guidance}.")
    if work is None:
        return
    if work.stages:
        yield Sentence(sentences.schedule((one.name, one.starts_on, one.due_on) for one in work.stages))
    if work.suggested:
        text = (
            f"Có {two_digits(work.suggested)} tổ chức đảng được gợi ý kiểm điểm; {two_digits(work.answered)} tổ chức đảng đã giải trình theo gợi ý."
        )
        yield Sentence(text, year.link("plans-suggested"))
    if work.attended:
        yield Sentence(f"Cấp trên phân công người dự hội nghị kiểm điểm của {two_digits(work.attended)} tổ chức đảng.")


def _reviewed(year):
    sent, total = year.figures.sheets_sent, year.figures.sheets
    text = f"Có {sentences.ratio(sent, total)} tổ chức đảng đã gửi kết quả kiểm điểm, đề nghị xếp loại ({percent(sent, total)})."
    yield Sentence(text, year.link("sheets-sent"))


def _collectives(year):
    work, total = year.figures.work, year.figures.sheets
    if work is None:
        return
    if work.held:
        text = f"Có {sentences.ratio(work.held, total)} tổ chức đảng đã họp kiểm điểm ({percent(work.held, total)})"
        rest = total - work.held
        yield Sentence(text + (f"; {two_digits(rest)} tổ chức đảng chưa có thông tin về ngày họp." if rest else "."), year.link("plans-held"))
    else:
        yield Sentence("Chưa có thông tin về ngày họp kiểm điểm của các tổ chức đảng.")
    if work.reports:
        yield Sentence(f"Có {two_digits(work.reports)} tổ chức đảng đã gửi báo cáo kiểm điểm của tập thể.", year.link("reports"))


def _persons(year):
    members, review_only = year.figures.members, year.figures.review_only
    if review_only is None or not members.total:
        return
    parts = [f"{two_digits(members.rated + members.waiting)} phải kiểm điểm, {year.book.noun}"]
    parts += [f"{two_digits(review_only)} chỉ kiểm điểm, không {year.book.noun}"] if review_only else []
    parts += [f"{two_digits(members.exempt - review_only)} được miễn"] if members.exempt > review_only else []
    parts += [f"{two_digits(members.not_yet)} chưa rõ diện"] if members.not_yet else []
    yield Sentence(f"Trong {two_digits(members.total)} đảng viên của đảng bộ có {'; '.join(parts)}.", year.link("members"))


def _appendices(year):
    if year.figures.groups:
        yield Appendix(f"Kết quả đánh giá, xếp loại tổ chức đảng năm {year.figures.year}", organisation_table(year))
    if year.figures.units:
        yield Appendix(f"Kết quả đánh giá, xếp loại đảng viên theo đơn vị năm {year.figures.year}", member_table(year))
        yield Appendix(f"Danh sách tổ chức đảng và kết quả xếp loại năm {year.figures.year}", unit_table(year), landscape=False)
    if year.figures.register is not None:
        yield register_appendix(year)


def behind(figures, paper, user, topic, year, level):
    return list_behind(figures, paper.organisation, user, topic, level)


def file_name(paper):
    return f"bao-cao-xep-loai-{paper.cycle.year}"


RECIPE = Recipe(
    kind=PaperKind.YEAR_REPORT,
    about=About.CYCLE,
    code="BC",
    hint="Kết quả của năm theo từng loại tổ chức, từng đơn vị; tập thể, cá nhân cán bộ; có thể kèm danh sách từng đảng viên.",
    figures=YearFigures,
    collect=collect,
    write=write,
    behind=behind,
    file_name=file_name,
    options_form=YearReportOptions,
    formats=ALL_FILES,
)
