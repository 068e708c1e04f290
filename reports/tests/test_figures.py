"""Figures against values counted by hand in the small committee of conftest."""

from datetime import date
from decimal import Decimal

import pytest

from cells.enums import Base, Ending, Indicator, Operator, OrganisationKind, Span
from cells.models import YearFigure
from cells.tests.factories import OrganisationFactory
from reports.figures.admissions import admission_years
from reports.figures.bases import base_years
from reports.figures.levels import level_years
from reports.figures.reach import stood_in
from reports.figures.registrations import registered_years
from reports.figures.situations import situation
from reports.figures.targets import progress
from reports.figures.term import collect
from reports.figures.values import BASES, CELLS, MEMBERS, LevelYear, RegisteredYear, YearShare

from .conftest import add_target, rated_year

TODAY = date(2026, 11, 23)


def test_situation_counts_who_belonged_on_the_last_day_of_the_year(world):
    then = situation(world.root, 2018, TODAY)

    assert (then.day, then.bases, then.committees, then.base_cells, then.cells) == (date(2018, 12, 31), 3, 1, 2, 2)
    assert (then.members, then.probationary) == (6, 1)  # the seventh came in 2019; one was admitted in March 2018


def test_situation_of_a_year_that_is_not_over_is_of_the_day_of_the_figures(world):
    now = situation(world.root, 2018, date(2018, 3, 1))

    assert (now.day, now.members, now.probationary) == (date(2018, 3, 1), 5, 1)


def test_situation_leaves_out_an_organisation_from_its_last_day_on(world):
    placement = world.other.placements.get()
    placement.valid_to = date(2018, 7, 1)
    placement.save()

    assert (situation(world.root, 2017, TODAY).bases, situation(world.root, 2018, TODAY).bases) == (3, 2)


def test_levels_of_closed_years(two_years):
    found = level_years(two_years.root, [2017, 2018])

    assert found[BASES] == (
        LevelYear(2017, "closed", {1: 1, 2: 1, 3: 1}, to_rate=3, unrated=0, exemplary=1, reasons={}),
        LevelYear(2018, "closed", {1: 1, 2: 1}, to_rate=2, unrated=1, exemplary=1, reasons={"not_yet": 1}),
    )
    assert [one.counts for one in found[CELLS]] == [{1: 1, 2: 1}, {2: 2}]
    assert [(one.counts, one.unrated) for one in found[MEMBERS]] == [({1: 1, 2: 4}, 0), ({1: 1, 2: 3, 4: 1}, 1)]


def test_levels_of_a_year_without_evaluation_and_of_one_still_open(world):
    rated_year(world, 2018, {"base": None, "lone": None}, {"lone": [None, None]}, closed=False)

    found = level_years(world.root, [2017, 2018])

    assert found[BASES] == (LevelYear(2017, "none", {}), LevelYear(2018, "open", {}, to_rate=2, reasons={}))
    assert found[MEMBERS][1] == LevelYear(2018, "open", {}, to_rate=2, reasons={})


def test_figures_of_a_base_hold_only_what_is_inside_it(two_years):
    found = level_years(two_years.base, [2017])

    assert found[CELLS][0].counts == {1: 1, 2: 1}
    assert found[MEMBERS][0].counts == {1: 1, 2: 3}


def test_registration_against_result(two_years):
    found = registered_years(two_years.root, [2017, 2018], level_years(two_years.root, [2017, 2018]), TODAY)

    assert found[BASES] == (
        RegisteredYear(2017, total=2, registered=2, aimed=2, reached=1, kept=1),  # the second aimed at level 1 and got level 2
        RegisteredYear(2018, total=3, registered=3, aimed=1, reached=1, kept=2),  # one registered but was not rated
    )
    assert found[CELLS] == (RegisteredYear(2017, 1, 1, 1, 1, 1), RegisteredYear(2018, 1, 1, 0, 0, 1))


def test_registration_of_an_open_year_has_no_result(world):
    rated_year(world, 2018, {"base": None, "lone": None}, {}, closed=False, registered={"base": 1})

    found = registered_years(world.root, [2018], level_years(world.root, [2018]), TODAY)

    assert found[BASES] == (RegisteredYear(2018, total=1, registered=1, aimed=1, reached=None, kept=None),)


