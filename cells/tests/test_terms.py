"""Terms, targets and the yearly figures that are typed."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.enums import OrganisationKind, Role
from cells.models import Target, Term, YearFigure
from cells.services import terms
from cells.services.year_figures import save_task_figures
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError

TERM = {
    "label": "2020-2025",
    "congress_on": date(2020, 8, 20),
    "next_congress_on": None,
    "congress_ordinal": "",
    "legal_basis": "Nhiệm kỳ 5 năm một lần",
    "first_year": 2020,
    "last_year": 2024,
}
TARGET = {
    "indicator": "admissions",
    "span": "term",
    "operator": "between",
    "low": Decimal(450),
    "high": Decimal(500),
    "base": "none",
    "wording": "Kết nạp 450 - 500 đảng viên",
    "source": "Nghị quyết đại hội",
    "position": 1,
}


@pytest.fixture
def root(db):
    return OrganisationFactory(name="Đảng bộ Khối các cơ quan tỉnh")


@pytest.fixture
def staff(root):
    return RoleAssignmentFactory(role=Role.STAFF, organisation=root).user


@pytest.fixture
def term(root, staff):
    return terms.save_term(root, TERM, by=staff)


def test_no_year_counts_in_two_terms(root, staff, term):
    with pytest.raises(DomainError, match="trùng với nhiệm kỳ 2020-2025") as refused:
        terms.save_term(root, TERM | {"label": "2024-2029", "first_year": 2024, "last_year": 2028}, by=staff)
    assert refused.value.field == "first_year"

    assert terms.save_term(root, TERM | {"label": "2025-2030", "first_year": 2025, "last_year": 2029}, by=staff).pk
    assert terms.save_term(root, TERM | {"next_congress_on": date(2025, 7, 25)}, term=term, by=staff).next_congress_on == date(2025, 7, 25)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"first_year": 2025, "last_year": 2024}, None, "Năm cuối không được trước năm đầu."),
        ({"first_year": 20}, "first_year", "Nhiệm kỳ tính từ năm 2014"),
        ({"first_year": 2013}, "first_year", "Nhiệm kỳ tính từ năm 2014"),
        ({"last_year": 2030}, "first_year", "không quá 10 năm đánh giá"),
        ({"next_congress_on": date(2020, 8, 20)}, "next_congress_on", "Đại hội kế tiếp phải sau"),
    ],
)
def test_a_term_that_cannot_be_is_refused(root, staff, change, field, sentence):
    with pytest.raises(DomainError, match=sentence):
        terms.save_term(root, TERM | change, by=staff)
    assert not Term.objects.exists()


def test_a_range_needs_both_ends(term, staff):
    with pytest.raises(DomainError, match="phải có đủ hai đầu"):
        terms.save_target(term, TARGET | {"high": None}, by=staff)

    assert terms.save_target(term, TARGET, by=staff).high == 500


def test_every_share_names_its_base(term, staff):
    share = TARGET | {"indicator": "members_good", "operator": "more_than", "low": Decimal(97), "high": None, "span": "each_year"}

    with pytest.raises(DomainError, match="phải ghi rõ tính trên gì"):
        terms.save_target(term, share, by=staff)
    assert terms.save_target(term, share | {"base": "rated_members"}, by=staff).pk


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"low": Decimal(970)}, "low", "từ 0 đến 100%"),
        ({"low": Decimal(-5)}, "low", "từ 0 đến 100%"),
        ({"base": "rated_organisations"}, "base", "phải tính trên số đảng viên được đánh giá, xếp loại"),
        ({"indicator": "admissions", "base": "none", "low": Decimal(-1)}, "low", "không được nhỏ hơn 0"),
    ],
)
def test_a_share_that_cannot_be_is_refused(term, staff, change, field, sentence):
    share = TARGET | {
        "indicator": "members_good",
        "operator": "more_than",
        "low": Decimal(100),
        "high": None,
        "span": "each_year",
        "base": "rated_members",
    }
    assert terms.save_target(term, share, by=staff).pk

    with pytest.raises(DomainError, match=sentence) as refused:
        terms.save_target(term, share | change, by=staff)
    assert refused.value.field == field


def test_a_target_that_is_taken_out_stays_in_the_trail(term, staff):
    target = terms.save_target(term, TARGET, by=staff)

    terms.remove_target(target, by=staff)

    assert not Target.objects.exists()
    assert "Kết nạp 450 - 500 đảng viên" in AuditEntry.objects.get(action="target.removed").text


def test_yearly_answers_are_kept_changed_and_taken_back(root, staff, term):
    first, second, third = (OrganisationFactory(parent=root, kind=OrganisationKind.BASE_CELL) for _ in range(3))

    assert save_task_figures(root, 2022, {first: True, second: False, third: None}, source="Thông báo 12", version=0, by=staff) == 2
    assert save_task_figures(root, 2022, {first: True, second: None, third: None}, source="Thông báo 12", version=2, by=staff) == 1
    assert save_task_figures(root, 2022, {first: True, second: None, third: None}, source="Thông báo 15", version=3, by=staff) == 1

    assert [(figure.organisation, figure.value, figure.source) for figure in YearFigure.objects.known()] == [(first, 1, "Thông báo 15")]


def test_the_pages_lead_from_an_empty_list_to_a_target(client, root, staff):
    client.force_login(staff)
    assert "Chưa có nhiệm kỳ nào" in client.get(reverse("cells:term_list", args=[root.pk])).content.decode()
    typed = {"label": "2020-2025", "congress_on": "20/08/2020", "first_year": "2020", "last_year": "2024", "legal_basis": "5 năm"}
    assert client.post(reverse("cells:term_new", args=[root.pk]), typed).status_code == 302
    term = Term.objects.get()

    wrong = TARGET | {"low": "450,5x", "high": "500"}
    soup = BeautifulSoup(client.post(reverse("cells:target_new", args=[term.pk]), wrong).content, "html.parser")
    assert soup.find(attrs={"name": "low"})["value"] == "450,5x"
    assert client.post(reverse("cells:target_new", args=[term.pk]), TARGET | {"low": "450", "high": "500"}).status_code == 302

    page = client.get(reverse("cells:term_list", args=[root.pk])).content.decode()
    assert "Kết nạp đảng viên: 450 - 500" in page


def test_yearly_figures_are_typed_on_one_page(client, root, staff, term):
    base = OrganisationFactory(parent=root, kind=OrganisationKind.BASE_CELL, name="Chi bộ Sở Nội vụ")
    client.force_login(staff)
    address = reverse("cells:year_tasks", args=[root.pk, 2022])

    assert "Sở Nội vụ" in client.get(address).content.decode()
    client.post(address, {"source": "Thông báo 12", "version": "0", f"base_{base.pk}": "1"})

    figure = YearFigure.objects.get()
    assert (figure.organisation, figure.value, figure.source) == (base, 1, "Thông báo 12")
    assert client.get(reverse("cells:year_figures", args=[root.pk, 2013])).status_code == 404


def test_a_target_is_edited_as_it_was_typed(client, root, staff, term):
    target = terms.save_target(term, TARGET, by=staff)
    target.refresh_from_db()
    client.force_login(staff)

    soup = BeautifulSoup(client.get(reverse("cells:target_edit", args=[target.pk])).content, "html.parser")

    assert [soup.find(attrs={"name": name})["value"] for name in ("low", "high")] == ["450", "500"]
