"""The record: numbers with their shapes, dates known in part, corrections with proof, numbers masked; discipline by the inspection board."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Document
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from khoi_party.rules import Confidence
from members.enums import Degree, MemberState
from members.fields import PartialDateField
from members.models import Discipline
from members.models.people import masked, partial_date_text
from members.record_rules import card_number_problem, identity_number_shape, record_number_problem
from members.services.discipline import decide_case, record_discipline, withdraw_discipline
from members.services.records import edit_member
from members.tests.factories import MemberFactory


@pytest.mark.parametrize(
    ("number", "issued_on", "confidence"),
    [
        ("12.345678", None, None),
        ("12.000001", None, None),
        ("12.000000", None, Confidence.VERIFIED),
        ("12345678", None, Confidence.VERIFIED),
        ("12.34567", date(2025, 8, 7), Confidence.VERIFIED),
        ("12.34567", date(2025, 8, 8), Confidence.SECONDARY),
        ("١٢.345678", None, Confidence.VERIFIED),
        ("", None, None),
    ],
)
def test_m1_card_numbers(number, issued_on, confidence):
    problem = card_number_problem(number, issued_on)
    assert (problem and problem[1]) == confidence


@pytest.mark.parametrize(
    ("number", "is_doubtful"), [("012345VP", False), ("012345 VP", False), ("012345Đ", False), ("12345VP", True), ("012345", True)]
)
def test_m2_record_numbers_are_only_doubted(number, is_doubtful):
    problem = record_number_problem(number)
    assert bool(problem) == is_doubtful
    assert problem is None or problem[1] == Confidence.SECONDARY


def test_identity_numbers_have_twelve_digits():
    identity_number_shape("026085001234")
    with pytest.raises(ValidationError, match="12 chữ số"):
        identity_number_shape("02608500123")


@pytest.mark.parametrize(
    ("typed", "day", "precision", "shown"),
    [
        ("1985", date(1985, 1, 1), "year", "1985"),
        ("2/1985", date(1985, 2, 1), "month", "02/1985"),
        ("03/02/1985", date(1985, 2, 3), "day", "03/02/1985"),
    ],
)
def test_dates_known_in_part(typed, day, precision, shown):
    assert PartialDateField().clean(typed) == (day, precision)
    assert partial_date_text(day, precision) == shown


@pytest.mark.parametrize("typed", ["13/1985", "1850", "31/02/1985", "hôm qua"])
def test_dates_that_cannot_be(typed):
    with pytest.raises(ValidationError):
        PartialDateField().clean(typed)


def test_numbers_are_masked():
    assert (masked("12.345678"), masked("12"), masked("")) == ("••••••678", "••", "")


@pytest.fixture
def place(db):
    base = OrganisationFactory(parent=OrganisationFactory(), kind=Kind.BASE_COMMITTEE)
    cell = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng")
    people = {role: RoleAssignmentFactory(organisation=base, role=role).user for role in (Role.STAFF, Role.LEADER, Role.INSPECTOR)}
    people[Role.SECRETARY] = RoleAssignmentFactory(organisation=cell, role=Role.SECRETARY).user
    member = MemberFactory(cell=cell, full_name="Lê Thị Hoa", card_number="12.345678", identity_number="026085001234", home_town="")
    return base, cell, member, people


def paper(organisation):
    return Document(organisation=organisation, kind="decision", number="12-QĐ/UBKT", issued_on=date(2026, 5, 20), issuer="Ủy ban Kiểm tra")


def test_m17_a_certified_field_is_corrected_with_reason_and_document(place):
    _, cell, member, people = place
    secretary = people[Role.SECRETARY]
    with pytest.raises(DomainError, match="phải ghi lý do") as refused:
        edit_member(member, {"full_name": "Lê Thị Hòa"}, version=1, by=secretary)
    assert refused.value.field == "reason"
    with pytest.raises(DomainError, match="văn bản đồng ý của cấp ủy"):
        edit_member(member, {"full_name": "Lê Thị Hòa"}, version=1, reason="Nhầm dấu", by=secretary)

    edit_member(member, {"full_name": "Lê Thị Hòa"}, version=1, reason="Nhầm dấu", document=paper(cell), by=secretary)

    entry = AuditEntry.objects.get(action="member.edited")
    assert entry.note == "Nhầm dấu"
    assert "12-QĐ/UBKT" in entry.text


def test_a_gap_is_filled_and_a_job_changed_without_proof(place):
    _, _, member, people = place
    row = edit_member(member, {"home_town": "Xã Tam Hồng", "position": "Chuyên viên chính"}, version=1, by=people[Role.SECRETARY])
    assert (row.home_town, row.position, row.version) == ("Xã Tam Hồng", "Chuyên viên chính", 2)


def test_m3_cards_are_for_official_members_and_not_before_that_day(place):
    _, cell, member, people = place
    probationary = MemberFactory(cell=cell, state=MemberState.PROBATIONARY, official_on=None)
    with pytest.raises(DomainError, match="Chỉ đảng viên chính thức"):
        edit_member(probationary, {"card_number": "12.000001"}, version=1, by=people[Role.STAFF])
    with pytest.raises(DomainError, match="không được trước ngày chính thức"):
        edit_member(member, {"card_issued_on": date(2016, 2, 2)}, version=1, by=people[Role.STAFF])
    assert edit_member(member, {"card_issued_on": date(2016, 2, 3)}, version=1, by=people[Role.STAFF]).card_issued_on == date(2016, 2, 3)


def test_numbers_are_shown_whole_only_on_request_and_on_record(place, client):
    _, _, member, people = place
    client.force_login(people[Role.LEADER])
    page = client.get(reverse("members:member_detail", args=[member.pk])).content.decode()
    assert "••••••678" in page
    assert "026085001234" not in page

    whole = client.post(reverse("members:member_reveal", args=[member.pk])).content.decode()
    assert "026085001234" in whole
    entry = AuditEntry.objects.get(action="member.revealed")
    assert "026085001234" not in entry.text


def test_the_form_takes_a_year_for_a_birthday_and_keeps_what_was_typed(place, client):
    _, _, member, people = place
    client.force_login(people[Role.SECRETARY])
    address = reverse("members:member_edit", args=[member.pk])
    form = client.get(address).context["form"]
    typed = {name: form.initial.get(name) or "" for name in form.fields} | {"is_civil_servant": "on", "born_on": "1985", "version": "1"}

    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    member.refresh_from_db()
    assert (member.born_on, member.born_precision) == (date(1985, 1, 1), "year")
    refused = client.post(address, typed | {"full_name": "Lê Thị Hòa", "version": "2"})
    assert "phải ghi lý do" in refused.content.decode()
    assert 'value="Lê Thị Hòa"' in refused.content.decode()


@pytest.mark.parametrize(
    ("state", "degree", "is_allowed"),
    [
        ("official", Degree.EXPULSION, True),
        ("official", Degree.DISSOLUTION, False),
        ("probationary", Degree.WARNING, True),
        ("probationary", Degree.DISMISSAL, False),
        ("organisation", Degree.DISSOLUTION, True),
        ("organisation", Degree.EXPULSION, False),
    ],
)
def test_m15_forms_of_discipline(place, state, degree, is_allowed):
    base, cell, member, people = place
    if state == "probationary":
        member = MemberFactory(cell=cell, state=MemberState.PROBATIONARY, official_on=None)
    subject = cell if state == "organisation" else member
    act = {"degree": degree, "decided_on": date(2026, 5, 20), "document": paper(base), "by": people[Role.INSPECTOR]}
    if is_allowed:
        assert record_discipline(subject, **act).degree == degree
    else:
        with pytest.raises(DomainError, match="không áp dụng"):
            record_discipline(subject, **act)


def test_an_open_case_is_seen_by_the_inspection_board_alone(place, client):
    base, _, member, people = place
    case = record_discipline(member, by=people[Role.INSPECTOR])
    for role in (Role.STAFF, Role.LEADER, Role.SECRETARY):
        assert not Discipline.objects.visible_to(people[role]).exists()
        client.force_login(people[role])
        assert "Đang xem xét" not in client.get(reverse("members:member_detail", args=[member.pk])).content.decode()
        with pytest.raises(PermissionDenied):
            record_discipline(member, by=people[role])
    client.force_login(people[Role.INSPECTOR])
    assert "Đang xem xét kỷ luật" in client.get(reverse("members:member_detail", args=[member.pk])).content.decode()

    decide_case(case, degree=Degree.REPRIMAND, decided_on=date(2026, 5, 20), document=paper(base), by=people[Role.INSPECTOR])

    assert Discipline.objects.visible_to(people[Role.SECRETARY]).get().lapses_on() == date(2027, 5, 20)
    with pytest.raises(DomainError, match="Hồ sơ này đã kết thúc"):
        decide_case(case, degree=Degree.REPRIMAND, decided_on=date(2026, 5, 20), document=paper(base), by=people[Role.INSPECTOR])


def test_a_withdrawn_decision_stays_and_counts_no_more(place):
    base, _, member, people = place
    one = record_discipline(member, degree=Degree.WARNING, decided_on=date(2026, 5, 20), document=paper(base), by=people[Role.INSPECTOR])
    with pytest.raises(DomainError, match="Hãy ghi lý do"):
        withdraw_discipline(one, " ", on_day=date(2026, 6, 1), by=people[Role.INSPECTOR])
    withdraw_discipline(one, "Giải quyết khiếu nại", on_day=date(2026, 6, 1), by=people[Role.INSPECTOR])
    assert Discipline.objects.count() == 1
    assert not Discipline.objects.standing().exists()


def test_a_decision_without_paper_or_of_tomorrow_is_refused(place):
    base, _, member, people = place
    with pytest.raises(DomainError, match="Hãy ghi số, ngày và cơ quan ban hành"):
        record_discipline(member, degree=Degree.WARNING, decided_on=date(2026, 5, 20), by=people[Role.INSPECTOR])
    with pytest.raises(DomainError, match="chưa đến"):
        record_discipline(member, degree=Degree.WARNING, decided_on=date(2999, 5, 20), document=paper(base), by=people[Role.INSPECTOR])
    act = {"degree": Degree.WARNING, "decided_on": date(2026, 5, 20), "document": paper(base), "violated_on": date(2026, 5, 21)}
    with pytest.raises(DomainError, match="không được sau ngày quyết định"):
        record_discipline(member, **act, by=people[Role.INSPECTOR])


def typed_over(form, **changed):
    """What a browser would send of `form` with some fields typed anew."""
    kept = {name: form.initial.get(name) for name in form.fields}
    return {name: value or "" for name, value in kept.items()} | {"is_civil_servant": "on"} | changed


def test_party_dates_known_in_part_are_typed_where_the_badges_lack_them(place, client):
    _, _, member, people = place
    client.force_login(people[Role.SECRETARY])
    address = reverse("members:member_edit", args=[member.pk])
    unknown = client.get(reverse("members:badge_list"), {"round": "unknown"}).content.decode()
    assert f'{address}#div_id_decided_on">Ngày quyết định kết nạp</a>' in unknown
    page = client.get(address)
    assert "---------" not in page.content.decode()
    assert '<option value="" selected>Chưa ghi</option>' in page.content.decode()
    form = page.context["form"]

    wrong = client.post(address, typed_over(form, decided_on="03/2015")).content.decode()
    assert "không được sau ngày vào Đảng" in wrong
    assert 'value="03/2015"' in wrong
    assert client.post(address, typed_over(form, decided_on="2015")).status_code == 302
    member.refresh_from_db()
    assert (member.decided_on, member.decided_precision, member.decided_text) == (date(2015, 1, 1), "year", "2015")

    # The day and the month are added: nothing that was certified becomes something else.
    again = client.get(address).context["form"]
    assert again.initial["decided_on"] == "2015"
    assert client.post(address, typed_over(again, decided_on="20/01/2015")).status_code == 302
    member.refresh_from_db()
    assert (member.decided_on, member.decided_precision) == (date(2015, 1, 20), "day")


@pytest.mark.parametrize(
    ("before", "after", "needs_proof"),
    [
        ((None, "day"), (date(2015, 1, 20), "day"), False),
        ((date(2015, 1, 1), "year"), (date(2015, 1, 1), "month"), False),
        ((date(2015, 1, 1), "year"), (date(2015, 1, 31), "day"), False),
        ((date(2015, 1, 1), "month"), (date(2015, 1, 31), "day"), False),
        ((date(2014, 12, 1), "month"), (date(2015, 1, 1), "month"), True),
        ((date(2014, 1, 1), "year"), (date(2015, 1, 1), "day"), True),
        ((date(2015, 1, 1), "day"), (date(2015, 1, 1), "year"), True),  # less is known than the record says
        ((date(2015, 1, 20), "day"), (date(2015, 1, 21), "day"), True),
        ((date(2015, 1, 20), "day"), (None, "day"), True),
    ],
)
def test_m17_telling_a_date_more_exactly_is_no_correction(place, before, after, needs_proof):
    _, _, member, people = place
    member.decided_on, member.decided_precision = before
    member.save()
    values = {"decided_on": after[0], "decided_precision": after[1]}
    if needs_proof:
        with pytest.raises(DomainError, match="phải ghi lý do"):
            edit_member(member, values, version=1, by=people[Role.STAFF])
    else:
        row = edit_member(member, values, version=1, by=people[Role.STAFF])
        assert (row.decided_on, row.decided_precision) == after


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"decided_on": date(2015, 2, 3)}, None),  # the day of the ceremony itself
        ({"decided_on": date(2015, 2, 4)}, "decided_on"),
        ({"born_on": date(2015, 2, 2)}, None),
        ({"born_on": date(2015, 2, 3)}, "born_on"),
        ({"official_on": date(2015, 2, 4)}, None),
        ({"official_on": date(2015, 2, 3)}, "official_on"),
        ({"official_on": None}, "official_on"),
        ({"admitted_on": None}, "admitted_on"),
    ],
)
def test_m4_the_order_of_party_dates_when_they_are_corrected(place, values, field):
    _, cell, member, people = place
    act = {"version": 1, "reason": "Theo hồ sơ gốc", "document": paper(cell), "by": people[Role.STAFF]}
    if field is None:
        assert edit_member(member, values, **act).version == 2
    else:
        with pytest.raises(DomainError) as refused:
            edit_member(member, values, **act)
        assert refused.value.field == field


def test_m3_recognition_is_an_event_not_a_correction(place):
    _, cell, _, people = place
    probationary = MemberFactory(cell=cell, state=MemberState.PROBATIONARY, official_on=None)
    with pytest.raises(DomainError, match="là một biến động"):
        edit_member(probationary, {"official_on": date(2016, 2, 3)}, version=1, by=people[Role.STAFF])


def test_m14_a_discipline_lapses_a_year_after_its_decision():
    assert Discipline(decided_on=date(2026, 5, 20)).lapses_on() == date(2027, 5, 20)
    assert Discipline(decided_on=date(2024, 2, 29)).lapses_on() == date(2025, 3, 1)
    assert Discipline().lapses_on() is None
