"""Two people at the same moment, on a database that lets them: what one waits for is what he then sees."""

import threading
import time
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from evaluations.models import QuotaPool, Review
from evaluations.services.decisions import issue_decision, propose_decision
from evaluations.services.opinions import save_opinion
from evaluations.services.settings import set_setting
from evaluations.services.sheets import roster_changes, submit_sheet, update_roster
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError, StaleVersion

from .conftest import member
from .test_deciding import ISSUE, accepted, vote

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


class Other(threading.Thread):
    """Somebody else's act on a connection of his own; `outcome` is "done" or the refusal."""

    def __init__(self, act):
        super().__init__()
        self.act, self.outcome = act, None

    def run(self):
        try:
            self.act()
            self.outcome = "done"
        except (DomainError, PermissionDenied) as refused:
            self.outcome = refused
        finally:
            connection.close()

    def wait_until_it_stands_in_line(self):
        """Until the database keeps it waiting for a lock of ours."""
        self.start()
        end = time.monotonic() + 10
        while time.monotonic() < end and self.is_alive():
            with connection.cursor() as cursor:
                cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
                if cursor.fetchone()[0]:
                    return
        raise AssertionError("It did not have to wait.")


def test_parallel_saves_of_one_cell_leave_one_winner(year):
    others = [Other(lambda level=level: save_opinion(year.rows[0], "cell_vote", level=level, version=0, by=year.secretary)) for level in (1, 2, 3, 4)]
    for other in others:
        other.start()
    for other in others:
        other.join()

    outcomes = [other.outcome for other in others]
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
