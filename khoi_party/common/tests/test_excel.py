import datetime
import io
import zipfile
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.contrib.contenttypes.models import ContentType

from khoi_party.common import excel
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column, workbook_response

NAMESPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
COLUMNS = [
    Column("Họ và tên", lambda row: row["name"], width=28),
    Column("Số đảng viên", lambda row: row["count"], kind="int"),
    Column("Tỷ lệ", lambda row: row["rate"], kind="percent"),
    Column("Ngày", lambda row: row["day"], kind="date"),
    Column("Điểm", lambda row: row["points"], kind="decimal"),
]
ROW = {"name": "Nguyễn Thị Hạnh", "count": 4300, "rate": Decimal("0.9545"), "day": date(2026, 11, 5), "points": Decimal("95.5")}


def sheet_of(response):
    book = zipfile.ZipFile(io.BytesIO(response.content))
    return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")), book  # noqa: S314 - our own file  # noqa: S314  we wrote it


def cells_of(response):
    """{address: (type, text)} of every cell that holds something."""
    sheet, _ = sheet_of(response)
    return {
        cell.get("r"): (cell.get("t", "n"), "".join(cell.itertext()))
        for cell in sheet.iterfind(".//x:c", NAMESPACE)
        if "".join(cell.itertext()) or cell.find("x:f", NAMESPACE) is not None
    }


def test_workbook_has_title_header_and_typed_cells():
    cells = cells_of(workbook_response("dang-vien", "Danh sách đảng viên", COLUMNS, [ROW]))
    assert cells["A1"] == ("inlineStr", "Danh sách đảng viên")
    assert [cells[f"{letter}4"][1] for letter in "ABCDE"] == ["Họ và tên", "Số đảng viên", "Tỷ lệ", "Ngày", "Điểm"]
    assert cells["A5"] == ("inlineStr", "Nguyễn Thị Hạnh")
    assert (cells["B5"], cells["C5"], cells["E5"]) == (("n", "4300"), ("n", "0.9545"), ("n", "95.5"))
    assert datetime.date(1899, 12, 30) + datetime.timedelta(days=int(cells["D5"][1])) == date(2026, 11, 5)


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x","y")', "+84912", "-5", "@SUM(A1)", "\t=1", "http://example.vn", "{=1}"])
def test_workbook_text_never_becomes_formula_or_link(text):
    response = workbook_response("danh-sach", "=1+1", COLUMNS, [ROW | {"name": text}])
    sheet, book = sheet_of(response)
    assert sheet.find(".//x:f", NAMESPACE) is None
    assert sheet.find(".//x:hyperlink", NAMESPACE) is None
    assert cells_of(response)["A5"] == ("inlineStr", text)
    assert not [name for name in book.namelist() if "rels" in name and "worksheets" in name]


def test_workbook_cells_without_value_or_of_another_type():
    empty = dict.fromkeys(ROW)
    words = ROW | {"count": "chưa rõ", "day": "1963"}
    cells = cells_of(workbook_response("danh-sach", "Danh sách", COLUMNS, [empty, words]))
    assert "A5" not in cells
    assert "B5" not in cells
    assert cells["B6"] == ("inlineStr", "chưa rõ")
    assert cells["D6"] == ("inlineStr", "1963")


def test_workbook_header_stays_in_sight_and_can_be_filtered():
    sheet, _ = sheet_of(workbook_response("danh-sach", "Danh sách", COLUMNS, [ROW, ROW]))
    pane = sheet.find(".//x:pane", NAMESPACE)
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "4")
    assert sheet.find("x:autoFilter", NAMESPACE).get("ref") == "A4:E6"


def test_workbook_file_name_is_slug_and_date():
    response = workbook_response("dang-vien", "Danh sách", COLUMNS, [])
    assert response["Content-Disposition"] == f'attachment; filename="dang-vien-{today():%Y%m%d}.xlsx"'
    with pytest.raises(ValueError, match="file name"):
        workbook_response("Nguyễn Văn A", "Danh sách", COLUMNS, [])


def test_workbook_with_too_many_rows():
    with pytest.raises(DomainError, match=r"^Danh sách có 20\.001 dòng, một tệp Excel chỉ chứa tối đa 20\.000 dòng\."):
        workbook_response("danh-sach", "Danh sách", COLUMNS, [None] * (excel.MAX_ROWS + 1))


@pytest.mark.django_db
def test_workbook_reads_a_queryset(django_assert_num_queries):
    ContentType.objects.create(app_label="probe", model="hạng")
    rows = ContentType.objects.filter(app_label="probe").order_by("model")
    with django_assert_num_queries(2):
        response = workbook_response("danh-sach", "Danh sách", [Column("Tên", lambda row: row.model)], rows)
    assert cells_of(response)["A5"] == ("inlineStr", "hạng")


def test_workbook_says_whose_list_it_is_and_what_was_filtered():
    notes = ["Đảng bộ Sở Nội vụ", "Điều kiện lọc: Giới tính: Nữ"]
    response = workbook_response("danh-sach", "Danh sách đảng viên", COLUMNS, [ROW], notes=notes, is_numbered=True)
    cells = cells_of(response)
    assert [cells[f"A{number}"][1] for number in (1, 2, 3)] == ["Danh sách đảng viên", *notes]
    assert cells["A4"][1].startswith("1 dòng, xuất ngày ")
    assert [cells[f"{letter}6"][1] for letter in "AE"] == ["Họ và tên", "Điểm"]
    assert [cells[f"{letter}7"] for letter in "AE"] == [("n", "1"), ("n", "5")]
    assert cells["A8"][1] == "Nguyễn Thị Hạnh"
    sheet, _ = sheet_of(response)
    assert sheet.find(".//x:pane", NAMESPACE).get("ySplit") == "7"
