"""Admissions of a year unit by unit, counted by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.admission_plan import plan_of
from evaluations.services.registrations import save_registration, submit_registration
from members.models import Admission, Member, MembershipEvent

TODAY = date(2026, 11, 24)


def admitted(cell, day, name="Người Mới"):
    member = Member.objects.create(full_name=name, gender="male", cell=cell, admitted_on=day, state="probationary")
    MembershipEvent.objects.create(member=member, kind="admitted", effective_on=day, to_cell=cell)


def registered(world, cell, by, number):
    empty = dict.fromkeys(("planned_1", "planned_2", "planned_3", "planned_4", "thematic_meetings_planned"))
    registration = world.cycle.registrations.get(organisation=cell)
    row = save_registration(registration, empty | {"level": 2, "commitments": "", "admissions_planned": number}, version=1, by=by)
    submit_registration(row, by=by)


@pytest.fixture
def planned(year, time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")
    registered(year, year.first, year.secretary, 3)
    registered(year, year.second, year.other_secretary, 1)
    admitted(year.first, date(2026, 1, 1))
    admitted(year.first, date(2026, 11, 24))
    admitted(year.second, date(2025, 12, 31))
    admitted(year.lone, date(2024, 7, 1))
    Admission.objects.create(
        cell=year.first,
        helper=Member.objects.filter(cell=year.first).first(),
        full_name="Người Xin Vào",
        gender="male",
        born_on=date(1995, 5, 1),
        rules="qd294",
        opened_on=date(2026, 2, 1),
    )
    return year


def test_planned_reached_and_under_way_by_unit(planned):
    whole, base, lone = plan_of(planned.root, 2026, date(2025, 7, 1), TODAY)
    assert (whole.planned, whole.year, whole.term, whole.under_way) == (4, 2, 3, 1)
    assert (base.planned, base.year, base.term, base.under_way) == (4, 2, 3, 1)
    assert (lone.planned, lone.year, lone.term, lone.under_way) == (None, 0, 0, 0)
    assert base.pace == "Còn 2 hồ sơ, bình quân 1 một tháng."  # November and December are left
    assert (base.share, lone.share) == (0.5, None)


def test_a_past_year_counts_its_own_days_and_promises_nothing(planned):
    whole, *_ = plan_of(planned.root, 2025, None, TODAY)
    assert (whole.planned, whole.year, whole.term, whole.pace) == (None, 1, 0, "")


def test_the_page_and_its_queries(planned, client):
    client.force_login(planned.staff)
    counts = []
    for place in (planned.root, planned.base):
        address = reverse("evaluations:admission_plan", args=[planned.cycle.pk, place.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        counts.append(len(queries))
    assert "Còn 2 hồ sơ" in page
    assert counts[0] == counts[1] <= 14
