"""The register of rules on stored data: each rule on both sides of its limit, and the page that leads to the mend."""

import importlib
from collections import defaultdict
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells import organisation_rules as statute
from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Organisation
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from cells.working_days import WorkingDays
from khoi_party.rules import Confidence
from members.badges import party_age
from members.balance import balances
from members.enums import MemberState, Post, Severity
from members.models import Membership, Seat
from members.quality import RULES, Award, Event, Facts, Penalty, Person, SeatHeld, TermHeld
from members.quality_facts import errors_in_own_units, facts_for, findings_of, scores
from members.tests.factories import MemberFactory

TODAY = date(2026, 11, 23)
DAYS = WorkingDays()
E, W, R = Severity.ERROR, Severity.WARNING, Severity.REMINDER


def organisation(pk=2, kind=Kind.CELL, path="00010001", parent_id=1, parent_kind=Kind.BASE_COMMITTEE, **fields):
    one = Organisation(pk=pk, kind=kind, path=path, parent_id=parent_id, name=f"Tổ chức {pk}", **fields)
    one.parent_kind = parent_kind
    return one


def person(pk=1, **fields):
    """An official member in whose record nothing is to be said."""
    given = {
        "pk": pk,
        "name": "Lê Thị Hoa",
        "cell": 2,
        "path": "00010001",
        "state": MemberState.OFFICIAL,
        "born_on": date(1990, 5, 20),
        "born_precision": "day",
        "decided_on": date(2015, 1, 20),
        "decided_precision": "day",
        "admitted_on": date(2015, 2, 3),
        "admitted_precision": "day",
        "official_on": date(2016, 2, 3),
        "official_precision": "day",
        "card_number": "12.345678",
        "card_issued_on": date(2016, 3, 1),
        "record_number": "012345VP",
    }
    return Person(**given | fields)


def probationary(**fields):
    given = {"state": MemberState.PROBATIONARY, "official_on": None, "card_number": "", "card_issued_on": None}
    return person(**given | fields)


def facts(people=(), units=None, events=(), seats=(), **fields):
    """Facts of one cell, by default one where every rule is kept."""
    units = [organisation()] if units is None else units
    by_member = defaultdict(list)
    for event in events:
        by_member[event.member].append(event)
    by_unit = defaultdict(list)
    for seat in seats:
        by_unit[seat.organisation].append(seat)
    given = {
        "today": TODAY,
        "organisations": {one.pk: one for one in units},
        "people": list(people),
        "gone": [],
        "spans": {one.pk: one.cell for one in people},
        "events": dict(by_member),
        "seats": dict(by_unit),
        "terms": [],
        "awards": [],
        "breaks": {},
        "penalties": [],
        "working_days": lambda path: DAYS,
    }
    return Facts(**given | fields)


def one(**fields):
    return facts([person(**fields)])


def many(official, others=0, **fields):
    people = [person(pk) for pk in range(1, official + 1)] + [probationary(pk=100 + pk) for pk in range(others)]
    return facts(people, **fields)


def seats(*posts, state=MemberState.OFFICIAL):
    return [SeatHeld(2, post, "Lê Thị Hoa", state) for post in posts]


def event(kind, on, until=None, issued_on=None, outside="", note="", **details):
    return Event(1, kind, on, until, issued_on, outside, note, details)


def moved(*events):
    return facts([person()], events=events)


def sized(kind, members, approval=None):
    base = organisation(pk=2, kind=kind, parent_kind=Kind.UPPER_COMMITTEE, exceptional_approval_id=approval)
    return facts([person(pk) for pk in range(1, members + 1)], [base])


def under(kind, parent_kind):
    return facts(units=[organisation(kind=kind, parent_kind=parent_kind)])


def congress(held, following, basis="Nhiệm kỳ 5 năm hai lần", kind=Kind.CELL):
    return facts(units=[organisation(kind=kind)], terms=[TermHeld(7, 2, held, following, basis)])


def closed(**fields):
    return organisation(dissolved_on=date(2025, 1, 1), ending="merged", **fields)


def award(years, ceremony_on, kind="normal", breaks=(), **fields):
    return facts([person(**fields)], awards=[Award(1, years, kind, ceremony_on)], breaks={1: list(breaks)})


