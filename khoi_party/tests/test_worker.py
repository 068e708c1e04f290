import subprocess
import sys
import time
from pathlib import Path

import pytest

from khoi_party.celery import app

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "probe@localhost"


@pytest.fixture
def worker():
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "khoi_party", "worker", "--concurrency", "1", "--hostname", NAME]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield process
        process.terminate()
        process.wait(30)


@pytest.mark.worker
def test_worker_answers_through_the_broker_and_ends_when_asked(worker):
    deadline = time.monotonic() + 30
    while not (replies := app.control.ping(destination=[NAME], timeout=0.5)):
        assert worker.poll() is None, "the worker died"
        assert time.monotonic() < deadline, "the worker did not answer"
    assert replies == [{NAME: {"ok": "pong"}}]
    worker.terminate()
    assert worker.wait(30) == 0
