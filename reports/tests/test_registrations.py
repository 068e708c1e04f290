"""Bản đăng ký and tổng hợp đăng ký: from rows to sentences, tables and files; counted by hand."""

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from docx import Document as WordFile
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from cells.enums import Role
from cells.models import Document
from evaluations.enums import DecisionState, Subject
from evaluations.models import Cycle, Decision, DecisionItem, Registration, Review, Stage
from evaluations.tests.conftest import person
from members.models import Seat
from reports import services
from reports.building import build, freeze, thaw
from reports.figures.registered_rows import list_behind
from reports.models import Paper
from reports.tests.conftest import rated_year
from reports.tests.specimens import registrations as specimens

SENT_AT, LATE = datetime(2018, 1, 20, 5, tzinfo=UTC), datetime(2018, 2, 5, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def form_of(registration):
    return build(
        Paper(
            kind="registration_form", organisation=registration.organisation, registration=registration, about_key=f"registration:{registration.pk}"
        )
    )


def summary_of(organisation, cycle):
    return build(Paper(kind="registration_summary", organisation=organisation, cycle=cycle, about_key=f"cycle:{cycle.pk}"))


def text_of(built):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(built.files["pdf"])).pages)


def table_of(built, caption):
    """The rows of texts of the table whose caption ends so."""
    (block,) = (block for block in thaw(built.text).write().sections[0].blocks if block.kind == "table" and block.caption.endswith(caption))
    return [[cell.text for cell in row.cells] for row in block.rows]


def register(cycle, unit, state, level=None, planned=(None,) * 4, admissions=None, meetings=None, submitted_at=SENT_AT):
    counts = {f"planned_{place}": number for place, number in enumerate(planned, 1)}
    noted = {"noted_at": submitted_at} if state == "noted" else {}
    return Registration.objects.create(
        cycle=cycle,
        organisation=unit,
        superior_name=unit.parent.committee_name,
        state=state,
        level=level,
        admissions_planned=admissions,
        thematic_meetings_planned=meetings,
        submitted_at=None if state == "draft" else submitted_at,
        **counts,
        **noted,
    )


@pytest.fixture
def year(world):
    """2018 with a deadline on 31/01: a base and its first cell registered, its second only drafted, one chi bộ cơ sở late, one returned."""
    cycle = Cycle.objects.create(root=world.root, year=2018, rulebook="HD16", cutoff_on=date(2018, 12, 31))
    Stage.objects.create(cycle=cycle, kind="registration", starts_on=date(2018, 1, 1), due_on=date(2018, 1, 31))
    world.cycle = cycle
    world.of_base = register(cycle, world.base, "noted", 1, (2, 3, 0, 0), 2, 8)
    world.of_first = register(cycle, world.first, "submitted", 2, (1, 2, 0, 0), 1, 4)
    world.of_second = register(cycle, world.second, "draft", 1, (9, 9, 9, 9), 9, 9)
    world.of_lone = register(cycle, world.lone, "submitted", 2, (0, 2, 0, 0), 0, 4, submitted_at=LATE)
    world.of_other = register(cycle, world.other, "returned", 1, (1, 0, 0, 0), 5, 5)
    return world


def test_a_base_registers_beside_the_sum_of_its_cells_that_have_sent_theirs(year):
    built = form_of(year.of_base)
    figures = thaw(built.text).figures
    assert (figures.below.units, figures.below.sent, figures.below.planned.members) == (2, 1, (1, 2, 0, 0))  # the draft adds nothing
    said = text_of(built)
    assert "ĐẢNG BỘ SỞ NỘI VỤ" not in said
    assert "ĐẢNG ỦY SỞ NỘI VỤ" in said
    assert "Đảng ủy Sở Nội vụ đăng ký với Đảng ủy Khối các cơ quan tỉnh mức phấn đấu năm 2018 như sau:" in said
    assert "1. Đảng bộ Sở Nội vụ đăng ký phấn đấu đạt mức: “hoàn thành xuất sắc nhiệm vụ”." in said
    assert "3. Dự kiến kết nạp: 02 đảng viên. Sinh hoạt chuyên đề: 08 buổi." in said
    assert "Cộng từ các chi bộ: kết nạp 01 đảng viên; sinh hoạt chuyên đề 04 buổi." in said
    assert "01/02 chi bộ trực thuộc đã gửi bản đăng ký" in said
    assert "T/M ĐẢNG ỦY BÍ THƯ" in said
    assert "Số " not in said.split("BẢN ĐĂNG KÝ")[0]
    assert freeze(thaw(built.text)) == built.text


