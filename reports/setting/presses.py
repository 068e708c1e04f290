"""Several documents set side by side, each in a process of its own: on all cores, with bounded time and memory, that is given back at the end."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from reports.setting.press import RenderingError, SetPdf, encoded

MOST_SECONDS = 200  # for one document; a worker itself is stopped after 240
MOST_PRESSES = 4
ROOT = Path(__file__).resolve().parents[2]


def set_all(orders, *, presses=None):
    """Set every Order of `orders`, an iterable of (key, Order). Yields (key, SetPdf) as they are done, in no order.

    Orders are drawn as presses become free, by one thread at a time: the next is written while others are being set. `presses` how many
    processes, else one for each core up to MOST_PRESSES. RenderingError when one cannot be set, or takes more than MOST_SECONDS; then, and
    when the caller stops listening, the other processes are ended.
    """
    source, lock, done = iter(orders), threading.Lock(), queue.SimpleQueue()

    def draw():
        with lock:
            return next(source, None)

    with _started(presses or min(os.cpu_count() or 1, MOST_PRESSES)) as processes:
        for process in processes:
            threading.Thread(target=_work, args=(process, draw, done), daemon=True).start()
        working = len(processes)
        while working:
            key, answer = done.get()
            if answer is None:
                working -= 1
            elif isinstance(answer, Exception):
                raise RenderingError(str(answer)) from answer
            else:
                yield key, answer


@contextmanager
def _started(count):
    """`count` presses; all are ended when the block is left, whatever they are doing."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    command = [sys.executable, "-m", "reports.setting.press"]
    with tempfile.TemporaryDirectory(prefix="kp-presses-") as folder:  # what they leave behind when they are ended
        given = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "start_new_session": True}
        processes = [subprocess.Popen(command, cwd=ROOT, env=environment | {"TMPDIR": folder}, **given) for _ in range(count)]  # noqa: S603
        try:
            yield processes
        finally:
            for process in processes:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # its copy too, where it is setting something
            for process in processes:
                process.wait()
                process.stdin.close()
                process.stdout.close()


def _work(process, draw, done):
    """Give one press after the other document until there is none; tell `done` of each, and of the end by None."""
    while True:
        key = None
        try:
            if (drawn := draw()) is None:
                break
            key, order = drawn
            done.put((key, _set_in_time(process, order)))
        except Exception as broken:
            done.put((key, broken))
            return
    done.put((None, None))


def _set_in_time(process, order):
    alarm = threading.Timer(MOST_SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    alarm.start()
    try:
        return _set_by(process, order)
    finally:
        alarm.cancel()


def _set_by(process, order):
    try:
        process.stdin.write(encoded(order))
        process.stdin.flush()
        line = process.stdout.readline()
    except OSError:
        line = b""
    if not line:
        raise RenderingError("a press ended while it was setting a document")
    head = json.loads(line)
    if "error" in head:
        raise RenderingError(head["error"])
    content = process.stdout.read(head["size"])
    return SetPdf(content, head["pages"], head["places"], head["refused"])
