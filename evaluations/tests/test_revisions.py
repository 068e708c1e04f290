"""After publication: notices, complaints, and results rated again, the old ones kept and the totals corrected."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cells.models import Term
from evaluations.models import Complaint, Decision, DecisionItem, Notice, RevisedRow, SheetTally
from evaluations.services.cycles import close_cycle
from evaluations.services.decisions import acknowledge_notice, discard_draft, issue_decision, propose_decision, publish_decision
from evaluations.services.revisions import answer_complaint, bodies_to_revise, leave_out, record_complaint, revise
from evaluations.services.tallies import wrong_tallies
from khoi_party.common.errors import DomainError

from .test_deciding import ISSUE, accepted

AGAIN = ISSUE | {"number": "13-QĐ/ĐU", "issued_on": date(2027, 2, 10), "meeting_on": date(2027, 2, 9)}
REASON = "Kết luận kiểm tra số 04-KL/UBKT: nhiệm vụ được giao chưa hoàn thành"


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-12-20 09:00 +0700")
    return time_machine


def ended(year):
    """The other units' sheets are taken in without a level; the year is closed."""
    moment = timezone.now()
    year.cycle.sheets.exclude(pk=year.sheet.pk).update(state="accepted", submitted_at=moment, accepted_at=moment)
    close_cycle(year.cycle, date(2026, 12, 20), reason="Các đơn vị khác không xếp loại", by=year.staff)


@pytest.fixture
def announced(year):
    """The year with the first cell's rows decided and published, and closed."""
    year.decision = accepted(year)
    propose_decision(year.decision, by=year.base_staff)
    issue_decision(year.decision, **ISSUE, by=year.base_leader)
    publish_decision(year.decision, by=year.base_staff)
    ended(year)
    for row in year.rows:
        row.refresh_from_db()
    year.best = year.rows[0]
    return year


def rated_again(world, **changes):
    values = {"body": world.base, "kind": "adjust", "level": 3, "reason": REASON, "by": world.base_staff} | changes
    return revise(world.best, **values)


def totals(world):
    tallies = SheetTally.objects.filter(sheet=world.sheet, subject="member", eligibility="required", level__isnull=False)
    return dict(tallies.values_list("level", "count"))


def test_the_new_result_replaces_the_old_which_stays_and_the_totals_follow(announced):
    assert totals(announced) == {1: 1, 2: 5}
    decision = rated_again(announced)
    announced.best.refresh_from_db()
    assert announced.best.decided_level == 1  # a draft changes nothing

    propose_decision(decision, by=announced.base_staff)
    issue_decision(decision, **AGAIN, by=announced.base_leader)
    publish_decision(decision, by=announced.base_staff)

    announced.best.refresh_from_db()
    assert announced.best.decided_level == 3
    old, new = DecisionItem.objects.filter(review=announced.best).order_by("pk")
    assert (old.level, old.decision, new.level, new.replaces, new.reason) == (1, announced.decision, 3, old, REASON)
    assert totals(announced) == {2: 5, 3: 1}
    assert wrong_tallies(announced.cycle) == []
    assert new.facts["replaces_decision"] is True


def test_a_revision_can_itself_be_revised(announced):
    for number, level in (("13-QĐ/ĐU", 3), ("14-QĐ/ĐU", 2)):
        decision = rated_again(announced, level=level)
        propose_decision(decision, by=announced.base_staff)
        issue_decision(decision, **AGAIN | {"number": number}, by=announced.base_leader)
        publish_decision(decision, by=announced.base_staff)
        announced.best.refresh_from_db()
    assert list(DecisionItem.objects.filter(review=announced.best).order_by("pk").values_list("level", flat=True)) == [1, 3, 2]
    assert DecisionItem.objects.standing().get(review=announced.best).level == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"level": 1}, "trùng với mức đã quyết định"),
        ({"level": 2, "exemplary": True}, "Chỉ chọn tiêu biểu"),
        ({"reason": "  "}, "Hãy ghi lý do"),
    ],
)
def test_what_cannot_be_a_revision_is_refused(announced, changes, sentence):
    with pytest.raises(DomainError, match=sentence):
        rated_again(announced, **changes)
    assert not RevisedRow.objects.exists()
    assert not Decision.objects.exclude(revision="").exists()


