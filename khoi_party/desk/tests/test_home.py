"""The home page and the search from anywhere."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.models import Target, Term
from evaluations.services.opinions import save_opinion
from evaluations.services.registrations import save_registration, submit_registration
from evaluations.services.sheets import submit_sheet
from evaluations.tests.conftest import place, year  # noqa: F401

EMPTY = dict.fromkeys(("planned_1", "planned_2", "planned_3", "planned_4", "thematic_meetings_planned"))


def page(client, user, name="desk:home", data=None):
    client.force_login(user)
    answer = client.post(reverse(name), data) if data else client.get(reverse(name))
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").get_text(" ").split())


def test_what_one_has_sent_waits_with_others(client, year):  # noqa: F811
    registration = year.cycle.registrations.get(organisation=year.first)
    values = EMPTY | {"level": 2, "admissions_planned": 0, "commitments": ""}
    submit_registration(save_registration(registration, values, version=1, by=year.secretary), by=year.secretary)
    for row in year.rows:
        save_opinion(row, "cell_vote", level=2, version=0, by=year.secretary)
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)

    text = page(client, year.secretary)

    assert "Đang chờ người khác" in text
    assert "Tiếp nhận đăng ký năm 2026 Đảng ủy Sở Nội vụ" in text
    assert "Tiếp nhận bảng xếp loại năm 2026 Đảng ủy Sở Nội vụ" in text
    assert "Đang chờ người khác" not in page(client, year.staff)


def test_targets_of_the_running_term_are_drawn_for_those_who_answer_for_them(client, place, time_machine):  # noqa: F811
    time_machine.move_to("2026-11-23 09:00 +0700")
    term = Term.objects.create(organisation=place.root, label="2025-2030", congress_on=date(2009, 7, 25), first_year=2025, last_year=2029)
    Target.objects.create(term=term, indicator="admissions", span="term", operator="at_least", low=400, wording="Kết nạp từ 400 đảng viên")

    assert "Chỉ tiêu nhiệm kỳ 2025-2030" in page(client, place.leader)
    assert "từ 400 đảng viên" in page(client, place.staff)
    assert "Chỉ tiêu nhiệm kỳ" not in page(client, place.secretary)


@pytest.mark.parametrize(
    ("who", "wanted", "found"),
    [
        ("staff", "so noi vu", "Đảng bộ Sở Nội vụ"),
        ("staff", "le thi hoa", "Lê Thị Hoa"),
        ("secretary", "le thi hoa", "Không tìm thấy"),
        ("stranger", "so noi vu", "Không tìm thấy"),
    ],
)
def test_search_finds_what_one_may_see(client, place, who, wanted, found):  # noqa: F811
    assert found in page(client, getattr(place, who), "desk:search", {"q": wanted})
