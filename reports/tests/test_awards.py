"""The decision on commendations and the certificates: what they print of a round, and of nobody else."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from evaluations.models import Commendation, CommendationRound
from evaluations.tests.conftest import place  # noqa: F401  the small committee of the evaluation tests
from evaluations.tests.test_commendations import issued, listed, merits  # noqa: F401  a list with its proof
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
    assert f"Điều 1. Tặng giấy khen cho {count:02d} đảng viên (có danh sách kèm theo)." in said
    for name in decided.items.values_list("name", flat=True):
        assert name in said
    assert "(kèm theo Quyết định số 12-QĐ/ĐU, ngày" in said


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