def test_a_year_that_is_still_open_is_not_revised(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    publish_decision(decision, by=year.base_staff)
    year.best = year.rows[0]
    year.best.refresh_from_db()
    with pytest.raises(DomainError, match="Năm 2026 chưa kết thúc"):
        rated_again(year)


def test_what_was_not_announced_or_not_decided_is_not_revised(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    ended(year)
    year.best = year.rows[0]
    with pytest.raises(DomainError, match="chưa công bố"):
        rated_again(year)
    year.best = year.cycle.sheets.get(organisation=year.second).reviews.get(subject="member")
    with pytest.raises(DomainError, match="chưa được quyết định"):
        rated_again(year)


def test_a_row_lies_in_one_draft_and_one_draft_takes_several_rows(announced):
    first = rated_again(announced)
    with pytest.raises(DomainError, match="dự thảo xếp loại lại khác"):
        rated_again(announced, level=4)
    second = revise(announced.rows[1], body=announced.base, kind="adjust", level=3, reason="Như trên", by=announced.base_staff)
    assert first == second
    assert leave_out(first, announced.best, by=announced.base_staff) is True
    assert list(first.revised_rows.values_list("review", flat=True)) == [announced.rows[1].pk]
    assert leave_out(first, announced.rows[1], by=announced.base_staff) is False
    assert not Decision.objects.filter(pk=first.pk).exists()


def test_a_draft_may_be_thrown_away_whole(announced):
    discard_draft(rated_again(announced), by=announced.base_staff)
    assert not RevisedRow.objects.exists()
    assert rated_again(announced).revised_rows.count() == 1


@pytest.mark.parametrize("who", ["secretary", "other_secretary", "base_leader", "leader", "inspector", "stranger"])
def test_only_the_staff_of_the_body_or_above_it_prepare(announced, who):
    with pytest.raises(PermissionDenied):
        rated_again(announced, by=getattr(announced, who))
    with pytest.raises(PermissionDenied):
        record_complaint(announced.best, source="people", received_on=date(2026, 12, 1), summary="Đơn", by=getattr(announced, who))


def test_the_superior_may_rate_again_and_there_another_person_issues(announced):
    assert bodies_to_revise(announced.best, announced.staff) == [announced.base, announced.root]
    assert bodies_to_revise(announced.best, announced.base_staff) == [announced.base]
    decision = rated_again(announced, body=announced.root, kind="cancel", by=announced.staff)
    assert decision.needs_another_person
    propose_decision(decision, by=announced.staff)
    issue_decision(decision, **AGAIN, by=announced.leader)
    announced.best.refresh_from_db()
    assert announced.best.decided_level == 3
    with pytest.raises(PermissionDenied):
        rated_again(announced, body=announced.first, by=announced.staff)


def test_the_cap_holds_for_a_revision_too(announced):
    pool = announced.best.pool
    pool.document = announced.decision.document  # base, group and rounding confirmed
    pool.rate, pool.base = 20, "good_or_better"
    pool.save()
    decision = revise(announced.rows[1], body=announced.base, kind="adjust", level=1, reason=REASON, by=announced.base_staff)
    propose_decision(decision, by=announced.base_staff)
    with pytest.raises(DomainError, match="vượt trần 1 "):
        issue_decision(decision, **AGAIN, by=announced.base_leader)
    announced.rows[1].refresh_from_db()
    assert announced.rows[1].decided_level == 2
    assert DecisionItem.objects.filter(review=announced.rows[1]).count() == 1


def test_a_number_is_used_once_a_term(announced):
    decision = rated_again(announced)
    propose_decision(decision, by=announced.base_staff)
    with pytest.raises(DomainError, match="Số 12-QĐ/ĐU đã dùng cho văn bản ngày 20/12/2026") as refused:
        issue_decision(decision, **AGAIN | {"number": "12-QĐ/ĐU", "issued_on": date(2026, 12, 30)}, by=announced.base_leader)
    assert refused.value.field == "number"
    with pytest.raises(DomainError, match=r"Số 12-QĐ/ĐU đã dùng cho văn bản ngày 20/12/2026 .* Số kế tiếp là 13-QĐ/ĐU") as refused:
        issue_decision(decision, **AGAIN | {"number": "12-QĐ/ĐU"}, by=announced.base_leader)  # another year of the same term
    assert refused.value.field == "number"
    years = {"first_year": 2027, "last_year": 2031}
    Term.objects.create(organisation=announced.root, label="2027-2032", congress_on=date(2027, 2, 10), **years)
    issue_decision(decision, **AGAIN | {"number": "12-QĐ/ĐU"}, by=announced.base_leader)  # the superior's congress was that day


def test_every_unit_gets_a_notice_and_says_that_it_has_it(announced):
    notice = Notice.objects.get()
    assert notice.sheet == announced.sheet
    for who in (announced.other_secretary, announced.base_staff, announced.leader):
        with pytest.raises(PermissionDenied):
            acknowledge_notice(notice, by=who)
    assert acknowledge_notice(notice, by=announced.secretary) is True
    assert acknowledge_notice(notice, by=announced.secretary) is False
    notice.refresh_from_db()
    assert notice.seen_by == announced.secretary


def text_of(client, user, name, *arguments, data=None):
    client.force_login(user)
    address = reverse(name, args=arguments)
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_the_whole_way_on_pages(announced, client, time_machine):
    time_machine.move_to("2027-02-01 09:00 +0700")
    best = announced.best
    notice = Notice.objects.get()
    assert "Xem thông báo kết quả xếp loại năm 2026" in text_of(client, announced.secretary, "desk:home")
    assert "Trần Văn Aa Hoàn thành xuất sắc nhiệm vụ" in text_of(client, announced.secretary, "evaluations:notice_detail", notice.pk)
    assert "Đơn vị đã nhận lúc" in text_of(client, announced.secretary, "evaluations:notice_seen", notice.pk, data={})

    given = {"source": "people", "received_on": "28/01/2027", "paper": "", "summary": "Có nhiệm vụ chưa xong"}
    text_of(client, announced.base_staff, "evaluations:complaint_new", best.pk, data=given)
    complaint = Complaint.objects.get()
    assert "Trả lời khiếu nại, kiến nghị nhận ngày 28/01/2027" in text_of(client, announced.base_staff, "desk:home")
    assert "Có nhiệm vụ chưa xong" not in text_of(client, announced.secretary, "evaluations:review_why", best.pk)
    refused = text_of(
        client,
        announced.base_staff,
        "evaluations:complaint_answer",
        complaint.pk,
        data={"outcome": "revised", "answered_on": "30/01/2027", "answer": "Đã xem"},
    )
    assert "Chưa có quyết định xếp loại lại" in refused
    asked = {"body": announced.base.pk, "kind": "adjust", "level": "3", "reason": REASON}
    page = text_of(client, announced.base_staff, "evaluations:revision_new", best.pk, data=asked)
    assert "Điều chỉnh kết quả (Mẫu 03)" in page
    assert "trước: Hoàn thành xuất sắc nhiệm vụ" in page
    decision = Decision.objects.exclude(revision="").get()
    propose_decision(decision, by=announced.base_staff)
    issue_decision(decision, **AGAIN, by=announced.base_leader)
    publish_decision(decision, by=announced.base_staff)
    answer_complaint(complaint, outcome="revised", answered_on=date(2027, 1, 31), answer="Đã xếp loại lại", by=announced.base_staff)

    why = text_of(client, announced.secretary, "evaluations:review_why", best.pk)
    assert "Kết quả trước đây Hoàn thành xuất sắc nhiệm vụ Quyết định số 12-QĐ/ĐU" in why
    assert "đã xếp loại lại" in text_of(client, announced.base_staff, "evaluations:decision_detail", announced.decision.pk)
    again = Notice.objects.get(decision=decision)
    assert "Xếp loại lại; trước là hoàn thành xuất sắc nhiệm vụ" in text_of(client, announced.secretary, "evaluations:notice_detail", again.pk)


def test_complaints_are_answered_once_and_in_order(announced, time_machine):
    time_machine.move_to("2027-02-01 09:00 +0700")
    with pytest.raises(DomainError, match="không được sau hôm nay"):
        record_complaint(announced.best, source="body", received_on=date(2027, 2, 2), summary="Đơn", by=announced.base_staff)
    complaint = record_complaint(announced.best, source="body", received_on=date(2027, 1, 20), summary="Đơn", by=announced.base_staff)
    for day in (date(2027, 1, 19), date(2027, 2, 2)):
        with pytest.raises(DomainError, match="từ ngày nhận đến hôm nay"):
            answer_complaint(complaint, outcome="kept", answered_on=day, answer="Đúng quy định", by=announced.base_staff)
    answer_complaint(complaint, outcome="kept", answered_on=date(2027, 1, 20), answer="Đúng quy định", by=announced.base_staff)
    with pytest.raises(DomainError, match="đã được trả lời"):
        answer_complaint(complaint, outcome="kept", answered_on=date(2027, 1, 21), answer="Nữa", by=announced.base_staff)
