"""The wizard as a clerk walks through it, a reconciliation, the refused rows as a file, the progress of a long list; two records side by side."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from khoi_party.common.excel_in import read_book
from khoi_party.common.tests.workbooks import workbook
from members.models import ImportBatch, Member, Membership, MembershipEvent, Seat
from members.services import duplicates, imports
from members.tasks import work_on_import

from .conftest import somebody
from .corpus import ALL, AN, COUNTED, DUNG, HOA, REFUSED, TITLES

WRONG = ["Lý Thị Sai", "Nữ", "31/02/1990", "03/02/2010", "", "", "Chi bộ Văn phòng"]


@pytest.fixture
def clerk(client, world):
    client.force_login(world.staff)
    return client


def send(clerk, world, data, **more):
    file = SimpleUploadedFile("danh sach.xlsx", data)
    typed = {"file": file, "purpose": "load", "organisation": world.base.pk, "cell": "", "as_of": "30/06/2026"}
    return clerk.post(reverse("members:import_new"), typed | more, follow=True)


def shown(answer):
    return answer.content.decode()


def chosen(batch):
    return {f"column_{place}": key for place, key in batch.mapping.items()}


def test_from_the_file_to_the_record_and_back(clerk, world):
    page = send(clerk, world, workbook([["ĐẢNG BỘ SỞ NỘI VỤ"], [], [*TITLES, "Chức vụ"], *([*row, "Chuyên viên"] for row in ALL), WRONG]))
    batch = ImportBatch.objects.get()
    assert page.redirect_chain[-1][0] == reverse("members:import_columns", args=[batch.pk])
    assert "Nguyễn Văn An" in shown(page)
    assert '<option value="born_on" selected>Ngày sinh</option>' in shown(page)

    page = clerk.post(reverse("members:import_columns", args=[batch.pk]), chosen(batch), follow=True)
    assert "Ghi 3 dòng vào danh sách" in shown(page)
    page = clerk.get(reverse("members:import_detail", args=[batch.pk]), {"kind": "refused"})
    assert "Ngày 31/02/1990 không có thật" in shown(page)
    assert not Member.objects.filter(full_name="Đặng Thị Dung").exists()

    page = clerk.post(reverse("members:import_apply", args=[batch.pk]), follow=True)
    assert "Đã ghi lúc" in shown(page)
    assert Member.objects.get(full_name="Đặng Thị Dung").position == "Chuyên viên"

    undo = reverse("members:import_undo", args=[batch.pk])
    assert "Lấy lại danh sách của Đảng bộ Sở Nội vụ" in shown(clerk.get(undo))
    page = clerk.post(undo, {"reason": "Nhầm tệp."}, follow=True)
    assert "Đã lấy lại lúc" in shown(page)
    assert Member.objects.get(full_name="Đặng Thị Dung").state == "void"


def test_the_refused_rows_come_back_as_a_file_that_can_be_taken_in_again(clerk, world, take_in):
    batch = take_in(workbook([TITLES, *ALL, WRONG, ["=1+1", "Nam", "01/01/1990", "", "", "", ""]]))
    answer = clerk.get(reverse("members:import_refused", args=[batch.pk]))
    data = answer.content
    (sheet,) = read_book(data).sheets
    assert sheet.rows[3][:4] == ["Dòng", "Lý do không nhập", "Họ và tên", "Giới tính"]
    assert sheet.rows[4][0:4] == [6.0, "Ngày sinh: Ngày 31/02/1990 không có thật.", "Lý Thị Sai", "Nữ"]
    again = take_in(data)
    assert [row.values.get("full_name") for row in again.rows.all()] == ["Lý Thị Sai", None]
    assert again.counts["refused"] == 2


def test_our_own_list_taken_in_again_changes_nothing(clerk, world, take_in):
    Member.objects.filter(pk=world.people.hoa.pk).update(identity_number="001185004321", home_town="Xã Tân Trào")
    answer = clerk.get(reverse("members:member_list"), {"export": "xlsx"})
    again = take_in(answer.content)
    assert (again.counts["same"], again.counts["changed"], again.counts["new"], again.counts["refused"]) == (3, 0, 0, 0)


def test_a_card_number_is_masked_in_the_preview(clerk, world, take_in):
    batch = take_in(workbook([TITLES, [*HOA[:5], "12.000002", HOA[6]]]))
    page = shown(clerk.get(reverse("members:import_detail", args=[batch.pk])))
    assert "••••••002" in page
    assert "12.000002" not in page


def test_certified_facts_ask_for_a_reason_on_the_page(clerk, world, take_in):
    batch = take_in(workbook([TITLES, [*AN[:2], "02/02/1980", *AN[3:]]]))
    url = reverse("members:import_apply", args=[batch.pk])
    assert "1 dòng sửa thông tin đã chứng nhận" in shown(clerk.get(url))
    assert "Hãy ghi lý do và văn bản" in shown(clerk.post(url, {"reason": "Theo hồ sơ gốc."}))
    document = {"document_number": "1-CV/ĐU", "document_on": "01/06/2026", "document_issuer": "Đảng ủy Sở Nội vụ"}
    assert clerk.post(url, {"reason": "Theo hồ sơ gốc.", **document}).status_code == 302
    world.people.an.refresh_from_db()
    assert world.people.an.born_on == date(1980, 2, 2)


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in ("no names in it", "nothing at all")])
def test_a_refused_file_is_said_beside_the_field_and_the_rest_of_the_form_is_kept(clerk, world, name):
    data, part = REFUSED[name]
    page = send(clerk, world, data, as_of="29/06/2026")
    assert page.status_code == 200
    assert part in shown(page)
    assert 'value="29/06/2026"' in shown(page)
    assert not ImportBatch.objects.exists()


def test_an_empty_file_and_a_cell_of_another_base_are_said_on_the_form(clerk, world):
    assert "Tệp rỗng" in shown(send(clerk, world, b""))
    page = send(clerk, world, COUNTED["good"][0], cell=world.elsewhere.pk)
    assert "Hãy chọn một chi bộ trong phạm vi của đồng chí" in shown(page)
    assert not ImportBatch.objects.exists()


def test_headings_are_pointed_at_on_the_page(clerk, world, take_in):
    batch = take_in(workbook([["Ghi chú"], ["Họ và tên", "Ngày sinh"], ["Nguyễn Văn An", "01/02/1980"]]))
    url = reverse("members:import_header", args=[batch.pk])
    assert "Ghi chú" in shown(clerk.post(url, {"sheet": "0", "header_first": "1", "header_last": "1"}, follow=True))
    assert "bằng số" in shown(clerk.post(url, {"sheet": "0", "header_first": "a", "header_last": "1"}, follow=True))
    assert clerk.post(url, {"sheet": "0", "header_first": "9", "header_last": "9"}).status_code == 409


def test_a_reconciliation_shows_ours_theirs_and_what_differs_and_prints(clerk, world, take_in):
    batch = take_in(workbook([[*TITLES, "Chức vụ"], [*AN, "Trưởng phòng"], [*DUNG, ""]]), purpose="reconcile")
    url = reverse("members:import_detail", args=[batch.pk])
    page = shown(clerk.get(url))
    for tab in ("Chỉ có trong tệp (1)", "Chỉ có ở phần mềm (2)", "Khác nhau (1)", "Giống nhau (0)"):
        assert tab in page
    ours = shown(clerk.get(url, {"kind": "ours"}))
    assert "Trần Thị Hoa" in ours
    assert "Lê Văn Bình" in ours
    assert "Phạm Văn Cũ" not in ours
    assert "Vũ Văn Xa" not in ours
    printed = shown(clerk.get(reverse("members:import_print", args=[batch.pk])))
    assert "Chức vụ, công việc: Chuyên viên → Trưởng phòng" in printed
    row = batch.rows.get(kind="changed")
    page = shown(clerk.post(reverse("members:import_accept", args=[row.pk]), follow=True))
    assert "Đã chấp nhận dòng 2 của tệp" in page
    assert "Bản in" in page
    clerk.post(reverse("members:import_close", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == "applied"


def test_ours_are_those_of_the_cell_when_the_list_is_one_cells(clerk, world, take_in):
    batch = take_in(workbook([TITLES[:6], AN[:6]]), cell=world.office, purpose="reconcile")
    ours = shown(clerk.get(reverse("members:import_detail", args=[batch.pk]), {"kind": "ours"}))
    assert "Trần Thị Hoa" in ours
    assert "Lê Văn Bình" not in ours


def test_the_progress_of_a_long_list_is_shown_until_it_is_done(clerk, world, take_in, monkeypatch):
    monkeypatch.setattr(imports, "INLINE_ROWS", 3)
    batch = take_in(COUNTED["good"][0])
    url = reverse("members:import_detail", args=[batch.pk])
    page = shown(clerk.get(url))
    assert "<progress" in page
    assert "Đang đọc và so sánh" in page
    asked = {"headers": {"HX-Request": "true"}}
    assert "HX-Refresh" not in clerk.get(url, {"progress": "1"}, **asked)
    work_on_import(batch.pk)
    assert clerk.get(url, {"progress": "1"}, **asked)["HX-Refresh"] == "true"
    assert "Ghi 2 dòng" in shown(clerk.get(url))


def test_more_rows_need_no_more_queries(clerk, world, take_in, django_assert_max_num_queries):
    from .corpus import numbered

    few, many = take_in(workbook(numbered(2))), take_in(workbook(numbered(45)))
    with django_assert_max_num_queries(60) as once:
        clerk.get(reverse("members:import_detail", args=[few.pk]))
    with django_assert_max_num_queries(len(once)):
        clerk.get(reverse("members:import_detail", args=[many.pk]))


@pytest.fixture
def twins(world):
    first = world.people.hoa
    second = somebody(
        world.inspection, full_name="Trần Thị Hoà", born_on=date(1985, 12, 31), gender="female", card_number="12.000555", position="Kế toán"
    )
    Member.objects.filter(pk=second.pk).update(full_name="Trần Thị Hoa")
    second.refresh_from_db()
    return first, second


def test_pairs_are_found_by_number_or_by_name_and_birth(world, twins):
    same_card = somebody(world.office, full_name="Lê Khác Tên", born_on=date(1960, 1, 1), card_number="12 000555")
    somebody(world.office, full_name="Trần Thị Hoa", born_on=date(1986, 1, 1))
    found = {(pair.first.pk, pair.second.pk, pair.why) for pair in duplicates.candidates(Member.objects.all())}
    first, second = twins
    assert found == {(first.pk, second.pk, "cùng họ tên và ngày sinh"), (second.pk, same_card.pk, "cùng số")}


def test_two_records_become_one_and_the_trail_of_both_can_be_read(clerk, world, twins):
    first, second = twins
    Seat.objects.create(member=second, organisation=world.inspection, post="secretary", valid_from=date(2025, 6, 1))
    assert "Trần Thị Hoa" in shown(clerk.get(reverse("members:duplicate_list")))
    url = reverse("members:duplicate_pair", args=[first.pk, second.pk])
    page = shown(clerk.get(url))
    assert "Kế toán" in page
    assert "12.000555" not in page
    typed = {"keep": first.pk, "reason": "Nhập hai lần.", "take_position": second.pk, "take_card_number": second.pk}
    before = list(Membership.objects.filter(member=first).values())
    page = clerk.post(url, typed, follow=True)
    assert "Đã gộp một hồ sơ trùng vào đây" in shown(page)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.position, first.card_number, first.state, first.cell) == ("Kế toán", "12.000555", "official", world.office)
    assert (second.state, second.merged_into, second.card_number) == ("void", first, "")
    assert list(Membership.objects.filter(member=first).values()) == before
    assert not second.memberships.exists()
    assert list(second.events.order_by("pk").values_list("kind", "note", "reverses__kind")) == [
        ("admitted", "", None),
        ("admitted", "Gộp hồ sơ trùng: Nhập hai lần.", "admitted"),
    ]
    assert first.seats.get().organisation == world.inspection
    assert AuditEntry.objects.about(first).get().action == "member.merged"
    assert AuditEntry.objects.about(second).get().action == "member.merged_away"
    assert "đã được gộp vào" in shown(clerk.get(reverse("members:member_detail", args=[second.pk])))
    assert not duplicates.candidates(Member.objects.all())


def test_what_stands_against_merging_is_said(world, twins):
    first, second = twins
    far = world.people.far
    cases = [
        ({"keep": first, "other": second, "reason": " "}, "lý do"),
        ({"keep": first, "other": first, "reason": "x"}, "hai hồ sơ khác nhau"),
        ({"keep": world.people.gone, "other": second, "reason": "x"}, "không còn sinh hoạt"),
    ]
    for case, sentence in cases:
        with pytest.raises(DomainError, match=sentence):
            duplicates.merge(case["keep"], case["other"], {}, reason=case["reason"], by=world.staff)
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        duplicates.merge(first, far, {}, reason="x", by=world.staff)
    duplicates.merge(first, second, {}, reason="x", by=world.staff)
    with pytest.raises(DomainError, match="đã được hủy hoặc gộp"):
        duplicates.merge(first, second, {}, reason="x", by=world.staff)
    assert MembershipEvent.objects.filter(reverses__isnull=False).count() == 1


def test_two_seats_in_one_committee_stand_against_merging(world, twins):
    first, second = twins
    for one in twins:
        Seat.objects.create(member=one, organisation=world.base, post="committee", valid_from=date(2025, 6, 1))
    with pytest.raises(DomainError, match="cùng một cấp ủy"):
        duplicates.merge(first, second, {}, reason="x", by=world.staff)
    second.refresh_from_db()
    assert second.state == "official"
