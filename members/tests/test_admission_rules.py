"""Rules A1-A16, both sides of each limit, from the text."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cells.working_days import WorkingDays
from khoi_party.rules import Kind
from members import admission_rules as rules
from members.admission_pace import months_left, pace_text
from members.admission_steps import fault_of
from members.enums import Stage, StepKind, VettedPerson

DAYS = WorkingDays()


def file(*steps, key="qd24", **fields):
    given = {
        "rules": rules.BY_KEY[key],
        "born_on": date(1990, 5, 20),
        "schooling": "upper",
        "area_approval": "",
        "has_youth_union": True,
        "is_youth_age": False,
        "is_base_cell": False,
        "steps": steps,
        "add": DAYS.add,
        "between": DAYS.between,
    }
    return rules.File(**given | fields)


def step(kind, day, official=None, **values):
    return rules.Step(kind, day, values, official)


def ballot(kind, day, eligible=9, present=9, agree=9):
    return step(kind, day, eligible=eligible, present=present, agree=agree)


MEETING = date(2022, 6, 20)
DOSSIER = (
    step("certificate", date(2021, 9, 1)),
    step("application", date(2022, 1, 10)),
    *(step("vetting", date(2022, 2, 1), person=one, conclusion="met") for one in VettedPerson.values),
    step("certified", date(2022, 3, 1)),
    step("introduction", date(2022, 4, 1), True, introducer="member", member=1, months=12),
    step("introduction", date(2022, 4, 1), True, introducer="member", member=2, months=30),
)


def said(one, wanted):
    return {(found.rule, found.kind) for found in rules.judge(one, wanted)}


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2021, 7, 29), "qd29"),
        (date(2021, 7, 30), "qd24"),
        (date(2025, 1, 19), "qd24"),
        (date(2025, 1, 20), "qd232"),
        (date(2025, 6, 30), "qd232"),
        (date(2025, 7, 1), "qd294"),
        (date(2010, 1, 1), "qd29"),
    ],
)
def test_the_regulation_of_the_day(day, key):
    assert rules.rule_set_on(day).key == key


@pytest.mark.parametrize(
    ("born_on", "found"),
    [
        (date(2004, 6, 20), set()),  # eighteen on the day
        (date(2004, 6, 21), {("A1", Kind.FORBIDS)}),
        (date(1962, 6, 1), set()),  # sixty in the month of the meeting
        (date(1962, 5, 31), {("A1", Kind.WARNS)}),  # over sixty: consent is asked at the decision
    ],
)
def test_a1_age_when_the_cell_considers(born_on, found):
    assert said(file(*DOSSIER, born_on=born_on), ballot("cell_vote", MEETING)) == found


def test_a1_over_sixty_needs_consent_before_the_decision():
    old = file(*DOSSIER, ballot("cell_vote", MEETING), ballot("base_vote", MEETING), born_on=date(1962, 5, 31))
    day = date(2022, 7, 1)
    assert said(old, step("decision", day, body="superior")) == {("A1", Kind.FORBIDS)}
    assert said(old, step("decision", day, body="superior", consent_on="2022-07-01")) == {("A1", Kind.FORBIDS)}
    assert said(old, step("decision", day, body="superior", consent_on="2022-06-30")) == set()


def test_a1_was_not_read_in_the_regulation_of_2016_and_only_warns():
    assert said(file(*DOSSIER, born_on=date(2004, 6, 21), key="qd29"), ballot("cell_vote", MEETING)) == {("A1", Kind.WARNS)}


@pytest.mark.parametrize(
    ("schooling", "approval", "found"), [("lower", "", set()), ("below", "", {("A2", Kind.FORBIDS)}), ("below", "12-CV/TU", set())]
)
def test_a2_schooling(schooling, approval, found):
    assert said(file(*DOSSIER, schooling=schooling, area_approval=approval), ballot("cell_vote", MEETING)) == found


@pytest.mark.parametrize(("day", "found"), [(date(2017, 6, 20), set()), (date(2017, 6, 19), {("A3", Kind.WARNS)})])
def test_a3_sixty_months_of_the_certificate(day, found):
    assert said(file(step("certificate", day), *DOSSIER[1:]), ballot("cell_vote", MEETING)) == found


@pytest.mark.parametrize(("day", "found"), [(date(2021, 6, 20), set()), (date(2021, 6, 19), {("A4", Kind.WARNS)})])
def test_a4_twelve_months_of_the_dossier(day, found):
    one = file(step("certificate", date(2021, 1, 1)), step("application", day), *DOSSIER[2:])
    assert said(one, ballot("cell_vote", MEETING)) == found


MEMBER_1, MEMBER_2 = DOSSIER[-2:]
YOUTH = step("introduction", date(2022, 4, 1), introducer="youth")
UNION = step("introduction", date(2022, 4, 1), introducer="union")


@pytest.mark.parametrize(
    ("given", "union_there", "young", "complete"),
    [
        ((MEMBER_1, MEMBER_2), True, False, True),
        ((MEMBER_1,), True, False, False),
        ((MEMBER_1, MEMBER_1), True, False, False),  # the same person twice
        ((MEMBER_1, YOUTH), True, False, True),
        ((MEMBER_1, UNION), True, False, False),  # the trade union only where there is no youth union
        ((MEMBER_1, UNION), False, False, True),
        ((YOUTH, UNION), False, False, False),
        ((MEMBER_1, MEMBER_2), True, True, False),  # of youth age where a youth union is: it must introduce
        ((MEMBER_1, YOUTH), True, True, True),
        ((MEMBER_1, MEMBER_2), False, True, True),
    ],
)
def test_a5_the_three_patterns(given, union_there, young, complete):
    one = file(*DOSSIER[:-2], *given, has_youth_union=union_there, is_youth_age=young)
    assert (rules.introductions_lacking(one) == "") is complete
    assert said(one, ballot("cell_vote", MEETING)) == (set() if complete else {("A5", Kind.FORBIDS)})


@pytest.mark.parametrize(
    ("official", "months", "found"),
    [(True, 12, set()), (True, 11, {("A6", Kind.WARNS)}), (True, None, {("A6", Kind.WARNS)}), (False, 12, {("A6", Kind.FORBIDS)})],
)
def test_a6_introducers(official, months, found):
    assert said(file(*DOSSIER[:-2]), step("introduction", date(2022, 4, 1), official, introducer="member", member=1, months=months)) == found


def test_a7_everybody_is_vetted_before_the_certificate_of_the_record():
    certified = step("certified", date(2022, 3, 1))
    assert said(file(*DOSSIER[:7]), certified) == set()
    assert said(file(*DOSSIER[:6]), certified) == {("A7", Kind.FORBIDS)}
    nobody = replace(DOSSIER[6], values={"person": "children", "conclusion": "none"})
    again = replace(DOSSIER[6], values={"person": "children", "conclusion": "open"})
    assert said(file(*DOSSIER[:6], nobody), certified) == set()
    assert said(file(*DOSSIER[:6], again), certified) == {("A7", Kind.FORBIDS)}


@pytest.mark.parametrize(("agree", "eligible", "enough"), [(6, 9, True), (5, 9, False), (7, 10, True), (6, 10, False), (2, 3, True), (1, 2, False)])
def test_a8_two_thirds_of_those_entitled(agree, eligible, enough):
    assert rules.two_thirds(agree, eligible) is enough
    one = file(*DOSSIER, ballot("cell_vote", MEETING, eligible, agree, agree), ballot("base_vote", MEETING))
    assert said(one, step("decision", date(2022, 7, 1), body="superior")) == (set() if enough else {("A8", Kind.WARNS)})


@pytest.mark.parametrize(
    ("key", "days", "reason", "found"),
    [
        ("qd24", 60, "", set()),
        ("qd24", 61, "", {("A9", Kind.FORBIDS)}),
        ("qd24", 61, "Gia hạn", {("A9", Kind.WARNS)}),
        ("qd294", 61, "", {("A9", Kind.WARNS)}),  # not read in the regulation of 2025
    ],
)
def test_a9_sixty_working_days(key, days, reason, found):
    one = file(*DOSSIER, ballot("cell_vote", MEETING), ballot("base_vote", MEETING), key=key)
    assert said(one, step("decision", DAYS.add(MEETING, days), body="superior", reason=reason)) == found


@pytest.mark.parametrize(("days", "more"), [(90, False), (91, True)])
def test_a9_ninety_with_the_extension(days, more):
    one = file(*DOSSIER, ballot("cell_vote", MEETING), ballot("base_vote", MEETING))
    (found,) = rules.judge(one, step("decision", DAYS.add(MEETING, days), body="superior", reason="Gia hạn"))
    assert ("quá cả 90 ngày" in found.says) is more


DECIDED = (*DOSSIER, ballot("cell_vote", MEETING), ballot("base_vote", MEETING), step("decision", date(2022, 7, 1), body="superior"))


@pytest.mark.parametrize(("days", "reason", "found"), [(30, "", set()), (31, "", {("A10", Kind.FORBIDS)}), (31, "12-CV/ĐUK", {("A10", Kind.WARNS)})])
def test_a10_thirty_working_days_from_receiving(days, reason, found):
    received = date(2022, 7, 8)
    one = step("ceremony", DAYS.add(received, days), received_on="2022-07-08", reason=reason)
    assert said(file(*DECIDED), one) == found
    assert said(file(*DOSSIER), one) == {("A10", Kind.FORBIDS)}  # no decision


def test_a11_a_base_decides_only_with_a_delegation():
    one, day = file(*DECIDED[:-1]), date(2022, 7, 1)
    assert said(one, step("decision", day, body="delegated")) == {("A11", Kind.FORBIDS)}
    assert said(one, step("decision", day, body="delegated", delegation="15-QĐ/ĐUK")) == set()


def test_a12_order_warns_and_may_share_a_day():
    assert said(file(*DOSSIER[:1]), step("application", date(2021, 9, 1))) == set()
    assert said(file(*DOSSIER[:1]), step("application", date(2021, 8, 31))) == {("A12", Kind.WARNS)}


HELD = (*DECIDED, step("ceremony", date(2022, 7, 15)))
READY = (*HELD, step("new_class", date(2023, 5, 1)), step("self_review", date(2023, 7, 15)))


@pytest.mark.parametrize(("day", "found"), [(date(2023, 7, 14), {("A13", Kind.FORBIDS)}), (date(2023, 7, 15), set())])
def test_a13_after_twelve_months(day, found):
    assert rules.probation_ends(date(2022, 7, 15)) == date(2023, 7, 15)
    assert said(file(*HELD), step("self_review", day)) == found
    assert said(file(*READY), ballot("cell_recognition", day)) == found


@pytest.mark.parametrize(("days", "found"), [(30, set()), (31, {("A13", Kind.FORBIDS)})])
def test_a13_thirty_working_days_each(days, found):
    end = date(2023, 7, 15)
    assert said(file(*READY), ballot("cell_recognition", DAYS.add(end, days))) == found
    voted = file(*READY, ballot("cell_recognition", date(2023, 8, 1)))
    assert said(voted, step("recognition", DAYS.add(date(2023, 8, 1), days))) == found


def test_a13_papers_of_the_recognition():
    vote, day = ballot("cell_recognition", date(2023, 8, 1)), date(2023, 8, 15)
    assert said(file(*HELD, vote), step("recognition", day)) == {("A13", Kind.FORBIDS)}
    assert said(file(*HELD, vote), step("recognition", day, reason="Lớp mở muộn")) == {("A13", Kind.WARNS)}
    assert said(file(*READY), step("recognition", day)) == {("A8", Kind.FORBIDS)}  # the two thirds of a recognition were read


def test_a14_reminders_at_ten_and_twelve_months():
    assert [(one.due_on, one.rule) for one in rules.deadlines(file(*HELD))][:2] == [(date(2023, 5, 15), "A14"), (date(2023, 7, 15), "A14")]
    assert [one.rule for one in rules.deadlines(file(*READY))] == ["A13"]


def test_a15_no_fourth_ballot():
    def lost(n):
        return tuple(ballot("cell_vote", MEETING + timedelta(n), 9, 9, 5) for n in range(n))

    assert said(file(*DOSSIER, *lost(2)), ballot("cell_vote", MEETING + timedelta(9))) == set()
    assert said(file(*DOSSIER, *lost(3)), ballot("cell_vote", MEETING + timedelta(9))) == {("A15", Kind.FORBIDS)}
    assert rules.stage_of(file(*DOSSIER, *lost(2))) == Stage.DOSSIER
    assert rules.stage_of(file(*DOSSIER, *lost(3))) == Stage.REPORTED


def test_stages():
    made = [file(), file(*DOSSIER[:1]), file(*DOSSIER[:2]), file(*DECIDED[:-2]), file(*DECIDED), file(*HELD)]
    made.append(file(*READY, ballot("cell_recognition", date(2023, 8, 1)), step("recognition", date(2023, 8, 15))))
    assert [rules.stage_of(one).value for one in made] == ["learning", "learning", "dossier", "considered", "decided", "probation", "recognised"]


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        (DOSSIER[:1], [(date(2026, 9, 1), "A3")]),
        (DOSSIER[:2], [(date(2023, 1, 10), "A4"), (date(2026, 9, 1), "A3")]),
        (DECIDED[:-1], [(DAYS.add(MEETING, 60), "A9")]),
        (DECIDED, [(DAYS.add(date(2022, 7, 1), 30), "A10")]),
    ],
)
def test_deadlines(steps, due):
    assert [(one.due_on, one.rule) for one in rules.deadlines(file(*steps))] == due


@pytest.mark.parametrize(("left", "announced"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (16, 30), (15, 15), (8, 15), (7, 7), (-3, 7)])
def test_announced_ahead(left, announced):
    day = date(2026, 11, 23)
    assert rules.announced(day + timedelta(left), day) == announced


@pytest.mark.parametrize(
    ("goal", "result", "months", "text"),
    [
        (100, 63, 5, "Còn 37 hồ sơ, bình quân 7,4 một tháng."),
        (100, 99, 1, "Còn 1 hồ sơ, bình quân 1 một tháng."),
        (100, 100, 5, "Đã đạt."),
        (100, 103, 5, "Đã đạt, vượt 3."),
        (100, 90, 0, "Hết thời gian, còn thiếu 10 hồ sơ."),
    ],
)
def test_pace(goal, result, months, text):
    assert pace_text(goal, result, months) == text


def test_months_left_count_the_present_one():
    assert months_left(date(2026, 11, 23), date(2026, 12, 31)) == 2
    assert months_left(date(2026, 11, 23), date(2026, 10, 31)) == 0


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (StepKind.CELL_VOTE, {"eligible": 9, "present": 9, "agree": 9}, None),
        (StepKind.CELL_VOTE, {"eligible": 9, "present": 10, "agree": 9}, "present"),
        (StepKind.CELL_VOTE, {"eligible": 9, "present": 8, "agree": 9}, "agree"),
        (StepKind.CELL_VOTE, {"eligible": 0, "present": 0, "agree": 0}, "eligible"),
        (StepKind.CELL_VOTE, {"eligible": 9, "present": 9}, "agree"),
        (StepKind.CELL_VOTE, {"eligible": True, "present": 1, "agree": 1}, "eligible"),
        (StepKind.VETTING, {"person": "self", "conclusion": "met", "content": "…"}, "content"),
        (StepKind.VETTING, {"person": "self", "conclusion": "good"}, "conclusion"),
        (StepKind.CEREMONY, {"received_on": "2022-02-30"}, "received_on"),
        (StepKind.INTRODUCTION, {"introducer": "member"}, "member"),
        (StepKind.INTRODUCTION, {"introducer": "youth"}, None),
    ],
)
def test_values_of_a_step(kind, values, field):
    fault = fault_of(kind, values)
    assert (fault and fault[0]) == field