def test_admissions_are_cut_at_the_congresses(world):
    found = admission_years(world.root, world.term, TODAY)

    assert [(one.year, one.first_day, one.last_day, one.count, one.complete) for one in found] == [
        (2017, date(2017, 6, 1), date(2017, 12, 31), 1, True),
        (2018, date(2018, 1, 1), date(2018, 12, 31), 1, True),
        (2019, date(2019, 1, 1), date(2019, 5, 31), 1, True),
    ]


def test_admissions_of_a_running_term_end_today(world):
    world.term.next_congress_on = None

    found = admission_years(world.root, world.term, date(2018, 3, 25))

    assert [(one.year, one.count, one.complete) for one in found] == [(2017, 1, True), (2018, 0, False)]


def outcomes(world, on=TODAY):
    return [one.outcome for one in progress(world.term, on)]


@pytest.mark.parametrize(
    ("operator", "low", "high", "expected"),
    [
        (Operator.AT_LEAST, 3, None, "reached"),
        (Operator.AT_LEAST, 4, None, "missed"),
        (Operator.MORE_THAN, 3, None, "missed"),
        (Operator.BETWEEN, 2, 3, "reached"),
        (Operator.BETWEEN, 1, 2, "reached"),  # more people than the range asks for is no failure
        (Operator.EXACTLY, 3, None, "reached"),
        (Operator.EXACTLY, 2, None, "missed"),
    ],
)
def test_target_of_admissions_in_a_term_that_is_over(world, operator, low, high, expected):
    add_target(world, Indicator.ADMISSIONS, operator, low, high=high, span=Span.TERM)

    assert outcomes(world) == [expected]


def test_target_of_admissions_in_a_running_term_is_reached_early_but_not_missed_early(world):
    world.term.next_congress_on = None
    add_target(world, Indicator.ADMISSIONS, Operator.AT_LEAST, 2, span=Span.TERM)
    add_target(world, Indicator.ADMISSIONS, Operator.AT_LEAST, 4, span=Span.TERM)
    add_target(world, Indicator.ADMISSIONS, Operator.EXACTLY, 3, span=Span.TERM)

    assert outcomes(world) == ["reached", "pending", "pending"]


def test_yearly_average_of_admissions_is_taken_over_the_years_of_the_term(world):
    add_target(world, Indicator.ADMISSIONS, Operator.AT_LEAST, "1.5", span=Span.YEARLY_AVERAGE)
    add_target(world, Indicator.ADMISSIONS, Operator.AT_LEAST, "1.6", span=Span.YEARLY_AVERAGE)

    first, second = progress(world.term, TODAY)

    assert (first.total, first.span_years, first.outcome, second.outcome) == (3, 2, "reached", "missed")


@pytest.mark.parametrize(
    ("indicator", "operator", "low", "high", "base", "shares", "expected"),
    [
        (Indicator.ORGANISATIONS_GOOD, Operator.MORE_THAN, 60, None, Base.RATED_ORGANISATIONS, [(2, 3, True), (2, 2, True)], "reached"),
        (Indicator.ORGANISATIONS_GOOD, Operator.MORE_THAN, 95, None, Base.RATED_ORGANISATIONS, [(2, 3, False), (2, 2, True)], "missed"),
        (Indicator.ORGANISATIONS_GOOD, Operator.AT_LEAST, 60, None, Base.ALL_ORGANISATIONS, [(2, 3, True), (2, 3, True)], "reached"),
        (Indicator.MEMBERS_GOOD, Operator.AT_LEAST, 80, None, Base.RATED_MEMBERS, [(5, 5, True), (4, 5, True)], "reached"),
        (Indicator.MEMBERS_GOOD, Operator.MORE_THAN, 80, None, Base.RATED_MEMBERS, [(5, 5, True), (4, 5, False)], "missed"),
        (Indicator.MEMBERS_EXCELLENT, Operator.BETWEEN, 15, 25, Base.GOOD_OR_BETTER_MEMBERS, [(1, 5, True), (1, 4, True)], "reached"),
        (Indicator.MEMBERS_EXCELLENT, Operator.BETWEEN, 15, 20, Base.GOOD_OR_BETTER_MEMBERS, [(1, 5, True), (1, 4, False)], "missed"),
        (Indicator.MEMBERS_EXCELLENT, Operator.EXACTLY, 20, None, Base.RATED_MEMBERS, [(1, 5, True), (1, 5, True)], "reached"),
        # to 2017 the best level of an organisation was "trong sạch, vững mạnh": not this target's series
        (Indicator.ORGANISATIONS_EXCELLENT, Operator.AT_LEAST, 20, None, Base.RATED_ORGANISATIONS, [(0, 0, None), (1, 2, True)], "pending"),
    ],
)
def test_target_of_every_year(two_years, indicator, operator, low, high, base, shares, expected):
    add_target(two_years, indicator, operator, low, high=high, base=base)

    (one,) = progress(two_years.term, TODAY)

    assert [(share.part, share.base, share.met) for share in one.years] == shares
    assert one.outcome == expected


