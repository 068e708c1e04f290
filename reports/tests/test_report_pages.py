"""From asking to downloading, as people see it."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from cells.models import Sector, Term
from cells.tests.factories import OrganisationFactory
from khoi_party.common.errors import DomainError
from members.tests.factories import MemberFactory
from reports import services
from reports.building import thaw
from reports.enums import PaperState
from reports.models import Paper
from reports.tasks import build_paper

from .honours import give_honours


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
    kinds = page(client, "reports:report_kinds")
    url = kinds.find("a", string="Báo cáo tổng kết nhiệm kỳ")["href"]

    answer = client.post(url, {"about": two_years.term.pk})

    paper = Paper.objects.get()
    assert answer.url == reverse("reports:report_detail", args=[paper.pk])
    assert (paper.term, paper.organisation, paper.state, paper.number) == (two_years.term, two_years.root, PaperState.QUEUED, None)


def test_a_term_that_one_may_not_report_on_is_no_choice(client, two_years):
    client.force_login(two_years.leader)
    elsewhere = Term.objects.create(
        organisation=OrganisationFactory(kind="upper_committee"), label="2020-2025", congress_on=date(2020, 6, 1), first_year=2020, last_year=2024
    )

    answer = client.post(reverse("reports:report_new", args=["term-report"]), {"about": elsewhere.pk})

    assert answer.status_code == 200
    assert not Paper.objects.exists()


def test_a_person_has_at_most_three_papers_under_way(client, paper, two_years):
    more = {"label": "2019-2021", "congress_on": date(2019, 6, 1), "first_year": 2019, "last_year": 2020}
    for number in range(2):
        Paper.objects.create(
            kind="term_report",
            organisation=two_years.root,
            about_key=f"term:{9000 + number}",
            requested_by=two_years.leader,
            queued_at="2026-01-01T00:00Z",
        )
    another = Term.objects.create(organisation=two_years.root, **more)
    client.force_login(two_years.leader)

    answer = client.post(reverse("reports:report_new", args=["term-report"]), {"about": another.pk})

    assert "đang có 3 văn bản chờ lập" in text(BeautifulSoup(answer.content, "html.parser"))
    assert Paper.objects.count() == 3


ISSUE = {"number": "12", "issued_on": "05/05/2020", "signer_position": "Phó bí thư", "signer_name": "Trần Văn Ký", "recipients": "", "grounds": ""}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"issued_on": "31/02/2020"}, "Ngày 31/02/2020 không có thật"),
        ({"issued_on": "02/04/2018"}, "phần mềm áp dụng từ ngày 03/4/2018"),
        ({"issued_on": "01/01/2099"}, "Ngày ban hành chưa đến."),
        ({"number": "0"}, "lớn hơn hoặc bằng 1"),
        ({"signer_name": ""}, "Không được để trống mục này"),
    ],
)
def test_a_wrong_issue_is_refused_beside_the_field_and_kept(client, done, two_years, typed, sentence):
    client.force_login(two_years.leader)

    answer = client.post(reverse("reports:report_issue", args=[done.pk]), ISSUE | typed)

    soup = BeautifulSoup(answer.content, "html.parser")
    assert sentence in text(soup)
    for name, value in (ISSUE | typed).items():
        if name in ("number", "issued_on", "signer_name"):
            assert soup.find(attrs={"name": name}).get("value", "") == value
    done.refresh_from_db()
    assert (done.is_issued, done.number) == (False, None)


def test_an_issued_paper_is_set_once_more_and_never_again(client, done, two_years):
    client.force_login(two_years.leader)
    frozen = thaw(done.figures).figures
    client.post(
        reverse("reports:report_issue", args=[done.pk]), ISSUE | {"recipients": "- Tỉnh ủy;\n- Lưu Văn phòng.", "grounds": "Quy chế làm việc;"}
    )
    MemberFactory(cell=two_years.lone, admitted_on=date(2018, 5, 19), official_on=date(2019, 5, 19))
    build_paper(done.pk)
    done.refresh_from_db()

    said = whole(done)
    assert "Số 12-BC/ĐUK" in said
    assert "Dự thảo" not in said
    assert "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ Trần Văn Ký" in said
    assert "- Tỉnh ủy, - Lưu Văn phòng." in said  # HD 36 held in 2020: commas
    assert "- Căn cứ quy chế làm việc." in said
    assert thaw(done.figures).figures == frozen
    for name, args in (("report_reset", ["new"]), ("report_reset", ["same"]), ("report_cancel", []), ("report_retry", [])):
        assert client.post(reverse(f"reports:{name}", args=[done.pk, *args])).status_code == 409
    assert client.get(reverse("reports:report_issue", args=[done.pk])).status_code == 404
    with pytest.raises(DomainError, match="đã ban hành"):
        services.write_words(done, "strengths", "Sửa", version=0, by=two_years.leader)


def test_own_words_are_kept_in_versions_and_marked_when_the_figures_change(client, htmx_client, done, two_years):
    htmx_client.force_login(two_years.leader)
    client.force_login(two_years.leader)
    url = reverse("reports:report_words", args=[done.pk, "conditions"])
    answer = htmx_client.post(url, {"text": "Thuận lợi là cơ bản.", "version": 0})
    assert 'name="version" value="1"' in answer.content.decode()
    assert "vừa được sửa ở nơi khác" in htmx_client.post(url, {"text": "Bản của người khác", "version": 0}).content.decode()
    client.post(url, {"text": "Thuận lợi là rất cơ bản.\nKhó khăn còn nhiều.", "version": 1})

    shown = page(client, "reports:report_words", done.pk, "conditions")
    assert [ins.get_text().strip() for ins in shown.select("details[open] ins")] == ["rất", "Khó khăn còn nhiều."]
    detail = page(client, "reports:report_detail", done.pk)
    assert "các tệp tải về chưa có bản sửa" in text(detail)
    services.reset_paper(done, new_figures=False, by=two_years.leader)
    build_paper(done.pk)
    assert "Khó khăn còn nhiều." in whole(done)
    assert "Số liệu quanh mục này đã thay đổi" not in text(page(client, "reports:report_detail", done.pk))

    MemberFactory(cell=two_years.lone, admitted_on=date(2016, 5, 19), official_on=date(2017, 5, 19))
    services.reset_paper(done, new_figures=True, by=two_years.leader)
    build_paper(done.pk)
    detail = page(client, "reports:report_detail", done.pk)
    assert "Số liệu quanh mục này đã thay đổi sau khi viết." in text(detail)
    assert "Khó khăn còn nhiều." in whole(done)
    assert "Dự thảo lần 3" in whole(done)


def whole(paper):
    """The text of the paper's PDF."""
    with paper.files.get(format="pdf").file.open() as file:
        return " ".join(" ".join(one.extract_text().split()) for one in PdfReader(file).pages)


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


