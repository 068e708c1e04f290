"""The review report while it is written, what was pointed out a year ago, and the file of papers."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evaluations.models import Cycle, ReviewReport, ReviewSheet
from evaluations.report_outline import outline_of
from evaluations.services.plans import save_suggestion
from evaluations.services.reports import MOST, pointed_out, receive_papers, save_report
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError, StaleVersion


@pytest.mark.parametrize(("year", "count", "name"), [(2024, 4, ""), (2025, 9, "Mẫu 01-HD KĐ.ĐG 2025")])
def test_the_form_of_the_year(year, count, name):
    sections, form = outline_of(year)
    assert (len(sections), form) == (count, name)
    assert [section.key for section in sections if section.asks_last_year] == ["remedied"]


def test_a_draft_is_kept_with_its_version_and_one_entry_in_the_trail(year):
    report = save_report(year.sheet, {"targets": "Đạt 9/10 chỉ tiêu"}, version=0, by=year.secretary)
    again = save_report(year.sheet, {"targets": "Đạt 10/10 chỉ tiêu", "faults": "Họp chậm"}, version=1, by=year.secretary)
    assert (report.version, again.version, again.texts) == (1, 2, {"targets": "Đạt 10/10 chỉ tiêu", "faults": "Họp chậm"})
    assert save_report(year.sheet, {"faults": "Họp chậm"}, version=2, by=year.secretary).version == 2  # nothing new
    assert AuditEntry.objects.filter(action="report.begun").count() == 1


def test_two_people_do_not_write_over_each_other(year):
    save_report(year.sheet, {"targets": "Một"}, version=0, by=year.secretary)
    with pytest.raises(StaleVersion):
        save_report(year.sheet, {"targets": "Hai"}, version=0, by=year.staff)
    assert ReviewReport.objects.get().texts == {"targets": "Một"}


def test_what_cannot_be_a_report_is_refused(year):
    assert save_report(year.sheet, {"faults": "x" * MOST}, version=0, by=year.secretary).version == 1
    with pytest.raises(DomainError, match="dài quá 10000 ký tự"):
        save_report(year.sheet, {"faults": "x" * (MOST + 1)}, version=1, by=year.secretary)
    with pytest.raises(DomainError, match="không có mục đó"):
        save_report(year.sheet, {"results": "x"}, version=1, by=year.secretary)
    for who in (year.other_secretary, year.base_leader, year.inspector):
        with pytest.raises(PermissionDenied):
            save_report(year.sheet, {"faults": "x"}, version=1, by=who)
    ReviewSheet.objects.filter(pk=year.sheet.pk).update(state="accepted", submitted_at="2026-12-01T00:00Z", accepted_at="2026-12-01T00:00Z")
    with pytest.raises(DomainError, match="đã được tiếp nhận"):
        save_report(year.sheet, {"faults": "y"}, version=1, by=year.secretary)


def test_what_was_pointed_out_last_year_is_asked_for_this_year(year, client):
    before = Cycle.objects.create(root=year.root, year=2025, rulebook="qd366", cutoff_on=date(2025, 12, 31))
    sheet = ReviewSheet.objects.create(
        cycle=before, organisation=year.first, organisation_name="Chi bộ Văn phòng", organisation_kind="cell", path=year.first.path
    )
    assert pointed_out(year.sheet) == ("", "")
    save_report(sheet, {"faults": "Sinh hoạt chuyên đề còn ít"}, version=0, by=year.secretary)
    save_suggestion(sheet, attending="", suggestion="Làm rõ việc chậm báo cáo", version=0, by=year.base_staff)
    assert pointed_out(year.sheet) == ("Sinh hoạt chuyên đề còn ít", "Làm rõ việc chậm báo cáo")
    client.force_login(year.secretary)
    page = client.get(reverse("evaluations:sheet_report", args=[year.sheet.pk])).content.decode()
    assert "Sinh hoạt chuyên đề còn ít" in page
    assert "Làm rõ việc chậm báo cáo" in page


def test_the_page_saves_while_one_types_and_keeps_what_was_refused(year, client):
    client.force_login(year.secretary)
    address = reverse("evaluations:sheet_report", args=[year.sheet.pk])
    sent = {section.key: "" for section in outline_of(2026)[0]} | {"version": "0", "targets": "Đạt 9/10"}
    draft = client.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    assert "Đã lưu nháp lúc" in draft
    assert 'value="1"' in draft
    page = BeautifulSoup(client.post(address, sent | {"targets": "Khác"}).content, "html.parser")  # an old version from another window
    assert "vừa được người khác sửa" in page.get_text()
    assert page.select_one("[name=targets]").text.strip() == "Khác"
    assert "vừa được người khác sửa" in client.post(address, sent | {"targets": "Khác"}, headers={"HX-Request": "true"}).content.decode()


def test_the_superior_notes_which_papers_are_there(year, client):
    assert receive_papers(year.sheet, ["report", "minutes"], received_on=date(2026, 11, 1), by=year.base_staff) == 2
    assert receive_papers(year.sheet, ["report"], received_on=date(2026, 11, 2), by=year.base_staff) == 1
    paper = year.sheet.dossier.get()
    assert (paper.kind, paper.received_on) == ("report", date(2026, 11, 1))  # the day it came first
    with pytest.raises(PermissionDenied):
        receive_papers(year.sheet, [], received_on=date(2026, 11, 2), by=year.secretary)
    with pytest.raises(DomainError, match="Ngày nhận chưa đến"):
        receive_papers(year.sheet, [], received_on=date(2999, 1, 1), by=year.base_staff)
    client.force_login(year.base_staff)
    client.post(reverse("evaluations:sheet_dossier", args=[year.sheet.pk]), {"kinds": ["report", "rating"], "received_on": "01/11/2026"})
    assert set(year.sheet.dossier.values_list("kind", flat=True)) == {"report", "rating"}
