"""Five years in a row out of what was decided from 2013 on: renamings, gaps, revisions, mergers, and how few queries tell it."""

from datetime import date

import pytest
from django.db.models import Q

from cells.models import Organisation
from evaluations.candidates import ALL, IN_YEAR, NEAR, WHOLE, CandidateList, five, results_of, runs_of_organisations
from members.models import Member

from .award_history import give, revise
from .conftest import member


def years_of(place, subject, levels, first=2020, **more):
    return [give(place.root, subject, first + number, level, **more) for number, level in enumerate(levels)]


def listed(place, year, which, rows=None):
    rows = Member.objects.active().in_subtree(place.root) if rows is None else rows
    return {one.name: one for one in CandidateList(rows, year, which)}


@pytest.fixture
def six(place):
    place.six = list(Member.objects.filter(cell=place.first).order_by("pk"))
    return place


def test_whole_runs_and_those_one_year_short(six):
    whole, gap, low, near = six.six[:4]
    years_of(six, whole, (1, 1, 1, 1, 1))
    years_of(six, gap, (1, 1, 2, 2, 1))
    years_of(six, low, (2, 2, 2, 2, 1))
    years_of(six, near, (1, 1, 2, 1, 1))

    assert list(listed(six, 2024, WHOLE)) == [whole.full_name]
    assert list(listed(six, 2024, NEAR)) == [near.full_name]
    assert set(listed(six, 2024, IN_YEAR)) == {one.full_name for one in (whole, gap, low, near)}
    assert len(listed(six, 2024, ALL)) == 8
    assert listed(six, 2024, NEAR)[near.full_name].run.why_not == "năm 2022: Hoàn thành tốt nhiệm vụ"
    assert listed(six, 2023, WHOLE) == {}
    assert listed(six, 2025, WHOLE) == {}


def test_a_year_without_a_result_says_why(six):
    one = six.six[0]
    years_of(six, one, (1, 1, 1, 1), first=2020)
    give(six.root, one, 2024, None)
    assert listed(six, 2024, NEAR)[one.full_name].run.why_not == "năm 2024: không xếp loại: Được miễn sinh hoạt"
    other = six.six[1]
    years_of(six, other, (1, 1, 1, 1), first=2021)
    assert listed(six, 2024, NEAR)[other.full_name].run.why_not == "năm 2020: không có kết quả xếp loại trong phần mềm"


def test_what_is_issued_and_not_published_does_not_count_yet(six):
    one = six.six[0]
    years_of(six, one, (1, 1, 1, 1))
    give(six.root, one, 2024, 1, state="issued")
    assert listed(six, 2024, NEAR)[one.full_name].run.why_not == "năm 2024: kết quả chưa công bố"
    assert listed(six, 2024, WHOLE) == {}


def test_a_revision_counts_and_the_old_item_does_not(six):
    up, down, waiting = six.six[:3]
    items = years_of(six, up, (1, 1, 2, 1, 1))
    revise(items[2], 1)
    items = years_of(six, down, (1, 1, 1, 1, 1))
    revise(items[3], 2)
    items = years_of(six, waiting, (1, 1, 1, 1, 1))
    revise(items[4], 2, state="issued", number="98-QĐ/ĐU")
    assert list(listed(six, 2024, WHOLE)) == [up.full_name]
    run = listed(six, 2024, NEAR)[down.full_name].run
    assert run.why_not == "năm 2023: Hoàn thành tốt nhiệm vụ"
    assert [line.result.number for line in run.lines][3] == "99-QĐ/ĐU"
    assert listed(six, 2024, NEAR)[waiting.full_name].run.why_not == "năm 2024: kết quả chưa công bố"


def test_a_run_crosses_the_names_of_2017_and_2018(six):
    years_of(six, six.base, (1, 1, 1, 1, 1), first=2015, exemplary=True)
    run = runs_of_organisations([six.base.pk], 2019)[six.base.pk]
    assert run.is_whole
    assert [line.says for line in run.lines] == ["Trong sạch, vững mạnh tiêu biểu"] * 3 + ["Hoàn thành xuất sắc nhiệm vụ tiêu biểu"] * 2
    assert [line.result.number for line in run.lines] == [f"{year}-QĐ/ĐU" for year in range(2015, 2020)]
    years_of(six, six.six[0], (1, 1, 1, 1, 1), first=2015)
    assert list(listed(six, 2019, WHOLE)) == [six.six[0].full_name]


@pytest.mark.parametrize("last", range(2018, 2027))
def test_every_run_that_can_be_whole_from_2014_to_2026(six, last):
    years_of(six, six.six[0], (1,) * 13, first=2014)
    assert list(listed(six, last, WHOLE)) == [six.six[0].full_name]


