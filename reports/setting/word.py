"""A paper as a Word file: real styles, real tables with repeated heads, the same order and words as the PDF."""

import io

from django.template.loader import render_to_string
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FACE = "Times New Roman"
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
SIDES = (20, 20, 30, 15)  # top, bottom, left, right, millimetres
PICTURE_SCALE = 3  # points to pixels: about 216 to the inch


def to_word(paper):
    """`paper` (a WrittenPaper) as the bytes of a DOCX file."""
    writer = _Writer(paper)
    writer.whole()
    target = io.BytesIO()
    writer.document.save(target)
    return target.getvalue()


class _Writer:
    def __init__(self, paper):
        self.paper, self.document = paper, Document()
        size = LANDSCAPE if paper.landscape else PORTRAIT
        self.width = size[0] - SIDES[2] - SIDES[3]
        self._styles()
        self._page(self.document.sections[0], size)
        self._frame(self.document.sections[0])
        told = self.document.core_properties
        told.title, told.language, told.author = paper.file_title[:255], "vi-VN", paper.issuing_body[:255]

    # -- the whole

    def whole(self):
        paper = self.paper
        self._header()
        self._line(paper.title, "Title")
        self._line(paper.summary, "Subtitle")
        self._line("-----", "Centred")
        if paper.addressees:
            self._line(f"{paper.profile.addressing}: {'; '.join(paper.addressees)}.", "Centred")
        for text in paper.ground_lines:
            self._line(text)
        if paper.deciding_body:
            self._line(paper.deciding_body.upper(), "Centred", bold=True)
            self._line(f"{paper.title}:", "Centred", bold=True)
        for text in paper.opening:
            self._line(text)
        for section in paper.sections:
            if section.heading:
                self._line(section.heading, "Heading 1")
            for block in section.blocks:
                self._block(block)
        if paper.closing:
            self._line(paper.closing).paragraph_format.keep_with_next = True
        self._signatures()
        for place, appendix in enumerate(paper.appendices, 1):
            self._appendix(appendix, place)

    def _block(self, block):
        if block.kind == "table":
            self._table(block)
        elif block.kind == "chart":
            self._chart(block)
        elif block.kind == "subheading":
            self._line(block.text, "Heading 2" if block.depth == 2 else "Heading 3")
        elif block.kind == "article":
            line = self._line("")
            line.add_run(f"Điều {block.number}. ").bold = True
            line.add_run(block.text)
        elif block.kind == "words":
            for text in block.paragraphs:
                self._line(text)
            if not block.paragraphs and self.paper.marking.draft:
                self._line(f"({block.title}: chưa viết)").runs[0].italic = True
        else:
            self._line(block.text)

    def _appendix(self, appendix, place):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        size = LANDSCAPE if appendix.landscape else PORTRAIT
        self._page(section, size)
        section.different_first_page_header_footer = False
        self.width = size[0] - SIDES[2] - SIDES[3]
        number = f" {place}" if appendix.is_numbered and self.paper.numbers_appendices else ""
        line = self._line(f"{appendix.heading}{number}", "Heading 1")
        line.alignment, line.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, 0
        self._line(appendix.title, "Subtitle")
        self._line(self.paper.appended_to, "Centred").runs[0].italic = True
        self._line("-----", "Centred")
        self._table(appendix.table)

    # -- parts

    def _line(self, text, style="Normal", *, bold=None, place=None):
        line = (place or self.document).add_paragraph(style=style)
        if text:
            line.add_run(text).bold = bold
        return line

    def _header(self):
        paper, header = self.paper, self.paper.header
        left, right = self._columns()
        lines = [(header.superior, None), *((one, True) for one in header.issuer_lines), ("*", None)]
        if header.kind_code:
            lines.append((header.number_text, None))
        for text, bold in lines:
            self._small(left, text, bold=bold)
        title = self._small(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True)
        title.runs[0].font.size, title.runs[0].font.underline = Pt(15), True
        self._small(right, header.date_text).runs[0].italic = True
        for text in paper.marking.lines:
            self._small(right, text).runs[0].italic = True
        self._line("")

    def _signatures(self):
        paper = self.paper
        left, right = self._columns()
        if paper.second_signature:
            self._signer(left, paper.signature)
            self._signer(right, paper.second_signature)
            return
        if paper.recipients:
            head = self._small(left, "Nơi nhận:")
            head.runs[0].underline, head.alignment = True, WD_ALIGN_PARAGRAPH.LEFT
            for text in paper.recipient_lines:
                line = self._small(left, text)
                line.runs[0].font.size, line.alignment = Pt(paper.profile.recipient_size), WD_ALIGN_PARAGRAPH.LEFT
        self._signer(right, paper.signature)

    def _signer(self, cell, signature):
        self._small(cell, signature.authority, bold=True)
        if signature.position:
            self._small(cell, signature.position)
        for _ in range(4):
            self._small(cell, "")
        self._small(cell, signature.name, bold=True)

    def _columns(self):
        """Two cells without borders, for the head and the foot."""
        table = self.document.add_table(1, 2)
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for cell, width in zip(table.rows[0].cells, (78, 87), strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        _unbroken(table.rows[0])
        return table.rows[0].cells

    def _small(self, cell, text, *, bold=None):
        return self._line(text, "Centred", bold=bold, place=cell)

    def _table(self, table):
        if table.caption:
            self._line(table.caption, "Caption")
        grid = self.document.add_table(len(table.head), len(table.columns), style="Table Grid")
        grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        _margins(grid)
        widths = [Mm(self.width * column.width / 100) for column in table.columns]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        self._table_head(grid, table, widths)
        for row, cells in table.body:
            self._table_row(grid, row, cells, widths)
        for note in table.footnotes:
            self._line(note, "Footnote")
        if not table.footnotes:
            self._line("", "Footnote")

    def _table_head(self, grid, table, widths):
        taken = set()
        for line, cells in enumerate(table.head):
            _repeated(grid.rows[line])
            place = 0
            for cell in cells:
                while (line, place) in taken:
                    place += 1
                down = line + (cell.rows if len(table.head) > 1 else 1) - 1
                box = grid.cell(line, place)
                if (down, cell.columns) != (line, 1):
                    box = box.merge(grid.cell(down, place + cell.columns - 1))
                taken |= {(row, column) for row in range(line, down + 1) for column in range(place, place + cell.columns)}
                _fill(box, cell.title, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
                place += cell.columns
            for place, width in enumerate(widths):
                grid.cell(line, place).width = width

    def _table_row(self, grid, row, cells, widths):
        added = grid.add_row()
        _unbroken(added)
        boxes, place = added.cells, 0
        for box, width in zip(boxes, widths, strict=True):
            box.width = width
        for cell, align in cells:
            box = boxes[place] if cell.span == 1 else boxes[place].merge(boxes[place + cell.span - 1])
            _fill(box, cell.text, ALIGN[align], bold=row.kind in ("total", "group") or None, italic=row.kind == "break" or None)
            place += cell.span

    def _chart(self, chart):
        line = self._line("", "Centred")
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(io.BytesIO(picture_of(chart.picture)), width=Mm(self.width))
        told = shape._inline.docPr
        told.set("title", chart.caption)
        told.set("descr", f"{chart.picture.title} {chart.picture.desc}")
        self._line(chart.caption, "Caption")

    # -- looks

    def _styles(self):
        styles, profile = self.document.styles, self.paper.profile
        normal = styles["Normal"]
        _face(normal, profile.body_size)
        text = normal.paragraph_format
        text.space_after, text.first_line_indent, text.alignment = Pt(6), Mm(10), WD_ALIGN_PARAGRAPH.JUSTIFY
        text.line_spacing_rule, text.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(19)
        styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).append(_language())
        for name, size, bold, italic in (
            ("Heading 1", profile.body_size, True, False),
            ("Heading 2", 14, True, False),
            ("Heading 3", 14, False, True),
        ):
            _face(styles[name], size, bold=bold, italic=italic)
            styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(10), Pt(6)
        for name, size, bold in (("Title", profile.title_size, True), ("Subtitle", profile.body_size, True), ("Caption", 13, True)):
            _face(styles[name], size, bold=bold)
            _centred(styles[name])
            borders = styles[name].element.find(qn("w:pPr")).find(qn("w:pBdr"))
            if borders is not None:
                borders.getparent().remove(borders)
        for name, size in (("Centred", 14), ("Cell", 10 if self.paper.landscape else 12), ("Footnote", 11)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            _face(style, size, italic=name == "Footnote")
            _centred(style)
        styles["Footnote"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _page(self, section, size):
        section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
        section.orientation = WD_ORIENT.LANDSCAPE if size == LANDSCAPE else WD_ORIENT.PORTRAIT
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, SIDES)
        section.header_distance = Mm(10)

    def _frame(self, section):
        """The page's number on top from the second page, the marking at the foot of every page."""
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.style = self.document.styles["Centred"]
        _field(number, "PAGE")
        for foot in (section.footer, section.first_page_footer):
            foot.paragraphs[0].style = self.document.styles["Centred"]
            if self.paper.marking.text:
                foot.paragraphs[0].add_run(self.paper.marking.text).italic = True


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


def _face(style, size, *, bold=None, italic=None):
    style.font.name, style.font.size, style.font.bold, style.font.italic = FACE, Pt(size), bold, italic
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FACE)
    colour = style.element.rPr.find(qn("w:color"))
    if colour is not None:
        style.element.rPr.remove(colour)


def _centred(style):
    text = style.paragraph_format
    text.alignment, text.first_line_indent, text.space_after, text.space_before = WD_ALIGN_PARAGRAPH.CENTER, 0, Pt(0), Pt(0)
    text.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _fill(cell, text, align, *, bold=None, italic=None):
    line = cell.paragraphs[0]
    line.style, line.alignment = "Cell", align
    run = line.add_run(text)
    run.bold, run.italic = bold, italic


def _language():
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    return language


def _margins(grid):
    """Room of one millimetre beside the text of a cell: Word's own two make narrow columns break two letters."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = grid._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addnext(margins)


def _mark(row, name):
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _repeated(row):
    _mark(row, "w:cantSplit")
    _mark(row, "w:tblHeader")


def _unbroken(row):
    _mark(row, "w:cantSplit")


def _field(paragraph, code):
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
