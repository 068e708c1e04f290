"""The making of a paper as a worker does it. The row is the job: claimed, reported on and ended only by conditional updates.

Every claim counts `attempt` up; a worker that was thought dead and comes back with an older number changes nothing more.
Times are the database's own, so that the clocks of several machines do not matter.
"""

import logging
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from khoi_party.audit.services import change, record
from khoi_party.common.database import database_now, locked
from reports.enums import PaperState, Step
from reports.models import Paper, PaperFile, PaperList

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5
STALE = timedelta(seconds=30)  # six missed heartbeats
LOST = timedelta(seconds=20)  # a queued paper that nobody took: its message was lost, or every worker is busy
MOST_TRIES = 3
BEGINS_AT = {Step.READING: 5, Step.WRITING: 35, Step.SETTING: 45, Step.STORING: 95}
GIVEN_UP = "Việc lập văn bản bị gián đoạn 03 lần. Đồng chí hãy thử lại sau ít phút; nếu vẫn không được, báo người quản trị."
NO_ROOM = "Máy chủ không ghi được tệp (có thể đã hết chỗ trên đĩa). Số liệu không bị ảnh hưởng; hãy báo người quản trị rồi lập lại."
BROKEN = "Phần mềm gặp lỗi khi lập văn bản; lỗi đã được ghi lại cho người quản trị. Số liệu không bị ảnh hưởng, đồng chí có thể lập lại."
NO_RIGHT = "Người yêu cầu không còn quyền lập văn bản của tổ chức này nên văn bản không được lập. Số liệu không bị ảnh hưởng."
TOO_LONG = "Việc lập văn bản quá thời gian cho phép nên đã dừng. Đồng chí hãy thử lại khi máy chủ bớt bận."


class JobLost(RuntimeError):
    """The paper was cancelled or another worker has taken it over: stop, and write nothing."""


def claim(pk):
    """Take the queued paper `pk`. Returns the attempt's number, or None when it is not there to be taken."""
    taken = Paper.objects.filter(pk=pk, state=PaperState.QUEUED).update(
        state=PaperState.RUNNING,
        attempt=F("attempt") + 1,
        tries=F("tries") + 1,
        heartbeat_at=database_now(),
        started_at=database_now(),
        step=Step.READING,
        progress=BEGINS_AT[Step.READING],
        parts_done=0,
        parts_of=0,
    )
    return Paper.objects.values_list("attempt", flat=True).get(pk=pk) if taken else None


def mine(pk, attempt):
    """The row, if this attempt still holds it."""
    return Paper.objects.filter(pk=pk, attempt=attempt, state=PaperState.RUNNING)


def report(pk, attempt, step, done=0, of=0):
    """Say that `step` (a Step) begins or, where it goes part by part, that `done` of its `of` parts are made.

    Raises JobLost when the paper is no longer this attempt's.
    """
    shown = {"step": step, "progress": percent_of(step, done, of), "parts_done": done, "parts_of": of}
    if not mine(pk, attempt).update(**shown, heartbeat_at=database_now()):
        raise JobLost


def percent_of(step, done=0, of=0):
    """How far a paper is, in whole percent: where `step` begins, and `done` of `of` of the way to where the next one does."""
    begins = BEGINS_AT[step]
    ends = min((percent for percent in BEGINS_AT.values() if percent > begins), default=100)
    return begins + (ends - begins) * min(done, of) // of if of else begins


@contextmanager
def heartbeat(pk, attempt):
    """Show every few seconds, from a thread of its own, that the worker lives: setting a long paper has no steps to report."""
    ended = threading.Event()

    def beat():
        while not ended.wait(BEAT_SECONDS):
            try:
                mine(pk, attempt).update(heartbeat_at=database_now())
            except DatabaseError:
                logger.warning("a heartbeat of paper %d was missed", pk)  # five more may be missed before it counts as dead
                connection.close()
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def finish(pk, attempt, files, *, new_figures=True, **values):
    """The paper is made: `files` {format: (name in the storage, sha256)} take the place of those of its draft; `values` are its figures, their
    sum and the pages; `new_figures` says that they were read anew, so that its old lists go. Raises JobLost when it is no longer this
    attempt's. The state comes last: once an issued paper is done, the database lets nothing of it change."""
    with change(by=None):
        if not locked(mine(pk, attempt)).exists():
            raise JobLost
        old = list(PaperFile.objects.filter(paper=pk).values_list("file", flat=True))
        PaperFile.objects.filter(paper=pk).delete()
        transaction.on_commit(lambda: remove(old))
        PaperFile.objects.bulk_create(PaperFile(paper_id=pk, format=kind, file=name, sha256=total) for kind, (name, total) in files.items())
        if new_figures:
            PaperList.objects.filter(paper=pk).delete()
            values["figures_read_at"] = F("started_at")
        ended = {"state": PaperState.DONE, "progress": 100, "finished_at": database_now(), "heartbeat_at": None, "keeps_figures": True}
        Paper.objects.filter(pk=pk).update(**ended, **values)
        paper = Paper.objects.select_related("organisation").get(pk=pk)
        sums = {kind: total for kind, (_, total) in files.items()}
        record("paper.built", paper, summary="Lập xong văn bản.", organisation=paper.organisation, files=sums, pages=paper.pages)


def remove(names):
    """Take files of drafts that were made anew out of the storage; one that is gone already is no fault."""
    for name in names:
        with suppress(OSError):
            default_storage.delete(name)


def fail(pk, attempt, sentence):
    """The paper could not be made: `sentence` says why, in Vietnamese and without names. No effect on a paper of another attempt."""
    return mine(pk, attempt).update(state=PaperState.FAILED, failure=sentence, finished_at=database_now(), heartbeat_at=None)


def sweep(send):
    """Find papers that nobody works on and wake a worker for each by `send(pk)`. Returns how many were sent and how many given up.

    A running paper without a heartbeat for STALE goes back to its place in the queue, or fails after MOST_TRIES; a queued one that nobody
    took for LOST is sent again, the time of its message set anew so that several sweeps do not all send it.
    """
    now = database_now()
    stale = Paper.objects.filter(state=PaperState.RUNNING, heartbeat_at__lt=now - STALE)
    given_up = stale.filter(tries__gte=MOST_TRIES).update(state=PaperState.FAILED, failure=GIVEN_UP, finished_at=now, heartbeat_at=None)
    stale.update(state=PaperState.QUEUED, sent_at=None, heartbeat_at=None, step="", progress=0)
    sent = 0
    waiting = Paper.objects.filter(Q(sent_at=None) | Q(sent_at__lt=now - LOST), state=PaperState.QUEUED)
    for pk, sent_at in list(waiting.order_by("queued_at", "pk").values_list("pk", "sent_at")):
        if Paper.objects.filter(pk=pk, state=PaperState.QUEUED, sent_at=sent_at).update(sent_at=now):
            send(pk)
            sent += 1
    if sent or given_up:
        logger.warning("sweep: %d papers sent again, %d given up", sent, given_up)
    return sent, given_up
