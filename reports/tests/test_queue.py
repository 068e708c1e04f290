"""The queue as people see it, its limits, and what becomes of a paper while it is made."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cells.models import RoleAssignment
from khoi_party.common.database import database_now
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from reports import jobs, queue, services, tasks
from reports.enums import PaperKind, PaperState, Step
from reports.models import Paper
from reports.tasks import build_paper
from reports.tests.conftest import finish_without_files

pytestmark = pytest.mark.usefixtures("quiet")


def page(client, name, *args, **query):
    answer = client.get(reverse(f"reports:{name}", args=args), query)
    assert answer.status_code == 200
    return answer, " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


@pytest.fixture
def line(two_years):
    """Three papers: the secretary's is being made, those of staff and leader wait."""
    lone = services.request_paper(PaperKind.STATISTICS, two_years.lone, today(), by=two_years.secretary)
    jobs.claim(lone.pk)
    staff = services.request_term_report(two_years.term, by=two_years.staff)
    leader = services.request_term_report(two_years.term, by=two_years.leader)
    for minutes, one in enumerate((leader, staff, lone)):
        Paper.objects.filter(pk=one.pk).update(queued_at=database_now() - timedelta(seconds=minutes))
    return lone, staff, leader


def made_lately(two_years, kind, seconds):
    now = database_now()
    for taken in seconds:
        common = {"kind": kind, "organisation": two_years.root, "requested_by": two_years.leader, "queued_at": now, "figures": "{}"}
        Paper.objects.create(**common, about_key="x", state="done", started_at=now - timedelta(seconds=taken), finished_at=now)


def test_places_progress_and_who_asked(client, line, two_years):
    client.force_login(two_years.leader)

    _, said = page(client, "report_queue")

    assert "Người bí thư yêu cầu lúc" in said
    assert "Tổng hợp số liệu" in said
    assert said.index("Người staff") < said.index("Đang chờ, đến lượt kế tiếp") < said.index("Người leader yêu cầu")
    assert "Đang chờ, trước đó còn 01 văn bản" in said
    assert "giây" not in said  # nothing is known of the time yet, so nothing is said


def test_who_may_not_read_a_paper_learns_only_how_many_wait(client, line, two_years):
    client.force_login(two_years.secretary)

    _, said = page(client, "report_queue")

    assert "Người bí thư yêu cầu" in said
    assert "Người staff" not in said
    assert "2017-2019" not in said
    assert "Ngoài ra còn 02 văn bản của tổ chức khác trong hàng chờ." in said


def test_an_inspector_sees_the_queue_and_no_buttons(client, line, two_years):
    client.force_login(two_years.inspector)

    answer, _ = page(client, "report_queue")

    assert BeautifulSoup(answer.content, "html.parser").find(id="queue").find("button") is None


def test_the_time_is_told_from_the_last_papers_of_the_kind(client, line, two_years):
    made_lately(two_years, PaperKind.TERM_REPORT, [20, 21, 300])
    made_lately(two_years, PaperKind.STATISTICS, [4, 5, 6])
    client.force_login(two_years.leader)

    _, said = page(client, "report_queue")

    assert "Gần đây loại này mất chưa đến 10 giây để lập." in said
    assert "Nếu lần lượt từng văn bản thì khoảng 30 giây" in said  # 5 + 21
    assert "Nếu lần lượt từng văn bản thì khoảng 50 giây" in said  # 5 + 21 + 21


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3, "chưa đến 10 giây"), (10.2, "khoảng 15 giây"), (60, "khoảng 60 giây"), (61, "khoảng 02 phút"), (600, "khoảng 10 phút")],
)
def test_a_time_in_words_is_rather_too_long(seconds, said):
    assert queue.about(seconds) == said


