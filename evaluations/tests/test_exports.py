"""Pages that are not one plain list go out as Excel too, with the unit on top and the rows in the order of the page."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from evaluations.models import Review
from evaluations.services.opinions import save_opinion
from evaluations.services.revisions import record_complaint
from members.tests.factories import MemberFactory

from .test_deciding import ISSUE, accepted
from .test_facts import entered


def rows_of(client, name, *args, **query):
    url = reverse(name, args=args)
    page = client.get(url, query)
    assert "export=xlsx" in page.content.decode()
    answer = client.get(url, query | {"export": "xlsx"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    return [row for row in CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python() if any(row)]


def after(rows, head):
    """The rows below the row of headings that begins with `head`."""
    return rows[[row[0] for row in rows].index(head) + 1 :]


def test_the_appraisal_board(year, client):
    for row, level in zip(year.rows, (1, 2, 2, 2, 2, 2), strict=True):
        save_opinion(row, "self", level=level, version=0, by=year.secretary)
        save_opinion(row, "cell_vote", level=2, reason="Theo phiếu" if level == 1 else "", version=0, by=year.secretary)
    client.force_login(year.base_staff)
    args = (year.cycle.pk, year.base.pk)
    rows = rows_of(client, "evaluations:appraisal_board", *args, of="members")
    assert (rows[0][0], rows[1][0]) == ("Thẩm định kết quả năm 2026", "Đảng bộ Sở Nội vụ")
    first = after(rows, "Đối tượng")[0]
    assert first[0] == "Trần Văn Aa"
    assert "Hoàn thành tốt nhiệm vụ; Theo phiếu" in first
    narrowed = rows_of(client, "evaluations:appraisal_board", *args, of="members", show="differing")
    assert [row[0] for row in after(narrowed, "Đối tượng")] == ["Trần Văn Aa"]


def test_what_must_be_cleared_up(year, client):
    entered(year.rows[0], year.secretary, points={"common": 28, "results": 61})  # 89: one short of the best level
    save_opinion(year.rows[0], "cell_vote", level=1, version=0, by=year.secretary)
    client.force_login(year.secretary)
    rows = after(rows_of(client, "evaluations:sheet_findings", year.sheet.pk), "Bảng của")
    assert [row[1] for row in rows] == ["Trần Văn Aa"]
    assert rows[0][2] == "Hoàn thành xuất sắc nhiệm vụ"


def test_complaints(year, client):
    from evaluations.services.decisions import issue_decision, propose_decision, publish_decision

    decision = accepted(year)
    propose_decision(decision, by=year.base_staff)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    publish_decision(decision, by=year.base_staff)
    row = Review.objects.get(pk=year.rows[0].pk)
    record_complaint(row, source="subject", received_on=date(2026, 11, 20), summary="=1+1 đề nghị xem lại", by=year.base_staff)
    client.force_login(year.base_staff)
    rows = after(rows_of(client, "evaluations:complaint_list", year.cycle.pk), "Đối tượng")
    assert [rows[0][0], rows[0][5]] == ["Trần Văn Aa", "=1+1 đề nghị xem lại"]


def test_pairs_that_may_be_one_person(place, client):
    for _ in range(2):
        MemberFactory(cell=place.first, full_name="Lê Thị Trùng", born_on=date(1980, 5, 1))
    client.force_login(place.staff)
    rows = after(rows_of(client, "members:duplicate_list"), "Hồ sơ thứ nhất")
    assert [(row[0], row[1], row[3]) for row in rows] == [("Lê Thị Trùng", "01/05/1980", "Lê Thị Trùng")]


@pytest.mark.parametrize("who", ["stranger"])
def test_a_stranger_gets_no_file(year, client, who):
    client.force_login(getattr(year, who))
    url = reverse("evaluations:appraisal_board", args=[year.cycle.pk, year.base.pk])
    assert client.get(url, {"export": "xlsx"}).status_code == 404
