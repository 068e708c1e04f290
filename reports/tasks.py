"""What the broker wakes a worker for. Arguments are ids only."""

import logging

from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task

from khoi_party.common.errors import DomainError
from reports import jobs, lists
from reports.building import build, sha256, store
from reports.enums import Step
from reports.models import Paper
from reports.permissions import can_build

logger = logging.getLogger(__name__)


@shared_task
def build_paper(pk):
    """Make the paper `pk` if it still waits; a message that comes twice finds nothing to do."""
    attempt = jobs.claim(pk)
    if attempt is None:
        return
    try:
        with jobs.heartbeat(pk, attempt):
            _make(Paper.objects.select_related(*Paper.ABOUT, "organisation", "requested_by", "asked_by").get(pk=pk), attempt)
    except jobs.JobLost:
        logger.info("paper %d is no longer this worker's", pk)
    except SoftTimeLimitExceeded:
        jobs.fail(pk, attempt, jobs.TOO_LONG)
    except DomainError as refused:
        jobs.fail(pk, attempt, refused.message[:300])
    except OSError:
        logger.exception("paper %d could not be kept", pk)
        jobs.fail(pk, attempt, jobs.NO_ROOM)
    except Exception:
        logger.exception("paper %d could not be made", pk)
        jobs.fail(pk, attempt, jobs.BROKEN)


def _make(paper, attempt):
    if not can_build(paper.asker, paper.organisation):  # with the roles of this moment, not of the request
        raise DomainError(jobs.NO_RIGHT)
    is_new = not (paper.keeps_figures and paper.figures)
    built = build(paper, on_step=lambda step, done=0, of=0: jobs.report(paper.pk, attempt, step, done, of))
    jobs.report(paper.pk, attempt, Step.STORING)
    files = {}
    try:
        for kind, content in built.files.items():
            files[kind] = store(content, f"papers/{paper.pk}-{attempt}.{kind}")
        if paper.is_issued:  # those of a draft are there as a rule; once the paper is done nothing can be added
            lists.keep(paper, attempt, built.text)
        made = {"figures": built.text, "figures_sha256": sha256(built.text.encode()), "pages": built.pages}
        jobs.finish(paper.pk, attempt, files, new_figures=is_new, **made)
    except Exception:
        jobs.remove([name for name, _ in files.values()])
        raise
    if not paper.is_issued:  # the draft can be read while its lists are still being kept
        lists.keep(paper, attempt, built.text)
