"""The submission on levels: every voice beside the level proposed, numbers that sentence and lists share, caps, clauses, who signs."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.enums import Role
from cells.models import AdvisingBoard, Document, RoleAssignment
from cells.services.boards import add_board
from evaluations.services.boards import save_board_opinion
from evaluations.services.decisions import issue_decision, propose_decision
from evaluations.services.facts import save_facts
from evaluations.services.opinions import save_opinion
from evaluations.services.proposals import levels_to_decide, override_findings
from evaluations.tests.conftest import person, place, year  # noqa: F401  the small committee of the evaluation tests, its year opened
from evaluations.tests.test_deciding import ISSUE, accepted
from reports.building import build, freeze, thaw
from reports.figures.rating_proposal import _body, collect
from reports.models import Paper
from reports.papers.framing import framing_of
from reports.papers.rating_proposal import write

DAY = date(2026, 11, 20)


@pytest.fixture
def decision(year):  # noqa: F811
    """Six members and their cell: the second goes from good to done with a reason, the first stays excellent against a clause."""
    draft = accepted(year)
    board = add_board(year.base, name="Ban Tổ chức", short_name="Tổ chức", from_day=date(2020, 1, 1), by=year.base_staff)
    organiser = person("organiser")
    RoleAssignment.objects.create(user=organiser, role=Role.STAFF, organisation=year.base, board=board, valid_from=date(2020, 1, 1))
    save_board_opinion(year.rows[1], board, level=3, text="Hai nhiệm vụ quá hạn", by=organiser)
    save_opinion(year.rows[1], "proposed", level=3, reason="Theo kết luận thẩm định", version=1, by=year.base_staff)
    save_facts(year.rows[0], {}, points={"common": 29, "results": 60}, version=0, by=year.base_staff)
    row = next(one for one in levels_to_decide(draft) if one.pk == year.rows[0].pk)
    paper = Document(organisation=year.base, kind="decision", number="15-NQ/ĐU", issued_on=date(2026, 8, 18), issuer="Đảng ủy Sở Nội vụ")
    override_findings(draft, row, "Có sản phẩm nổi bật", document=paper, by=year.base_staff)
    propose_decision(draft, by=organiser)
    draft.refresh_from_db()
    return draft


def written(decision, words=None, **frame):
    return write(collect(decision, DAY), framing_of(decision.body, DAY, **frame), words or {})


def sentences_of(paper):
    return [block.text for section in paper.sections for block in section.blocks if block.kind == "sentence"]


def tables_of(paper):
    return [block for section in paper.sections for block in section.blocks if block.kind == "table"]


def test_every_voice_is_read(decision, year):  # noqa: F811
    figures = collect(decision, DAY)
    assert (figures.proposer, figures.sheets, figures.boards) == ("Ban Tổ chức", 1, ("Tổ chức",))
    assert [(row.is_member, row.own, row.vote, row.boards, row.level, row.departs) for row in figures.rows] == [
        (False, 2, None, (None,), 2, False),
        (True, None, 1, (None,), 1, False),
        (True, None, 2, (3,), 3, True),
        *[(True, None, 2, (None,), 2, False)] * 4,
    ]
    assert figures.members[1].reasons == (("Tổ chức", "Hai nhiệm vụ quá hạn"), ("Đề xuất", "Theo kết luận thẩm định"))
    (clause,) = figures.members[0].clauses
    assert clause.forbids
    assert "366-QĐ/TW" in clause.source
    assert figures.members[0].answer == "Có sản phẩm nổi bật (Quyết định số 15-NQ/ĐU, ngày 18/08/2026)"


def test_sentence_and_lists_say_the_same(decision):
    paper = written(decision)
    said = sentences_of(paper)
    assert said[0].startswith("Tờ trình này gồm 01 tổ chức đảng và 06 đảng viên trong 01 bảng xếp loại đã tiếp nhận")
    assert said[3] == (
        "Đề nghị xếp loại 06 đảng viên: 01 hoàn thành xuất sắc nhiệm vụ (16,67%), 04 hoàn thành tốt nhiệm vụ (66,67%), "
        "01 hoàn thành nhiệm vụ (16,67%). Tỷ lệ tính trên số đảng viên được đề nghị xếp loại."
    )
    assert said[4] == "Mức đề nghị khác mức của đơn vị ở 01/06 đảng viên; lý do ghi trong danh sách kèm theo."
    organisations, members = (appendix.table for appendix in paper.appendices)
    assert [column.title for column in members.columns] == [
        "TT",
        "Họ và tên",
        "Chức vụ",
        "Tự xếp loại",
        "Bỏ phiếu",
        "Tổ chức",
        "Đề nghị",
        "Lý do, nhận xét",
    ]
    assert [cell.text for cell in members.rows[2].cells[3:]] == [
        *("–", "HTTNV", "HTNV", "HTNV"),
        "Tổ chức: Hai nhiệm vụ quá hạn; Đề xuất: Theo kết luận thẩm định",
    ]
    shown = [row.cells[6].text for row in members.rows if row.kind == "plain"]
    assert (shown.count("HTXSNV"), shown.count("HTTNV"), shown.count("HTNV")) == (1, 4, 1)
    assert [cell.text for cell in organisations.rows[0].cells] == ["1", "Chi bộ Văn phòng", "HTTNV", "HTTNV", ""]
    assert all(sum(column.width for column in table.columns) == 100 for table in (organisations, members, *tables_of(paper)))


def test_caps_stand_with_their_base_and_clauses_with_their_answer(decision):
    caps, clauses = tables_of(written(decision))
    # one excellent beside four good: 1/4, and 20 % of four allows none yet; the cell alone in its group is good
    assert [[cell.text for cell in row.cells] for row in caps.rows] == [
        ["Tổ chức đảng, chi bộ trực thuộc", "1", "0", "0%", "20%", "0"],
        ["Đảng viên, không giữ chức vụ lãnh đạo, quản lý", "5", "1", "25%", "20%", "0 (vượt)"],
    ]
    assert "tính trên số hoàn thành tốt nhiệm vụ (4); căn cứ: Điều 11, điểm 1.5, Quy định số 366-QĐ/TW, ngày 30/8/2025." in caps.footnotes[1]
    assert "Cách tính (cơ số, nhóm, làm tròn) chưa có văn bản xác nhận của đảng bộ." in caps.footnotes
    name, level, said, answer = (cell.text for cell in clauses.rows[0].cells)
    assert (name, level) == ("Trần Văn Aa, Chi bộ Văn phòng", "HTXSNV")
    assert said.endswith("ngày 30/8/2025).")  # as papers write dates
    assert answer == "Có sản phẩm nổi bật (Quyết định số 15-NQ/ĐU, ngày 18/8/2026)"


def test_it_says_the_same_once_the_decision_is_issued(decision, year):  # noqa: F811
    before = collect(decision, DAY)
    issue_decision(decision, **ISSUE, by=year.base_leader)
    decision.refresh_from_db()
    after = collect(decision, DAY)
    assert (after.rows, after.boards, after.proposer) == (before.rows, before.boards, before.proposer)


@pytest.mark.parametrize(
    ("where", "position", "name", "authority", "shown", "addressed"),
    [
        ("root", "", "", "T/L BAN THƯỜNG VỤ", "", "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh"),
        ("root", "T/L Trưởng Ban Tổ chức", "Lê An", "T/L BAN THƯỜNG VỤ", "TRƯỞNG BAN TỔ CHỨC", "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh"),
        ("root", "Phó Bí thư", "Lê An", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh"),
        ("base", "", "", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Đảng ủy Sở Nội vụ"),
        ("base", "Phó bí thư", "Lê An", "T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "Đảng ủy Sở Nội vụ"),
        ("lone", "Bí thư", "Lê An", "T/M CHI ỦY", "BÍ THƯ", "Chi bộ Liên minh Hợp tác xã"),
    ],
)
def test_the_office_signs_and_the_deciding_body_is_addressed(decision, year, where, position, name, authority, shown, addressed):  # noqa: F811
    body = getattr(year, where)
    figures = replace(collect(decision, DAY), body=_body(body, DAY))
    paper = write(figures, framing_of(body, DAY, position=position, name=name), {})
    assert (paper.signature.authority, paper.signature.position, paper.addressees) == (authority, shown, (addressed,))
    assert "Ban Tổ chức kính trình" in paper.opening[0]


def test_an_advising_body_issues_it_in_its_own_name(decision, year):  # noqa: F811
    board = AdvisingBoard.objects.get(organisation=year.base)
    frame = framing_of(year.base, DAY, board=board, position="Phó trưởng ban", name="Lê An")
    paper = write(collect(decision, DAY), frame, {})
    assert (paper.header.superior, paper.header.issuer, paper.header.issuer_code) == ("ĐẢNG ỦY SỞ NỘI VỤ", "BAN TỔ CHỨC", "BTCĐU")
    assert (paper.signature.authority, paper.signature.position) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
    assert paper.addressees == ("Đảng ủy Sở Nội vụ",)
    assert paper.opening[0].startswith("Ban Tổ chức Đảng ủy Sở Nội vụ kính trình Đảng ủy Sở Nội vụ xem xét")
    assert paper.appended_to.endswith("của Ban Tổ chức Đảng ủy Sở Nội vụ)")


@pytest.mark.parametrize(("day", "addressing"), [(date(2026, 5, 26), "Kính gửi"), (date(2026, 5, 27), "Kính trình")])
def test_the_address_follows_the_guideline_of_the_day(decision, day, addressing):
    assert written(decision, issued_on=day).profile.addressing == addressing


def test_it_is_frozen_and_set_in_three_files(decision):
    built = build(Paper(kind="rating_proposal", organisation=decision.body, decision=decision, about_key=f"decision:{decision.pk}"))
    assert freeze(thaw(built.text)) == built.text
    assert set(built.files) == {"pdf", "docx", "xlsx"}


def test_it_stands_on_the_page_of_the_decision_for_those_who_build_it(client, decision, year):  # noqa: F811
    address = reverse("evaluations:decision_detail", args=[decision.pk])

    def button(user):
        client.force_login(user)
        return BeautifulSoup(client.get(address).content, "html.parser").find("a", string="Lập tờ trình")

    for user in (year.base_staff, year.base_leader):
        asked = client.get(button(user)["href"])
        assert [one.subject for one in asked.context["choices"]] == [decision]
        assert asked.context["form"]["about"].value() == str(decision.pk)
    assert button(year.inspector) is None


def test_a_draft_is_not_offered(client, year):  # noqa: F811
    draft = accepted(year)
    client.force_login(year.base_staff)
    assert client.get(reverse("reports:report_new", args=["rating-proposal"])).context["choices"] == []
    assert "Lập tờ trình" not in client.get(reverse("evaluations:decision_detail", args=[draft.pk])).content.decode()
