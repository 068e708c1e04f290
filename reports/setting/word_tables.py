"""A Table as a table of Word: the head repeated on every page, no row parted, widths fixed.

Written as XML in one go: python-docx walks the whole table for every row that it adds, which takes minutes for some thousand rows.
"""

from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.setting.word_parts import anchor_of, told

TWIPS = 56.7  # to the millimetre
CELL_ROOM = 57  # a millimetre beside the text of a cell: Word's own two make narrow columns break two letters
STYLE = "Table"  # the style "Ô bảng"
BOLD, ITALIC = "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>"


def table_of(table, width, profile):
    """`table` (reports.papers.document.Table) as a w:tbl element, `width` millimetres wide, spelled as `profile` spells."""
    writer = _Writer(table, width, profile)
    return parse_xml(writer.xml())


class _Writer:
    def __init__(self, table, width, profile):
        self.table, self.profile = table, profile
        self.widths = [round(width * column.width / 100 * TWIPS) for column in table.columns]

    def xml(self):
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        rows = (self._row(row, cells) for row, cells in self.table.body)
        return f"<w:tbl {nsdecls('w')}>{self._properties()}<w:tblGrid>{grid}</w:tblGrid>{''.join(self._head())}{''.join(rows)}</w:tbl>"

    def _properties(self):
        room = "".join(f'<w:{side} w:w="{CELL_ROOM}" w:type="dxa"/>' for side in ("left", "right"))
        caption = f"<w:tblCaption w:val={quoteattr(self._said(self.table.caption))}/>" if self.table.caption else ""
        return (
            f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>{caption}</w:tblPr>'
        )

    def _head(self):
        """The rows of the head; a cell that goes down over two rows is met again, empty, in the second."""
        below = {}
        for cells in self.table.head:
            waiting, place, parts, following = list(cells), 0, [], {}
            while place < len(self.widths):
                if place in below:
                    across, merge = below[place], "<w:vMerge/>"
                    text = ""
                else:
                    cell = waiting.pop(0)
                    across, text = cell.columns, cell.title
                    down = cell.rows > 1 and len(self.table.head) > 1
                    merge = '<w:vMerge w:val="restart"/>' if down else ""
                    if down:
                        following[place] = across
                parts.append(self._cell(self._text(text, BOLD), place, across, "center", merge, kept=True))
                place += across
            below = following
            yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(parts)}</w:tr>"

    def _row(self, row, cells):
        look = BOLD if row.kind in ("total", "group") else ITALIC if row.kind == "break" else ""
        parts, place = [], 0
        for cell, align in cells:
            text = self._text(cell.text, look)
            if cell.appendix:
                text = f'<w:hyperlink w:anchor="{anchor_of(cell.appendix)}" w:history="1">{text}</w:hyperlink>'
            parts.append(self._cell(text, place, cell.span, align, kept=row.kind in ("group", "break")))
            place += cell.span
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(parts)}</w:tr>"

    def _cell(self, text, place, across, align, merge="", *, kept=False):
        """One cell; `kept` with the row below it: a heading inside the table never ends a page."""
        width = sum(self.widths[place : place + across])
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        keep = "<w:keepNext/>" if kept else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/>{keep}<w:jc w:val="{align}"/></w:pPr>{text}</w:p></w:tc>'
        )

    def _text(self, text, look):
        lines = escape(self._said(text)).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        return f'<w:r>{look}<w:t xml:space="preserve">{lines}</w:t></w:r>' if text else ""

    def _said(self, text):
        return told(self.profile.spelled(text))
