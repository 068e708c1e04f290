from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cells.models import DatedSetting, Document
from evaluations.models import Cycle, QuotaPool, Review
from evaluations.services.cycles import open_cycle, open_review
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError

from .conftest import member


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
