"""A paper carries the names, the superior, the signer and the marks of its day of issue."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.models import AdvisingBoard, OrganisationName
from cells.tests.factories import OrganisationFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from members.enums import Post
from members.models import Seat
from members.tests.factories import MemberFactory
from reports import services
from reports.building import Frozen, frame, freeze, thaw
from reports.enums import PaperState
from reports.figures.term import collect
from reports.models import Paper
from reports.papers.catalogue import recipe_of
from reports.papers.framing import BLANK, framing_of

DAY = date(2020, 3, 31)
ISSUE = {"number": 12, "issued_on": date(2020, 5, 5), "signer_position": "Bí thư", "signer_name": "Trần Văn Ký"}
FORM = {"number": "12", "issued_on": "05/05/2020", "signer_position": "Bí thư", "signer_name": "Trần Văn Ký", "recipients": "", "grounds": ""}


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


@pytest.fixture
def draft(world):
    """A finished draft of the term report."""
    text = freeze(Frozen("term_report", collect(world.term, DAY), framing_of(world.root, DAY, draft=1)))
    return Paper.objects.create(
        kind="term_report",
        organisation=world.root,
        term=world.term,
        about_key=f"term:{world.term.pk}",
        requested_by=world.leader,
        queued_at="2026-01-01T00:00Z",
        finished_at="2026-01-01T00:01Z",
        state=PaperState.DONE,
        figures=text,
    )


@pytest.fixture
def secretaries(world):
    """Trần Văn Cũ up to 01/6/2019, then Lê Thị Mới; Nguyễn Văn Phó is deputy all the time."""
    seats = (
        ("Trần Văn Cũ", "secretary", 2015, date(2019, 6, 1)),
        ("Lê Thị Mới", "secretary", 2019, None),
        ("Nguyễn Văn Phó", "deputy_secretary", 2015, None),
    )
    for name, post, year, end in seats:
        member = MemberFactory(cell=world.lone, full_name=name)
        Seat.objects.create(member=member, organisation=world.root, post=Post(post), valid_from=date(year, 6, 1), valid_to=end)


def header_of(organisation, day, **given):
    return framing_of(organisation, DAY, issued_on=day, number=1, **given).header("BC")


def test_a_renamed_committee_is_called_as_on_the_day(world):
    world.root.names.all().delete()
    common = {"organisation": world.root, "superior_name": "Đảng bộ tỉnh Vĩnh Phúc"}
    OrganisationName.objects.create(
        name="Đảng bộ Dân chính đảng", paper_code="ĐUDCĐ", valid_from=date(2000, 1, 1), valid_to=date(2019, 1, 1), **common
    )
    OrganisationName.objects.create(name="Đảng bộ Khối các cơ quan tỉnh", paper_code="ĐUK", valid_from=date(2019, 1, 1), **common)
    before, after = header_of(world.root, date(2018, 12, 31)), header_of(world.root, date(2019, 1, 1))
    assert (before.issuer, before.number_text) == ("ĐẢNG ỦY DÂN CHÍNH ĐẢNG", "Số\u00a001-BC/ĐUDCĐ")
    assert (after.issuer, after.number_text) == ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "Số\u00a001-BC/ĐUK")


def test_a_changed_superior_is_the_one_of_the_day(world):
    other = OrganisationFactory(parent=world.root, kind="base_committee", name="Đảng bộ Sở Thông tin và Truyền thông")
    placed = world.first.placements.get(valid_to=None)
    placed.pk, placed.parent, placed.path, placed.valid_from = None, other, other.path + "0001", date(2022, 3, 1)
    world.first.placements.update(valid_to=date(2022, 3, 1))
    placed.save()
    assert header_of(world.first, date(2022, 2, 28)).superior == "ĐẢNG BỘ SỞ NỘI VỤ"
    assert header_of(world.first, date(2022, 3, 1)).superior == "ĐẢNG BỘ SỞ THÔNG TIN VÀ TRUYỀN THÔNG"


def test_a_cell_that_became_a_committee_signs_as_it_was(world):
    world.lone.placements.update(valid_to=date(2021, 7, 1))
    now = world.lone.placements.get()
    now.pk, now.kind, now.valid_from, now.valid_to = None, "base_committee", date(2021, 7, 1), None
    now.save()
    assert framing_of(world.lone, DAY, issued_on=date(2021, 6, 30)).signature.authority == "T/M CHI BỘ"
    assert framing_of(world.lone, DAY, issued_on=date(2021, 7, 1)).signature.authority == "T/M ĐẢNG ỦY"


def test_the_form_proposes_the_secretary_of_the_typed_day(htmx_client, client, draft, world, secretaries):
    client.force_login(world.leader)
    htmx_client.force_login(world.leader)
    url = reverse("reports:report_issue", args=[draft.pk])
    shown = BeautifulSoup(client.get(url).content, "html.parser")
    assert shown.find(attrs={"name": "signer_name"})["value"] == "Lê Thị Mới"
    answer = htmx_client.post(url, FORM | {"issued_on": "31/05/2019", "signer_name": "Trần Văn Cũ"}).content.decode()
    assert "bí thư Trần Văn Cũ" in answer
    assert "Hãy kiểm tra lại" not in answer
    assert "không phải đồng chí Trần Văn Cũ" in htmx_client.post(url, FORM | {"signer_name": "Trần Văn Cũ"}).content.decode()
    assert not Paper.objects.get(pk=draft.pk).is_issued


def test_a_name_that_did_not_hold_the_post_warns_once_and_then_leaves_it_to_people(client, draft, world, secretaries):
    client.force_login(world.leader)
    url = reverse("reports:report_issue", args=[draft.pk])
    shown = BeautifulSoup(client.post(url, FORM).content, "html.parser")
    warning = shown.find(id="facts").find(attrs={"name": "checked"})["value"]
    assert warning == "Theo danh sách cấp ủy, ngày 05/05/2020 bí thư là đồng chí Lê Thị Mới, không phải đồng chí Trần Văn Ký."
    assert not Paper.objects.get(pk=draft.pk).is_issued
    assert client.post(url, FORM | {"signer_name": "Trần Văn Khác", "checked": warning}).status_code == 200  # another doubt, not read yet
    assert client.post(url, FORM | {"checked": warning}).status_code == 302
    assert Paper.objects.get(pk=draft.pk).is_issued


@pytest.mark.parametrize(("position", "name"), [("Bí thư", "lê thị mới"), ("Phó bí thư", "Nguyễn Văn Phó"), ("T/L Chánh Văn phòng", "Ai Đó")])
def test_who_held_the_post_or_holds_none_in_the_committee_is_not_doubted(client, draft, world, secretaries, position, name):
    client.force_login(world.leader)
    answer = client.post(reverse("reports:report_issue", args=[draft.pk]), FORM | {"signer_position": position, "signer_name": name})
    assert answer.status_code == 302


def test_a_decision_of_another_room_is_signed_with_the_seat_of_its_signer(world, secretaries):
    day = date(2020, 5, 5)
    assert framing_of(world.root, DAY, issued_on=day, name="Nguyễn Văn Phó").signature.position == "PHÓ BÍ THƯ"
    assert framing_of(world.root, DAY, issued_on=day, name="Lê Thị Mới").signature.position == "BÍ THƯ"
    assert framing_of(world.root, DAY, issued_on=day, name="Người Khác").signature.position == BLANK  # not known is not guessed


def test_a_deputy_never_signs_in_place_of_the_secretary(draft, world):
    with pytest.raises(DomainError, match="phó bí thư ký T/M BAN THƯỜNG VỤ, chức vụ PHÓ BÍ THƯ"):
        services.issue_paper(draft, **ISSUE | {"signer_position": "K/T Bí thư"}, by=world.leader)
    assert not Paper.objects.get(pk=draft.pk).is_issued


def test_the_whole_committee_signs_a_paper_in_its_own_name(draft, world):
    services.issue_paper(draft, **ISSUE | {"signer_position": "T/M Ban Chấp hành: Bí thư"}, by=world.leader)
    framing = framed(draft)
    assert (framing.signature.authority, framing.signature.position) == ("T/M BAN CHẤP HÀNH", "BÍ THƯ")
    assert framing.reporting_body == "Đảng ủy Khối các cơ quan tỉnh"


def framed(paper):
    """The frame that the next making of `paper` gets."""
    paper = Paper.objects.get(pk=paper.pk)
    return frame(paper, recipe_of(paper.kind), thaw(paper.figures).figures)


@pytest.fixture
def board(world):
    return AdvisingBoard.objects.create(organisation=world.root, name="Ban Tổ chức", short_name="Tổ chức", valid_from=date(2018, 1, 1))


def test_an_advising_body_issues_under_its_own_name_and_number(client, draft, world, board):
    client.force_login(world.leader)
    typed = FORM | {"board": board.pk, "number": "3", "signer_position": "Phó trưởng ban"}
    assert client.post(reverse("reports:report_issue", args=[draft.pk]), typed).status_code == 302
    framing = framed(draft)
    header = framing.header("BC")
    assert (header.superior, header.issuer, header.number_text) == ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "BAN TỔ CHỨC", "Số\u00a003-BC/BTCĐUK")
    assert (framing.signature.authority, framing.signature.position) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
    assert framing.reporting_body == "Ban Tổ chức Đảng ủy Khối các cơ quan tỉnh"
    assert framing.usual_recipients == ("Đảng ủy Khối các cơ quan tỉnh", "Các tổ chức đảng trực thuộc", "Lưu Ban Tổ chức")
    assert world.root.number_series.count() == 0  # the committee's register is not touched


def test_an_advising_body_uses_no_number_twice_and_signs_only_while_it_stands(draft, world, board):
    again = Paper.objects.get(pk=draft.pk)
    again.pk = None
    again.save()
    as_board = ISSUE | {"board": board, "signer_position": "Trưởng ban"}
    services.issue_paper(draft, **as_board, by=world.leader)
    with pytest.raises(DomainError, match="Ban Tổ chức đã dùng số 12"):
        services.issue_paper(again, **as_board, by=world.leader)
    AdvisingBoard.objects.filter(pk=board.pk).update(valid_to=date(2020, 5, 1))
    with pytest.raises(DomainError, match="không có Ban Tổ chức"):
        services.issue_paper(again, **as_board | {"number": 13}, by=world.leader)


MARKS = {"for_meeting": True, "circulation": "after_meeting", "urgency": "express", "two_sided": True}


def test_marks_are_kept_noted_and_printed(client, draft, world):
    client.force_login(world.leader)
    client.post(reverse("reports:report_marks", args=[draft.pk]), {"for_meeting": "on", "circulation": "after_meeting", "urgency": "express"})
    marking = framed(draft).marking
    assert marking.lines == ("Tài liệu hội nghị", "Xong hội nghị trả lại", "Dự thảo lần 1")
    assert (marking.urgency, marking.two_sided) == ("Hỏa tốc", False)
    assert AuditEntry.objects.get(action="paper.marked").actor == world.leader
    shown = BeautifulSoup(client.get(reverse("reports:report_detail", args=[draft.pk])).content, "html.parser").get_text()
    assert "các tệp tải về chưa có dấu mới" in shown
    assert "văn bản mật không được soạn, lưu trên phần mềm này" in shown
    assert services.mark_paper(draft, **MARKS, by=world.leader)
    assert not services.mark_paper(draft, **MARKS, by=world.leader)


def test_there_is_no_mark_of_secrecy(client, draft, world):
    for given in ({"circulation": "Mật"}, {"urgency": "Tối mật"}):
        with pytest.raises(DomainError, match="mức độ mật không được soạn"):
            services.mark_paper(draft, **given, by=world.leader)
    client.force_login(world.leader)
    answer = client.post(reverse("reports:report_marks", args=[draft.pk]), {"circulation": "Mật"}, follow=True)
    assert "không có dấu này" in answer.content.decode()
    assert Paper.objects.get(pk=draft.pk).circulation == ""


def test_marks_of_an_issued_paper_stay(draft, world):
    services.issue_paper(draft, **ISSUE, by=world.leader)
    with pytest.raises(DomainError, match="đã ban hành"):
        services.mark_paper(draft, **MARKS, by=world.leader)


def test_a_paper_frozen_before_there_were_marks_is_read_as_it_was():
    text = (Path(__file__).parent / "frozen" / "rating_decision.json").read_text().strip()
    frozen = thaw(text)
    assert (frozen.framing.urgency, frozen.framing.circulation, frozen.framing.two_sided) == ("", "", False)
    written = frozen.write()
    assert written.marking.lines == ("Dự thảo lần 1",)
    assert written.signature.position == "PHÓ BÍ THƯ"
    assert thaw(freeze(frozen)) == frozen
