"""What waits to be made, as people see it: places in the queue, how long such papers usually take, what could not be made."""

import math
import statistics
from dataclasses import dataclass
from datetime import timedelta

from khoi_party.common.database import database_now
from khoi_party.common.numbers import two_digits
from reports import jobs
from reports.enums import PaperState
from reports.models import Paper
from reports.permissions import can_change_job

RECENT = 20  # papers of a kind whose time is looked at
FEWEST = 3  # below so many nothing is said of the time
FAILED_SHOWN = timedelta(days=1)
UNTAKEN = timedelta(seconds=30)  # a worker that lives takes a paper within moments


@dataclass(frozen=True)
class Waiting:
    """One paper of the queue. `ahead` papers wait before it; `wait` and `usual` in seconds, None where too few are known."""

    paper: Paper
    ahead: int
    usual: float | None
    wait: float | None
    may_change: bool

    @property
    def place_text(self):
        if self.paper.state == PaperState.RUNNING:
            return self.paper.step_text
        return f"Đang chờ, trước đó còn {two_digits(self.ahead)} văn bản" if self.ahead else "Đang chờ, đến lượt kế tiếp"

    @property
    def wait_text(self):
        """What the last papers of the kind say of the time; never a promise."""
        if self.paper.state == PaperState.RUNNING:
            return f"Gần đây loại này mất {about(self.usual)} để lập." if self.usual else ""
        return f"Nếu lần lượt từng văn bản thì {about(self.wait)}, tính theo các văn bản gần đây." if self.wait else ""


@dataclass(frozen=True)
class Queue:
    """What one person sees of the queue: `others` is how many more wait whom he may not read, a number only."""

    rows: list[Waiting]
    failed: list[Waiting]
    others: int
    is_untaken: bool

    @property
    def count(self):
        return len(self.rows)


def queue_of(user):
    """The Queue as `user` sees it: those being made first, then in the order of their places."""
    line = list(Paper.objects.under_way().order_by("queued_at", "pk").values_list("pk", "kind", "state"))
    usual = usual_seconds({kind for _, kind, _ in line})
    waits = _waits(line, usual)
    seen = Paper.objects.visible_to(user).for_list()
    rows = [_waiting(user, paper, usual, *waits[paper.pk]) for paper in seen.filter(pk__in=waits)]
    rows.sort(key=lambda row: (row.paper.state != PaperState.RUNNING, row.paper.queued_at, row.paper.pk))
    lately = seen.filter(state=PaperState.FAILED, finished_at__gt=database_now() - FAILED_SHOWN)
    return Queue(rows, [_waiting(user, paper, {}) for paper in lately], len(line) - len(rows), is_untaken())


def place_of(user, paper):
    """The Waiting of one paper."""
    line = list(Paper.objects.under_way().order_by("queued_at", "pk").values_list("pk", "kind", "state"))
    usual = usual_seconds({kind for _, kind, _ in line})
    return _waiting(user, paper, usual, *_waits(line, usual).get(paper.pk, (0, None)))


def _waiting(user, paper, usual, ahead=0, wait=None):
    return Waiting(paper, ahead, usual.get(paper.kind), wait, can_change_job(user, paper))


def _waits(line, usual):
    """{pk: (papers that wait before it, seconds until it is made if they are made one after the other)}."""
    found, ahead, sum_before = {}, 0, 0.0
    for pk, kind, state in sorted(line, key=lambda row: row[2] != PaperState.RUNNING):
        own = usual.get(kind)
        sum_before = None if sum_before is None or own is None else sum_before + own
        found[pk] = (ahead, sum_before)
        ahead += state == PaperState.QUEUED
    return found


def usual_seconds(kinds):
    """{kind: median seconds that the last papers of it took to be made}, without those of which too few are known."""
    found = {}
    for kind in kinds:
        made = Paper.objects.filter(kind=kind, state=PaperState.DONE, started_at__isnull=False).order_by("-finished_at")
        taken = [(end - begin).total_seconds() for begin, end in made.values_list("started_at", "finished_at")[:RECENT]]
        if len(taken) >= FEWEST:
            found[kind] = statistics.median(taken)
    return found


def is_untaken():
    """Whether a paper has waited for long while no worker is at work: the broker or the workers are down."""
    now = database_now()
    waits = Paper.objects.filter(state=PaperState.QUEUED, queued_at__lt=now - UNTAKEN).exists()
    return waits and not Paper.objects.filter(state=PaperState.RUNNING, heartbeat_at__gt=now - jobs.STALE).exists()


def about(seconds):
    """ "khoảng 25 giây", rounded up so that it is rather too long."""
    if seconds <= 10:
        return "chưa đến 10 giây"
    return f"khoảng {math.ceil(seconds / 5) * 5} giây" if seconds <= 60 else f"khoảng {two_digits(math.ceil(seconds / 60))} phút"