def penalty(degree, day, **fields):
    return facts([person(**fields)], penalties=[Penalty(5, 1, None, degree, day)])


HEAD, DEPUTY, COMMITTEE = Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE
SUMMER = date(2026, 6, 1)
# {rule: [(facts, what the rule says of them)]}; every limit stands here on both sides.
CASES = {
    "O1": [(many(3), []), (many(2), [W]), (many(2, 5), [W])],
    "O2": [
        (sized(Kind.BASE_CELL, 29), []),
        (sized(Kind.BASE_CELL, 30), [W]),
        (sized(Kind.BASE_COMMITTEE, 30), []),
        (sized(Kind.BASE_COMMITTEE, 29), [W]),
        (sized(Kind.BASE_COMMITTEE, 29, approval=4), []),
        (sized(Kind.CELL, 40), []),
    ],
    "O3": [
        (under(Kind.CELL, Kind.BASE_COMMITTEE), []),
        (under(Kind.CELL, Kind.SUB_COMMITTEE), []),
        (under(Kind.CELL, Kind.UPPER_COMMITTEE), [E]),
        (under(Kind.BASE_CELL, Kind.UPPER_COMMITTEE), []),
        (under(Kind.BASE_CELL, Kind.BASE_COMMITTEE), [E]),
        (under(Kind.SUB_COMMITTEE, Kind.BASE_COMMITTEE), []),
        (under(Kind.SUB_COMMITTEE, Kind.UPPER_COMMITTEE), [E]),
        (under(Kind.UPPER_COMMITTEE, None), []),
    ],
    "O4": [
        (many(8, seats=seats(HEAD, DEPUTY)), []),
        (many(8, seats=seats(HEAD, DEPUTY, COMMITTEE)), [E]),
        (many(8, 5, seats=seats(HEAD, DEPUTY, COMMITTEE)), [E]),  # who is on probation does not count
        (many(9, seats=seats(HEAD, DEPUTY, COMMITTEE)), []),
        (many(9, seats=seats(HEAD, DEPUTY)), [W]),
    ],
    "O5": [
        (many(9, seats=seats(HEAD, DEPUTY, *[COMMITTEE] * 5)), []),
        (many(9, seats=seats(HEAD, DEPUTY, *[COMMITTEE] * 6)), [E]),
        (many(9, seats=seats(HEAD)), []),
        (many(9, seats=seats(HEAD, DEPUTY, DEPUTY)), [E]),
        (many(9, seats=seats(HEAD, HEAD)), [E]),
        (many(9, seats=seats(DEPUTY)), [W]),
    ],
    "O6": [
        (many(9, seats=seats(HEAD)), []),
        (many(9, seats=seats(HEAD, state=MemberState.PROBATIONARY)), [E]),
        (many(9, seats=seats(HEAD, state=MemberState.DIED)), [E]),
    ],
    "O7": [
        (congress(date(2020, 3, 1), date(2022, 3, 1)), []),  # 24 months
        (congress(date(2020, 3, 1), date(2022, 2, 28)), [W]),
        (congress(date(2020, 3, 1), date(2023, 3, 1)), []),  # 36 months
        (congress(date(2020, 3, 1), date(2023, 3, 2)), [W]),
        (congress(date(2023, 11, 23), None), []),
        (congress(date(2023, 11, 22), None), [W]),
        (congress(date(2025, 7, 1), date(2030, 7, 1), "Thí điểm nhiệm kỳ 5 năm"), []),
        (congress(date(2025, 6, 30), date(2030, 6, 30), "Thí điểm nhiệm kỳ 5 năm"), [W]),
        (congress(date(2025, 7, 1), date(2030, 7, 1), "5 năm hai lần"), [W]),
        (congress(date(2020, 3, 1), date(2025, 3, 1), kind=Kind.BASE_CELL), []),
    ],
    "O8": [
        (facts([person()], [organisation()]), []),
        (facts([person()], [closed()]), [E]),
        (facts(units=[closed(), organisation(pk=3, path="000100010001", parent_id=2)]), [E]),
        (facts(units=[closed()]), []),
    ],
    "M1": [
        (one(), []),
        (one(card_number="12.000000"), [E]),
        (one(card_number="12345678"), [E]),
        (one(card_number="1234567890", card_issued_on=date(2025, 8, 7)), [E]),
        (one(card_number="1234567890", card_issued_on=date(2025, 8, 8)), [W]),
        (one(card_number=""), [R]),
        (facts([probationary()]), []),
    ],
    "M2": [(one(), []), (one(record_number=""), []), (one(record_number="12345VP"), [W]), (one(record_number="012345VPHD"), [W])],
    "M3": [
        (one(card_issued_on=date(2016, 2, 3)), []),
        (one(card_issued_on=date(2016, 2, 2)), [E]),
        (facts([probationary()]), []),
        (facts([probationary(card_number="12.345678")]), [E]),
    ],
    "M4": [
        (one(born_on=date(1997, 1, 20)), []),  # eighteen on the day of the decision
        (one(born_on=date(1997, 1, 21)), [E]),
        (one(born_on=date(1997, 2, 3), decided_on=None), []),  # by the day of the ceremony where the decision is not known
        (one(born_on=date(1997, 2, 4), decided_on=None), [E]),
        (one(born_on=date(1997, 12, 31), decided_on=date(2015, 1, 1), decided_precision="year"), []),  # may be true
        (one(born_on=date(1998, 1, 1), decided_on=date(2015, 1, 1), decided_precision="year"), [E]),  # cannot be
        (one(born_on=date(1993, 1, 19), decided_on=date(2011, 1, 18)), [W]),  # before the statute that was read
        (one(born_on=date(1993, 1, 20), decided_on=date(2011, 1, 19)), [E]),
        (one(born_on=None), [W]),
        (one(decided_on=date(2015, 2, 3)), []),
        (one(decided_on=date(2015, 2, 4)), [E]),
        (one(official_on=date(2015, 2, 3)), [E]),
    ],
    "M5": [
        (one(official_on=date(2016, 2, 3)), []),
        (one(official_on=date(2016, 2, 4)), [W]),
        (one(official_on=date(2016, 2, 2)), [W]),
        (one(admitted_on=date(2016, 2, 29), official_on=date(2017, 2, 28)), []),
        (one(official_on=date(2016, 1, 1), official_precision="year"), []),
        (facts([person(official_on=date(2016, 5, 3))], events=[event("recognised", date(2016, 5, 3), note="Gia hạn")]), []),
    ],
    "M6": [(one(), []), (one(decided_on=None), [W]), (facts([probationary(decided_on=None)]), [])],
    "M7": [(facts(), []), (facts(gone=[person(state=MemberState.EXPELLED)]), [E])],
    "M8": [
        (moved(event("moved", DAYS.add(SUMMER, 30), issued_on=SUMMER)), []),
        (moved(event("moved", DAYS.add(SUMMER, 31), issued_on=SUMMER)), [W]),
        (moved(event("moved", DAYS.add(SUMMER, 31))), []),
        (moved(event("returned", DAYS.add(SUMMER, 30), issued_on=SUMMER)), []),
        (moved(event("returned", DAYS.add(SUMMER, 31), issued_on=SUMMER)), [W]),
        (moved(event("transferred_in", DAYS.add(SUMMER, 31), issued_on=SUMMER)), [W]),
        (moved(event("moved", date(2025, 11, 23), issued_on=date(2025, 1, 2))), [W]),
        (moved(event("moved", date(2025, 11, 22), issued_on=date(2025, 1, 2))), []),  # history
    ],
    "M9": [
        (moved(event("sent_away", date(2026, 9, 1), date(2026, 12, 1))), []),
        (moved(event("sent_away", date(2026, 9, 1), date(2026, 11, 30))), [W]),
        (moved(event("sent_away", date(2026, 9, 1), date(2027, 8, 31))), []),
        (moved(event("sent_away", date(2026, 9, 1), date(2027, 9, 1))), [W]),
        (moved(event("sent_away", date(2026, 9, 1), date(2028, 9, 1), outside="Học viện Chính trị")), []),
        (moved(event("sent_away", date(2026, 9, 1), date(2028, 9, 1), studies=True)), []),
        (moved(event("sent_away", date(2026, 9, 1), date(2028, 10, 1), studies=True)), [W]),
        (moved(event("sent_away", date(2026, 9, 1))), [W]),
        (moved(event("sent_away", date(2026, 3, 1), TODAY)), []),
        (moved(event("sent_away", date(2026, 3, 1), TODAY - timedelta(1))), [R]),
        (moved(event("sent_away", date(2026, 3, 1), date(2026, 9, 1)), event("came_back", date(2026, 9, 1))), []),
        (moved(event("sent_away", date(2026, 3, 1), date(2026, 9, 1)), event("moved", date(2026, 9, 1))), []),
    ],
    "M10": [
        (moved(event("paused", SUMMER, date(2027, 5, 31))), []),
        (moved(event("paused", SUMMER, date(2027, 6, 1))), [W]),
        (moved(event("paused", SUMMER)), [W]),
        (moved(event("paused", SUMMER, TODAY)), []),
        (moved(event("paused", SUMMER, TODAY - timedelta(1))), [R]),
        (moved(event("paused", SUMMER, date(2026, 9, 1)), event("resumed", date(2026, 9, 1))), []),
    ],
    "M11": [
        (facts([person()], missed={1: {"meeting": 2, "dues": 2}}), []),
        (facts([person()], missed={1: {"meeting": 3}}), [R]),
        (facts([person()], missed={1: {"dues": 3}}), [R]),
        (facts([person()], missed={1: {"meeting": 4, "dues": 3}}), [R]),
        (facts([person()], missed={7: {"meeting": 12}}), []),
    ],
    "M12": [
        (moved(event("suspended", TODAY, TODAY + timedelta(90))), []),
        (moved(event("suspended", TODAY, TODAY + timedelta(91))), [W]),
        (moved(event("suspended", SUMMER, TODAY - timedelta(1))), [W, R]),
        (moved(event("suspended", SUMMER, SUMMER + timedelta(90)), event("reinstated", date(2026, 8, 30))), []),
        (moved(event("suspended", SUMMER, SUMMER + timedelta(90)), event("suspended", SUMMER + timedelta(90), SUMMER + timedelta(180))), []),
        # an extension counts from the first day, a suspension that begins anew from its own
        (moved(event("suspended", SUMMER, SUMMER + timedelta(90)), event("suspended", SUMMER + timedelta(90), SUMMER + timedelta(181))), [W]),
        (moved(event("suspended", date(2026, 1, 5)), event("reinstated", SUMMER), event("suspended", TODAY, TODAY + timedelta(90))), []),
    ],
    "M13": [
        (moved(event("left", date(2020, 3, 1)), event("readmitted", date(2023, 3, 1))), []),
        (moved(event("left", date(2020, 3, 1)), event("readmitted", date(2023, 2, 28))), [E]),
        (
            moved(
                event("left", date(2014, 3, 1)),
                event("readmitted", date(2018, 3, 1)),
                event("left", date(2020, 3, 1)),
                event("readmitted", date(2024, 3, 1)),
            ),
            [E],
        ),
    ],
    "M15": [
        (penalty("cach_chuc", date(2016, 2, 3)), []),
        (penalty("cach_chuc", date(2016, 2, 2)), [E]),  # on probation then
        (penalty("canh_cao", date(2016, 2, 2)), []),
        (penalty("cach_chuc", date(2016, 2, 2), official_on=date(2016, 1, 1), official_precision="year"), []),
        (penalty("giai_tan", date(2020, 1, 1)), [E]),
        (facts(penalties=[Penalty(5, None, 2, "giai_tan", date(2020, 1, 1))]), []),
        (facts(penalties=[Penalty(5, None, 2, "khai_tru", date(2020, 1, 1))]), [E]),
    ],
    "M16": [(one(), []), (facts([person()], spans={1: 3}), [W]), (facts([person()], spans={}), [W])],
    "K9": [
        (award(30, date(2045, 1, 20)), []),
        (award(30, date(2045, 1, 19)), [E]),
        (award(30, date(2044, 1, 20), "early"), []),
        (award(30, date(2044, 1, 19), "early"), [E]),
        (award(30, date(2045, 1, 20), breaks=[(date(2020, 1, 1), date(2020, 1, 2))]), [E]),
        (award(30, date(2044, 1, 1), "posthumous"), []),
        (award(30, date(2044, 1, 1), decided_on=None), []),
    ],
    "K10": [(one(), []), (one(decided_on=date(2015, 1, 1), decided_precision="month"), [R]), (one(decided_on=None), [])],
}
# Rules of what people do or of how figures are reckoned: their cases, on both sides, are these tests.
ELSEWHERE = {
    "O1": ("cells.tests.test_services", "test_sizes_that_the_statute_does_not_want_are_warned_of"),
    "O2": ("cells.tests.test_services", "test_sizes_that_the_statute_does_not_want_are_warned_of"),
    "O3": ("cells.tests.test_services", "test_a_kind_that_may_not_stand_there_is_refused_beside_its_field"),
    "O8": ("cells.tests.test_services", "test_nothing_closes_over_open_organisations"),
    "M1": ("members.tests.test_records", "test_m1_card_numbers"),
    "M2": ("members.tests.test_records", "test_m2_record_numbers_are_only_doubted"),
    "M3": ("members.tests.test_records", "test_m3_cards_are_for_official_members_and_not_before_that_day"),
    "M4": ("members.tests.test_records", "test_m4_the_order_of_party_dates_when_they_are_corrected"),
    "M5": ("members.tests.test_states", "test_m5_official_from_the_end_of_twelve_months"),
    "M6": ("members.tests.test_quality", "test_m6_party_age_counts_from_the_decision"),
    "M7": ("members.tests.test_states", "test_every_state_and_event"),
    "M8": ("members.tests.test_states", "test_m8_the_paper_is_shown_within_thirty_working_days"),
    "M9": ("members.tests.test_states", "test_m9_temporary_stays"),
    "M10": ("members.tests.test_states", "test_m10_pauses"),
    "M11": ("members.tests.test_states", "test_m11_three_months_of_one_kind"),
    "M12": ("members.tests.test_states", "test_m12_suspensions"),
    "M13": ("members.tests.test_states", "test_m13_readmission"),
    "M14": ("members.tests.test_records", "test_m14_a_discipline_lapses_a_year_after_its_decision"),
    "M15": ("members.tests.test_records", "test_m15_forms_of_discipline"),
    "M17": ("members.tests.test_records", "test_m17_telling_a_date_more_exactly_is_no_correction"),
    "S1": ("members.tests.test_quality", "test_s1_a_roll_that_the_movements_do_not_explain"),
    "S2": ("evaluations.tests.test_deciding", "test_s2_the_classes_and_those_without_one_add_up_to_all"),
    "S3": ("reports.tests.test_jobs", "test_s3_a_finished_paper_keeps_its_figures_and_a_new_one_has_the_late_change"),
    "K9": ("members.tests.test_badges", "test_both_sides_of_the_limits"),
    "K10": ("members.tests.test_badges", "test_the_round_of_a_day"),
}


