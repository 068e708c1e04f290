"""One number of a profile, changed, changes the PDF and the Word file alike."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from khoi_party.rules import Confidence
from reports.papers import formats, written
from reports.papers.document import Section
from reports.papers.formats import HD05, HD36, PROFILES, Marking, Sides
from reports.papers.recipes import Recipe
from reports.setting.measures import SELECTORS, measures_of
from reports.setting.pdf import to_pdf
from reports.setting.word import to_word
from reports.setting.word_styles import NAMES
from reports.tests.sample import sample_report


@pytest.fixture
def under(monkeypatch):
    """The sample under a profile that differs from HD36 by `changed`: (page of its PDF, its Word file)."""

    def made(marking=None, **changed):
        monkeypatch.setattr(written, "profile_for", lambda day: replace(HD36, **changed))
        paper = replace(sample_report(), sections=(Section("I- THỬ", ()),), appendices=(), marking=marking or Marking())
        pdf = PdfReader(io.BytesIO(to_pdf(paper, Recipe.template).bytes))
        return pdf.pages[0], Document(io.BytesIO(to_word(paper)))

    return made


def drawn(page, text, *, last=False):
    """(points from the left edge, from the top edge, size) of the first or the last that the page draws with `text` in it."""
    found = []

    def visit(words, matrix, text_matrix, font, size):
        if text in words:
            # the page's own matrix may be scaled; what counts is the product of both
            scale = abs(matrix[3])
            found.append(
                (matrix[0] * text_matrix[4] + matrix[4], float(page.mediabox.height) - (matrix[3] * text_matrix[5] + matrix[5]), size * scale)
            )

    page.extract_text(visitor_text=visit)
    return found[-1 if last else 0]


def test_a_size_of_letters(under):
    title = HD36.styles["title"]
    before, _ = under()
    after, word = under(styles={**HD36.styles, "title": replace(title, size=22)})
    assert drawn(after, "BÁO CÁO")[2] / drawn(before, "BÁO CÁO")[2] == pytest.approx(22 / 16, abs=0.02)
    assert word.styles["Title"].font.size.pt == 22


def test_a_margin(under):
    before, _ = under()
    after, word = under(margins=Sides(20, 20, 40, 15))
    moved = drawn(after, "Thực hiện Nghị quyết")[0] - drawn(before, "Thực hiện Nghị quyết")[0]
    assert moved == pytest.approx(10 * 72 / 25.4, abs=1)
    assert round(word.sections[0].left_margin.mm) == 40


def test_the_columns_of_the_head(under):
    before, _ = under()
    after, word = under(head_columns=(98, 64))
    moved = drawn(after, "*")[0] - drawn(before, "*")[0]
    assert moved == pytest.approx(10 * 72 / 25.4, abs=1)  # the middle of a column that is 20 mm wider
    assert round(word.tables[0].columns[0].width.mm) == 98


def test_the_field_for_the_signature(under):
    name = "Phượng Ước"
    before, word = under()
    assert round(word.styles["Họ tên người ký"].paragraph_format.space_before.mm) == 30
    after, word = under(signature_field=(60, 45))
    assert drawn(after, name)[1] - drawn(before, name)[1] == pytest.approx(15 * 72 / 25.4, abs=1)
    assert round(word.styles["Họ tên người ký"].paragraph_format.space_before.mm) == 45


def test_the_line_and_the_first_line_of_the_text(under):
    body = HD36.styles["body"]
    before, _ = under()
    after, word = under(styles={**HD36.styles, "body": replace(body, indent=20, line=22)})
    assert drawn(after, "Thực hiện")[0] - drawn(before, "Thực hiện")[0] == pytest.approx(10 * 72 / 25.4, abs=1)
    text = word.styles["Normal"].paragraph_format
    assert (round(text.first_line_indent.mm), text.line_spacing.pt) == (20, 22)


def test_both_sides_of_the_sheet(under):
    _, word = under(marking=Marking(two_sided=True))
    assert word.settings.element.find(qn("w:mirrorMargins")) is not None
    assert "@page :left { margin: 20mm 30mm 20mm 15mm; }" in measures_of(replace(sample_report(), marking=Marking(two_sided=True)))
    assert ":left {" not in measures_of(sample_report())


def test_the_number_of_the_page(monkeypatch):
    number = HD36.styles["page_number"]
    shown = []
    for profile in (HD36, replace(HD36, page_number_from_edge=14, styles={**HD36.styles, "page_number": replace(number, size=20)})):
        monkeypatch.setattr(written, "profile_for", lambda day, one=profile: one)
        pdf = PdfReader(io.BytesIO(to_pdf(sample_report(demo=False), Recipe.template).bytes))
        assert pdf.pages[1].extract_text().split()[-1] == "2"
        shown.append(drawn(pdf.pages[1], "2", last=True))
    assert shown[1][2] / shown[0][2] == pytest.approx(20 / 14, abs=0.02)
    word = Document(io.BytesIO(to_word(sample_report())))
    assert (round(word.sections[0].header_distance.mm), word.styles["Số trang"].font.size.pt) == (14, 20)


def test_the_spelling(under):
    page, word = under(spelling="uỷ")
    assert "ĐẢNG UỶ KHỐI" in page.extract_text()
    assert "ĐẢNG UỶ KHỐI" in word.tables[0].rows[0].cells[0].text
    assert "ỦY" not in word.tables[0].rows[0].cells[0].text


def test_every_component_is_set_in_both_files():
    set_in_pdf, set_in_word = set(SELECTORS), set(NAMES)
    by_other_means = {"page_number", "foot_mark"}  # stamped on the pages of the PDF
    not_in_word = {"letter_summary", "wide_table", "article_number"}  # no kind of letter yet; cells of wide papers and runs take it
    assert set(HD36.styles) == set_in_pdf | by_other_means
    assert set(HD36.styles) - not_in_word == set_in_word - {"chart"}


def test_the_style_sheet_repeats_no_measure():
    css = Path(finders.find("reports/paper.css")).read_text()
    papers = css[: css.index("/* Certificates")]
    assert "font-size" not in papers
    assert "line-height" not in papers
    for profile in PROFILES:
        for column in (*profile.head_columns, *profile.foot_columns):
            assert f"{column}mm" not in papers


def test_what_is_known_less_well_says_so():
    assert HD36.source_of("party").confidence == Confidence.VERIFIED
    assert HD36.source_of("party").said_by == "Phụ lục 3, Hướng dẫn 36-HD/VPTW, ngày 03/04/2018"
    assert HD36.source_of("margins").confidence == Confidence.SECONDARY
    assert HD36.source_of("recipient").confidence == Confidence.SECONDARY
    assert HD36.source_of("signature_field").confidence == Confidence.UNKNOWN
    assert HD05.source_of("party").confidence == Confidence.SECONDARY
    with pytest.raises(KeyError):
        HD36.source_of("lề")
    for profile in PROFILES:
        for name in profile.sources:
            profile.source_of(name)  # no source of a measure that there is not
    assert set(formats.SOURCES) >= {"head_columns", "foot_columns"}


def test_certificates_keep_letters_of_their_own():
    """A paragraph takes its letters from what it stands in: the measures of papers say nothing of them."""
    paragraph = next(line for line in measures_of(sample_report()).splitlines() if line.startswith("p {"))
    assert "font" not in paragraph
    assert "line-height" not in paragraph
