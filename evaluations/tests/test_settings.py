"""Local rules with their dates, and the calendar of the year."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cells.models import DatedSetting, Document, Organisation
from evaluations.models import Cycle, Decision, QuotaPool, Review, ReviewSheet
from evaluations.services import cycles
from evaluations.services.cycles import open_cycle, open_review
from evaluations.services.settings import set_setting
from khoi_party.audit.models import AuditEntry
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError

QUOTA = {"base": "good_or_better", "rate": 25, "rounding": "nearest"}


def paper(organisation):
    return Document(organisation=organisation, kind="decision", number="9-QĐ/ĐUK", issued_on=date(2026, 1, 5), issuer="Đảng ủy Khối")


def test_a_quota_reaches_the_open_year_and_blocks_once_it_is_proved(year):
    set_setting(year.root, "quota_members", QUOTA, from_day=date(2026, 1, 5), document=paper(year.root), by=year.staff)

    pools = QuotaPool.objects.filter(subject="member")
    assert {(pool.base, pool.rate, pool.rounding, pool.blocks) for pool in pools} == {("good_or_better", 25, "nearest", True)}
    assert not QuotaPool.objects.filter(subject="organisation", rate=25).exists()


def test_a_quota_does_not_reach_back_into_what_was_issued(year):
    from .test_deciding import ISSUE, accepted, issue_decision, propose_decision

    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)

    set_setting(year.root, "quota_members", QUOTA, from_day=date(2026, 1, 5), document=paper(year.root), by=year.staff)

    assert {pool.body: pool.rate for pool in QuotaPool.objects.filter(subject="member")} == {year.base: 20, year.lone: 25}


def test_a_new_value_ends_the_old_one_on_its_day(place):
    set_setting(place.root, "place_name", "Vĩnh Yên", from_day=date(2020, 1, 1), by=place.staff)
    set_setting(place.root, "place_name", "Việt Trì", from_day=date(2025, 7, 1), by=place.staff)

    held = DatedSetting.objects.filter(key="place_name")
    assert held.in_force(date(2025, 6, 30)).get().value == "Vĩnh Yên"
    assert held.in_force(date(2025, 7, 1)).get().value == "Việt Trì"
    with pytest.raises(DomainError, match=r"^Giá trị hiện nay có từ 01/07/2025; giá trị mới phải có từ ngày đó"):
        set_setting(place.root, "place_name", "Hà Nội", from_day=date(2025, 6, 30), by=place.staff)
    with pytest.raises(PermissionDenied):
        set_setting(place.root, "place_name", "Hà Nội", from_day=date(2026, 7, 1), by=place.leader)


def test_cells_decide_their_members_where_the_setting_says_so(place):
    set_setting(place.root, "members_decided_by", "cell", from_day=date(2026, 1, 1), by=place.staff)
    cycle = open_cycle(place.root, 2026, by=place.staff)
    open_review(cycle, by=place.staff)

    rows = cycle.sheets.get(organisation=place.first).reviews
    assert {row.decided_by for row in rows.filter(subject="member")} == {place.first}
    assert rows.get(subject="organisation").decided_by == place.base


def test_the_settings_pages_keep_and_explain(client, place):
    client.force_login(place.staff)
    address = reverse("evaluations:setting_change", args=[place.root.pk, "quota_organisations"])
    typed = {"base": "good_or_better", "group": "body", "rate": "20", "rounding": "floor", "from_day": "01/01/2026", "document_number": "9-QĐ/ĐUK"}

    refused = client.post(address, typed).content.decode()
    assert "Hãy ghi đủ số, ngày và cơ quan ban hành" in refused
    client.post(address, typed | {"document_on": "05/01/2026", "document_issuer": "Đảng ủy Khối"})

    assert "Áp dụng từ 01/01/2026. Từ nay vượt trần bị chặn khi ban hành." in client.get(address).content.decode()
    page = client.get(reverse("evaluations:setting_list", args=[place.root.pk])).content.decode()
    assert "20% số hoàn thành tốt nhiệm vụ trở lên, bỏ phần lẻ, chung một nhóm" in page
    assert "Quyết định số 9-QĐ/ĐUK" in page


def test_stages_are_moved_and_kept_in_order(year, client):
    client.force_login(year.staff)
    typed = {}
    for stage in year.cycle.stages.all():
        typed[f"{stage.kind}_start"], typed[f"{stage.kind}_due"] = stage.starts_on.strftime("%d/%m/%Y"), stage.due_on.strftime("%d/%m/%Y")
    address = reverse("evaluations:cycle_stages", args=[year.cycle.pk])

    refused = client.post(address, typed | {"registration_due": "01/01/2026"})
    assert "Đăng ký: hạn không được trước ngày bắt đầu." in refused.content.decode()
    assert client.post(address, typed | {"registration_due": "30/04/2026"}).status_code == 302

    assert year.cycle.stages.get(kind="registration").due_on == date(2026, 4, 30)


def test_guidance_is_uploaded_and_downloaded_by_those_who_may(year, client):
    client.force_login(year.staff)
    address = reverse("evaluations:cycle_guidance", args=[year.cycle.pk])
    typed = {"number": "05-HD/ĐUK", "issued_on": "12/01/2026"}

    refused = client.post(address, typed | {"file": SimpleUploadedFile("huong-dan.pdf", b"<html>")})
    assert "Tệp này không phải PDF hoặc Word." in refused.content.decode()
    assert client.post(address, typed | {"file": SimpleUploadedFile("Nguyễn Văn A.pdf", b"%PDF-1.7 ...")}).status_code == 302

    year.cycle.refresh_from_db()
    document = year.cycle.guidance
    assert document.file.name.endswith(".pdf")
    assert "Nguy" not in document.file.name
    assert len(document.sha256) == 64
    client.force_login(year.secretary)
    answer = client.get(reverse("cells:document_file", args=[document.pk]))
    assert answer.content == b"%PDF-1.7 ..."
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    client.force_login(year.stranger)
    assert client.get(reverse("cells:document_file", args=[document.pk])).status_code == 404


def spans(organisation, key="place_name"):
    """(value, first day, end) of every row of `key`, in the order of entry."""
    return list(DatedSetting.objects.filter(organisation=organisation, key=key).order_by("pk").values_list("value", "valid_from", "valid_to"))


def test_a_wrong_value_is_replaced_on_its_own_first_day_and_stays_in_the_trail(place):
    set_setting(place.root, "place_name", "Vĩnh Yên", from_day=date(2020, 1, 1), by=place.staff)
    set_setting(place.root, "place_name", "Viẹt Trì", from_day=date(2025, 7, 1), by=place.staff)
    set_setting(place.root, "place_name", "Việt Trì", from_day=date(2025, 7, 1), by=place.staff)

    assert spans(place.root) == [
        ("Vĩnh Yên", date(2020, 1, 1), date(2025, 7, 1)),
        ("Viẹt Trì", date(2025, 7, 1), date(2025, 7, 1)),
        ("Việt Trì", date(2025, 7, 1), None),
    ]
    assert AuditEntry.objects.filter(action="setting.changed").count() == 3


def test_a_value_mistyped_for_the_future_is_replaced_by_an_earlier_one(place):
    coming = today() + timedelta(400)
    set_setting(place.root, "place_name", "Vĩnh Yên", from_day=date(2020, 1, 1), by=place.staff)
    set_setting(place.root, "place_name", "Việt Trì", from_day=coming, by=place.staff)

    with pytest.raises(DomainError, match=r"^Giá trị trước đó có từ 01/01/2020"):
        set_setting(place.root, "place_name", "Việt Trì", from_day=date(2020, 1, 1), by=place.staff)
    set_setting(place.root, "place_name", "Việt Trì", from_day=date(2020, 1, 2), by=place.staff)

    assert spans(place.root) == [
        ("Vĩnh Yên", date(2020, 1, 1), date(2020, 1, 2)),
        ("Việt Trì", coming, coming),
        ("Việt Trì", date(2020, 1, 2), None),
    ]


def test_a_closed_year_is_not_judged_again(year):
    Cycle.objects.filter(pk=year.cycle.pk).update(closed_on=today())

    with pytest.raises(DomainError, match=r"^Năm 2026 đã kết thúc .* Hãy chọn ngày từ 01/01/2027") as refusal:
        set_setting(year.root, "quota_members", QUOTA | {"rate": 20}, from_day=date(2026, 12, 31), by=year.staff)
    set_setting(year.root, "quota_members", QUOTA | {"rate": 20}, from_day=date(2027, 1, 1), by=year.staff)

    assert refusal.value.field == "from_day"
    assert set(QuotaPool.objects.filter(subject="member").values_list("base", "rounding")) == {("good", "floor")}
    set_setting(year.root, "place_name", "Việt Trì", from_day=date(2020, 1, 1), by=year.staff)  # judges nothing


def test_a_quarter_needs_the_decision_of_the_authority(client, place):
    with pytest.raises(DomainError, match=r"^Tỷ lệ 25% chỉ áp dụng khi cấp có thẩm quyền cho phép") as refusal:
        set_setting(place.root, "quota_members", QUOTA, from_day=date(2026, 1, 5), by=place.staff)
    assert refusal.value.field == "document_number"

    client.force_login(place.staff)
    address = reverse("evaluations:setting_change", args=[place.root.pk, "quota_members"])
    typed = {"base": "good", "group": "position", "rate": "25", "rounding": "floor", "from_day": "01/01/2026"}
    page = client.post(address, typed).content.decode()
    assert "Tỷ lệ 25% phải có quyết định của cấp có thẩm quyền" in page
    paper_typed = {"document_number": "9-QĐ/TU", "document_on": "05/01/2026", "document_issuer": "Tỉnh ủy"}
    assert client.post(address, typed | paper_typed).status_code == 302
    assert DatedSetting.objects.get().value == {"base": "good", "group": "position", "rate": 25, "rounding": "floor"}


def finished(year):
    """Every sheet accepted and every row decided, as if all decisions were published."""
    ReviewSheet.objects.filter(cycle=year.cycle).update(state="accepted", submitted_at=timezone.now(), accepted_at=timezone.now())
    Review.objects.filter(sheet__cycle=year.cycle, eligibility="required").update(decided_level=2)


def test_a_year_is_closed_and_reopened_with_a_reason(year):
    finished(year)
    cycles.close_cycle(year.cycle, today(), by=year.staff)
    year.cycle.refresh_from_db()
    assert year.cycle.closed_on == today()

    with pytest.raises(DomainError, match="Hãy ghi rõ lý do"):
        cycles.reopen_cycle(year.cycle, " ", by=year.staff)
    cycles.reopen_cycle(year.cycle, "Bổ sung một chi bộ.", by=year.staff)
    year.cycle.refresh_from_db()
    assert year.cycle.is_open


def test_a_year_is_not_closed_before_its_review(place):
    cycle = open_cycle(place.root, 2026, by=place.staff)

    with pytest.raises(DomainError, match="chưa mở kiểm điểm"):
        cycles.close_cycle(cycle, today(), by=place.staff)


def test_a_year_is_not_closed_while_sheets_and_drafts_lie_there(client, year):
    decision = Decision.objects.create(cycle=year.cycle, body=year.base, title="Công nhận")
    with pytest.raises(DomainError) as refusal:
        cycles.close_cycle(year.cycle, today(), reason="Hết năm.", by=year.staff)
    assert refusal.value.message == ("Còn 1 dự thảo quyết định chưa ban hành; hãy ban hành hoặc bỏ dự thảo. Còn 4 bảng xếp loại chưa được tiếp nhận.")

    client.force_login(year.staff)
    page = client.get(reverse("evaluations:cycle_close", args=[year.cycle.pk])).content.decode()
    assert reverse("evaluations:decision_detail", args=[decision.pk]) in page
    assert page.count("Bảng xếp loại của ") == 4
    assert "Thiết lập chuyển sang năm 2027" in page
    assert "Lý do kết thúc" not in page
    year.cycle.refresh_from_db()
    assert year.cycle.is_open


def test_rows_without_a_level_are_closed_over_with_a_reason(client, year):
    finished(year)
    Review.objects.filter(pk=year.rows[0].pk).update(decided_level=None)
    client.force_login(year.staff)
    address = reverse("evaluations:cycle_close", args=[year.cycle.pk])
    typed = {"on_day": today().strftime("%d/%m/%Y"), "reason": ""}

    refused = client.post(address, typed).content.decode()
    assert "Còn 1 dòng phải xếp loại chưa có mức; hãy ghi lý do" in refused
    assert client.post(address, typed | {"reason": "Đang chờ kết luận kiểm tra."}).status_code == 302

    entry = AuditEntry.objects.get(action="cycle.closed")
    assert (entry.note, '"unrated":1' in entry.text.replace(" ", "")) == ("Đang chờ kết luận kiểm tra.", True)


def test_the_sheet_of_a_dissolved_cell_keeps_no_year_open(year):
    finished(year)
    ReviewSheet.objects.filter(organisation=year.second).update(state="open")
    with pytest.raises(DomainError, match=r"^Còn 1 bảng xếp loại"):
        cycles.close_cycle(year.cycle, today(), by=year.staff)
    Organisation.objects.filter(pk=year.second.pk).update(dissolved_on=today(), ending="dissolved")

    cycles.close_cycle(year.cycle, today(), by=year.staff)


def test_days_of_closing_and_of_the_cut_off_make_sense(year):
    finished(year)
    with pytest.raises(DomainError, match=r"^Ngày kết thúc không được sau hôm nay\.$"):
        cycles.close_cycle(year.cycle, today() + timedelta(1), by=year.staff)
    with pytest.raises(DomainError, match="không được trước ngày mở kiểm điểm"):
        cycles.close_cycle(year.cycle, today() - timedelta(1), by=year.staff)
    for wrong in (date(2024, 12, 31), date(2026, 1, 1)):
        with pytest.raises(DomainError, match=r"^Ngày chốt danh sách phải nằm trong năm 2025, muộn nhất là 31/12/2025\.$"):
            open_cycle(year.root, 2025, cutoff_on=wrong, by=year.staff)
    assert open_cycle(year.root, 2025, cutoff_on=date(2025, 1, 1), by=year.staff).cutoff_on == date(2025, 1, 1)


def test_the_ballot_of_a_cell_is_set_in_words(place, client):
    client.force_login(place.staff)
    address = reverse("evaluations:setting_change", args=[place.root.pk, "ballot_majority"])
    client.post(address, {"base": "present", "share": "2/3+", "exempt_vote": "on", "from_day": "01/01/2026"})

    assert DatedSetting.objects.get().value == {"base": "present", "part": 2, "whole": 3, "at_least": True, "exempt_vote": True}
    page = client.get(reverse("evaluations:setting_list", args=[place.root.pk])).content.decode()
    assert "từ hai phần ba trở lên số người có mặt, tính cả đảng viên được miễn" in page