def said(rule, given):
    return [found.severity for found in RULES[rule].check(given)]


def test_every_rule_of_the_register_has_cases_on_both_sides():
    assert set(CASES) == set(RULES)
    for rule, cases in CASES.items():
        assert {bool(expected) for _, expected in cases} == {True, False}, rule
    assert all(callable(getattr(importlib.import_module(module), name)) for module, name in ELSEWHERE.values())
    wanted = {f"O{n}" for n in range(1, 9)} | {f"M{n}" for n in range(1, 18)} | {"S1", "S2", "S3", "K9", "K10"}
    assert set(CASES) | set(ELSEWHERE) == wanted


@pytest.mark.parametrize(("rule", "number"), [(rule, number) for rule, cases in CASES.items() for number in range(len(cases))])
def test_rule(rule, number):
    given, expected = CASES[rule][number]
    assert said(rule, given) == expected


def test_only_what_was_read_in_its_own_words_is_an_error():
    assert all(rule.confidence == Confidence.VERIFIED for rule in RULES.values() if rule.severity == Severity.ERROR)
    order = list(Severity)
    for rule, cases in CASES.items():
        graver = [found for _, expected in cases for found in expected if order.index(found) < order.index(RULES[rule].severity)]
        assert graver == [], rule


def test_a_record_in_order_is_said_nothing_of():
    given = many(9, seats=seats(HEAD, DEPUTY, COMMITTEE))
    assert findings_of(given) == []


