"""A paper's tables as an Excel workbook: a sheet for each, numbers as numbers, text never a formula."""

import io
import re
import textwrap

import xlsxwriter

NUMBER = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?%?")
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
FORMATS = {
    "title": FONT | {"bold": True, "font_size": 14, "text_wrap": False},
    "note": FONT | {"italic": True, "text_wrap": False},
    "head": FONT | {"bold": True, "border": 1, "align": "center", "bg_color": "#EDEDED"},
    "group": FONT | {"bold": True, "border": 1},
    "break": FONT | {"italic": True, "border": 1, "align": "center"},
}
LONGEST = 14  # letters
FILLED = 0.95  # letters of our face in a column of one Excel unit
LINE, HIGHEST = 16.5, 409  # points: a line of text, and the highest row there is
MOST_LETTERS = 4000  # more do not fit the highest row
ACROSS = 110  # letters of a sheet's whole width


def to_sheets(paper):
    """The tables of `paper` (a WrittenPaper) as the bytes of an XLSX file, in the order of the paper."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": paper.file_title, "comments": paper.as_of_text})
        writer = _Writer(book, paper.profile)
        for title, table in tables_of(paper):
            writer.add(paper, title, table)
        if not writer.count:
            writer.empty(paper)
    return target.getvalue()


def tables_of(paper):
    """(title, Table) of each table of the paper, those of its appendices too."""
    for section in paper.sections:
        for block in section.blocks:
            if block.kind == "table":
                yield block.caption or section.heading, block
    for name, appendix in paper.named_appendices:
        yield f"{name}. {appendix.title}", appendix.table


def number_of(text):
    """(number, its format in Excel) of a figure as papers print it, or None: "4.300" is 4300, "95,45%" is 0.9545."""
    if not NUMBER.fullmatch(text):
        return None
    plain = float(text.rstrip("%").replace(".", "").replace(",", "."))
    if text.endswith("%"):
        decimals = len(text.partition(",")[2]) - 1
        return plain / 100, f"0.{'0' * decimals}%" if decimals > 0 else "0%"
    return (plain, "#,##0.##") if "," in text else (int(plain), "#,##0")


def _longest_word(table, place):
    """Letters of the longest word in a column ("HTXSNV"), which is not to be broken; beyond LONGEST it is no word."""
    texts = (row.cells[place].text for row in table.rows if place < len(row.cells) and all(one.span == 1 for one in row.cells[: place + 1]))
    return min(LONGEST, max((len(word) for text in texts for word in text.split()), default=0))


def _points(lines):
    return min(HIGHEST, lines * LINE + 2)


class _Writer:
    def __init__(self, book, profile):
        self.book, self.profile, self.count, self._formats, self.widths = book, profile, 0, {}, []

    def format(self, name, **more):
        key = (name, *sorted(more.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(FORMATS.get(name, FONT | {"border": 1}) | more)
        return self._formats[key]

    def empty(self, paper):
        sheet = self.book.add_worksheet("Không có bảng")
        self._line(sheet, 0, paper.file_title, "title")

    def add(self, paper, title, table):
        self.count += 1
        sheet = self.book.add_worksheet(f"{self.count}")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        self._line(sheet, 0, title, "title")
        self._line(sheet, 1, f"{paper.source_text}. {paper.as_of_text}", "note")
        if paper.marking.text:
            self._line(sheet, 2, paper.marking.text, "note")
        self.widths = [max(6, column.width * ACROSS // 100, _longest_word(table, place) + 3) for place, column in enumerate(table.columns)]
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, width)
        first = 4 + len(table.head)
        self._head(sheet, table)
        sheet.freeze_panes(first, 0)
        sheet.repeat_rows(4, first - 1)
        row = first
        for one, cells in table.body:
            self._row(sheet, row, one, cells)
            row += 1
        for note in table.footnotes:
            self._line(sheet, row + 1, note, "note")
            row += 1

    def _head(self, sheet, table):
        taken = set()
        for line, cells in enumerate(table.head):
            place, height = 0, 1
            for cell in cells:
                while (line, place) in taken:
                    place += 1
                rows, columns = cell.rows if len(table.head) > 1 else 1, cell.columns
                taken |= {(line + down, place + across) for down in range(rows) for across in range(columns)}
                self._write(sheet, 4 + line, place, cell.title, self.format("head"), rows, columns)
                height = max(height, -(-self._lines(cell.title, place, columns) // rows))
                place += columns
            sheet.set_row(4 + line, _points(height))

    def _row(self, sheet, row, one, cells):
        place, height = 0, 1
        for cell, align in cells:
            style = self.format(one.kind if one.kind in FORMATS else "plain", bold=one.kind in ("total", "group"), align=align)
            found = number_of(cell.text) if align == "right" and cell.span == 1 else None
            if found:
                value, shown = found
                style = self.format("plain", bold=one.kind == "total", align=align, num_format=shown)
                sheet.write_number(row, place, value, style)
            else:
                self._write(sheet, row, place, cell.text, style, 1, cell.span)
            height = max(height, self._lines(cell.text, place, cell.span))
            place += cell.span
        sheet.set_row(row, _points(height))

    def _lines(self, text, place, columns):
        """About how many lines `text` takes in cells of these columns: not every program finds the height of a row by itself."""
        letters = max(1, int(sum(self.widths[place : place + columns]) * FILLED))
        return len(textwrap.wrap(text[:MOST_LETTERS], letters)) or 1

    def _line(self, sheet, row, text, style):
        self._write(sheet, row, 0, text, self.format(style), 1, 1)

    def _write(self, sheet, row, place, text, style, rows, columns):
        if rows > 1 or columns > 1:
            sheet.merge_range(row, place, row + rows - 1, place + columns - 1, "", style)
        sheet.write_string(row, place, self.profile.spelled(text)[:32_767], style)
