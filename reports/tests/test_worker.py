"""A real worker on a real broker: killed in the middle, told twice or never, cancelled on the way, the paper ends in one clear state."""

import os
import signal
import socket
import time
from datetime import timedelta

import pytest
import redis
from django.core.files.storage import default_storage

from khoi_party.celery import app
from reports import jobs, services
from reports.enums import PaperState
from reports.models import Paper
from reports.tasks import build_paper

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
NO_AGE = timedelta(seconds=-5)


def wait_for(paper, state, seconds=40):
    deadline = time.monotonic() + seconds
    while Paper.objects.get(pk=paper.pk).state != state:
        assert time.monotonic() < deadline, f"still {Paper.objects.get(pk=paper.pk).state}"
        time.sleep(0.005)


def emptied():
    """The broker, with nothing in it."""
    server = redis.Redis(unix_socket_path=os.environ["CELERY_BROKER_URL"].partition("://")[2])
    server.flushall()
    return server


@pytest.fixture
def new_files():
    """The names of the files that were added to the storage since the test began."""

    def present():
        years, flat = default_storage.listdir("papers/") if default_storage.exists("papers/") else ([], [])
        return {f"papers/{name}" for name in flat} | {
            f"papers/{year}/{name}" for year in years for name in default_storage.listdir(f"papers/{year}")[1]
        }

    before = present()
    return lambda: sorted(present() - before)


def test_a_paper_is_made_when_it_is_asked_for(two_years, start_worker):
    start_worker()

    paper = services.request_term_report(two_years.term, by=two_years.leader)

    wait_for(paper, PaperState.DONE)
    assert Paper.objects.get(pk=paper.pk).attempt == 1


def test_a_paper_survives_its_worker_being_killed(two_years, start_worker, monkeypatch):
    worker = start_worker()
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    wait_for(paper, PaperState.RUNNING)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(30)
    assert Paper.objects.get(pk=paper.pk).state == PaperState.RUNNING

    monkeypatch.setattr(jobs, "STALE", NO_AGE)
    start_worker()
    assert jobs.sweep(services.wake_worker) == (1, 0)

    wait_for(paper, PaperState.DONE)
    assert Paper.objects.get(pk=paper.pk).attempt == 2


def test_a_paper_survives_the_loss_of_its_message(two_years, start_worker, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(services, "wake_worker", lambda pk: None)
        paper = services.request_term_report(two_years.term, by=two_years.leader)
    start_worker()

    monkeypatch.setattr(jobs, "LOST", NO_AGE)
    assert jobs.sweep(services.wake_worker) == (1, 0)

    wait_for(paper, PaperState.DONE)


def test_a_paper_survives_a_broker_that_forgets_everything(two_years, start_worker, monkeypatch):
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    server = emptied()
    assert server.dbsize() == 0
    start_worker()

    monkeypatch.setattr(jobs, "LOST", NO_AGE)
    assert jobs.sweep(services.wake_worker) == (1, 0)

    wait_for(paper, PaperState.DONE)


def test_a_paper_that_is_asked_for_while_the_broker_is_down_is_kept_and_made_later(two_years, start_worker, monkeypatch, tmp_path):
    down = tmp_path / "nobody.sock"
    with socket.socket(socket.AF_UNIX) as place:
        place.bind(str(down))  # there, but nobody listens
    began, really = time.monotonic(), build_paper.apply_async
    with monkeypatch.context() as broken, app.connection_for_write(f"redis+socket://{down}") as connection:
        broken.setattr(build_paper, "apply_async", lambda *args, **options: really(*args, **options, connection=connection))
        paper = services.request_term_report(two_years.term, by=two_years.leader)
    assert time.monotonic() - began < 10
    assert Paper.objects.get(pk=paper.pk).state == PaperState.QUEUED

    start_worker()
    monkeypatch.setattr(jobs, "LOST", NO_AGE)
    assert jobs.sweep(services.wake_worker) == (1, 0)
    wait_for(paper, PaperState.DONE)


def test_a_broker_that_hangs_does_not_hang_the_page(two_years, start_worker, monkeypatch):
    server = emptied().info()["process_id"]
    os.kill(server, signal.SIGSTOP)
    try:
        paper = services.request_term_report(two_years.term, by=two_years.leader)
    finally:
        os.kill(server, signal.SIGCONT)
    assert Paper.objects.get(pk=paper.pk).state == PaperState.QUEUED

    start_worker()
    monkeypatch.setattr(jobs, "LOST", NO_AGE)
    jobs.sweep(services.wake_worker)
    wait_for(paper, PaperState.DONE)


def test_two_workers_with_the_same_message_make_one_paper(two_years, start_worker, new_files):
    for _ in range(2):
        start_worker()
    paper = services.request_term_report(two_years.term, by=two_years.leader)
    for _ in range(3):
        services.wake_worker(paper.pk)

    wait_for(paper, PaperState.DONE)
    paper = Paper.objects.get(pk=paper.pk)
    assert (paper.attempt, paper.tries) == (1, 1)
    assert new_files() == sorted(one.file.name for one in paper.files.all())


def test_a_paper_that_is_cancelled_while_it_is_made_leaves_nothing(two_years, start_worker, new_files):
    start_worker()
    first = services.request_term_report(two_years.term, by=two_years.leader)
    wait_for(first, PaperState.RUNNING)

    services.cancel_paper(Paper.objects.get(pk=first.pk), by=two_years.leader)

    after = services.request_term_report(two_years.term, by=two_years.staff)  # the one worker takes it when it is done with the first
    wait_for(after, PaperState.DONE)
    first = Paper.objects.get(pk=first.pk)
    assert (first.state, first.figures, first.files.count()) == (PaperState.CANCELLED, "", 0)
    assert new_files() == sorted(one.file.name for one in after.files.all())
