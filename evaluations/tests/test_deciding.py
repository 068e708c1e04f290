from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.db.models import Sum

from cells.enums import Role
from cells.models import DatedSetting, Document
from evaluations.grids import grid_of
from evaluations.models import DecisionItem, Opinion, QuotaPool, Review, SheetTally
from evaluations.services.decisions import discard_draft, draft_decision, issue_decision, propose_decision, publish_decision, withdraw_decision
from evaluations.services.opinions import propose_from_vote, save_opinion
from evaluations.services.quotas import usage
from evaluations.services.sheets import accept_sheet, return_sheet, roster_changes, submit_sheet, update_roster
from evaluations.services.tallies import wrong_tallies
from khoi_party.audit.models import AuditEntry
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError, StaleVersion

from .conftest import member, person

ISSUE = {
    "number": "12-QĐ/ĐU",
    "issued_on": date(2026, 12, 20),
    "signer": "Nguyễn Văn Bình",
    "meeting_on": date(2026, 12, 18),
    "members_total": 9,
    "members_present": 8,
    "votes_for": 8,
}


def vote(year, levels=(1, 2, 2, 2, 2, 2)):
    for row, level in zip(year.rows, levels, strict=True):
        save_opinion(row, "cell_vote", level=level, version=0, by=year.secretary)
    own = year.sheet.reviews.get(subject="organisation")
    save_opinion(own, "self", level=2, version=0, by=year.secretary)


def accepted(year, levels=(1, 2, 2, 2, 2, 2)):
    vote(year, levels)
    submit_sheet(year.sheet, by=year.secretary)
    accept_sheet(year.sheet, by=year.base_staff)
    propose_from_vote(year.sheet, by=year.base_staff)
    return draft_decision(year.base, year.cycle, [year.sheet], title="Công nhận kết quả xếp loại năm 2026", by=year.base_staff)


def test_level_is_saved_with_version_and_trail(year):
    opinion = save_opinion(year.rows[0], "cell_vote", level=2, version=0, by=year.secretary)
    assert (opinion.level, opinion.version, opinion.on_behalf) == (2, 1, False)

    again = save_opinion(year.rows[0], "cell_vote", level=2, version=0, by=year.secretary)
    assert again.version == 1
    assert AuditEntry.objects.filter(action="opinion.saved").count() == 1


def test_two_people_in_one_cell_lose_nothing(year):
    save_opinion(year.rows[0], "cell_vote", level=2, version=0, by=year.secretary)

    with pytest.raises(StaleVersion) as stale:
        save_opinion(year.rows[0], "cell_vote", level=1, version=0, by=year.staff)
    assert (stale.value.current.level, stale.value.current.by) == (2, year.secretary)
    assert save_opinion(year.rows[0], "self", level=1, version=0, by=year.staff).on_behalf is True


def test_unknown_level_and_unrated_row_are_refused_with_a_sentence(year):
    with pytest.raises(DomainError, match="Năm 2026 không có mức “5”"):
        save_opinion(year.rows[0], "cell_vote", level=5, version=0, by=year.secretary)

    Review.objects.filter(pk=year.rows[1].pk).update(eligibility="exempt", eligibility_reason="Được miễn.")
    with pytest.raises(DomainError, match="Không xếp loại: Được miễn"):
        save_opinion(year.rows[1], "cell_vote", level=2, version=0, by=year.secretary)


@pytest.mark.parametrize("who", ["other_secretary", "leader", "inspector", "base_leader", "stranger"])
def test_nobody_else_writes_the_vote(year, who):
    with pytest.raises(PermissionDenied):
        save_opinion(year.rows[0], "cell_vote", level=2, version=0, by=getattr(year, who))
    assert not Opinion.objects.exists()


def test_incomplete_sheet_is_not_sent(year):
    save_opinion(year.rows[0], "cell_vote", level=2, version=0, by=year.secretary)

    with pytest.raises(DomainError, match=r"^Còn 6 dòng phải xếp loại nhưng chưa có mức\.$"):
        submit_sheet(year.sheet, by=year.secretary)


