"""The register of numbers: from 01 for each type and term, nothing twice, no gap without a reason."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Document, RegisteredNumber, Term
from cells.paper_numbers import number_text, parse_number
from cells.services.numbers import enter_document, next_number, offered_number, reserve_numbers, take_number, void_number
from cells.standing import term_on
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from khoi_party.common.tests.threads import at_once

DAY = date(2026, 3, 5)


@pytest.fixture
def root(db):
    root = OrganisationFactory(name="Đảng bộ Khối", code="K", paper_code="ĐUK", kind=Kind.UPPER_COMMITTEE)
    root.staff = RoleAssignmentFactory(organisation=root).user
    root.term = Term.objects.create(organisation=root, label="2025-2030", congress_on=date(2025, 8, 1), first_year=2025, last_year=2029)
    return root


def take(root, number=None, *, code="BC", day=DAY, title="báo cáo", by=None):
    return take_number(root, code, day, title=title, number=number, by=by or root.staff)


def test_each_type_runs_from_01(root):
    assert [take(root).label, take(root).label, take(root, code="QĐ").label] == ["01-BC/ĐUK", "02-BC/ĐUK", "01-QĐ/ĐUK"]
    assert next_number(root, "BC", DAY) == 3
    assert AuditEntry.objects.filter(action="number.taken").count() == 3


def test_a_new_term_begins_again_and_a_new_year_does_not(root):
    take(root, day=date(2026, 12, 31))
    assert next_number(root, "BC", date(2027, 1, 1)) == 2
    root.term.next_congress_on = date(2030, 8, 1)
    root.term.save()
    Term.objects.create(organisation=root, label="2030-2035", congress_on=date(2030, 8, 1), first_year=2030, last_year=2034)
    assert next_number(root, "BC", date(2030, 7, 31)) == 2
    assert next_number(root, "BC", date(2030, 8, 1)) == 1


def test_a_unit_without_a_term_uses_its_superior_s_and_a_register_of_its_own(root):
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    assert term_on(base, DAY) == root.term
    take(root)
    assert take(base, by=root.staff).label == "01-BC/ĐU"


def test_an_empty_series_goes_on_from_the_paper_register(root):
    assert take(root, 37).number == 37
    assert next_number(root, "BC", DAY) == 38


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "Số 01-BC/ĐUK đã dùng cho văn bản ngày 05/03/2026 “báo cáo”"),
        (4, "sổ không được cách số: số kế tiếp là 03-BC/ĐUK"),
        (0, "phải từ 01"),
    ],
)
def test_a_used_number_and_a_gap_are_refused_by_name_of_the_next(root, number, sentence):
    take(root)
    take(root)
    with pytest.raises(DomainError) as refused:
        take(root, number)
    assert sentence in refused.value.message
    assert refused.value.field == "number"
    assert RegisteredNumber.objects.count() == 2


def test_reserved_numbers_wait_and_are_used_by_name(root):
    first, second = reserve_numbers(root, "BC", DAY, 2, reason="Hội nghị tổng kết", by=root.staff)
    assert take(root).number == 3
    used = take(root, 2)
    assert (used.pk, used.state) == (second.pk, "used")
    with pytest.raises(DomainError, match="Mỗi lần giữ từ 1 đến 50 số"):
        reserve_numbers(root, "BC", DAY, 51, reason="Nhiều", by=root.staff)
    with pytest.raises(DomainError, match="lý do giữ số"):
        reserve_numbers(root, "BC", DAY, 1, reason=" ", by=root.staff)
    void_number(first, reason="Không họp", by=root.staff)
    with pytest.raises(DomainError, match="đã bỏ nên không dùng lại được"):
        take(root, 1)


def test_a_number_that_a_paper_carries_is_not_left_out(root):
    document = Document.objects.create(
        organisation=root, kind="decision", number="01-QĐ/ĐUK", issued_on=DAY, issuer=root.committee_name, title="khen thưởng"
    )
    row = enter_document(document, by=root.staff)
    assert (row.label, row.title) == ("01-QĐ/ĐUK", "khen thưởng")
    with pytest.raises(DomainError, match="không bỏ được"):
        void_number(row, reason="Nhầm", by=root.staff)
    document.number = "77/QĐ-UBND"
    assert enter_document(document, by=root.staff) is None  # of a State body


def test_a_day_before_that_of_a_lower_number_is_pointed_out(root):
    assert take(root).warnings == []
    assert take(root, day=date(2026, 3, 4)).warnings == ["Số 02-BC/ĐUK ghi ngày 04/03/2026, trước ngày của một số nhỏ hơn (05/03/2026)."]


def test_only_the_office_writes(root):
    for role in (Role.SECRETARY, Role.INSPECTOR):
        user = RoleAssignmentFactory(organisation=root, role=role).user
        with pytest.raises(PermissionDenied):
            take(root, by=user)
    assert take(root, by=RoleAssignmentFactory(organisation=root, role=Role.LEADER).user).number == 1


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("12-QĐ/ĐUK", (12, "QĐ", "ĐUK")),
        ("02-qđ/đuk", (2, "QĐ", "đuk")),
        ("7 - TTr/ĐU", (7, "TTr", "ĐU")),
        ("12/QĐ-UBND", None),
        ("0-QĐ/ĐU", None),
        ("12-XX/ĐU", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_they_are_written(text, parsed):
    found = parse_number(text)
    assert (found and (found.number, found.code, found.issuer)) == parsed
    assert number_text(3, "BC", "ĐUK") == "03-BC/ĐUK"


def test_the_form_offers_the_next(root):
    take(root, code="QĐ")
    assert offered_number(root, "QĐ", DAY) == "02-QĐ/ĐUK"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["take", "given", "reserve", "void"]), st.integers(1, 12)), max_size=25))
def test_whatever_is_done_nothing_is_twice_and_no_gap_unexplained(root, acts):
    RegisteredNumber.objects.all().delete()
    for act, number in acts:
        try:
            if act == "take":
                take(root)
            elif act == "given":
                take(root, number)
            elif act == "reserve":
                reserve_numbers(root, "BC", DAY, number % 3 + 1, reason="Giữ", by=root.staff)
            elif row := RegisteredNumber.objects.filter(number=number).first():
                void_number(row, reason="Bỏ", by=root.staff)
        except DomainError:
            pass
    found = sorted(RegisteredNumber.objects.values_list("number", flat=True))
    assert found == list(range(found[0], found[0] + len(found))) if found else True


def test_the_register_s_page_and_its_forms(client, root):
    client.force_login(root.staff)
    url = reverse("cells:number_list", args=[root.pk])
    assert "Sổ chưa có số nào" in client.get(url).content.decode()
    new = reverse("cells:number_new", args=[root.pk])
    typed = {"code": "CV", "day": "05/03/2026", "number": "5", "title": "Mời họp"}
    assert client.post(new, typed).status_code == 302
    refused = BeautifulSoup(client.post(new, typed | {"title": "Khác"}).content, "html.parser")
    assert "đã dùng cho văn bản ngày 05/03/2026 “Mời họp”" in refused.get_text()
    assert refused.find(attrs={"name": "title"})["value"] == "Khác"
    page = client.get(url).content.decode()
    assert "05-CV/ĐUK" in page
    assert "(số trước ở sổ giấy)" in page
    stranger = RoleAssignmentFactory().user
    client.force_login(stranger)
    assert client.get(url).status_code == 404


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers(transactional_db):
    root = OrganisationFactory(name="Đảng bộ Khối", code="K", paper_code="ĐUK", kind=Kind.UPPER_COMMITTEE)
    staff = RoleAssignmentFactory(organisation=root).user

    outcomes = at_once(*[lambda: take_number(root, "BC", DAY, title="báo cáo", by=staff)] * 20)

    assert outcomes == ["done"] * 20
    assert list(RegisteredNumber.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 21))
