"""Excel out: one look for every list. Cells are typed, so nothing a person typed can become a formula or a link."""

import datetime
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse

from .dates import date_text, today
from .errors import DomainError
from .numbers import thousands

MAX_ROWS = 20_000
MAX_CELL_TEXT = 32_767
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_CELL = _FONT | {"border": 1}
_FORMATS = {
    "text": _CELL | {"text_wrap": True},
    "int": _CELL | {"num_format": "#,##0"},
    "decimal": _CELL | {"num_format": "#,##0.##"},
    "date": _CELL | {"num_format": "dd/mm/yyyy", "align": "center"},
    "percent": _CELL | {"num_format": "0.00%"},
    "title": _FONT | {"bold": True, "font_size": 14},
    "note": _FONT | {"italic": True},
    "header": _CELL | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"},
}


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it takes from a row, its width in characters and the type of its cells.

    `value(row)` gives text, a whole number, a decimal, a date, or for "percent" a ratio (0.9545 is shown as 95,45%); None is empty.
    """

    title: str
    value: Callable[[Any], Any]
    width: int = 16
    kind: Literal["text", "int", "decimal", "date", "percent"] = "text"


def workbook_response(name, title, columns, rows, *, notes=(), is_numbered=False):
    """A download of `rows` (queryset or list) under `columns`, with `title` on top. `name`: ASCII slug of the file's name.

    notes: lines between the title and the count: the unit, the filters in force. is_numbered: a second row under the headings numbers the
    columns, as printed forms do. DomainError above MAX_ROWS rows. The name carries the date and nothing of the data.
    """
    if not _SLUG.fullmatch(name):
        raise ValueError(f"Not a plain file name: {name!r}")
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    if count > MAX_ROWS:
        raise DomainError(
            f"Danh sách có {thousands(count)} dòng, một tệp Excel chỉ chứa tối đa {thousands(MAX_ROWS)} dòng. Hãy lọc bớt rồi xuất lại."
        )
    response = HttpResponse(_workbook([title, *notes], columns, rows, count, is_numbered), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y%m%d}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _workbook(lines, columns, rows, count, is_numbered):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        formats = {kind: book.add_format(properties) for kind, properties in _FORMATS.items()}
        sheet = book.add_worksheet("Danh sách")
        header = len(lines) + 2
        _head(sheet, formats, lines, columns, count)
        if is_numbered:
            for place in range(len(columns)):
                sheet.write_number(header + 1, place, place + 1, formats["header"])
            header += 1
        sheet.freeze_panes(header + 1, 0)
        for number, row in enumerate(_each(rows), start=header + 1):
            for place, column in enumerate(columns):
                _cell(sheet, number, place, column.kind, column.value(row), formats[column.kind])
        sheet.autofilter(header, 0, header + max(count, 1), len(columns) - 1)
    return target.getvalue()


def _head(sheet, formats, lines, columns, count):
    """The title, the notes, how many rows of which day, an empty row, the headings."""
    header = len(lines) + 2
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    for place, line in enumerate(lines):
        sheet.write_string(place, 0, line, formats["note" if place else "title"])
    sheet.write_string(header - 2, 0, f"{thousands(count)} dòng, xuất ngày {date_text(today())}", formats["note"])
    for place, column in enumerate(columns):
        sheet.write_string(header, place, column.title, formats["header"])


def _each(rows):
    return rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows


def _cell(sheet, row, place, kind, value, style):
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif kind == "date" and isinstance(value, datetime.date):
        sheet.write_datetime(row, place, datetime.datetime(value.year, value.month, value.day), style)
    elif kind in ("int", "decimal", "percent") and isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, str(value)[:MAX_CELL_TEXT], style)