@pytest.mark.parametrize(("official", "members"), [(8, 8), (9, 9)])
def test_o4_a_committee_of_the_cell_and_nothing_else(official, members):
    assert bool(statute.committee_too_early(official, 0)) is False
    assert bool(statute.committee_too_early(official, 1)) is (official == 8)
    assert bool(statute.committee_missing(members, 0)) is (members == 9)


@pytest.fixture
def place(db):
    root = OrganisationFactory(name="Đảng bộ Khối")
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ")
    first, second = (OrganisationFactory(parent=base, kind=Kind.CELL, name=f"Chi bộ {n}") for n in (1, 2))
    people = {
        "staff": RoleAssignmentFactory(organisation=base).user,
        "top": RoleAssignmentFactory(organisation=root).user,
        "secretary": RoleAssignmentFactory(organisation=first, role=Role.SECRETARY).user,
        "leader": RoleAssignmentFactory(organisation=base, role=Role.LEADER).user,
        "administrator": RoleAssignmentFactory(organisation=root, role=Role.ADMINISTRATOR).user,
    }
    return SimpleNamespace(root=root, base=base, first=first, second=second, **people)


def good(cell, **fields):
    """A member of whose record nothing is said."""
    number = Membership.objects.count() + 1
    given = {"born_on": date(1985, 3, 3), "decided_on": date(2015, 1, 20), "card_number": f"12.{number:06d}", "card_issued_on": date(2016, 3, 1)}
    return MemberFactory(cell=cell, **given | fields)


