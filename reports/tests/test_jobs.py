"""The row is the job: claims, fencing, heartbeats, the sweep, and what people may do to it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from khoi_party.audit.models import AuditEntry
from khoi_party.common.database import database_now
from khoi_party.common.errors import DomainError
from members.tests.factories import MemberFactory
from reports import jobs, services
from reports.building import thaw
from reports.enums import PaperState, Step
from reports.models import Paper
from reports.tasks import build_paper


@pytest.fixture
def sent(monkeypatch):
    """Ids that a worker was woken for, instead of a broker."""
    found = []
    monkeypatch.setattr(services, "wake_worker", found.append)
    return found


@pytest.fixture
def paper(two_years, sent):
    return services.request_term_report(two_years.term, by=two_years.leader)


def aged(paper, **fields):
    """Set the clock fields of `paper` back by so many seconds."""
    now = database_now()
    Paper.objects.filter(pk=paper.pk).update(**{name: now - timedelta(seconds=seconds) for name, seconds in fields.items()})


def state_of(paper):
    paper.refresh_from_db()
    return paper.state


def test_a_request_wakes_a_worker_once_it_is_saved(two_years, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        paper = services.request_term_report(two_years.term, by=two_years.leader)
        assert sent == []

    assert len(callbacks) == 1
    assert sent == [paper.pk]
    assert AuditEntry.objects.about(paper).get().action == "paper.requested"


def test_the_same_paper_printed_another_way_waits_for_the_first(two_years):
    first = services.request_term_report(two_years.term, by=two_years.leader)
    with pytest.raises(DomainError, match="với cách in khác"):
        services.request_paper(first.kind, first.organisation, two_years.term, by=two_years.leader, options={"register": True})


def test_asking_twice_gives_the_paper_that_is_being_made(paper, two_years):
    assert services.request_term_report(two_years.term, by=two_years.leader) == paper
    assert services.request_term_report(two_years.term, by=two_years.staff) != paper


def test_inspectors_read_but_do_not_build(two_years, sent):
    for user in (two_years.inspector, two_years.secretary):
        with pytest.raises(PermissionDenied):
            services.request_term_report(two_years.term, by=user)


def test_a_worker_makes_the_paper(paper):
    build_paper(paper.pk)

    assert state_of(paper) == PaperState.DONE
    assert (paper.progress, paper.attempt, paper.failure) == (100, 1, "")
    assert paper.pages >= 3
    beginnings = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK"}
    for kept in paper.files.all():
        with kept.file.open() as file:
            assert file.read(len(beginnings[kept.format])) == beginnings.pop(kept.format)
    assert beginnings == {}
    assert AuditEntry.objects.about(paper).order_by("number").last().actor_name == "Hệ thống"


def test_s3_a_finished_paper_keeps_its_figures_and_a_new_one_has_the_late_change(paper, two_years):
    """Rule S3: what is changed later stands in another paper, not in the one that was made."""
    build_paper(paper.pk)
    paper.refresh_from_db()
    before = paper.figures
    again = services.request_term_report(two_years.term, by=two_years.staff)
    build_paper(again.pk)
    again.refresh_from_db()
    assert thaw(again.figures).figures.admissions == thaw(before).figures.admissions

    MemberFactory(cell=two_years.lone, admitted_on=date(2018, 5, 19), official_on=date(2019, 5, 19))
    late = services.request_term_report(two_years.term, by=two_years.leader)
    build_paper(late.pk)
    for one in (paper, late):
        one.refresh_from_db()
    assert paper.figures == before
    assert [sum(year.count for year in thaw(one.figures).figures.admissions) for one in (paper, late)] == [3, 4]


def test_only_one_of_two_workers_takes_a_paper(paper):
    assert jobs.claim(paper.pk) == 1
    assert jobs.claim(paper.pk) is None


def test_a_message_that_comes_twice_does_nothing(paper):
    build_paper(paper.pk)
    finished = Paper.objects.get(pk=paper.pk).finished_at

    build_paper(paper.pk)

    assert Paper.objects.get(pk=paper.pk).finished_at == finished


def test_steps_show_how_far_it_is(paper):
    attempt = jobs.claim(paper.pk)

    shown = []
    for step in Step:
        jobs.report(paper.pk, attempt, step)
        paper.refresh_from_db()
        shown.append((paper.step, paper.progress))

    assert shown == [("reading", 5), ("writing", 35), ("setting", 45), ("storing", 95)]


def test_a_worker_that_was_thought_dead_changes_nothing_more(paper):
    late = jobs.claim(paper.pk)
    aged(paper, heartbeat_at=31)
    assert jobs.sweep(lambda pk: None) == (1, 0)
    current = jobs.claim(paper.pk)

    with pytest.raises(jobs.JobLost):
        jobs.report(paper.pk, late, Step.SETTING)
    with pytest.raises(jobs.JobLost):
        jobs.finish(paper.pk, late, {"pdf": ("papers/x.pdf", "0")}, figures="{}")
    assert jobs.fail(paper.pk, late, "Không") == 0
    assert (late, current, state_of(paper)) == (1, 2, PaperState.RUNNING)


def test_a_cancelled_paper_stays_cancelled_though_its_worker_goes_on(paper, two_years):
    attempt = jobs.claim(paper.pk)

    services.cancel_paper(paper, by=two_years.leader)

    with pytest.raises(jobs.JobLost):
        jobs.report(paper.pk, attempt, Step.SETTING)
    assert state_of(paper) == PaperState.CANCELLED
    build_paper(paper.pk)
    assert state_of(paper) == PaperState.CANCELLED


def test_a_fault_is_told_in_a_sentence_and_can_be_tried_again(paper, two_years, monkeypatch, caplog):
    from reports import tasks

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "build", broken)
    build_paper(paper.pk)
    assert (state_of(paper), paper.failure) == (PaperState.FAILED, jobs.BROKEN)

    monkeypatch.undo()
    services.retry_paper(paper, by=two_years.leader)
    assert (state_of(paper), paper.failure, paper.tries, paper.attempt) == (PaperState.QUEUED, "", 0, 1)
    build_paper(paper.pk)
    assert (state_of(paper), paper.attempt) == (PaperState.DONE, 2)


def test_a_finished_paper_can_be_neither_cancelled_nor_tried_again(paper, two_years):
    build_paper(paper.pk)

    with pytest.raises(DomainError):
        services.cancel_paper(paper, by=two_years.leader)
    with pytest.raises(DomainError):
        services.retry_paper(paper, by=two_years.leader)


def test_sweep_sends_a_paper_whose_message_was_lost(paper):
    woken = []
    assert jobs.sweep(woken.append) == (0, 0)  # just asked for: its message may still be on the way

    aged(paper, sent_at=21)

    assert jobs.sweep(woken.append) == (1, 0)
    assert jobs.sweep(woken.append) == (0, 0)  # not again at once
    assert woken == [paper.pk]


def test_sweep_leaves_a_paper_with_a_heartbeat_alone(paper):
    jobs.claim(paper.pk)
    aged(paper, heartbeat_at=25)

    assert jobs.sweep(lambda pk: None) == (0, 0)
    assert state_of(paper) == PaperState.RUNNING


def test_sweep_gives_up_after_three_tries(paper):
    for number in (1, 2, 3):
        assert jobs.claim(paper.pk) == number
        aged(paper, heartbeat_at=31)
        jobs.sweep(lambda pk: None)

    assert (state_of(paper), paper.failure) == (PaperState.FAILED, jobs.GIVEN_UP)


def test_sweep_command_tells_what_it_did(paper, monkeypatch, capsys):
    from reports.management.commands import sweep_papers

    woken = []
    monkeypatch.setattr(sweep_papers, "wake_worker", woken.append)
    aged(paper, sent_at=21)

    call_command("sweep_papers")

    assert capsys.readouterr().out == "1 sent again, 0 given up.\n"
    assert woken == [paper.pk]


def test_a_broker_that_does_not_answer_loses_nothing(two_years, settings, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(build_paper, "apply_async", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        paper = services.request_term_report(two_years.term, by=two_years.leader)

    assert state_of(paper) == PaperState.QUEUED
