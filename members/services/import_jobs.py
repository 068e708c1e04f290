"""The work on a long list as a worker does it. The batch's row is the job: claimed, reported on and ended by conditional updates.

Every claim counts `attempt` up, so that a worker that was thought dead writes nothing more; times are the database's own.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from kombu.exceptions import OperationalError

from khoi_party.common.database import database_now
from members.models import ImportBatch

logger = logging.getLogger(__name__)

STALE = timedelta(seconds=120)  # the longest list is written in a tenth of that, and SQLite lets nobody beat meanwhile
LOST = timedelta(seconds=20)
MOST_TRIES = 3
GIVEN_UP = "Việc đọc danh sách bị gián đoạn 03 lần. Đồng chí hãy thử lại sau ít phút; nếu vẫn không được, báo người quản trị."
BROKEN = "Phần mềm gặp lỗi khi xử lý danh sách; lỗi đã được ghi lại cho người quản trị. Danh sách đảng viên không thay đổi."


class JobLost(RuntimeError):
    """Another worker has taken the list over: stop, and write nothing."""


def queue(batch, job):
    """Leave `job` (an ImportJob) to a worker, woken once this is saved. Call inside a transaction that holds the row's lock."""
    batch.job, batch.queued_at, batch.heartbeat_at = job, database_now(), None
    batch.tries, batch.progress, batch.failure = 0, 0, ""
    batch.save(update_fields=["job", "queued_at", "heartbeat_at", "tries", "progress", "failure"])
    transaction.on_commit(lambda: wake_worker(batch.pk))


def wake_worker(pk):
    """Tell a worker of the list `pk`. A broker that does not answer loses nothing: the sweep sends it again."""
    from members.tasks import work_on_import

    try:
        work_on_import.apply_async((pk,), retry=False)
    except (OperationalError, OSError):
        logger.warning("broker did not take the message for a list; the sweep will send it again")


def claim(pk):
    """Take the waiting job of the list `pk`. Returns the attempt's number, or None when there is nothing to be taken."""
    waiting = ImportBatch.objects.filter(pk=pk, heartbeat_at__isnull=True).exclude(job="")
    taken = waiting.update(attempt=F("attempt") + 1, tries=F("tries") + 1, heartbeat_at=database_now(), progress=1)
    return ImportBatch.objects.values_list("attempt", flat=True).get(pk=pk) if taken else None


def report(pk, attempt, progress):
    """Say how far the work is, in percent. JobLost when it is no longer this attempt's."""
    mine = ImportBatch.objects.filter(pk=pk, attempt=attempt, heartbeat_at__isnull=False).exclude(job="")
    if not mine.update(progress=progress, heartbeat_at=database_now()):
        raise JobLost


def keep_or_lose(row, attempt):
    """JobLost unless the locked `row` is still worked on by `attempt`; without an attempt (a page does the work) by nobody."""
    if attempt is None:
        if row.job:
            raise JobLost
    elif row.attempt != attempt or not row.job:
        raise JobLost


def rest(row):
    """No work is going on with `row` any more; gives the names of the fields to save."""
    row.job, row.heartbeat_at, row.progress, row.failure = "", None, 0, ""
    return ["job", "heartbeat_at", "progress", "failure"]


def fail(pk, attempt, sentence):
    """The work could not be done; `sentence` says why, in Vietnamese and without names."""
    mine = ImportBatch.objects.filter(pk=pk, attempt=attempt).exclude(job="")
    return mine.update(job="", heartbeat_at=None, progress=0, failure=sentence[:300])


def sweep(send):
    """Find lists whose worker died or was never told and wake one by `send(pk)`. Returns (sent, given up)."""
    now = database_now()
    stale = ImportBatch.objects.exclude(job="").filter(heartbeat_at__lt=now - STALE)
    given_up = stale.filter(tries__gte=MOST_TRIES).update(job="", heartbeat_at=None, progress=0, failure=GIVEN_UP)
    stale.update(heartbeat_at=None, queued_at=now - 2 * LOST, progress=0)
    sent = 0
    waiting = ImportBatch.objects.exclude(job="").filter(heartbeat_at__isnull=True, queued_at__lt=now - LOST)
    for pk, queued_at in list(waiting.order_by("pk").values_list("pk", "queued_at")):
        if ImportBatch.objects.filter(pk=pk, heartbeat_at__isnull=True, queued_at=queued_at).exclude(job="").update(queued_at=now):
            send(pk)
            sent += 1
    return sent, given_up
