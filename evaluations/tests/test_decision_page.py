from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.enums import Role
from cells.models import Document
from evaluations.models import Decision, DecisionItem, QuotaPool
from evaluations.services.decisions import draft_decision, issue_decision, propose_decision
from evaluations.services.opinions import propose_from_vote, save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet

from .conftest import person

TYPED = {
    "number": "12-QĐ/ĐU",
    "issued_on": "20/12/2026",
    "signer": "Nguyễn Văn Bình",
    "meeting_on": "18/12/2026",
    "members_total": "9",
    "members_present": "8",
    "votes_for": "8",
}


def ready(year, levels=(1, 2, 2, 2, 2, 2)):
    """The first cell's sheet voted, accepted and proposed; a draft of the base's decision."""
    for row, level in zip(year.rows, levels, strict=True):
        save_opinion(row, "cell_vote", level=level, version=0, by=year.secretary)
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)
    accept_sheet(year.sheet, by=year.base_staff)
    propose_from_vote(year.sheet, by=year.base_staff)
    return draft_decision(year.base, year.cycle, [year.sheet], title="Công nhận kết quả năm 2026", by=year.base_staff)


def accepted_base(year, by):
    """The sheet of the lone base, accepted, with its level proposed as the best."""
    sheet = year.cycle.sheets.get(organisation=year.lone)
    save_opinion(sheet.reviews.get(subject="organisation"), "self", level=1, version=0, by=by)
    save_opinion(sheet.reviews.get(subject="member"), "cell_vote", level=2, version=0, by=by)
    submit_sheet(sheet, by=by)
    accept_sheet(sheet, by=by)
    save_opinion(sheet.reviews.get(subject="organisation"), "proposed", level=1, exemplary=True, version=0, by=by)
    return sheet


def parsed(answer):
    return BeautifulSoup(answer.content, "html.parser")


