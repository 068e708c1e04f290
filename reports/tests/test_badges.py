"""Danh sách xét tặng Huy hiệu Đảng: who is due at an award day by the rules of the badges, counted by hand, nobody's day guessed."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from cells.models import Document
from members.models import BadgeAward, Member, PartyBreak
from members.tests.factories import MemberFactory
from reports import services
from reports.building import build, freeze, thaw
from reports.figures.badges import UnknownAge
from reports.models import Paper

ROUND = date(2027, 2, 3)


@pytest.fixture(autouse=True)
def now(time_machine, monkeypatch):
    time_machine.move_to("2027-01-15 09:00 +0700")
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def since(cell, name, decided_on, **fields):
    official_on = date(decided_on.year + 1, decided_on.month, decided_on.day)
    return MemberFactory(cell=cell, full_name=name, decided_on=decided_on, admitted_on=decided_on, official_on=official_on, **fields)


def made(organisation, ceremony="2027-02-03"):
    return build(
        Paper(kind="badge_list", organisation=organisation, as_of=date(2027, 1, 15), about_key="as_of:2027-01-15", options={"ceremony": ceremony})
    )


def text_of(built):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(built.files["pdf"])).pages)


def tables_of(built):
    found = (block for block in thaw(built.text).write().sections[0].blocks if block.kind == "table")
    return {block.caption: [[cell.text for cell in row.cells] for row in block.rows] for block in found}


@pytest.fixture
def due(world):
    """Of the base: one reaches 30 and is proposed, one 40 and is not; early of the lone cell; one a day too late; one with a year outside."""
    thirty = since(world.first, "Trần Thị Ba Mươi", date(1997, 2, 3), born_on=date(1975, 4, 5), home_town="Xã Nghĩa Hưng", card_number="12.345678")
    since(world.first, "Trần Thị Bốn Mươi", date(1987, 2, 1))
    since(world.first, "Trần Thị Muộn", date(1997, 2, 4))
    outside = since(world.second, "Trần Thị Gián Đoạn", date(1996, 1, 1))
    PartyBreak.objects.create(member=outside, valid_from=date(2000, 1, 1), valid_to=date(2001, 1, 1), reason="Chậm nối sinh hoạt")
    early = since(world.lone, "Lê Văn Sớm", date(1957, 10, 1))
    BadgeAward.objects.create(member=thirty, years=30, ceremony_on=ROUND)
    BadgeAward.objects.create(member=early, years=70, ceremony_on=ROUND, kind="early", reason="Giấy xác nhận của bệnh viện tỉnh")
    world.thirty = thirty
    return world


def test_it_names_who_is_due_by_organisation_with_party_age_on_the_day(due):
    built = made(due.root)
    rows = tables_of(built)["Bảng 2. Danh sách xét tặng"]
    assert rows == [
        ["Chi bộ Văn phòng, Đảng bộ Sở Nội vụ"],
        ["1", "Trần Thị Bốn Mươi", "–", "–", "01/02/1987", "01/02/1987", "01/02/1988", "40 năm", "40 năm", "–", "Chưa đề nghị"],
        ["2", "Trần Thị Ba Mươi", "1975", "Xã Nghĩa Hưng", "03/02/1997", "03/02/1997", "03/02/1998", "30 năm", "30 năm", "••••••678", "Đã đề nghị"],
        ["Chi bộ Thanh tra, Đảng bộ Sở Nội vụ"],
        ["3", "Trần Thị Gián Đoạn", "–", "–", "01/01/1996", "01/01/1996", "01/01/1997", "30 năm 1 tháng", "30 năm", "–", "Chưa đề nghị"],
        ["Chi bộ Liên minh Hợp tác xã"],
        [
            *("4", "Lê Văn Sớm", "–", "–", "01/10/1957", "01/10/1957", "01/10/1958", "69 năm 4 tháng", "70 năm", "–"),
            "Tặng sớm vì bệnh nặng; Giấy xác nhận của bệnh viện tỉnh; đã đề nghị",
        ],
    ]
    assert "345678" not in built.text


def test_it_counts_each_badge_and_says_the_same_in_a_sentence(due):
    built = made(due.root)
    assert tables_of(built)["Bảng 1. Số Huy hiệu theo loại"] == [
        ["Huy hiệu 70 năm", "1", "0", "1", "0", "0", "1", "0"],
        ["Huy hiệu 40 năm", "1", "1", "0", "0", "1", "0", "0"],
        ["Huy hiệu 30 năm", "2", "2", "0", "0", "1", "1", "0"],
        ["Cộng", "4", "3", "1", "0", "2", "2", "0"],
    ]
    said = text_of(built)
    assert (
        "Đợt 03/02/2027, Đảng bộ Khối các cơ quan tỉnh có 04 trường hợp đến mốc xét tặng Huy hiệu Đảng: 01 Huy hiệu 70 năm, 01 Huy hiệu 40 năm"
        in said
    )
    assert "trong đó 01 tặng sớm vì bệnh nặng, 02 chưa được đề nghị." in said
    assert "Trần Thị Muộn" not in said
    assert freeze(thaw(built.text)) == built.text


def test_a_list_of_a_unit_holds_its_own_members_only(due):
    assert [one.name for one in thaw(made(due.lone).text).figures.dues] == ["Lê Văn Sớm"]
    assert [one.unit for one in thaw(made(due.base).text).figures.dues] == ["Chi bộ Văn phòng"] * 2 + ["Chi bộ Thanh tra"]
    assert "chưa có đảng viên nào đến mốc xét tặng Huy hiệu Đảng" in text_of(made(due.other))


def test_dates_that_are_not_known_are_named_and_not_guessed(due):
    Member.objects.filter(pk=due.thirty.pk).update(decided_precision="month")
    MemberFactory(cell=due.first, full_name="Vũ Đức Đạt", admitted_on=date(1994, 2, 3), official_on=date(1995, 2, 3))  # decided_on missing
    built = made(due.root)
    figures = thaw(built.text).figures
    partly = next(one for one in figures.dues if one.name == "Trần Thị Ba Mươi")
    assert (partly.decided, partly.age) == ("02/1997", None)
    assert figures.unknown == (UnknownAge("Chi bộ Văn phòng, Đảng bộ Sở Nội vụ", "Vũ Đức Đạt", "03/02/1994"),)
    said = text_of(built)
    assert "nên chưa tính tuổi Đảng, phải bổ sung trước khi xét: Trần Thị Ba Mươi." in said
    assert figures.younger == 7  # the seven of the world, admitted since 2015
    assert "Ngoài ra 07 đảng viên vào Đảng chưa đủ 29 năm cũng chưa ghi ngày quyết định kết nạp trong hồ sơ." in said


def test_what_was_awarded_names_its_decision(due):
    paper = Document.objects.create(organisation=due.root, kind="decision", number="345-QĐ/TU", issued_on=date(2027, 1, 10), issuer="Tỉnh ủy")
    BadgeAward.objects.filter(years=30).update(state="awarded", document=paper)
    note = next(row[-1] for row in tables_of(made(due.root))["Bảng 2. Danh sách xét tặng"] if "Trần Thị Ba Mươi" in row)
    assert note == "Đã tặng theo quyết định số 345-QĐ/TU, ngày 10/01/2027"


def test_excel_carries_both_tables(due):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(due.root).files["xlsx"]))
    counts, people = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert counts[-1] == ["Cộng", 4, 3, 1, 0, 2, 2, 0]
    assert people[0][0] == "Bảng 2. Danh sách xét tặng"
    assert people[1][0] == "Đảng ủy Khối các cơ quan tỉnh. Số liệu đến ngày 15/01/2027"


def test_the_page_of_an_award_day_leads_to_its_list(client, due):
    client.force_login(due.staff)
    page = client.get(f"{reverse('members:badge_list')}?round=2027-05-19").content.decode()
    asked = f"{reverse('reports:report_new', args=['badge-list'])}?about={due.root.pk}&amp;ceremony=2027-05-19"
    assert asked in page
    form = client.get(asked.replace("&amp;", "&")).context["form"]
    assert (form["about"].value(), form["ceremony"].value()) == (str(due.root.pk), "2027-05-19")
    wrong = client.post(asked, {"about": due.root.pk, "day": "15/01/2027", "ceremony": "2030-02-03"})
    assert wrong.context["form"].errors["ceremony"]
    assert client.post(asked, {"about": due.root.pk, "day": "15/01/2027", "ceremony": "2027-05-19"}).status_code == 302
    assert Paper.objects.get().options == {"ceremony": "2027-05-19"}
    client.force_login(due.inspector)
    assert "badge-list" not in client.get(reverse("members:badge_list")).content.decode()
    client.force_login(due.secretary)
    assert f"badge-list/?about={due.lone.pk}&amp;" in client.get(reverse("members:badge_list")).content.decode()
