"""A one-page supervisor: starts programs side by side, restarts what dies, and leaves no process behind when told to stop."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

GRACE = 8.0  # seconds a program may take to end by itself
HEALTHY = 60.0  # seconds of life after which earlier deaths are forgotten
LONGEST_WAIT = 30.0


@dataclass
class Program:
    """One line of the table: its name, its command, and how it fares."""

    name: str
    command: list
    process: subprocess.Popen | None = None
    reader: threading.Thread | None = None
    started: float = 0.0
    due: float = 0.0
    deaths: int = 0

    def start(self, say):
        """Starts the command in a process group of its own and passes its lines on under its name."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - from the caller's table, nobody's input
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        self.reader = threading.Thread(target=self._pass_on, args=(self.process.stdout, say), daemon=True)
        self.reader.start()

    def _pass_on(self, lines, say):
        with lines:
            for line in lines:
                say(f"{self.name:<6} | {line.decode(errors='replace').rstrip()}")

    def kill_group(self):
        """Kills what is left of the group: the children of a dead server, or a server that will not end."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join(1.0)

    def bury(self, say, now):
        """Notes a death and when to start again: after 1, 2, 4 ... 30 seconds, counted anew after a healthy minute."""
        self.kill_group()
        if now - self.started >= HEALTHY:
            self.deaths = 0
        wait = min(2.0**self.deaths, LONGEST_WAIT)
        self.deaths += 1
        self.due = now + wait
        say(f"{self.name:<6} | đã dừng (mã {self.process.returncode}), khởi động lại sau {wait:.0f} giây")
        self.process = None


def supervise(programs, say, stop, announce=lambda: True):
    """Keeps `programs` running until the event `stop` is set, then ends them all.

    `say(line)` prints; `announce()` is tried again until it returns True.
    """
    announced = False
    try:
        while not stop.is_set():
            now = time.monotonic()
            for program in programs:
                if program.process is not None and program.process.poll() is not None:
                    program.bury(say, now)
                if program.process is None and now >= program.due:
                    program.start(say)
            announced = announced or announce()
            stop.wait(0.1)
    finally:
        end([program for program in programs if program.process is not None])


def end(programs):
    """Asks all programs to end, waits GRACE seconds for all together, then kills what is left of their groups."""
    for program in programs:
        program.process.terminate()
    deadline = time.monotonic() + GRACE
    for program in programs:
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.process.wait(max(0.0, deadline - time.monotonic()))
        program.kill_group()


def printer(stop):
    """A `say` for the terminal: whole lines, one at a time; when nobody reads any more (a closed terminal), sets `stop`."""
    lock = threading.Lock()

    def say(line):
        try:
            with lock:
                print(line, flush=True)
        except OSError:
            stop.set()

    return say
