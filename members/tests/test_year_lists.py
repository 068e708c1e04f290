"""Lists of the year: who is due for which class, cards by the decision, papers ticked by two people at once."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Document
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.common.errors import DomainError
from members.classes import due_for
from members.models import Admission, AdmissionStep, AnnualPaper, Member
from members.services.cards import issue_cards, without_card
from members.services.classes import certify, enrol, leave_class, open_class
from members.services.papers import mark_papers, members_of_year, overview

from .factories import MemberFactory

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")


@pytest.fixture
def base(db):
    root = OrganisationFactory(name="Đảng bộ Khối", code="K")
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    base.cell = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng", code="SNV-VP")
    base.other = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Thanh tra", code="SNV-TT")
    base.staff = RoleAssignmentFactory(organisation=base).user
    base.secretary = RoleAssignmentFactory(organisation=base.cell, role=Role.SECRETARY).user
    base.helper = MemberFactory(cell=base.cell, full_name="Người Giúp Đỡ", card_number="12.000001")
    return base


def file_of(base, name, **fields):
    given = {"gender": "male", "born_on": date(1995, 5, 1), "rules": "qd294", "opened_on": date(2026, 1, 5), "helper": base.helper}
    one = Admission.objects.create(cell=base.cell, full_name=name, **given | fields)
    AdmissionStep.objects.create(admission=one, kind="helper", done_on=date(2026, 1, 5), values={"helper": base.helper.pk})
    return one


def names(kind, base, user=None):
    return [one.name for one in due_for(kind, base, user or base.staff, TODAY)]


@pytest.mark.parametrize(("certified", "is_due"), [(date(2021, 11, 24), False), (date(2021, 11, 23), True), (None, True)])
def test_a_certificate_is_good_for_sixty_months(base, certified, is_due):
    one = file_of(base, "Trần Văn Cảm")
    if certified:
        AdmissionStep.objects.create(admission=one, kind="certificate", done_on=certified)
    assert names("awareness", base) == (["Trần Văn Cảm"] if is_due else [])


def test_probationary_members_are_due_for_the_class_of_new_members_until_they_have_it(base):
    one = MemberFactory(cell=base.cell, full_name="Lê Thị Dự", state="probationary", official_on=None)
    file_of(base, "Lê Thị Dự", member=one, state="probation")
    MemberFactory(cell=base.other, full_name="Vũ Văn Về", state="probationary", official_on=None)
    assert names("new_members", base) == ["Lê Thị Dự", "Vũ Văn Về"]
    assert names("new_members", base, base.secretary) == ["Lê Thị Dự"]
    AdmissionStep.objects.create(admission=one.admissions.get(), kind="new_class", done_on=date(2026, 5, 1))
    assert names("new_members", base) == ["Vũ Văn Về"]


def a_class(base, **changes):
    given = {"kind": "awareness", "name": "Lớp khóa I", "organiser": "Trung tâm Chính trị"}
    given |= {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 6), "by": base.staff}
    return open_class(base, **given | changes)


def test_a_certificate_of_a_class_is_the_step_of_the_file(base):
    one = file_of(base, "Trần Văn Cảm")
    study = a_class(base)
    assert enrol(study, [f"file-{one.pk}"], by=base.staff) == 1
    assert enrol(study, [f"file-{one.pk}"], by=base.staff) == 0
    participant = study.participants.get()
    with pytest.raises(DomainError, match="từ ngày khai giảng đến hôm nay"):
        certify(participant, number="15/GCN", certified_on=date(2026, 3, 1), by=base.staff)
    certify(participant, number="15/GCN", certified_on=date(2026, 3, 6), by=base.staff)
    step = one.steps.standing().get(kind="certificate")
    assert (step.done_on, step.values, step.note) == (date(2026, 3, 6), {"issuer": "Trung tâm Chính trị"}, "Số 15/GCN")
    assert names("awareness", base) == []
    with pytest.raises(DomainError, match="đã ghi"):
        certify(participant, number="16/GCN", certified_on=date(2026, 3, 6), by=base.staff)
    with pytest.raises(DomainError, match="đã có giấy chứng nhận"):
        leave_class(participant, by=base.staff)


def test_classes_are_kept_by_the_staff_of_the_committee(base):
    one = file_of(base, "Trần Văn Cảm")
    with pytest.raises(PermissionDenied):
        a_class(base, by=base.secretary)
    study = a_class(base)
    with pytest.raises(PermissionDenied):
        enrol(study, [f"file-{one.pk}"], by=base.secretary)
    with pytest.raises(DomainError, match="không còn trong danh sách cần học"):
        enrol(study, ["file-999999"], by=base.staff)
    with pytest.raises(DomainError, match="không được trước ngày khai giảng"):
        a_class(base, ends_on=date(2026, 3, 1))


def test_the_page_of_a_class_from_the_due_to_the_certificate(base, client):
    one = file_of(base, "Trần Văn Cảm")
    study = a_class(base)
    client.force_login(base.staff)
    address = reverse("members:class_detail", args=[study.pk])
    assert "Trần Văn Cảm" in client.get(address).content.decode()
    client.post(reverse("members:class_enrol", args=[study.pk]), {"who": [f"file-{one.pk}"]})
    participant = study.participants.get()
    refused = client.post(address, {"certified_on": "01/03/2026", f"number-{participant.pk}": "15/GCN"})
    page = BeautifulSoup(refused.content, "html.parser")
    assert "từ ngày khai giảng đến hôm nay" in page.get_text()
    assert page.select_one(f"[name=number-{participant.pk}]")["value"] == "15/GCN"
    assert client.post(address, {"certified_on": "06/03/2026", f"number-{participant.pk}": "15/GCN"}).status_code == 302
    assert one.steps.standing().filter(kind="certificate").exists()


def decision(base):
    return Document(organisation=base, kind="decision", number="9-QĐ/ĐUK", issued_on=date(2026, 6, 1), issuer="Đảng ủy Khối")


def test_numbers_of_a_decision_go_into_the_records_and_the_refused_stay(base):
    first, second, third = (MemberFactory(cell=base.cell, full_name=f"Người {word}") for word in ("Một", "Hai", "Ba"))
    MemberFactory(cell=base.cell, full_name="Người Dự Bị", state="probationary", official_on=None)
    assert [one.full_name for one in without_card(base, base.staff).order_by("pk")] == ["Người Một", "Người Hai", "Người Ba"]

    numbers = {first.pk: "12.000777", second.pk: "12.000001", third.pk: "12345"}
    done, refused = issue_cards(base, numbers, issued_on=date(2025, 6, 2), document=decision(base), by=base.staff)

    first.refresh_from_db()
    assert (done, first.card_number, first.card_issued_on) == (1, "12.000777", date(2025, 6, 2))
    assert set(refused) == {second.pk, third.pk}  # taken; not eight digits before the exchange of cards
    assert [one.full_name for one in without_card(base, base.staff).order_by("pk")] == ["Người Hai", "Người Ba"]
    with pytest.raises(PermissionDenied):
        issue_cards(base, numbers, issued_on=date(2025, 6, 2), document=decision(base), by=base.secretary)


def test_the_list_of_cards_as_excel(base, client):
    MemberFactory(cell=base.cell, full_name="Người Một")
    client.force_login(base.staff)
    answer = client.get(reverse("members:card_list", args=[base.pk]), {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Danh sách đề nghị phát thẻ đảng viên (1-TĐV)"
    assert (rows[-1][0], rows[-1][2], rows[-1][3]) == ("Người Một", "Chi bộ Văn phòng", "Đảng bộ Sở Nội vụ")


def mark(base, changes, **more):
    return mark_papers(base.cell, 2026, changes, day=TODAY, by=base.secretary, **more)


def test_papers_are_handed_in_exempt_with_a_reason_or_missing(base):
    member = MemberFactory(cell=base.cell, full_name="Lê Thị Hoa")
    review, residence = (member.pk, "self_review"), (member.pk, "residence")
    assert mark(base, {review: ("", "received")}) == {}
    with pytest.raises(DomainError, match="Hãy ghi lý do miễn"):
        mark(base, {residence: ("", "exempt")})
    assert mark(base, {residence: ("", "exempt")}, reason="Công tác biệt phái", exempt_from=date(2026, 1, 1), exempt_to=date(2026, 12, 31)) == {}
    assert set(AnnualPaper.objects.values_list("kind", "state", "reason")) == {
        ("self_review", "received", ""),
        ("residence", "exempt", "Công tác biệt phái"),
    }
    assert mark(base, {review: ("received", "")}) == {}
    assert not AnnualPaper.objects.filter(kind="self_review").exists()
    with pytest.raises(DomainError, match="Ngày hết miễn"):
        mark(base, {review: ("", "exempt")}, reason="x", exempt_from=date(2026, 2, 1), exempt_to=date(2026, 1, 31))


def test_two_people_in_one_cell_of_the_grid_the_second_sees_it(base):
    member = MemberFactory(cell=base.cell)
    key = (member.pk, "commitment")
    mark(base, {key: ("", "received")})
    assert mark(base, {key: ("", "exempt")}, reason="Ốm dài ngày") == {key: "Ô này vừa được người khác sửa; hãy xem lại."}
    assert AnnualPaper.objects.get().state == "received"


def test_other_cells_and_other_people_are_refused(base):
    stranger = MemberFactory(cell=base.other)
    assert mark(base, {(stranger.pk, "commitment"): ("", "received")}) == {(stranger.pk, "commitment"): "Danh sách vừa thay đổi; hãy mở lại trang."}
    with pytest.raises(PermissionDenied):
        mark_papers(base.other, 2026, {}, day=TODAY, by=base.secretary)


def test_who_misses_what_is_counted_and_named(base, client):
    one, two = MemberFactory(cell=base.cell, full_name="Lê Thị Hoa"), MemberFactory(cell=base.other, full_name="Vũ Văn Nam")
    for kind in ("self_review", "commitment", "residence", "supplement"):
        mark_papers(base.other, 2026, {(two.pk, kind): ("", "received")}, day=TODAY, by=base.staff)
    mark(base, {(one.pk, "self_review"): ("", "received"), (base.helper.pk, "self_review"): ("", "received")})

    lines, missing = overview([base.cell, base.other], 2026, TODAY)

    assert [(cell, count, [number for _, number in lacking]) for cell, count, lacking in lines] == [
        (base.cell, 2, [0, 2, 2, 2]),
        (base.other, 1, [0, 0, 0, 0]),
    ]
    assert {member.full_name for member, _, _ in missing} == {"Lê Thị Hoa", "Người Giúp Đỡ"}
    client.force_login(base.staff)
    page = client.get(reverse("members:paper_overview", args=[base.pk, 2026])).content.decode()
    assert "còn 2" in page


def test_a_whole_column_is_handed_in_at_once_and_december_calls_for_the_rest(base, client, time_machine):
    MemberFactory(cell=base.cell, full_name="Lê Thị Hoa")
    client.force_login(base.secretary)
    address = reverse("members:paper_grid", args=[base.cell.pk, 2026])
    members = members_of_year(base.cell, 2026, TODAY)
    kinds = ("self_review", "commitment", "residence", "supplement")
    blank = {f"{what}-{one.pk}-{kind}": "" for what in ("paper", "was") for one in members for kind in kinds}
    assert client.post(address, blank | {"fill-self_review": "on"}).status_code == 302
    assert AnnualPaper.objects.filter(kind="self_review", state="received").count() == 2
    assert "Thu giấy tờ" not in client.get(reverse("desk:home")).content.decode()
    time_machine.move_to("2026-12-01 09:00 +0700")
    client.force_login(base.secretary)
    assert "Thu giấy tờ hằng năm 2026: còn thiếu 6" in client.get(reverse("desk:home")).content.decode()


def test_the_overview_asks_a_fixed_number_of_queries(base, client):
    client.force_login(base.staff)
    counts = []
    for number in range(2):
        MemberFactory(cell=base.cell, full_name=f"Người {number}")
        address = reverse("members:paper_overview", args=[base.pk, 2026])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert Member.objects.count() == 3
