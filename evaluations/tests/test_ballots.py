"""Rounds, counts and what they write into the sheet."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.enums import Role
from cells.models import DatedSetting, Document
from evaluations.ballots import Line, Totals
from evaluations.enums import BallotState
from evaluations.grids import grid_of
from evaluations.models import BallotCount, BallotRound, Opinion, Review
from evaluations.services.ballots import (
    confirm_ballot,
    count_state,
    discard_ballot,
    left_without,
    open_ballot,
    recount,
    results_of,
    save_count,
    second_ballot,
    voters_of,
)
from evaluations.services.decisions import draft_decision, propose_decision
from evaluations.services.opinions import save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet
from khoi_party.audit.models import AuditEntry
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError, StaleVersion
from members.models import MembershipEvent, Seat

from .conftest import person

DAY = date(2026, 11, 20)
ALL_SIX = Totals(present=6, issued=6, collected=6, valid=6, invalid=0)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")


def opened(year, rows=None, **values):
    given = {"subject": "member", "reviews": [row.pk for row in rows or year.rows], "meeting": "cell", "held_on": DAY, "spare": 2}
    return open_ballot(year.first, year.cycle, year.sheet, **(given | {"by": year.secretary} | values))


def lines_of(ballot, *votes):
    """{subject id: Line} from (mức 1, 2, 3, 4, không ghi ý kiến) per subject, by name; one tuple for all."""
    subjects = list(ballot.subjects.order_by("review__sort_key"))
    each = votes if len(votes) > 1 else votes * len(subjects)
    return {subject.pk: Line(tuple(numbers[:4]), numbers[4]) for subject, numbers in zip(subjects, each, strict=True)}


def minutes(ballot, number="12-BB/CB", day=DAY):
    return Document(organisation=ballot.organisation, kind="minutes", number=number, issued_on=day, issuer="Chi bộ Văn phòng")


def votes_of(year):
    opinions = dict(Opinion.objects.filter(voice="cell_vote", review__in=year.rows).values_list("review", "level"))
    return [opinions.get(row.pk) for row in year.rows]


def counted(year, *votes, totals=ALL_SIX, **values):
    ballot = opened(year, **values)
    save_count(ballot, totals, lines_of(ballot, *votes), by=year.secretary)
    return ballot


def confirmed(year, *votes, **values):
    ballot = counted(year, *votes, **values)
    assert confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
    ballot.refresh_from_db()
    return ballot


VARIED = ((6, 0, 0, 0, 0), (4, 2, 0, 0, 0), (0, 5, 1, 0, 0), (3, 3, 0, 0, 0), (2, 2, 2, 0, 0), (0, 0, 0, 4, 2))


def test_confirmed_levels_stand_in_the_sheet_with_the_round_as_source(year):
    save_opinion(year.rows[0], "self", level=2, version=0, by=year.secretary)
    save_opinion(year.rows[1], "self", level=1, version=0, by=year.secretary)
    ballot = confirmed(year, *VARIED)

    assert votes_of(year) == [1, 1, 2, None, None, 4]
    votes = Opinion.objects.filter(voice="cell_vote")
    assert set(votes.values_list("ballot", flat=True)) == {ballot.pk}
    assert [one.subject.result for one in results_of(ballot, ballot.counts.get())] == [1, 1, 2, None, None, 4]
    assert [one.words for one in results_of(ballot, ballot.counts.get())][1] == "4/6 = 66,67% đảng viên chính thức được triệu tập, quá nửa"
    assert (ballot.state, str(ballot.document)) == (BallotState.CONFIRMED, "Biên bản số 12-BB/CB, ngày 20/11/2026")
    departs, agrees = (votes.get(review=row).reason for row in year.rows[:2])
    assert departs == "Bỏ phiếu kín lần 1 ngày 20/11/2026: 6/6 = 100% đảng viên chính thức được triệu tập, quá nửa"
    assert agrees == ""
    assert verify_chain() == []


def test_confirming_twice_writes_once(year):
    ballot = confirmed(year, (0, 6, 0, 0, 0))
    entries = AuditEntry.objects.count()

    assert confirm_ballot(ballot, document=minutes(ballot), by=year.secretary) is False
    assert AuditEntry.objects.count() == entries
    assert set(Opinion.objects.values_list("version", flat=True)) == {1}


def test_a_level_from_a_ballot_is_not_typed_over_but_its_reason_is(year):
    confirmed(year, (0, 6, 0, 0, 0))

    with pytest.raises(DomainError, match="Cần sửa thì mở kiểm phiếu lại"):
        save_opinion(year.rows[0], "cell_vote", level=1, version=1, by=year.secretary)
    opinion = save_opinion(year.rows[0], "cell_vote", level=2, reason="Như biên bản.", version=1, by=year.secretary)
    assert (opinion.reason, opinion.ballot_id) == ("Như biên bản.", BallotRound.objects.get().pk)


def test_the_grid_leads_from_the_level_to_the_count(year, client):
    ballot = confirmed(year, *VARIED)
    address = reverse("evaluations:ballot_detail", args=[ballot.pk])
    found = {row.key: [cell.ballot for cell in row.cells if cell.voice == "cell_vote"] for row in grid_of(year.sheet, year.secretary).groups[0].rows}
    assert [found[str(row.pk)] for row in year.rows] == [[address], [address], [address], [""], [""], [address]]
    client.force_login(year.secretary)
    assert client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk])).content.decode().count(address) == 4


def test_a_decided_year_offers_no_recount(year, client):
    ballot = confirmed(year, (0, 6, 0, 0, 0))
    client.force_login(year.secretary)
    address = reverse("evaluations:ballot_detail", args=[ballot.pk])
    assert "Kiểm phiếu lại" in client.get(address).content.decode()
    Review.objects.filter(pk=year.rows[0].pk).update(decided_level=2)
    assert "Kiểm phiếu lại" not in client.get(address).content.decode()


def test_what_was_typed_as_the_vote_gives_way_to_the_count(year):
    save_opinion(year.rows[0], "cell_vote", level=1, reason="Gõ trước.", version=0, by=year.secretary)
    save_opinion(year.rows[3], "cell_vote", level=1, version=0, by=year.secretary)
    save_opinion(year.rows[2], "cell_vote", level=2, reason="Giữ lại.", version=0, by=year.secretary)
    save_opinion(year.rows[2], "self", level=1, version=0, by=year.secretary)

    confirmed(year, (0, 6, 0, 0, 0), (0, 6, 0, 0, 0), (0, 6, 0, 0, 0), (3, 3, 0, 0, 0), (0, 6, 0, 0, 0), (0, 6, 0, 0, 0))

    assert votes_of(year) == [2, 2, 2, None, 2, 2]  # nobody won the fourth, so nothing stands there
    assert Opinion.objects.get(review=year.rows[2], voice="cell_vote").reason == "Giữ lại."


def test_only_official_members_of_the_roll_vote(year):
    member = year.rows[0].member
    type(member).objects.filter(pk=member.pk).update(official_on=date(2026, 11, 21))  # official the day after
    exempt, suspended = year.rows[1].member, year.rows[2].member
    MembershipEvent.objects.create(member=exempt, kind="exempted", effective_on=date(2026, 5, 1), from_cell=year.first)
    MembershipEvent.objects.create(member=suspended, kind="suspended", effective_on=date(2026, 11, 20), from_cell=year.first)

    assert [one.pk for one in voters_of(year.first, "cell", DAY)] == [row.member_id for row in year.rows[3:]]
    assert len(voters_of(year.first, "cell", date(2026, 11, 19))) == 4
    assert len(voters_of(year.first, "cell", date(2026, 11, 21))) == 4
    assert len(voters_of(year.first, "cell", DAY, exempt_vote=True)) == 4
    assert opened(year).eligible == 3


def test_the_round_keeps_the_share_and_base_of_its_day(year):
    value = {"base": "collected", "part": 2, "whole": 3, "at_least": True, "exempt_vote": False}
    setting = DatedSetting.objects.create(organisation=year.root, key="ballot_majority", value=value, valid_from=date(2026, 11, 20))
    before, since = opened(year, year.rows[:1], held_on=date(2026, 11, 19)), opened(year, year.rows[1:])
    DatedSetting.objects.filter(pk=setting.pk).update(value=value | {"base": "valid"})

    assert (before.threshold_words, before.is_set) == ("quá nửa số đảng viên chính thức được triệu tập", False)
    since.refresh_from_db()
    assert (since.threshold_words, since.is_set) == ("từ hai phần ba trở lên số phiếu thu về", True)
    totals = Totals(present=6, issued=6, collected=3, valid=3, invalid=0)
    save_count(since, totals, lines_of(since, (1, 2, 0, 0, 0)), by=year.secretary)
    assert results_of(since, since.counts.get())[0].level == 2


def refused(year, match, totals=ALL_SIX, votes=(0, 6, 0, 0, 0), **values):
    ballot = opened(year, **values)
    with pytest.raises(DomainError, match=match):
        save_count(ballot, totals, lines_of(ballot, votes), by=year.secretary)
    assert not BallotCount.objects.exists()


def test_more_present_than_may_vote_is_refused(year):
    refused(year, "Có mặt 7 nhưng chỉ 6 người", Totals(7, 6, 6, 6, 0))


def test_a_line_that_does_not_make_the_valid_papers_is_refused(year):
    refused(year, "Cộng lại 5 phiếu, thiếu 1", votes=(0, 5, 0, 0, 0))


def test_a_count_before_the_meeting_is_refused(year):
    refused(year, "chưa đến ngày", held_on=date(2099, 1, 5))


def test_a_missing_line_is_refused(year):
    ballot = opened(year)
    lines = lines_of(ballot, (0, 6, 0, 0, 0))
    lines.popitem()
    with pytest.raises(DomainError, match="Chưa ghi số phiếu của dòng này"):
        save_count(ballot, ALL_SIX, lines, by=year.secretary)


def test_the_database_refuses_what_the_service_would_not_write(year):
    ballot = opened(year)
    count = {"round": ballot, "by": year.secretary, "present": 6, "issued": 6, "collected": 6, "valid": 6, "invalid": 0}
    for wrong in ({"issued": 7}, {"collected": 7}, {"valid": 5}, {"printed": 8, "unused": 1}, {"slot": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BallotCount.objects.create(**(count | {"slot": 1} | wrong))
    BallotCount.objects.create(slot=1, **count)
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotCount.objects.create(slot=2, **count)  # the same person


def test_a_row_is_in_one_round_at_a_time(year):
    first = opened(year, year.rows[:2])
    with pytest.raises(DomainError, match="đang ở một lần bỏ phiếu chưa xác nhận"):
        opened(year, year.rows[1:3])
    assert opened(year, year.rows[2:]).number == 1
    discard_ballot(first, by=year.secretary)
    assert opened(year, year.rows[:2]).number == 1


def test_a_row_with_a_result_is_not_voted_on_again(year):
    confirmed(year, (0, 6, 0, 0, 0))
    with pytest.raises(DomainError, match="đã có kết quả ở lần 1"):
        opened(year, year.rows[:1])


def test_the_form_offers_only_who_is_in_no_other_round(year, client):
    client.force_login(year.secretary)
    address = reverse("evaluations:sheet_ballot_new", args=[year.sheet.pk])
    opened(year, year.rows[:4])
    assert [label for _, label in client.get(address).context["form"].fields["reviews"].choices] == ["Trần Văn Ae", "Trần Văn Ag"]
    opened(year, year.rows[4:])
    assert client.get(address).context["subject"] == "organisation"


def test_who_was_left_without_is_offered_once(year):
    first = confirmed(year, *VARIED)
    assert [one.review for one in left_without(first)] == [year.rows[3], year.rows[4]]
    again = opened(year, [year.rows[3]])  # as a round of its own instead of from the first
    assert again.number == 2
    assert [one.review for one in left_without(first)] == [year.rows[4]]


def test_no_rows_no_voters_no_round(year):
    with pytest.raises(DomainError, match="Chưa chọn ai để bỏ phiếu"):
        opened(year, reviews=[])
    with pytest.raises(DomainError, match="không có đảng viên chính thức nào"):
        opened(year, held_on=date(2026, 10, 31))  # nobody was official yet
    with pytest.raises(DomainError, match="Chưa có danh sách cấp ủy viên"):
        opened(year, meeting="committee")


def test_a_committee_without_seats_on_record_says_how_many_were_called(year):
    assert opened(year, year.rows[:1], meeting="committee", eligible=3).eligible == 3
    Seat.objects.create(member=year.rows[0].member, organisation=year.first, post="secretary", valid_from=date(2026, 1, 1))
    assert opened(year, year.rows[1:2], meeting="committee").eligible == 1


def test_a_sent_sheet_takes_no_ballot_and_no_result(year):
    ballot = counted(year, (0, 6, 0, 0, 0))
    for row in year.rows:
        save_opinion(row, "cell_vote", level=2, version=0, by=year.secretary)
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)

    with pytest.raises(DomainError, match="đề nghị cấp trên trả lại bảng"):
        confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
    with pytest.raises(DomainError, match="đã gửi nên không mở"):
        opened(year, reviews=[year.sheet.reviews.get(subject="organisation").pk], subject="organisation")


def test_one_account_needs_the_signed_minutes(year):
    ballot = opened(year)
    with pytest.raises(DomainError, match="Chưa nhập đủ"):
        confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
    save_count(ballot, ALL_SIX, lines_of(ballot, (0, 6, 0, 0, 0)), by=year.secretary)
    with pytest.raises(DomainError, match="số, ngày của biên bản"):
        confirm_ballot(ballot, by=year.secretary)
    with pytest.raises(DomainError, match="không được trước ngày họp"):
        confirm_ballot(ballot, document=minutes(ballot, day=date(2026, 11, 19)), by=year.secretary)
    assert votes_of(year) == [None] * 6


def test_a_second_account_puts_a_count_right_and_sees_the_first(year):
    ballot = counted(year, (0, 6, 0, 0, 0))

    with pytest.raises(StaleVersion, match="Người secretary vừa lưu"):
        save_count(ballot, ALL_SIX, lines_of(ballot, (6, 0, 0, 0, 0)), version=0, by=year.base_staff)
    save_count(ballot, ALL_SIX, lines_of(ballot, (6, 0, 0, 0, 0)), version=1, by=year.base_staff)

    count = ballot.counts.get()
    assert (count.slot, count.version, count.by, count.on_behalf) == (1, 2, year.base_staff, True)
    assert AuditEntry.objects.filter(action="ballot.counted", on_behalf=True).count() == 1


def test_second_ballot_on_who_had_no_result_with_the_leading_two(year):
    first = confirmed(year, *VARIED)
    wanted = [row.pk for row in year.rows]

    again = second_ballot(first, reviews=wanted, levels="leading", held_on=DAY, by=year.secretary)

    assert (again.number, again.follows, again.meeting) == (2, first, "cell")
    offered = {one.review_id: one.levels for one in again.subjects.all()}
    assert offered == {year.rows[3].pk: "12", year.rows[4].pk: "123"}
    with pytest.raises(DomainError, match="Mức 3 không có trên phiếu lần này"):
        save_count(again, ALL_SIX, lines_of(again, (0, 5, 1, 0, 0), (0, 6, 0, 0, 0)), by=year.secretary)
    save_count(again, ALL_SIX, lines_of(again, (2, 4, 0, 0, 0), (0, 0, 6, 0, 0)), by=year.secretary)
    confirm_ballot(again, document=minutes(again, "13-BB/CB"), by=year.secretary)

    assert votes_of(year) == [1, 1, 2, 2, 3, 4]
    assert Opinion.objects.get(review=year.rows[3]).ballot == again
    assert Opinion.objects.get(review=year.rows[0]).ballot == first


def test_a_second_ballot_waits_for_the_first(year):
    with pytest.raises(DomainError, match="Hãy xác nhận kết quả lần này"):
        second_ballot(counted(year, (3, 3, 0, 0, 0)), reviews=[year.rows[0].pk], levels="all", held_on=DAY, by=year.secretary)


def test_a_recount_replaces_and_the_old_one_stays_visible(year):
    old = confirmed(year, *VARIED)
    new = recount(old, "Đếm nhầm phiếu của hai người.", by=year.secretary)
    assert votes_of(year) == [1, 1, 2, None, None, 4]  # the old holds until the new is confirmed
    with pytest.raises(DomainError, match="đã có lần kiểm lại"):
        recount(old, "Lần nữa.", by=year.secretary)

    save_count(new, ALL_SIX, lines_of(new, (3, 3, 0, 0, 0), *VARIED[1:3], (0, 6, 0, 0, 0), *VARIED[4:]), by=year.secretary)
    confirm_ballot(new, document=minutes(new, "14-BB/CB"), by=year.secretary)

    old.refresh_from_db()
    assert (old.state, old.number, new.number) == (BallotState.REPLACED, 1, 1)
    assert votes_of(year) == [None, 1, 2, 2, None, 4]
    assert [one.subject.result for one in results_of(old, old.counts.get())] == [1, 1, 2, None, None, 4]


def test_a_recount_leaves_what_a_later_ballot_gave(year):
    old = confirmed(year, *VARIED)
    again = second_ballot(old, reviews=[year.rows[3].pk], levels="leading", held_on=DAY, by=year.secretary)
    save_count(again, ALL_SIX, lines_of(again, (0, 6, 0, 0, 0)), by=year.secretary)
    confirm_ballot(again, document=minutes(again, "13-BB/CB"), by=year.secretary)
    new = recount(old, "Đếm lại.", by=year.secretary)
    save_count(new, ALL_SIX, lines_of(new, (6, 0, 0, 0, 0)), by=year.secretary)
    confirm_ballot(new, document=minutes(new, "15-BB/CB"), by=year.secretary)

    assert votes_of(year) == [1, 1, 1, 2, 1, 1]


def test_a_confirmed_round_is_not_thrown_away(year):
    ballot = confirmed(year, (0, 6, 0, 0, 0))
    with pytest.raises(DomainError, match="mở kiểm phiếu lại"):
        discard_ballot(ballot, by=year.secretary)
    with pytest.raises(DomainError, match="đã được xác nhận"):
        save_count(ballot, ALL_SIX, lines_of(ballot, (6, 0, 0, 0, 0)), version=1, by=year.secretary)


def test_who_left_the_list_meanwhile_gets_no_level(year):
    ballot = counted(year, (0, 6, 0, 0, 0))
    Review.objects.filter(pk=year.rows[0].pk).update(removed_at="2026-11-21T00:00Z")
    confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
    assert votes_of(year) == [None, 2, 2, 2, 2, 2]


@pytest.mark.parametrize("who", ["leader", "inspector", "base_leader", "other_secretary", "stranger"])
def test_others_only_read(year, who):
    ballot = counted(year, (0, 6, 0, 0, 0))
    user = getattr(year, who)
    for act in (
        lambda: opened(year, by=user),
        lambda: save_count(ballot, ALL_SIX, lines_of(ballot, (6, 0, 0, 0, 0)), version=1, by=user),
        lambda: confirm_ballot(ballot, document=minutes(ballot), by=user),
        lambda: recount(ballot, "Vì sao.", by=user),
        lambda: discard_ballot(ballot, by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()


# The superior committee: two people key, neither sees the other before.


@pytest.fixture
def top(year):
    """Chi bộ cơ sở accepted at the root, a second clerk there, and a round of the ban thường vụ of nine on it."""
    sheet = year.cycle.sheets.get(organisation=year.lone)
    year.cycle.sheets.filter(pk=sheet.pk).update(state="accepted", submitted_at="2026-11-10T00:00Z", accepted_at="2026-11-12T00:00Z")
    year.clerk = person("clerk", Role.STAFF, year.root)
    year.row = sheet.reviews.get(subject="organisation")
    common = {"subject": "organisation", "reviews": [year.row.pk], "meeting": "standing", "held_on": DAY}
    year.ballot = open_ballot(year.root, year.cycle, eligible=9, by=year.staff, **common)
    return year


NINE = Totals(9, 9, 9, 9, 0)


def key(top, who, *votes, version=0):
    return save_count(top.ballot, NINE, lines_of(top.ballot, votes), version=version, by=who)


def test_two_different_people_key_and_see_nothing_of_each_other_before(top):
    assert top.ballot.slots == 2
    key(top, top.staff, 1, 8, 0, 0, 0)

    assert count_state(top.ballot, top.clerk).other is None
    assert count_state(top.ballot, top.leader).agreed is None
    with pytest.raises(DomainError, match="cần cả hai người"):
        confirm_ballot(top.ballot, by=top.staff)
    assert key(top, top.clerk, 2, 7, 0, 0, 0).slot == 2

    state = count_state(top.ballot, top.staff)
    assert (len(state.keys), state.fields, state.other.by) == (1, [], top.clerk)
    with pytest.raises(DomainError, match="còn khác nhau"):
        confirm_ballot(top.ballot, by=top.staff)
    third = person("third", Role.STAFF, top.root)
    with pytest.raises(DomainError, match="Đã đủ hai người"):
        key(top, third, 1, 8, 0, 0, 0)


def test_two_that_agree_are_what_the_body_intends(top):
    save_opinion(top.row, "proposed", level=1, version=0, by=top.staff)
    key(top, top.staff, 1, 8, 0, 0, 0)
    key(top, top.clerk, 2, 7, 0, 0, 0)
    key(top, top.clerk, 1, 8, 0, 0, 0, version=1)
    assert confirm_ballot(top.ballot, by=top.clerk)

    opinion = Opinion.objects.get(review=top.row, voice="deciding")
    assert (opinion.voice, opinion.level, opinion.ballot) == ("deciding", 2, top.ballot)
    assert opinion.reason == "Bỏ phiếu kín lần 1 ngày 20/11/2026: 8/9 = 88,89% ủy viên ban thường vụ được triệu tập, quá nửa"


def test_a_vote_that_nobody_won_stops_the_proposal_until_the_body_says_a_level(top):
    save_opinion(top.row, "proposed", level=2, version=0, by=top.staff)
    key(top, top.staff, 4, 4, 1, 0, 0)
    key(top, top.clerk, 4, 4, 1, 0, 0)
    confirm_ballot(top.ballot, by=top.staff)
    decision = draft_decision(top.root, top.cycle, [top.cycle.sheets.get(organisation=top.lone)], title="Công nhận", by=top.staff)

    with pytest.raises(DomainError, match=r"^Bỏ phiếu chưa có kết quả: Chi bộ Liên minh Hợp tác xã\. Hãy bỏ phiếu"):
        propose_decision(decision, by=top.staff)
    save_opinion(top.row, "deciding", level=2, version=0, by=top.staff)
    assert propose_decision(decision, by=top.staff)


def test_the_trail_tells_no_figures_before_they_agree(top):
    key(top, top.staff, 1, 8, 0, 0, 0)
    entry = AuditEntry.objects.get(action="ballot.counted")
    assert entry.text == '{"slot":1}'
    assert entry.summary == "Nhập kết quả kiểm phiếu lần 1, người thứ 1."


def test_the_page_of_the_second_shows_no_figure_of_the_first(top, client):
    save_count(top.ballot, Totals(9, 9, 8, 7, 1), lines_of(top.ballot, (3, 4, 0, 0, 0)), by=top.staff)
    client.force_login(top.clerk)
    form = client.get(reverse("evaluations:ballot_count", args=[top.ballot.pk])).context["form"]
    assert [box.value() for box, _ in form.head()] == [9, None, None, None, None, None, None]  # the papers that were to be printed
    assert [box.value() for row in form.rows() for _, box in row.cells] == [None] * 5
    page = client.get(reverse("evaluations:ballot_detail", args=[top.ballot.pk]))
    assert "hợp lệ 7" not in page.content.decode()


def test_units_below_do_not_see_the_ballot_of_the_body(top, client):
    client.force_login(person("lonesecretary", Role.SECRETARY, top.lone))
    assert client.get(reverse("evaluations:ballot_detail", args=[top.ballot.pk])).status_code == 404


def test_rows_before_the_leader_take_no_result(top):
    key(top, top.staff, 1, 8, 0, 0, 0)
    key(top, top.clerk, 1, 8, 0, 0, 0)
    save_opinion(top.row, "proposed", level=2, version=0, by=top.staff)
    sheet = top.cycle.sheets.get(organisation=top.lone)
    propose_decision(draft_decision(top.root, top.cycle, [sheet], title="Công nhận", by=top.staff), by=top.staff)

    with pytest.raises(DomainError, match="rút dự thảo quyết định"):
        confirm_ballot(top.ballot, by=top.staff)


# Pages.


def typed(ballot, totals, *votes):
    subjects = list(ballot.subjects.order_by("review__sort_key"))
    each = votes if len(votes) > 1 else votes * len(subjects)
    names = ("present", "issued", "collected", "valid", "invalid")
    found = {"version": "0"} | {name: str(getattr(totals, name)) for name in names}
    for subject, numbers in zip(subjects, each, strict=True):
        found |= {f"s{subject.pk}-{level}": str(number) if number else "" for level, number in zip((1, 2, 3, 4, 0), numbers, strict=True)}
    return found


def test_what_was_typed_is_kept_beside_each_sentence(year, client):
    ballot = opened(year)
    client.force_login(year.secretary)
    sent = typed(ballot, ALL_SIX, (0, 6, 0, 0, 0), (0, 6, 0, 0, 0), (1, 4, 0, 0, 0), (9, 0, 0, 0, 0), (0, 6, 0, 0, 0), (0, 6, 0, 0, 0))

    page = client.post(reverse("evaluations:ballot_count", args=[ballot.pk]), sent)

    form = page.context["form"]
    assert [row.errors for row in form.rows()][2:4] == [
        ["Cộng lại 5 phiếu, thiếu 1 so với 6 phiếu hợp lệ. Hãy đếm lại dòng này."],
        ["Cộng lại 9 phiếu, thừa 3 so với 6 phiếu hợp lệ. Hãy đếm lại dòng này."],
    ]
    assert form.rows()[3].cells[0][1].value() == "9"
    assert not BallotCount.objects.exists()


def test_wrong_totals_are_said_beside_their_box(year, client):
    ballot = opened(year)
    client.force_login(year.secretary)
    sent = typed(ballot, Totals(5, 6, 6, 6, 0), (0, 6, 0, 0, 0))

    form = client.post(reverse("evaluations:ballot_count", args=[ballot.pk]), sent).context["form"]

    assert form.summary() == [("id_issued", "Phát ra 6 phiếu nhưng chỉ 5 người có mặt. Hãy đếm lại số phiếu phát ra.")]
    assert form["issued"].errors == ["Phát ra 6 phiếu nhưng chỉ 5 người có mặt. Hãy đếm lại số phiếu phát ra."]


def test_of_many_wrong_lines_five_are_named(year, client):
    ballot = opened(year)
    client.force_login(year.secretary)
    page = client.post(reverse("evaluations:ballot_count", args=[ballot.pk]), typed(ballot, ALL_SIX, (0, 5, 0, 0, 0)))
    summary = page.context["form"].summary()
    assert [says for _, says in summary][4:] == [
        "Trần Văn Ae: Cộng lại 5 phiếu, thiếu 1 so với 6 phiếu hợp lệ. Hãy đếm lại dòng này.",
        "Và 1 dòng nữa.",
    ]


def test_a_secretary_goes_from_the_sheet_to_the_confirmed_result(year, client):
    client.force_login(year.secretary)
    new = reverse("evaluations:sheet_ballot_new", args=[year.sheet.pk])
    values = {"meeting": "cell", "held_on": "20/11/2026", "spare": "2", "reviews": [row.pk for row in year.rows]}
    values |= {"head_teller": "Trần Văn Aa", "chair": "Trần Văn Ab", "secretary": "Trần Văn Ac"}
    client.post(f"{new}?subject=member", values)
    ballot = BallotRound.objects.get()
    client.post(reverse("evaluations:ballot_count", args=[ballot.pk]), typed(ballot, ALL_SIX, (0, 6, 0, 0, 0)))
    confirm = reverse("evaluations:ballot_confirm", args=[ballot.pk])
    signed = {"document_on": "20/11/2026", "seen": "1.1"}
    refused = client.post(confirm, signed | {"document_number": ""})
    unseen = client.post(confirm, signed | {"document_number": "12-BB/CB", "seen": "1.2"})
    done = client.post(confirm, signed | {"document_number": "12-BB/CB"}, follow=True)

    assert refused.context["form"].errors["document_number"]
    assert unseen.context["form"].non_field_errors() == ["Kết quả kiểm phiếu vừa được sửa. Hãy xem lại các số rồi xác nhận."]
    assert "Đã xác nhận kết quả và ghi vào bảng xếp loại." in done.content.decode()
    assert votes_of(year) == [2] * 6


def test_the_count_page_asks_few_queries_for_sixty_lines(year, client, django_assert_max_num_queries):
    common = {"sheet": year.sheet, "subject": "member", "decided_by": year.base, "pool": year.rows[0].pool}
    Review.objects.bulk_create(Review(**common, name=f"Trần Văn {n}", sort_key=f"{n:03d}") for n in range(54))
    ballot = opened(year, list(year.sheet.reviews.filter(subject="member")))
    client.force_login(year.secretary)
    address = reverse("evaluations:ballot_count", args=[ballot.pk])
    client.get(address)
    with django_assert_max_num_queries(10):
        page = client.get(address)
    assert len(page.context["form"].rows()) == 60


piles = st.lists(st.lists(st.sampled_from([1, 2, 3, 4, None]), min_size=6, max_size=6), min_size=0, max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(piles, st.integers(0, 2))
def test_random_piles_reach_the_sheet_as_a_reader_counts_them(year, pile, absent):
    """Each name on each paper is read aloud; more than half of the six called wins. The rest is ours."""
    invalid = max(6 - len(pile) - absent, 0)
    totals = Totals(len(pile) + invalid, len(pile) + invalid, len(pile) + invalid, len(pile), invalid)
    heard = [Counter(paper[place] for paper in pile) for place in range(6)]
    spoken = [next((level for level in (1, 2, 3, 4) if one[level] > 3), None) for one in heard]
    with transaction.atomic():
        ballot = opened(year)
        save_count(ballot, totals, lines_of(ballot, *[(one[1], one[2], one[3], one[4], one[None]) for one in heard]), by=year.secretary)
        confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
        assert votes_of(year) == spoken
        transaction.set_rollback(True)


def test_accepting_still_sees_the_ballot(year):
    confirmed(year, (0, 6, 0, 0, 0))
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)
    accept_sheet(year.sheet, by=year.base_staff)
    assert votes_of(year) == [2] * 6
