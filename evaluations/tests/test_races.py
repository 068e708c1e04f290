"""Two people at the same moment, on a database that lets them: what one waits for is what he then sees."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from evaluations.models import QuotaPool, Review
from evaluations.services.decisions import issue_decision, propose_decision
from evaluations.services.opinions import save_opinion
from evaluations.services.settings import set_setting
from evaluations.services.sheets import roster_changes, submit_sheet, update_roster
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError, StaleVersion
from khoi_party.common.tests.threads import Other, at_once

from .conftest import member
from .test_deciding import ISSUE, accepted, vote

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_parallel_saves_of_one_cell_leave_one_winner(year):
    row = year.rows[0]
    outcomes = at_once(*(lambda level=level: save_opinion(row, "cell_vote", level=level, version=0, by=year.secretary) for level in (1, 2, 3, 4)))

    assert outcomes.count("done") == 1
    assert sum(isinstance(outcome, StaleVersion) for outcome in outcomes) == 3
    assert verify_chain() == []


def test_a_cell_emptied_meanwhile_stops_the_sending(year):
    vote(year)
    sender = Other(lambda: submit_sheet(year.sheet, by=year.base_staff))
    with transaction.atomic():
        save_opinion(year.rows[0], "cell_vote", level=None, version=1, by=year.secretary)
        sender.wait_until_it_stands_in_line()
    sender.join()

    assert sender.outcome.message == "Còn 1 dòng phải xếp loại nhưng chưa có mức."


def test_a_cell_typed_while_the_sheet_is_sent_is_refused(year):
    vote(year)
    typist = Other(lambda: save_opinion(year.rows[0], "cell_vote", level=None, version=1, by=year.base_staff))
    with transaction.atomic():
        submit_sheet(year.sheet, by=year.secretary)
        typist.wait_until_it_stands_in_line()
    typist.join()

    assert isinstance(typist.outcome, PermissionDenied)


def test_a_level_emptied_meanwhile_stops_the_proposal(year):
    decision = accepted(year)
    proposer = Other(lambda: propose_decision(decision, by=year.staff))
    with transaction.atomic():
        save_opinion(year.rows[0], "proposed", level=None, version=1, by=year.base_staff)
        proposer.wait_until_it_stands_in_line()
    proposer.join()

    assert proposer.outcome.message == "Còn 1 dòng chưa có mức đề xuất."


def test_a_level_typed_while_it_goes_to_the_leader_is_refused(year):
    decision = accepted(year)
    typist = Other(lambda: save_opinion(year.rows[0], "deciding", level=2, version=0, by=year.staff))
    with transaction.atomic():
        propose_decision(decision, by=year.base_staff)
        typist.wait_until_it_stands_in_line()
    typist.join()

    assert "Hãy rút dự thảo quyết định về" in typist.outcome.message


def test_a_new_grouping_waits_for_the_decision_that_is_being_issued(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    together = {"base": "good", "rate": 20, "rounding": "floor", "group": "body"}
    setter = Other(lambda: set_setting(year.root, "quota_members", together, from_day=date(2026, 1, 1), by=year.staff))
    with transaction.atomic():
        issue_decision(decision, **ISSUE, by=year.base_leader)
        setter.wait_until_it_stands_in_line()
    setter.join()

    assert setter.outcome == "done"
    assert set(QuotaPool.objects.filter(body=year.base, subject="member").values_list("grouping", flat=True)) == {"position"}
    assert set(QuotaPool.objects.filter(body=year.lone, subject="member").values_list("grouping", flat=True)) == {"body"}


def test_who_joins_while_the_groups_change_lands_in_the_new_one(year):
    new = member("Vũ Thị Mới", year.second)
    sheet = year.cycle.sheets.get(organisation=year.second)
    joiners = [one.pk for one in roster_changes(sheet)[0]]
    together = {"base": "good", "rate": 20, "rounding": "floor", "group": "body"}
    joiner = Other(lambda: update_roster(sheet, joiners=joiners, by=year.base_staff))
    with transaction.atomic():
        set_setting(year.root, "quota_members", together, from_day=date(2026, 1, 1), by=year.staff)
        joiner.wait_until_it_stands_in_line()
    joiner.join()

    assert joiner.outcome == "done"
    assert Review.objects.get(member=new).pool == QuotaPool.objects.get(body=year.base, subject="member")


def test_twenty_decisions_at_once_never_exceed_a_cap_that_blocks(place):
    """Twenty cells of one base, each with a leader who gives its first member level 1 and issues at the same moment; 60 members, 20 %: twelve."""
    from cells.enums import OrganisationKind
    from cells.models import Document
    from cells.tests.factories import OrganisationFactory
    from evaluations.models import Opinion, ReviewSheet
    from evaluations.services.cycles import open_cycle, open_review
    from evaluations.services.decisions import draft_decision

    cells = [OrganisationFactory(parent=place.base, kind=OrganisationKind.CELL, name=f"Chi bộ {number}", code=f"Q{number}") for number in range(20)]
    for cell in cells:
        for name in ("Trần Văn An", "Trần Văn Bình", "Trần Văn Cường"):
            member(name, cell)
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)
    rows = Review.objects.filter(sheet__organisation__in=cells)
    Opinion.objects.bulk_create(
        Opinion(review=row, voice=voice, level=2, by=place.base_staff)
        for row in rows
        for voice in (("cell_vote", "proposed") if row.subject == "member" else ("self", "proposed"))
    )
    ReviewSheet.objects.filter(organisation__in=cells).update(state="accepted", submitted_at="2026-12-01T00:00Z", accepted_at="2026-12-02T00:00Z")
    paper = Document.objects.create(organisation=place.root, kind="decision", number="9-HD/ĐUK", issued_on="2026-01-05", issuer="Đảng ủy Khối")
    QuotaPool.objects.filter(body=place.base).update(document=paper, base="good_or_better", rate=20)
    decisions = []
    for sheet in ReviewSheet.objects.filter(organisation__in=cells):
        decision = draft_decision(place.base, cycle, [sheet], title=sheet.organisation_name, by=place.base_staff)
        first = sheet.reviews.filter(subject="member").order_by("sort_key").first()
        decisions.append((decision, first))

    def give_and_issue(decision, row, number):
        save_opinion(row, "deciding", level=1, reason="Thành tích nổi bật", version=0, by=place.base_leader)
        propose_decision(decision, by=place.base_staff)
        issue_decision(decision, **ISSUE | {"number": f"{number}/QĐ"}, by=place.base_leader)

    outcomes = at_once(*(lambda given=given, number=number: give_and_issue(*given, number) for number, given in enumerate(decisions, 1)))

    excellent = Review.objects.filter(sheet__organisation__in=cells, subject="member", decided_level=1).count()
    assert excellent <= 12
    done = outcomes.count("done")
    assert done == excellent
    assert done < 20
    assert all(outcome == "done" or isinstance(outcome, DomainError) for outcome in outcomes)
    assert verify_chain() == []
