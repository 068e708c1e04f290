"""Two clerks on one round at the same moment, on a database that lets them."""

import pytest
from django.db import transaction

from cells.enums import Role
from evaluations.ballots import Line, Totals
from evaluations.models import BallotCount, BallotRound, Opinion
from evaluations.services.ballots import confirm_ballot, open_ballot, save_count, versions_of
from evaluations.services.sheets import submit_sheet
from khoi_party.audit.models import AuditEntry
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError

from .conftest import person
from .test_ballots import ALL_SIX, DAY, counted, lines_of, minutes, opened
from .test_deciding import vote
from .test_races import Other

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

NINE = Totals(9, 9, 9, 9, 0)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")


def at_the_top(year):
    sheet = year.cycle.sheets.get(organisation=year.lone)
    year.cycle.sheets.filter(pk=sheet.pk).update(state="accepted", submitted_at="2026-11-10T00:00Z", accepted_at="2026-11-12T00:00Z")
    row = sheet.reviews.get(subject="organisation")
    common = {"subject": "organisation", "reviews": [row.pk], "meeting": "standing", "held_on": DAY, "eligible": 9}
    return open_ballot(year.root, year.cycle, **common, by=year.staff), row


def test_four_clerks_at_once_leave_two_counts_by_two_people(year):
    ballot, _ = at_the_top(year)
    clerks = [person(f"clerk{number}", Role.STAFF, year.root) for number in range(4)]
    lines = {ballot.subjects.get().pk: Line((1, 8, 0, 0), 0)}
    others = [Other(lambda clerk=clerk: save_count(ballot, NINE, lines, by=clerk)) for clerk in clerks]
    for other in others:
        other.start()
    for other in others:
        other.join()

    assert [other.outcome for other in others].count("done") == 2
    assert sum(isinstance(other.outcome, DomainError) for other in others) == 2
    assert sorted(BallotCount.objects.values_list("slot", flat=True)) == [1, 2]
    assert len(set(BallotCount.objects.values_list("by", flat=True))) == 2
    assert verify_chain() == []


def test_both_clerks_confirm_at_once_and_the_level_is_written_once(year):
    ballot, row = at_the_top(year)
    clerk = person("clerk", Role.STAFF, year.root)
    lines = {ballot.subjects.get().pk: Line((1, 8, 0, 0), 0)}
    for by in (year.staff, clerk):
        save_count(ballot, NINE, lines, by=by)
    others = [Other(lambda by=by: confirm_ballot(BallotRound.objects.get(pk=ballot.pk), by=by)) for by in (year.staff, clerk)]
    for other in others:
        other.start()
    for other in others:
        other.join()

    assert [other.outcome for other in others] == ["done", "done"]
    assert Opinion.objects.get(review=row, voice="deciding").version == 1
    assert AuditEntry.objects.filter(action="ballot.confirmed").count() == 1


def test_a_sheet_sent_meanwhile_takes_no_result(year):
    ballot = counted(year, (0, 6, 0, 0, 0))
    vote(year)
    confirmer = Other(lambda: confirm_ballot(ballot, document=minutes(ballot), by=year.base_staff))
    with transaction.atomic():
        submit_sheet(year.sheet, by=year.secretary)
        confirmer.wait_until_it_stands_in_line()
    confirmer.join()

    assert "đã gửi nên chưa ghi kết quả" in confirmer.outcome.message
    assert not Opinion.objects.filter(ballot__isnull=False).exists()


def test_two_rounds_opened_at_once_share_no_row(year):
    opener = Other(lambda: opened(year, by=year.base_staff))
    with transaction.atomic():
        opened(year, year.rows[:1])
        opener.wait_until_it_stands_in_line()
    opener.join()

    assert "đang ở một lần bỏ phiếu chưa xác nhận" in opener.outcome.message
    assert BallotRound.objects.count() == 1


def test_a_count_saved_meanwhile_is_not_confirmed_unseen(year):
    ballot = counted(year, (0, 6, 0, 0, 0))
    seen = versions_of(ballot)
    confirmer = Other(lambda: confirm_ballot(ballot, document=minutes(ballot), seen=seen, by=year.secretary))
    with transaction.atomic():
        save_count(ballot, ALL_SIX, lines_of(ballot, (6, 0, 0, 0, 0)), version=1, by=year.base_staff)
        confirmer.wait_until_it_stands_in_line()
    confirmer.join()

    assert "vừa được sửa" in confirmer.outcome.message
    assert not Opinion.objects.exists()
