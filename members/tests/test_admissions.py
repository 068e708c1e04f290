"""Admission files: the services, the member that comes of them, the pages."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import Document, Placement, Target, Term
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from members.admission_files import due_cards, target_lines
from members.enums import EventKind, MemberState, Stage, VettedPerson
from members.models import Admission, AdmissionStep, Member
from members.services.admissions import add_step, close_admission, move_admission, open_admission, reopen_admission, take_back_step
from members.services.movements import move_member, take_back
from members.tests.factories import MemberFactory

PERSON = {"full_name": "Nguyễn Văn Ứng", "gender": "male", "born_on": date(1995, 5, 1), "work": "Chuyên viên", "has_youth_union": False}


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")


@pytest.fixture
def base(db):
    return OrganisationFactory(parent=OrganisationFactory(name="Đảng bộ Khối"), kind=Kind.BASE_COMMITTEE)


@pytest.fixture
def cell(base):
    return OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng")


@pytest.fixture
def staff(base):
    return RoleAssignmentFactory(organisation=base, role=Role.STAFF).user


@pytest.fixture
def secretary(cell):
    return RoleAssignmentFactory(organisation=cell, role=Role.SECRETARY).user


@pytest.fixture
def members(cell):
    return [MemberFactory(cell=cell) for _ in range(2)]


def steps_of(members, voted=date(2025, 9, 1)):
    votes = {"eligible": 9, "present": 9, "agree": 6}
    return [
        ("certificate", date(2025, 2, 3), {}),
        ("application", date(2025, 7, 1), {}),
        *(("vetting", date(2025, 7, 10), {"person": one, "conclusion": "met"}) for one in VettedPerson.values),
        ("certified", date(2025, 7, 20), {}),
        *(("introduction", date(2025, 8, 1), {"introducer": "member", "member": one.pk, "months": 24}) for one in members),
        ("cell_vote", voted, votes),
        ("base_vote", date(2025, 9, 8), votes),
        ("decision", date(2025, 9, 22), {"body": "superior"}),
        ("ceremony", date(2025, 10, 6), {}),
        ("new_class", date(2026, 6, 1), {}),
        ("self_review", date(2026, 10, 6), {}),
        ("cell_recognition", date(2026, 10, 20), votes),
        ("recognition", date(2026, 11, 10), {}),
    ]


@pytest.fixture
def opened(cell, members, secretary):
    return open_admission(cell=cell, helper=members[0], opened_on=date(2025, 2, 1), by=secretary, **PERSON)


def bring(one, members, count, by):
    for kind, day, values in steps_of(members)[:count]:
        add_step(one, kind, done_on=day, values=values, by=by)
    one.refresh_from_db()
    return one


def last(one, kind):
    return one.steps.standing().filter(kind=kind).last()


def test_the_rules_of_the_day_are_frozen_into_the_file(opened, members):
    assert (opened.rules, opened.state, opened.helper) == ("qd232", Stage.LEARNING, members[0])
    assert AuditEntry.objects.filter(action="admission.helper").count() == 1


def test_a_helper_is_an_official_member_of_the_cell(cell, base, secretary):
    elsewhere = MemberFactory(cell=OrganisationFactory(parent=base, kind=Kind.CELL))
    for helper in (MemberFactory(cell=cell, state=MemberState.PROBATIONARY, official_on=None), elsewhere):
        with pytest.raises(DomainError, match="đảng viên chính thức của chi bộ"):
            open_admission(cell=cell, helper=helper, opened_on=date(2025, 2, 1), by=secretary, **PERSON)


def test_from_the_application_to_the_recognition(opened, members, secretary):
    bring(opened, members, 14, secretary)
    assert (opened.state, opened.member.state) == (Stage.PROBATION, MemberState.PROBATIONARY)
    for kind, day, values in steps_of(members)[14:]:
        add_step(opened, kind, done_on=day, values=values, by=secretary)
    opened.refresh_from_db()
    member = opened.member
    assert opened.state == Stage.RECOGNISED
    assert (member.full_name, member.state, member.cell) == ("Nguyễn Văn Ứng", MemberState.OFFICIAL, opened.cell)
    assert (member.decided_on, member.admitted_on, member.official_on) == (date(2025, 9, 22), date(2025, 10, 6), date(2026, 10, 6))
    assert list(member.events.values_list("kind", flat=True)) == [EventKind.ADMITTED, EventKind.RECOGNISED]


def test_taking_the_members_event_back_opens_the_file_again(opened, members, secretary):
    for kind, day, values in steps_of(members):
        add_step(opened, kind, done_on=day, values=values, by=secretary)
    opened.refresh_from_db()
    person = opened.member

    take_back(person.events.get(kind=EventKind.RECOGNISED), reason="Nhầm ngày", by=secretary)
    opened.refresh_from_db()
    assert (opened.state, opened.member) == (Stage.PROBATION, person)

    take_back(person.events.standing().get(), reason="Nhầm người", by=secretary)
    opened.refresh_from_db()
    person.refresh_from_db()
    assert (opened.state, opened.member, person.state) == (Stage.DECIDED, None, MemberState.VOID)
    assert last(opened, "ceremony") is None

    add_step(opened, "ceremony", done_on=date(2025, 10, 7), by=secretary)
    opened.refresh_from_db()
    assert (opened.member.admitted_on, Member.objects.active().filter(full_name="Nguyễn Văn Ứng").count()) == (date(2025, 10, 7), 1)


def test_taking_the_ceremony_back_takes_the_member_back(opened, members, secretary):
    person = bring(opened, members, 14, secretary).member
    with pytest.raises(DomainError, match="Hãy hủy bước sau đó trước: “Lễ kết nạp”"):
        take_back_step(last(opened, "cell_vote"), reason="Nhầm", by=secretary)

    take_back_step(last(opened, "ceremony"), reason="Nhầm", by=secretary)

    person.refresh_from_db()
    opened.refresh_from_db()
    assert (person.state, opened.state, opened.member) == (MemberState.VOID, Stage.DECIDED, None)


def test_a_step_is_taken_back_by_a_counter_step_and_never_changed(opened, secretary):
    step = add_step(opened, "application", done_on=date(2025, 7, 1), by=secretary)
    with pytest.raises(DomainError, match="lý do"):
        take_back_step(step, reason=" ", by=secretary)
    take_back_step(step, reason="Nhầm người", by=secretary)
    opened.refresh_from_db()
    assert (opened.state, opened.steps.filter(kind="application").count()) == (Stage.LEARNING, 2)
    with pytest.raises(DomainError, match="đã được hủy"):
        take_back_step(step, reason="Lần nữa", by=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        AdmissionStep.objects.filter(pk=step.pk).update(done_on=date(2025, 7, 2))


def test_the_third_failed_ballot_is_reported_up(opened, members, secretary):
    bring(opened, members, 10, secretary)
    for number in range(3):
        assert opened.state == Stage.DOSSIER
        add_step(opened, "cell_vote", done_on=date(2025, 9, 1) + timedelta(number), values={"eligible": 9, "present": 9, "agree": 5}, by=secretary)
        opened.refresh_from_db()
    assert opened.state == Stage.REPORTED
    with pytest.raises(DomainError, match="không biểu quyết lần thứ tư"):
        add_step(opened, "cell_vote", done_on=date(2025, 9, 5), values={"eligible": 9, "present": 9, "agree": 9}, by=secretary)


def test_a_refusal_names_its_source_and_keeps_the_file(opened, secretary):
    with pytest.raises(DomainError, match=r"Chưa thẩm tra xong.*mục 3\.3, 3\.4, Hướng dẫn số 01-HD/TW"):
        add_step(opened, "certified", done_on=date(2025, 7, 1), by=secretary)
    assert opened.steps.count() == 1


def test_what_warns_is_kept_with_the_step(opened, secretary):
    add_step(opened, "certificate", done_on=date(2025, 6, 1), by=secretary)
    step = add_step(opened, "application", done_on=date(2025, 5, 1), by=secretary)
    assert [one["rule"] for one in step.findings] == ["A12"]


def test_closed_and_reopened(opened, secretary):
    add_step(opened, "application", done_on=date(2025, 7, 1), by=secretary)
    close_admission(opened, reason="Chuyển công tác", by=secretary)
    with pytest.raises(DomainError, match="không còn mở"):
        add_step(opened, "opinions", done_on=date(2025, 7, 1), by=secretary)
    reopen_admission(opened, by=secretary)
    opened.refresh_from_db()
    assert (opened.state, opened.closed_on) == (Stage.DOSSIER, None)


def test_who_may_write(opened, base):
    for role in (Role.LEADER, Role.INSPECTOR):
        with pytest.raises(PermissionDenied):
            add_step(opened, "application", done_on=date(2025, 7, 1), by=RoleAssignmentFactory(organisation=base, role=role).user)


def test_a_deadline_is_announced_ninety_days_ahead(opened, secretary, staff):
    add_step(opened, "application", done_on=date(2026, 2, 22), by=secretary)  # twelve months: 22/02/2027, 91 days ahead
    assert due_cards(secretary, date(2026, 11, 23)) == []
    for user in (secretary, staff):
        ((card, deadline),) = due_cards(user, date(2026, 11, 24))
        assert (card.admission, deadline.due_on, card.is_overdue) == (opened, date(2027, 2, 22), False)
    assert due_cards(secretary, date(2027, 2, 23))[0][0].is_overdue


def test_targets_against_results(base, cell):
    root = base.parent
    term = Term.objects.create(organisation=root, label="2025-2030", congress_on=date(2025, 7, 25), first_year=2025, last_year=2029)
    common = {"term": term, "indicator": "admissions", "operator": "at_least", "base": "none"}
    Target.objects.create(**common, span="term", low=39, wording="Kết nạp từ 39")
    Target.objects.create(**common, span="yearly_average", low=3, wording="Bình quân từ 3")
    Placement.objects.get_or_create(organisation=cell, kind=cell.kind, parent=base, path=cell.path, valid_from=date(2010, 1, 1))
    for day in (date(2025, 7, 24), date(2025, 7, 25), date(2026, 3, 1)):
        MemberFactory(cell=cell, admitted_on=day, official_on=None, state=MemberState.PROBATIONARY)
    lines = [(one.label, one.goal, one.result, one.pace) for one in target_lines(root, date(2026, 11, 23))]
    assert lines == [
        ("Nhiệm kỳ 2025-2030", 39, 2, "Còn 37 hồ sơ, bình quân 1 một tháng."),  # 38 months to 12/2029
        ("Năm 2026", 3, 1, "Còn 2 hồ sơ, bình quân 1 một tháng."),
    ]


def test_board_and_page(client, opened, members, secretary):
    bring(opened, members, 11, secretary)  # considered on 01/09/2025: sixty working days have long passed
    client.force_login(secretary)
    board = client.get(reverse("members:admission_board"))
    text = board.content.decode()
    assert "Nguyễn Văn Ứng" in text
    assert "Chi bộ đã xét (1)" in text
    assert "Hồ sơ 660 ngày" in text
    assert "quá hạn" in text
    page = client.get(reverse("members:admission_detail", args=[opened.pk])).content.decode()
    assert "Chưa có: nghị quyết của đảng ủy cơ sở đề nghị kết nạp (mẫu 8-KNĐ)." in page
    excel = client.get(reverse("members:admission_board"), {"export": "xlsx"})
    assert excel["Content-Disposition"].startswith('attachment; filename="ket-nap-')


def test_names_are_posted(client, opened, secretary):
    client.force_login(secretary)
    answer = client.post(reverse("members:admission_board"), {"q": "ung"})
    assert (answer.status_code, "ung" in answer.url) == (302, False)
    assert "Nguyễn Văn Ứng" in client.get(answer.url).content.decode()
    assert "Không có hồ sơ nào" in client.get(client.post(reverse("members:admission_board"), {"q": "zzz"}).url).content.decode()


def test_forms_write_and_keep_what_was_typed(client, cell, members, secretary):
    client.force_login(secretary)
    typed = PERSON | {"born_on": "01/05/1995", "schooling": "upper", "helper": members[0].pk, "opened_on": "01/02/2026"}
    client.post(reverse("members:admission_new", args=[cell.pk]), typed)
    one = Admission.objects.get()
    url = reverse("members:admission_step", args=[one.pk, "cell_vote"])
    votes = {"done_on": "01/03/2026", "eligible": "9", "present": "8", "agree": "9"}
    assert "Số tán thành (9) nhiều hơn số có mặt (8)." in client.post(url, votes).content.decode()
    url = reverse("members:admission_step", args=[one.pk, "introduction"])
    paper = {"document_number": "3-KNĐ", "document_on": "01/03/2026", "document_issuer": "Đảng viên giới thiệu"}
    client.post(url, {"done_on": "01/03/2026", "introducer": "member", "member": members[1].pk, "months": "24"} | paper)
    step = one.steps.get(kind="introduction")
    assert step.values == {"introducer": "member", "member": members[1].pk, "months": 24}
    assert step.document == Document.objects.get()
    assert client.get(reverse("members:admission_step", args=[one.pk, "nothing"])).status_code == 404


def test_the_board_asks_the_same_number_of_queries_for_many_files(client, opened, cell, members, secretary):
    client.force_login(secretary)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("members:admission_board"))
        return len(queries)

    asked()
    few = asked()
    for number in range(5):
        open_admission(cell=cell, helper=members[1], opened_on=date(2026, 2, 1), by=secretary, **PERSON | {"full_name": f"Người {number}"})
    assert asked() == few


@pytest.fixture
def elsewhere(base):
    """Another cell of the base, with an official member who can help."""
    there = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Thanh tra")
    there.helper = MemberFactory(cell=there, full_name="Người Giúp Mới")
    return there


def test_an_open_file_goes_on_at_another_cell_and_comes_back(opened, members, elsewhere, cell, staff):
    bring(opened, members, 2, staff)
    step = move_admission(opened, to_cell=elsewhere, helper=elsewhere.helper, done_on=date(2025, 7, 5), note="Kèm nhận xét", by=staff)
    opened.refresh_from_db()
    assert (opened.cell, opened.helper, opened.state) == (elsewhere, elsewhere.helper, Stage.DOSSIER)
    assert step.note == "Chuyển hồ sơ từ Chi bộ Văn phòng đến Chi bộ Thanh tra. Kèm nhận xét"
    assert last(opened, "application") is not None  # nothing of the file is lost

    take_back_step(step, reason="Chuyển nhầm", by=staff)
    opened.refresh_from_db()
    assert (opened.cell, opened.helper) == (cell, members[0])


def test_a_file_is_not_moved_where_it_is_nor_to_a_stranger(opened, members, elsewhere, cell, staff, secretary):
    given = {"done_on": date(2025, 7, 5)}
    with pytest.raises(PermissionDenied):
        move_admission(opened, to_cell=elsewhere, helper=elsewhere.helper, by=secretary, **given)
    with pytest.raises(DomainError, match="chi bộ khác đang hoạt động"):
        move_admission(opened, to_cell=cell, helper=members[1], by=staff, **given)
    with pytest.raises(DomainError, match="đảng viên chính thức của chi bộ"):
        move_admission(opened, to_cell=elsewhere, helper=members[1], by=staff, **given)
    close_admission(opened, reason="Rút đơn", by=staff)
    with pytest.raises(DomainError, match="không còn mở"):
        move_admission(opened, to_cell=elsewhere, helper=elsewhere.helper, by=staff, **given)


def test_the_file_of_a_probationary_member_follows_the_member(opened, members, elsewhere, staff):
    bring(opened, members, 15, staff)
    assert opened.member is not None
    given = {"to_cell": elsewhere, "helper": elsewhere.helper, "done_on": date(2026, 2, 2), "by": staff}
    with pytest.raises(DomainError, match="chuyển sinh hoạt của đảng viên dự bị"):
        move_admission(opened, **given)
    move_member(opened.member, to_cell=elsewhere, on_day=date(2026, 2, 1), by=staff)
    opened.refresh_from_db()
    move_admission(opened, **given)
    opened.refresh_from_db()
    assert (opened.cell, opened.state) == (elsewhere, Stage.PROBATION)


def test_the_page_asks_first_where_then_who_helps(opened, elsewhere, staff, client):
    client.force_login(staff)
    address = reverse("members:admission_move", args=[opened.pk])
    assert "Chi bộ Thanh tra" in client.get(address).content.decode()
    there = f"{address}?to={elsewhere.pk}"
    assert "Người Giúp Mới" in client.get(there).content.decode()
    assert client.post(there, {"helper": elsewhere.helper.pk, "done_on": "05/07/2025", "note": ""}).status_code == 302
    opened.refresh_from_db()
    assert opened.cell == elsewhere


def test_after_the_recognition_the_file_says_whether_the_card_was_given(opened, members, staff, client):
    bring(opened, members, 99, staff)
    client.force_login(staff)
    address = reverse("members:admission_detail", args=[opened.pk])
    assert "Chưa phát thẻ" in client.get(address).content.decode()
    Member.objects.filter(pk=opened.member_id).update(card_number="12.000555", card_issued_on=date(2026, 11, 20))
    page = client.get(address).content.decode()
    assert "Đã phát thẻ, số ••••••555, ngày 20/11/2026" in page
    assert "12.000555" not in page
