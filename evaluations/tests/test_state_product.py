"""Every state of registrations, sheets, decisions and papers by every action by every role, against a table written by hand; and random ways
through the tables and through the services, which never reach a state that nothing leads to."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.enums import DecisionState, RegistrationState, SheetState
from evaluations.models import Decision, Registration, ReviewSheet, SheetTally
from evaluations.services.opinions import save_opinion
from evaluations.states import COMMENDATION, DECISION, REGISTRATION, SHEET
from khoi_party.audit.models import AuditEntry
from khoi_party.audit.services import verify_chain
from khoi_party.audit.workflow import advance
from khoi_party.common.errors import DomainError

from .conftest import person

MOMENT = "2026-11-01T05:00:00Z"
WHO = ("secretary", "base_secretary", "base_staff", "base_leader", "staff", "leader", "inspector", "stranger")
OWN, ABOVE, HEADS = ("secretary", "base_staff", "staff"), ("base_staff", "staff"), ("base_secretary", "base_staff", "base_leader", "staff", "leader")
OFFICE, HEAD = ("base_staff", "staff"), ("base_leader",)

# By hand: who may, and what then happens in each state. Everybody else is refused by right in every state.
TABLE = {
    "registration": {
        "submit": (OWN, {"draft": "done", "submitted": "same", "noted": "state", "returned": "done"}),
        "note": (ABOVE, {"draft": "state", "submitted": "done", "noted": "same", "returned": "state"}),
        "return": (HEADS, {"draft": "state", "submitted": "done", "noted": "done", "returned": "same"}),
    },
    "sheet": {
        "submit": (OWN, {"open": "done", "submitted": "same", "accepted": "state", "returned": "done"}),
        "accept": (ABOVE, {"open": "state", "submitted": "done", "accepted": "same", "returned": "state"}),
        "return": (HEADS, {"open": "state", "submitted": "done", "accepted": "done", "returned": "same"}),
    },
    "decision": {
        "propose": (OFFICE, {"draft": "done", "proposed": "same", "issued": "state", "published": "state"}),
        "withdraw": (OFFICE, {"draft": "same", "proposed": "done", "issued": "state", "published": "state"}),
        "issue": (HEAD, {"draft": "state", "proposed": "done", "issued": "same", "published": "state"}),
        "publish": (OFFICE, {"draft": "state", "proposed": "state", "issued": "done", "published": "same"}),
    },
}
MACHINES = {"registration": (REGISTRATION, RegistrationState), "sheet": (SHEET, SheetState), "decision": (DECISION, DecisionState)}
CASES = [(machine, action, state) for machine, (table, states) in MACHINES.items() for action in table for state in states.values]

# By hand: where each step leads; whatever stands nowhere here leads nowhere.
STEPS = {
    "registration": {("draft", "submit"): "submitted", ("returned", "submit"): "submitted", ("submitted", "note"): "noted"}
    | {(state, "return"): "returned" for state in ("submitted", "noted")},
    "sheet": {("open", "submit"): "submitted", ("returned", "submit"): "submitted", ("submitted", "accept"): "accepted"}
    | {(state, "return"): "returned" for state in ("submitted", "accepted")},
    "decision": {
        **{("draft", "propose"): "proposed", ("proposed", "withdraw"): "draft", ("proposed", "issue"): "issued"},
        **{("issued", "publish"): "published"},
    },
    "commendation": {
        **{("draft", "propose"): "proposed", ("proposed", "withdraw"): "draft", ("proposed", "forward"): "forwarded"},
        **{("proposed", "issue"): "issued", ("forwarded", "issue"): "issued", ("forwarded", "receive"): "issued"},
        **{("forwarded", "decline"): "declined"},
    },
}
BEGINS = {"registration": "draft", "sheet": "open", "decision": "draft", "commendation": "draft"}
TABLES = {"registration": REGISTRATION, "sheet": SHEET, "decision": DECISION, "commendation": COMMENDATION}


@pytest.fixture
def whole(year):
    """The first cell's registration and sheet complete, a decision of the base on that sheet, and one person for each role."""
    from evaluations.models import Review

    year.base_secretary = person("basesecretary", "secretary", year.base)
    for row in Review.objects.filter(sheet=year.sheet):
        voice = "cell_vote" if row.subject == "member" else "self"
        save_opinion(row, voice, level=2, version=0, by=year.secretary)
    Registration.objects.filter(cycle=year.cycle, organisation=year.first).update(level=2, admissions_planned=0)
    year.registration = Registration.objects.get(cycle=year.cycle, organisation=year.first)
    year.decision = Decision.objects.create(cycle=year.cycle, body=year.base, title="Xếp loại", needs_another_person=False)
    year.decision.sheets.add(year.sheet)
    return year


def in_state(row, state):
    """`row` put into `state` with the moments that the database asks for."""
    stamps = {
        Registration: {"submitted_at": MOMENT, "noted_at": MOMENT},
        ReviewSheet: {"submitted_at": MOMENT, "accepted_at": MOMENT},
        Decision: {"proposed_at": MOMENT},
    }[type(row)]
    if isinstance(row, Decision) and state != DecisionState.DRAFT:
        from cells.models import Document

        stamps |= {
            "issued_at": MOMENT,
            "document": Document.objects.create(organisation=row.body, kind="decision", number="1-QĐ/ĐU", issued_on="2026-12-01", issuer="Đảng ủy"),
        }
    type(row).objects.filter(pk=row.pk).update(state=state, **stamps)
    return type(row).objects.get(pk=row.pk)


