"""The history of a unit and of a member on one screen: years in their own words, breaks, gaps, awards, discipline, names."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.enums import Ending
from cells.models import OrganisationName
from cells.tests.factories import OrganisationFactory
from evaluations.tests.award_history import give
from evaluations.tests.conftest import person
from evaluations.tests.test_commendations import discipline, issued, merits  # noqa: F401  a list with its proof
from members.models import Discipline, MembershipEvent, Seat


def shown(client, name, pk):
    answer = client.get(reverse(f"evaluations:{name}", args=[pk]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(part):
    return " ".join(part.get_text(" ").split())


def rows_of(soup):
    return [text(row) for row in soup.find("table").find("tbody").find_all("tr")]


@pytest.fixture
def long(merits):  # noqa: F811
    """The first cell from 2013 on: the oldest words, TSVM, the new levels; 2016 missing; tiêu biểu in 2024 by the fixture."""
    for year, level in ((2014, 2), (2015, 1), (2017, 1), (2018, 2), (2019, 1), (2023, 3)):
        give(merits.root, merits.first, year, level, body=merits.base)
    return merits


def test_years_stand_in_their_own_words_with_a_break_between_two_series(client, long):
    client.force_login(long.base_staff)
    rows = rows_of(shown(client, "organisation_years", long.first.pk))
    years = [row.split()[0] for row in rows]
    assert years == ["2024", "2023", "2019", "2018", "Đến", "2017", "2015", "2014"]
    assert rows[4] == "Đến năm 2017: quy định cũ, không so sánh trực tiếp với các năm sau"
    assert "Hoàn thành xuất sắc nhiệm vụ tiêu biểu" in rows[0]
    assert "Trong sạch, vững mạnh" in rows[5]


def test_a_unit_s_names_origin_and_secretaries_stand_below(client, long):
    OrganisationName.objects.filter(organisation=long.first).delete()
    OrganisationName.objects.create(organisation=long.first, name="Chi bộ Hành chính", valid_from=date(2010, 1, 1), valid_to=date(2020, 1, 1))
    OrganisationName.objects.create(organisation=long.first, name=long.first.name, valid_from=date(2020, 1, 1))
    gone = OrganisationFactory(parent=long.base, kind="cell", name="Chi bộ Lưu trữ", code="LT", dissolved_on=date(2020, 1, 1), ending=Ending.MERGED)
    gone.successors.add(long.first)
    Seat.objects.create(member=long.best, organisation=long.first, post="secretary", valid_from=date(2020, 3, 1))
    client.force_login(long.base_staff)
    part = text(shown(client, "organisation_years", long.first.pk).find(id="ten-goi"))
    assert "Từ 01/01/2010 đến trước 01/01/2020: Chi bộ Hành chính" in part
    assert "Kế thừa Chi bộ Lưu trữ từ 01/01/2020" in part
    assert f"{long.best.full_name}, từ 01/03/2020" in part
    heir = text(shown(client, "organisation_years", gone.pk).find(id="ten-goi"))
    assert f"nay thuộc {long.first.name}" in heir


def test_a_member_s_awards_discipline_and_movements_are_on_the_same_page(client, long, time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")
    issued(long)
    discipline(long, long.best)
    Discipline.objects.create(member=long.best, place=long.first)  # an open case
    MembershipEvent.objects.create(member=long.best, kind="admitted", effective_on=date(2020, 1, 5), to_cell=long.first)
    client.force_login(long.base_staff)
    soup = shown(client, "member_years", long.best.pk)
    assert "Giấy khen" in text(soup.find(id="khen-thuong"))
    said = text(soup.find(id="ky-luat"))
    assert "Khiển trách ngày 01/12/2024" in said
    assert "đã hết hiệu lực từ 01/12/2025" in said
    assert "xem xét kỷ luật" not in text(soup)
    assert "05/01/2020 Kết nạp" in text(soup.find(id="qua-trinh"))
    client.force_login(long.inspector)
    assert "Đang xem xét kỷ luật" in text(shown(client, "member_years", long.best.pk))


def test_nobody_of_another_unit_opens_it(client, long):
    client.force_login(long.stranger)
    for name, pk in (("organisation_years", long.first.pk), ("member_years", long.best.pk)):
        assert client.get(reverse(f"evaluations:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("name", ["organisation_years", "member_years"])
def test_more_years_need_no_more_queries(client, long, name, django_assert_num_queries):
    subject = long.first if name == "organisation_years" else long.best
    client.force_login(long.base_staff)
    url = reverse(f"evaluations:{name}", args=[subject.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as once:
        client.get(url)
    for year in (2020, 2021, 2022):
        give(long.root, subject, year, 2, body=long.base)
    with django_assert_num_queries(len(once)):
        client.get(url)


def test_a_unit_without_years_says_so(client, place):
    client.force_login(person("new", "staff", place.root))
    soup = shown(client, "organisation_years", OrganisationFactory(parent=place.root, kind="base_cell", name="Chi bộ mới", code="MOI").pk)
    assert "Chưa có năm nào" in text(soup)
    assert "Chưa có khen thưởng nào." in text(soup)
    assert "Chưa ghi bí thư nào." in text(soup)
