"""Why: what the text of the year says of a row, by what the product knows."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from evaluations.known import facts_of, rows_of
from evaluations.models import Review
from evaluations.rulebooks.measures import whole_months
from evaluations.services.opinions import save_opinion


def known_facts(review, user):
    return facts_of(review.sheet.cycle, rows_of(Review.objects.filter(pk=review.pk)), user)[review.pk]


def page(client, user, review):
    client.force_login(user)
    return " ".join(
        BeautifulSoup(client.get(reverse("evaluations:review_why", args=[review.pk])).content, "html.parser").find("main").get_text(" ").split()
    )


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 6, 30), date(2026, 12, 31), 6),
        (date(2026, 7, 1), date(2026, 12, 31), 5),
        (date(2026, 6, 30), date(2026, 12, 30), 6),
        (date(2026, 6, 30), date(2026, 12, 29), 5),
        (date(2027, 1, 1), date(2026, 12, 31), 0),
    ],
)
def test_whole_months(start, end, months):
    assert whole_months(start, end) == months


def test_what_is_known_of_a_member(year):
    row = year.rows[0]
    row.is_civil_servant = True
    save_opinion(row, "agency", level=2, version=0, by=year.secretary)

    assert known_facts(row, year.staff) == {
        "civil_servant": True,
        "civil_servant_level": 2,
        "temporary_here": False,
        "exempt": False,
        "months_since_admission": 202,
        "months_at_former_cell": 0,
    }


def test_a_cell_is_known_by_its_members_once_all_are_rated(year):
    own = year.sheet.reviews.select_related("sheet__cycle", "organisation", "decided_by").get(subject="organisation")
    for place, row in enumerate(year.rows):
        row.decided_level = 1 if place == 0 else 3 if place == 1 else 2
        row.save()
    year.rows[5].decided_level = None
    year.rows[5].save()
    assert "members_rated" not in known_facts(own, year.staff)

    year.rows[5].decided_level = 4
    year.rows[5].save()

    facts = known_facts(own, year.staff)
    assert {name: facts[name] for name in ("members_rated", "members_lowest")} == {"members_rated": 6, "members_lowest": 1}


def test_the_page_says_what_is_known_and_what_is_not(year, client):
    text = page(client, year.secretary, year.rows[0])

    assert "Quy định 366-QĐ/TW và Hướng dẫn 43-HD/BTCTW" in text
    assert "Chưa đủ sự việc để nói mức nào còn mở" in text
    assert "Số tháng tròn từ ngày kết nạp đến ngày chốt danh sách 202 tháng" in text
    assert "Hoàn thành xuất sắc nhiệm vụ phải từ 90 điểm. Điều 11, Quy định số 366-QĐ/TW, ngày 30/08/2025. Còn thiếu: Tổng điểm." in text


def test_who_was_admitted_lately_is_told_why(year, client):
    row = year.rows[0]
    row.member.admitted_on = date(2026, 9, 2)
    row.member.official_on = None
    row.member.state = "probationary"
    row.member.save()

    assert "kết nạp chưa đủ 06 tháng" in page(client, year.staff, row)


def test_a_neighbour_does_not_see_it(year, client):
    client.force_login(year.other_secretary)

    assert client.get(reverse("evaluations:review_why", args=[year.rows[0].pk])).status_code == 404