def test_sent_sheet_is_closed_to_its_unit_until_returned(year):
    vote(year)
    submit_sheet(year.sheet, by=year.secretary)

    with pytest.raises(PermissionDenied):
        save_opinion(year.rows[0], "cell_vote", level=3, version=1, by=year.secretary)
    return_sheet(year.sheet, "Sai kết quả kiểm phiếu.", by=year.base_staff)
    year.sheet.refresh_from_db()
    assert (year.sheet.state, year.sheet.return_reason) == ("returned", "Sai kết quả kiểm phiếu.")
    assert save_opinion(year.rows[0], "cell_vote", level=3, version=1, by=year.secretary).level == 3


def test_roster_shows_joiners_and_leavers(year):
    new = member("Bùi Thị Mai", year.first)
    gone = year.rows[5]
    gone.member.memberships.update(valid_to=date(2026, 6, 1))

    joiners, leavers = roster_changes(year.sheet)
    assert ([m.member for m in joiners], list(leavers)) == ([new], [gone])
    assert update_roster(year.sheet, leavers=[gone.pk], by=year.secretary) == 1
    gone.refresh_from_db()
    assert gone.removal_reason == "Không còn sinh hoạt tại chi bộ"


def test_base_committee_decides_and_freezes(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    levels = Review.objects.filter(sheet=year.sheet, subject="member").order_by("sort_key").values_list("decided_level", flat=True)
    assert list(levels) == [1, 2, 2, 2, 2, 2]
    assert DecisionItem.objects.count() == 7
    decision.refresh_from_db()
    assert (decision.state, str(decision.document)) == ("issued", "Quyết định số 12-QĐ/ĐU, ngày 20/12/2026")
    with pytest.raises(PermissionDenied):
        save_opinion(year.rows[0], "deciding", level=3, version=0, by=year.base_staff)
    with pytest.raises(DomainError, match="không trả lại được"):
        return_sheet(year.sheet, "Muộn rồi.", by=year.base_staff)
    publish_decision(decision, by=year.base_staff)
    assert verify_chain() == []


def test_issuing_twice_has_no_second_effect(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    with pytest.raises(DomainError, match="Không còn dòng nào chờ quyết định"):
        issue_decision(decision, **ISSUE, by=year.base_leader)
    assert (Document.objects.count(), DecisionItem.objects.count()) == (1, 7)


def test_departing_from_the_proposal_wants_a_reason(year):
    decision = accepted(year)
    save_opinion(year.rows[0], "deciding", level=2, version=0, by=year.base_staff)
    with pytest.raises(DomainError, match="chưa ghi lý do"):
        propose_decision(decision, by=year.base_staff)

    save_opinion(year.rows[0], "deciding", level=2, reason="Còn một nhiệm vụ chậm.", version=1, by=year.base_staff)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    assert DecisionItem.objects.get(review=year.rows[0]).reason == "Còn một nhiệm vụ chậm."


@pytest.mark.parametrize("who", ["leader", "staff", "base_staff", "secretary", "inspector"])
def test_only_the_leader_of_the_deciding_body_issues(year, who):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)

    with pytest.raises(PermissionDenied):
        issue_decision(decision, **ISSUE, by=getattr(year, who))
    assert not DecisionItem.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"members_present": 10}, "Số phiếu không khớp"),
        ({"votes_for": 9}, "Số phiếu không khớp"),
        ({"votes_for": 4}, "Đồng ý 4/9, chưa quá nửa số được triệu tập"),
    ],
)
def test_votes_must_add_up(year, change, sentence):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)

    with pytest.raises(DomainError, match=sentence):
        issue_decision(decision, **ISSUE | change, by=year.base_leader)


def test_superior_committee_never_decides_its_own_proposal(year):
    both = person("both", Role.STAFF, year.root)
    both.role_assignments.create(role=Role.LEADER, organisation=year.root, valid_from=date(2020, 1, 1))
    sheet = year.cycle.sheets.get(organisation=year.base)
    save_opinion(sheet.reviews.get(), "self", level=2, version=0, by=both)
    submit_sheet(sheet, by=both)
    accept_sheet(sheet, by=both)
    propose_from_vote(sheet, by=both)
    decision = draft_decision(year.root, year.cycle, [sheet], title="Xếp loại tổ chức cơ sở đảng năm 2026", by=both)
    propose_decision(decision, by=both)

    with pytest.raises(DomainError, match="cần một lãnh đạo khác"):
        issue_decision(decision, **ISSUE, by=both)
    issue_decision(decision, **ISSUE, by=year.leader)
    assert sheet.reviews.get().decided_level == 2


