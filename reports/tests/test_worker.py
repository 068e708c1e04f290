"""A real worker on a real broker: killed in the middle, or never told, the paper still gets made."""

import os
import signal
import time
from datetime import timedelta

import pytest

from reports import jobs, services
from reports.enums import PaperState
from reports.models import Paper

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
NO_AGE = timedelta(seconds=-5)


def wait_for(paper, state, seconds=40):
    deadline = time.monotonic() + seconds
    while Paper.objects.get(pk=paper.pk).state != state:
        assert time.monotonic() < deadline, f"still {Paper.objects.get(pk=paper.pk).state}"
        time.sleep(0.005)


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