def test_percentages_of_the_form_are_of_all_members_of_its_column(year):
    assert table_of(form_of(year.of_base), "")[0] == ["Hoàn thành xuất sắc nhiệm vụ", "2", "40", "1", "33,33"]
    assert table_of(form_of(year.of_base), "")[-1] == ["Tổng số đảng viên", "5", "100", "3", "100"]


def test_what_a_unit_has_not_written_is_left_open_and_never_a_zero(year):
    Registration.objects.filter(pk=year.of_second.pk).update(level=None, admissions_planned=None, commitments="", planned_2=None)
    year.of_second.refresh_from_db()
    built = form_of(year.of_second)
    said = text_of(built)
    assert "đăng ký phấn đấu đạt mức: …" in said
    assert "Dự kiến kết nạp: ……… đảng viên." in said
    assert "Chỗ chấm: chưa ghi." in said
    assert table_of(built, "")[-1] == ["Tổng số đảng viên", "………", "………"]
    assert thaw(built.text).framing.issued_on is None  # not sent: dated by hand


def test_a_form_of_2017_speaks_in_the_words_of_its_year_and_needs_no_form_of_papers_of_that_day(year):
    Cycle.objects.filter(pk=year.cycle.pk).update(year=2017)
    year.of_lone.cycle.refresh_from_db()
    said = text_of(form_of(year.of_lone))
    assert "hoàn thành tốt nhiệm vụ" in said
    assert "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ" in said


def test_it_is_dated_when_it_was_sent_and_signed_by_the_secretary_of_that_day(year):
    Registration.objects.filter(pk=year.of_first.pk).update(submitted_at=datetime(2026, 1, 20, 5, tzinfo=UTC))
    secretary = year.first.members.first()
    Seat.objects.create(organisation=year.first, member=secretary, post="secretary", valid_from=date(2025, 1, 1))
    year.of_first.refresh_from_db()
    frame = thaw(form_of(year.of_first).text).framing
    assert (frame.issued_on, frame.signer, frame.authority) == (date(2026, 1, 20), secretary.full_name, "T/M CHI BỘ")


def test_members_own_registrations_are_appended_with_a_place_to_sign(year):
    members = list(year.first.members.order_by("sort_key"))
    for member, level in zip(members, (1, 2, 2), strict=True):
        year.of_first.members.create(member=member, level=level)
    built = form_of(year.of_first)
    (appendix,) = thaw(built.text).write().appendices
    assert [row.cells[1].text for row in appendix.table.rows] == [member.full_name for member in members]
    assert [row.cells[3].level for row in appendix.table.rows] == [1, 2, 2]
    assert appendix.table.columns[-1].title == "Ký tên"
    assert "(kèm theo Bản đăng ký ngày" in text_of(built)  # no number, so none is cited
    assert len(WordFile(io.BytesIO(built.files["docx"])).tables[-1].rows) == 4