def test_the_page_leads_each_reader_to_what_that_reader_may_mend(client, place):
    wrong = good(place.first, full_name="Lê Thị Hoa", card_number="12345678")
    good(place.second, full_name="Đỗ Văn Bình", decided_on=None)
    address = reverse("members:quality_list")

    client.force_login(place.secretary)
    page = client.get(address, {"severity": "error"})
    links = [a["href"] for a in BeautifulSoup(page.content, "html.parser").select("#results a.btn-sm")]
    assert f"{reverse('members:member_edit', args=[wrong.pk])}#div_id_card_number" in links
    assert "Đỗ Văn Bình" not in client.get(address, {"view": "rows"}).content.decode()
    assert not any("/organisations/" in link for link in links)  # the cell's own rules are mended by staff

    client.force_login(place.staff)
    text = client.get(address, {"view": "rows"}).content.decode()
    assert ("Lê Thị Hoa" in text, "Đỗ Văn Bình" in text) == (True, True)
    assert f"{reverse('cells:organisation_detail', args=[place.first.pk])}#committee" in text
    narrowed = client.get(address, {"organisation": place.second.pk, "rule": "M6"})
    assert [line.name for line in narrowed.context["rows"]] == ["Đỗ Văn Bình"]
    assert client.get(address, {"export": "xlsx"}).content[:2] == b"PK"
    units = BeautifulSoup(client.get(address).content, "html.parser")
    lines = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in units.select("tbody tr")]
    # members, records in order, per cent, errors, warnings (each small cell, its missing secretary; the decision; the size of the base), reminders
    assert lines == [
        ["Đảng bộ Sở Nội vụ", "2", "0", "0%", "1", "6", "0"],
        ["Chi bộ 1", "1", "0", "0%", "1", "2", "0"],
        ["Chi bộ 2", "1", "0", "0%", "0", "3", "0"],
    ]
    by_rule = client.get(address, {"view": "rules"}).content.decode()
    assert "M1. Số thẻ đảng viên đúng dạng" in by_rule
    assert "?view=rows&amp;rule=M6" in by_rule

    client.force_login(place.leader)
    read = client.get(address, {"severity": "error"})
    assert "Lê Thị Hoa" in read.content.decode()
    assert [line.link for line in read.context["rows"]] == ["" for _ in read.context["rows"]]

    client.force_login(place.administrator)
    assert "Không có lỗi" in client.get(address).content.decode()