def test_target_as_an_average_of_shares_adds_the_years_up(two_years):
    add_target(two_years, Indicator.MEMBERS_GOOD, Operator.AT_LEAST, 90, span=Span.YEARLY_AVERAGE, base=Base.RATED_MEMBERS)
    add_target(two_years, Indicator.MEMBERS_GOOD, Operator.MORE_THAN, 90, span=Span.YEARLY_AVERAGE, base=Base.RATED_MEMBERS)

    assert outcomes(two_years) == ["reached", "missed"]  # 9 of 10


def test_target_of_agencies_is_unknown_until_every_base_has_its_figure(world):
    add_target(world, Indicator.AGENCIES_TASK, Operator.AT_LEAST, 100, base=Base.ALL_ORGANISATIONS)
    for unit in (world.base, world.lone, world.other):
        YearFigure.objects.create(organisation=unit, year=2017, key="agency_task_done_well", value=Decimal(1), source="Thông báo")
    YearFigure.objects.create(organisation=world.base, year=2018, key="agency_task_done_well", value=Decimal(1), source="Thông báo")

    (one,) = progress(world.term, TODAY)

    assert one.years == (YearShare(2017, 3, 3, 0, True), YearShare(2018, 1, 3, 2, None))
    assert one.outcome == "pending"


def test_target_of_agencies_is_missed_as_soon_as_one_falls_short_of_all(world):
    add_target(world, Indicator.AGENCIES_TASK, Operator.AT_LEAST, 100, base=Base.ALL_ORGANISATIONS)
    YearFigure.objects.create(organisation=world.base, year=2017, key="agency_task_done_well", value=Decimal(0), source="Thông báo")

    (one,) = progress(world.term, TODAY)

    assert one.years[0] == YearShare(2017, 0, 3, 2, False)
    assert one.outcome == "missed"


def test_bases_keep_their_levels_and_tell_what_became_of_them(two_years):
    heir = OrganisationFactory(parent=two_years.root, kind=OrganisationKind.BASE_CELL, name="Chi bộ Hội Văn nghệ và Báo chí")
    two_years.other.dissolved_on, two_years.other.ending = date(2019, 3, 1), Ending.MERGED
    two_years.other.save()
    two_years.other.successors.add(heir)
    two_years.root.sheets.all()
    sheet = two_years.lone.sheets.get(cycle__year=2017)
    sheet.organisation_name = "Chi bộ Liên minh các hợp tác xã"
    sheet.save()

    base, lone, other = base_years(two_years.root, [2017, 2018], TODAY, stood_in(two_years.root, [2017, 2018], TODAY))

    assert (base.name, base.levels, base.exemplary_years, base.notes) == ("Đảng bộ Sở Nội vụ", {2017: 1, 2018: 1}, (2017, 2018), ())
    assert (lone.name, lone.notes) == ("Chi bộ Liên minh Hợp tác xã", ("Năm 2017 trở về trước: Chi bộ Liên minh các hợp tác xã",))
    assert other.levels == {2017: 3, 2018: 0}
    assert other.notes == ("Hợp nhất, sáp nhập năm 2019, nay thuộc Chi bộ Hội Văn nghệ và Báo chí",)


def test_everything_of_a_term_is_read_together(two_years, targets, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        figures = collect(two_years.term, TODAY)

    assert (figures.label, figures.years, figures.is_over) == ("2017-2019", (2017, 2018), True)
    assert [one.outcome for one in figures.targets] == ["reached", "missed"]
    assert sum(one.count for one in figures.admissions) == 3
