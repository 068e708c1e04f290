"""What the small committee of conftest was given, typed and punished in 2018: every kind of row that the term report's appendices read."""

from datetime import date

from cells.enums import DocumentKind
from cells.models import Document, YearFigure
from evaluations.models import Commendation, CommendationRound
from members.models import BadgeAward, Discipline
from members.tests.factories import MemberFactory

DECIDED = date(2018, 11, 20)


def document(world, number):
    return Document.objects.create(organisation=world.root, kind=DocumentKind.DECISION, number=number, issued_on=DECIDED, issuer="Đảng ủy Khối")


def give_honours(world):
    """Two giấy khen of members, one of a base, a bằng khen for five years; a badge; two decisions on members; figures of two of three bases."""
    paper = document(world, "88-QĐ/ĐUK")
    member, other = world.first.members.order_by("pk")[:2]
    round_ = CommendationRound.objects.create(
        body=world.root,
        awarding_body=world.root,
        awarder_kind=world.root.kind,
        year=2018,
        title="Khen thưởng năm 2018",
        meeting_on=DECIDED,
        members_total=9,
        members_present=9,
        votes_for=9,
        votes_against=0,
        state="issued",
        document=paper,
        proposed_at="2018-11-20T01:00Z",
        issued_at="2018-11-21T01:00Z",
    )
    given = {"round": round_, "granted": True, "first_year": 2018, "last_year": 2018}
    for one in (member, other):
        Commendation.objects.create(**given, member=one, place=world.first, name=one.full_name, award="certificate", basis="year")
    Commendation.objects.create(**given, organisation=world.lone, place=world.lone, name=world.lone.name, award="certificate", basis="year")
    five = given | {"first_year": 2014}
    Commendation.objects.create(**five, organisation=world.base, place=world.base, name=world.base.name, award="merit", basis="five_years")
    BadgeAward.objects.create(member=member, years=30, ceremony_on=date(2018, 11, 7), state="awarded", document=paper)
    for degree, one in (("khien_trach", member), ("canh_cao", other)):
        Discipline.objects.create(member=one, place=world.first, degree=degree, decided_on=DECIDED, document=paper)
    typed = (("inspected_organisations", world.base, 3), ("inspected_organisations", world.lone, 2), ("members_reprimanded", world.base, 1))
    for key, unit, value in typed:
        YearFigure.objects.create(organisation=unit, year=2018, key=key, value=value, source="Báo cáo số 12-BC/ĐU", version=2)


def leave_uncounted(world):
    """Rows beside them that no figure may count: withdrawn, open, revoked, refused, proposed, of another year or of another tree."""
    paper = document(world, "89-QĐ/ĐUK")
    member = world.second.members.get()
    outsider = MemberFactory()
    Discipline.objects.create(member=member, place=world.second, degree="khien_trach")
    Discipline.objects.create(
        member=member,
        place=world.second,
        degree="khai_tru",
        decided_on=DECIDED,
        document=paper,
        withdrawn_on=DECIDED,
        withdrawal_reason="Quyết định sai",
    )
    Discipline.objects.create(member=outsider, place=outsider.cell, degree="khai_tru", decided_on=DECIDED, document=paper)
    BadgeAward.objects.create(member=member, years=40, ceremony_on=date(2018, 11, 7))
    BadgeAward.objects.create(member=member, years=45, ceremony_on=date(2020, 11, 7), state="awarded", document=paper)
    round_ = CommendationRound.objects.get()
    given = {
        "round": round_,
        "member": member,
        "place": world.second,
        "name": member.full_name,
        "basis": "year",
        "last_year": 2018,
        "first_year": 2018,
    }
    Commendation.objects.create(**given, award="certificate", granted=True, revoked_on=DECIDED, revocation_reason="Sai thành tích", revocation=paper)
    YearFigure.objects.create(organisation=world.other, year=2018, key="supervised_members", value=None, source="Chưa có")