def test_every_place_of_mending_answers(client, place):
    """Whatever a rule finds, the link that staff are given leads to a page."""
    wrong = good(place.first, card_number="12345678", decided_on=None)
    Membership.objects.filter(member=wrong).update(cell=place.second)
    Organisation.objects.filter(pk=place.second.pk).update(parent=place.root)
    client.force_login(place.top)
    page = client.get(reverse("members:quality_list"), {"view": "rows"})
    links = {line.link for line in page.context["rows"]}
    assert {line.finding.found.spot for line in page.context["rows"]} >= {"record", "history", "organisation", "committee", "move"}
    assert "" not in links
    assert {client.get(link).status_code for link in links} == {200}


def test_the_score_is_cut_off_and_reminders_do_not_count(place):
    good(place.first)
    good(place.first)
    good(place.second, card_number="", card_issued_on=None)  # a reminder only
    good(place.second, decided_on=None, born_on=None)  # two warnings, one record
    given = facts_for(place.top, TODAY)
    made = {
        score.organisation.name: (score.members, score.clean, score.percent)
        for score in scores(given, findings_of(given), given.organisations.values())
    }
    assert made == {
        "Đảng bộ Khối": (4, 3, 75),
        "Đảng bộ Sở Nội vụ": (4, 3, 75),
        "Chi bộ 1": (2, 2, 100),
        "Chi bộ 2": (2, 1, 50),
    }