def outcome(row, action, table, organisation, user):
    """One try, taken back: done, same (there already), right (not this person's) or state (not from here)."""
    point = transaction.savepoint()
    try:
        found = "done" if advance(row, action, by=user, table=table, organisation=organisation, note="Lý do") else "same"
    except PermissionDenied:
        found = "right"
    except DomainError:
        found = "state"
    transaction.savepoint_rollback(point)
    return found


@pytest.mark.parametrize(("machine", "action", "state"), CASES)
def test_state_by_action_by_role(whole, machine, action, state):
    table, _ = MACHINES[machine]
    row = {"registration": whole.registration, "sheet": whole.sheet, "decision": whole.decision}[machine]
    organisation = whole.base if machine == "decision" else whole.first
    may, outcomes = TABLE[machine][action]
    in_state(row, state)
    found = {who: outcome(type(row).objects.get(pk=row.pk), action, table, organisation, getattr(whole, who)) for who in WHO}
    assert found == {who: outcomes[state] if who in may else "right" for who in WHO}


def test_the_tables_by_hand_know_every_action_and_no_other():
    for machine, table in TABLES.items():
        assert {action for _, action in STEPS[machine]} == set(table)
        assert {(source, action): step.target for action, step in table.items() for source in step.sources} == STEPS[machine]


@settings(max_examples=2000, deadline=None)
@given(machine=st.sampled_from(sorted(TABLES)), data=st.data())
def test_random_ways_through_a_table_go_only_where_it_was_written(machine, data):
    table, state = TABLES[machine], BEGINS[machine]
    reachable = {BEGINS[machine], *STEPS[machine].values()}
    for action in data.draw(st.lists(st.sampled_from(sorted(table)), max_size=20)):
        step = table[action]
        state = step.target if state in step.sources else state
        assert state in reachable
        last = next((target for (source, done), target in STEPS[machine].items() if done == action and target == state), None)
        assert last is not None or (state, action) not in STEPS[machine]
    if state in ("published", "declined") or (machine, state) == ("commendation", "issued"):
        assert not any(state in step.sources for step in table.values())  # nothing leads back from what was announced


def some_act(year, choice):
    """One random act of a random person on the cell's sheet and the base's decision, through the services."""
    from evaluations.services.decisions import discard_draft, draft_decision, issue_decision, propose_decision, publish_decision, withdraw_decision
    from evaluations.services.opinions import propose_from_vote
    from evaluations.services.sheets import accept_sheet, return_sheet, submit_sheet

    from .test_deciding import ISSUE

    who = getattr(
        year, choice.choice(("secretary", "base_staff", "base_staff", "base_staff", "base_leader", "staff", "leader", "inspector", "stranger"))
    )
    sheet = ReviewSheet.objects.get(pk=year.sheet.pk)
    decision = Decision.objects.filter(sheets=sheet).order_by("pk").last()
    row = choice.choice(year.rows)
    now = row.opinions.filter(voice="cell_vote").first()
    acts = [
        lambda: save_opinion(row, "cell_vote", level=choice.choice((1, 2, 3)), version=now.version if now else 0, by=who),
        lambda: submit_sheet(sheet, by=who),
        lambda: accept_sheet(sheet, by=who),
        lambda: return_sheet(sheet, "Xem lại", by=who),
        lambda: propose_from_vote(sheet, by=who),
        lambda: draft_decision(year.base, year.cycle, [sheet], title="Công nhận", by=who),
    ]
    if decision:
        acts += [
            lambda: propose_decision(decision, by=who),
            lambda: withdraw_decision(decision, "Sửa", by=who),
            lambda: discard_draft(decision, by=who),
            lambda: issue_decision(decision, **ISSUE, by=who),
            lambda: issue_decision(decision, **ISSUE, by=year.base_leader),
            lambda: publish_decision(decision, by=who),
        ]
    choice.choice(acts)()


def test_a_hundred_random_ways_through_the_services_leave_the_database_whole(whole):
    """Refusals are expected all along; what may never be is a level without its decision, a tally that is wrong, or a broken trail."""
    from evaluations.models import DecisionItem, Review
    from evaluations.services.tallies import wrong_tallies

    Decision.objects.all().delete()
    choice, reached = random.Random(366), set()
    for _ in range(100):
        point = transaction.savepoint()
        for _ in range(35):
            try:
                with transaction.atomic():
                    some_act(whole, choice)
            except (DomainError, PermissionDenied):
                continue
            reached.update(
                Decision.objects.values_list("state", flat=True), ReviewSheet.objects.filter(pk=whole.sheet.pk).values_list("state", flat=True)
            )
        for row in Review.objects.filter(sheet=whole.sheet):
            item = DecisionItem.objects.standing().filter(review=row).first()
            assert row.decided_level == (item.level if item else None)
        for decision in Decision.objects.all():
            assert (decision.document is not None) == (decision.state in ("issued", "published"))
            if decision.state != "draft" and decision.proposed_by_id:
                assert decision.issued_by_id != decision.proposed_by_id or decision.issued_by_id is None
        assert wrong_tallies(whole.cycle) == []
        transaction.savepoint_rollback(point)
    assert verify_chain() == []
    assert AuditEntry.objects.exists()
    assert not SheetTally.objects.exists()
    assert reached >= {"submitted", "accepted", "returned", "draft", "proposed", "issued"}  # the ways did lead somewhere
