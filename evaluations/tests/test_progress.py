"""The year's plan: who keeps whom waiting, what is overdue and who hears of it, and how a unit's review is prepared."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.models import DatedSetting, Document
from evaluations.models import ReviewPlan
from evaluations.progress import children_of, overdue_below, units_of
from evaluations.services.plans import draft_is_late, save_review_day, save_suggestion
from evaluations.services.settings import set_setting
from evaluations.services.sheets import submit_sheet
from khoi_party.common.errors import DomainError, StaleVersion

from .test_deciding import vote

FRIDAY, AFTER = date(2026, 12, 18), date(2026, 12, 16)  # sheets are due on Tuesday 15/12/2026


def text_of(client, user, name, *arguments, data=None):
    client.force_login(user)
    address = reverse(name, args=arguments)
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def registered(year):
    moment = "2026-03-01T00:00Z"
    year.cycle.registrations.update(state="noted", level=2, admissions_planned=0, submitted_at=moment, noted_at=moment)


def test_the_committee_waits_for_the_cells_that_have_not_sent(year):
    vote(year)
    submit_sheet(year.sheet, by=year.secretary)

    units = units_of(year.cycle, year.root, date(2026, 12, 1))
    base = units[year.base.path]

    assert (base.sent_below, base.below, base.waits_for) == (1, 2, ["Chi bộ Thanh tra"])
    assert (units[year.first.path].decided, units[year.first.path].rows) == (0, 7)  # six members and the cell itself
    assert (base.decided, base.rows) == (0, 7 + 2 + 1)
    assert [unit.name for unit in children_of(units, year.root)] == ["Đảng bộ Sở Nội vụ", "Chi bộ Liên minh Hợp tác xã"]


@pytest.mark.parametrize(("day", "owes"), [(date(2026, 12, 15), []), (date(2026, 12, 16), ["bảng xếp loại"])])
def test_the_whole_day_of_the_deadline_counts(year, day, owes):
    registered(year)
    assert [what for what, _ in units_of(year.cycle, year.root, day)[year.first.path].overdue] == owes


def test_the_superior_hears_at_once_the_level_above_after_the_agreed_working_days(year):
    registered(year)
    cells, bases = ["Chi bộ Văn phòng", "Chi bộ Thanh tra"], ["Đảng bộ Sở Nội vụ", "Chi bộ Liên minh Hợp tác xã"]

    assert overdue_below(year.cycle, year.base, AFTER) == {"bảng xếp loại": (cells, date(2026, 12, 15))}
    assert overdue_below(year.cycle, year.root, AFTER)["bảng xếp loại"][0] == bases
    assert overdue_below(year.cycle, year.root, FRIDAY)["bảng xếp loại"][0] == bases  # three working days: not more than three
    monday = overdue_below(year.cycle, year.root, date(2026, 12, 21))["bảng xếp loại"][0]
    below = [f"{cell} (Đảng ủy Sở Nội vụ)" for cell in cells]
    assert monday == ["Đảng bộ Sở Nội vụ", *below, "Chi bộ Liên minh Hợp tác xã"]


def test_the_agreed_days_are_a_dated_setting(year):
    registered(year)
    set_setting(year.root, DatedSetting.Key.ESCALATION, {"days": 1}, from_day=date(2026, 1, 1), by=year.staff)
    assert "Chi bộ Thanh tra (Đảng ủy Sở Nội vụ)" not in overdue_below(year.cycle, year.root, AFTER)["bảng xếp loại"][0]
    assert "Chi bộ Thanh tra (Đảng ủy Sở Nội vụ)" in overdue_below(year.cycle, year.root, date(2026, 12, 17))["bảng xếp loại"][0]


def test_the_home_page_and_the_progress_page_say_whom_to_remind(year, client, time_machine):
    time_machine.move_to("2026-12-16 09:00 +0700")
    home = text_of(client, year.base_staff, "desk:home")
    assert "Nhắc 2 đơn vị chưa gửi bảng xếp loại năm 2026 Chi bộ Văn phòng, Chi bộ Thanh tra" in home
    page = text_of(client, year.base_staff, "evaluations:cycle_progress", year.cycle.pk, year.base.pk)
    assert "Kính gửi: Chi bộ Văn phòng; Chi bộ Thanh tra." in page
    assert "Trần Văn" not in page  # no personal data in a reminder
    assert "0/2 đơn vị đã gửi; chờ Chi bộ Văn phòng, Chi bộ Thanh tra" in text_of(
        client, year.staff, "evaluations:cycle_progress", year.cycle.pk, year.root.pk
    )


def test_the_progress_page_asks_the_same_number_of_queries_for_any_number_of_units(year, client):
    client.force_login(year.staff)
    counts = []
    for place in (year.root, year.base):
        address = reverse("evaluations:cycle_progress", args=[year.cycle.pk, place.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_suggestions_go_down_and_are_answered(year, client):
    sheet = year.sheet
    paper = Document(organisation=year.base, kind="other", number="12-CV/ĐU", issued_on=date(2026, 11, 20), issuer="Đảng ủy Sở Nội vụ")
    plan = save_suggestion(
        sheet, attending="Phó Bí thư Đảng ủy", suggestion="Làm rõ hai nhiệm vụ quá hạn", document=paper, version=0, by=year.base_staff
    )
    assert (plan.version, plan.document.number, plan.suggested_by) == (1, "12-CV/ĐU", year.base_staff)
    assert "Cấp trên có gợi ý kiểm điểm năm 2026" in text_of(client, year.secretary, "desk:home")
    assert "Làm rõ hai nhiệm vụ quá hạn" in text_of(client, year.secretary, "evaluations:sheet_plan", sheet.pk)

    days = {"meets_on": date(2026, 12, 8), "draft_sent_on": date(2026, 12, 3), "held_on": date(2026, 12, 8)}
    with pytest.raises(DomainError, match="hãy ghi giải trình"):
        save_review_day(sheet, **days, version=1, by=year.secretary)
    save_review_day(sheet, **days, answer="Đã hoàn thành một, một chuyển quý I", version=1, by=year.secretary)
    assert "gợi ý kiểm điểm" not in text_of(client, year.secretary, "desk:home")


@pytest.mark.parametrize(("sent", "late"), [(date(2026, 12, 3), False), (date(2026, 12, 4), True), (None, None)])
def test_the_draft_goes_out_three_working_days_before(year, sent, late):
    """The meeting is on Tuesday 08/12/2026: Thursday is the third working day before it."""
    plan = save_review_day(year.sheet, meets_on=date(2026, 12, 8), draft_sent_on=sent, version=0, by=year.secretary)
    assert draft_is_late(plan, year.root) is late


def test_each_side_writes_its_own_part_and_nobody_writes_over_the_other(year):
    for who in (year.secretary, year.base_leader, year.inspector, year.other_secretary):
        with pytest.raises(PermissionDenied):
            save_suggestion(year.sheet, attending="", suggestion="Gợi ý", version=0, by=who)
    for who in (year.base_leader, year.other_secretary):
        with pytest.raises(PermissionDenied):
            save_review_day(year.sheet, meets_on=date(2026, 12, 8), version=0, by=who)
    save_suggestion(year.sheet, attending="", suggestion="Gợi ý", version=0, by=year.base_staff)
    with pytest.raises(StaleVersion):
        save_review_day(year.sheet, meets_on=date(2026, 12, 8), version=0, by=year.secretary)
    with pytest.raises(DomainError, match="không được sau ngày họp"):
        save_review_day(
            year.sheet, meets_on=None, draft_sent_on=date(2026, 12, 9), held_on=date(2026, 12, 8), answer="x", version=1, by=year.secretary
        )
    assert ReviewPlan.objects.get().version == 1


def test_what_was_typed_stays_when_it_is_refused(year, client):
    save_suggestion(year.sheet, attending="", suggestion="Gợi ý", version=0, by=year.base_staff)
    sent = {"part": "own", "meets_on": "08/12/2026", "draft_sent_on": "", "held_on": "08/12/2026", "answer": "", "version": "1"}
    client.force_login(year.secretary)
    page = BeautifulSoup(client.post(reverse("evaluations:sheet_plan", args=[year.sheet.pk]), sent).content, "html.parser")
    assert "hãy ghi giải trình" in page.get_text()
    assert page.select_one("[name=meets_on]")["value"] == "08/12/2026"
