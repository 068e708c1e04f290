"""A ballot in a real browser: keyed line by line without a mouse, refused with what was typed still there, and by two people apart."""

import pytest
from playwright.sync_api import expect

from cells.enums import Role
from evaluations.models import BallotRound, Opinion
from evaluations.services.ballots import open_ballot
from evaluations.services.cycles import open_cycle, open_review
from evaluations.tests.conftest import person, place  # noqa: F401  the small committee of the evaluation tests
from khoi_party.common.dates import date_text, today

from .test_journey import browser, sign_in  # noqa: F401  the browser and its people

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cycle(place):  # noqa: F811
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)
    return cycle


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_a_secretary_opens_keys_and_confirms(place, cycle, sign_in, width, height):  # noqa: F811
    page = sign_in(place.secretary, width, height)
    page.goto(f"/evaluations/sheets/{cycle.sheets.get(organisation=place.first).pk}/")
    page.get_by_role("link", name="Bỏ phiếu, kiểm phiếu").click()
    page.get_by_role("link", name="Mở lần bỏ phiếu").click()
    page.get_by_label("Ngày họp").fill(date_text(today()))
    page.get_by_role("button", name="Mở lần bỏ phiếu").click()
    page.get_by_role("link", name="Nhập kết quả kiểm phiếu").click()

    expect(page.get_by_text("Còn 6 dòng chưa khớp số phiếu hợp lệ")).to_be_visible()  # the script is there
    page.get_by_label("Phiếu đã in").focus()
    for number in ("8", "6", "6", "2", "6", "6", "0"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.get_by_label("Trần Văn Aa, HTXSNV")).to_be_focused()
    page.keyboard.press("Tab")
    for number in ("6", "6", "4", "6", "6", "5"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="Trần Văn Ac")).to_contain_text("4/6, thiếu 2")
    expect(page.get_by_text("Còn 2 dòng chưa khớp số phiếu hợp lệ")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.get_by_role("button", name="Lưu kết quả kiểm phiếu").click()
    expect(page.get_by_role("link", name="Trần Văn Ac: Cộng lại 4 phiếu, thiếu 2 so với 6 phiếu hợp lệ.")).to_be_visible()
    expect(page.get_by_label("Trần Văn Ac, HTTNV")).to_have_value("4")
    page.get_by_label("Trần Văn Ac, HTXSNV").fill("2")
    page.get_by_label("Trần Văn Ag, không ghi ý kiến").fill("1")
    expect(page.get_by_text("Mọi dòng khớp số phiếu hợp lệ")).to_be_visible()
    page.get_by_role("button", name="Lưu kết quả kiểm phiếu").click()
    page.get_by_role("link", name="Xác nhận kết quả").click()
    page.get_by_label("Số biên bản").fill("12-BB/CB")
    page.get_by_role("button", name="Xác nhận, ghi vào bảng xếp loại").click()
    expect(page.get_by_text("Đã xác nhận kết quả và ghi vào bảng xếp loại.")).to_be_visible()

    assert list(Opinion.objects.filter(voice="cell_vote").values_list("level", flat=True)) == [2] * 6


def test_two_clerks_key_apart_and_red_lines_go_when_they_agree(place, cycle, sign_in):  # noqa: F811
    sheet = cycle.sheets.get(organisation=place.lone)
    cycle.sheets.filter(pk=sheet.pk).update(state="accepted", submitted_at="2026-11-10T00:00Z", accepted_at="2026-11-12T00:00Z")
    clerk = person("clerk", Role.STAFF, place.root)
    row = sheet.reviews.get(subject="organisation")
    common = {"subject": "organisation", "reviews": [row.pk], "meeting": "standing", "held_on": today(), "eligible": 9}
    ballot = open_ballot(place.root, cycle, **common, by=place.staff)
    one, other = sign_in(place.staff), sign_in(clerk)
    for page, best in ((one, "1"), (other, "2")):
        page.goto(f"/evaluations/ballots/{ballot.pk}/count/")
        assert page.get_by_label("Chi bộ Liên minh Hợp tác xã, HTTNV").input_value() == ""
        key(page, best)
    expect(other.get_by_text("Hai lần nhập còn khác nhau: 1 dòng.")).to_be_visible()

    other.get_by_role("link", name="Sửa kết quả đã nhập").click()
    expect(other.locator("tr.is-different")).to_contain_text("Người kia: HTXSNV 1, HTTNV 8, HTNV 0, KHTNV 0, Không ghi ý kiến 0")
    key(other, "1")
    other.get_by_role("link", name="Xác nhận kết quả").click()
    other.get_by_role("button", name="Xác nhận, ghi vào bảng xếp loại").click()
    expect(other.get_by_text("Đã xác nhận kết quả")).to_be_visible()

    assert BallotRound.objects.get().state == "confirmed"
    assert Opinion.objects.get(review=row, voice="deciding").level == 2


def key(page, best):
    for label, number in (("Phiếu đã in", "9"), ("Có mặt bỏ phiếu", "9"), ("Phiếu phát ra", "9"), ("Phiếu không dùng", "0")):
        page.get_by_label(label).fill(number)
    for label, number in (("Phiếu thu về", "9"), ("Phiếu hợp lệ", "9"), ("Phiếu không hợp lệ", "0")):
        page.get_by_label(label).fill(number)
    page.get_by_label("Chi bộ Liên minh Hợp tác xã, HTXSNV").fill(best)
    page.get_by_label("Chi bộ Liên minh Hợp tác xã, HTTNV").fill(str(9 - int(best)))
    page.get_by_role("button", name="Lưu kết quả kiểm phiếu").click()
    page.wait_for_url("**/ballots/*/")
