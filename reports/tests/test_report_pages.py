"""From asking to downloading, as people see it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from reports import services
from reports.enums import PaperState
from reports.models import Paper
from reports.tasks import build_paper


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


@pytest.fixture
def paper(two_years, targets):
    return services.request_term_report(two_years.term, by=two_years.leader)


@pytest.fixture
def done(paper):
    build_paper(paper.pk)
    paper.refresh_from_db()
    return paper


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(soup):
    return " ".join(soup.get_text(" ").split())


def test_a_leader_asks_for_a_report(client, two_years):
    client.force_login(two_years.leader)
    form = {"term": two_years.term.pk, "issued_on": "05/05/2020", "number": "12", "signer_position": "Bí thư", "signer_name": "Trần Văn Ký"}

    answer = client.post(reverse("reports:report_new"), form)

    paper = Paper.objects.get()
    assert answer.url == reverse("reports:report_detail", args=[paper.pk])
    assert (paper.number, paper.signer_name, paper.state) == (12, "Trần Văn Ký", PaperState.QUEUED)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"issued_on": "31/02/2020"}, "Ngày 31/02/2020 không có thật"),
        ({"issued_on": "02/04/2018"}, "phần mềm áp dụng từ ngày 03/4/2018"),
        ({"number": "12"}, "Báo cáo đã có số thì cần ngày ban hành."),
    ],
)
def test_wrong_dates_are_refused_beside_the_field_and_kept(client, two_years, typed, sentence):
    client.force_login(two_years.leader)

    answer = client.post(reverse("reports:report_new"), {"term": two_years.term.pk, "signer_position": "Bí thư"} | typed)

    soup = BeautifulSoup(answer.content, "html.parser")
    assert sentence in text(soup)
    for name, value in typed.items():
        assert soup.find(attrs={"name": name})["value"] == value
    assert not Paper.objects.exists()


def test_progress_is_shown_and_asked_for_again(client, htmx_client, paper, two_years):
    client.force_login(two_years.leader)
    soup = page(client, "reports:report_detail", paper.pk)
    box = soup.find(id="progress")
    assert box["hx-get"] == reverse("reports:report_detail", args=[paper.pk])
    assert soup.find("progress")["value"] == "0"

    Paper.objects.filter(pk=paper.pk).update(state=PaperState.FAILED, failure="Máy chủ hết chỗ.", finished_at="2026-11-23T01:00:00Z")
    htmx_client.force_login(two_years.leader)
    answer = htmx_client.get(reverse("reports:report_detail", args=[paper.pk]))
    assert answer.headers["HX-Refresh"] == "true"
    assert "Máy chủ hết chỗ." in text(page(client, "reports:report_detail", paper.pk))


def test_the_page_shows_the_report_and_every_figure_opens_its_list(client, done, two_years):
    client.force_login(two_years.leader)
    soup = page(client, "reports:report_detail", done.pk)

    article = soup.find("article")
    assert "V- MỨC ĐỘ HOÀN THÀNH CÁC CHỈ TIÊU" in text(article)
    assert "Trong sạch, vững mạnh" in text(article)
    assert "không so sánh trực tiếp" in text(article)
    links = {link["href"]: link.get_text() for link in article.find_all("a")}
    assert len(links) > 20
    for href, shown in links.items():
        answer = client.get(href)
        assert answer.status_code == 200, href
        if "/rows/" in href and shown.isdigit():
            assert answer.context["count"] == int(shown), href


def test_a_list_behind_a_figure_is_exported(client, done, two_years):
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_rows", args=[done.pk, "admissions"]), {"export": "xlsx"})

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="so-lieu-')


@pytest.mark.parametrize(
    ("topic", "query"),
    [("nothing", {"year": 2017}), ("bases", {}), ("bases", {"year": 2014}), ("members", {"year": 2017, "level": 9}), ("admissions", {"year": 1999})],
)
def test_a_figure_that_the_report_does_not_have_has_no_list(client, done, two_years, topic, query):
    client.force_login(two_years.leader)

    assert client.get(reverse("reports:report_rows", args=[done.pk, topic]), query).status_code == 404


def test_download_gives_the_file_under_a_plain_name(client, done, two_years):
    client.force_login(two_years.inspector)

    answer = client.get(reverse("reports:report_download", args=[done.pk]))

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-nhiem-ky-2017-2019.pdf"'


def test_a_file_that_was_changed_is_not_given_out(client, done, two_years):
    with open(done.file.path, "ab") as file:
        file.write(b"%")
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_download", args=[done.pk]))

    assert answer.status_code == 409
    assert "đã bị thay đổi" in answer.content.decode()


def test_a_file_that_is_gone_is_told_in_a_sentence(client, done, two_years):
    done.file.storage.delete(done.file.name)
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_download", args=[done.pk]))

    assert answer.status_code == 409
    assert "Không tìm thấy tệp báo cáo" in answer.content.decode()


def test_a_secretary_of_a_cell_does_not_learn_of_the_report(client, done, two_years):
    client.force_login(two_years.secretary)

    assert "2017-2019" not in text(page(client, "reports:report_list"))
    assert client.get(reverse("reports:report_download", args=[done.pk])).status_code == 404


def test_an_inspector_downloads_but_is_not_offered_to_build(client, done, two_years):
    client.force_login(two_years.inspector)

    soup = page(client, "reports:report_list")

    assert soup.find("a", href=reverse("reports:report_download", args=[done.pk]))
    assert not soup.find("a", href=reverse("reports:report_new"))
    assert client.post(reverse("reports:report_new"), {}).status_code == 403


def test_figures_stay_as_they_were_when_the_data_change(client, done, two_years):
    two_years.term.label = "2017-2099"
    two_years.root.sheets.all()
    Paper.objects.filter(pk=done.pk).get()
    for sheet in two_years.base.sheets.all():
        sheet.tallies.all().delete()
    client.force_login(two_years.leader)

    article = page(client, "reports:report_detail", done.pk).find("article")

    assert "01 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ (50%)" in text(article)
