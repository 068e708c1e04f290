"""The grid by keyboard in a real browser: two people in one cell, a reason typed where levels part, tiêu biểu only with the best level."""

import pytest
from playwright.sync_api import expect

from evaluations.models import Opinion
from evaluations.services.cycles import open_cycle, open_review
from evaluations.tests.conftest import place  # noqa: F401  the small committee of the evaluation tests

from .test_journey import browser, sign_in  # noqa: F401  the browser and its people

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VOTE = "Trần Văn Aa, Chi bộ bỏ phiếu"


@pytest.fixture
def cycle(place):  # noqa: F811
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)
    return cycle


def test_two_people_in_one_cell_see_each_other_and_one_keeps_his_level(place, cycle, sign_in):  # noqa: F811
    secretary, staff = sign_in(place.secretary), sign_in(place.base_staff)
    secretary.goto(f"/evaluations/sheets/{cycle.sheets.get(organisation=place.first).pk}/")
    staff.goto(f"/evaluations/{cycle.pk}/bodies/{place.base.pk}/")
    secretary.get_by_label("Trần Văn Aa, Tự xếp loại", exact=True).press("2")
    secretary.get_by_label(VOTE, exact=True).press("3")
    secretary.keyboard.press("Tab")
    secretary.keyboard.type("Chậm hai nhiệm vụ.")
    secretary.keyboard.press("Enter")
    expect(secretary.get_by_label("Trần Văn Ab, Chi bộ bỏ phiếu", exact=True)).to_be_focused()
    expect(secretary.locator("[data-kp-status]")).to_contain_text("Đã lưu")
    assert Opinion.objects.get(voice="cell_vote").reason == "Chậm hai nhiệm vụ."

    staff.get_by_label(VOTE, exact=True).press("1")
    expect(staff.get_by_text("Người secretary vừa chọn 3 HTNV")).to_be_visible()
    assert Opinion.objects.get(voice="cell_vote").level == 3
    staff.get_by_role("button", name="Giữ mức tôi đã nhập").click()
    expect(staff.locator("[data-kp-status]")).to_contain_text("Đã lưu")

    assert Opinion.objects.get(voice="cell_vote").level == 1
    expect(staff.locator("tr.kp-group-head", has_text="Chi bộ Văn phòng")).to_contain_text("còn 6/7 dòng chưa có mức")
    expect(staff.locator("[data-kp-missing]")).to_have_text("9")


def test_only_the_best_level_is_marked_as_standing_out(place, cycle, sign_in):  # noqa: F811
    sheet = cycle.sheets.get(organisation=place.lone)
    cycle.sheets.filter(pk=sheet.pk).update(state="accepted", submitted_at="2026-12-01T00:00Z", accepted_at="2026-12-02T00:00Z")
    staff = sign_in(place.staff)
    staff.goto(f"/evaluations/{cycle.pk}/bodies/{place.root.pk}/")
    level = staff.get_by_label("Chi bộ Liên minh Hợp tác xã, Đề xuất", exact=True)
    mark = staff.get_by_label("Chi bộ Liên minh Hợp tác xã, Hoàn thành xuất sắc nhiệm vụ tiêu biểu")

    mark.click()
    expect(staff.get_by_text("Chỉ đề nghị tiêu biểu khi đề xuất mức cao nhất.")).to_be_visible()
    level.press("1")
    mark.click()
    expect(staff.locator("[data-kp-status]")).to_contain_text("Đã lưu")
    staff.reload()

    expect(mark).to_be_checked()
    assert Opinion.objects.get(voice="proposed").exemplary


def test_what_was_chosen_before_the_script_ran_is_saved(place, cycle, sign_in):  # noqa: F811
    secretary = sign_in(place.secretary)
    secretary.route("**/grid*.js", lambda route: (secretary.get_by_label(VOTE, exact=True).select_option("2"), route.continue_()))
    secretary.goto(f"/evaluations/sheets/{cycle.sheets.get(organisation=place.first).pk}/")

    expect(secretary.locator("[data-kp-status]")).to_contain_text("Đã lưu")
    assert Opinion.objects.get(voice="cell_vote").level == 2