def test_quota_warns_always_and_blocks_once_confirmed(year):
    decision = accepted(year, levels=(1, 1, 2, 2, 2, 2))
    propose_decision(decision, by=year.base_staff)
    pool = QuotaPool.objects.get(body=year.base, subject="member")
    assert (usage(pool).excellent, usage(pool).limit, usage(pool).is_over) == (2, 1, True)

    paper = Document.objects.create(organisation=year.root, kind="guidance", number="05-HD/ĐUK", issued_on=date(2026, 1, 5), issuer="ĐUK")
    QuotaPool.objects.filter(pk=pool.pk).update(document=paper)
    with pytest.raises(DomainError, match=r"xuất sắc 2, vượt trần 1 \(20% số hoàn thành tốt nhiệm vụ\)"):
        issue_decision(decision, **ISSUE, by=year.base_leader)
    assert not DecisionItem.objects.exists()

    QuotaPool.objects.filter(pk=pool.pk).update(document=None)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    assert DecisionItem.objects.filter(level=1).count() == 2


def test_tallies_follow_the_decision_and_are_checked(year, capsys):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    tallies = SheetTally.objects.filter(subject="member").order_by("level").values_list("level", "count", "path")
    assert list(tallies) == [(1, 1, year.first.path), (2, 5, year.first.path)]
    call_command("check_tallies")
    assert capsys.readouterr().out == "All tallies agree with their rows.\n"

    SheetTally.objects.filter(level=1, subject="member").update(count=2)
    with pytest.raises(CommandError, match="2026: Chi bộ Văn phòng"):
        call_command("check_tallies")


def test_s2_the_classes_and_those_without_one_add_up_to_all(year):
    """Rule S2: what a sheet counts at each level, and without one, are together its rows; a row more, and they are not."""
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    counted = SheetTally.objects.filter(subject="member", sheet=year.sheet).aggregate(total=Sum("count"))["total"]
    assert counted == year.sheet.reviews.filter(subject="member").count() == 6
    assert wrong_tallies(year.cycle) == []
    Review.objects.create(sheet=year.sheet, decided_by=year.base, subject="member", name="Người thứ bảy", eligibility="exempt")
    assert wrong_tallies(year.cycle) == ["Chi bộ Văn phòng"]


