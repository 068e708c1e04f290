"""A level that a clause speaks against never passes unseen: only the deciding body keeps it, with a reason and, where forbidden, a document."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cells.models import Document
from evaluations.models import DecisionItem, Override
from evaluations.services.decisions import issue_decision, propose_decision, publish_decision
from evaluations.services.facts import save_facts
from evaluations.services.opinions import save_opinion
from evaluations.services.proposals import levels_to_decide, missing_for_proposal, override_findings
from khoi_party.common.errors import DomainError

from .test_deciding import ISSUE, accepted

UNANSWERED = "Còn 1 dòng có mức trái với điều quy định nêu mà cấp quyết định chưa ghi lý do: Trần Văn Aa."


def paper(body):
    return Document(organisation=body, kind="decision", number="15-NQ/ĐU", issued_on=date(2026, 12, 18), issuer=body.committee_name)


@pytest.fixture
def forbidden(year):
    """A draft in which one member is proposed at the best level with 89 points."""
    decision = accepted(year)
    row = year.rows[0]
    save_facts(row, {}, points={"common": 29, "results": 60}, version=0, by=year.base_staff)
    year.decision, year.row = decision, next(one for one in levels_to_decide(decision) if one.pk == row.pk)
    return year


def text_of(page):
    return " ".join(BeautifulSoup(page.content, "html.parser").find("main").get_text(" ").split())


def test_a_forbidden_level_cannot_be_proposed_unanswered(forbidden):
    assert [one.rule for one in forbidden.row.against] == ["R4-01"]
    assert missing_for_proposal(forbidden.decision) == [UNANSWERED]
    with pytest.raises(DomainError, match="chưa ghi lý do"):
        propose_decision(forbidden.decision, by=forbidden.base_staff)


def test_only_the_deciding_body_answers_with_reason_and_document(forbidden):
    for who in (forbidden.secretary, forbidden.staff, forbidden.inspector):
        with pytest.raises(PermissionDenied):
            override_findings(forbidden.decision, forbidden.row, "Có sản phẩm nổi bật", document=paper(forbidden.base), by=who)
    with pytest.raises(DomainError, match="cần ghi số, ngày, cơ quan ban hành văn bản") as refused:
        override_findings(forbidden.decision, forbidden.row, "Có sản phẩm nổi bật", by=forbidden.base_staff)
    assert refused.value.field == "document_number"
    with pytest.raises(DomainError, match="Hãy ghi lý do giữ mức này"):
        override_findings(forbidden.decision, forbidden.row, " ", document=paper(forbidden.base), by=forbidden.base_staff)

    override_findings(forbidden.decision, forbidden.row, "Có sản phẩm nổi bật", document=paper(forbidden.base), by=forbidden.base_staff)

    assert missing_for_proposal(forbidden.decision) == []


def test_an_answer_is_for_the_level_and_the_findings_it_was_given_for(forbidden):
    override_findings(forbidden.decision, forbidden.row, "Có sản phẩm nổi bật", document=paper(forbidden.base), by=forbidden.base_staff)

    save_facts(forbidden.rows[0], {}, points={"common": 10, "results": 30}, version=1, by=forbidden.base_staff)  # now a clause forces the fourth

    assert missing_for_proposal(forbidden.decision) == [UNANSWERED]


def test_a_level_that_gives_way_needs_no_answer(forbidden):
    own = next(iter(forbidden.rows[0].opinions.filter(voice="proposed")))
    save_opinion(forbidden.rows[0], "proposed", level=2, reason="89 điểm", version=own.version, by=forbidden.base_staff)

    assert missing_for_proposal(forbidden.decision) == []
    with pytest.raises(DomainError, match="không trái điều nào đã biết"):
        override_findings(forbidden.decision, forbidden.row, "Thừa", by=forbidden.base_staff)


def test_what_was_said_is_frozen_with_the_level_and_never_judged_again(forbidden, client, monkeypatch):
    override_findings(forbidden.decision, forbidden.row, "Có sản phẩm nổi bật", document=paper(forbidden.base), by=forbidden.base_staff)
    propose_decision(forbidden.decision, by=forbidden.base_staff)
    issue_decision(forbidden.decision, **ISSUE, by=forbidden.base_leader)
    publish_decision(forbidden.decision, by=forbidden.base_staff)

    item = DecisionItem.objects.get(review=forbidden.rows[0])
    assert [(one["rule"], one["kind"], one["level"]) for one in item.findings] == [("R4-01", "forbids", 1)]
    assert item.facts["score"] == 89
    assert DecisionItem.objects.exclude(pk=item.pk).filter(findings=[]).count() == 6

    monkeypatch.setattr("evaluations.rulebooks.judging.RULES", ())  # as if the rules had been changed since
    client.force_login(forbidden.secretary)
    why = text_of(client.get(reverse("evaluations:review_why", args=[forbidden.rows[0].pk])))
    assert "Hoàn thành xuất sắc nhiệm vụ phải từ 90 điểm" in why
    assert "Cấp quyết định giữ mức này: Có sản phẩm nổi bật (Quyết định số 15-NQ/ĐU, ngày 18/12/2026)" in why
    assert "Tổng điểm 89 điểm" in why
    findings = text_of(client.get(reverse("evaluations:sheet_findings", args=[forbidden.sheet.pk])))
    assert "Hoàn thành xuất sắc nhiệm vụ phải từ 90 điểm" in findings
    client.force_login(forbidden.base_staff)
    appraisal = text_of(client.get(reverse("evaluations:decision_detail", args=[forbidden.decision.pk])))
    assert "Quy định không cho phép: Hoàn thành xuất sắc nhiệm vụ phải từ 90 điểm" in appraisal
    assert "Có sản phẩm nổi bật" in appraisal


def test_the_page_leads_from_the_draft_to_the_answer(forbidden, client):
    client.force_login(forbidden.base_staff)
    draft = client.get(reverse("evaluations:decision_detail", args=[forbidden.decision.pk]))
    address = reverse("evaluations:row_override", args=[forbidden.decision.pk, forbidden.rows[0].pk])
    assert f'href="{address}"' in draft.content.decode()

    refused = client.post(address, {"reason": "Có sản phẩm nổi bật", "document_issuer": ""})
    assert set(refused.context["form"].errors) == {"document_number", "document_on", "document_issuer"}
    assert 'value="Có sản phẩm nổi bật"' in refused.content.decode()

    typed = {"reason": "Có sản phẩm nổi bật", "document_number": "15-NQ/ĐU", "document_on": "18/12/2026", "document_issuer": "Đảng ủy Sở Nội vụ"}
    assert client.post(address, typed).url == reverse("evaluations:decision_detail", args=[forbidden.decision.pk])
    override = Override.objects.get()
    assert (override.rules, override.level, override.is_forbidden, str(override.document)) == (
        ["R4-01"],
        1,
        True,
        "Quyết định số 15-NQ/ĐU, ngày 18/12/2026",
    )


def test_the_database_itself_refuses_a_ban_without_document(forbidden):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Override.objects.create(decision=forbidden.decision, review=forbidden.rows[0], level=1, is_forbidden=True, reason="Không có văn bản")
