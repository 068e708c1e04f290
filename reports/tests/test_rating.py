"""The papers about a decision on levels, and the legal bases that they name."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from evaluations.models import Review
from evaluations.services.decisions import issue_decision, propose_decision, publish_decision
from evaluations.services.revisions import revise
from evaluations.tests.conftest import place, year  # noqa: F401  the small committee of the evaluation tests, its year opened
from evaluations.tests.test_deciding import ISSUE, accepted
from reports import services
from reports.building import build, freeze, thaw
from reports.figures.decisions import collect
from reports.models import Paper
from reports.tasks import build_paper


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


@pytest.fixture
def decision(year):  # noqa: F811
    found = accepted(year)
    propose_decision(found, by=year.base_staff)
    return found


@pytest.fixture
def issued(decision, year):  # noqa: F811
    issue_decision(decision, **ISSUE, by=year.base_leader)
    decision.refresh_from_db()
    return decision


def made(kind, decision, **more):
    return build(Paper(kind=kind, organisation=decision.body, decision=decision, about_key=f"decision:{decision.pk}", **more))


def text_of(built):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(built.files["pdf"])).pages)


def test_before_the_leader_it_is_a_draft_with_the_proposed_levels(decision):
    said = text_of(made("rating_decision", decision))
    assert "Dự thảo lần 1" in said
    # one organisation good; six members: one excellent, five good
    assert "01 tổ chức đảng: 01 hoàn thành tốt nhiệm vụ; 06 đảng viên: 01 hoàn thành xuất sắc nhiệm vụ, 05 hoàn thành tốt nhiệm vụ" in said


def test_once_issued_it_carries_the_number_and_the_lists(issued, year):  # noqa: F811
    built = made("rating_decision", issued)
    said = text_of(built)
    assert "Số 12-QĐ/ĐU" in said
    assert "ngày 20 tháng 12 năm 2026" in said
    assert "Dự thảo" not in said
    assert "- Căn cứ Quy định số 366-QĐ/TW, ngày 30/8/2025;" in said
    assert "- Căn cứ kết quả biểu quyết tại hội nghị ngày 18/12/2026, 8/9 đồng ý," in said
    assert "(kèm theo Quyết định số 12-QĐ/ĐU, ngày 20/12/2026 của Đảng ủy Sở Nội vụ)" in said
    for row in year.rows:
        assert row.name in said
    assert freeze(thaw(built.text)) == built.text
    members = CalamineWorkbook.from_filelike(io.BytesIO(built.files["xlsx"])).get_sheet_by_index(1).to_python()
    assert next(row[3] for row in members if row[1].startswith("Trần Văn")) == "Hoàn thành xuất sắc nhiệm vụ"


DECIDED = """
    SELECT count(*) FROM evaluations_decisionitem i JOIN evaluations_review r ON r.id = i.review_id
    WHERE i.decision_id = %s AND r.subject = %s AND i.level = %s
"""


def test_it_prints_what_the_tables_hold(issued):
    said = text_of(made("rating_decision", issued))
    for noun, subject in (("tổ chức đảng", "organisation"), ("đảng viên", "member")):
        with connection.cursor() as cursor:
            counts = []
            for level in (1, 2):
                cursor.execute(DECIDED, [issued.pk, subject, level])
                counts.append(cursor.fetchone()[0])
        names = ("hoàn thành xuất sắc nhiệm vụ", "hoàn thành tốt nhiệm vụ")
        each = ", ".join(f"{count:02d} {name}" for count, name in zip(counts, names, strict=True) if count)
        assert f"{sum(counts):02d} {noun}: {each}" in said


def test_figures_add_up_with_the_rows(issued):
    figures = collect(issued, date(2026, 12, 31))
    assert sum(figures.counts(True).values()) == len(figures.members) == 6
    assert sum(figures.counts(False).values()) == len(figures.organisations) == 1
    assert figures.counts(True) == {1: 1, 2: 5}


def test_the_notice_tells_what_the_decision_said(issued):
    said = text_of(made("rating_notice", issued, grounds=["Quy chế làm việc"]))
    assert "THÔNG BÁO" in said
    assert "Theo Quyết định số 12-QĐ/ĐU, ngày 20/12/2026 của Đảng ủy Sở Nội vụ" in said
    assert "- Căn cứ quy chế làm việc." in said  # typed; a notice has no bases of its own
    assert "Điều lệ Đảng" not in said
    assert "-TB/ĐU" in said  # as the register of numbers writes it, too
    assert "Dự thảo lần 1" in said  # the notice has a number of its own


def test_a_revision_shows_the_old_level_and_its_decision(issued, year):  # noqa: F811
    publish_decision(issued, by=year.base_staff)
    year.cycle.closed_on = date(2027, 1, 10)
    year.cycle.save()
    row = Review.objects.get(pk=year.rows[0].pk)
    again = revise(row, body=year.base, kind="adjust", level=3, reason="Phát hiện vi phạm", by=year.base_staff)
    propose_decision(again, by=year.base_staff)
    again.refresh_from_db()
    said = text_of(made("rating_revision", again))
    assert "điều chỉnh kết quả đánh giá, xếp loại chất lượng năm" in said
    for part in ("Hoàn thành xuất sắc nhiệm vụ", "12-QĐ/ĐU", "Hoàn thành nhiệm vụ", "Phát hiện vi phạm"):
        assert part in said


def test_what_people_typed_is_printed_as_it_is(issued, year):  # noqa: F811
    Review.objects.filter(pk=year.rows[0].pk).update(name="<i>Trần</i> & =1+1", position="\u202eđảo")
    said = text_of(made("rating_decision", issued))
    assert "<i>Trần</i> & =1+1" in said


def test_each_kind_is_offered_for_the_decisions_it_fits(client, issued, year):  # noqa: F811
    client.force_login(year.base_staff)

    def offered(kind):
        return [one.subject for one in client.get(reverse("reports:report_new", args=[kind])).context["choices"]]

    assert (offered("rating-decision"), offered("rating-notice"), offered("rating-revision")) == ([issued], [issued], [])
    answer = client.post(reverse("reports:report_new", args=["rating-decision"]), {"about": issued.pk})
    build_paper(Paper.objects.get().pk)
    shown = BeautifulSoup(client.get(answer.url).content, "html.parser")
    assert "Điều 1." in shown.find("article").get_text()
    assert "Ghi số, ban hành" not in shown.get_text()  # its number is the decision's
    client.force_login(year.stranger)
    assert client.get(answer.url).status_code == 404
