import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.rulebooks.quota import ceiling


def judged(tmp_path, capsys, facts, **options):
    path = tmp_path / "facts.json"
    path.write_text(facts if isinstance(facts, str) else json.dumps(facts), encoding="utf-8")
    call_command("judge", facts=path, **options)
    return json.loads(capsys.readouterr().out)


def test_judge_prints_the_verdict_as_json(tmp_path, capsys):
    verdict = judged(tmp_path, capsys, {"disciplines": [{"decided_on": "2021-05-01"}]}, year=2021, subject="member")

    assert (verdict["ceiling"], verdict["forced"], verdict["eligibility"]) == (4, 4, "unknown")
    finding = next(one for one in verdict["findings"] if one["rule"] == "R2-08")
    assert (finding["kind"], finding["level"]) == ("forbids", 4)
    assert finding["source"] == "mục 2.3, Hướng dẫn số 21-HD/BTCTW, ngày 18/10/2019"


def test_judge_lists_the_facts_with_type_unit_and_meaning(capsys):
    call_command("judge", "--list-facts", year=2025, subject="member")

    lines = capsys.readouterr().out.splitlines()
    assert "score  points, điểm, 0-100: Tổng điểm" in lines
    assert not any(line.startswith("grade") for line in lines)  # grades ended with 2024


@pytest.mark.parametrize(
    ("facts", "options", "sentence"),
    [
        ({"score": 120}, {"year": 2025, "subject": "member"}, "không nhận giá trị 120"),
        ({}, {"year": 2010, "subject": "cell"}, "từ năm 2014"),
        ("{", {"year": 2025, "subject": "cell"}, "không phải JSON"),
    ],
)
def test_judge_refuses_with_a_sentence(tmp_path, capsys, facts, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        judged(tmp_path, capsys, facts, **options)


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        (["--year", "2025", "--at-or-above", "37"], 6),
        (["--year", "2025", "--at-or-above", "37", "--base", "or-above"], 7),
        (["--year", "2025", "--at-or-above", "37", "--rate", "25"], 7),
        (["--year", "2025", "--at-or-above", "37", "--rate", "25", "--base", "or-above"], 9),
        (["--year", "2016", "--at-or-above", "37"], 4),
        (["--year", "2025", "--at-or-above", "5"], 0),
        (["--year", "2025", "--at-or-above", "100"], 16),
        (["--year", "2018", "--at-or-above", "65", "--rate", "20"], 10),
    ],
)
def test_quota_prints_the_limit(capsys, arguments, limit):
    call_command("quota", *arguments)

    assert capsys.readouterr().out == f"{limit}\n"


def test_quota_says_where_no_text_gives_one():
    with pytest.raises(CommandError, match="Chưa tìm thấy tỷ lệ tối đa trong quy định của năm 2018"):
        call_command("quota", "--year", "2018", "--at-or-above", "37")
    with pytest.raises(CommandError, match="tỷ lệ phải từ 1 đến 100"):
        call_command("quota", "--year", "2025", "--at-or-above", "37", "--rate", "0")


@settings(max_examples=500)
@given(people=st.integers(0, 10_000), rate=st.integers(1, 100))
def test_the_limit_is_the_largest_that_keeps_to_its_definition(people, rate):
    literal, or_above = ceiling(rate, people, "good"), ceiling(rate, people, "good_or_better")

    assert 100 * literal <= rate * (people - literal)
    assert 100 * (literal + 1) > rate * (people - literal - 1)
    assert 100 * or_above <= rate * people < 100 * (or_above + 1)
