"""Every rule by its id: a case that it speaks on, one that just misses it, and the fact not known. Expected by hand, from the texts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.rulebooks import YearWithoutRuleBook
from evaluations.rulebooks.conditions_hd27 import OPEN
from evaluations.rulebooks.facts import SUBJECTS, FactError, facts_for
from evaluations.rulebooks.judging import RULES, judge, rules_for
from khoi_party.rules import Kind

DECIDED = [{"decided_on": "2021-05-01"}]
CASES = [
    # id, year, subject, speaks on, as what, just misses
    ("R1-01", 2015, "cell", {"score": 49.9}, "forbids", {"score": 50}),
    (
        "R1-02",
        2015,
        "cell",
        {"score": 50, "mass_bodies": 3, "mass_bodies_lowest": 2},
        "forbids",
        {"score": 50, "disunited": False, "member_disciplined_for_decline": False, "authority_level": 3, "mass_bodies": 3, "mass_bodies_lowest": 1},
    ),
    ("R1-03", 2015, "committee", {"units_rated": 9, "units_lowest": 4}, "forbids", {"units_rated": 9, "units_lowest": 3}),
    ("R1-04", 2015, "cell", {"members_rated": 10, "members_lowest": 6}, "forbids", {"members_rated": 10, "members_lowest": 5}),
    ("R1-06", 2015, "member", {"group_level_1": 16, "group_level_2": 100}, "warns", {"group_level_1": 15, "group_level_2": 100}),
    ("R1-07", 2014, "cell", {"group_level_1": 32, "group_all": 63}, "warns", {"group_level_1": 31, "group_all": 63}),
    ("R1-08", 2014, "cell", {"exemplary_count": 7, "group_level_1": 31}, "warns", {"exemplary_count": 6, "group_level_1": 31}),
    (
        "R2-01",
        2019,
        "cell",
        {"grades_party_building": ["XS", "T"], "grade_economy": "XS", "grades_other": ["T"]},
        "forbids",
        {"grades_party_building": ["XS", "XS"], "grade_economy": "XS", "grades_other": ["T", "XS"]},
    ),
    (
        "R2-02",
        2019,
        "committee",
        {"units_rated": 9, "units_good": 7, "units_lowest": 0},
        "forbids",
        {"units_rated": 10, "units_good": 8, "units_lowest": 0},
    ),
    (
        "R2-03",
        2022,
        "cell",
        {"members_rated": 9, "members_good": 7, "members_lowest": 0},
        "forbids",
        {"members_rated": 9, "members_good": 8, "members_lowest": 0},
    ),
    (
        "R2-04",
        2019,
        "committee",
        {"authority_level": 3, "mass_bodies": 2, "mass_bodies_good": 2},
        "forbids",
        {"authority_level": 2, "mass_bodies": 2, "mass_bodies_good": 2},
    ),
    ("R2-05", 2020, "cell", {"group_level_1": 7, "group_level_2": 30}, "warns", {"group_level_1": 6, "group_level_2": 31}),
    (
        "R2-06",
        2021,
        "member",
        {"grade_political_task": "XS", "grades_other": ["T"], "civil_servant": True, "civil_servant_level": 2},
        "forbids",
        {"grade_political_task": "XS", "grades_other": ["T"], "civil_servant": True, "civil_servant_level": 1},
    ),
    ("R2-07", 2021, "member", {"group_level_1": 7, "group_level_2": 30}, "forbids", {"group_level_1": 6, "group_level_2": 31}),
    (
        "R2-08",
        2018,
        "member",
        {"tasks": 100, "tasks_done": 49},
        "forbids",
        {"tasks": 100, "tasks_done": 50, "degenerated": False, "civil_servant": False, "disciplines": []},
    ),
    ("R2-09", 2021, "member", {"disciplines": [{"decided_on": "2021-05-01", "counted_in": 2020}]}, "warns", {"disciplines": DECIDED}),
    ("R2-10", 2021, "collective", {"organisation_level": 2}, "forbids", {"organisation_level": 1}),
    (
        "R2-11",
        2021,
        "collective",
        {"tasks": 100, "tasks_done": 49, "main_targets_met": False, "force_majeure": False},
        "forbids",
        {
            "tasks": 100,
            "tasks_done": 49,
            "main_targets_met": False,
            "force_majeure": True,
            "disunited": False,
            "degenerated": False,
            "body_disciplined": False,
            "member_warned": False,
        },
    ),
    ("R2-12", 2021, "collective", {"group_level_1": 3, "group_level_2": 14}, "forbids", {"group_level_1": 3, "group_level_2": 15}),
    (
        "R2-13",
        2021,
        "member",
        {"exempt": False, "suspended": False, "months_since_admission": 5},
        "informs",
        {"exempt": False, "suspended": False, "months_since_admission": 6},
    ),
    ("R2-14", 2021, "cell", {"months_since_founding": 5}, "informs", {"months_since_founding": 6}),
    ("R2-15", 2021, "member", {"sick_months": 3}, "forbids", {"sick_months": 2}),
    (
        "R2-16",
        2021,
        "member",
        {"temporary_here": False, "months_at_former_cell": 6, "former_cell_commented": False},
        "warns",
        {"temporary_here": False, "months_at_former_cell": 5, "former_cell_commented": False},
    ),
    ("R2-17", 2021, "cell", {"reviewed": False}, "warns", {"reviewed": True}),
    ("R2-18", 2021, "cell", {"balloted": False}, "warns", {"balloted": True}),
    (
        "R2-19",
        2021,
        "member",
        {"leads": True, "tasks": 10, "tasks_done": 10, "tasks_exceeded": 4},
        "warns",
        {"leads": True, "tasks": 10, "tasks_done": 10, "tasks_exceeded": 5},
    ),
    ("R3-01", 2023, "member", {"grades_results": ["XS", "T"], "grades_other": ["T"]}, "warns", {"grades_results": ["XS"], "grades_other": ["T"]}),
    (
        "R3-02",
        2023,
        "committee",
        {"units": 5, "units_disciplined": 1, "members_disciplined": 0},
        "warns",
        {"units": 5, "units_disciplined": 0, "members_disciplined": 0},
    ),
    (
        "R3-03",
        2024,
        "member",
        {"tasks": 10, "tasks_done": 10, "tasks_on_time": 10, "tasks_exceeded": 4},
        "warns",
        {"tasks": 10, "tasks_done": 10, "tasks_on_time": 10, "tasks_exceeded": 5},
    ),
    (
        "R3-04",
        2023,
        "cell",
        {"grades_results": ["TB"], "grades_other": ["TB"], "disciplines": []},
        "warns",
        {"grades_results": ["T"], "grades_other": ["TB"], "disciplines": []},
    ),
    (
        "R3-05",
        2023,
        "cell",
        {"grades_results": ["TB"], "grades_other": ["K"], "disciplines": []},
        "warns",
        {"grades_results": ["TB"], "grades_other": ["TB"], "disciplines": []},
    ),
    (
        "R3-06",
        2023,
        "member",
        {"disciplines": [{"decided_on": "2023-12-31"}], "degenerated": False},
        "forbids",
        {"disciplines": [{"decided_on": "2022-12-31"}], "degenerated": False},
    ),
    (
        "R3-07",
        2023,
        "collective",
        {"units": 10, "units_disciplined": 3},
        "forbids",
        {
            "units": 10,
            "units_disciplined": 2,
            "body_disciplined": False,
            "disunited": False,
            "degenerated": False,
            "tasks": 10,
            "tasks_done": 5,
        },
    ),
    ("R3-08", 2023, "member", {"group_level_1": 7, "group_level_2": 30}, "warns", {"group_level_1": 6, "group_level_2": 31}),
    (
        "R3-09",
        2023,
        "member",
        {"exempt": False, "suspended": True, "months_since_admission": 90},
        "informs",
        {"exempt": False, "suspended": False, "months_since_admission": 6},
    ),
    ("R3-10", 2023, "committee", {"lower_rated_first": False}, "warns", {"lower_rated_first": True}),
    (
        "R3-11",
        2023,
        "cell",
        {"finished_on": "2023-12-31", "special_body": False},
        "warns",
        {"finished_on": "2023-12-30", "special_body": False},
    ),
    ("R4-01", 2025, "member", {"score": 89.9}, "forbids", {"score": 90}),
    (
        "R4-02",
        2025,
        "collective",
        {"tasks": 10, "tasks_done": 10, "tasks_on_time": 10, "tasks_exceeded": 2, "units": 3, "units_disciplined": 0, "members_disciplined": 0},
        "forbids",
        {"tasks": 10, "tasks_done": 10, "tasks_on_time": 10, "tasks_exceeded": 3, "units": 3, "units_disciplined": 0, "members_disciplined": 0},
    ),
    (
        "R4-03",
        2025,
        "member",
        {"leads": True, "tasks": 10, "tasks_done": 9, "tasks_exceeded": 3},
        "forbids",
        {"leads": True, "tasks": 10, "tasks_done": 10, "tasks_exceeded": 3},
    ),
    (
        "R4-04",
        2025,
        "member",
        {"leads": False, "tasks": 10, "tasks_done": 10, "tasks_on_time": 9, "tasks_exceeded": 3},
        "forbids",
        {"leads": False, "tasks": 10, "tasks_done": 10, "tasks_on_time": 10, "tasks_exceeded": 3},
    ),
    ("R4-05", 2025, "cell", {"faults_remedied": False}, "forbids", {"faults_remedied": True}),
    (
        "R4-06",
        2026,
        "member",
        {"group_level_1": 8, "group_level_2": 29, "group_raised": True},
        "forbids",
        {"group_level_1": 7, "group_level_2": 30, "group_raised": True},
    ),
    (
        "R4-07",
        2025,
        "cell",
        {"score": 69.9, "tasks": 10, "tasks_done": 10, "tasks_on_time": 10},
        "forbids",
        {"score": 70, "tasks": 10, "tasks_done": 10, "tasks_on_time": 10},
    ),
    (
        "R4-08",
        2025,
        "cell",
        {"tasks": 10, "tasks_done": 10, "tasks_on_time": 7},
        "warns",
        {"tasks": 10, "tasks_done": 10, "tasks_on_time": 8},
    ),
    ("R4-09", 2025, "member", {"score": 49.9}, "forbids", {"score": 50}),
    (
        "R4-10",
        2025,
        "collective",
        {"tasks": 100, "tasks_done": 69},
        "forbids",
        {
            "tasks": 100,
            "tasks_done": 70,
            "cadre_work_fault": False,
            "disunited": False,
            "member_disciplined_for_duty": False,
            "degenerated": False,
            "main_targets_met": True,
        },
    ),
    (
        "R4-11",
        2025,
        "member",
        {"leads": True, "units_rated": 5, "units_lowest": 3},
        "forbids",
        {
            "leads": True,
            "units_rated": 4,
            "units_lowest": 2,
            "tasks": 100,
            "tasks_done": 70,
            "low_confidence_over_half": False,
            "disciplines": [],
            "degenerated": False,
            "corruption_under_direct_lead": False,
        },
    ),
    (
        "R4-12",
        2025,
        "member",
        {"leads": False, "tasks": 100, "tasks_done": 49},
        "forbids",
        {"leads": False, "tasks": 100, "tasks_done": 50, "degenerated": False, "disciplines": [], "broke_what_members_may_not_do": False},
    ),
    (
        "R4-13",
        2025,
        "member",
        {"disciplines": [{"decided_on": "2025-05-01", "act_here": False}]},
        "warns",
        {"disciplines": [{"decided_on": "2025-05-01", "act_here": True}]},
    ),
    (
        "R4-14",
        2025,
        "member",
        {"exempt": True, "suspended": False, "months_since_admission": 90},
        "informs",
        {"exempt": False, "suspended": False, "months_since_admission": 6},
    ),
    ("R4-15", 2025, "member", {"sick_months": 3}, "informs", {"sick_months": 2}),
    ("R4-16", 2025, "cell", {"lower_rated_first": False}, "warns", {"lower_rated_first": True}),
    ("R4-17", 2025, "collective", {"draft_days_before": 2, "review_days": 1}, "warns", {"draft_days_before": 3, "review_days": 1}),
    (
        "R4-18",
        2025,
        "cell",
        {"finished_on": "2026-01-15", "special_body": True},
        "warns",
        {"finished_on": "2026-01-14", "special_body": True},
    ),
    ("R4-19", 2025, "cell", {"decided_by_right_body": False}, "warns", {"decided_by_right_body": True}),
    (
        "R4-20",
        2025,
        "cell",
        {"replaces_decision": True, "old_decision_kept": False},
        "warns",
        {"replaces_decision": True, "old_decision_kept": True},
    ),
    ("R4-21", 2025, "member", {"reviewed": True, "will_be_rated": False}, "warns", {"reviewed": True, "will_be_rated": True}),
]


def kinds(rule, year, subject, facts):
    return {finding.kind for finding in judge(year, subject, facts).findings if finding.rule == rule}


def test_every_rule_of_the_list_is_here_once():
    ids = {f"R1-{n:02d}" for n in range(1, 9)} | {f"R2-{n:02d}" for n in range(1, 20)}
    ids |= {f"R3-{n:02d}" for n in range(1, 12)} | {f"R4-{n:02d}" for n in range(1, 22)}

    assert {rule.id for rule in RULES if "E" not in rule.id} == ids - {"R1-05"}  # remembered only: in the documentation as open
    assert OPEN[0].startswith("R1-05")
    assert [case[0] for case in CASES] == sorted(ids - {"R1-05"})


@pytest.mark.parametrize(("rule", "year", "subject", "speaks", "kind", "misses"), CASES, ids=[case[0] for case in CASES])
def test_rule(rule, year, subject, speaks, kind, misses):
    assert Kind(kind) in kinds(rule, year, subject, speaks)
    assert kinds(rule, year, subject, misses) - {Kind.NOT_KNOWN} == set()
    assert Kind.NOT_KNOWN in kinds(rule, year, subject, {})


SOUND = {"exempt": False, "temporary_here": False, "suspended": False, "months_since_admission": 80, "degenerated": False, "disciplines": []}
OF_2021 = SOUND | {
    "grade_political_task": "XS",
    "grades_other": ["T"],
    "civil_servant": True,
    "civil_servant_level": 1,
    "tasks": 10,
    "tasks_done": 10,
    "sick_months": 0,
    "temporary_here": False,
}
OF_2025 = SOUND | {
    "leads": False,
    "score": 95,
    "tasks": 10,
    "tasks_done": 10,
    "tasks_on_time": 10,
    "tasks_exceeded": 3,
    "faults_remedied": True,
    "broke_what_members_may_not_do": False,
}


@pytest.mark.parametrize(
    ("year", "facts", "ceiling", "forced"),
    [
        (2021, OF_2021, 1, None),
        (2021, OF_2021 | {"civil_servant_level": 2}, 2, None),
        (2021, OF_2021 | {"sick_months": 3}, 3, None),
        (2021, OF_2021 | {"civil_servant_level": 4}, 4, 4),
        (2021, OF_2021 | {"disciplines": DECIDED}, 4, 4),
        (2021, OF_2021 | {"disciplines": [{"decided_on": "2020-05-01"}]}, 1, None),
        (2021, OF_2021 | {"sick_months": None}, None, None),
        (2025, OF_2025, 1, None),
        (2025, OF_2025 | {"score": 89}, 2, None),
        (2025, OF_2025 | {"score": 69}, 3, None),
        (2025, OF_2025 | {"score": 49}, 4, 4),
        (2025, OF_2025 | {"sick_months": 11}, 1, None),
        (2025, OF_2025 | {"tasks_done": 9, "tasks_on_time": 9}, None, None),  # the text names no level: shown, not filled
        (2025, OF_2025 | {"disciplines": [{"decided_on": "2025-03-03", "act_here": False}]}, 1, None),
        (2025, OF_2025 | {"disciplines": [{"decided_on": "2025-03-03"}]}, 4, 4),
        (2025, OF_2025 | {"disciplines": [{"decided_on": "2025-03-03"}], "self_detected_remedied": True, "authority_accepts": True}, 1, None),
        (2025, OF_2025 | {"disciplines": [{"decided_on": "2025-03-03"}], "self_detected_remedied": True}, 4, 4),
    ],
)
def test_verdict_on_a_member(year, facts, ceiling, forced):
    verdict = judge(year, "member", {name: value for name, value in facts.items() if value is not None})

    assert (verdict.ceiling, verdict.forced, verdict.eligibility) == (ceiling, forced, "required")


@pytest.mark.parametrize(
    ("year", "facts", "eligibility"),
    [
        (2018, {"exempt": False, "months_since_admission": 5}, "exempt"),
        (2021, {"exempt": False, "suspended": False, "months_since_admission": 5, "temporary_here": False}, "review_only"),
        (2024, {"exempt": False, "suspended": False, "months_since_admission": 5}, "exempt"),
        (2025, {"exempt": False, "suspended": False, "months_since_admission": 6, "temporary_here": False}, "required"),
        (2025, {"exempt": False, "sick_months": 4}, "unknown"),
        (2021, {"temporary_here": True}, "not_subject"),
    ],
)
def test_who_is_rated(year, facts, eligibility):
    assert judge(year, "member", facts).eligibility == eligibility


def test_a_collective_does_not_stand_above_its_organisation():
    facts = dict.fromkeys(("disunited", "degenerated", "main_targets_met", "force_majeure", "body_disciplined", "member_warned"), False)
    verdict = judge(2021, "collective", facts | {"organisation_level": 3, "tasks": 10, "tasks_done": 10, "months_since_founding": 40})

    assert verdict.ceiling == 3


@pytest.mark.parametrize(
    ("year", "subject", "facts", "sentence"),
    [
        (2025, "member", {"score": 101}, "không nhận giá trị 101"),
        (2025, "member", {"score": True}, "không nhận giá trị True"),
        (2021, "cell", {"members_rated": 9, "members_good": 10}, "không được lớn hơn"),
        (2021, "member", {"score_total": 90}, "không hỏi"),
        (2021, "member", {"civil_servant_level": 5}, "không nhận giá trị 5"),
        (2021, "member", {"grades_other": ["Tốt"]}, "không nhận giá trị"),
        (2023, "cell", {"finished_on": "31/12/2023"}, "không nhận giá trị"),
        (2023, "cell", {"finished_on": "0001-01-01"}, "không nhận giá trị"),
        (2023, "cell", {"finished_on": "9999-12-31"}, "không nhận giá trị"),
        (2021, "member", {"disciplines": [{"decided_on": "2021"}]}, "không nhận giá trị"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_a_sentence(year, subject, facts, sentence):
    with pytest.raises(FactError, match=sentence):
        judge(year, subject, facts)


def test_a_year_without_a_text_is_refused():
    with pytest.raises(YearWithoutRuleBook, match="từ năm 2014"):
        judge(2013, "member", {})


def test_every_fact_that_a_rule_needs_is_asked_for():
    for year in range(2014, 2027):
        for subject in SUBJECTS:
            asked = {fact.name for fact in facts_for(year, subject)}
            assert {name for rule in rules_for(year, subject) for name in rule.needs} <= asked, (year, subject)


VALUES = {
    "boolean": st.booleans(),
    "integer": st.integers(0, 12),
    "points": st.integers(0, 100),
    "level": st.integers(1, 4),
    "grade": st.sampled_from(["XS", "T", "TB", "K"]),
    "grades": st.lists(st.sampled_from(["XS", "T", "TB", "K"]), min_size=1, max_size=4),
    "date": st.dates(date(2014, 1, 1), date(2100, 12, 31)).map(str),
    "disciplines": st.lists(st.fixed_dictionaries({"decided_on": st.sampled_from(["2020-01-02", "2021-05-01", "2025-05-01"])}), max_size=2),
}


@st.composite
def cases(draw):
    year, subject = draw(st.integers(2014, 2026)), draw(st.sampled_from(SUBJECTS))
    facts = {fact.name: draw(VALUES[fact.type]) for fact in facts_for(year, subject) if draw(st.booleans())}
    return year, subject, facts


def verdict_on(year, subject, facts):
    try:
        return judge(year, subject, facts)
    except FactError:
        return None


@settings(max_examples=300, deadline=None)
@given(case=cases(), order=st.randoms())
def test_the_order_of_facts_does_not_matter(case, order):
    year, subject, facts = case
    names = list(facts)
    order.shuffle(names)

    assert verdict_on(year, subject, facts) == verdict_on(year, subject, {name: facts[name] for name in names})


@settings(max_examples=400, deadline=None)
@given(case=cases(), chosen=st.integers(0, 50))
def test_what_is_not_known_never_turns_into_a_pass(case, chosen):
    """Forgetting a fact makes a ceiling the same, worse or unknown: never better. Who is rated at all is judged apart."""
    year, subject, facts = case
    before = verdict_on(year, subject, facts)
    if before is None or not facts or before.ceiling is None:
        return
    forgotten = sorted(facts)[chosen % len(facts)]
    after = verdict_on(year, subject, {name: value for name, value in facts.items() if name != forgotten})

    if after is not None and after.ceiling is not None and forgotten not in ("self_detected_remedied", "authority_accepts"):
        assert after.ceiling >= before.ceiling


@settings(max_examples=300, deadline=None)
@given(case=cases(), fault=st.sampled_from(["degenerated", "disunited", "disciplines", "body_disciplined", "cadre_work_fault"]))
def test_a_fault_never_raises_a_ceiling(case, fault):
    year, subject, facts = case
    if fault not in {fact.name for fact in facts_for(year, subject)}:
        return
    none, some = ([], [{"decided_on": f"{year}-06-01"}]) if fault == "disciplines" else (False, True)
    without, withit = (verdict_on(year, subject, facts | {fault: value}) for value in (none, some))

    if without and withit and without.ceiling and withit.ceiling:
        assert withit.ceiling >= without.ceiling