def test_the_summary_says_who_registered_what_and_who_has_not(year):
    built = summary_of(year.root, year.cycle)
    said = text_of(built)
    assert (
        "Năm 2018, có 02/03 tổ chức cơ sở đảng đăng ký mức phấn đấu (66,67%): 01 đăng ký hoàn thành xuất sắc nhiệm vụ (50% số đã đăng ký), "
        "01 đăng ký hoàn thành tốt nhiệm vụ (50% số đã đăng ký); dự kiến kết nạp 02 đảng viên; còn 01 tổ chức cơ sở đảng chưa đăng ký."
    ) in said
    assert "Năm 2018, có 01/02 chi bộ trực thuộc đảng ủy cơ sở đăng ký mức phấn đấu (50%)" in said
    assert table_of(built, "theo loại tổ chức đảng") == [
        ["Đảng bộ cơ sở", "1", "1", "100", "1", "100", "0", "0", "0", "0", "0", "0", "0"],
        ["Chi bộ cơ sở", "2", "1", "50", "0", "0", "1", "100", "0", "0", "0", "0", "1"],
        ["Cộng tổ chức cơ sở đảng", "3", "2", "66,67", "1", "50", "1", "50", "0", "0", "0", "0", "1"],
        ["Chi bộ trực thuộc", "2", "1", "50", "0", "0", "1", "100", "0", "0", "0", "0", "1"],
        ["Tổng cộng", "5", "3", "60", "1", "33,33", "2", "66,67", "0", "0", "0", "0", "2"],
    ]
    assert table_of(built, "chưa đăng ký") == [
        ["1", "Chi bộ Hội Nhà báo", "Đảng bộ Khối các cơ quan tỉnh", "Bị trả lại, chưa gửi lại, quá hạn"],
        ["2", "Chi bộ Thanh tra", "Đảng bộ Sở Nội vụ", "Chưa gửi, quá hạn"],
    ]
    assert freeze(thaw(built.text)) == built.text


def test_what_an_unregistered_unit_drafted_is_in_no_column(year):
    rows = table_of(summary_of(year.root, year.cycle), "Đăng ký của từng đơn vị trực thuộc")
    assert rows == [
        ["1", "Đảng bộ Sở Nội vụ", "HTXSNV", "2", "3", "0", "0", "2", "8", "–", ""],
        ["2", "Chi bộ Liên minh Hợp tác xã", "HTTNV", "0", "2", "0", "0", "0", "4", "–", "muộn"],
        ["3", "Chi bộ Hội Nhà báo", "–", "–", "–", "–", "–", "–", "–", "–", "chưa đăng ký"],
        ["Cộng", "2", "5", "0", "0", "2", "12", "", ""],
    ]


def published(world, year, levels):
    """Levels of `year`, decided and announced."""
    return rated_year(world, year, levels, {})


def test_levels_of_the_year_before_are_compared_within_one_series_only(year):
    published(year, 2017, {"base": 2, "lone": 1})
    built = summary_of(year.root, year.cycle)
    assert "theo hai quy định có tiêu chuẩn khác nhau nên được ghi cạnh nhau để biết, không so sánh." in text_of(built)
    assert "cao hơn" not in text_of(built)
    rows = table_of(built, "Đăng ký của từng đơn vị trực thuộc")
    assert [row[-2] for row in rows[:3]] == ["HTTNV", "TSVM", "–"]


def test_aims_stand_beside_last_years_published_results(year):
    Cycle.objects.filter(pk=year.cycle.pk).update(year=2020)
    cycle = Cycle.objects.get(pk=year.cycle.pk)
    before = published(year, 2019, {"base": 2, "lone": 2, "other": 3})
    built = summary_of(year.root, cycle)
    assert (
        "Trong 02 đơn vị trực thuộc đã đăng ký và có kết quả xếp loại năm 2019: 01 đơn vị đăng ký mức cao hơn kết quả năm 2019, "
        "01 đơn vị bằng, 00 đơn vị thấp hơn."
    ) in text_of(built)
    assert table_of(built, "so với kết quả năm 2019")[:3] == [
        ["Hoàn thành xuất sắc nhiệm vụ", "0", "0", "1", "50"],
        ["Hoàn thành tốt nhiệm vụ", "2", "66,67", "1", "50"],
        ["Hoàn thành nhiệm vụ", "1", "33,33", "0", "0"],
    ]
    review = Review.objects.get(sheet__cycle=before, organisation=year.lone, subject=Subject.ORGANISATION)
    issued = Decision.objects.create(cycle=before, body=year.root, title="Công nhận")
    DecisionItem.objects.create(decision=issued, review=review, level=2)
    paper = Document.objects.create(organisation=year.root, kind="decision", number="9-QĐ/ĐUK", issued_on=date(2020, 1, 15), issuer="Đảng ủy Khối")
    Decision.objects.filter(pk=issued.pk).update(state=DecisionState.ISSUED, document=paper, issued_at=SENT_AT)
    built = summary_of(year.root, cycle)  # issued and not announced: not known below yet
    assert table_of(built, "so với kết quả năm 2019")[1] == ["Hoàn thành tốt nhiệm vụ", "1", "50", "1", "50"]


