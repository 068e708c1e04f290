"""Excel in: the gate every uploaded list goes through before anything is read from it, and the reading itself.

What the gate has measured is what the reader gets: the parts it passed are packed anew, so two programs cannot see two files in one.
Nothing is computed and nothing followed: a formula is the value that was saved with it, a link to another file is left alone.
"""

import csv
import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from .errors import DomainError
from .names import one_line
from .numbers import thousands

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 120 * 1024 * 1024
MOST_RATIO = 100  # a list typed by people shrinks to a tenth or a twentieth; only the bomb shrinks a thousandfold
RATIO_FROM = 5 * 1024 * 1024  # below this size nothing can explode
MOST_PARTS = 400
MOST_SHEETS = 50
MOST_ROWS = 30_000
MOST_COLUMNS = 250
MOST_CELLS = 3_000_000
MOST_TEXT = 200 * 1024 * 1024  # all texts of the cells written out: one long text may be shared by a million cells

SAVE_AS_XLSX = "Hãy mở tệp bằng Excel hoặc LibreOffice, chọn “Lưu thành” (Save As), loại “Excel Workbook (.xlsx)” rồi tải lại."
_BROKEN = f"Tệp bị hỏng hoặc tải lên chưa đủ nên không đọc được. {SAVE_AS_XLSX}"
_TOO_LARGE = "Tệp quá lớn hoặc được nén bất thường nên không đọc. Hãy chép riêng danh sách sang một tệp mới rồi tải lại."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1024 * 1024
_KEPT = re.compile(r"(\[Content_Types\]\.xml|_rels/\.rels|xl/.+\.(xml|rels))", re.IGNORECASE)
_MAY_BE_FAR = re.compile(rb"=\s*[\"'](?:[A-Za-z]{2,}\d+|[A-Za-z]?\d{5,})[\"']")
_TAG = re.compile(rb"<[^<]*")
_ROW_OR_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?(c|row)[\s>]")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d+)")
_VALUE = re.compile(rb"[<:]v(?:\s[^<]*)?>\s*(\d{1,9})")
_SHARED = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s>/]")


@dataclass(frozen=True)
class Sheet:
    """One sheet from its first cell on. A cell is a str, int, float, bool, date, datetime, time or timedelta; "" where it is empty.

    `merged` are the merged ranges as ((first row, first column), (last row, last column)), counted from 0.
    """

    name: str
    rows: list
    merged: tuple = ()


@dataclass(frozen=True)
class Book:
    """What was in the file: its sheets that hold anything, the kind ("xlsx" or "csv") and the sha256 of the bytes as uploaded."""

    sheets: tuple
    kind: str
    sha256: str