def page(decision):
    return reverse("evaluations:decision_detail", args=[decision.pk])


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"votes_for": "9"}, "votes_for", "Số phiếu không khớp: đồng ý ≤ có mặt ≤ được triệu tập."),
        ({"votes_for": "4"}, "votes_for", "Đồng ý 4/9, chưa quá nửa số được triệu tập"),
        ({"issued_on": "31/02/2026"}, "issued_on", "31/02/2026"),
        ({"issued_on": "17/12/2026"}, "issued_on", "Ngày ban hành không được trước ngày họp."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(year, client, wrong, field, sentence):
    decision = ready(year)
    propose_decision(decision, by=year.base_staff)
    client.force_login(year.base_leader)

    soup = parsed(client.post(page(decision), TYPED | wrong))

    assert sentence in soup.find(id=f"div_id_{field}").get_text(" ", strip=True)
    assert {name: soup.find("input", attrs={"name": name})["value"] for name in TYPED} == TYPED | wrong
    assert not DecisionItem.objects.exists()


def test_more_than_the_cap_is_warned_of_and_blocked_once_it_is_confirmed(year, client):
    decision = ready(year, levels=(1, 1, 2, 2, 2, 2))
    client.force_login(year.base_staff)
    assert "vượt trần" in parsed(client.get(page(decision))).select_one(".kp-meter.is-over").get_text()
    propose_decision(decision, by=year.base_staff)
    paper = Document.objects.create(organisation=year.root, kind="guidance", number="05-HD/ĐUK", issued_on=date(2026, 1, 5), issuer="ĐUK")
    QuotaPool.objects.filter(body=year.base).update(document=paper)
    client.force_login(year.base_leader)

    soup = parsed(client.post(page(decision), TYPED))

    assert "xuất sắc 2, vượt trần 1 (20% số hoàn thành tốt nhiệm vụ)" in soup.get_text(" ", strip=True)
    assert soup.find("input", attrs={"name": "number"})["value"] == "12-QĐ/ĐU"
    assert not DecisionItem.objects.exists()


def test_ones_own_proposal_is_refused_at_the_top_with_a_sentence(year, client):
    both = person("both", Role.STAFF, year.root)
    both.role_assignments.create(role=Role.LEADER, organisation=year.root, valid_from=date(2020, 1, 1))
    decision = draft_decision(year.root, year.cycle, [accepted_base(year, both)], title="Công nhận", by=both)
    propose_decision(decision, by=both)
    client.force_login(both)

    soup = parsed(client.post(page(decision), TYPED))

    assert "Đồng chí đã trình quyết định này nên không tự ban hành được; cần một lãnh đạo khác." in soup.get_text(" ", strip=True)
    assert soup.find("input", attrs={"name": "signer"})["value"] == "Nguyễn Văn Bình"
    assert Decision.objects.get().state == "proposed"


def test_another_body_neither_sees_nor_issues_the_decision(year, client):
    decision = draft_decision(year.root, year.cycle, [accepted_base(year, year.staff)], title="Công nhận", by=year.staff)
    propose_decision(decision, by=year.staff)
    client.force_login(year.base_leader)

    assert client.post(page(decision), TYPED).status_code == 404
    assert not DecisionItem.objects.exists()


def test_a_sheet_that_is_not_accepted_is_named(year, client):
    client.force_login(year.base_staff)

    answer = client.post(reverse("evaluations:decision_new", args=[year.cycle.pk, year.base.pk]), {"sheet": [year.sheet.pk]})

    assert "Chưa tiếp nhận bảng xếp loại của: Chi bộ Văn phòng." in answer.content.decode()
    assert not Decision.objects.exists()


def test_an_incomplete_sheet_is_not_sent_from_its_page(year, client):
    save_opinion(year.rows[0], "cell_vote", level=2, version=0, by=year.secretary)
    client.force_login(year.secretary)

    soup = parsed(client.post(reverse("evaluations:sheet_submit", args=[year.sheet.pk]), follow=True))

    assert "Còn 6 dòng phải xếp loại nhưng chưa có mức." in soup.get_text(" ", strip=True)
    assert [row.th.contents[0].strip() for row in soup.select("tr.is-missing")] == [
        "Trần Văn Ab",
        "Trần Văn Ac",
        "Trần Văn Ad",
        "Trần Văn Ae",
        "Trần Văn Ag",
        "Chi bộ Văn phòng",
    ]


def test_missing_levels_and_reasons_stand_beside_their_rows(year, client):
    decision = ready(year)
    save_opinion(year.rows[1], "deciding", level=3, version=0, by=year.base_staff)
    save_opinion(year.rows[2], "proposed", level=None, version=1, by=year.base_staff)
    client.force_login(year.base_staff)

    soup = parsed(client.get(page(decision)))

    said = {row.a.get_text(): row.select_one(".is-error").get_text() for row in soup.select("tbody tr") if row.select_one(".is-error")}
    assert said == {"Trần Văn Ab": "Chưa ghi lý do", "Trần Văn Ac": "Chưa có mức"}
    assert soup.find("button", string="Trình lãnh đạo Đảng ủy Sở Nội vụ") is None


def test_the_top_decision_has_a_column_for_those_who_stand_out_under_the_years_name(year, client):
    decision = draft_decision(year.root, year.cycle, [accepted_base(year, year.staff)], title="Công nhận", by=year.staff)
    client.force_login(year.staff)
    assert "Hoàn thành xuất sắc nhiệm vụ tiêu biểu" in [head.get_text() for head in parsed(client.get(page(decision))).select("th")]
    propose_decision(decision, by=year.staff)
    values = {"number": "15-QĐ/ĐUK", "issued_on": date(2026, 12, 20), "signer": "Lê An", "meeting_on": date(2026, 12, 18)}
    issue_decision(decision, **values, members_total=9, members_present=8, votes_for=8, by=year.leader)

    cells = [cell.get_text(" ", strip=True) for cell in parsed(client.get(page(decision))).select(".kp-lines tbody td")]

    assert cells == ["1", "Chi bộ Liên minh Hợp tác xã", "Hoàn thành xuất sắc nhiệm vụ", "Tiêu biểu", ""]


def test_a_units_years_do_not_show_what_is_only_proposed_for_it(year, client):
    ready(year)
    seen = {}
    for who in ("secretary", "base_staff"):
        client.force_login(getattr(year, who))
        page_of_years = client.get(reverse("evaluations:organisation_years", args=[year.first.pk]))
        seen[who] = page_of_years.context["rows"][0].proposed

    assert seen == {"secretary": "", "base_staff": "Hoàn thành tốt nhiệm vụ"}
