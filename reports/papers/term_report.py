"""Báo cáo tổng kết nhiệm kỳ. Its sections are written from figures, with places for the committee's own words.

Pure but for `collect`: the same figures, frame and words give the same paper. Every part of the outline has a place for words, whatever the
product itself knows of it; the body holds what matters, the appendices every column.
"""

from dataclasses import replace
from itertools import chain

from reports.enums import About, PaperKind
from reports.figures.rows import list_behind
from reports.figures.term import collect as collect_term
from reports.figures.values import TermFigures
from reports.papers import sentences
from reports.papers.document import Section, Sentence, Subheading, Words
from reports.papers.grounds import grounds_for
from reports.papers.recipes import ALL_FILES, Recipe, no_link
from reports.papers.term_admissions import ADMISSIONS, admission_appendix, admissions
from reports.papers.term_awards import AWARDS, awards, awards_appendix, badges
from reports.papers.term_bases import ALL_BASES, EXEMPLARY, all_bases, chosen, exemplary, exemplary_appendix
from reports.papers.term_discipline import INSPECTION, discipline, inspection_appendix, mobilisation
from reports.papers.term_level_tables import level_appendices
from reports.papers.term_levels import level_section, series_of
from reports.papers.term_registration import registration
from reports.papers.term_sectors import sector_blocks
from reports.papers.term_situation import SITUATION, situation, situation_appendix
from reports.papers.term_targets import TARGETS, target_appendix, target_section
from reports.papers.term_writer import SUBJECT_NAMES, Writer, numbered, parts, says_something
from reports.papers.written import WrittenPaper

PLACES = {
    "conditions": "Đặc điểm, thuận lợi, khó khăn",
    "guidance": "Văn bản lãnh đạo, chỉ đạo đã ban hành",
    "oversight": "Kiểm tra, đôn đốc việc thực hiện",
    "political_task": "Lãnh đạo thực hiện nhiệm vụ chính trị",
    "ideology": "Công tác chính trị, tư tưởng; học tập và làm theo Bác",
    "organisation_work": "Công tác tổ chức, cán bộ; sinh hoạt chi bộ",
    "inspection_work": "Công tác kiểm tra, giám sát, kỷ luật đảng",
    "mass_work": "Công tác dân vận, lãnh đạo các đoàn thể",
    "level_remarks": "Nhận xét kết quả đánh giá, xếp loại",
    "award_remarks": "Nhận xét công tác khen thưởng",
    "target_remarks": "Nhận xét mức độ hoàn thành chỉ tiêu",
    "strengths": "Ưu điểm",
    "shortcomings": "Hạn chế, khuyết điểm",
    "causes": "Nguyên nhân",
    "lessons": "Bài học kinh nghiệm",
    "directions": "Phương hướng, mục tiêu, chỉ tiêu, nhiệm vụ, giải pháp",
    "proposals": "Kiến nghị, đề xuất",
}


def collect(paper):
    """The TermFigures of the paper's term as they stand on its day of figures."""
    return collect_term(paper.term, paper.figures_on)


def write(figures, framing, words, link=no_link):
    """The WrittenPaper of `figures` (TermFigures) in `framing` (Framing), with `words` {place: text}.

    `link(topic, year, level)` gives the address of the list behind a figure, or None.
    """
    writer = Writer(figures, link)
    appendices = dict(_appendices(writer))
    writer = replace(writer, numbers={key: place for place, key in enumerate(appendices, 1)})
    term = figures.label.replace("-", " - ")
    now = f" (nay là {framing.organisation})" if framing.organisation != framing.organisation_then else ""
    return WrittenPaper(
        header=framing.header("BC"),
        title="BÁO CÁO",
        summary=f"tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ {term}",
        grounds=grounds_for(PaperKind.TERM_REPORT, figures.as_of.year, framing.issued_on or figures.as_of, framing.grounds),
        opening=(
            f"Thực hiện Nghị quyết Đại hội {framing.organisation_then}{now} nhiệm kỳ {term}, {framing.reporting_body} báo cáo kết quả xây "
            "dựng tổ chức cơ sở đảng, đánh giá, xếp loại và phát triển đảng viên trong nhiệm kỳ như sau:",
        ),
        sections=numbered(_sections(writer, words, term, bool(framing.draft))),
        closing=(
            f"Trên đây là báo cáo tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ {term} của {framing.organisation_then}. "
            f"Số liệu xếp loại được tổng hợp từ các quyết định đã ban hành; số liệu đảng viên từ danh sách đảng viên đến ngày {writer.day}."
        ),
        signature=framing.signature,
        recipients=framing.recipients or framing.usual_recipients,
        data_as_of=figures.as_of,
        issuing_body=framing.reporting_body,
        appendices=tuple(appendices.values()),
        marking=framing.marking,
    )


def _appendices(writer):
    """(key, Appendix) in their order; what an older paper has no figures for is left out."""
    figures = writer.figures
    if figures.situations:
        yield SITUATION, situation_appendix(writer)
    yield from level_appendices(writer)
    if figures.admissions:
        yield ADMISSIONS, admission_appendix(writer)
    if figures.typed:
        yield INSPECTION, inspection_appendix(writer)
    if figures.commended:
        yield AWARDS, awards_appendix(writer)
    if figures.targets:
        yield TARGETS, target_appendix(writer)
    if chosen(figures):
        yield EXEMPLARY, exemplary_appendix(writer)
    if figures.bases:
        yield ALL_BASES, all_bases(writer)


