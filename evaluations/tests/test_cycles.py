from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cells.enums import OrganisationKind
from cells.models import DatedSetting, Document
from evaluations.models import Cycle, QuotaPool, Review
from evaluations.services.cycles import open_cycle, open_review
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from members.models import Member
from members.services.movements import suspend_member

from .conftest import member, organisation


def test_opening_a_year_makes_calendar_and_registrations(place):
    cycle = open_cycle(place.root, 2026, by=place.staff)

    assert (cycle.rulebook, cycle.cutoff_on) == ("qd366", date(2026, 12, 31))
    assert list(cycle.stages.values_list("kind", flat=True)) == ["preparation", "registration", "review", "classification", "closing"]
    assert {r.organisation.name: r.superior_name for r in cycle.registrations.select_related("organisation")} == {
        "Đảng bộ Sở Nội vụ": "Đảng ủy Khối các cơ quan tỉnh",
        "Chi bộ Văn phòng": "Đảng ủy Sở Nội vụ",
        "Chi bộ Thanh tra": "Đảng ủy Sở Nội vụ",
        "Chi bộ Liên minh Hợp tác xã": "Đảng ủy Khối các cơ quan tỉnh",
    }
    assert AuditEntry.objects.get().summary == "Mở năm đánh giá 2026."


def test_opening_a_year_twice_is_refused(place):
    open_cycle(place.root, 2026, by=place.staff)

    with pytest.raises(DomainError, match=r"^Năm 2026 đã được mở\.$"):
        open_cycle(place.root, 2026, by=place.staff)
    assert Cycle.objects.count() == 1


def test_two_years_may_be_open_and_a_year_before_2014_not(place):
    open_cycle(place.root, 2025, by=place.staff)
    open_cycle(place.root, 2026, by=place.staff)

    assert Cycle.objects.open().count() == 2
    with pytest.raises(DomainError, match="năm 2013"):
        open_cycle(place.root, 2013, by=place.staff)


@pytest.mark.parametrize("who", ["secretary", "leader", "inspector", "base_staff", "stranger"])
def test_only_staff_of_the_root_open_a_year(place, who):
    with pytest.raises(PermissionDenied):
        open_cycle(place.root, 2026, by=getattr(place, who))


def test_review_copies_rosters_and_says_who_is_not_rated(place):
    member("Vũ Thị Mới", place.first, admitted_on=date(2026, 9, 1))
    cycle = open_cycle(place.root, 2026, by=place.staff)

    assert open_review(cycle, by=place.staff) == 4

    rows = Review.objects.filter(sheet__organisation=place.first, subject="member").order_by("sort_key")
    assert [row.name for row in rows] == ["Trần Văn Aa", "Trần Văn Ab", "Trần Văn Ac", "Trần Văn Ad", "Trần Văn Ae", "Trần Văn Ag", "Vũ Thị Mới"]
    new = rows.last()
    assert (new.eligibility, new.eligibility_rule, new.eligibility_reason) == (
        "exempt",
        "R4-14",
        "Mới kết nạp chưa đủ 6 tháng (Điều 5, Quy định số 366-QĐ/TW, ngày 30/08/2025).",
    )
    assert {row.decided_by.name for row in rows} == {"Đảng bộ Sở Nội vụ"}
    with pytest.raises(DomainError, match="đã mở kiểm điểm"):
        open_review(cycle, by=place.staff)


def test_each_row_is_decided_by_the_right_body(year):
    decided_by = {(r.name): r.decided_by.name for r in Review.objects.exclude(name__startswith="Trần").select_related("decided_by")}
    assert decided_by == {
        "Đảng bộ Sở Nội vụ": "Đảng bộ Khối các cơ quan tỉnh",
        "Chi bộ Văn phòng": "Đảng bộ Sở Nội vụ",
        "Chi bộ Thanh tra": "Đảng bộ Sở Nội vụ",
        "Chi bộ Liên minh Hợp tác xã": "Đảng bộ Khối các cơ quan tỉnh",
        "Lê Thị Hoa": "Đảng bộ Sở Nội vụ",
        "Phạm Văn Lâm": "Chi bộ Liên minh Hợp tác xã",
    }


def test_members_of_a_base_share_one_pool(year):
    pool = QuotaPool.objects.get(body=year.base, subject="member")
    assert pool.reviews.count() == 7
    assert (pool.rate, pool.base, pool.rounding, pool.blocks) == (20, "good", "floor", False)
    assert pool.citation == "Điều 11, điểm 1.5, Quy định số 366-QĐ/TW, ngày 30/08/2025"


def test_a_confirmed_setting_makes_the_pool_block(place):
    paper = Document.objects.create(organisation=place.root, kind="guidance", number="05-HD/ĐUK", issued_on=date(2026, 1, 5), issuer="ĐUK")
    DatedSetting.objects.create(
        organisation=place.root,
        key=DatedSetting.Key.QUOTA_MEMBERS,
        value={"base": "good_or_better", "rate": 20, "rounding": "floor"},
        valid_from=date(2026, 1, 1),
        document=paper,
    )
    open_review(open_cycle(place.root, 2026, by=place.staff), by=place.staff)

    pool = QuotaPool.objects.get(body=place.base, subject="member")
    assert (pool.base, pool.blocks) == ("good_or_better", True)