def read_book(data):
    """Read an uploaded list. data: the file's bytes (the name and the type that a browser gives prove nothing). Returns a Book.

    DomainError with a sentence that says what to do: too large, a bomb, macros, a password, another program's file, nothing in it.
    """
    if not data:
        raise DomainError("Tệp rỗng, không có nội dung nào. Hãy chọn lại tệp danh sách.")
    if len(data) > MOST_BYTES:
        raise DomainError(f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB. Hãy chép riêng danh sách sang một tệp mới rồi tải lại.")
    if data.startswith(b"PK"):
        kind, sheets = "xlsx", _sheets(checked_workbook(data))
    else:
        _refuse_other_kinds(data)
        kind, sheets = "csv", [Sheet("csv", _csv_rows(_decoded(data)))]
    sheets = tuple(sheet for sheet in sheets if any(cell != "" for row in sheet.rows for cell in row))
    if not sheets:
        raise DomainError("Tệp không có dòng nào. Hãy kiểm tra lại đã lưu danh sách chưa rồi tải lại.")
    return Book(sheets, kind, hashlib.sha256(data).hexdigest())


def checked_workbook(data):
    """The bytes of an .xlsx of which every part was unpacked within the limits and found harmless; DomainError otherwise."""
    parts = _parts(data)
    names = {name.lower() for name in parts}
    if "mimetype" in names or "content.xml" in names:
        raise DomainError(f"Đây là tệp OpenDocument (.ods, .odt), không phải Excel .xlsx. {SAVE_AS_XLSX}")
    if any(name.endswith("vbaproject.bin") for name in names) or b"macroenabled" in parts.get("[Content_Types].xml", b"").lower():
        raise DomainError(f"Tệp có macro (.xlsm) nên không nhận, để an toàn cho máy chủ. {SAVE_AS_XLSX}")
    if "xl/workbook.bin" in names:
        raise DomainError(f"Đây là tệp Excel nhị phân (.xlsb). {SAVE_AS_XLSX}")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise DomainError("Đây là tệp Word hoặc PowerPoint. Hãy chép bảng danh sách sang Excel, lưu thành .xlsx rồi tải lại.")
    if "xl/workbook.xml" not in names:
        raise DomainError(f"Tệp nén này không phải tệp Excel .xlsx. {SAVE_AS_XLSX}")
    kept = {name: content for name, content in parts.items() if _KEPT.fullmatch(name)}
    for content in kept.values():
        _refuse_entities(content)
    _refuse_extent(kept)
    return _packed(kept)


def _parts(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise DomainError(_TOO_LARGE)
            parts, total = {}, 0
            for entry in entries:
                if entry.flag_bits & 1:
                    raise DomainError("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi tải lên.")
                if entry.filename in parts or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise DomainError(_BROKEN)
                parts[entry.filename] = _unpacked(archive, entry, MOST_UNPACKED - total)
                total += len(parts[entry.filename])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DomainError(_BROKEN) from error
    if total > RATIO_FROM and total > MOST_RATIO * len(data):
        raise DomainError(_TOO_LARGE)
    return parts


def _unpacked(archive, entry, most):
    """The entry's content, counted while it comes: what the archive says of its size may be a lie."""
    pieces, size = [], 0
    with archive.open(entry) as file:
        while piece := file.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise DomainError(_TOO_LARGE)
            pieces.append(piece)
    return b"".join(pieces)


def _refuse_entities(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"<!doctype" in content:
        raise DomainError(f"Tệp có khai báo bất thường trong phần XML nên không nhận, để an toàn cho máy chủ. {SAVE_AS_XLSX}")


def _refuse_extent(parts):
    """Refuse a sheet whose cells lie so far apart, or whose shared texts are so long, that reading it would fill the memory.

    Every part is looked at, whatever it calls itself. A list of up to 26 columns and 9,999 rows needs no look at each cell.
    """
    contents = list(parts.values())
    for content in contents:
        if _MAY_BE_FAR.search(content):
            refuse_size(*_extent(content))
    if sum(content.count(b"<si") + content.count(b":si") for content in contents) > MOST_CELLS:
        raise DomainError(_TOO_LARGE)
    texts = [len(piece) for content in contents for piece in _SHARED.split(content)[1:]]
    if max(texts, default=0) * sum(content.count(b"<v") + content.count(b":v") for content in contents) > MOST_TEXT:
        places = (int(number) for content in contents for number in _VALUE.findall(content))
        if sum(texts[place] for place in places if place < len(texts)) > MOST_TEXT:
            raise DomainError(_TOO_LARGE)


def _extent(content):
    """The last row and the last column that hold a cell with something in it; cells that only have a style do not count."""
    row = last_row = last_column = 0
    for tag in _TAG.finditer(content):
        found = _ROW_OR_CELL.match(tag[0])
        if not found:
            continue
        place = _PLACE.search(tag[0])
        if found[1] == b"row":
            row = int(place[2][:9]) if place else row + 1
        elif not tag[0].rstrip().endswith(b"/>"):
            last_row = max(last_row, int(place[2][:9]) if place else row)
            last_column = max(last_column, _column_number(place[1]) if place else 0)
    return last_row, last_column


def refuse_size(rows, columns):
    """DomainError where a list has more rows, columns or cells than one file may hold."""
    if rows > MOST_ROWS:
        raise DomainError(
            f"Trang tính có dữ liệu đến dòng {thousands(rows)}, phần mềm chỉ đọc đến {thousands(MOST_ROWS)} dòng. Hãy chia danh sách thành nhiều tệp."
        )
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise DomainError("Trang tính có dữ liệu ở quá nhiều cột. Hãy chép riêng các cột của danh sách sang một tệp mới rồi tải lại.")


def _column_number(letters):
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


def _packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _sheets(data):
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        if len(names) > MOST_SHEETS:
            raise DomainError(f"Tệp có hơn {MOST_SHEETS} trang tính. Hãy chép riêng danh sách cần nhập sang một tệp mới rồi tải lại.")
        sheets, cells = [], 0
        for name in names:
            sheets.append(_sheet(book.get_sheet_by_name(name)))
            cells += len(sheets[-1].rows) * len(sheets[-1].rows[0]) if sheets[-1].rows else 0
            if cells > MOST_CELLS:
                raise DomainError(_TOO_LARGE)
        return sheets
    except (CalamineError, OSError, ValueError) as error:
        raise DomainError(_BROKEN) from error


def _sheet(sheet):
    rows = sheet.to_python(skip_empty_area=False)
    refuse_size(len(rows), len(rows[0]) if rows else 0)
    return Sheet(one_line(sheet.name), rows, tuple(sheet.merged_cell_ranges or ()))


def _refuse_other_kinds(data):
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DomainError("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi tải lên.")
        raise DomainError(f"Đây là tệp Excel kiểu cũ (.xls). {SAVE_AS_XLSX}")
    if data.startswith(b"%PDF"):
        raise DomainError("Đây là tệp PDF. Hãy dùng tệp Excel gốc của danh sách, hoặc chép bảng sang Excel rồi lưu thành .xlsx.")
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<style")):
        raise DomainError(f"Tệp này là trang web hoặc XML mang tên tệp Excel (phần mềm khác xuất ra). {SAVE_AS_XLSX}")


def _decoded(data):
    """The text of a csv file: UTF-8 or UTF-16. Other encodings are not guessed at: a wrong guess would damage every name."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data[1:200:2].count(0) > len(data[1:200:2]) * 0.4:
        encoding = "utf-16-le"
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        why = "Tệp không phải Excel .xlsx, cũng không phải csv mã UTF-8."
        raise DomainError(f"{why} Nếu là csv, hãy lưu lại với loại “CSV UTF-8”; nếu là tệp khác: {SAVE_AS_XLSX}") from error
    if sum(1 for letter in text[:4000] if letter < " " and letter not in "\t\r\n") > 0:
        raise DomainError(f"Không nhận ra loại tệp này. {SAVE_AS_XLSX}")
    return text


def _csv_rows(text):
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest  # Excel's own way of naming it
    else:
        delimiter = _delimiter(text)
    try:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            refuse_size(len(rows), len(row))
    except csv.Error as error:
        raise DomainError(f"Tệp csv có dòng không đọc được (dòng {len(rows) + 1}). {SAVE_AS_XLSX}") from error
    width = max((len(row) for row in rows), default=0)
    refuse_size(len(rows), width)
    return [row + [""] * (width - len(row)) for row in rows]


def _delimiter(text):
    """Of semicolon, comma and tab the one that stands in most of the first lines; commas inside quotes do not count."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:20_000].splitlines()[:50]]
    return max(";,\t", key=lambda mark: (sum(1 for line in lines if mark in line), sum(line.count(mark) for line in lines)))