@pytest.fixture
def full(two_years, targets):
    """A report with something in every table: sectors, women and minorities, typed figures, awards, discipline."""
    give_honours(two_years)
    state, masses = (Sector.objects.create(name=name, position=place) for place, name in enumerate(("Khối nhà nước", "Khối đoàn thể")))
    two_years.base.placements.update(sector=state)
    for unit in (two_years.lone, two_years.other):
        unit.placements.update(sector=masses)
    two_years.lone.members.update(gender="female", ethnicity="Cao Lan")
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    build_paper(paper.pk)
    paper.refresh_from_db()
    return paper


def test_the_page_shows_the_report_and_every_figure_opens_its_list(client, full, two_years):
    client.force_login(two_years.inspector)
    soup = page(client, "reports:report_detail", full.pk)

    article = soup.find("article")
    assert "8. Mức độ hoàn thành các chỉ tiêu nghị quyết" in text(article)
    assert "Trong sạch, vững mạnh" in text(article)
    assert "không so sánh trực tiếp" in text(article)
    links = {link["href"]: link.get_text() for link in article.find_all("a") if "/words/" not in link["href"]}
    counted = set()
    for href, shown in links.items():
        answer = client.get(href)
        assert answer.status_code == 200, href
        topic = href.partition("/rows/")[2].partition("/")[0]
        if topic.startswith("typed-"):
            figure = next(column for column in answer.context["columns"] if column.title == "Số liệu")
            assert sum(map(figure.value, answer.context["page"].object_list)) == int(shown), href
        elif topic and shown.rstrip("*").isdigit():
            assert answer.context["count"] == int(shown.rstrip("*")), href
            counted.add(topic)
    assert counted >= ROOMS