def test_decided_items_cannot_be_changed_in_the_database(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DecisionItem.objects.update(level=1)


def test_somebody_who_comes_back_gets_the_old_row_with_its_levels(year):
    gone = year.rows[5]
    save_opinion(gone, "self", level=2, version=0, by=year.secretary)
    membership = gone.member.memberships.get()
    membership.valid_to = date(2026, 6, 1)
    membership.save()
    update_roster(year.sheet, leavers=[gone.pk], by=year.secretary)
    back = gone.member.memberships.create(cell=year.first, valid_from=date(2026, 7, 1))

    assert update_roster(year.sheet, joiners=[back.pk], by=year.secretary) == 1

    gone.refresh_from_db()
    assert (gone.removed_at, gone.opinions.get().level) == (None, 2)


def test_roster_is_frozen_once_the_sheet_is_sent(year):
    vote(year)
    submit_sheet(year.sheet, by=year.secretary)
    new = member("Bùi Thị Mai", year.first)

    with pytest.raises(DomainError, match="Danh sách đã chốt"):
        update_roster(year.sheet, joiners=[new.memberships.get().pk], by=year.secretary)


def test_levels_before_the_leader_do_not_change_under_his_eyes(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)

    for voice in ("proposed", "deciding"):
        with pytest.raises(DomainError, match="Hãy rút dự thảo quyết định về"):
            save_opinion(year.rows[0], voice, level=3, version=1, by=year.base_staff)
    withdraw_decision(decision, "Sửa một dòng.", by=year.base_staff)
    assert save_opinion(year.rows[0], "deciding", level=1, version=0, by=year.base_staff).level == 1


def test_issued_levels_reach_the_unit_only_when_they_are_published(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    def decided(user):
        return [bool(row.decided) for row in grid_of(year.sheet, user).groups[0].rows]

    assert (set(decided(year.secretary)), set(decided(year.base_staff)), set(decided(year.leader))) == ({False}, {True}, {True})
    publish_decision(decision, by=year.base_staff)
    assert set(decided(year.secretary)) == {True}


def test_a_proposal_that_departs_from_the_vote_needs_its_reason(year):
    decision = accepted(year)
    row = year.rows[1]
    proposed = row.opinions.get(voice="proposed")
    save_opinion(row, "proposed", level=3, version=proposed.version, by=year.base_staff)

    with pytest.raises(DomainError, match=f"chưa ghi lý do: {row.name}"):
        propose_decision(decision, by=year.base_staff)
    save_opinion(row, "proposed", level=3, reason="Chậm hai nhiệm vụ.", version=proposed.version + 1, by=year.base_staff)
    assert propose_decision(decision, by=year.base_staff)


@pytest.mark.parametrize(
    ("value", "votes", "sentence"),
    [
        ({"base": "convened", "part": 2, "whole": 3}, 6, "Đồng ý 6/9, chưa quá 2/3 số được triệu tập."),
        ({"base": "present", "part": 1, "whole": 2}, 4, "Đồng ý 4/8, chưa quá nửa số có mặt."),
        (None, 4, "Đồng ý 4/9, chưa quá nửa số được triệu tập (văn bản không quy định tỷ lệ; đây là mức mặc định)."),
    ],
)
def test_majority_is_a_setting_of_the_root(year, value, votes, sentence):
    if value:
        DatedSetting.objects.create(organisation=year.root, key="decision_majority", value=value, valid_from=date(2026, 1, 1))
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)

    with pytest.raises(DomainError) as refused:
        issue_decision(decision, **ISSUE | {"votes_for": votes}, by=year.base_leader)

    assert refused.value.message == sentence
    assert issue_decision(decision, **ISSUE | {"votes_for": votes + 1}, by=year.base_leader) is None


def test_exemplary_is_for_organisations_at_the_top_with_the_best_level(year):
    sheet = year.cycle.sheets.get(organisation=year.lone)
    year.cycle.sheets.filter(pk=sheet.pk).update(state="accepted", submitted_at="2026-12-01T00:00Z", accepted_at="2026-12-02T00:00Z")
    sheet.refresh_from_db()
    organisation, person = sheet.reviews.get(subject="organisation"), sheet.reviews.get(subject="member")

    for row, level in ((organisation, 2), (person, 1)):
        with pytest.raises(DomainError, match="Chỉ đề nghị tiêu biểu cho tổ chức đảng được đề xuất mức cao nhất"):
            save_opinion(row, "proposed", level=level, exemplary=True, version=0, by=year.staff)
    assert save_opinion(organisation, "proposed", level=1, reason="Dẫn đầu.", exemplary=True, version=0, by=year.staff).exemplary

    decision = draft_decision(year.root, year.cycle, [sheet], title="Công nhận", by=year.staff)
    propose_decision(decision, by=year.staff)
    issue_decision(decision, **ISSUE, by=year.leader)
    organisation.refresh_from_db()
    assert (organisation.decided_level, organisation.exemplary, decision.items.get().exemplary) == (1, True, True)
    assert year.cycle.tallies.get(sheet=sheet, subject="organisation").exemplary


def test_cells_are_chosen_by_the_base_that_decides_them(year):
    decision = accepted(year, levels=(1, 2, 2, 2, 2, 2))
    cell = year.sheet.reviews.get(subject="organisation")
    proposed = cell.opinions.filter(voice="proposed").first()
    save_opinion(cell, "proposed", level=1, reason="Dẫn đầu.", exemplary=True, version=proposed.version if proposed else 0, by=year.base_staff)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    cell.refresh_from_db()
    assert (cell.decided_level, cell.exemplary) == (1, True)


def test_a_vote_that_departs_from_the_own_rating_says_why_before_the_sheet_is_sent(year):
    for number, row in enumerate(year.rows):
        save_opinion(row, "self", level=1 if number < 2 else 2, version=0, by=year.secretary)
        save_opinion(row, "cell_vote", level=2, version=0, by=year.secretary)
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)

    with pytest.raises(DomainError) as refused:
        submit_sheet(year.sheet, by=year.secretary)
    assert refused.value.message == "Còn 2 dòng có mức khác ý kiến trước đó nhưng chưa ghi lý do: Trần Văn Aa, Trần Văn Ab."

    for row in year.rows[:2]:
        save_opinion(row, "cell_vote", level=2, reason="Theo kết quả bỏ phiếu.", version=1, by=year.secretary)
    assert submit_sheet(year.sheet, by=year.secretary)


