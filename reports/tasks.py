"""What the broker wakes a worker for. Arguments are ids only."""

import logging

from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task

from khoi_party.common.errors import DomainError
from reports import jobs
from reports.building import build, sha256, store
from reports.enums import Step
from reports.models import Paper

logger = logging.getLogger(__name__)


@shared_task
def build_paper(pk):
    """Make the paper `pk` if it still waits; a message that comes twice finds nothing to do."""
    attempt = jobs.claim(pk)
    if attempt is None:
        return
    try:
        with jobs.heartbeat(pk, attempt):
            _make(Paper.objects.select_related(*Paper.ABOUT, "organisation").get(pk=pk), attempt)
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
    built = build(paper, on_step=lambda step: jobs.report(paper.pk, attempt, step))
    jobs.report(paper.pk, attempt, Step.STORING)
    files = {}
    try:
        for kind, content in built.files.items():
            files[kind] = store(content, f"papers/{paper.pk}-{attempt}.{kind}")
        jobs.finish(paper.pk, attempt, files, figures=built.text, figures_sha256=sha256(built.text.encode()), pages=built.pages)
    except Exception:
        jobs.remove([name for name, _ in files.values()])
        raise
