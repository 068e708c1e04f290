"""Workbooks as bytes, good and hostile, for the tests of everything that reads them."""

import io
import zipfile

import xlsxwriter

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def workbook(rows, name="Danh sách", merged=(), formats=None):
    """An .xlsx of `rows` (text as text, numbers as numbers, dates as dates); "=…" becomes a formula with the value "tính"."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, place, value, None, "tính")
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
        for first_row, first_column, last_row, last_column, text in merged:
            sheet.merge_range(first_row, first_column, last_row, last_column, text)
    return target.getvalue()


def raw_workbook(rows_xml, before="", extra=None, compress=zipfile.ZIP_DEFLATED):
    """An .xlsx put together by hand: `rows_xml` between <sheetData> tags, `before` in front of the sheet's root, `extra` more parts."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": SHEET.format(rows=rows_xml, before=before),
    } | (extra or {})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compress) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def inline(address, text):
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'