def test_a_year_before_the_first_rule_book_is_not_known(six):
    years_of(six, six.six[0], (1, 1, 1, 1), first=2014)
    Member.objects.filter(pk=six.six[1].pk).update(admitted_on=date(2014, 2, 3))
    years_of(six, six.six[1], (1, 1, 1, 1), first=2014)
    near = listed(six, 2017, NEAR)
    assert near[six.six[0].full_name].run.why_not == "năm 2013: không có kết quả xếp loại trong phần mềm"
    assert near[six.six[0].full_name].run.is_open
    assert near[six.six[1].full_name].run.why_not == "năm 2013: chưa vào Đảng"
    assert not near[six.six[1].full_name].run.is_open
    assert listed(six, 2017, WHOLE) == {}


def test_the_years_before_an_organisation_was_founded_are_known(six):
    Organisation.objects.filter(pk=six.first.pk).update(established_on=date(2021, 5, 1))
    years_of(six, six.first, (1, 1, 1, 1), first=2021, exemplary=True)
    assert runs_of_organisations([six.first.pk], 2024)[six.first.pk].why_not == "năm 2020: chưa thành lập"


def test_organisations_need_that_they_were_chosen(six):
    years_of(six, six.first, (1, 1, 1, 1, 1), exemplary=True)
    years_of(six, six.second, (1, 1, 1, 1, 1))
    rows = Organisation.objects.in_subtree(six.base)
    assert list(listed(six, 2024, WHOLE, rows)) == ["Chi bộ Văn phòng"]
    assert list(listed(six, 2024, IN_YEAR, rows)) == ["Chi bộ Văn phòng"]
    assert listed(six, 2024, ALL, rows)["Chi bộ Thanh tra"].run.missing[0].says == "Hoàn thành xuất sắc nhiệm vụ, không được chọn tiêu biểu"


def test_a_mergers_heir_and_the_years_before_it(six):
    old, heir = six.second, six.first
    years_of(six, old, (1, 1), first=2020, exemplary=True)
    years_of(six, heir, (1, 1, 1), first=2022, exemplary=True)
    Organisation.objects.filter(pk=old.pk).update(dissolved_on=date(2022, 1, 1), ending="merged")
    old.successors.add(heir)

    unset = runs_of_organisations([heir.pk], 2024)[heir.pk]
    assert not unset.is_whole
    assert unset.missing[0].says == "Chi bộ Thanh tra: Hoàn thành xuất sắc nhiệm vụ tiêu biểu"
    assert unset.missing[0].note == "văn bản không nói năm của tổ chức tiền thân có được tính"
    assert runs_of_organisations([heir.pk], 2024, predecessors_count=True)[heir.pk].is_whole
    refused = runs_of_organisations([heir.pk], 2024, predecessors_count=False)[heir.pk]
    assert (refused.is_whole, refused.missing[0].note) == (False, "không tính theo quy định của đảng bộ")


def test_all_predecessors_must_have_been_chosen(six):
    heir = six.lone
    years_of(six, heir, (1, 1, 1, 1), first=2021, exemplary=True)
    give(six.root, six.first, 2020, 1, exemplary=True)
    give(six.root, six.second, 2020, 2)
    for old in (six.first, six.second):
        old.successors.add(heir)
    run = runs_of_organisations([heir.pk], 2024, predecessors_count=True)[heir.pk]
    assert run.why_not == "năm 2020: Chi bộ Thanh tra: Hoàn thành tốt nhiệm vụ (tổ chức tiền thân)"


def test_more_candidates_need_no_more_queries(six, django_assert_num_queries):
    years_of(six, six.six[0], (1, 1, 1, 1, 1))
    years_of(six, six.base, (1, 1, 1, 1, 1), exemplary=True)
    years_of(six, six.six[1], (1, 1, 2, 1, 1))
    years_of(six, six.lone, (1, 1, 1, 1), first=2021, exemplary=True)

    def ask():
        for which in (IN_YEAR, WHOLE, NEAR):
            list(CandidateList(Member.objects.active().in_subtree(six.root), 2024, which))
            list(CandidateList(Organisation.objects.in_subtree(six.root), 2024, which))

    with django_assert_num_queries(30) as once:
        ask()
    for number in range(20):
        years_of(six, member(f"Đỗ Văn B{number}", six.first), (1, 1, 1, 1, 1))
    for organisation in (six.first, six.second):
        years_of(six, organisation, (1, 1, 1, 1, 1), exemplary=True)
    with django_assert_num_queries(len(once)):
        ask()


def test_results_carry_number_day_and_points(six):
    one = six.six[0]
    give(six.root, one, 2025, 1, facts={"score": 92})
    found = results_of(Q(member=one), "member_id", five(2025))[one.pk][2025]
    assert (found.level, found.number, found.decided_on, found.points) == (1, "2025-QĐ/ĐU", date(2025, 12, 28), 92)