def test_the_queue_asks_again_and_tells_the_list_when_a_paper_is_finished(client, htmx_client, line, two_years):
    htmx_client.force_login(two_years.leader)
    answer = htmx_client.get(reverse("reports:report_queue"), {"before": 3})
    box = BeautifulSoup(answer.content, "html.parser").find(id="queue")
    assert box["hx-get"] == reverse("reports:report_queue") + "?before=3"
    assert box["hx-trigger"] == "every 2s"
    assert "HX-Trigger" not in answer.headers

    services.cancel_paper(line[2], by=two_years.leader)
    answer = htmx_client.get(reverse("reports:report_queue"), {"before": 3})
    assert answer.headers["HX-Trigger"] == "kp:papers-changed"
    client.force_login(two_years.leader)
    listed = BeautifulSoup(client.get(reverse("reports:report_list")).content, "html.parser")
    assert listed.find(attrs={"hx-trigger": "kp:papers-changed from:body"})["hx-target"] == "#results"


def test_an_empty_queue_says_so(client, two_years):
    client.force_login(two_years.leader)

    assert "Không có văn bản nào đang chờ" in page(client, "report_queue")[1]


def test_cancel_and_retry_from_the_queue_lead_back_to_it(client, line, two_years):
    client.force_login(two_years.leader)
    own = line[2]

    answer = client.post(reverse("reports:report_cancel", args=[own.pk]), {"from": "queue"})
    assert answer.url == reverse("reports:report_queue")
    Paper.objects.filter(pk=own.pk).update(state=PaperState.FAILED, failure=jobs.NO_ROOM, finished_at=database_now())
    assert "hết chỗ trên đĩa" in page(client, "report_queue")[1]
    client.post(reverse("reports:report_retry", args=[own.pk]), {"from": "queue"})

    own.refresh_from_db()
    assert own.state == PaperState.QUEUED


def test_a_paper_that_nobody_takes_is_told_once_no_worker_lives(client, line, two_years):
    client.force_login(two_years.leader)
    Paper.objects.filter(pk=line[1].pk).update(queued_at=database_now() - timedelta(seconds=40))
    assert "chưa nhận việc" not in page(client, "report_queue")[1]  # a worker is busy with another

    Paper.objects.filter(pk=line[0].pk).update(heartbeat_at=database_now() - timedelta(seconds=40))
    for name, args in (("report_queue", []), ("report_detail", [line[2].pk])):
        assert "Máy lập văn bản chưa nhận việc. Yêu cầu vẫn được giữ" in page(client, name, *args)[1]


def test_the_sweep_does_not_take_a_place_in_the_queue_away(line):
    before = [*Paper.objects.under_way().order_by("queued_at").values_list("pk", flat=True)]
    Paper.objects.filter(pk=line[1].pk).update(sent_at=database_now() - timedelta(seconds=30))

    assert jobs.sweep(lambda pk: None) == (1, 0)

    assert [*Paper.objects.under_way().order_by("queued_at").values_list("pk", flat=True)] == before


def test_parts_of_a_step_are_shown(client, line, two_years):
    lone = line[0]
    jobs.report(lone.pk, 1, Step.SETTING, 12, 66)
    client.force_login(two_years.leader)

    answer, said = page(client, "report_detail", lone.pk)

    assert "Dàn trang các tệp, đã dàn 12/66 đơn vị" in said
    assert BeautifulSoup(answer.content, "html.parser").find("progress")["value"] == "54"  # 45 + 12/66 of the way to 95


@pytest.mark.parametrize(
    ("step", "done", "of", "percent"),
    [(Step.READING, 0, 0, 5), (Step.SETTING, 0, 66, 45), (Step.SETTING, 66, 66, 95), (Step.SETTING, 99, 66, 95), (Step.STORING, 1, 2, 97)],
)
def test_parts_are_a_share_of_the_step(step, done, of, percent):
    assert jobs.percent_of(step, done, of) == percent


