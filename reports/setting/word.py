"""A paper as a Word file: real styles, real tables with repeated heads, the same order, words and measures as the PDF."""

import io

from django.template.loader import render_to_string
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.setting.word_parts import anchor_of, bookmarked, field_of, linked, told
from reports.setting.word_styles import NAMES, prepare_styles
from reports.setting.word_tables import table_of

PICTURE_SCALE = 3  # points to pixels: about 216 to the inch
TWIPS = 56.7  # to the millimetre


def to_word(paper):
    """`paper` (a WrittenPaper) as the bytes of a DOCX file."""
    writer = _Writer(paper)
    writer.whole()
    target = io.BytesIO()
    writer.document.save(target)
    return target.getvalue()


class _Writer:
    def __init__(self, paper):
        self.paper, self.profile, self.document = paper, paper.profile, Document()
        prepare_styles(self.document, self.profile, across=paper.landscape)
        first = self.document.sections[0]
        self.width = self._page(first, landscape=paper.landscape)
        self._frame(first)
        if paper.marking.two_sided:
            self.document.settings.element.find(qn("w:zoom")).addnext(OxmlElement("w:mirrorMargins"))
        facts = self.document.core_properties
        facts.title, facts.language, facts.author = paper.file_title[:255], "vi-VN", paper.issuing_body[:255]
        facts.comments = ""

    # -- the whole

    def whole(self):
        paper = self.paper
        self._header()
        self._line(paper.title, "title")
        self._line(paper.summary, "summary")
        self._line("-----", "title_rule")
        if paper.addressees:
            self._line(f"{self.profile.addressing}: {'; '.join(paper.addressees)}.", "addressee")
        for text in paper.ground_lines:
            self._line(text)
        if paper.deciding_body:
            self._line(paper.deciding_body.upper(), "deciding")
            self._line(f"{paper.title}:", "deciding")
        for text in paper.opening:
            self._line(text)
        for section in paper.sections:
            if section.heading:
                self._line(section.heading, "part" if section.is_part else "heading")
            for block in section.blocks:
                self._block(block)
        if paper.closing:
            self._line(paper.closing)
        self._signatures()
        for place, (name, appendix) in enumerate(paper.named_appendices, 1):
            self._appendix(name, appendix, place)

    def _block(self, block):
        if block.kind == "table":
            self._table(block)
        elif block.kind == "chart":
            self._chart(block)
        elif block.kind == "subheading":
            self._line(block.text, "subheading" if block.depth == 2 else "point")
        elif block.kind == "article":
            line = self._line(f"Điều {block.number}. ")
            line.runs[0].bold = self.profile.styles["article_number"].bold
            linked(line, self._said(block.text), block.appendix)
        elif block.kind == "words":
            for text in block.paragraphs:
                self._line(text)
            if not block.paragraphs and self.paper.marking.draft:
                self._line(f"({block.title}: chưa viết)").runs[0].italic = True
        else:
            linked(self._line(""), self._said(block.text), block.appendix)

    def _appendix(self, name, appendix, place):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.width = self._page(section, landscape=appendix.landscape)
        section.different_first_page_header_footer = False
        head = self._line(name, "appendix")
        head.add_run().add_break()
        head.add_run(self._said(appendix.title))
        bookmarked(head, anchor_of(place), place)
        self._line(self.paper.appended_to, "appended_to")
        self._line("-----", "title_rule")
        self._table(appendix.table)

    # -- parts

    def _said(self, text):
        return told(self.profile.spelled(text))

    def _line(self, text, name="body", *, place=None):
        line = (place or self.document).add_paragraph(style=NAMES[name])
        if text:
            line.add_run(self._said(text))
        return line

    def _header(self):
        paper, header = self.paper, self.paper.header
        left, right = self._columns(self.profile.head_columns)
        for text in header.superior_lines:
            self._line(text, "superior", place=left)
        for text in header.issuer_lines:
            self._line(text, "issuer", place=left)
        self._line("*", "asterisk", place=left)
        if header.kind_code:
            self._line(header.number_text, "number", place=left)
        if paper.marking.urgency:
            self._line(paper.marking.urgency.upper(), "urgency", place=left)
        self._line("ĐẢNG CỘNG SẢN VIỆT NAM", "party", place=right)
        self._line(header.date_text, "place_date", place=right)
        for text in paper.marking.lines:
            self._line(text, "mark", place=right)
        self._gap(self.profile.head_after)

    def _signatures(self):
        paper = self.paper
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True  # a signature never stands without its text
        self._gap(self.profile.foot_before)
        left, right = self._columns(self.profile.foot_columns)
        if paper.second_signature:
            self._signer(left, paper.signature)
            self._signer(right, paper.second_signature)
            return
        if paper.recipients:
            self._line("Nơi nhận:", "recipients_head", place=left)
            for text in paper.recipient_lines:
                self._line(text, "recipient", place=left)
        else:
            self._line("", "recipient", place=left)  # a cell of Word has a paragraph at least
        self._signer(right, paper.signature)

    def _signer(self, cell, signature):
        for text, name in ((signature.authority, "authority"), (signature.position, "position")):
            if text:
                self._line(text, name, place=cell)
        self._line(signature.name, "signer", place=cell)  # the style leaves the field for the signature above it

    def _columns(self, widths):
        """Two cells without borders, for the head and the foot; what the page is wider than `widths` (millimetres) stands between them."""
        left, right = widths
        table = self.document.add_table(1, 2)
        table.autofit = False
        for column, cell, width in zip(table.columns, table.rows[0].cells, (left, self.width - left), strict=True):
            column.width = cell.width = Mm(width)
            cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        _inset(table.rows[0].cells[1], self.width - left - right)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        return table.rows[0].cells

    def _gap(self, points):
        """Room between two tables, or between the text and one: what Word needs a paragraph for."""
        line = self._line("", "table")
        line.paragraph_format.line_spacing, line.paragraph_format.keep_with_next = Pt(points), True

    def _table(self, table):
        if table.caption:
            self._line(table.caption, "caption")
        self.document.element.body._insert_tbl(table_of(table, self.width, self.profile))
        for note in table.footnotes:
            self._line(note, "footnote")
        if not table.footnotes:
            self._line("", "footnote")

    def _chart(self, chart):
        line = self.document.add_paragraph(style=NAMES["chart"])
        shape = line.add_run().add_picture(io.BytesIO(picture_of(chart.picture)), width=Mm(self.width))
        facts = shape._inline.docPr
        facts.set("title", chart.caption)
        facts.set("descr", f"{chart.picture.title} {chart.picture.desc}")
        self._line(chart.caption, "chart_caption")

    # -- pages

    def _page(self, section, *, landscape):
        """Give `section` its size and margins; returns the width of its text in millimetres."""
        width, height = self.profile.page[::-1] if landscape else self.profile.page
        sides = self.profile.margins
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, sides)
        section.header_distance = section.footer_distance = Mm(self.profile.page_number_from_edge)
        return width - sides.left - sides.right

    def _frame(self, section):
        """The page's number on top from the second page, the marking at the foot of every page."""
        section.different_first_page_header_footer = self.profile.numbered_from_page > 1
        number = section.header.paragraphs[0]
        number.style = self.document.styles[NAMES["page_number"]]
        field_of(number, "PAGE")
        for foot in (section.footer, section.first_page_footer):
            foot.paragraphs[0].style = self.document.styles[NAMES["foot_mark"]]
            if self.paper.marking.text:
                foot.paragraphs[0].add_run(self.paper.marking.text)


def picture_of(picture):
    """A chart as the bytes of a PNG: set as a PDF page of its own by what sets the papers, then drawn."""
    import pypdfium2

    from reports.rendering import html_to_pdf

    page = render_to_string("reports/papers/picture.html", {"picture": picture})
    empty = "@top-center { content: none; } @bottom-center { content: none; }"
    size = f"@page {{ size: {picture.width}px {picture.height}px; margin: 0; {empty} }}"
    with pypdfium2.PdfDocument(html_to_pdf(page, title=picture.title, css=size).bytes) as document:
        target = io.BytesIO()
        document[0].render(scale=PICTURE_SCALE).to_pil().save(target, "PNG", optimize=True)
    return target.getvalue()


def _inset(cell, millimetres):
    """Keep the left `millimetres` of `cell` free."""
    margins, start = OxmlElement("w:tcMar"), OxmlElement("w:left")
    start.set(qn("w:w"), str(round(millimetres * TWIPS)))
    start.set(qn("w:type"), "dxa")
    margins.append(start)
    cell._tc.get_or_add_tcPr().append(margins)
