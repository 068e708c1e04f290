"""What the broker wakes a worker for. Arguments are ids only."""

import logging
import traceback

from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task
from django.core.exceptions import PermissionDenied

from khoi_party.common.errors import DomainError
from members.enums import ImportJob
from members.models import ImportBatch
from members.services import import_jobs as jobs
from members.services.import_applying import apply_now
from members.services.imports import compare

logger = logging.getLogger(__name__)


@shared_task
def work_on_import(pk):
    """Do the waiting work on the list `pk`; a message that comes twice finds nothing to do."""
    attempt = jobs.claim(pk)
    if attempt is None:
        return
    batch = ImportBatch.objects.select_related("organisation", "cell", "applied_by").get(pk=pk)
    try:
        if batch.job == ImportJob.PREVIEW:
            compare(batch, attempt)
        else:
            apply_now(batch, by=batch.applied_by, attempt=attempt)
    except jobs.JobLost:
        logger.info("list %d is no longer this worker's", pk)
    except DomainError as error:
        jobs.fail(pk, attempt, error.message)
    except PermissionDenied:
        jobs.fail(pk, attempt, "Người yêu cầu không còn quyền nhập danh sách cho tổ chức này.")
    except SoftTimeLimitExceeded:
        jobs.fail(pk, attempt, jobs.GIVEN_UP)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]  # not the error's own words: a database puts people's numbers into them
        logger.error("list %d could not be worked on: %s at %s:%s", pk, type(error).__name__, where.filename, where.lineno)
        jobs.fail(pk, attempt, jobs.BROKEN)