def test_what_the_deciding_body_intends_is_hidden_from_the_unit_until_it_is_published(year):
    decision = accepted(year)

    def said(user):
        return {cell.voice for row in grid_of(year.sheet, user).groups[0].rows for cell in row.cells if cell.level}

    assert said(year.secretary) == {"self", "cell_vote"}
    assert said(year.base_staff) == said(year.inspector) == {"self", "cell_vote", "proposed"}
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    assert said(year.secretary) == {"self", "cell_vote"}
    publish_decision(decision, by=year.base_staff)
    assert said(year.secretary) == {"self", "cell_vote", "proposed"}


def test_a_body_does_not_decide_what_another_body_decides(year):
    accepted(year)
    own = year.cycle.sheets.get(organisation=year.base)
    save_opinion(own.reviews.get(), "self", level=2, version=0, by=year.base_staff)
    submit_sheet(own, by=year.base_staff)

    with pytest.raises(DomainError, match="Không có dòng nào chờ Đảng ủy Sở Nội vụ quyết định"):
        draft_decision(year.base, year.cycle, [own], title="Xếp loại", by=year.base_staff)
    for who in (year.base_staff, year.base_leader):
        with pytest.raises(PermissionDenied):
            save_opinion(own.reviews.get(), "deciding", level=1, version=0, by=who)
    with pytest.raises(PermissionDenied):
        draft_decision(year.root, year.cycle, [own], title="Xếp loại", by=year.base_staff)


def test_the_agencys_level_is_for_members_only(year):
    with pytest.raises(DomainError, match="chỉ ghi cho đảng viên"):
        save_opinion(year.sheet.reviews.get(subject="organisation"), "agency", level=2, version=0, by=year.secretary)


def test_a_sheet_lies_in_one_draft_at_a_time(year):
    decision = accepted(year)
    again = {"title": "Công nhận", "by": year.base_staff}

    with pytest.raises(DomainError, match="Đã có dự thảo quyết định khác cho: Chi bộ Văn phòng"):
        draft_decision(year.base, year.cycle, [year.sheet], **again)
    propose_decision(decision, by=year.base_staff)
    with pytest.raises(DomainError, match="chưa trình"):
        discard_draft(decision, by=year.base_staff)
    withdraw_decision(decision, "Soạn lại.", by=year.base_staff)
    discard_draft(decision, by=year.base_staff)

    assert draft_decision(year.base, year.cycle, [year.sheet], **again).pk
    assert AuditEntry.objects.filter(action="decision.discarded").count() == 1
    assert verify_chain() == []


def test_a_sheet_before_the_leader_is_not_given_back(year):
    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)

    with pytest.raises(DomainError, match="Hãy rút dự thảo quyết định về rồi trả lại"):
        return_sheet(year.sheet, "Ghi nhầm một người.", by=year.base_staff)
    withdraw_decision(decision, "Ghi nhầm một người.", by=year.base_staff)
    assert return_sheet(year.sheet, "Ghi nhầm một người.", by=year.base_staff)


def test_a_draft_over_a_sheet_that_was_given_back_does_not_go_to_the_leader(year):
    decision = accepted(year)
    return_sheet(year.sheet, "Ghi nhầm một người.", by=year.base_staff)

    with pytest.raises(DomainError, match="Chưa tiếp nhận bảng xếp loại của: Chi bộ Văn phòng"):
        propose_decision(decision, by=year.base_staff)


def test_nobody_chosen_leaves_the_roster_and_says_so(year):
    member("Bùi Thị Mai", year.first)

    with pytest.raises(DomainError, match="Chưa chọn ai"):
        update_roster(year.sheet, by=year.secretary)
    assert year.sheet.reviews.filter(subject="member").count() == 6
