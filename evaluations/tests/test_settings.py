"""Local rules with their dates, and the calendar of the year."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cells.models import DatedSetting, Document
from evaluations.models import QuotaPool
from evaluations.services import cycles
from evaluations.services.cycles import open_cycle, open_review
from evaluations.services.settings import set_setting
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

    set_setting(year.root, "quota_members", QUOTA, from_day=date(2026, 1, 5), by=year.staff)

    assert {pool.body: pool.rate for pool in QuotaPool.objects.filter(subject="member")} == {year.base: 20, year.lone: 25}


def test_a_new_value_ends_the_old_one_on_its_day(place):
    set_setting(place.root, "place_name", "Vĩnh Yên", from_day=date(2020, 1, 1), by=place.staff)
    set_setting(place.root, "place_name", "Việt Trì", from_day=date(2025, 7, 1), by=place.staff)

    held = DatedSetting.objects.filter(key="place_name")
    assert held.in_force(date(2025, 6, 30)).get().value == "Vĩnh Yên"
    assert held.in_force(date(2025, 7, 1)).get().value == "Việt Trì"
    with pytest.raises(DomainError, match="phải có từ ngày sau đó"):
        set_setting(place.root, "place_name", "Hà Nội", from_day=date(2025, 7, 1), by=place.staff)
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
    typed = {"base": "good_or_better", "rate": "20", "rounding": "floor", "from_day": "01/01/2026", "document_number": "9-QĐ/ĐUK"}

    refused = client.post(address, typed).content.decode()
    assert "Hãy ghi đủ số, ngày và cơ quan ban hành" in refused
    client.post(address, typed | {"document_on": "05/01/2026", "document_issuer": "Đảng ủy Khối"})

    assert "Áp dụng từ 01/01/2026. Từ nay vượt trần bị chặn khi ban hành." in client.get(address).content.decode()
    page = client.get(reverse("evaluations:setting_list", args=[place.root.pk])).content.decode()
    assert "20% số hoàn thành tốt nhiệm vụ trở lên, bỏ phần lẻ" in page
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


def test_a_year_is_closed_and_reopened_with_a_reason(year):
    cycles.close_cycle(year.cycle, date(2027, 1, 31), by=year.staff)
    year.cycle.refresh_from_db()
    assert year.cycle.closed_on == date(2027, 1, 31)

    with pytest.raises(DomainError, match="Hãy ghi rõ lý do"):
        cycles.reopen_cycle(year.cycle, " ", by=year.staff)
    cycles.reopen_cycle(year.cycle, "Bổ sung một chi bộ.", by=year.staff)
    year.cycle.refresh_from_db()
    assert year.cycle.is_open


def test_a_year_is_not_closed_before_its_review(place):
    cycle = open_cycle(place.root, 2026, by=place.staff)

    with pytest.raises(DomainError, match="chưa mở kiểm điểm"):
        cycles.close_cycle(cycle, date(2027, 1, 31), by=place.staff)
