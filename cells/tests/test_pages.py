import pytest
from django.urls import reverse

from cells.enums import Ending
from cells.enums import OrganisationKind as Kind
from cells.models import Organisation

PAPER = {"document_number": "45-QĐ/ĐUK", "document_on": "01/07/2024", "document_issuer": "Đảng ủy Khối"}
NEW = {"name": "Chi bộ Thanh tra", "code": "TT", "kind": Kind.CELL, "established_on": "01/07/2024"}


@pytest.fixture
def as_staff(client, tree):
    client.force_login(tree.staff)
    return client


def act(client, name, organisation, typed):
    return client.post(reverse(f"cells:organisation_{name}", args=[organisation.pk]), typed)


def test_an_organisation_is_founded_with_its_decision(as_staff, tree):
    assert act(as_staff, "found", tree.first, NEW | PAPER).status_code == 302
    assert Organisation.objects.get(code="TT").established_by.number == "45-QĐ/ĐUK"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": Kind.BASE_CELL}, "không thể trực thuộc"),
        ({"established_on": "31/02/2024"}, "không có thật"),
        ({"document_number": "45"}, "Hãy ghi đủ số, ngày và cơ quan ban hành"),
    ],
)
def test_a_refusal_stands_on_the_form_and_keeps_what_was_typed(as_staff, tree, changed, sentence):
    shown = act(as_staff, "found", tree.first, NEW | changed).content.decode()
    assert sentence in shown
    assert "Chi bộ Thanh tra" in shown


def test_rename_move_and_close_through_their_pages(as_staff, tree):
    assert act(as_staff, "rename", tree.cell, {"name": "Chi bộ Một", "from_day": "01/07/2024"} | PAPER).status_code == 302
    assert act(as_staff, "move", tree.cell, {"parent": tree.second.pk, "from_day": "02/07/2024"} | PAPER).status_code == 302
    assert act(as_staff, "close", tree.cell, {"ending": Ending.DISSOLVED, "on_day": "03/07/2024"} | PAPER).status_code == 302
    one = Organisation.objects.get(pk=tree.cell.pk)
    assert (one.name, one.parent, one.is_closed) == ("Chi bộ Một", tree.second, True)


def test_the_tree_is_listed_from_the_root_down_and_searched_without_marks(as_staff, tree):
    response = as_staff.get(reverse("cells:organisation_list"))
    assert list(response.context["rows"]) == [tree.root, tree.first, tree.part, tree.deep, tree.cell, tree.second]
    response = as_staff.get(reverse("cells:organisation_list"), {"q": "tu phap"})
    assert list(response.context["rows"]) == [tree.second]
