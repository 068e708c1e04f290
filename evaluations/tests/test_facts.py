"""Facts that people enter, what the rules make of them in the grid and before the meeting, and remarks of former cells."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cells.enums import Role
from cells.models import DatedSetting, Document
from evaluations.findings import to_clear_up
from evaluations.grids import grid_of
from evaluations.known import facts_of, rows_of
from evaluations.models import EnteredFacts, FormerCellRemark, OutsideRating, Review
from evaluations.services.cycles import open_cycle, open_review
from evaluations.services.facts import give_remark, save_facts
from evaluations.services.opinions import save_opinion
from evaluations.services.settings import set_setting
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError, StaleVersion
from members.services.discipline import record_discipline
from members.services.movements import move_member

from .conftest import person

DONE = {"tasks": 10, "tasks_done": 10, "tasks_on_time": 10, "tasks_exceeded": 3, "degenerated": False, "faults_remedied": True, "leads": False}
POINTS = {"common": 28, "results": 65}


def entered(row, by, values=DONE, points=POINTS, version=0):
    return save_facts(row, values, points=points, version=version, by=by)


def text_of(page):
    return " ".join(BeautifulSoup(page.content, "html.parser").find("main").get_text(" ").split())


def test_facts_are_saved_with_version_and_trail_that_names_no_value(year):
    one = entered(year.rows[0], year.secretary)

    assert (one.version, one.on_behalf, one.values["tasks"], one.points) == (1, False, 10, POINTS)
    entry = AuditEntry.objects.get(action="facts.saved")
    assert "tasks" in entry.text
    assert "65" not in entry.text
    assert entered(year.rows[1], year.base_staff).on_behalf is True


def test_two_people_on_one_row_lose_nothing(year):
    entered(year.rows[0], year.secretary)

    with pytest.raises(StaleVersion) as stale:
        entered(year.rows[0], year.staff, values={"tasks": 12})
    assert stale.value.current.values["tasks"] == 10
    assert entered(year.rows[0], year.staff, values={"tasks": 12}, version=1).values == {"tasks": 12}


@pytest.mark.parametrize("who", ["other_secretary", "leader", "inspector", "base_leader", "stranger"])
def test_nobody_else_enters_facts(year, who):
    with pytest.raises(PermissionDenied):
        entered(year.rows[0], getattr(year, who))
    assert not EnteredFacts.objects.exists()


@pytest.mark.parametrize(
    ("values", "points", "sentence"),
    [
        ({"tasks": 5, "tasks_done": 6}, {}, "không được lớn hơn “Số nhiệm vụ, chỉ tiêu được giao” \\(5\\)"),
        ({"grade_political_task": "XS"}, {}, "Năm 2026 không hỏi “grade_political_task”"),
        ({}, {"common": 30.5}, "“Nhóm tiêu chí chung”: điểm phải từ 0 đến 30"),
        ({}, {"results": -1}, "điểm phải từ 0 đến 70"),
        ({}, {"other": 3}, "không có mục “other”"),
        ({"sick_months": -1}, {}, "không nhận giá trị"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(year, values, points, sentence):
    with pytest.raises(DomainError, match=sentence):
        entered(year.rows[0], year.secretary, values=values, points=points)
    assert not EnteredFacts.objects.exists()


def alarms(year, user):
    grid = grid_of(year.sheet, user)
    return {row.name: row.alarm for group in grid.groups for row in group.rows if row.alarm}


def test_the_grid_marks_a_level_that_a_verified_clause_forbids(year):
    first, second, third = year.rows[:3]
    for row in (first, second, third):
        save_opinion(row, "cell_vote", level=1, version=0, by=year.secretary)
    entered(first, year.secretary, points={"common": 28, "results": 61})  # 89
    entered(second, year.secretary, points={"common": 29, "results": 61})  # 90
    entered(third, year.secretary, points={"common": 20})  # not known yet: no mark

    assert alarms(year, year.secretary) == {first.name: "red"}


def test_a_voted_level_is_never_refused_by_a_rule(year):
    entered(year.rows[0], year.secretary, points={"common": 10, "results": 20})  # 30 points: the text forces the fourth level

    assert save_opinion(year.rows[0], "cell_vote", level=1, version=0, by=year.secretary).level == 1
    assert alarms(year, year.secretary) == {year.rows[0].name: "red"}


def test_the_list_before_the_meeting_names_what_must_be_cleared_up(year, client):
    first, second = year.rows[:2]
    save_opinion(first, "cell_vote", level=1, version=0, by=year.secretary)
    save_opinion(second, "cell_vote", level=2, version=0, by=year.secretary)
    entered(first, year.secretary, points={"common": 28, "results": 61})
    entered(second, year.secretary, points={"common": 20, "results": 60})  # 80: level 2 is right

    groups, counted = to_clear_up(year.cycle, year.sheet.reviews.all(), year.secretary)
    assert [(unit, [line.name for line in lines]) for unit, lines in groups] == [("Chi bộ Văn phòng", [first.name])]
    assert (counted["rows"], counted["red"], counted["amber"]) == (7, 1, 0)

    client.force_login(year.secretary)
    text = text_of(client.get(reverse("evaluations:sheet_findings", args=[year.sheet.pk])))
    assert "Hoàn thành xuất sắc nhiệm vụ phải từ 90 điểm. Điều 11, Quy định số 366-QĐ/TW, ngày 30/08/2025" in text
    client.force_login(year.base_staff)
    assert first.name in text_of(client.get(reverse("evaluations:body_findings", args=[year.cycle.pk, year.base.pk])))


def test_the_form_keeps_what_was_typed_and_goes_on_to_the_next_row(year, client):
    client.force_login(year.secretary)
    address = reverse("evaluations:row_facts", args=[year.rows[0].pk])
    typed = {"version": "0", "point_0": "28,5", "point_1": "75", "tasks": "10", "leads": "false", "source": "Biên bản họp chi bộ"}

    refused = client.post(address, typed)
    assert refused.status_code == 200
    assert "point_1" in refused.context["form"].errors
    assert 'value="28,5"' in refused.content.decode()
    assert 'value="Biên bản họp chi bộ"' in refused.content.decode()

    done = client.post(address, typed | {"point_1": "60", "next": "1"})
    assert done.url == reverse("evaluations:row_facts", args=[year.rows[1].pk])
    stored = EnteredFacts.objects.get(review=year.rows[0])
    assert (stored.points, stored.values) == ({"common": 28.5, "results": 60.0}, {"tasks": 10, "leads": False})
    page = client.get(address).content.decode()
    assert 'value="28,5"' in page
    assert '<option value="false" selected' in page
    shown = text_of(client.get(reverse("evaluations:sheet_facts", args=[year.sheet.pk])))
    assert f"1 {year.rows[0].name} 88,5 (28,5 + 60)" in shown.replace("  ", " "), shown[:400]


def test_grades_are_typed_as_numbers_of_criteria(place, client):
    cycle = open_cycle(place.root, 2024, by=place.staff)
    open_review(cycle, by=place.staff)
    row = Review.objects.filter(sheet__cycle=cycle, sheet__organisation=place.first, subject="member").first()
    client.force_login(place.secretary)
    address = reverse("evaluations:row_facts", args=[row.pk])
    typed = {"version": "0", "grades_results_XS": "2", "grades_results_T": "1", "grades_other_T": "4"}

    client.post(address, typed)

    assert EnteredFacts.objects.get(review=row).values == {"grades_results": ["XS", "XS", "T"], "grades_other": ["T"] * 4}
    assert "Các tiêu chí kết quả thực hiện nhiệm vụ Xuất sắc 2, Tốt 1" in text_of(client.get(reverse("evaluations:review_why", args=[row.pk])))


SHEET = {
    "common": "Chính trị, tư tưởng; 10\nĐạo đức, kỷ luật: 10 điểm\nTự phê bình và phê bình - 10",
    "results": "Nhiệm vụ được giao; 40\nChất lượng, tiến độ; 22,5\nNhiệm vụ đột xuất; 7,5",
    "vetoes": "Vắng sinh hoạt quá 3 lần không lý do",
    "from_day": "01/01/2026",
}


def test_a_score_sheet_is_a_dated_setting_whose_sums_are_checked(year, client):
    client.force_login(year.staff)
    address = reverse("evaluations:setting_change", args=[year.root.pk, "score_member"])

    short = client.post(address, SHEET | {"results": "Nhiệm vụ được giao; 40"})
    assert "Nhóm kết quả thực hiện nhiệm vụ: các mục cộng lại 40 điểm, quy định là 70 điểm." in text_of(short)
    unread = client.post(address, SHEET | {"common": "Chính trị, tư tưởng"})
    assert "hãy ghi điểm tối đa ở cuối dòng" in text_of(unread)
    assert client.post(address, SHEET).status_code == 302

    stored = DatedSetting.objects.get(key="score_member").value
    assert [item["max"] for item in stored["items"]] == [10, 10, 10, 40, 22.5, 7.5]
    form = client.get(reverse("evaluations:row_facts", args=[year.rows[0].pk])).context["form"]
    assert [form.fields[f"point_{n}"].label for n in range(6)][3:] == ["Nhiệm vụ được giao", "Chất lượng, tiến độ", "Nhiệm vụ đột xuất"]
    assert "Vắng sinh hoạt quá 3 lần không lý do" in dict(form.fields["vetoes"].choices)
    ticked = {"version": "0", "vetoes": "Vắng sinh hoạt quá 3 lần không lý do"}
    client.post(reverse("evaluations:row_facts", args=[year.rows[0].pk]), ticked)
    why = text_of(client.get(reverse("evaluations:review_why", args=[year.rows[0].pk])))
    assert "Cần làm rõ Vắng sinh hoạt quá 3 lần không lý do Điều kiện loại trừ của phiếu chấm điểm" in why


def test_the_sheet_of_a_leader_is_another_one(year):
    value = {"items": [{"group": "common", "text": "Chung", "max": 30}, {"group": "results", "text": "Lãnh đạo", "max": 70}], "vetoes": []}
    document = Document(organisation=year.root, kind="guidance", number="07-HD/ĐUK", issued_on=date(2026, 1, 5), issuer="Đảng ủy Khối")
    set_setting(year.root, "score_leader", value, from_day=date(2026, 1, 1), document=document, by=year.staff)

    with pytest.raises(DomainError, match="không có mục"):
        entered(year.rows[0], year.secretary, values=DONE | {"leads": True})
    assert entered(year.rows[0], year.secretary, values=DONE | {"leads": True}, points={"common-1": 30, "results-2": 66}).version == 1


def test_who_was_elsewhere_and_came_back_brings_a_remark_for_the_months_there(place):
    from members.models import Member
    from members.services.movements import return_member, transfer_out

    one = Member.objects.get(full_name="Lê Thị Hoa")
    transfer_out(one, outside="Đảng bộ tỉnh khác", on_day=date(2026, 2, 10), by=place.staff)
    return_member(one, cell=place.first, outside="Đảng bộ tỉnh khác", on_day=date(2026, 8, 10), by=place.staff)
    open_review(open_cycle(place.root, 2026, by=place.staff), by=place.staff)

    remark = FormerCellRemark.objects.get()
    assert (remark.review.member, remark.cell, remark.outside, remark.months) == (one, None, "Đảng bộ tỉnh khác", 6)


def test_the_former_cell_is_asked_for_its_remark_and_gives_it(place, client):
    from members.models import Member

    one = Member.objects.get(full_name="Lê Thị Hoa")
    move_member(one, to_cell=place.first, on_day=date(2026, 8, 10), by=place.staff)
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)

    remark = FormerCellRemark.objects.get()
    assert (remark.review.member, remark.cell, remark.months, remark.review.sheet.organisation) == (one, place.second, 7, place.first)
    client.force_login(place.other_secretary)
    assert "Nhận xét đảng viên đã chuyển: Lê Thị Hoa" in text_of(client.get(reverse("evaluations:remark", args=[remark.pk])))
    assert client.get(reverse("evaluations:review_why", args=[remark.review_id])).status_code == 404
    assert "Nhận xét đảng viên đã chuyển" in text_of(client.get(reverse("desk:home")))
    with pytest.raises(PermissionDenied):
        give_remark(remark, "Tốt.", by=place.secretary)
    with pytest.raises(DomainError, match="Hãy ghi nội dung nhận xét"):
        give_remark(remark, "  ", by=place.other_secretary)

    client.post(reverse("evaluations:remark", args=[remark.pk]), {"text": "Hoàn thành nhiệm vụ chi bộ giao."})

    remark.refresh_from_db()
    assert (remark.text, remark.given_by) == ("Hoàn thành nhiệm vụ chi bộ giao.", place.other_secretary)
    assert "Nhận xét đảng viên đã chuyển" not in text_of(client.get(reverse("desk:home")))
    client.force_login(place.secretary)
    assert "Hoàn thành nhiệm vụ chi bộ giao." in text_of(client.get(reverse("evaluations:remark", args=[remark.pk])))


def test_who_did_not_move_is_asked_nothing(year):
    assert not FormerCellRemark.objects.exists()


def test_recorded_discipline_is_a_fact_where_and_when_it_counts(year):
    inspector = person("board", Role.INSPECTOR, year.root)
    row, elsewhere, before = year.rows[:3]
    paper = {"kind": "decision", "number": "9-QĐ/UBKT", "issued_on": date(2026, 5, 20), "issuer": "Ủy ban Kiểm tra"}

    def punish(one, **more):
        act = {"degree": "khien_trach", "decided_on": date(2026, 5, 20), "by": inspector, **more}
        record_discipline(one.member, document=Document(organisation=year.root, **paper), **act)

    punish(row)
    punish(elsewhere, act_outside="Đảng bộ huyện cũ")
    punish(before, decided_on=date(2025, 12, 31))
    for one in (row, elsewhere, before):
        save_opinion(one, "cell_vote", level=2, version=0, by=year.secretary)
        save_facts(one, {"leads": False}, version=0, by=year.secretary)

    assert alarms(year, year.secretary) == {row.name: "red"}  # R4-12: duty-related discipline of this year, done here


def test_no_discipline_recorded_is_not_the_same_as_none(year, client):
    client.force_login(year.secretary)
    assert "disciplines" not in facts_of(year.cycle, rows_of(Review.objects.filter(pk=year.rows[0].pk)), year.staff)[year.rows[0].pk]
    client.post(reverse("evaluations:row_facts", args=[year.rows[0].pk]), {"version": "0", "disciplines": "none"})
    assert facts_of(year.cycle, rows_of(Review.objects.filter(pk=year.rows[0].pk)), year.staff)[year.rows[0].pk]["disciplines"] == []


def test_what_others_decided_is_a_fact(place):
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)
    paper = Document.objects.create(organisation=place.root, kind="other", number="12/QĐ", issued_on=date(2026, 12, 1), issuer="Sở Nội vụ")
    common = {"year": 2026, "document": paper, "entered_at": timezone.now()}
    OutsideRating.objects.create(kind="agency", organisation=place.first, level=3, **common)
    for name, level in (("Công đoàn", 1), ("Đoàn Thanh niên", 4)):
        OutsideRating.objects.create(kind="mass_body", organisation=place.first, body_name=name, level=level, **common)
    row = Review.objects.filter(sheet__cycle=cycle, organisation=place.first)

    found = facts_of(cycle, rows_of(row), place.staff)[row.get().pk]
    assert {name: found[name] for name in ("authority_level", "mass_bodies", "mass_bodies_good")} == {
        "authority_level": 3,
        "mass_bodies": 2,
        "mass_bodies_good": 1,
    }
