"""Rounds of commendations: who may do what in which state, what is refused with which sentence, what stands in the register."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from cells.enums import Role
from cells.models import Document
from evaluations.award_cases import told_of
from evaluations.models import AwardSetting, Commendation, CommendationRound
from evaluations.services import commendations
from evaluations.services.award_settings import set_award_setting
from khoi_party.audit.models import AuditEntry
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError
from members.models import BadgeAward, Discipline, Member

from .award_history import give, revise
from .conftest import person

VOTE = {"meeting_on": date(2025, 2, 20), "members_total": 9, "members_present": 8, "votes_for": 7, "votes_against": 1}
PAPER = {"number": "12-QĐ/ĐU", "issued_on": date(2025, 3, 3), "signer": "Nguyễn Văn Bình"}
RECEIVED = PAPER | {"number": "88-QĐ/TU", "issuer": "Ban Thường vụ Tỉnh ủy"}


def paper(organisation, number="9-QĐ/ĐUK", day=date(2025, 4, 1)):
    return Document(organisation=organisation, kind="decision", number=number, issued_on=day, issuer="Đảng ủy Khối")


@pytest.fixture
def merits(place):
    """Two members of the first cell excellent in 2024, one only good; the cell itself chosen among the excellent."""
    place.best, place.also, place.good = Member.objects.filter(cell=place.first).order_by("pk")[:3]
    for one in (place.best, place.also):
        give(place.root, one, 2024, 1, body=place.base)
    give(place.root, place.good, 2024, 2, body=place.base)
    give(place.root, place.first, 2024, 1, exemplary=True, body=place.base)
    place.deputy = person("deputy", Role.LEADER, place.base)
    return place


def own_round(place, by=None, body=None, awarding_body="own", **more):
    body = body or place.base
    awarding_body = body if awarding_body == "own" else awarding_body
    return commendations.open_round(body, year=2024, awarding_body=awarding_body, title="", by=by or place.base_staff, **more)


def listed(place, *subjects, by=None, round_=None, award="certificate", basis="year", **more):
    round_ = round_ or own_round(place, by)
    commendations.add_subjects(round_, list(subjects or (place.best,)), award=award, basis=basis, by=by or place.base_staff, **more)
    return round_


def proposed(place, *subjects, by=None, **more):
    round_ = listed(place, *subjects, by=by, **more)
    commendations.save_vote(round_, **VOTE, by=by or place.base_staff)
    commendations.propose_round(round_, by=by or place.base_staff)
    return CommendationRound.objects.get(pk=round_.pk)


def issued(place, *subjects, number="12-QĐ/ĐU", **more):
    round_ = proposed(place, *subjects, **more)
    commendations.issue_round(round_, **PAPER | {"number": number}, by=place.base_leader)
    return CommendationRound.objects.get(pk=round_.pk)


def test_from_list_to_decision_with_the_proof_of_the_year(merits):
    set_award_setting(
        merits.root, "base_salary", Decimal(2340000), from_day=date(2024, 7, 1), document=paper(merits.root, "73/2024/NĐ-CP"), by=merits.staff
    )
    round_ = issued(merits, merits.best, merits.also)

    item = Commendation.objects.get(member=merits.best)
    assert (round_.state, round_.title, round_.issued_by, round_.document.number) == (
        "issued",
        "Khen thưởng năm 2024",
        merits.base_leader,
        "12-QĐ/ĐU",
    )
    assert (item.granted, item.multiplier, item.base_salary, item.amount) == (True, Decimal("0.3"), Decimal(2340000), Decimal(702000))
    assert [(line["year"], line["says"], line["number"], line["on"]) for line in item.proof] == [
        (2024, "Hoàn thành xuất sắc nhiệm vụ", "2024-QĐ/ĐU", "28/12/2024")
    ]
    actions = list(AuditEntry.objects.filter(action__startswith="commendation").order_by("number").values_list("action", flat=True))
    assert actions == [
        "commendation.opened",
        "commendation.added",
        "commendation.voted",
        "commendationround.propose",
        "commendationround.issue",
    ]
    assert verify_chain() == []


def test_an_unknown_base_salary_leaves_the_sum_unknown(merits):
    issued(merits)
    item = Commendation.objects.get()
    assert (item.multiplier, item.base_salary, item.amount) == (Decimal("0.3"), None, None)
    assert item.money_source == "lương cơ sở: chưa nhập mức lương cơ sở ngày 03/03/2025"


def test_the_sum_is_frozen_with_the_decision(merits):
    set_award_setting(merits.root, "base_salary", Decimal(1800000), from_day=date(2023, 7, 1), document=paper(merits.root), by=merits.staff)
    issued(merits)
    set_award_setting(merits.root, "base_salary", Decimal(2340000), from_day=date(2023, 7, 1), document=paper(merits.root, "10"), by=merits.staff)
    assert Commendation.objects.get().amount == Decimal(540000)


# the role that may -> the state in which; everything else is refused by right or by state
ACTIONS = {
    "add": ("draft", {"base_staff", "staff"}),
    "vote": ("draft", {"base_staff", "staff"}),
    "propose": ("draft", {"base_staff", "staff"}),
    "discard": ("draft", {"base_staff", "staff"}),
    "withdraw": ("proposed", {"base_staff", "staff"}),
    "issue": ("proposed", {"base_leader", "deputy"}),
    "revoke": ("issued", {"base_leader", "deputy"}),
}
WHO = ("base_staff", "staff", "base_leader", "deputy", "leader", "secretary", "inspector", "stranger")


def act(place, action, round_, by):
    item = round_.items.first()
    return {
        "add": lambda: commendations.add_subjects(round_, [place.also], award="certificate", basis="year", by=by),
        "vote": lambda: commendations.save_vote(round_, **VOTE, by=by),
        "propose": lambda: commendations.propose_round(round_, by=by),
        "discard": lambda: commendations.discard_round(round_, by=by),
        "withdraw": lambda: commendations.withdraw_round(round_, "Bổ sung", by=by),
        "issue": lambda: commendations.issue_round(round_, **PAPER, by=by),
        "revoke": lambda: commendations.revoke_item(item, reason="Nhầm", document=paper(place.base, day=date(2025, 4, 2)), by=by),
    }[action]()


def in_state(place, state):
    if state == "draft":
        round_ = listed(place)
        commendations.save_vote(round_, **VOTE, by=place.base_staff)
        return round_
    return proposed(place) if state == "proposed" else issued(place)


@pytest.mark.parametrize("state", ["draft", "proposed", "issued"])
@pytest.mark.parametrize("action", list(ACTIONS))
def test_state_by_action_by_role(merits, state, action):
    wanted, allowed = ACTIONS[action]
    round_ = in_state(merits, state)
    for who in WHO:
        user = getattr(merits, who)
        point = transaction.savepoint()
        if who not in allowed:
            with pytest.raises(PermissionDenied):
                act(merits, action, CommendationRound.objects.get(pk=round_.pk), user)
        elif state == wanted:
            act(merits, action, CommendationRound.objects.get(pk=round_.pk), user)
        elif (action, state) in (("propose", "proposed"), ("issue", "issued"), ("withdraw", "draft")):
            before = AuditEntry.objects.count()  # the same button pressed twice: no second effect
            assert not act(merits, action, CommendationRound.objects.get(pk=round_.pk), user)
            assert AuditEntry.objects.count() == before
        else:
            with pytest.raises(DomainError):
                act(merits, action, CommendationRound.objects.get(pk=round_.pk), user)
        transaction.savepoint_rollback(point)


def test_never_by_the_person_who_proposed(merits):
    both = person("both", Role.STAFF, merits.base)
    from cells.models import RoleAssignment

    RoleAssignment.objects.create(user=both, role=Role.LEADER, organisation=merits.base, valid_from=date(2020, 1, 1))
    round_ = proposed(merits, by=both)
    with pytest.raises(DomainError, match="Đồng chí đã trình danh sách này nên không tự ban hành quyết định được"):
        commendations.issue_round(round_, **PAPER, by=both)
    with transaction.atomic(), pytest.raises(IntegrityError):
        CommendationRound.objects.filter(pk=round_.pk).update(issued_by=both)


def test_a_cell_praises_and_another_of_its_secretaries_decides(merits):
    second = person("secondsecretary", Role.SECRETARY, merits.first)
    round_ = own_round(merits, merits.secretary, merits.first)
    with pytest.raises(DomainError, match=r"Giấy khen không thuộc thẩm quyền\. Chi bộ trực thuộc được tặng đảng viên: biểu dương"):
        commendations.add_subjects(round_, [merits.best], award="certificate", basis="year", by=merits.secretary)
    commendations.add_subjects(round_, [merits.good], award="praise", basis="sudden", merit="Giúp dân chống bão", by=merits.secretary)
    commendations.save_vote(round_, **VOTE, by=merits.secretary)
    commendations.propose_round(round_, by=merits.secretary)
    with pytest.raises(DomainError, match="cần một lãnh đạo khác"):
        commendations.issue_round(round_, **PAPER, by=merits.secretary)
    assert commendations.issue_round(round_, **PAPER, by=second)
    assert Commendation.objects.get().money_source == "văn bản không nêu mức tiền thưởng cho hình thức này"


def test_a_lone_base_cell_gives_giay_khen_to_members_only(merits):
    inside = Member.objects.get(cell=merits.lone)
    for subject in (inside, merits.lone):
        give(merits.root, subject, 2024, 1, exemplary=subject == merits.lone)
    round_ = own_round(merits, merits.staff, merits.lone)
    with pytest.raises(DomainError, match="Chi bộ cơ sở được tặng tổ chức cơ sở đảng: biểu dương"):
        commendations.add_subjects(round_, [merits.lone], award="certificate", basis="year", by=merits.staff)
    assert commendations.add_subjects(round_, [inside], award="certificate", basis="year", by=merits.staff) == 1


def test_who_does_not_qualify_is_refused_by_name(merits):
    round_ = own_round(merits)
    with pytest.raises(DomainError) as refusal:
        commendations.add_subjects(round_, [merits.best, merits.good], award="certificate", basis="year", by=merits.base_staff)
    assert refusal.value.message.startswith(f"{merits.good.full_name}: Năm 2024: Hoàn thành tốt nhiệm vụ.")
    assert not round_.items.exists()
    assert commendations.add_subjects(round_, [merits.first], award="certificate", basis="year", by=merits.base_staff) == 1


def test_years_that_only_paper_knows_need_the_number_of_the_decision(merits):
    upper = own_round(merits, merits.staff, merits.root)
    with pytest.raises(DomainError, match="năm 2024: Hoàn thành tốt nhiệm vụ"):
        commendations.add_subjects(upper, [merits.good], award="certificate", basis="five_years", by=merits.staff)
    commendations.add_subjects(upper, [merits.best], award="certificate", basis="five_years", by=merits.staff)
    commendations.save_vote(upper, **VOTE, by=merits.staff)
    with pytest.raises(DomainError, match="chưa ghi lý do vẫn đề nghị"):
        commendations.propose_round(upper, by=merits.staff)
    reason = "Năm 2020-2023 theo Quyết định số 31-QĐ/ĐU ngày 28/12/2023 của Đảng ủy nơi chuyển đi"
    commendations.save_item(upper.items.get(), dossier=["ratings"], merit="", reason=reason, by=merits.staff)
    assert commendations.propose_round(upper, by=merits.staff)


def test_nobody_twice_in_one_round_nor_the_same_award_in_two(merits):
    round_ = listed(merits)
    with pytest.raises(DomainError, match=f"Đã có trong đợt này: {merits.best.full_name}"):
        commendations.add_subjects(round_, [merits.best], award="praise", basis="year", by=merits.base_staff)
    with transaction.atomic(), pytest.raises(DatabaseError):
        Commendation.objects.create(
            round=round_,
            member=merits.best,
            place=merits.first,
            name="x",
            place_name="x",
            award="praise",
            basis="year",
            first_year=2024,
            last_year=2024,
        )
    other = own_round(merits)
    with pytest.raises(DomainError, match="Đã được khen hoặc đang đề nghị cùng hình thức cho năm 2024 ở đợt khác"):
        commendations.add_subjects(other, [merits.best], award="certificate", basis="year", by=merits.base_staff)


def test_what_another_round_gave_in_between_is_not_given_again(merits):
    round_ = proposed(merits)
    other = CommendationRound.objects.get(pk=issued(merits, merits.also).pk)
    Commendation.objects.filter(round=other).update(member=merits.best)
    with pytest.raises(DomainError, match=f"Đã được khen cùng hình thức cho năm 2024 ở đợt khác: {merits.best.full_name}"):
        commendations.issue_round(round_, **PAPER | {"number": "20-QĐ/ĐU"}, by=merits.base_leader)


def test_a_decision_dated_before_the_vote_or_to_come_is_refused(merits):
    round_ = proposed(merits)
    with pytest.raises(DomainError, match=r"không được trước ngày họp, ngày trình \(20/02/2025\)") as early:
        commendations.issue_round(round_, **PAPER | {"issued_on": date(2025, 2, 19)}, by=merits.base_leader)
    assert early.value.field == "issued_on"
    with pytest.raises(DomainError, match="Ngày văn bản chưa đến"):
        commendations.issue_round(round_, **PAPER | {"issued_on": date(2099, 1, 1)}, by=merits.base_leader)
    assert commendations.issue_round(round_, **PAPER | {"issued_on": date(2025, 2, 20)}, by=merits.base_leader)


def test_a_number_is_used_once_a_year(merits):
    issued(merits)
    second = proposed(merits, merits.also)
    with pytest.raises(DomainError, match="Số 12-qđ/đu đã được dùng trong năm 2025") as used:
        commendations.issue_round(second, **PAPER | {"number": "12-qđ/đu"}, by=merits.base_leader)
    assert used.value.field == "number"
    assert commendations.issue_round(second, **PAPER | {"number": "13-QĐ/ĐU"}, by=merits.base_leader)


@pytest.mark.parametrize(
    ("numbers", "fits"),
    [((9, 9, 9, 0), True), ((9, 8, 7, 1), True), ((9, 8, 8, 1), False), ((9, 10, 5, 0), False), ((9, 8, 0, 0), True)],
)
def test_votes_add_up(merits, numbers, fits):
    round_ = listed(merits)
    names = ("members_total", "members_present", "votes_for", "votes_against")
    vote = VOTE | dict(zip(names, numbers, strict=True))
    if fits:
        assert commendations.save_vote(round_, **vote, by=merits.base_staff).votes_for == numbers[2]
    else:
        with pytest.raises(DomainError, match="Số phiếu không khớp"):
            commendations.save_vote(round_, **vote, by=merits.base_staff)


def test_a_list_without_names_or_vote_is_not_put_forward(merits):
    round_ = own_round(merits)
    with pytest.raises(DomainError, match=r"Danh sách chưa có ai.* Chưa ghi ngày họp"):
        commendations.propose_round(round_, by=merits.base_staff)


def test_badges_have_a_room_of_their_own_and_there_is_no_35(merits):
    round_ = own_round(merits, merits.staff, merits.root, awarding_body=None)
    with pytest.raises(DomainError, match="không có 35 năm"):
        commendations.add_subjects(round_, [merits.best], award="badge", basis="term", by=merits.staff)
    with transaction.atomic(), pytest.raises(DatabaseError):
        BadgeAward.objects.create(member=merits.best, years=35, ceremony_on=date(2027, 2, 3))
    assert BadgeAward.objects.create(member=merits.best, years=40, ceremony_on=date(2027, 2, 3)).pk


def test_a_revised_result_stops_the_decision(merits):
    round_ = proposed(merits)
    revise(merits.best.reviews.get().items.get(), 2)
    with pytest.raises(DomainError, match="Năm 2024: Hoàn thành tốt nhiệm vụ"):
        commendations.issue_round(round_, **PAPER, by=merits.base_leader)


def test_upward_the_leader_signs_the_submission_and_the_superior_decides(merits):
    give(merits.root, merits.base, 2024, 1, exemplary=True)
    round_ = own_round(merits, awarding_body=merits.root)
    listed(merits, merits.base, round_=round_)
    commendations.save_vote(round_, **VOTE, by=merits.base_staff)
    commendations.propose_round(round_, by=merits.base_staff)
    with pytest.raises(DomainError, match="Hãy gửi tờ trình lên cấp đó trước"):
        commendations.issue_round(round_, **PAPER, by=merits.leader)
    with pytest.raises(PermissionDenied):
        commendations.forward_round(round_, **PAPER, by=merits.leader)
    assert commendations.forward_round(round_, **PAPER | {"number": "5-TTr/ĐU"}, by=merits.base_leader)
    with pytest.raises(PermissionDenied):
        commendations.issue_round(round_, **PAPER, by=merits.base_leader)
    with pytest.raises(DomainError, match=r"ngày trình \(03/03/2025\)"):
        commendations.issue_round(round_, **PAPER | {"issued_on": date(2025, 3, 2)}, by=merits.leader)
    commendations.issue_round(round_, **PAPER | {"number": "30-QĐ/ĐUK", "issued_on": date(2025, 3, 10)}, by=merits.leader)
    item = Commendation.objects.get()
    assert (item.granted, item.multiplier, item.round.document.issuer) == (True, Decimal("2.0"), "Đảng ủy Khối các cơ quan tỉnh")


def province_round(place):
    for year in range(2020, 2025):
        if year < 2024:
            give(place.root, place.best, year, 1, body=place.base)
        give(place.root, place.also, year, 1, body=place.base) if year < 2024 else None
    round_ = own_round(place, place.staff, place.root, awarding_body=None)
    listed(place, place.best, place.also, by=place.staff, round_=round_, award="merit", basis="five_years")
    commendations.save_vote(round_, **VOTE, by=place.staff)
    commendations.propose_round(round_, by=place.staff)
    commendations.forward_round(round_, **PAPER | {"number": "7-TTr/ĐUK"}, by=place.leader)
    return CommendationRound.objects.get(pk=round_.pk)


def test_the_provinces_decision_is_recorded_for_those_it_names(merits):
    round_ = province_round(merits)
    first = round_.items.get(member=merits.best)
    with pytest.raises(PermissionDenied):
        commendations.receive_decision(round_, **RECEIVED, granted={first.pk}, by=merits.leader)
    with pytest.raises(DomainError, match="Hãy chọn những tên có trong quyết định"):
        commendations.receive_decision(round_, **RECEIVED, granted=set(), by=merits.staff)
    commendations.receive_decision(round_, **RECEIVED, granted={first.pk}, by=merits.staff)
    assert list(Commendation.objects.given().values_list("member", flat=True)) == [merits.best.pk]
    first.refresh_from_db()
    assert [line["year"] for line in first.proof] == [2020, 2021, 2022, 2023, 2024]
    assert (first.first_year, first.last_year, first.multiplier) == (2020, 2024, Decimal("1.5"))
    assert round_.items.get(member=merits.also).granted is False


def test_the_superior_may_give_nothing(merits):
    round_ = province_round(merits)
    with pytest.raises(DomainError, match="Hãy ghi rõ lý do"):
        commendations.decline_round(round_, " ", by=merits.staff)
    assert commendations.decline_round(round_, "Chưa đủ hồ sơ", by=merits.staff)
    assert not Commendation.objects.exclude(granted=False).exists()


def test_revoked_awards_stay_and_the_corrected_one_points_to_them(merits):
    round_ = issued(merits)
    item = round_.items.get()
    for document, reason, says in ((None, "Nhầm", "Hãy ghi số, ngày"), (paper(merits.base), " ", "Hãy ghi lý do")):
        with pytest.raises(DomainError, match=says):
            commendations.revoke_item(item, reason=reason, document=document, by=merits.base_leader)
    with pytest.raises(DomainError, match="phải từ 03/03/2025 đến hôm nay"):
        commendations.revoke_item(item, reason="Nhầm", document=paper(merits.base, day=date(2025, 3, 2)), by=merits.base_leader)
    commendations.revoke_item(item, reason="Ghi nhầm người", document=paper(merits.base), by=merits.base_leader)
    again = issued(merits, number="13-QĐ/ĐU").items.get()
    assert again.replaces == item
    assert [row.revoked_on for row in Commendation.objects.given().order_by("pk")] == [date(2025, 4, 1), None]
    assert list(Commendation.objects.standing()) == [again]
    with pytest.raises(DomainError, match="không còn hiệu lực"):
        commendations.revoke_item(item, reason="Lần nữa", document=paper(merits.base), by=merits.base_leader)


def discipline(place, member, **more):
    document = paper(place.root, "3-QĐ/UBKT")
    document.save()
    decided = {"degree": "khien_trach", "decided_on": date(2024, 12, 1), "document": document} | more
    return Discipline.objects.create(member=member, place=member.cell, **decided)


def test_discipline_needs_a_reason_before_the_list_goes_forward(merits):
    discipline(merits, merits.best)
    round_ = listed(merits)
    commendations.save_vote(round_, **VOTE, by=merits.base_staff)
    with pytest.raises(DomainError, match=f"Còn 1 tên có điều cần làm rõ mà chưa ghi lý do vẫn đề nghị: {merits.best.full_name}"):
        commendations.propose_round(round_, by=merits.base_staff)
    commendations.save_item(round_.items.get(), dossier=["report"], merit="", reason="Vi phạm từ năm trước, đã khắc phục", by=merits.base_staff)
    assert commendations.propose_round(round_, by=merits.base_staff)


def test_a_discipline_that_comes_in_between_stops_the_decision(merits):
    round_ = proposed(merits)
    discipline(merits, merits.best)
    with pytest.raises(DomainError, match="Hãy để cán bộ rút về, ghi lý do rồi trình lại"):
        commendations.issue_round(round_, **PAPER, by=merits.base_leader)
    commendations.withdraw_round(round_, "Có kỷ luật", by=merits.base_staff)
    item = round_.items.get()
    commendations.save_item(item, dossier=[], merit="", reason="Vi phạm từ năm 2020, đã khắc phục", by=merits.base_staff)
    commendations.propose_round(round_, by=merits.base_staff)
    assert commendations.issue_round(round_, **PAPER, by=merits.base_leader)


def test_an_open_case_is_told_to_the_inspection_board_alone(merits):
    discipline(merits, merits.best, degree="", decided_on=None, document=None)
    round_ = listed(merits)
    items = list(round_.items.all())
    assert [one.rule for one in told_of(round_, items, merits.base_staff)[0].findings] == []
    assert [one.rule for one in told_of(round_, items, merits.base_leader)[0].findings] == []
    seen = told_of(round_, items, merits.inspector)[0]
    assert ([one.rule for one in seen.findings], seen.has_open_case, seen.lacks_reason) == (["K5"], True, True)
    commendations.save_item(items[0], dossier=[], merit="", reason="", case_reason="Có vụ việc", by=merits.base_staff)
    items[0].refresh_from_db()
    assert items[0].case_reason == ""
    commendations.save_vote(round_, **VOTE, by=merits.base_staff)
    assert commendations.propose_round(round_, by=merits.base_staff)


def test_a_withdrawn_discipline_does_not_count(merits):
    discipline(merits, merits.best, withdrawn_on=date(2025, 1, 5), withdrawal_reason="Giải quyết khiếu nại")
    round_ = listed(merits)
    assert told_of(round_, list(round_.items.all()), merits.inspector)[0].findings == ()


def test_a_five_year_award_and_the_next_one_follow_the_local_rule(merits):
    first = province_round(merits)
    commendations.receive_decision(first, **RECEIVED, granted=set(first.items.values_list("pk", flat=True)), by=merits.staff)
    round_ = own_round(merits, merits.staff, merits.root)
    commendations.add_subjects(round_, [merits.best], award="certificate", basis="five_years", by=merits.staff)
    told = told_of(round_, list(round_.items.all()), merits.staff)[0]
    assert [(one.rule, one.kind.value) for one in told.findings] == [("K4-S", "warns")]
    assert told.findings[0].says.startswith("Đã được tặng bằng khen cho 5 năm 2020-2024 (số 88-QĐ/TU)")
    set_award_setting(merits.root, "same_years", 0, from_day=date(2024, 1, 1), document=paper(merits.root), by=merits.staff)
    with pytest.raises(DomainError, match="giấy khen và bằng khen cho cùng 5 năm: không được"):
        commendations.add_subjects(round_, [merits.also], award="certificate", basis="five_years", by=merits.staff)


def test_settings_need_a_document_and_keep_their_days(merits):
    root, by = merits.root, merits.staff
    with pytest.raises(DomainError, match="Hãy ghi số, ngày và cơ quan ban hành"):
        set_award_setting(root, "base_salary", Decimal(2340000), from_day=date(2024, 7, 1), document=None, by=by)
    with pytest.raises(DomainError, match="lớn hơn 0"):
        set_award_setting(root, "base_salary", Decimal(0), from_day=date(2024, 7, 1), document=paper(root), by=by)
    for who in (merits.leader, merits.base_staff, merits.secretary):
        with pytest.raises(PermissionDenied):
            set_award_setting(root, "base_salary", Decimal(1), from_day=date(2024, 7, 1), document=paper(root), by=who)
    set_award_setting(root, "base_salary", Decimal(1800000), from_day=date(2023, 7, 1), document=paper(root), by=by)
    set_award_setting(root, "base_salary", Decimal(2340000), from_day=date(2024, 7, 1), document=paper(root), by=by)
    with pytest.raises(DomainError, match="Giá trị hiện nay có từ 01/07/2024"):
        set_award_setting(root, "base_salary", Decimal(1), from_day=date(2024, 6, 30), document=paper(root), by=by)
    rows = AwardSetting.objects.filter(key="base_salary")
    assert [rows.in_force(day).get().value for day in (date(2024, 6, 30), date(2024, 7, 1))] == [1800000, 2340000]


def test_only_the_own_subtree_is_proposed(merits):
    outside = Member.objects.get(cell=merits.lone)
    give(merits.root, outside, 2024, 1)
    round_ = own_round(merits)
    with pytest.raises(DomainError, match="Chỉ đề nghị cho đảng viên, tổ chức đảng thuộc Đảng bộ Sở Nội vụ"):
        commendations.add_subjects(round_, [outside], award="certificate", basis="year", by=merits.base_staff)
    with pytest.raises(DomainError, match="cấp trên của nó"):
        own_round(merits, awarding_body=merits.first)
    with pytest.raises(DomainError, match="từ năm 2014"):
        commendations.open_round(merits.base, year=2013, awarding_body=merits.base, title="", by=merits.base_staff)


def test_who_sees_what(merits):
    round_ = listed(merits)
    seen = {who: CommendationRound.objects.visible_to(getattr(merits, who)).count() for who in WHO}
    assert seen == {
        "base_staff": 1,
        "staff": 1,
        "base_leader": 1,
        "deputy": 1,
        "leader": 1,
        "secretary": 0,
        "inspector": 1,
        "stranger": 0,
    }
    assert not Commendation.objects.visible_to(merits.secretary).exists()
    commendations.save_vote(round_, **VOTE, by=merits.base_staff)
    commendations.propose_round(round_, by=merits.base_staff)
    commendations.issue_round(round_, **PAPER, by=merits.base_leader)
    assert Commendation.objects.visible_to(merits.secretary).count() == 1
    assert not Commendation.objects.visible_to(merits.other_secretary).exists()
