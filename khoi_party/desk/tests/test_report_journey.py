"""A secretary types the review report in a real browser: the draft keeps itself, and nothing is lost when the page is left."""

import pytest
from playwright.sync_api import expect

from evaluations.models import ReviewReport
from evaluations.tests.conftest import place  # noqa: F401  the small committee of the evaluation tests

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
