"""Meetings of cells: each rule on both sides of its limit, what is refused, twelve months on one line."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import DatedSetting
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError, StaleVersion
from members import meeting_rules as rules
from members.cell_year import years_of
from members.enums import MeetingGrade as Grade
from members.models import Meeting, Resolution
from members.services.meetings import save_meeting, sheet_and_topic, sheet_on

from .factories import MemberFactory

NEW, OLD = date(2025, 10, 28), date(2018, 7, 6)  # the days of HD 42 and HD 12
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")


@pytest.fixture
def base(db):
    root = OrganisationFactory(name="Đảng bộ Khối", code="K")
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    base.root = root
    base.cell = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng", code="SNV-VP")
    base.other = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Thanh tra", code="SNV-TT")
    base.staff = RoleAssignmentFactory(organisation=base).user
    base.secretary = RoleAssignmentFactory(organisation=base.cell, role=Role.SECRETARY).user
    base.stranger = RoleAssignmentFactory(organisation=base.other, role=Role.SECRETARY).user
    MemberFactory.create_batch(3, cell=base.cell)
    return base


def of(base, **changed):
    values = {
        **{"kind": "regular", "held_on": date(2026, 3, 5), "minutes": 95, "expected": 10, "present": 9, "excused": 1, "unexcused": 0},
        **{"posted_on": date(2026, 3, 3), "topic": "Sơ kết quý", "studied": False, "superior": "", "points": None, "is_vetoed": False},
    }
    return values | changed


def held(base, *, by=None, cell=None, **changed):
    given = {name: changed.pop(name) for name in ("scores", "resolutions", "meeting", "version") if name in changed}
    return save_meeting(cell or base.cell, of(base, **changed), **given, by=by or base.secretary)


@pytest.mark.parametrize(
    ("kind", "held_on", "minutes", "least"),
    [
        ("regular", NEW, 90, None),
        ("regular", NEW, 89, 90),
        ("combined", NEW, 120, None),
        ("combined", NEW, 119, 120),
        ("combined", date(2025, 10, 27), 90, None),  # the longer time for a combined one is new
        ("combined", date(2025, 10, 27), 89, 90),
        ("regular", OLD, 89, 90),
        ("regular", date(2018, 7, 5), 10, None),
        ("thematic", NEW, 30, None),
        ("extra", NEW, 30, None),
        ("regular", NEW, None, None),
    ],
)
def test_c2_a_meeting_lasts_long_enough(kind, held_on, minutes, least):
    says = rules.too_short(kind, held_on, minutes)
    assert says is None if least is None else f"{minutes} phút, dưới {least} phút" in says


@pytest.mark.parametrize(
    ("expected", "present", "unexcused", "says"),
    [
        (100, 86, 0, None),
        (100, 85, 0, "Dự 85/100 (85,0%), chưa trên 85%"),
        (100, 86, 1, "1 người vắng không có lý do"),
        (0, 0, 0, None),
    ],
)
def test_c3_more_than_85_per_cent_and_nobody_absent_without_reason(expected, present, unexcused, says):
    found = rules.attendance_low(expected, present, unexcused)
    assert found is None if says is None else found.startswith(says)


@pytest.mark.parametrize(
    ("posted", "held_on", "is_late"), [(NEW, date(2025, 10, 29), False), (NEW, NEW, True), (date(2025, 10, 1), OLD, False), (None, NEW, False)]
)
def test_c4_papers_are_there_a_day_before(posted, held_on, is_late):
    assert bool(rules.posted_late(held_on, posted)) == is_late


@pytest.mark.parametrize(
    ("points", "vetoed", "grade"),
    [
        (90, False, Grade.GOOD),
        (89.5, False, Grade.FAIR),
        (70, False, Grade.FAIR),
        (69, False, Grade.AVERAGE),
        (50, False, Grade.AVERAGE),
        (49, False, Grade.POOR),
        (100, True, Grade.FAIR),
        (60, True, Grade.AVERAGE),
        (None, False, None),
    ],
)
def test_c5_points_give_the_grade_and_a_veto_allows_fair_at_most(points, vetoed, grade):
    assert rules.grade_of(points, vetoed) == grade


@pytest.mark.parametrize(("items", "fault"), [(((("a", 60), ("b", 40))), None), ((("a", 60), ("b", 39)), "99 điểm"), ((), None)])
def test_c5_the_items_of_a_sheet_make_a_hundred(items, fault):
    found = rules.ScoreSheet(items=items).fault()
    assert found is None if fault is None else fault in found


@pytest.mark.parametrize(
    ("good", "fair", "other", "grade"),
    [(7, 5, [], Grade.GOOD), (6, 6, [], None), (11, 0, [Grade.AVERAGE], None), (11, 0, [None], None), (0, 0, [], None)],
)
def test_c6_a_year_is_good_when_all_are_fair_or_better_and_seven_good(good, fair, other, grade):
    assert rules.year_grade([Grade.GOOD] * good + [Grade.FAIR] * fair + other) == grade


@pytest.mark.parametrize(("regular", "year", "missing"), [(2, 2025, 0), (1, 2025, 1), (0, 2025, 2), (0, 2026, 0)])
def test_c7_a_base_committee_meets_twice_a_year(regular, year, missing):
    assert rules.base_meetings_missing(regular, year, TODAY) == missing


def test_c1_a_month_and_a_quarter_are_missing_once_they_are_over():
    meetings = [("regular", date(2026, month, 5)) for month in (1, 2, 4, 5, 6, 7, 8, 9)] + [("thematic", date(2026, 5, 20))]
    found = rules.gaps(meetings, 2026, TODAY)
    assert (found.months, found.quarters) == ((3, 10), (1, 3))  # November is not over, nor is the fourth quarter
    assert rules.gaps([], 2026, TODAY, date(2026, 9, 15)).months == (9, 10)  # founded in September
    assert rules.gaps([("combined", date(2025, month, 1)) for month in range(1, 13)], 2025, TODAY) == rules.Gaps((), ())


def test_a_meeting_is_kept_with_its_resolutions_and_one_entry_in_the_trail(base):
    one = held(base, resolutions=[("03-NQ/CB", False, ""), ("04-NQ/CB", True, "Nâng cao chất lượng sinh hoạt")])
    assert [(row.number, row.is_thematic) for row in one.resolutions.all()] == [("03-NQ/CB", False), ("04-NQ/CB", True)]
    assert AuditEntry.objects.about(one).get().action == "meeting.recorded"
    held(base, meeting=one, version=1, present=10, excused=0, resolutions=[("03-NQ/CB", False, "")])
    assert (Meeting.objects.get().present, Resolution.objects.count()) == (10, 1)


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"held_on": date(2026, 11, 25)}, "Ngày họp chưa đến", "held_on"),
        ({"present": 8}, "khác số phải dự 10", "present"),
        ({"points": 101}, "Điểm từ 0 đến 100", "points"),
        ({"points": -1}, "Điểm từ 0 đến 100", "points"),
    ],
)
def test_what_cannot_be_is_refused(base, changed, sentence, field):
    with pytest.raises(DomainError, match=sentence) as refused:
        held(base, **changed)
    assert refused.value.field == field
    assert not Meeting.objects.exists()


def test_one_meeting_is_recorded_once_and_two_people_do_not_overwrite_each_other(base):
    one = held(base)
    with pytest.raises(DomainError, match="đã được ghi"):
        held(base)
    held(base, meeting=one, version=1, minutes=100, by=base.staff)
    with pytest.raises(StaleVersion):
        held(base, meeting=one, version=1, minutes=120)
    assert Meeting.objects.get().minutes == 100


def test_only_the_cell_and_its_staff_record(base):
    for user in (base.stranger, RoleAssignmentFactory(organisation=base.cell, role=Role.LEADER).user):
        with pytest.raises(PermissionDenied):
            held(base, by=user)


def scoring(base, items=(("Chuẩn bị", 40), ("Dân chủ", 60)), **more):
    value = {"cuts": [90, 70, 50], "items": [{"text": text, "max": most} for text, most in items], "vetoes": ["Không đủ 2/3 dự"], **more}
    return DatedSetting.objects.create(organisation=base.root, key=DatedSetting.Key.MEETING_SCORE, value=value, valid_from=date(2026, 1, 1))


def test_items_are_summed_by_the_program_and_stay_with_the_meeting(base):
    setting = scoring(base)
    one = held(base, scores=[38, 55])
    assert (one.points, one.scores) == (93, [["Chuẩn bị", 40, 38], ["Dân chủ", 60, 55]])
    with pytest.raises(DomainError, match="“Dân chủ”: điểm từ 0 đến 60"):
        held(base, held_on=date(2026, 4, 5), posted_on=None, scores=[38, 61])
    setting.value |= {"items": [{"text": "Một mục", "max": 100}]}
    setting.save()
    assert Meeting.objects.get().scores[0] == ["Chuẩn bị", 40, 38]
    with pytest.raises(DomainError, match="các mục khác"):
        held(base, held_on=date(2026, 4, 5), posted_on=None, scores=[38, 55])
    assert sheet_on(base.cell, date(2025, 12, 31)) == rules.ScoreSheet()


def test_a_whole_year_on_one_line(base):
    DatedSetting.objects.create(
        organisation=base.root, key=DatedSetting.Key.STUDY_TOPIC, value={"year": 2025, "topic": "Học tập Bác"}, valid_from=date(2025, 1, 1)
    )
    for month in range(1, 13):
        held(base, held_on=date(2025, month, 3), posted_on=None, kind="combined" if month % 3 == 0 else "regular", points=95 if month > 5 else 75)
    for month in (1, 2):
        held(base, cell=base.other, by=base.stranger, held_on=date(2025, month, 3), posted_on=None)
    first, second = years_of([base.cell, base.other], 2025, TODAY, rules.CUTS, "Học tập Bác")
    assert first.words == "12 kỳ thường kỳ, 4 chuyên đề; dự 90%; loại tốt"
    assert first.says == ["Chưa học tập chuyên đề của năm"]
    assert second.missing == tuple(range(3, 13))
    assert (second.grade, second.says[0]) == (None, "Thiếu chuyên đề quý 1, 2, 3, 4")
    assert [sheet_and_topic(base, date(year, 12, 31), year)[1] for year in (2025, 2026)] == ["Học tập Bác", ""]


def test_the_page_of_the_year_and_its_file(client, base, django_assert_max_num_queries):
    held(base, resolutions=[("04-NQ/CB", True, "Kỷ luật, kỷ cương")], points=92)
    client.force_login(base.staff)
    url = reverse("members:meeting_year", args=[base.pk, 2026])
    with CaptureQueriesContext(connection) as few:
        page = BeautifulSoup(client.get(url).content, "html.parser")
    row = next(one for one in page.find_all("tr") if "Chi bộ Văn phòng" in one.get_text())
    assert [cell.get_text(strip=True) for cell in row.find_all("td")][:4] == ["thiếu", "thiếu", "Tốt", "thiếu"]
    for number in range(5):
        OrganisationFactory(parent=base, kind=Kind.CELL, name=f"Chi bộ {number}", code=f"C{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(url)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url, {"export": "xlsx"}).content)).get_sheet_by_index(0).to_python()
    line = next(one for one in rows if one[0] == "Chi bộ Văn phòng")
    assert line[1:4] == ["thiếu", "thiếu", "Tốt"]
    alone = client.get(reverse("members:meeting_year", args=[base.cell.pk, 2026])).content.decode()
    assert "Nghị quyết chuyên đề 04-NQ/CB: Kỷ luật, kỷ cương" in alone
    assert client.get(reverse("members:meeting_year", args=[base.cell.pk, 2027])).status_code == 404


def test_an_empty_year_says_what_to_do(client, base):
    client.force_login(base.secretary)
    page = client.get(reverse("members:meeting_year", args=[base.cell.pk, 2026])).content.decode()
    assert "Chưa ghi kỳ sinh hoạt nào của năm này" in page
    assert reverse("members:meeting_new", args=[base.cell.pk]) in page


def test_the_form_knows_the_cell_and_keeps_what_was_typed(client, base):
    scoring(base)
    client.force_login(base.secretary)
    url = reverse("members:meeting_new", args=[base.cell.pk])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert page.find(attrs={"name": "expected"})["value"] == "3"
    assert "Dân chủ (tối đa 60 điểm)" in page.get_text()
    assert "Không đủ 2/3 dự" in page.get_text()
    typed = {
        **{"kind": "regular", "held_on": "05/03/2026", "minutes": "80", "expected": "3", "present": "2", "excused": "0", "unexcused": "0"},
        **{
            "topic": "Nội dung đã gõ",
            "item-0": "40",
            "item-1": "50,5",
            "month_number": "03-NQ/CB",
            "version": "0",
            "sheet": sheet_on(base.cell, TODAY).key,
        },
    }
    refused = BeautifulSoup(client.post(url, typed).content, "html.parser")
    assert "Có mặt + vắng = 2, khác số phải dự 3" in refused.get_text()
    assert (refused.find(attrs={"name": "topic"})["value"], refused.find(attrs={"name": "item-1"})["value"]) == ("Nội dung đã gõ", "50,5")
    over = client.post(url, typed | {"present": "3", "item-1": "61"}).content.decode()
    assert "60" in BeautifulSoup(over, "html.parser").find(class_="invalid-feedback").get_text()
    done = client.post(url, typed | {"present": "3"}, follow=True).content.decode()
    assert "Đã ghi kỳ sinh hoạt ngày 05/03/2026." in done
    assert "Sinh hoạt 80 phút, dưới 90 phút" in done
    one = Meeting.objects.get()
    assert (float(one.points), one.resolutions.get().number) == (90.5, "03-NQ/CB")
    again = BeautifulSoup(client.get(reverse("members:meeting_edit", args=[one.pk])).content, "html.parser")
    assert (again.find(attrs={"name": "item-1"})["value"], again.find(attrs={"name": "month_number"})["value"]) == ("50,5", "03-NQ/CB")


def test_the_settings_refuse_items_that_do_not_make_a_hundred(client, base):
    RoleAssignmentFactory(organisation=base.root, user=base.staff)
    client.force_login(base.staff)
    url = reverse("evaluations:setting_change", args=[base.root.pk, "meeting_score"])
    typed = {
        **{"good": "90", "fair": "70", "average": "50", "items": "Chuẩn bị; 40\nDân chủ; 59", "vetoes": "Không đủ 2/3 dự", "from_day": "01/01/2026"},
        **{"document_number": "9-HD/ĐUK", "document_on": "05/01/2026", "document_issuer": "Đảng ủy Khối"},
    }
    refused = client.post(url, typed).content.decode()
    assert "Các mục cộng lại 99 điểm, phải là 100." in refused
    assert "Dân chủ; 59" in refused
    client.post(url, typed | {"items": "Chuẩn bị; 40\nDân chủ; 60"})
    assert sheet_on(base.cell, TODAY).items == (("Chuẩn bị", 40), ("Dân chủ", 60))
    assert (
        "tốt từ 90, khá từ 70, trung bình từ 50 điểm; 2 mục<" in client.get(reverse("evaluations:setting_list", args=[base.root.pk])).content.decode()
    )


def test_a_meeting_is_scored_by_the_sheet_of_its_day_not_of_the_day_it_is_typed(client, base):
    scoring(base)
    client.force_login(base.secretary)
    url = reverse("members:meeting_new", args=[base.cell.pk])
    shown = BeautifulSoup(client.get(url).content, "html.parser").find(attrs={"name": "sheet"})["value"]
    typed = {
        **{"kind": "regular", "held_on": "04/12/2025", "minutes": "95", "expected": "3", "present": "3", "excused": "0", "unexcused": "0"},
        **{"topic": "Trước khi có phiếu", "item-0": "40", "item-1": "50", "version": "0", "sheet": shown},
    }

    page = BeautifulSoup(client.post(url, typed).content, "html.parser")

    assert "chấm theo phiếu khác" in page.get_text()
    assert (page.find(attrs={"name": "topic"})["value"], page.find(attrs={"name": "item-0"})) == ("Trước khi có phiếu", None)
    assert not Meeting.objects.exists()
    again = {
        one["name"]: one.get("value", "") for one in page.find("main").find_all("input", attrs={"name": True, "type": lambda t: t != "checkbox"})
    }
    assert client.post(url, again | {"kind": "regular", "points": "92"}).status_code == 302
    assert (Meeting.objects.get().points, Meeting.objects.get().scores) == (92, [])


def test_who_only_reads_is_led_to_no_form(client, base):
    one = held(base)
    edit = reverse("members:meeting_edit", args=[one.pk])
    leader = RoleAssignmentFactory(organisation=base, role=Role.LEADER).user
    for user, leads in ((leader, False), (base.staff, True)):
        client.force_login(user)
        for organisation in (base, base.cell):
            page = client.get(reverse("members:meeting_year", args=[organisation.pk, 2026])).content.decode()
            assert (edit in page) == leads
            assert reverse("members:meeting_year", args=[base.cell.pk, 2026]) in page
