"""Huy hiệu Đảng: both sides of every limit, the services, the pages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Document
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from members import badges as rules
from members.enums import BadgeKind, BadgeState, EventKind, MemberState
from members.models import BadgeAward, Membership, MembershipEvent, PartyBreak
from members.rounds import dues_by_round
from members.services import badges
from members.tests.factories import MemberFactory

ROUND = date(2027, 2, 3)


def test_there_is_no_35():
    assert rules.MILESTONES == (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)


@pytest.mark.parametrize(
    ("start", "years", "breaks", "reached"),
    [
        (date(1997, 2, 3), 30, (), date(2027, 2, 3)),
        (date(1996, 2, 29), 30, (), date(2026, 2, 28)),  # no such day that year: the last of the month
        (date(1996, 2, 29), 40, (), date(2036, 2, 29)),
        (date(1997, 2, 3), 30, [(date(2000, 1, 1), date(2001, 1, 1))], date(2028, 2, 4)),  # 366 days of 2000 outside
        (date(1997, 2, 3), 30, [(date(2000, 1, 1), date(2001, 1, 1)), (date(2000, 6, 1), date(2000, 7, 1))], date(2028, 2, 4)),  # shared days once
        (date(1997, 2, 3), 30, [(date(2027, 2, 2), date(2027, 2, 12))], date(2027, 2, 13)),  # begins the day before
        (date(1997, 2, 3), 30, [(date(2027, 2, 3), date(2027, 2, 12))], date(2027, 2, 3)),  # begins on the day: reached before
        (date(1997, 2, 3), 30, [(date(2027, 2, 8), date(2027, 2, 9)), (date(2020, 1, 1), date(2020, 1, 11))], date(2027, 2, 14)),
    ],
)
def test_when_a_milestone_is_reached(start, years, breaks, reached):
    assert rules.reached_on(start, years, breaks) == reached


@pytest.mark.parametrize(
    ("on", "breaks", "age"),
    [
        (date(2010, 2, 4), (), (63, 1)),
        (date(2010, 12, 9), (), (63, 11)),
        (date(2010, 12, 10), (), (64, 0)),
        (date(1946, 12, 9), (), (0, 0)),
        (date(2010, 12, 10), [(date(1950, 1, 1), date(1950, 2, 1))], (63, 11)),  # 31 days: since 10/01/1947
        (date(2010, 12, 10), [(date(1950, 1, 1), date(1950, 2, 2))], (63, 10)),
        (date(2010, 12, 10), [(date(1950, 1, 1), date(1950, 1, 20)), (date(1950, 1, 10), date(1950, 2, 1))], (63, 11)),  # 31 days together
        (date(2010, 12, 10), [(date(2010, 12, 5), date(2011, 12, 5))], (63, 11)),  # only the days that have passed
    ],
)
def test_party_age(on, breaks, age):
    assert rules.party_age(date(1946, 12, 10), on, breaks) == age


@pytest.mark.parametrize(
    ("day", "round_"),
    [
        (date(2027, 2, 3), date(2027, 2, 3)),
        (date(2027, 2, 4), date(2027, 5, 19)),
        (date(2027, 5, 20), date(2027, 9, 2)),
        (date(2027, 9, 3), date(2027, 11, 7)),
        (date(2027, 11, 8), date(2028, 2, 3)),
    ],
)
def test_the_round_of_a_day(day, round_):
    assert rules.ceremony_for(day) == round_


def test_rounds_around_a_day():
    assert rules.ceremonies_around(date(2026, 11, 23), 2, 2) == [date(2026, 9, 2), date(2026, 11, 7), date(2027, 2, 3), date(2027, 5, 19)]
    assert rules.ceremonies_around(date(2027, 2, 3), 1, 1) == [date(2026, 11, 7), date(2027, 2, 3)]


@pytest.mark.parametrize(("years", "earliest"), [(30, date(2026, 2, 3)), (65, date(2026, 2, 3)), (70, date(2025, 2, 3)), (90, date(2025, 2, 3))])
def test_how_early(years, earliest):
    assert rules.earliest_early(date(2027, 2, 3), years) == earliest
    assert rules.earliest_death(date(2027, 2, 3)) == date(2026, 2, 3)


@pytest.fixture
def base(db):
    root = OrganisationFactory(name="Đảng bộ Khối")
    return OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE)


@pytest.fixture
def cell(base):
    return OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng")


@pytest.fixture
def staff(base):
    return RoleAssignmentFactory(organisation=base, role=Role.STAFF).user


@pytest.fixture
def secretary(cell):
    return RoleAssignmentFactory(organisation=cell, role=Role.SECRETARY).user


def member_since(cell, decided_on, **fields):
    official_on = rules.months_away(decided_on, 13)
    return MemberFactory(cell=cell, decided_on=decided_on, admitted_on=decided_on, official_on=official_on, **fields)


def died(member, day):
    Membership.objects.filter(member=member).update(valid_to=day)
    MembershipEvent.objects.create(member=member, kind=EventKind.DIED, effective_on=day, from_cell=member.cell)
    member.state = MemberState.DIED
    member.save()


def decision(cell, day=date(2025, 1, 20)):
    return Document(organisation=cell, kind="decision", number="12-QĐ/TU", issued_on=day, issuer="Tỉnh ủy")


@pytest.mark.parametrize(
    ("decided_on", "years", "kind", "allowed"),
    [
        (date(1997, 2, 3), 30, BadgeKind.NORMAL, True),
        (date(1997, 2, 4), 30, BadgeKind.NORMAL, False),
        (date(1998, 2, 3), 30, BadgeKind.EARLY, True),
        (date(1998, 2, 4), 30, BadgeKind.EARLY, False),
        (date(1963, 2, 3), 65, BadgeKind.EARLY, True),
        (date(1963, 2, 4), 65, BadgeKind.EARLY, False),
        (date(1959, 2, 3), 70, BadgeKind.EARLY, True),
        (date(1959, 2, 4), 70, BadgeKind.EARLY, False),
        (date(1997, 2, 4), 30, BadgeKind.EARLY, True),
        (date(1997, 2, 3), 30, BadgeKind.EARLY, False),  # reached: nothing early about it
        (date(1990, 2, 3), 35, BadgeKind.NORMAL, False),
    ],
)
def test_both_sides_of_the_limits(cell, staff, decided_on, years, kind, allowed):
    member = member_since(cell, decided_on)
    if allowed:
        assert badges.propose_badge(member, years, ceremony_on=ROUND, kind=kind, reason="Giấy xác nhận", by=staff).state == BadgeState.PROPOSED
    else:
        with pytest.raises(DomainError):
            badges.propose_badge(member, years, ceremony_on=ROUND, kind=kind, reason="Giấy xác nhận", by=staff)


@pytest.mark.parametrize(
    ("died_on", "years", "allowed"),
    [(date(2026, 2, 3), 30, True), (date(2026, 2, 2), 30, False), (date(2026, 10, 1), 30, True)],
)
def test_posthumous_twelve_months_early_and_no_more(cell, staff, died_on, years, allowed):
    member = member_since(cell, date(1997, 2, 3))
    died(member, died_on)
    if allowed:
        assert badges.propose_badge(member, years, ceremony_on=date(2026, 11, 7), kind=BadgeKind.POSTHUMOUS, by=staff).pk
        return
    with pytest.raises(DomainError, match="từ trần từ ngày 03/02/2026"):
        badges.propose_badge(member, years, ceremony_on=date(2026, 11, 7), kind=BadgeKind.POSTHUMOUS, by=staff)


def test_posthumous_is_for_the_dead_and_not_before_they_died(cell, staff):
    member = member_since(cell, date(1997, 2, 3))
    with pytest.raises(DomainError, match="chỉ dành cho đảng viên đã từ trần"):
        badges.propose_badge(member, 30, ceremony_on=ROUND, kind=BadgeKind.POSTHUMOUS, by=staff)
    died(member, date(2026, 10, 1))
    with pytest.raises(DomainError, match="không được trước ngày từ trần"):
        badges.propose_badge(member, 30, ceremony_on=date(2026, 9, 2), kind=BadgeKind.POSTHUMOUS, by=staff)
    with pytest.raises(DomainError, match="không phải là đảng viên chính thức đang sinh hoạt"):
        badges.propose_badge(member, 30, ceremony_on=ROUND, by=staff)


def test_what_the_record_does_not_tell_is_not_guessed(cell, staff):
    with pytest.raises(DomainError, match="chưa ghi ngày quyết định kết nạp"):
        badges.propose_badge(MemberFactory(cell=cell), 30, ceremony_on=ROUND, by=staff)


def test_early_needs_a_reason_and_a_badge_is_proposed_once(cell, staff):
    member = member_since(cell, date(1998, 2, 3))
    with pytest.raises(DomainError, match="lý do bệnh nặng"):
        badges.propose_badge(member, 30, ceremony_on=ROUND, kind=BadgeKind.EARLY, by=staff)
    award = badges.propose_badge(member, 30, ceremony_on=ROUND, kind=BadgeKind.EARLY, reason="Giấy xác nhận", by=staff)
    with pytest.raises(DomainError, match="đã được đề nghị hoặc đã tặng"):
        badges.propose_badge(member, 30, ceremony_on=date(2028, 2, 3), by=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        BadgeAward.objects.create(member=member, years=30, ceremony_on=ROUND)
    badges.withdraw_badge(award, reason="Ghi nhầm", by=staff)
    assert not BadgeAward.objects.exists()
    assert list(AuditEntry.objects.order_by("number").values_list("action", flat=True)) == ["badge.proposed", "badge.withdrawn"]


def test_time_outside_puts_the_badge_off(cell, staff):
    member = member_since(cell, date(1997, 1, 31))
    one = badges.add_break(member, valid_from=date(2001, 1, 1), valid_to=date(2001, 1, 5), reason="Mất liên lạc", by=staff)
    with pytest.raises(DomainError, match="ngày 04/02/2027"):
        badges.propose_badge(member, 30, ceremony_on=ROUND, by=staff)
    badges.remove_break(one, by=staff)
    badges.add_break(member, valid_from=date(2001, 1, 1), valid_to=date(2001, 1, 4), reason="Mất liên lạc", by=staff)
    assert badges.propose_badge(member, 30, ceremony_on=ROUND, by=staff).pk


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2001, 1, 5), date(2001, 1, 5), "phải sau"),
        (date(1997, 1, 30), date(2001, 1, 5), "trước khi vào Đảng"),
        (date(2001, 1, 5), date(2099, 1, 5), "chưa đến"),
        (date(2003, 12, 31), date(2005, 1, 1), "Trùng"),
    ],
)
def test_time_outside_that_cannot_be(cell, staff, start, end, sentence):
    member = member_since(cell, date(1997, 1, 31))
    badges.add_break(member, valid_from=date(2003, 1, 1), valid_to=date(2004, 1, 1), reason="Mất liên lạc", by=staff)
    with pytest.raises(DomainError, match=sentence):
        badges.add_break(member, valid_from=start, valid_to=end, reason="Mất liên lạc", by=staff)
    assert badges.add_break(member, valid_from=date(2004, 1, 1), valid_to=date(2005, 1, 1), reason="Xóa tên", by=staff).pk


def test_the_secretary_proposes_and_staff_record_the_decision(cell, staff, secretary):
    award = badges.propose_badge(member_since(cell, date(1996, 1, 31)), 30, ceremony_on=date(2026, 2, 3), by=secretary)
    with pytest.raises(PermissionDenied):
        badges.award_badges([award], document=decision(cell), numbers={}, by=secretary)
    with pytest.raises(DomainError, match="số, ngày và cơ quan ban hành"):
        badges.award_badges([award], document=None, numbers={}, by=staff)
    assert badges.award_badges([award], document=decision(cell), numbers={award.pk: "301234"}, by=staff) == 1
    award.refresh_from_db()
    assert (award.state, award.badge_number, award.document.number) == (BadgeState.AWARDED, "301234", "12-QĐ/TU")
    with pytest.raises(DomainError, match="vừa được người khác"):
        badges.award_badges([award], document=decision(cell), numbers={}, by=staff)
    with pytest.raises(PermissionDenied):
        badges.withdraw_badge(award, reason="Ghi nhầm", by=secretary)


def test_a_refusal_leaves_no_half_of_a_list(cell, staff):
    rows = [(member_since(cell, date(1997, 2, 3)), 30), (member_since(cell, date(1997, 2, 4)), 30)]
    with pytest.raises(DomainError):
        badges.propose_badges(rows, ceremony_on=ROUND, by=staff)
    assert not BadgeAward.objects.exists()
    assert badges.propose_badges(rows[:1], ceremony_on=ROUND, by=staff) == 1


def test_who_stands_in_which_round(cell, staff):
    ordinary = member_since(cell, date(1997, 2, 3))  # 30 years on the day of the round
    long = member_since(cell, date(1986, 11, 8))  # 40 years the day after the round before
    member_since(cell, date(1992, 1, 1))  # 35: no badge
    member_since(cell, date(1997, 2, 4))  # the next round
    member_since(cell, date(1986, 11, 7))  # the round before
    late = member_since(cell, date(1997, 1, 1))
    PartyBreak.objects.create(member=late, valid_from=date(2001, 1, 1), valid_to=date(2002, 1, 1), reason="Xóa tên")
    early = member_since(cell, date(1997, 12, 1))
    badges.propose_badge(early, 30, ceremony_on=ROUND, kind=BadgeKind.EARLY, reason="Giấy xác nhận", by=staff)
    member_since(OrganisationFactory(kind=Kind.BASE_CELL), date(1997, 1, 1))  # not seen

    here = dues_by_round(staff, [ROUND])[ROUND]

    assert [(due.member, due.years, due.state) for due in here] == [
        (long, 40, "Chưa đề nghị"),
        *sorted([(ordinary, 30, "Chưa đề nghị"), (early, 30, "Đã đề nghị, tặng sớm vì bệnh nặng")], key=lambda row: row[0].sort_key),
    ]
    assert dues_by_round(staff, [date(2028, 2, 3)])[date(2028, 2, 3)][0].member == late
    assert early not in [due.member for due in dues_by_round(staff, [date(2028, 2, 3)])[date(2028, 2, 3)]]


@pytest.fixture
def in_november(monkeypatch):
    monkeypatch.setattr("members.views.badges.today", lambda: date(2026, 11, 23))


def test_the_list_counts_proposes_and_goes_out(client, cell, staff, in_november):
    member_since(cell, date(1997, 2, 1), full_name="Lê Thị Hoa")
    MemberFactory(cell=cell, full_name="Trần Văn Ân")
    client.force_login(staff)
    address = reverse("members:badge_list")

    page = client.get(address)
    shown = page.content.decode()
    assert [tab["label"] for tab in page.context["tabs"]] == [
        "02/09/2026 (0)",
        "07/11/2026 (0)",
        "03/02/2027 (1)",
        "19/05/2027 (0)",
        "02/09/2027 (0)",
        "07/11/2027 (0)",
        "Chưa đủ dữ liệu (1)",
    ]
    assert "Lê Thị Hoa" in shown
    assert "Trần Văn Ân" not in shown
    assert "Trần Văn Ân" in client.get(address, {"round": "unknown"}).content.decode()
    assert client.get(address, {"export": "xlsx"}).content[:2] == b"PK"
    assert client.get(address, {"round": "unknown", "export": "xlsx"}).content[:2] == b"PK"
    other = OrganisationFactory(parent=cell.parent, kind=Kind.CELL)
    assert not client.get(address, {"organisation": other.pk}).context["rows"]
    assert not client.get(address, {"organisation": other.pk, "round": "unknown"}).context["rows"]

    keys = page.context["proposable"]
    empty = client.post(reverse("members:badge_propose"), {"round": "2027-02-03"}, follow=True)
    assert "Hãy chọn ít nhất một đảng viên" in empty.content.decode()
    done = client.post(reverse("members:badge_propose"), {"round": "2027-02-03", "badge": list(keys)}, follow=True)
    assert "Đã đề nghị 1 Huy hiệu" in done.content.decode()
    assert "Ghi quyết định tặng" in done.content.decode()
    for wrong in ({"round": "x"}, {"round": "2027-02-04"}, {"round": "2027-02-03", "badge": "x"}):
        assert client.post(reverse("members:badge_propose"), wrong).status_code == 404


def test_the_decision_is_recorded_on_its_page_and_a_refusal_keeps_what_was_typed(client, cell, staff, in_november):
    member = member_since(cell, date(1996, 9, 3))
    award = badges.propose_badge(member, 30, ceremony_on=date(2026, 11, 7), by=staff)
    client.force_login(staff)
    address = reverse("members:badge_award") + "?round=2026-11-07"
    typed = {"award": [award.pk], f"number-{award.pk}": "301234"}
    refused = client.post(address, typed).content.decode()
    assert "Chưa lưu được" in refused
    assert 'value="301234"' in refused
    paper = {"document_number": "12-QĐ/TU", "document_on": "01/06/2025", "document_issuer": "Tỉnh ủy"}
    assert "ít nhất một đảng viên" in client.post(address, paper).content.decode()
    assert client.post(address, typed | paper).status_code == 302
    assert BadgeAward.objects.get().badge_number == "301234"
    assert "Không có đề nghị nào chờ" in client.get(address).content.decode()
    page = client.get(reverse("members:member_badges", args=[member.pk])).content.decode()
    assert "số 301234" in page


def test_the_page_of_a_member_shows_milestones_and_takes_an_early_proposal(client, cell, staff, in_november):
    member = member_since(cell, date(1987, 6, 1))
    client.force_login(staff)
    address = reverse("members:member_badges", args=[member.pk])
    page = client.get(address)
    assert "39 năm 5 tháng" in page.content.decode()
    assert [line[:4] for line in page.context["lines"]] == [
        (30, date(2017, 6, 1), date(2017, 9, 2), date(2016, 6, 1)),
        (40, date(2027, 6, 1), date(2027, 9, 2), date(2026, 6, 1)),
    ]
    typed = {"years": "40", "kind": "early", "ceremony_on": "19/05/2026", "reason": "Giấy xác nhận"}
    assert "chỉ được xét tặng sớm từ ngày 01/06/2026" in client.post(address, typed).content.decode()
    assert client.post(address, typed | {"ceremony_on": "03/02/2027"}).status_code == 302
    withdraw = reverse("members:badge_withdraw", args=[BadgeAward.objects.get().pk])
    assert client.post(withdraw, {"reason": ""}).status_code == 200
    assert client.post(withdraw, {"reason": "Ghi nhầm"}).status_code == 302

    typed = {"valid_from": "01/01/2000", "valid_to": "01/01/2001", "reason": "Mất liên lạc"}
    assert client.post(reverse("members:member_break", args=[member.pk]), typed).status_code == 302
    assert "38 năm 5 tháng" in client.get(address).content.decode()
    unknown = client.get(reverse("members:member_badges", args=[MemberFactory(cell=cell).pk])).content.decode()
    assert "hồ sơ chưa ghi ngày quyết định kết nạp" in unknown


def test_the_list_reads_in_five_queries_whatever_its_length(client, cell, staff, in_november):
    client.force_login(staff)
    address = reverse("members:badge_list")

    def asked(query):
        with CaptureQueriesContext(connection) as captured:
            client.get(address, query)
        frame = ("django_session", "accounts_user", "cells_roleassignment", "cells_datedsetting", "SAVEPOINT")
        return [one["sql"] for one in captured if not any(name in one["sql"].split("WHERE")[0] for name in frame)]

    for _ in range(3):
        member = member_since(cell, date(1997, 2, 1))
    badges.propose_badge(member, 30, ceremony_on=ROUND, by=staff)
    MemberFactory(cell=cell)
    assert len(asked({})) == 5
    assert len(asked({"round": "unknown"})) == 5
