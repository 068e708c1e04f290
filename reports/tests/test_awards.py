"""The decision on commendations and the certificates: what they print of a round, and of nobody else."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from cells.models import OrganisationName
from evaluations.models import Commendation, CommendationRound, Review
from evaluations.tests.conftest import place  # noqa: F401  the small committee of the evaluation tests
from evaluations.tests.test_commendations import issued, listed, merits  # noqa: F401  a list with its proof
from members.models import Member
from reports import services
from reports.building import build, freeze, thaw
from reports.models import Paper
from reports.tasks import build_paper


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def made(kind, round_, **options):
    return build(Paper(kind=kind, organisation=round_.body, round=round_, about_key=f"round:{round_.pk}", options=options))


def pages_of(built):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(built.files["pdf"])).pages]


@pytest.fixture
def decided(merits):  # noqa: F811
    """Two members of the base, decided on under number 12-QĐ/ĐU."""
    return issued(merits, merits.best, merits.also)


def test_a_decision_prints_the_number_day_and_list_of_the_round(decided):
    said = " ".join(pages_of(made("commendation_decision", decided)))
    count = decided.items.filter(granted=True).count()
    assert "Số 12-QĐ/ĐU" in said
    assert "Dự thảo" not in said
    assert f"Điều 1. Tặng giấy khen cho {count:02d} đảng viên hoàn thành xuất sắc nhiệm vụ năm 2024 (có danh sách kèm theo)." in said
    for name in decided.items.values_list("name", flat=True):
        assert name in said
    assert "(kèm theo Quyết định số 12-QĐ/ĐU, ngày" in said


@pytest.fixture
def mixed(merits):  # noqa: F811
    """A list of the Khối: a base, a lone base cell, a cell; members of two bases, one praised only."""
    round_ = CommendationRound.objects.create(
        body=merits.root, awarding_body=merits.root, awarder_kind=merits.root.kind, year=2024, title="Khen thưởng năm 2024"
    )
    common = {"round": round_, "basis": "year", "first_year": 2024, "last_year": 2024}
    for unit in (merits.lone, merits.first, merits.base):
        Commendation.objects.create(
            **common, organisation=unit, place=unit, name=unit.name, place_name=unit.name, sort_key=unit.sort_key, award="certificate"
        )
    people = Member.objects.filter(full_name__in=["Trần Văn Ab", "Lê Thị Hoa", "Phạm Văn Lâm", "Trần Văn Ac"])
    for one in people:
        award = "praise" if one.full_name == "Trần Văn Ac" else "certificate"
        name = {"name": one.full_name, "place_name": one.cell.name, "sort_key": one.sort_key}
        Commendation.objects.create(**common, **name, member=one, place=one.cell, award=award)
    Member.objects.filter(full_name="Lê Thị Hoa").update(position="Phó Chánh Thanh tra")
    Review.objects.filter(member__full_name="Trần Văn Ab", sheet__cycle__year=2024).update(position="Trưởng phòng")
    Member.objects.filter(full_name="Trần Văn Ab").update(position="Giám đốc")
    return round_


def test_lists_stand_by_base_then_by_name_with_the_columns_of_each(mixed):
    paper = thaw(made("commendation_decision", mixed).text).write()
    articles = [block.text for block in paper.sections[0].blocks if block.kind == "article"]
    assert articles[0] == (
        "Tặng giấy khen cho 03 tổ chức đảng hoàn thành xuất sắc nhiệm vụ tiêu biểu năm 2024 và 03 đảng viên hoàn thành xuất sắc nhiệm vụ "
        "năm 2024; biểu dương 01 đảng viên (có danh sách kèm theo)."
    )
    assert articles[1] == "Tiền thưởng kèm theo thực hiện theo quy định hiện hành."
    lists = {one.title: [[cell.text for cell in row.cells] for row in one.table.rows] for one in paper.appendices}
    best = "Hoàn thành xuất sắc nhiệm vụ tiêu biểu năm 2024"
    assert lists == {
        "Tổ chức đảng được tặng giấy khen": [
            ["1", "Chi bộ Liên minh Hợp tác xã", "Đảng bộ Khối các cơ quan tỉnh", best, "–"],
            ["2", "Đảng bộ Sở Nội vụ", "Đảng bộ Khối các cơ quan tỉnh", best, "–"],
            ["Đảng bộ Sở Nội vụ"],
            ["3", "Chi bộ Văn phòng", "Đảng bộ Sở Nội vụ", best, "–"],
        ],
        "Đảng viên được tặng giấy khen": [
            ["Đảng bộ Sở Nội vụ"],
            ["1", "Trần Văn Ab", "Trưởng phòng", "Chi bộ Văn phòng", "Hoàn thành xuất sắc nhiệm vụ năm 2024", "–"],
            ["2", "Lê Thị Hoa", "Phó Chánh Thanh tra", "Chi bộ Thanh tra", "Hoàn thành xuất sắc nhiệm vụ năm 2024", "–"],
            ["Chi bộ Liên minh Hợp tác xã"],
            ["3", "Phạm Văn Lâm", "", "Chi bộ Liên minh Hợp tác xã", "Hoàn thành xuất sắc nhiệm vụ năm 2024", "–"],
        ],
        "Đảng viên được biểu dương": [["1", "Trần Văn Ac", "", "Chi bộ Văn phòng", "", "–"]],
    }
    assert all(sum(column.width for column in one.table.columns) == 100 for one in paper.appendices)
    assert paper.appendices[2].table.footnotes == ("–: không kèm tiền thưởng.",)
    mixed.items.exclude(award="praise").update(amount=1_000_000, multiplier="0.5", base_salary=2_000_000)
    again = thaw(made("commendation_decision", mixed).text).write()
    assert "Tiền thưởng kèm theo: 6.000.000 đồng" in again.sections[0].blocks[1].text


def test_a_decision_prints_the_names_and_places_of_its_day(decided):
    """The cell was called otherwise when the decision was issued."""
    first = decided.items.first().place
    OrganisationName.objects.create(organisation=first, name="Chi bộ Hành chính", valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 1))
    figures = thaw(made("commendation_decision", decided).text).figures
    assert {(one.cell, one.base) for one in figures.items} == {("Chi bộ Hành chính", "Đảng bộ Sở Nội vụ")}


def test_what_was_refused_or_revoked_is_on_no_paper(decided):
    gone = decided.items.order_by("pk").first()
    Commendation.objects.filter(pk=gone.pk).update(granted=False)
    for kind in ("commendation_decision", "certificates"):
        assert gone.name not in " ".join(pages_of(made(kind, decided)))


def test_money_is_summed_only_where_all_of_it_is_known(decided):
    Commendation.objects.filter(round=decided).update(amount=702_000, multiplier="0.3", base_salary=2_340_000)
    count = decided.items.count()
    said = " ".join(pages_of(made("commendation_decision", decided)))
    assert f"Tiền thưởng kèm theo: {count * 702:,}.000 đồng".replace(",", ".") in said
    Commendation.objects.filter(pk=decided.items.first().pk).update(amount=None)
    said = " ".join(pages_of(made("commendation_decision", decided)))
    assert "Tiền thưởng kèm theo thực hiện theo quy định hiện hành." in said
    assert "–: chưa rõ mức thưởng." in said


def test_each_certificate_is_a_page_of_its_own_in_the_order_of_the_list(decided):
    built = made("certificates", decided)
    pages = pages_of(built)
    names = list(decided.items.filter(award="certificate").order_by("place__path", "sort_key").values_list("name", flat=True))
    assert len(pages) == len(names)
    for number, (name, said) in enumerate(zip(names, pages, strict=True), 1):
        assert "GIẤY KHEN" in said
        assert name in said
        assert f"Số sổ khen thưởng: {number:02d}" in said
        assert "Quyết định số 12-QĐ/ĐU" in said
    page = PdfReader(io.BytesIO(built.files["pdf"])).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]


def test_a_printed_blank_gets_the_text_only_shifted(decided):
    plain = pages_of(made("certificates", decided, framed=False, right=0, down=0))
    assert all("GIẤY KHEN" not in said for said in plain)

    def first_word(**options):
        found = []
        reader = PdfReader(io.BytesIO(made("certificates", decided, framed=False, **options).files["pdf"]))
        reader.pages[0].extract_text(visitor_text=lambda text, cm, tm, *_: text.strip() and found.append((cm[4] + tm[4], cm[5] + tm[5])))
        return found[0]

    (x, y), (moved_x, moved_y) = first_word(right=0, down=0), first_word(right=10, down=-5)
    assert (round((moved_x - x) / 96 * 25.4), round((moved_y - y) / 96 * 25.4)) == (10, -5)  # text is placed in CSS pixels, y going down


def test_a_person_s_long_name_and_hostile_words_are_printed_as_they_are(decided):
    Commendation.objects.filter(pk=decided.items.first().pk).update(name="<b>Nguyễn Phước Bảo Công Tằng Tôn Nữ Thị Huyền Trân</b>", merit='=cmd|"x"')
    said = " ".join(pages_of(made("certificates", decided)))
    assert "<b>Nguyễn Phước Bảo Công Tằng Tôn Nữ Thị Huyền Trân</b>" in said
    assert '=cmd|"x"' in said


@pytest.mark.parametrize("kind", ["commendation_decision", "certificates"])
def test_frozen_figures_read_back_equal(decided, kind):
    built = made(kind, decided)
    assert freeze(thaw(built.text)) == built.text


def test_only_a_round_that_was_decided_by_its_own_body_has_certificates(client, merits, decided):  # noqa: F811
    open_round = CommendationRound.objects.create(
        body=merits.base, awarding_body=merits.base, awarder_kind=merits.base.kind, year=2025, title="Khen thưởng năm 2025"
    )
    client.force_login(merits.base_staff)
    offered = client.get(reverse("reports:report_new", args=["certificates"])).context["choices"]
    assert [one.subject for one in offered] == [decided]
    offered = client.get(reverse("reports:report_new", args=["commendation-decision"])).context["choices"]
    assert {one.subject for one in offered} == {decided, open_round}


def test_staff_asks_for_certificates_with_offsets_and_a_stranger_cannot(client, merits, decided):  # noqa: F811
    client.force_login(merits.base_staff)
    url = reverse("reports:report_new", args=["certificates"])
    wrong = client.post(url, {"about": decided.pk, "framed": "0", "right": "99", "down": "0"})
    assert "40" in BeautifulSoup(wrong.content, "html.parser").find(class_="invalid-feedback").get_text()
    answer = client.post(url, {"about": decided.pk, "framed": "0", "right": "3", "down": "-2"})
    paper = Paper.objects.get()
    assert paper.options == {"framed": False, "right": 3, "down": -2}
    build_paper(paper.pk)
    page = client.get(answer.url)
    assert "hãy tải tệp PDF ở trên" in page.content.decode()
    name = client.get(reverse("reports:report_download", args=[paper.pk, "pdf"])).headers["Content-Disposition"]
    assert name == f'attachment; filename="giay-khen-{decided.year}-{decided.pk}.pdf"'
    client.force_login(merits.stranger)
    assert client.get(answer.url).status_code == 404
    assert client.post(url, {"about": decided.pk, "framed": "1", "right": "0", "down": "0"}).status_code == 403


def test_the_day_of_figures_is_that_of_the_request(decided):
    assert thaw(made("commendation_decision", decided).text).figures.as_of >= date(2026, 1, 1)
