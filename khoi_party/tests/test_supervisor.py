import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tools import supervise

ROOT = Path(__file__).resolve().parent.parent.parent
SLEEPER = "import time; time.sleep(60)"
STUBBORN = (
    "import os, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); child = os.fork(); "
    "print(os.getpid(), flush=True) if child else None; time.sleep(60)"
)
DEMO = """
import pathlib, sys
sys.path.insert(0, "tools")
import demo, supervise
demo.ROOT = pathlib.Path(sys.argv[1])
demo.programs = lambda port: [
    supervise.Program("web", [sys.executable, "-c", f"import os, socket, time; print(os.getpid(), flush=True); "
        f"s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)"])
]
demo.main([sys.argv[2]])
"""


def python(code, *arguments):
    return [sys.executable, "-u", "-c", code, *arguments]


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def members_of(group):
    """Ids of the living processes of a process group."""
    members = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(ValueError, ProcessLookupError):
            if os.getpgid(int(entry.name)) == group:
                members.append(int(entry.name))
    return members


def is_gone(pid):
    """No such process, or only the entry that its new parent has not yet collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture
def running():
    """Starts `supervise` with a table in a thread; returns the lines it prints; stops it at the end."""
    stop = threading.Event()
    threads = []

    def run(*programs):
        lines = []
        threads.append(threading.Thread(target=supervise.supervise, args=(programs, lines.append, stop)))
        threads[0].start()
        return lines

    def end():
        stop.set()
        for thread in threads:
            thread.join(20)

    run.end = end
    yield run
    end()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_back_off_doubles_up_to_half_a_minute():
    program = supervise.Program("web", python("raise SystemExit(3)"))
    lines = []
    waits = []
    for _ in range(7):
        program.start(lines.append)
        program.process.wait()
        program.started = 990.0
        program.bury(lines.append, now=1000.0)
        waits.append(program.due - 1000.0)
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert lines[0] == "web    | đã dừng (mã 3), khởi động lại sau 1 giây"


def test_back_off_starts_anew_after_a_healthy_minute():
    program = supervise.Program("web", python("pass"), deaths=5)
    program.start(print)
    program.process.wait()
    program.started = 940.0
    program.bury(print, now=1000.0)
    assert (program.due, program.deaths) == (1001.0, 1)


def test_supervise_restarts_what_dies_and_leaves_the_other_alone(running, tmp_path):
    births = tmp_path / "births"
    dying = supervise.Program("dying", python(f"open({str(births)!r}, 'a').write('x')"))
    steady = supervise.Program("steady", python(SLEEPER))
    running(dying, steady)
    wait_until(lambda: births.exists() and len(births.read_text()) >= 2)
    assert steady.deaths == 0


def test_lines_carry_the_name_of_their_program(running):
    lines = running(supervise.Program("worker", python("print('xin chào'); " + SLEEPER)))
    wait_until(lambda: lines)
    assert lines == ["worker | xin chào"]


def test_stop_leaves_no_process_of_a_program_that_ignores_it(running, monkeypatch):
    monkeypatch.setattr(supervise, "GRACE", 0.2)
    program = supervise.Program("web", python(STUBBORN))
    lines = running(program)
    wait_until(lambda: lines)
    group = members_of(int(lines[0].split("|")[1]))
    assert len(group) == 2
    running.end()
    wait_until(lambda: all(is_gone(pid) for pid in group))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_demo_stops_all_on_a_signal(tmp_path, number):
    (tmp_path / "var" / "queue").mkdir(parents=True)
    (tmp_path / "var" / "queue" / "1.celery.msg").write_text("{")
    (tmp_path / "var" / "demo_accounts.txt").write_text("Vai trò | Tên đăng nhập\nBí thư chi bộ | bithu\n")
    demo = subprocess.Popen(python(DEMO, str(tmp_path), str(free_port())), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    lines = []
    for line in demo.stdout:
        lines.append(line.rstrip())
        started = [int(said.split("|")[1]) for said in lines if said.split("|")[0].strip() == "web"]
        if started and any("bithu" in said for said in lines):
            break  # the program and the greeting speak in either order
    demo.send_signal(number)
    rest, _ = demo.communicate(timeout=20)
    assert demo.returncode == 0
    assert rest == "Đã dừng.\n"
    assert {"  Vai trò         Tên đăng nhập", "  Bí thư chi bộ   bithu"} <= set(lines)
    assert not (tmp_path / "var" / "queue").exists()
    assert is_gone(started[0])


def test_demo_on_a_busy_port_says_so_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = subprocess.run([sys.executable, "tools/demo.py", str(port)], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert run.returncode == 1
    assert run.stderr.startswith(f"Cổng {port} đang có chương trình khác dùng")


@pytest.mark.parametrize("word", ["", "abc", "0", "70000", "-1", "²"])
def test_demo_with_a_port_that_is_none_says_what_to_type(word):
    run = subprocess.run([sys.executable, "tools/demo.py", "--check", word], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert run.returncode == 1
    assert run.stderr == "PORT phải là một số từ 1 đến 65535, ví dụ: make demo PORT=8080\n"
