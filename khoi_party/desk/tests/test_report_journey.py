"""Reports are typed in a real browser: the draft keeps itself, and nothing is lost when the page is left, the connection breaks or two people
write at one place."""

import pytest
from playwright.sync_api import expect

from evaluations.models import ReviewReport
from evaluations.tests.conftest import place  # noqa: F401  the small committee of the evaluation tests
from reports import services
from reports.tests.conftest import draft, quiet, targets, two_years, world  # noqa: F401  a finished draft of the term report

from .test_grid_journey import cycle  # noqa: F401  its year, opened for review
from .test_journey import browser, sign_in  # noqa: F401  the browser and its people

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_the_draft_keeps_itself_while_one_types(place, cycle, sign_in, width, height):  # noqa: F811
    sheet = cycle.sheets.get(organisation=place.first)
    secretary = sign_in(place.secretary, width, height)
    secretary.goto(f"/evaluations/sheets/{sheet.pk}/report/")
    box = secretary.get_by_label("A.II. Hạn chế, khuyết điểm và nguyên nhân")
    box.press_sequentially("Họp chậm hai kỳ")
    expect(secretary.get_by_text("Đã lưu nháp lúc")).to_be_visible(timeout=10_000)
    box.press_sequentially("; báo cáo muộn")
    expect(secretary.locator("#id_version")).to_have_value("2", timeout=10_000)
    secretary.goto("/")  # without pressing the button

    assert ReviewReport.objects.get().texts["faults"] == "Họp chậm hai kỳ; báo cáo muộn"
    secretary.goto(f"/evaluations/sheets/{sheet.pk}/report/")
    expect(secretary.get_by_label("A.II. Hạn chế, khuyết điểm và nguyên nhân")).to_have_value("Họp chậm hai kỳ; báo cáo muộn")
    assert secretary.evaluate("document.documentElement.scrollWidth") <= width


def test_words_survive_a_lost_connection_and_a_conflict(draft, two_years, sign_in):  # noqa: F811
    page = sign_in(two_years.leader)
    page.goto(f"/reports/{draft.pk}/words/conditions/")
    box = page.get_by_label("Đặc điểm, thuận lợi, khó khăn")
    box.press_sequentially("Thuận lợi là cơ bản")
    expect(page.get_by_text("Đã lưu nháp lúc")).to_be_visible(timeout=10_000)

    page.context.set_offline(True)
    box.press_sequentially("; khó khăn còn nhiều")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Mất kết nối mạng. Nội dung đã nhập vẫn còn trên trang")).to_be_visible(timeout=10_000)
    expect(box).to_have_value("Thuận lợi là cơ bản; khó khăn còn nhiều")
    page.context.set_offline(False)  # and nothing more is typed or pressed
    page.wait_for_url(f"**/reports/{draft.pk}/")
    assert draft.words()["conditions"].text == "Thuận lợi là cơ bản; khó khăn còn nhiều"

    page.goto(f"/reports/{draft.pk}/words/conditions/")
    box.focus()
    page.keyboard.press("Control+End")
    services.write_words(draft, "conditions", "Bản của cán bộ", version=2, by=two_years.staff)
    box.press_sequentially("; cần cố gắng")
    expect(page.get_by_text("Mục này vừa được sửa ở nơi khác")).to_be_visible(timeout=10_000)
    expect(box).to_have_value("Thuận lợi là cơ bản; khó khăn còn nhiều; cần cố gắng")
    page.get_by_role("button", name="Giữ bản đang gõ thành bản mới").click()
    expect(page.locator("#id_version")).to_have_value("4", timeout=10_000)
    kept = [*draft.words_written.order_by("version").values_list("text", flat=True)]
    assert kept[-2:] == ["Bản của cán bộ", "Thuận lợi là cơ bản; khó khăn còn nhiều; cần cố gắng"]
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(f"**/reports/{draft.pk}/")