ROOMS = {
    *("organisations", "committees", "base-cells", "cells-standing", "members-standing", "members-women", "members-minority", "members-official"),
    *("probationary", "all-bases", "sent-bases", "aimed-bases", "reached-bases", "kept-bases", "everyone-bases", "bases", "exemplary-bases"),
    *("everyone-cells", "cells", "everyone-members", "members", "exempt-members", "sector-good-0", "sector-rated-1"),
    *("admissions", "admitted-women", "admitted-minority", "discipline-member-canh_cao", "award-certificate-member", "award-merit-organisation"),
    "badge-30",
}


def test_figures_that_are_not_shown_have_no_link(full):
    """What is none or not known opens nothing; every other figure of a table does, but for shares, sums and years."""
    written = thaw(full.figures).write(lambda topic, year=None, level=None: topic)
    tables = [block for section in written.sections for block in section.blocks if block.kind == "table"] + [one.table for one in written.appendices]
    bare = {
        (table.caption or table.columns[1].title, column.title)
        for table in tables
        for row in table.rows
        if row.kind == "plain" and not any(cell.span > 1 for cell in row.cells)
        for cell, column in zip(row.cells, table.columns, strict=True)
        if cell.text.rstrip("*").isdigit() and cell.text != "0" and not cell.link
    }
    assert {title for _, title in bare} <= {"Năm", "TT", "%", "Tỷ lệ (%)", "Lũy kế", "Chỉ tiêu", "% chỉ tiêu", "So với chỉ tiêu (%)", *SHARES}


SHARES = {"Hoàn thành tốt nhiệm vụ trở lên (%)", "Đủ tư cách, hoàn thành tốt nhiệm vụ trở lên (%)", "Tuổi bình quân"}


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

    answer = client.get(reverse("reports:report_download", args=[done.pk, "pdf"]))

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-nhiem-ky-2017-2019.pdf"'


def test_a_file_that_was_changed_is_not_given_out(client, done, two_years):
    with open(done.files.get(format="pdf").file.path, "ab") as file:
        file.write(b"%")
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_download", args=[done.pk, "pdf"]))

    assert answer.status_code == 409
    assert "đã bị thay đổi" in answer.content.decode()


def test_a_file_that_is_gone_is_told_in_a_sentence(client, done, two_years):
    file = done.files.get(format="pdf").file
    file.storage.delete(file.name)
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_download", args=[done.pk, "pdf"]))

    assert answer.status_code == 409
    assert "Không tìm thấy tệp văn bản" in answer.content.decode()


def test_a_secretary_of_a_cell_does_not_learn_of_the_report(client, done, two_years):
    client.force_login(two_years.secretary)

    assert "2017-2019" not in text(page(client, "reports:report_list"))
    assert client.get(reverse("reports:report_download", args=[done.pk, "pdf"])).status_code == 404


def test_an_inspector_downloads_but_is_not_offered_to_build(client, done, two_years):
    client.force_login(two_years.inspector)

    soup = page(client, "reports:report_list")

    assert soup.find("a", href=reverse("reports:report_download", args=[done.pk, "pdf"]))
    assert not soup.find("a", href=reverse("reports:report_kinds"))
    assert client.post(reverse("reports:report_new", args=["term-report"]), {}).status_code == 403


def test_figures_stay_as_they_were_when_the_data_change(client, done, two_years):
    two_years.term.label = "2017-2099"
    two_years.root.sheets.all()
    Paper.objects.filter(pk=done.pk).get()
    for sheet in two_years.base.sheets.all():
        sheet.tallies.all().delete()
    client.force_login(two_years.leader)

    article = page(client, "reports:report_detail", done.pk).find("article")

    assert "01 tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ (50%)" in text(article)
