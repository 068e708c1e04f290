"""What a list writes, all or nothing; what undoing takes back; reconciliations row by row; the worker; the file and its end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone

from cells.enums import DocumentKind, Role
from cells.models import Document
from cells.tests.factories import RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError
from khoi_party.common.tests.workbooks import workbook
from members.models import ColumnMapping, ImportBatch, ImportRow, Member, Membership, MembershipEvent, Seat
from members.services import import_applying, import_jobs, imports, movements
from members.tasks import work_on_import

from .conftest import AS_OF
from .corpus import ALL, AN, DUNG, EM, HOA, TITLES, numbered

LIST = workbook([[*TITLES, "Chức vụ"], [*AN, "Trưởng phòng"], [*HOA[:5], "12.000002", HOA[6], ""], [*DUNG, "Kế toán"], [*EM, ""]])


def apply(batch, by, **more):
    import_applying.apply_batch(batch, by=by, **more)
    batch.refresh_from_db()


def record():
    members = list(Member.objects.order_by("pk").values_list("pk", "full_name", "position", "card_number", "state", "search_text"))
    return members, list(Membership.objects.order_by("pk").values_list("member", "cell", "valid_from", "valid_to"))


def paper(world):
    return Document(organisation=world.base, kind=DocumentKind.DECISION, number="12-CV/ĐU", issued_on=date(2026, 6, 1), issuer="Đảng ủy Sở Nội vụ")


def test_new_members_belong_from_the_day_of_the_list_and_changes_are_made(world, take_in):
    batch = take_in(LIST)
    assert (batch.counts["new"], batch.counts["changed"]) == (2, 2)
    apply(batch, world.staff)

    dung = Member.objects.get(full_name="Đặng Thị Dung")
    assert (dung.cell, dung.state, dung.card_number, dung.position) == (world.inspection, "official", "12.000777", "Kế toán")
    assert (dung.born_on, dung.admitted_on, dung.official_on, dung.version) == (date(1990, 8, 15), date(2015, 5, 19), date(2016, 5, 19), 1)
    assert list(dung.memberships.values_list("cell", "valid_from", "valid_to")) == [(world.inspection.pk, AS_OF, None)]
    assert list(dung.events.values_list("kind", "effective_on", "to_cell", "note")) == [
        ("loaded", AS_OF, world.inspection.pk, f"Dòng 4 của danh sách nhập ngày {timezone.localdate():%d/%m/%Y}")
    ]
    assert Member.objects.get(full_name="Hoàng Văn Em").state == "probationary"
    world.people.an.refresh_from_db()
    assert (world.people.an.position, world.people.an.version) == ("Trưởng phòng", 2)
    world.people.hoa.refresh_from_db()
    assert (world.people.hoa.card_number, world.people.hoa.search_text) == ("12.000002", "tran thi hoa")
    assert Member.objects.belonging_on(AS_OF).get(pk=dung.pk).cell_then == world.inspection.pk
    assert not Member.objects.belonging_on(AS_OF - timedelta(1)).filter(pk=dung.pk).exists()


def test_the_trail_has_the_list_with_its_counts_and_each_changed_record(world, take_in):
    batch = take_in(LIST)
    apply(batch, world.staff)
    entry = AuditEntry.objects.about(batch).order_by("number").last()
    assert (entry.action, entry.summary) == ("import.applied", "Nhập danh sách đảng viên: 2 mới, 2 thay đổi, 0 không đổi, 0 bị từ chối.")
    assert AuditEntry.objects.about(world.people.an).get().text == '{"fields":["position"]}'
    assert "Nguyễn" not in "".join(AuditEntry.objects.values_list("text", flat=True))
    assert verify_chain() == []


def test_from_mau_7_who_came_from_elsewhere_came_on_that_day(world, take_in):
    from .corpus import FORM_7

    batch = take_in(workbook(FORM_7), cell=world.office)
    apply(batch, world.staff, reason="Đối chiếu quý II.", document=paper(world))
    dung = Member.objects.get(full_name="Đặng Thị Dung")
    assert list(dung.events.values_list("kind", "effective_on", "outside")) == [("transferred_in", date(2020, 7, 1), "Đảng bộ phường Tân Quang")]
    assert dung.memberships.get().valid_from == date(2020, 7, 1)
    assert (dung.gender, dung.ethnicity, dung.religion, dung.home_town) == ("female", "Tày", "", "Tỉnh Cao Bằng")
    assert (dung.occupation_before, dung.position, dung.card_number) == ("Sinh viên", "Kế toán viên", "12.000777")
    assert (dung.general_education, dung.born_on, dung.born_precision) == ("12/12", date(1990, 8, 15), "day")
    world.people.an.refresh_from_db()
    assert (world.people.an.record_number, world.people.an.home_town, world.people.an.version) == ("026145VP", "Tỉnh Hà Nam", 2)


def test_dates_known_in_part_are_kept_as_far_as_they_are_known_and_come_back(world, take_in):
    titles = ["Họ và tên", "Giới tính", "Năm sinh", "Ngày vào Đảng", "Ngày chính thức", "Trình độ chuyên môn", "LLCT", "Mã chi bộ"]
    batch = take_in(workbook([titles, ["Lò Văn Già", "Nam", 1940, "5/1965", "1967", "Đại học Sư phạm", "Cao cấp", "SNV-TT"]]))
    apply(batch, world.staff)
    found = Member.objects.get(full_name="Lò Văn Già")
    assert (found.born_text, found.admitted_text, found.official_text) == ("1940", "05/1965", "1967")
    assert (found.education, found.speciality, found.theory_level) == ("bachelor", "Sư phạm", "advanced")
    again = take_in(workbook([titles, ["Lò Văn Già", "Nam", 1940, "5/1965", "1967", "Đại học Sư phạm", "Cao cấp", "SNV-TT"]]))
    assert again.counts["same"] == 1
    known = take_in(workbook([[*titles, "Số thẻ"], ["Lò Văn Già", "Nam", 1940, "19/05/1965", "", "", "", "", "12.000321"]]))
    assert known.rows.get().changes == {"admitted_on": ["1965-05", "1965-05-19"], "card_number": [None, "12.000321"]}
    apply(known, world.staff, reason="Theo hồ sơ gốc.", document=paper(world))
    found.refresh_from_db()
    assert found.admitted_text == "19/05/1965"
    import_applying.undo(known, reason="Nhầm.", by=world.staff)
    found.refresh_from_db()
    assert (found.admitted_text, found.card_number) == ("05/1965", "")


def test_undone_within_the_day_all_is_as_before_and_the_number_is_free(world, take_in):
    before = record()
    batch = take_in(LIST)
    apply(batch, world.staff)
    import_applying.undo(batch, reason="Nhầm tệp.", by=world.staff)

    after = record()
    gone = Member.objects.filter(full_name="Đặng Thị Dung").get()
    assert (gone.state, gone.card_number, gone.memberships.count()) == ("void", "", 0)
    assert list(gone.events.order_by("pk").values_list("kind", "sequence", "note", "reverses__kind"))[1] == ("loaded", 2, "Nhầm tệp.", "loaded")
    assert not gone.events.standing().exists()
    assert after[1] == before[1]
    assert [row for row in after[0] if row[4] != "void"] == before[0]
    again = take_in(LIST)
    assert (again.counts["new"], again.counts["changed"]) == (2, 2)
    apply(again, world.staff)
    assert Member.objects.get(card_number="12.000777").state == "official"


def test_the_next_day_it_is_too_late(world, take_in):
    batch = take_in(LIST)
    apply(batch, world.staff)
    ImportBatch.objects.update(applied_at=timezone.now() - timedelta(days=1))
    with pytest.raises(DomainError, match="Chỉ lấy lại được trong ngày ghi"):
        import_applying.undo(batch, reason="Nhầm.", by=world.staff)


def somebody_edits(world):
    Member.objects.filter(pk=world.people.an.pk).update(version=9)


def somebody_moves(world):
    movements.move_member(Member.objects.get(full_name="Đặng Thị Dung"), to_cell=world.office, on_day=date(2026, 7, 2), by=world.staff)


def somebody_seats(world):
    member = Member.objects.get(full_name="Đặng Thị Dung")
    Seat.objects.create(member=member, organisation=world.inspection, post="secretary", valid_from=date(2026, 7, 2))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [(somebody_edits, r"sau khi nhập \(dòng 2 "), (somebody_moves, r"sau khi nhập \(dòng 4 "), (somebody_seats, r"“cấp ủy viên” \(dòng 4 ")],
)
def test_what_somebody_did_since_stands_in_the_way_of_undoing(world, take_in, act, sentence):
    batch = take_in(LIST)
    apply(batch, world.staff)
    act(world)
    before = record()
    with pytest.raises(DomainError, match=sentence):
        import_applying.undo(batch, reason="Nhầm.", by=world.staff)
    batch.refresh_from_db()
    assert (record(), batch.state) == (before, "applied")


def test_a_number_that_went_to_somebody_else_stands_in_the_way_of_undoing(world, take_in):
    batch = take_in(workbook([["Họ và tên", "Ngày sinh", "Số CCCD"], ["Nguyễn Văn An", "01/02/1980", "001080001234"]]))
    apply(batch, world.staff)
    Member.objects.filter(pk=world.people.an.pk).update(card_number="")
    row = batch.rows.get()
    row.changes |= {"card_number": ["12.000002", "12.000001"]}
    row.save()
    Member.objects.filter(pk=world.people.hoa.pk).update(card_number="12.000002")
    with pytest.raises(DomainError, match="nay thuộc hồ sơ khác"):
        import_applying.undo(batch, reason="Nhầm.", by=world.staff)


def test_undoing_needs_a_reason_and_happens_once(world, take_in):
    batch = take_in(LIST)
    apply(batch, world.staff)
    with pytest.raises(DomainError, match="lý do"):
        import_applying.undo(batch, reason=" ", by=world.staff)
    import_applying.undo(batch, reason="Nhầm.", by=world.staff)
    with pytest.raises(DomainError, match="không có gì để lấy lại"):
        import_applying.undo(batch, reason="Nhầm.", by=world.staff)


def test_certified_facts_are_corrected_only_with_a_reason_and_a_document(world, take_in):
    batch = take_in(workbook([TITLES, ["Nguyễn Văn An", "Nam", "02/02/1980", "", "", "12.000001", ""]]))
    assert batch.counts["changed"] == 1
    for given in ({}, {"reason": "Theo hồ sơ gốc."}, {"document": paper(world)}):
        with pytest.raises(DomainError, match="đã chứng nhận") as refused:
            apply(batch, world.staff, **given)
        assert refused.value.field == "reason"
    apply(batch, world.staff, reason="Theo hồ sơ gốc.", document=paper(world))
    world.people.an.refresh_from_db()
    assert world.people.an.born_on == date(1980, 2, 2)
    assert AuditEntry.objects.about(world.people.an).get().note == "Theo hồ sơ gốc."


def test_a_record_saved_after_the_preview_stops_the_whole_list(world, take_in):
    batch = take_in(LIST)
    somebody_edits(world)
    before = record()
    with pytest.raises(DomainError, match="dòng 2 của tệp"):
        apply(batch, world.staff)
    assert record() == before
    assert ImportBatch.objects.get().state == "ready"


def test_a_person_entered_after_the_preview_stops_the_whole_list(world, take_in):
    batch = take_in(LIST)
    details = {"full_name": "Đặng Thị Dung", "gender": "female", "born_on": date(1990, 8, 15)}
    movements.admit_member(cell=world.office, admitted_on=date(2015, 5, 19), by=world.staff, **details)
    before = record()
    with pytest.raises(DomainError, match="dòng 4 của tệp"):
        apply(batch, world.staff)
    assert record() == before


def test_a_number_taken_after_the_preview_stops_the_whole_list(world, take_in):
    batch = take_in(LIST)
    Member.objects.filter(pk=world.people.far.pk).update(card_number="12.000777")
    before = record()
    with pytest.raises(DomainError, match="trùng số thẻ"):
        apply(batch, world.staff)
    assert record() == before


def test_a_list_is_written_once(world, take_in):
    batch = take_in(LIST)
    apply(batch, world.staff)
    with pytest.raises(DomainError, match="đã ghi"):
        apply(batch, world.staff)
    with pytest.raises(DomainError, match="không sửa được nữa"):
        imports.drop(batch, by=world.staff)
    assert Member.objects.filter(full_name="Đặng Thị Dung").count() == 1


def test_the_same_list_again_changes_nothing(world, take_in):
    apply(take_in(LIST), world.staff)
    again = take_in(LIST)
    assert again.counts == {"new": 0, "changed": 0, "same": 4, "refused": 0}
    with pytest.raises(DomainError, match="Không có dòng nào"):
        apply(again, world.staff)


def test_only_staff_of_the_scope_load_and_only_below_them(world, take_in):
    batch = take_in(LIST)
    secretary = RoleAssignmentFactory(organisation=world.base, role=Role.SECRETARY).user
    leader = RoleAssignmentFactory(organisation=world.root, role=Role.LEADER).user
    other = RoleAssignmentFactory(organisation=world.away).user
    for user in (secretary, leader, other):
        assert not ImportBatch.objects.visible_to(user).exists()
        with pytest.raises(PermissionDenied):
            import_applying.apply_batch(batch, by=user)
        with pytest.raises(PermissionDenied):
            imports.upload(LIST, name="x.xlsx", organisation=world.base, purpose="load", as_of=AS_OF, by=user)
    with pytest.raises(PermissionDenied):
        imports.upload(LIST, name="x.xlsx", organisation=world.base, cell=world.elsewhere, purpose="load", as_of=AS_OF, by=world.staff)


def test_the_file_goes_when_the_list_is_written_or_dropped_or_after_a_day(world, take_in, django_capture_on_commit_callbacks):
    written, dropped, left, compared = take_in(LIST), take_in(LIST), take_in(LIST), take_in(LIST, purpose="reconcile")
    names = [batch.file.name for batch in (written, dropped, left, compared)]
    assert all(default_storage.exists(name) and "ds" not in name for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        apply(written, world.staff)
    with django_capture_on_commit_callbacks(execute=True):
        imports.drop(dropped, by=world.staff)
    assert [default_storage.exists(name) for name in names] == [False, False, True, True]
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert imports.tidy() == 2
    assert not any(default_storage.exists(name) for name in names)
    left.refresh_from_db()
    assert (left.state, left.rows.count()) == ("dropped", 0)
    compared.refresh_from_db()
    assert (compared.state, compared.rows.count()) == ("ready", 4)
    with pytest.raises(DomainError, match="tải lên lại"):
        imports.book_of(compared)


def test_columns_chosen_once_are_remembered_for_the_same_headings(world, take_in):
    data = workbook([["Họ và tên", "Sinh", "Mã số"], ["Nguyễn Văn An", "01/02/1980", "12.000001"]])
    batch = imports.upload(data, name="a.xlsx", organisation=world.base, purpose="load", as_of=AS_OF, by=world.staff)
    assert batch.mapping == {"0": "full_name"}
    imports.choose_columns(batch, {0: "full_name", 1: "born_on", 2: "card_number"}, by=world.staff)
    assert ColumnMapping.objects.get().mapping == {"0": "full_name", "1": "born_on", "2": "card_number"}
    again = imports.upload(data, name="b.xlsx", organisation=world.base, purpose="load", as_of=AS_OF, by=world.staff)
    assert again.mapping == {"0": "full_name", "1": "born_on", "2": "card_number"}


def test_one_field_in_two_columns_is_asked_back(world, take_in):
    batch = take_in(LIST)
    with pytest.raises(DomainError, match="Hai cột cùng được chọn là “Ngày sinh”"):
        imports.choose_columns(batch, {0: "full_name", 1: "born_on", 2: "born_on"}, by=world.staff)


def test_headings_can_be_pointed_at(world, take_in):
    batch = take_in(workbook([["Ghi chú"], ["Họ và tên", "Ngày sinh"], ["Nguyễn Văn An", "01/02/1980"]]))
    assert (batch.header_first, batch.header_last) == (1, 1)
    moved = imports.choose_header(batch, sheet=0, first=0, last=0, by=world.staff)
    assert (moved.titles, moved.state, moved.rows.count()) == (["Ghi chú", ""], "uploaded", 0)
    for first, last in ((5, 5), (1, 0), (0, 3)):
        with pytest.raises(DomainError, match="Dòng tiêu đề"):
            imports.choose_header(batch, sheet=0, first=first, last=last, by=world.staff)


def test_a_reconciliation_is_accepted_row_by_row(world, take_in):
    batch = take_in(LIST, purpose="reconcile")
    with pytest.raises(DomainError, match="từng dòng"):
        apply(batch, world.staff)
    new = batch.rows.get(values__full_name="Đặng Thị Dung")
    changed = batch.rows.get(member=world.people.an)
    import_applying.accept_row(new, by=world.staff)
    import_applying.accept_row(changed, by=world.staff)
    assert Member.objects.get(full_name="Đặng Thị Dung").state == "official"
    assert not Member.objects.filter(full_name="Hoàng Văn Em").exists()
    world.people.an.refresh_from_db()
    world.people.hoa.refresh_from_db()
    assert (world.people.an.position, world.people.hoa.card_number) == ("Trưởng phòng", "")
    with pytest.raises(DomainError, match="đã được chấp nhận"):
        import_applying.accept_row(new, by=world.staff)
    import_applying.close_reconciliation(batch, by=world.staff)
    import_applying.undo(ImportBatch.objects.get(), reason="Nhầm.", by=world.staff)
    world.people.an.refresh_from_db()
    assert world.people.an.position == "Chuyên viên"
    assert Member.objects.get(full_name="Đặng Thị Dung").state == "void"


def test_a_long_list_is_left_to_the_worker(world, take_in, monkeypatch):
    monkeypatch.setattr(imports, "INLINE_ROWS", 3)
    monkeypatch.setattr(import_applying, "INLINE_ROWS", 1)
    batch = take_in(workbook([TITLES, *ALL]))
    assert (batch.state, batch.job, batch.rows.count()) == ("uploaded", "preview", 0)
    with pytest.raises(DomainError, match="đang được xử lý"):
        imports.drop(batch, by=world.staff)
    work_on_import(batch.pk)
    work_on_import(batch.pk)  # a message that comes twice
    batch.refresh_from_db()
    assert (batch.state, batch.job, batch.counts["new"]) == ("ready", "", 2)
    apply(batch, world.staff)
    assert (batch.state, batch.job) == ("ready", "apply")
    work_on_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.job, batch.applied_by) == ("applied", "", world.staff)
    assert Member.objects.filter(full_name="Đặng Thị Dung").count() == 1


def test_a_worker_that_lost_the_list_writes_nothing(world, take_in, monkeypatch):
    monkeypatch.setattr(imports, "INLINE_ROWS", 3)
    batch = take_in(workbook([TITLES, *ALL]))
    first = import_jobs.claim(batch.pk)
    assert import_jobs.claim(batch.pk) is None
    ImportBatch.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=121))
    sent = []
    assert import_jobs.sweep(sent.append) == (1, 0)
    second = import_jobs.claim(batch.pk)
    assert (sent, second) == ([batch.pk], first + 1)
    with pytest.raises(import_jobs.JobLost):
        imports.compare(batch, first)
    assert not ImportRow.objects.exists()
    imports.compare(batch, second)
    assert ImportRow.objects.count() == 4


def test_after_three_deaths_the_work_is_given_up_with_a_sentence(world, take_in, monkeypatch):
    monkeypatch.setattr(imports, "INLINE_ROWS", 3)
    batch = take_in(workbook([TITLES, *ALL]))
    ImportBatch.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=121), tries=3)
    assert import_jobs.sweep([].append) == (0, 1)
    batch.refresh_from_db()
    assert (batch.job, batch.failure) == ("", import_jobs.GIVEN_UP)


def test_what_the_worker_cannot_do_is_said_on_the_page(world, take_in, monkeypatch):
    monkeypatch.setattr(imports, "INLINE_ROWS", 3)
    batch = take_in(workbook([TITLES, *ALL]))
    default_storage.delete(batch.file.name)
    work_on_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.job, batch.state) == ("", "uploaded")
    assert "tải lên lại" in batch.failure


def test_many_rows_are_written_whole(world, take_in):
    batch = take_in(workbook(numbered(2500)))
    apply(batch, world.staff)
    assert Member.objects.filter(card_number__startswith="33.").count() == 2500
    assert Membership.objects.filter(valid_from=AS_OF).count() == 2500
    assert MembershipEvent.objects.filter(kind="loaded").count() == 2500
    import_applying.undo(batch, reason="Thử.", by=world.staff)
    assert Member.objects.filter(state="void", card_number="").count() == 2500
    assert not Membership.objects.filter(valid_from=AS_OF).exists()
