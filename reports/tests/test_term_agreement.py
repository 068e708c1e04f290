"""The term's figures against the reports of its years: nothing is said where they agree, one sentence with its reason where they do not."""

from datetime import date

import pytest

from cells.enums import DocumentKind
from cells.models import Document
from evaluations.enums import DecisionState
from evaluations.models import Cycle, Decision, DecisionItem, Review, SheetTally
from evaluations.services.tallies import replace_tallies
from reports import services
from reports.building import Frozen
from reports.enums import PaperKind
from reports.figures.term import collect
from reports.figures.values import Difference
from reports.models import Paper
from reports.papers.framing import framing_of
from reports.tasks import build_paper

TODAY = date(2026, 11, 23)
NOW = "báo cáo năm lập từ số liệu hiện có"


@pytest.fixture
def year_report(two_years, monkeypatch):
    """A finished draft of the report of 2018."""
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)
    paper = services.request_paper(PaperKind.YEAR_REPORT, two_years.root, Cycle.objects.get(year=2018), by=two_years.staff)
    build_paper(paper.pk)
    Paper.objects.filter(pk=paper.pk).update(finished_at="2019-02-01T02:00Z")
    return paper


def said(world):
    paper = Frozen("term_report", collect(world.term, TODAY), framing_of(world.root, TODAY)).write()
    blocks = [block for section in paper.sections for block in section.blocks]
    place = next((place for place, block in enumerate(blocks) if getattr(block, "text", "") == "Đối chiếu với báo cáo các năm"), None)
    return (
        [] if place is None else [block.text for block in blocks[place + 1 :] if block.kind == "sentence" and block.text.startswith("Năm 2018, số ")]
    )


def test_what_agrees_is_not_mentioned(two_years, year_report):
    assert collect(two_years.term, TODAY).differences == ()
    assert said(two_years) == []


def test_a_base_agrees_with_its_own_year(two_years):
    term = two_years.base.terms.create(label="2017-2019", congress_on=date(2017, 6, 1), first_year=2017, last_year=2018)

    assert collect(term, TODAY).differences == ()


def test_a_planted_difference_is_told_as_not_explained(two_years):
    SheetTally.objects.filter(cycle__year=2018, subject="member", level=4).update(count=3)

    assert collect(two_years.term, TODAY).differences == (Difference(2018, "members", 0, 7, 5, NOW), Difference(2018, "members", 4, 3, 1, NOW))
    assert said(two_years) == [
        f"Năm 2018, số đảng viên được xếp loại: báo cáo này ghi 7, {NOW} ghi 5; chưa xác định được nguyên nhân.",
        f"Năm 2018, số đảng viên không hoàn thành nhiệm vụ: báo cáo này ghi 3, {NOW} ghi 1; chưa xác định được nguyên nhân.",
    ]


def test_levels_decided_anew_after_the_report_of_the_year_explain_it(two_years, year_report):
    row = Review.objects.get(sheet__cycle__year=2018, subject="member", decided_level=4)
    first, second = (_decision(two_years, row, number, at) for number, at in (("88-QĐ/ĐUK", "2019-01-05T01:00Z"), ("91-QĐ/ĐUK", "2019-03-05T01:00Z")))
    old = DecisionItem.objects.create(decision=first, review=row, level=4)
    DecisionItem.objects.create(decision=second, review=row, level=3, replaces=old, reason="Kết luận mới")
    Review.objects.filter(pk=row.pk).update(decided_level=3)
    replace_tallies([row.sheet])

    report = "báo cáo năm lập ngày 01/02/2019 (dự thảo)"
    why = "01 kết quả được xếp loại lại sau khi lập báo cáo năm (91-QĐ/ĐUK)"
    assert collect(two_years.term, TODAY).differences == (
        Difference(2018, "members", 3, 1, 0, report, (why,)),
        Difference(2018, "members", 4, 0, 1, report, (why,)),
    )
    assert said(two_years)[0] == f"Năm 2018, số đảng viên hoàn thành nhiệm vụ: báo cáo này ghi 1, {report} ghi 0; do {why}."


def _decision(world, row, number, at):
    document = Document.objects.create(organisation=world.root, kind=DocumentKind.DECISION, number=number, issued_on=at[:10], issuer="Đảng ủy Khối")
    return Decision.objects.create(
        cycle=row.sheet.cycle, body=world.root, title="Xếp loại", document=document, state=DecisionState.ISSUED, issued_at=at, issued_by=world.leader
    )


def test_a_base_that_is_gone_since_explains_it(two_years, year_report):
    sheet = two_years.lone.sheets.get(cycle__year=2018)
    sheet.reviews.update(removed_at="2019-03-05T01:00Z")
    replace_tallies([sheet])

    (found, *_) = collect(two_years.term, TODAY).differences

    assert (found.subject, found.in_term, found.in_year) == ("bases", 1, 2)
    assert found.reasons == ("có trong báo cáo năm, không còn trong số liệu nhiệm kỳ: Chi bộ Liên minh Hợp tác xã",)


def test_the_issued_report_counts_before_a_later_draft(two_years, year_report):
    issued = Paper.objects.get()
    Paper.objects.filter(pk=issued.pk).update(
        number=7, issued_on=date(2019, 2, 3), issued_at="2019-02-03T01:00Z", issued_by=two_years.leader, signer_name="Trần Văn Ký", keeps_figures=True
    )
    SheetTally.objects.filter(cycle__year=2018, subject="member", level=4).update(count=2)
    later = services.request_paper(PaperKind.YEAR_REPORT, two_years.root, Cycle.objects.get(year=2018), by=two_years.leader)
    build_paper(later.pk)

    assert {one.report for one in collect(two_years.term, TODAY).differences} == {"Báo cáo số 7, ngày 03/02/2019"}