def test_the_right_is_asked_for_again_when_the_paper_is_made(two_years):
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    RoleAssignment.objects.filter(user=two_years.leader).update(valid_to=today())

    build_paper(paper.pk)

    paper.refresh_from_db()
    assert (paper.state, paper.failure, paper.figures) == (PaperState.FAILED, jobs.NO_RIGHT, "")


def test_who_asks_again_is_asked_for_the_right_not_who_asked_first(two_years):
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    RoleAssignment.objects.filter(user=two_years.leader).update(valid_to=today())
    build_paper(paper.pk)

    services.retry_paper(Paper.objects.get(pk=paper.pk), by=two_years.staff)
    build_paper(paper.pk)

    paper.refresh_from_db()
    assert (paper.state, paper.asker) == (PaperState.DONE, two_years.staff)


def test_a_locked_account_has_nothing_made(two_years):
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    type(two_years.leader).objects.filter(pk=two_years.leader.pk).update(is_active=False)

    build_paper(paper.pk)

    assert Paper.objects.get(pk=paper.pk).failure == jobs.NO_RIGHT


def test_a_draft_made_anew_counts_for_the_limit_and_its_twin_is_refused(two_years):
    first = finish_without_files(services.request_term_report(two_years.term, by=two_years.leader))
    services.request_term_report(two_years.term, by=two_years.leader)
    with pytest.raises(DomainError, match="đang được lập theo một yêu cầu khác"):
        services.reset_paper(first, new_figures=True, by=two_years.leader)

    for day in (1, 2):
        services.request_paper(PaperKind.STATISTICS, two_years.root, today() - timedelta(days=day), by=two_years.leader)
    with pytest.raises(DomainError, match="đang có 3 văn bản chờ lập"):
        services.reset_paper(first, new_figures=True, by=two_years.leader)
    first.refresh_from_db()
    assert first.is_done


def test_a_retry_keeps_the_figures(draft, two_years, monkeypatch):
    services.reset_paper(draft, new_figures=False, by=two_years.leader)
    monkeypatch.setattr(tasks, "build", lambda *args, **kwargs: 1 / 0)
    build_paper(draft.pk)
    services.retry_paper(Paper.objects.get(pk=draft.pk), by=two_years.leader)

    again = Paper.objects.get(pk=draft.pk)
    assert (again.state, again.keeps_figures, again.figures) == (PaperState.QUEUED, True, draft.figures)


def test_the_list_is_filtered_searched_and_exported(client, draft, two_years):
    services.request_paper(PaperKind.STATISTICS, two_years.root, today(), by=two_years.leader)
    client.force_login(two_years.leader)
    url = reverse("reports:report_list")

    def found(**query):
        return [str(row) for row in client.get(url, query).context["rows"]]

    report, statistics = "Báo cáo tổng kết nhiệm kỳ 2017-2019", f"Thống kê đảng viên, kết nạp đến ngày {today():%d/%m/%Y}"
    assert found() == [statistics, report]
    assert found(kind="term_report") == found(state="draft") == found(q="tong ket nhiem ky") == found(q="2017") == [report]
    assert found(state="active") == found(q="thong ke") == [statistics]
    assert found(state="issued") == found(year=2001) == found(q="khong co") == []
    assert found(year=today().year, organisation=two_years.root.pk) == [statistics, report]
    assert "Không có văn bản nào như vậy" in client.get(url, {"state": "issued"}).content.decode()
    assert client.get(url, {"kind": "term_report", "export": "xlsx"}).content.startswith(b"PK")


def test_new_figures_are_asked_for_in_words(client, draft, two_years):
    client.force_login(two_years.leader)

    answer, said = page(client, "report_detail", draft.pk)

    asked = BeautifulSoup(answer.content, "html.parser").select_one("details.kp-ask")
    assert "không lấy lại được số liệu cũ" in asked.get_text()
    assert asked.form["action"] == reverse("reports:report_reset", args=[draft.pk, "new"])
    assert "So với số liệu hiện nay" in said
