"""The styles of a Word file: one for each component of a FormatProfile, under the name that an office calls it."""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FACE = "Times New Roman"
RED = RGBColor(0xC0, 0x00, 0x00)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# Component -> name of its style. Those that Word knows itself (headings, title) feed its list of contents and its navigation.
NAMES = {
    "body": "Normal",
    "title": "Title",
    "summary": "Subtitle",
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "point": "Heading 3",
    "caption": "Caption",
    "part": "Tên phần",
    "appendix": "Tên phụ lục",
    "superior": "Cơ quan cấp trên",
    "issuer": "Cơ quan ban hành",
    "asterisk": "Dấu sao",
    "number": "Số và ký hiệu",
    "urgency": "Mức độ khẩn",
    "party": "Tiêu đề văn bản Đảng",
    "place_date": "Địa danh và ngày",
    "mark": "Dấu chỉ dẫn",
    "title_rule": "Gạch dưới trích yếu",
    "addressee": "Kính gửi",
    "deciding": "Cơ quan quyết định",
    "table": "Ô bảng",
    "footnote": "Ghi chú bảng",
    "chart": "Biểu đồ",
    "chart_caption": "Tên biểu đồ",
    "authority": "Quyền hạn ký",
    "position": "Chức vụ người ký",
    "signer": "Họ tên người ký",
    "recipients_head": "Tiêu đề nơi nhận",
    "recipient": "Nơi nhận",
    "appended_to": "Kèm theo văn bản",
    "page_number": "Số trang",
    "foot_mark": "Dấu cuối trang",
}
HEADINGS = {"part": "Heading 1", "appendix": "Heading 1"}  # styles that count as headings of the first level
KEPT_WITH_NEXT = ("authority", "position", "recipients_head", "caption", "chart", "part", "heading", "subheading", "point", "appendix", "appended_to")


def prepare_styles(document, profile, *, across):
    """Give `document` (of python-docx) the styles of `profile`; the cells of a paper that lies `across` the page are smaller."""
    styles = document.styles
    _default_language(styles)
    for name, called in NAMES.items():
        style = styles[called] if called in styles else _added(styles, name, called)
        measured = profile.styles.get("wide_table" if name == "table" and across else name)
        if measured:
            _measure(style, measured)
        style.paragraph_format.keep_with_next = name in KEPT_WITH_NEXT
    body, signer = styles[NAMES["body"]], styles[NAMES["signer"]]
    body.paragraph_format.widow_control = True
    signer.paragraph_format.space_before = Mm(profile.signature_field[1])
    _ruled(styles[NAMES["party"]])
    chart = styles[NAMES["chart"]].paragraph_format
    chart.line_spacing_rule, chart.alignment, chart.first_line_indent = WD_LINE_SPACING.SINGLE, WD_ALIGN_PARAGRAPH.CENTER, 0
    chart.space_before = chart.space_after = 0


def _added(styles, name, called):
    style = styles.add_style(called, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), "".join(part.capitalize() for part in name.split("_")))
    style.base_style = styles[HEADINGS.get(name, "Normal")]
    style.quick_style = True
    return style


def _measure(style, measured):
    _face(style)
    font, text = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(measured.size), measured.bold, measured.italic
    font.underline = measured.underlined or None
    if measured.red:
        font.color.rgb = RED
    text.alignment, text.first_line_indent = ALIGN[measured.align], Mm(measured.indent)
    text.left_indent = Mm(max(0, -measured.indent))
    text.space_before, text.space_after = Pt(measured.before), Pt(measured.after)
    text.line_spacing_rule, text.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(measured.line)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)


def _face(style):
    """Times New Roman in black, whatever the theme of the empty file says."""
    style.font.name = FACE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FACE)
    for name in ("w:color", "w:spacing", "w:kern"):
        found = style.element.rPr.find(qn(name))
        if found is not None:
            style.element.rPr.remove(found)


def _ruled(style):
    """The rule under "ĐẢNG CỘNG SẢN VIỆT NAM" is as long as the words: an underline, as offices set it."""
    style.font.underline = True


def _default_language(styles):
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = defaults.makeelement(qn("w:lang"), {})
        defaults.append(language)
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "vi-VN")