def test_opening_the_review_costs_the_same_for_more_members(place, django_assert_max_num_queries):
    cycle = open_cycle(place.root, 2026, by=place.staff)
    for number in range(30):
        member(f"Đỗ Văn B{number}", place.second)

    with django_assert_max_num_queries(30):
        open_review(cycle, by=place.staff)


def test_two_years_may_be_open_at_once(year):
    following = open_cycle(year.root, 2027, by=year.staff)

    assert Cycle.objects.open().count() == 2
    assert following.registrations.count() == year.cycle.registrations.count() == 4
    assert not following.sheets.exists()


def test_a_unit_founded_after_the_opening_is_taken_in(year, client):
    from django.urls import reverse

    from evaluations.services.cycles import add_late_units, late_units

    new = organisation("Chi bộ Chuyển đổi số", OrganisationKind.CELL, year.base, 3)
    someone = member("Đỗ Thị Tân", new)
    assert list(late_units(year.cycle)) == [new]
    with pytest.raises(PermissionDenied):
        add_late_units(year.cycle, by=year.base_staff)
    client.force_login(year.staff)
    page = client.get(reverse("evaluations:cycle_detail", args=[year.cycle.pk])).content.decode()
    assert "1 tổ chức đảng thành lập hoặc chuyển đến sau khi mở năm" in page

    client.post(reverse("evaluations:cycle_units_add", args=[year.cycle.pk]))

    assert year.cycle.registrations.get(organisation=new).superior_name == "Đảng ủy Sở Nội vụ"
    assert year.cycle.sheets.get(organisation=new).superior_name == "Đảng ủy Sở Nội vụ"
    rows = Review.objects.filter(sheet__cycle=year.cycle, sheet__organisation=new)
    assert {row.member or row.organisation for row in rows} == {someone, new}
    assert {row.decided_by for row in rows} == {year.base}
    assert not late_units(year.cycle).exists()
    with pytest.raises(DomainError, match="Không có tổ chức đảng nào cần bổ sung"):
        add_late_units(year.cycle, by=year.staff)


def test_sums_count_the_cells_below_a_part_of_a_base(place):
    from evaluations.models import Registration

    part = organisation("Đảng bộ bộ phận Khối cơ quan", OrganisationKind.SUB_COMMITTEE, place.base, 5)
    organisation("Chi bộ Phòng Một", OrganisationKind.CELL, part, 1)
    cycle = open_cycle(place.root, 2026, by=place.staff)
    sent = {"state": "submitted", "submitted_at": "2026-03-01T02:00Z", "level": 2, "planned_1": 2, "admissions_planned": 1}
    cycle.registrations.filter(organisation__name__in=["Chi bộ Phòng Một", "Chi bộ Văn phòng", "Đảng bộ bộ phận Khối cơ quan"]).update(**sent)

    sums = Registration.objects.sums_below(cycle.registrations.get(organisation=place.base))

    assert (sums["units"], sums["planned_1"], sums["admissions"]) == (2, 4, 2)


def test_a_suspended_member_is_not_rated(place):
    one = Member.objects.get(full_name="Lê Thị Hoa")
    decided = Document(organisation=place.root, kind="decision", number="5-QĐ/ĐUK", issued_on=date(2026, 3, 1), issuer="Đảng ủy Khối")
    suspend_member(one, on_day=date(2026, 3, 1), document=decided, by=place.staff)
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)

    row = Review.objects.get(member=one)
    assert (row.eligibility, row.eligibility_rule) == ("exempt", "R4-14")
    assert row.eligibility_reason.startswith("Bị đình chỉ sinh hoạt đảng")


def test_closing_names_what_is_better_done_before(year, client):
    from evaluations.services.ballots import open_ballot
    from evaluations.services.decisions import issue_decision, propose_decision

    from .test_deciding import ISSUE, accepted

    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    sheet = year.cycle.sheets.get(organisation=year.second)
    rows = list(sheet.reviews.filter(subject="member").values_list("pk", flat=True))
    open_ballot(year.second, year.cycle, sheet, subject="member", reviews=rows, meeting="cell", held_on=date(2026, 11, 20), by=year.base_staff)
    client.force_login(year.staff)
    page = client.get(reverse("evaluations:cycle_close", args=[year.cycle.pk])).content.decode()
    assert "Còn 1 lần bỏ phiếu chưa xác nhận kết quả" in page
    assert "Còn 1 quyết định đã ban hành chưa công bố" in page
    assert "khiếu nại chưa trả lời" not in page


def test_a_second_return_with_another_reason_is_not_swallowed(year):
    from evaluations.models import Registration
    from evaluations.services.registrations import return_registration

    registration = year.cycle.registrations.get(organisation=year.first)
    Registration.objects.filter(pk=registration.pk).update(state="submitted", submitted_at="2026-03-01T00:00Z", level=2, admissions_planned=0)
    registration.refresh_from_db()
    assert return_registration(registration, "Thiếu số kết nạp", by=year.base_staff)
    registration.refresh_from_db()
    assert not return_registration(registration, "Thiếu số kết nạp", by=year.base_staff)
    with pytest.raises(DomainError, match="Lý do mới chưa được ghi"):
        return_registration(registration, "Sai mức", by=year.base_staff)
