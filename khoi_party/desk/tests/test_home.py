"""The home page and the search from anywhere."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.models import OrganisationName, Target, Term
from evaluations.services.opinions import save_opinion
from evaluations.services.registrations import save_registration, submit_registration
from evaluations.services.sheets import submit_sheet
from evaluations.tests.conftest import place, year  # noqa: F401
from members.tests.factories import MemberFactory

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


def found(client, user, wanted):
    """What the search lists, line by line."""
    client.force_login(user)
    answer = client.post(reverse("desk:search"), {"q": wanted})
    return [" ".join(line.get_text(" ").split()) for line in BeautifulSoup(answer.content, "html.parser").select(".kp-found li")]


def test_a_member_is_found_by_words_of_the_name_and_by_a_whole_number_only(client, place):  # noqa: F811
    member = MemberFactory(
        cell=place.first,
        full_name="Lê Thị Hoa Lân",
        born_on=date(1975, 2, 3),
        card_number="12.345678",
        record_number="012345 VP",
        identity_number="001099123456",
    )
    MemberFactory(cell=place.first, full_name="Lê Thị Hoa Lan")
    line = f"Lê Thị Hoa Lân sinh {member.born_text}, {place.first.name}, {place.first.parent.name}"

    for whole in ("12.345678", "12345678", " 12 345678", "012345vp", "012345 VP", "001099123456", "lan hoa lê", "hoa lân"):
        assert line in found(client, place.staff, whole), whole
    assert len(found(client, place.staff, "hoa lan")) == 2
    for part in ("12.34567", "345678", "0123", "00109912345", "012345"):
        assert found(client, place.staff, part) == [], part


def test_namesakes_with_the_marks_that_were_typed_come_first(client, place):  # noqa: F811
    for name in ("Trần Văn Lan", "Trần Văn Lần", "Trần Văn Lân"):
        MemberFactory(cell=place.first, full_name=name)

    assert [line.split(" Chi bộ")[0] for line in found(client, place.staff, "lân")] == ["Trần Văn Lân", "Trần Văn Lan", "Trần Văn Lần"]


def test_an_organisation_is_found_by_the_name_it_had(client, place):  # noqa: F811
    OrganisationName.objects.create(organisation=place.base, name="Đảng bộ Sở Nội chính", valid_from=date(1999, 1, 1), valid_to=date(2000, 1, 1))

    assert found(client, place.staff, "noi chinh") == ["Đảng bộ Sở Nội vụ Đảng bộ cơ sở, từng mang tên Đảng bộ Sở Nội chính"]
    assert "từng mang tên" not in found(client, place.staff, "so noi")[0]