def test_excel_holds_every_table_with_numbers_as_numbers(year):
    book = CalamineWorkbook.from_filelike(io.BytesIO(summary_of(year.root, year.cycle).files["xlsx"]))
    first = book.get_sheet_by_index(0).to_python()
    assert first[0][0] == "Bảng 1. Kết quả đăng ký theo loại tổ chức đảng"
    assert first[-3][:4] == ["Tổng cộng", 5, 3, 60]
    assert len(book.sheet_names) == 4


def test_each_figure_opens_its_units_and_only_those_that_the_reader_sees(year):
    figures = thaw(summary_of(year.root, year.cycle).text).figures

    def names(user, *asked):
        return [row.organisation.name for row in list_behind(figures, user, *asked).rows]

    assert names(year.staff, "all-sent", None) == ["Đảng bộ Sở Nội vụ", "Chi bộ Văn phòng", "Chi bộ Liên minh Hợp tác xã"]
    assert names(year.staff, "bases", 0) == ["Chi bộ Hội Nhà báo"]
    assert names(year.staff, "cell", 2) == ["Chi bộ Văn phòng"]
    assert names(year.secretary, "all", None) == ["Chi bộ Liên minh Hợp tác xã"]
    assert list_behind(figures, year.staff, "nonsense", None) is None


def test_the_buttons_lead_to_the_very_paper_for_those_who_may_have_it_written(client, year):
    detail = reverse("evaluations:registration_detail", args=[year.of_lone.pk])
    asked = f"{reverse('reports:report_new', args=['registration-form'])}?about={year.of_lone.pk}"
    for user, sees in ((year.secretary, True), (year.staff, True), (year.leader, True), (year.inspector, False)):
        client.force_login(user)
        assert (asked in client.get(detail).content.decode()) is sees
    client.force_login(year.secretary)
    assert client.get(asked).context["form"]["about"].value() == str(year.of_lone.pk)
    assert {one.organisation for one in client.get(asked).context["choices"]} == {year.lone}
    listed = reverse("evaluations:registration_list", args=[year.cycle.pk])
    assert "registration-summary" not in client.get(listed).content.decode()  # a cell has no units to sum
    client.force_login(year.staff)
    summary = f"{reverse('reports:report_new', args=['registration-summary'])}?about={year.cycle.pk}-{year.root.pk}"
    assert summary in client.get(listed).content.decode()
    assert client.post(summary, {"about": f"{year.cycle.pk}-{year.root.pk}"}).status_code == 302
    assert (Paper.objects.get().organisation, Paper.objects.get().cycle) == (year.root, year.cycle)


def test_the_page_of_an_old_registration_leads_to_a_form_that_offers_it(client, year, monkeypatch):
    monkeypatch.setattr("reports.subjects.MOST", 2)
    client.force_login(year.staff)
    address = reverse("reports:report_new", args=["registration-form"])
    offered = client.get(f"{address}?about={year.of_other.pk}").context["form"].fields["about"].choices
    assert str(year.of_other.pk) in [key for key, _ in offered]
    assert client.post(address, {"about": year.of_other.pk}).status_code == 302


def test_a_base_asks_for_the_summary_of_its_own_cells(client, year):
    secretary = person("basesecretary", Role.SECRETARY, year.base)
    client.force_login(secretary)
    assert [one.organisation for one in client.get(reverse("reports:report_new", args=["registration-summary"])).context["choices"]] == [year.base]
    built = summary_of(year.base, year.cycle)
    assert "Năm 2018, có 01/02 tổ chức đảng trực thuộc đăng ký mức phấn đấu" in text_of(built)
    assert "Chi bộ Hội Nhà báo" not in built.text


@pytest.mark.parametrize("specimen", [specimens.base_form, specimens.cell_form, specimens.summary])
def test_specimens_thaw_to_the_same(specimen):
    text = freeze(specimen())
    assert freeze(thaw(text)) == text