def _sections(writer, words, term, in_draft):
    """The outline: the parts of III are sections of their own, so that words are marked as old only where figures beside them changed."""

    def own(place):
        return Words(place, PLACES[place], words.get(place, ""))

    ahead = ("PHƯƠNG HƯỚNG, MỤC TIÊU, CHỈ TIÊU, NHIỆM VỤ, GIẢI PHÁP NHIỆM KỲ TỚI", (own("directions"),))
    asked = ("KIẾN NGHỊ, ĐỀ XUẤT", (own("proposals"),))
    has_second = in_draft or says_something(ahead[1])
    if has_second:
        yield Section(f"PHẦN THỨ NHẤT: KẾT QUẢ THỰC HIỆN NHIỆM KỲ {term}", ())
    yield Section("I- ĐẶC ĐIỂM, TÌNH HÌNH", (*situation(writer), own("conditions")))
    led = (
        ("Ban hành văn bản lãnh đạo, chỉ đạo", (own("guidance"),)),
        ("Đăng ký thi đua", registration(writer)),
        ("Kiểm tra, đôn đốc việc thực hiện", (own("oversight"),)),
    )
    yield Section("II- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", tuple(chain(*parts(led, in_draft=in_draft))))
    for place, blocks in enumerate(parts(_results(writer, own), in_draft=in_draft)):
        yield Section("" if place else "III- KẾT QUẢ THỰC HIỆN", blocks)
    judged = (
        ("Ưu điểm", (own("strengths"),)),
        ("Hạn chế, khuyết điểm", (own("shortcomings"),)),
        ("Nguyên nhân", (own("causes"),)),
        ("Bài học kinh nghiệm", (own("lessons"),)),
    )
    if assessed := parts(judged, in_draft=in_draft):
        yield Section("IV- ĐÁNH GIÁ CHUNG", tuple(chain(*assessed)))
    if has_second:
        yield Section(f"PHẦN THỨ HAI: {ahead[0]}", ahead[1])
    if in_draft or says_something(asked[1]):
        yield Section(*asked)


def _results(writer, own):
    """(heading, blocks) of the eight parts of the results."""
    yield "Lãnh đạo thực hiện nhiệm vụ chính trị", (*_political_task(writer), own("political_task"))
    yield "Công tác chính trị, tư tưởng; học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", (own("ideology"),)
    admitted = (Subheading("a) Kết nạp đảng viên", 3), *admissions(writer), Subheading("b) Huy hiệu Đảng", 3), *badges(writer))
    yield "Công tác tổ chức, cán bộ, sinh hoạt chi bộ; kết nạp đảng viên; Huy hiệu Đảng", (own("organisation_work"), *admitted)
    yield "Công tác kiểm tra, giám sát, kỷ luật đảng", (*discipline(writer), own("inspection_work"))
    yield "Công tác dân vận, lãnh đạo các đoàn thể", (*mobilisation(writer), own("mass_work"))
    levels = (*level_section(writer), *sector_blocks(writer), *_agreement(writer))
    yield "Kết quả đánh giá, xếp loại", (*levels, own("level_remarks"))
    named = exemplary(writer) if writer.figures.bases else ()
    yield "Công tác khen thưởng", (*awards(writer), *named, own("award_remarks"))
    yield "Mức độ hoàn thành các chỉ tiêu nghị quyết", (*target_section(writer), own("target_remarks"))


def _political_task(writer):
    """The last year of which anything is known."""
    known = [share for share in writer.figures.tasks if share.base]
    if known:
        last = known[-1]
        text = sentences.political_task(last.year, done=last.part, known=last.base - last.missing, total=last.base)
        yield Sentence(text, writer.link("task", last.year))


def _agreement(writer):
    """Where the reports of single years say otherwise; nothing where they agree."""
    if not writer.figures.differences:
        return
    yield Subheading("Đối chiếu với báo cáo các năm", 3)
    for one in writer.figures.differences:
        kind = "member" if one.subject == "members" else "organisation"
        name = SUBJECT_NAMES[one.subject]
        level = sentences.small(series_of(one.year, kind).names[one.level]) if one.level else "được xếp loại"
        said = {"in_term": one.in_term, "in_year": one.in_year, "report": one.report, "reasons": one.reasons}
        yield Sentence(sentences.agreement(one.year, what=f"{name} {level}", **said))


def behind(figures, paper, user, topic, year, level):
    """The list behind a figure, as `reports.figures.rows` reads it now."""
    return list_behind(figures, paper.organisation, user, topic, year, level)


def file_name(paper):
    return f"bao-cao-nhiem-ky-{paper.term.label}"


RECIPE = Recipe(
    kind=PaperKind.TERM_REPORT,
    about=About.TERM,
    code="BC",
    hint="Tổ chức đảng, đảng viên, xếp loại, kết nạp và chỉ tiêu qua các năm của nhiệm kỳ.",
    figures=TermFigures,
    collect=collect,
    write=write,
    behind=behind,
    file_name=file_name,
    formats=ALL_FILES,
)
