"""What a broker sees: whoever can read its messages learns numbers of rows and nothing of people."""

import inspect

import pytest
from celery import Task

from khoi_party.celery import app

OWN = ("khoi_party.", "cells.", "members.", "evaluations.", "reports.")


def own_tasks():
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if name.startswith(OWN)}


def test_tasks_take_the_number_of_a_row_and_nothing_else():
    taken = {name: [*inspect.signature(task.run).parameters] for name, task in own_tasks().items()}

    assert "reports.tasks.build_paper" in taken
    assert {name: names for name, names in taken.items() if names != ["pk"]} == {}


def test_messages_carry_whole_numbers_only(monkeypatch):
    from members.services import import_jobs
    from reports import services

    sent = []
    monkeypatch.setattr(Task, "apply_async", lambda self, args=(), kwargs=None, **options: sent.append((self.name, *args, *(kwargs or {}).values())))

    services.wake_worker(7)
    import_jobs.wake_worker(8)

    assert len(sent) == 2
    assert all(type(value) is int for _, *values in sent for value in values)


@pytest.mark.parametrize("setting", ["accept_content", "task_ignore_result"])
def test_messages_are_plain_and_nothing_is_sent_back(setting):
    assert app.conf[setting] in (["json"], True)
