"""The main job in a real browser: the year opened, registered, voted by keyboard, sent, proposed, decided; the term report downloaded."""

import os
from datetime import date

import pytest
from playwright.sync_api import expect, sync_playwright

from cells.models import Term
from evaluations.models import Cycle, Review
from evaluations.tests.conftest import place  # noqa: F401  the small committee of the evaluation tests

PASSWORD = "mật khẩu thử 2026"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the test's own thread
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def sign_in(browser, live_server):
    """Open a window of its own for a person; outside addresses are noted, and none may be asked for."""
    outside = []

    def open_window(user, width=1366, height=768):
        user.set_password(PASSWORD)
        user.save()
        page = browser.new_context(viewport={"width": width, "height": height}, base_url=live_server.url).new_page()
        page.set_default_timeout(12_000)  # a button that is not there is known soon
        page.on("request", lambda request: request.url.startswith((live_server.url, "data:")) or outside.append(request.url))
        page.goto("/account/login/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        return page

    yield open_window
    assert outside == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_cell_registers_votes_and_is_decided(place, sign_in, width, height):  # noqa: F811
    open_year(sign_in(place.staff))
    cycle = Cycle.objects.get()
    secretary = sign_in(place.secretary, width, height)
    register(secretary)
    vote(secretary)

    staff = sign_in(place.base_staff)
    staff.get_by_role("link", name="Tiếp nhận bảng xếp loại năm 2026").click()
    staff.get_by_role("button", name="Tiếp nhận", exact=True).click()
    staff.get_by_role("button", name="Đề xuất theo phiếu").click()
    expect(staff.get_by_text("Đã điền mức đề xuất")).to_be_visible()
    staff.goto(f"/evaluations/{cycle.pk}/")
    staff.get_by_role("link", name="Soạn quyết định của Đảng ủy Sở Nội vụ").click()
    staff.get_by_role("button", name="Soạn quyết định từ các bảng đã chọn").click()
    staff.get_by_role("button", name="Trình lãnh đạo Đảng ủy Sở Nội vụ").click()

    leader = sign_in(place.base_leader)
    issue(leader)

    levels = Review.objects.filter(sheet__organisation=place.first, subject="member").order_by("sort_key")
    assert [row.decided_level for row in levels] == [1, 2, 2, 2, 2, 2]


def test_lists_answer_while_one_types_and_tell_of_a_lost_connection(place, sign_in):  # noqa: F811
    page = sign_in(place.staff)
    page.goto("/members/")

    page.get_by_label("Tìm theo họ tên").press_sequentially("le thi hoa")
    expect(page.locator("#results")).to_contain_text("1 dòng")
    expect(page.locator("#results")).to_contain_text("Lê Thị Hoa")
    assert "hoa" not in page.url

    page.context.set_offline(True)
    page.get_by_label("Giới tính").select_option(label="Nữ")
    expect(page.get_by_role("alert")).to_contain_text("Mất kết nối mạng.")
    page.context.set_offline(False)
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("so noi vu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Đảng bộ Sở Nội vụ")).to_be_visible()


def open_year(page):
    page.goto("/evaluations/")
    page.get_by_role("link", name="Mở năm đánh giá").click()
    page.get_by_label("Năm đánh giá").fill("2026")
    page.get_by_label("Số hướng dẫn của đảng ủy").fill("05-HD/ĐUK")
    page.get_by_label("Ngày ban hành hướng dẫn").fill("12/01/2026")
    page.get_by_role("button", name="Mở năm đánh giá").click()
    page.get_by_role("button", name="Mở kiểm điểm, lập danh sách").click()
    expect(page.get_by_text("Đã mở kiểm điểm năm 2026: lập 4 bảng xếp loại.")).to_be_visible()


def test_leader_downloads_the_five_year_report(place, sign_in, start_worker):  # noqa: F811
    Term.objects.create(organisation=place.root, label="2020-2025", congress_on=date(2020, 8, 20), first_year=2020, last_year=2024)
    start_worker()
    leader = sign_in(place.leader)

    leader.get_by_role("link", name="Báo cáo").click()
    leader.get_by_role("link", name="Lập văn bản").click()
    leader.get_by_role("link", name="Báo cáo tổng kết nhiệm kỳ").click()
    leader.get_by_role("button", name="Lập văn bản").click()
    expect(leader.get_by_role("link", name="Tải PDF")).to_be_visible(timeout=60_000)
    with leader.expect_download() as download:
        leader.get_by_role("link", name="Tải PDF").click()

    assert download.value.suggested_filename == "bao-cao-nhiem-ky-2020-2025.pdf"
    with open(download.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"


def register(page):
    page.get_by_role("link", name="Đăng ký mức phấn đấu năm 2026").click()
    page.get_by_label("Mức đăng ký phấn đấu").select_option(label="Hoàn thành tốt nhiệm vụ")
    page.get_by_label("Số đảng viên dự kiến kết nạp").fill("1")
    page.get_by_role("button", name="Gửi Đảng ủy Sở Nội vụ").click()
    expect(page.get_by_text("Đã gửi Đảng ủy Sở Nội vụ.")).to_be_visible()
    page.goto("/")


def vote(page):
    page.get_by_role("link", name="Nhập kết quả xếp loại năm 2026").click()
    expect(page.get_by_role("button", name="Đến dòng còn thiếu")).to_be_visible()  # the page is there before its script, which knows Enter
    page.get_by_label("Trần Văn Aa, Chi bộ bỏ phiếu").focus()
    for digit in "122222":
        page.keyboard.press(digit)
        page.keyboard.press("Enter")
    page.get_by_label("Chi bộ Văn phòng, Tự xếp loại").focus()
    page.keyboard.press("2")
    expect(page.locator("[data-kp-status]")).to_contain_text("Đã lưu")
    expect(page.locator("[data-kp-meter]")).to_contain_text("Xuất sắc 1/1, trần 20% số hoàn thành tốt nhiệm vụ")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Gửi Đảng ủy Sở Nội vụ").click()
    expect(page.get_by_text("Đã gửi Đảng ủy Sở Nội vụ.")).to_be_visible()


def issue(page):
    page.get_by_role("link", name="Xem xét, ban hành quyết định xếp loại").click()
    fields = {
        "Số quyết định": "12-QĐ/ĐU",
        "Ngày ban hành": "20/12/2026",
        "Người ký": "Nguyễn Văn Bình",
        "Ngày họp": "18/12/2026",
        "Số người được triệu tập": "9",
        "Số người có mặt": "8",
        "Số đồng ý": "8",
    }
    for label, typed in fields.items():
        page.get_by_label(label).fill(typed)
    page.get_by_role("button", name="Ban hành quyết định").click()
    expect(page.get_by_text("Đã ban hành Quyết định số 12-QĐ/ĐU")).to_be_visible()
