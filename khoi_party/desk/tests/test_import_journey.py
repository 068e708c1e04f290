"""A clerk brings in a list that LibreOffice made, in a real browser: read, seen before anything is written, written, taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from members import tests
from members.models import Member
from members.tests.imports.conftest import world as office  # noqa: F401  a base with two cells and members of known numbers

from .test_journey import browser, sign_in  # noqa: F401  the browser and its people

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FILE = Path(tests.__file__).parent / "imports" / "libreoffice.xlsx"
NEW = ["Đặng Thị Dung", "Hoàng Văn Em"]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_a_list_is_seen_written_and_taken_back(office, sign_in, width, height):  # noqa: F811
    clerk = sign_in(office.staff, width, height)
    clerk.goto("/members/imports/new/")
    clerk.get_by_label("Tệp danh sách").set_input_files(FILE)
    clerk.get_by_label("Danh sách đúng đến ngày").fill("30/06/2026")
    clerk.get_by_role("button", name="Tải lên và đọc tệp").click()

    clerk.get_by_role("button", name="Xem trước kết quả").click()
    expect(clerk.get_by_text("chưa có gì được ghi")).to_be_visible()
    assert not Member.objects.filter(full_name__in=NEW).exists()

    clerk.get_by_role("link", name="Ghi 2 dòng vào danh sách").click()
    clerk.get_by_role("button", name="Ghi danh sách của Đảng bộ Sở Nội vụ").click()
    expect(clerk.get_by_text("Đã ghi lúc")).to_be_visible()
    assert {row.born_text for row in Member.objects.filter(full_name__in=NEW)} == {"15/08/1990", "20/11/1999"}

    clerk.get_by_role("link", name="Lấy lại cả danh sách").click()
    clerk.get_by_label("Lý do").fill("Nhập nhầm danh sách của quý trước")
    clerk.get_by_role("button", name="Lấy lại danh sách của Đảng bộ Sở Nội vụ").click()
    expect(clerk.get_by_text("Đã lấy lại lúc")).to_be_visible()
    assert {row.state for row in Member.objects.filter(full_name__in=NEW)} == {"void"}
    assert clerk.evaluate("document.documentElement.scrollWidth") <= width
