"""The gate: what people have is read, what would hurt is refused with a sentence, and nothing is ever an exception of another kind."""

import hashlib
import io
import zipfile
from datetime import date

import pytest

from khoi_party.common.errors import DomainError
from khoi_party.common.excel_in import read_book

from .workbooks import inline, raw_workbook, workbook


def only_sheet(data):
    (sheet,) = read_book(data).sheets
    return sheet


def test_cells_keep_their_kind_and_leading_zeros():
    data = workbook([["Số thẻ", "Ngày"], ["01.000123", date(2001, 2, 3)], [12.5, "=A1"], [None, True]])
    book = read_book(data)
    assert book.kind == "xlsx"
    assert book.sha256 == hashlib.sha256(data).hexdigest()
    assert book.sheets[0].name == "Danh sách"
    assert book.sheets[0].rows == [["Số thẻ", "Ngày"], ["01.000123", date(2001, 2, 3)], [12.5, "tính"], ["", True]]


def test_rows_count_from_the_top_of_the_sheet_and_merged_ranges_are_told():
    sheet = only_sheet(workbook([[], [], [None, "a"]], merged=[(4, 0, 4, 3, "DANH SÁCH")]))
    assert sheet.rows[2][1] == "a"
    assert sheet.rows[4][0] == "DANH SÁCH"
    assert sheet.merged == (((4, 0), (4, 3)),)


def test_a_workbook_put_together_by_hand_is_read():
    assert only_sheet(raw_workbook(f'<row r="1">{inline("A1", "x")}</row>')).rows == [["x"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Họ tên;Ngày sinh\nNguyễn Văn An;01/02/1980\n", [["Họ tên", "Ngày sinh"], ["Nguyễn Văn An", "01/02/1980"]]),
        ('a,b\n"x, y",0012\n', [["a", "b"], ["x, y", "0012"]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("sep=;\r\na;b\r\n1,5;2\r\n", [["a", "b"], ["1,5", "2"]]),
        ("a;b\n1\n", [["a", "b"], ["1", ""]]),
        ('a;b\n"hai\ndòng";2\n', [["a", "b"], ["hai\ndòng", "2"]]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_with_any_mark_in_any_unicode(text, rows, encoding):
    book = read_book(text.encode(encoding))
    assert (book.kind, book.sheets[0].rows) == ("csv", rows)


def zip_of(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def lying_workbook():
    """An archive that says its sheet has ten bytes."""
    data = bytearray(raw_workbook(f'<row r="1">{inline("A1", "x" * 5000)}</row>', compress=zipfile.ZIP_STORED))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


LONG = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED = {
    "nothing": (b"", "Tệp rỗng"),
    "above ten megabytes": (b"a;b\n" * 2_700_000, "lớn hơn 10 MB"),
    "a sheet without a cell": (workbook([]), "không có dòng nào"),
    "only blanks in csv": (b";;\n;;\n", "không có dòng nào"),
    "cut in the middle": (workbook([["a", "b"]] * 50)[:-300], "bị hỏng hoặc tải lên chưa đủ"),
    "two letters of an archive": (b"PK", "bị hỏng"),
    "a lie about the size": (lying_workbook(), "bị hỏng"),
    "zip bomb": (raw_workbook(" " * 60_000_000 + "<row/>"), "nén bất thường"),
    "zip bomb beyond all limits": (raw_workbook(" " * 130_000_000), "nén bất thường"),
    "too many parts": (raw_workbook("", extra={f"xl/media/{n}.xml": "" for n in range(401)}), "nén bất thường"),
    "entity bomb": (raw_workbook(f'<row r="1">{inline("A1", "&b;")}</row>', before=ENTITIES), "khai báo bất thường"),
    "entity bomb in UTF-16": (raw_workbook("", extra={"xl/styles.xml": ENTITIES.encode("utf-16")}), "khai báo bất thường"),
    "external entity": (raw_workbook("", before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "khai báo bất thường"),
    "a cell at the far end": (raw_workbook(f'<row r="1">{inline("A1", "a")}{inline("XFD1", "b")}</row>'), "quá nhiều cột"),
    "a cell far below": (raw_workbook(f'<row r="1048576">{inline("A1048576", "a")}</row>'), "1.048.576"),
    "an unnamed cell far below": (raw_workbook('<row r="1048576"><c t="str"><v>a</v></c></row>'), "1.048.576"),
    "a long text a million times": (
        raw_workbook(
            "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9000)),
            extra={"xl/sharedStrings.xml": LONG, "xl/media/noise.bin": bytes(range(256)) * 4000},
        ),
        "nén bất thường",
    ),
    "30.001 rows of csv": (b"a;b\n" * 30_001, "30.001"),
    "macros": (zip_of(**{"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x"}), "macro"),
    "xlsb": (zip_of(**{"xl/workbook.bin": b"x"}), "xlsb"),
    "ods": (zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}), "OpenDocument"),
    "docx": (zip_of(**{"word/document.xml": "<x/>"}), "Word"),
    "another archive": (zip_of(**{"readme.txt": "x"}), "không phải tệp Excel"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kiểu cũ"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "a web page called xls": (b"<html><table><tr><td>a</td></tr></table></html>", "trang web"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "không phải Excel"),
    "csv of another encoding": ("Họ;tên\nNguyễn;x".encode("cp1258", "replace"), "CSV UTF-8"),
    "control characters": (b"a;b\x01\n", "Không nhận ra"),
    "a csv field without end": (b'a;"' + b"x" * 140_000, "không đọc được"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_hurt_is_refused_with_a_sentence(case):
    data, part = REFUSED[case]
    with pytest.raises(DomainError) as refused:
        read_book(data)
    assert part in refused.value.message


def test_styled_cells_far_away_hold_nothing_and_do_not_matter():
    rows = f'<row r="1">{inline("A1", "a")}<c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert only_sheet(raw_workbook(rows)).rows == [["a"]]


def test_at_the_limits():
    assert len(only_sheet(b"a;b\n" * 30_000).rows) == 30_000
    assert only_sheet(raw_workbook(f'<row r="1">{inline("IP1", "a")}</row>')).rows[0][249] == "a"
    with pytest.raises(DomainError, match="quá nhiều cột"):
        read_book(raw_workbook(f'<row r="1">{inline("IQ1", "a")}</row>'))


@pytest.mark.parametrize("length", range(0, 6000, 131))
def test_no_cut_of_a_file_is_an_error_of_another_kind(length):
    data = workbook([["Họ tên", "Ngày sinh"], ["Nguyễn Văn An", date(1980, 1, 2)]])
    try:
        read_book(data[:length])
    except DomainError:
        return
    assert length >= len(data)
