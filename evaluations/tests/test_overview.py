"""Who has registered, and what an organisation was given year by year."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from evaluations.services.decisions import issue_decision, propose_decision, publish_decision

from .test_deciding import ISSUE, accepted


def rows_of(client, year, show):
    page = client.get(reverse("evaluations:registration_list", args=[year.cycle.pk]), {"show": show})
    return [row.organisation.name for row in page.context["rows"]]


@pytest.mark.parametrize(("moment", "late"), [("2026-03-31 20:00", []), ("2026-04-01 09:00", ["Đảng bộ Sở Nội vụ", "Chi bộ Thanh tra"])])
def test_overview_tells_who_is_missing_and_who_is_late(year, client, moment, late):
    year.cycle.registrations.filter(organisation=year.first).update(
        level=1, state="noted", submitted_at="2026-03-31T10:00Z", noted_at="2026-04-02T01:00Z"
    )
    year.cycle.registrations.filter(organisation=year.lone).update(level=2, state="submitted", submitted_at="2026-03-31T18:00Z")  # 01/04 in Vietnam
    client.force_login(year.staff)

    with time_machine.travel(f"{moment} +0700", tick=False):
        client.force_login(year.staff)
        assert rows_of(client, year, "missing") == ["Đảng bộ Sở Nội vụ", "Chi bộ Thanh tra"]
        assert rows_of(client, year, "late") == [*late, "Chi bộ Liên minh Hợp tác xã"]
        assert rows_of(client, year, "sent") == ["Chi bộ Văn phòng", "Chi bộ Liên minh Hợp tác xã"]
        page = client.get(reverse("evaluations:registration_list", args=[year.cycle.pk]))
    assert "hoàn thành xuất sắc nhiệm vụ 1; hoàn thành tốt nhiệm vụ 1" in " ".join(page.content.decode().split())


def test_overview_ends_at_ones_own_scope_and_is_exported(year, client):
    client.force_login(year.secretary)
    assert rows_of(client, year, "") == ["Chi bộ Văn phòng"]

    answer = client.get(reverse("evaluations:registration_list", args=[year.cycle.pk]), {"export": "xlsx"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="dang-ky-2026')


def test_years_of_an_organisation_in_each_years_own_words(year, client):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    address = reverse("evaluations:organisation_years", args=[year.first.pk])

    def cells(user):
        client.force_login(user)
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return [" ".join(cell.get_text(" ").split()) for cell in soup.select("#xep-loai tbody td")]

    issued = cells(year.base_staff)
    assert issued[4] == "Hoàn thành tốt nhiệm vụ"
    assert issued[6].startswith("Quyết định số 12-QĐ/ĐU")
    assert cells(year.secretary)[4:7] == ["Chưa xếp loại", "", ""]
    publish_decision(decision, by=year.base_staff)
    assert cells(year.secretary)[4:6] == ["Hoàn thành tốt nhiệm vụ", "HTXSNV 1 HTTNV 5"]