def test_two_thirds_are_sixty_six_per_cent(place):
    for card in ("", "", "12345678"):
        good(place.first, card_number=card, card_issued_on=None)
    given = facts_for(place.secretary, TODAY)
    (score,) = scores(given, findings_of(given), [place.first])
    assert (score.members, score.clean, score.percent) == (3, 2, 66)
    (empty,) = scores(given, [], [place.second])
    assert empty.percent is None


def test_more_people_and_more_faults_need_no_more_queries(place):
    def asked():
        user = type(place.top).objects.get(pk=place.top.pk)
        with CaptureQueriesContext(connection) as captured:
            findings_of(facts_for(user, TODAY))
        return len(captured)

    empty = asked()
    for cell in (place.first, place.second):
        for _ in range(4):
            one_here = good(cell, decided_on=None, card_number="", card_issued_on=None)
            Seat.objects.create(member=one_here, organisation=cell, post=Post.COMMITTEE, valid_from=date(2020, 1, 1))
    Membership.objects.filter(cell=place.second).update(cell=place.first)

    assert findings_of(facts_for(place.top, TODAY))
    assert asked() == empty == 13


def test_the_first_page_counts_the_errors_of_ones_own_units(client, place):
    good(place.first, card_number="12345678")
    good(place.second, card_number="12345679")
    assert [errors_in_own_units(user, TODAY) for user in (place.secretary, place.staff, place.leader, place.administrator)] == [1, 2, None, None]
    client.force_login(place.secretary)
    page = client.get(reverse("desk:quality_line")).content.decode()
    assert "Chất lượng dữ liệu: 1 lỗi cần sửa" in page
    assert f"{reverse('members:quality_list')}?severity=error" in page
    client.force_login(place.leader)
    assert "Chất lượng dữ liệu" not in client.get(reverse("desk:home")).content.decode()


def test_m6_party_age_counts_from_the_decision():
    assert party_age(date(2015, 1, 20), date(2045, 1, 19)) == (29, 11)
    assert party_age(date(2015, 1, 20), date(2045, 1, 20)) == (30, 0)
    assert party_age(date(2015, 1, 20), date(2045, 1, 20), [(date(2020, 1, 1), date(2020, 1, 2))]) == (29, 11)


def test_s1_a_roll_that_the_movements_do_not_explain(place):
    member = MemberFactory(cell=place.first)
    MemberFactory(cell=place.second)
    whole, *parts = balances([place.base, place.first, place.second], date(2015, 1, 1), date(2015, 12, 31))
    assert (whole.opening, whole.gains.total(), whole.closing, whole.agrees) == (0, 2, 2, True)
    assert whole.closing == sum(part.closing for part in parts)
    Membership.objects.filter(member=member).delete()  # no movement says so
    assert [line.agrees for line in balances([place.base, place.first, place.second], date(2015, 1, 1), date(2015, 12, 31))] == [False, False, True]
