"""What the broker wakes a worker for. Arguments are ids only."""

import logging

from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task

from reports import jobs
from reports.building import build_term_report, sha256, store
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
            _make(Paper.objects.select_related("term__organisation").get(pk=pk), attempt)
    except jobs.JobLost:
        logger.info("paper %d is no longer this worker's", pk)
    except SoftTimeLimitExceeded:
        jobs.fail(pk, attempt, jobs.TOO_LONG)
    except Exception:
        logger.exception("paper %d could not be made", pk)
        jobs.fail(pk, attempt, jobs.BROKEN)


def _make(paper, attempt):
    built = build_term_report(
        paper.term,
        number=paper.number,
        issued_on=paper.issued_on,
        signer_position=paper.signer_position,
        signer_name=paper.signer_name,
        on_step=lambda step: jobs.report(paper.pk, attempt, step),
    )
    jobs.report(paper.pk, attempt, Step.STORING)
    name, file_sum = store(built.pdf.bytes, f"papers/{paper.pk}-{attempt}.pdf")
    values = {"figures": built.text, "figures_sha256": sha256(built.text.encode()), "file": name, "file_sha256": file_sum, "pages": built.pdf.pages}
    jobs.finish(paper.pk, attempt, **values)
