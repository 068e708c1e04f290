"""Commendations on the home page: the decision, the signature and the recording wait for those who may, and for nobody else."""

from evaluations.models import CommendationRound
from evaluations.services import commendations
from evaluations.tests.conftest import place
from evaluations.tests.test_commendations import PAPER, VOTE, listed, merits, own_round, proposed, province_round
from khoi_party.desk.tasks import tasks_of, waiting_of

__all__ = ["merits", "place"]
WHO = ("base_staff", "staff", "base_leader", "deputy", "leader", "secretary", "inspector")


def waits_for(world):
    """{who: what of commendations waits for them}."""
    found = {who: [task.title for task in tasks_of(getattr(world, who)) if "khen thưởng" in task.title] for who in WHO}
    return {who: titles for who, titles in found.items() if titles}


def test_a_list_waits_for_the_leaders_of_the_deciding_body(merits):
    proposed(merits)

    assert waits_for(merits) == {who: ["Xem xét khen thưởng: Khen thưởng năm 2024"] for who in ("base_leader", "deputy")}
    assert [(task.title, task.unit) for task in waiting_of(merits.base_staff)] == [("Quyết định khen thưởng", "Lãnh đạo Đảng ủy Sở Nội vụ")]


def test_upward_it_waits_for_the_signature_and_then_for_the_superior(merits):
    round_ = listed(merits, merits.good, round_=own_round(merits, awarding_body=merits.root), award="praise", basis="theme", merit="Sáng kiến")
    commendations.save_vote(round_, **VOTE, by=merits.base_staff)
    commendations.propose_round(round_, by=merits.base_staff)
    assert waits_for(merits) == {who: ["Ký tờ trình khen thưởng: Khen thưởng năm 2024"] for who in ("base_leader", "deputy")}

    commendations.forward_round(CommendationRound.objects.get(pk=round_.pk), **PAPER, by=merits.base_leader)
    assert waits_for(merits) == {"leader": ["Xem xét khen thưởng: Khen thưởng năm 2024"]}
    assert [task.unit for task in waiting_of(merits.base_staff)] == ["Đảng ủy Khối các cơ quan tỉnh"]


def test_what_went_to_the_province_waits_for_the_staff_to_record_it(merits):
    province_round(merits)

    assert waits_for(merits) == {"staff": ["Ghi quyết định khen thưởng của cấp trên: Khen thưởng năm 2024"]}
