"""A year with all that the report may know: plans, reports, complaints, collectives, cadres, the register; its page and the lists behind."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.models import Document
from evaluations.models import Complaint, Cycle, Opinion, OutsideRating, QuotaPool, Review, ReviewPlan, ReviewReport
from members.models import Member
from reports import services
from reports.figures.year import collect
from reports.figures.year_values import Entry, Judged
from reports.models import Paper
from reports.papers.framing import framing_of
from reports.papers.year_report import write
from reports.tasks import build_paper

DAY = date(2019, 1, 15)
NOON = "2019-01-10T05:00:00Z"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def row_of(unit, **more):
    return Review.objects.filter(sheet__organisation=unit, sheet__cycle__year=2018, **more).order_by("pk")


@pytest.fixture
def full(two_years):
    """2018 with more than levels: the base met after a suggestion and sent its report, two objections, a cadre, two collectives, a cap."""
    world = two_years
    world.cycle = Cycle.objects.get(year=2018)
    world.paper = Document.objects.create(organisation=world.root, kind="other", number="30-TB/TU", issued_on=date(2019, 1, 9), issuer="Tỉnh ủy")
    sheet = world.cycle.sheets.get(organisation=world.base)
    ReviewPlan.objects.create(
        sheet=sheet,
        meets_on=date(2018, 12, 8),
        held_on=date(2018, 12, 8),
        attending="Phó Bí thư",
        suggestion="Làm rõ hai việc",
        answer="Đã làm",
        suggested_at=NOON,
    )
    ReviewPlan.objects.create(
        sheet=world.cycle.sheets.get(organisation=world.lone), meets_on=date(2019, 1, 20), suggestion="Việc học", suggested_at=NOON
    )
    ReviewReport.objects.create(sheet=sheet, texts={"results": "Đã làm"}, version=2)
    Opinion.objects.create(review=row_of(world.base, subject="organisation").get(), voice="self", level=1)
    common = {"year": 2018, "document": world.paper, "entered_at": NOON}
    OutsideRating.objects.create(kind="leadership_collective", organisation=world.base, level=2, **common)
    collective = Review.objects.create(
        sheet=world.cycle.sheets.get(organisation=world.lone),
        subject="collective",
        name="Tập thể lãnh đạo Liên minh Hợp tác xã",
        decided_by=world.root,
        decided_level=2,
    )
    for voice, level in (("self", 1), ("proposed", 2)):
        Opinion.objects.create(review=collective, voice=voice, level=level)
    _rows_of_members(world, common)
    pool = QuotaPool.objects.create(
        cycle=world.cycle, body=world.root, subject="organisation", group="Tổ chức đảng", base="good", rate=20, citation="Quy định số 132-QĐ/TW"
    )
    Review.objects.filter(sheet__cycle=world.cycle, subject="organisation", sheet__organisation__in=[world.base, world.lone]).update(pool=pool)
    decided, below = row_of(world.lone, subject="member", decided_level=2).get(), row_of(world.first, subject="member").last()
    Complaint.objects.create(review=decided, source="subject", received_on=date(2019, 1, 11), summary="Xem lại", recorded_by=world.staff)
    answered = {"outcome": "kept", "answered_on": date(2019, 1, 14), "answer": "Giữ nguyên"}
    Complaint.objects.create(review=below, source="body", received_on=date(2019, 1, 10), summary="Xem lại", recorded_by=world.staff, **answered)
    return world


def _rows_of_members(world, common):
    """The base decides on its own members; the first three are members on record, one of them rated as a cadre."""
    Review.objects.filter(sheet__cycle=world.cycle, subject="member", sheet__organisation__in=[world.first, world.second]).update(
        decided_by=world.base
    )
    people = Member.objects.filter(cell=world.first).order_by("pk")
    for number, (row, member) in enumerate(zip(row_of(world.first, subject="member"), people, strict=True)):
        Member.objects.filter(pk=member.pk).update(born_on=date(1980 + number, 5, 1))
        Review.objects.filter(pk=row.pk).update(member=member, position="Giám đốc Sở" if number == 0 else "")
        Opinion.objects.create(review=row, voice="self", level=1)
        Opinion.objects.create(review=row, voice="cell_vote", level=2)
    Opinion.objects.create(review=row_of(world.first, subject="member").first(), voice="proposed", level=1)
    earlier = Review.objects.filter(sheet__organisation=world.first, sheet__cycle__year=2017, subject="member").order_by("pk")
    Review.objects.filter(pk=earlier.last().pk).update(member=people[1])
    OutsideRating.objects.create(kind="leading_cadre", member=people[0], level=2, **common)


def written(world, organisation=None, **more):
    organisation = organisation or world.root
    return write(collect(organisation, world.cycle, DAY, **more), framing_of(organisation, DAY), {})


def table(paper, start):
    return next(block for section in paper.sections for block in section.blocks if block.kind == "table" and start in block.caption)


def said(paper):
    return [block.text for section in paper.sections for block in section.blocks if block.kind == "sentence"]


def test_collectives_show_what_is_known_and_a_dash_for_the_rest(full):
    found = collect(full.root, full.cycle, DAY).collectives
    source = "Văn bản khác số 30-TB/TU, ngày 09/01/2019"
    assert found == (
        Judged("Tập thể lãnh đạo, quản lý Đảng bộ Sở Nội vụ", "", None, None, 2, source),
        Judged("Đảng ủy Sở Nội vụ", "", 1, None, None, from_report=True),
        Judged("Tập thể lãnh đạo Liên minh Hợp tác xã", "", 1, 2, 2),
    )
    paper = written(full)
    shown = table(paper, "tập thể lãnh đạo")
    assert [[cell.text for cell in row.cells][2:] for row in shown.rows] == [
        ["–", "–", "HTTNV (1)"],
        ["HTXSNV", "–", "–"],
        ["HTXSNV", "HTTNV", "HTTNV"],
    ]
    assert f"(1) Theo {source[0].lower()}{source[1:]}." in shown.footnotes
    assert "–: chưa có thông tin." in shown.footnotes
    assert "Có 01 tập thể lãnh đạo, quản lý được cấp có thẩm quyền xếp loại: 01 hoàn thành tốt nhiệm vụ." in said(paper)
    assert "Có 01 cấp ủy trực thuộc gửi báo cáo kiểm điểm kèm mức tự xếp loại." in said(paper)


def test_a_report_that_was_not_sent_says_nothing(full):
    full.cycle.sheets.filter(organisation=full.base).update(state="returned")
    assert not any(one.from_report for one in collect(full.root, full.cycle, DAY).collectives)


def test_cadres_are_those_whom_the_body_decides_on_or_who_were_rated_as_such(full):
    found = collect(full.root, full.cycle, DAY).cadres
    # the director, rated by others; the two members of the cell whose level the Khối itself gives, one of them exempt
    assert [(one.name, one.position, one.own, one.proposed, one.level, bool(one.source)) for one in found] == [
        ("Người 0", "Giám đốc Sở", 1, 1, 2, True),
        ("Người 0", "", None, None, 2, False),
        ("Người 1", "", None, None, None, False),
    ]
    assert any(
        "Trong 03 cán bộ nêu tại bảng dưới đây có 01 có quyết định: 01 hoàn thành tốt nhiệm vụ; 01 được" in text for text in said(written(full))
    )
    # a base decides on everybody: its paper names the director alone, with the level that was given to him as a cadre
    assert [(one.position, one.proposed, one.level) for one in collect(full.base, full.cycle, DAY).cadres] == [("Giám đốc Sở", 1, 2)]
    # what is proposed to the Khối is the Khối's own matter
    row_of(full.first, subject="member").update(decided_by=full.root)
    assert [(one.own, one.proposed, one.level) for one in collect(full.base, full.cycle, DAY).cadres] == [(1, None, 2)]


def test_the_work_of_the_year_is_counted(full):
    work = collect(full.root, full.cycle, DAY).work
    assert (work.suggested, work.answered, work.planned, work.held, work.attended, work.reports) == (2, 1, 2, 1, 1, 1)
    assert (work.complaints, work.complaints_open, work.complaints_kept, work.complaints_revised) == (2, 1, 1, 0)
    text = said(written(full))
    assert "Có 02 tổ chức đảng được gợi ý kiểm điểm; 01 tổ chức đảng đã giải trình theo gợi ý." in text
    assert "Có 01/05 tổ chức đảng đã họp kiểm điểm (20%); 04 tổ chức đảng chưa có thông tin về ngày họp." in text
    assert any("đã nhận 02 khiếu nại, kiến nghị" in one and "đang xem xét 01." in one for one in text)
    # what the Khối decided lies with the Khối: the base's report knows of its own complaint alone
    assert collect(full.base, full.cycle, DAY).work.complaints == 1
    Review.objects.filter(sheet__organisation=full.first, subject="member").update(decided_by=full.root)
    assert collect(full.base, full.cycle, DAY).work.complaints == 0


def test_the_real_share_stands_beside_the_cap_and_its_source(full):
    shown = table(written(full), "Đối chiếu")
    assert [cell.text for cell in shown.rows[0].cells] == ["Tổ chức đảng", "2", "1", "1", "100", "20", "0"]
    assert "Trần theo Quy định số 132-QĐ/TW." in shown.footnotes
    assert "Số tối đa: bỏ phần lẻ; chưa có văn bản xác nhận cơ sở tính và cách làm tròn." in shown.footnotes


def test_the_register_stands_by_unit_and_counts_anew_in_each(full):
    figures = collect(full.root, full.cycle, DAY, with_register=True)
    assert [(unit.name, len(unit.entries)) for unit in figures.register] == [("Đảng bộ Sở Nội vụ", 4), ("Chi bộ Liên minh Hợp tác xã", 2)]
    assert figures.register[0].entries[:2] == (
        Entry("Người 0", 1980, "Chi bộ Văn phòng", "Giám đốc Sở", None, 1, 2, 1, ""),
        Entry("Người 1", 1981, "Chi bộ Văn phòng", "", 2, 1, 2, 2, ""),
    )
    appendix = written(full, with_register=True).appendices[-1]
    rows = [(row.kind, [cell.text for cell in row.cells]) for row in appendix.table.rows]
    assert rows[0] == ("group", ["Đảng bộ Sở Nội vụ: 4 đảng viên"])
    assert rows[2] == ("plain", ["2", "Người 1", "1981", "Chi bộ Văn phòng", "", "HTTNV", "HTXSNV", "HTTNV", "HTTNV", ""])
    assert rows[5] == ("group", ["Chi bộ Liên minh Hợp tác xã: 2 đảng viên"])
    assert rows[7] == ("plain", ["2", "Người 1", "–", "Chi bộ Liên minh Hợp tác xã", "", "–", "–", "–", "–", "Miễn"])
    assert sum(kind == "plain" for kind, _ in rows) == figures.members.total
    assert appendix.landscape
    assert len(appendix.table.columns) == 10


def test_reading_takes_as_many_queries_for_ten_times_the_members(full):
    def queries():
        cycle = Cycle.objects.select_related("guidance").get(pk=full.cycle.pk)
        organisation = type(full.root).objects.get(pk=full.root.pk)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            collect(organisation, cycle, DAY, with_register=True)
        return len(caught)

    before = queries()
    sheet = full.cycle.sheets.get(organisation=full.first)
    many = [Review(sheet=sheet, subject="member", name=f"Người thêm {number}", decided_by=full.root, decided_level=2) for number in range(60)]
    for row in Review.objects.bulk_create(many):
        Opinion.objects.create(review=row, voice="self", level=2)
    assert queries() == before < 24


def made(client, world, **options):
    client.force_login(world.staff)
    url = reverse("reports:report_new", args=["year-report"])
    answer = client.post(url, {"about": f"{world.cycle.pk}-{world.root.pk}"} | options)
    paper = Paper.objects.latest("pk")
    build_paper(paper.pk)
    return paper, BeautifulSoup(client.get(answer.url).content, "html.parser")


def test_every_figure_of_the_page_opens_as_many_rows(client, full):
    paper, soup = made(client, full)
    assert paper.options == {"register": False}
    links = {}
    for link in soup.find("article").find_all("a"):
        if "/rows/" in link["href"]:
            links.setdefault(link["href"], set()).add(" ".join(link.get_text().split()))
    in_sentences = {"plans-suggested": 2, "sheets-sent": 5, "plans-held": 1, "reports": 1, "members": 6, "bases": 3, "cells": 2, "complaints": 2}
    in_sentences |= {"collectives": 1, "cadres": 3}
    walked = set()
    for href, shown in links.items():
        topic = re.search(r"/rows/([a-z0-9-]+)/", href)[1]
        found = client.get(href)
        assert found.status_code == 200, href
        for text in shown:
            expected = int(text) if text.isdigit() else in_sentences[topic]
            assert found.context["count"] == expected, (href, text)
        walked.add(re.sub(r"\d+", "N", topic))
    assert walked >= {"bases", "bases-rated", "unit-N", "unit-N-cells", "unit-N-rated", "unit-N-exempt", "members-exempt", "pool-N", *in_sentences}


@pytest.mark.parametrize("topic", ["unit-0", "unit-999999", "pool-999999", "pool-", "members-nothing", "unit-", "nothing"])
def test_a_list_that_the_report_does_not_have_is_not_found(client, full, topic):
    paper, _ = made(client, full)
    assert client.get(reverse("reports:report_rows", args=[paper.pk, topic])).status_code == 404


def test_the_register_is_asked_for_and_shown_on_the_page_as_a_count(client, full):
    paper, soup = made(client, full, register="on")
    assert paper.options == {"register": True}
    section = soup.find("article").find_all("section")[-1]
    assert section.find("table") is None
    link = section.find("a")
    assert link.get_text() == "Danh sách có 6 đảng viên; toàn văn nằm trong các tệp tải về."
    assert client.get(link["href"]).context["count"] == 6


def test_only_the_organisation_s_own_people_see_it(client, full):
    paper, _ = made(client, full)
    client.force_login(full.secretary)
    assert client.get(reverse("reports:report_detail", args=[paper.pk])).status_code == 404
    assert client.get(reverse("reports:report_rows", args=[paper.pk, "cadres"])).status_code == 404
    assert client.get(reverse("reports:report_new", args=["year-report"])).context["choices"] == []
