"""The appraisal board and a round of commendations in a real browser: each voice by its own person, decided by another than proposed."""

from datetime import date

import pytest
from playwright.sync_api import expect

from cells.enums import Role
from cells.models import AdvisingBoard, RoleAssignment
from evaluations.models import BoardOpinion, Commendation, Opinion, Review
from evaluations.tests.conftest import person, place  # noqa: F401  the small committee of the evaluation tests
from evaluations.tests.test_commendations import merits  # noqa: F401  two excellent members of a closed year

from .test_grid_journey import cycle  # noqa: F401  its year, opened for review
from .test_journey import browser, sign_in  # noqa: F401  the browser and its people

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])


def fits(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@SIZES
def test_a_board_speaks_staff_proposes_and_a_leader_decides(place, cycle, sign_in, width, height):  # noqa: F811
    board = AdvisingBoard.objects.create(organisation=place.root, name="Ban Tổ chức", short_name="Tổ chức", valid_from=date(2020, 1, 1))
    organiser = person("organiser")
    RoleAssignment.objects.create(user=organiser, role=Role.STAFF, organisation=place.root, board=board, valid_from=date(2020, 1, 1))
    cycle.sheets.filter(organisation__in=(place.base, place.lone)).update(
        state="accepted", submitted_at="2026-12-01T00:00Z", accepted_at="2026-12-02T00:00Z"
    )
    own = Review.objects.filter(subject="organisation", decided_by=place.root)
    Opinion.objects.bulk_create(Opinion(review=row, voice="self", level=2, by=place.staff) for row in own)
    appraisal = f"/evaluations/{cycle.pk}/bodies/{place.root.pk}/appraisal/"

    speaker = sign_in(organiser, width, height)
    speaker.goto(appraisal)
    fits(speaker, width)
    speaker.get_by_role("link", name="Ghi ý kiến Ban Tổ chức").click()
    speaker.get_by_label("Đảng bộ Sở Nội vụ, mức đề nghị").select_option("2")
    speaker.get_by_label("Đảng bộ Sở Nội vụ, nhận xét").fill("Hai nhiệm vụ quá hạn")
    fits(speaker, width)
    speaker.get_by_role("button", name="Ghi ý kiến của Ban Tổ chức").click()
    speaker.goto(appraisal)
    expect(speaker.get_by_text("Hai nhiệm vụ quá hạn")).to_be_visible()
    assert BoardOpinion.objects.get().by == organiser

    staff = sign_in(place.staff, width, height)
    staff.goto(appraisal)
    staff.get_by_role("link", name="Nhập mức đề xuất").click()
    expect(staff.get_by_role("button", name="Đến dòng còn thiếu")).to_be_visible()
    for name, key in (("Đảng bộ Sở Nội vụ", "2"), ("Chi bộ Liên minh Hợp tác xã", "3")):
        staff.get_by_label(f"{name}, Đề xuất", exact=True).press(key)
    staff.keyboard.press("Tab")
    staff.keyboard.type("Chậm nộp báo cáo")
    staff.keyboard.press("Enter")
    expect(staff.locator("[data-kp-status]")).to_contain_text("Đã lưu")
    staff.goto(f"{appraisal}?show=differing")
    expect(staff.locator("tbody tr")).to_have_count(1)
    expect(staff.locator("tbody tr")).to_contain_text("Chi bộ Liên minh Hợp tác xã")
    fits(staff, width)
    assert Opinion.objects.get(voice="proposed", review__organisation=place.lone).reason == "Chậm nộp báo cáo"

    staff.goto(f"/evaluations/{cycle.pk}/")
    staff.get_by_role("link", name="Soạn quyết định của Đảng ủy Khối").click()
    staff.get_by_role("button", name="Soạn quyết định từ các bảng đã chọn").click()
    staff.get_by_role("button", name="Trình lãnh đạo").click()
    expect(staff.get_by_role("button", name="Ban hành quyết định")).to_have_count(0)  # never by the person who proposed

    leader = sign_in(place.leader, width, height)
    leader.get_by_role("link", name="Xem xét, ban hành quyết định xếp loại").click()
    typed = {"Số quyết định": "88-QĐ/ĐUK", "Ngày ban hành": "28/12/2026", "Người ký": "Nguyễn Văn Bình", "Ngày họp": "26/12/2026"}
    typed |= {"Số người được triệu tập": "9", "Số người có mặt": "8", "Số đồng ý": "8"}
    for label, text in typed.items():
        leader.get_by_label(label).fill(text)
    fits(leader, width)
    leader.get_by_role("button", name="Ban hành quyết định").click()
    expect(leader.get_by_text("88-QĐ/ĐUK").first).to_be_visible()
    decided = Review.objects.filter(subject="organisation", decided_by=place.root).order_by("decided_level")
    assert list(decided.values_list("name", "decided_level")) == [("Đảng bộ Sở Nội vụ", 2), ("Chi bộ Liên minh Hợp tác xã", 3)]


@SIZES
def test_a_commendation_from_those_who_qualify_to_the_register(merits, sign_in, width, height):  # noqa: F811
    staff = sign_in(merits.base_staff, width, height)
    staff.goto("/evaluations/commendations/")
    staff.get_by_role("link", name="Lập đợt khen thưởng").click()
    staff.get_by_label("Cấp lập danh sách").select_option(label="Đảng bộ Sở Nội vụ")
    staff.get_by_role("button", name="Tiếp tục").click()
    staff.get_by_label("Năm xét").fill("2024")
    staff.get_by_label("Cấp khen thưởng").select_option(label="Đảng ủy Sở Nội vụ")
    staff.get_by_role("button", name="Lập danh sách").click()
    staff.get_by_role("link", name="Chọn đảng viên").click()
    expect(staff.get_by_label(merits.best.full_name)).to_be_visible()
    expect(staff.get_by_label(merits.good.full_name)).to_have_count(0)  # only good in that year
    fits(staff, width)
    staff.get_by_label(merits.best.full_name).check()
    staff.get_by_label("Hình thức").select_option("certificate")
    staff.get_by_role("button", name="Đưa các tên đã chọn vào danh sách").click()
    for label, text in {"Ngày họp": "20/02/2025", "Được triệu tập": "9", "Có mặt": "8", "Đồng ý": "8", "Không đồng ý": "0"}.items():
        staff.get_by_label(label, exact=True).fill(text)
    staff.get_by_role("button", name="Lưu kết quả biểu quyết").click()
    staff.get_by_role("button", name="Trình lãnh đạo").click()
    expect(staff.get_by_text("Đã trình danh sách.")).to_be_visible()
    fits(staff, width)

    leader = sign_in(merits.base_leader, width, height)
    leader.goto(staff.url)
    leader.get_by_label("Số văn bản").fill("12-QĐ/ĐU")
    leader.get_by_label("Ngày văn bản").fill("03/03/2025")
    leader.get_by_label("Người ký").fill("Trần Văn Ký")
    leader.get_by_role("button", name="Ban hành quyết định").click()
    expect(leader.get_by_text("Đã ban hành Quyết định số 12-QĐ/ĐU.")).to_be_visible()
    leader.goto("/evaluations/commendations/register/")
    expect(leader.get_by_text(merits.best.full_name).first).to_be_visible()
    fits(leader, width)
    assert set(Commendation.objects.filter(granted=True).values_list("name", flat=True)) == {merits.best.full_name, merits.also.full_name}
