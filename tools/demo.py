"""Starts the demo: web server, worker and sweep on this machine, for this machine's browser only.

python tools/demo.py PORT            runs on 127.0.0.1:PORT until Ctrl-C (exit code 0)
python tools/demo.py --check PORT    only says whether the port can be used (exit code 1 if not)
"""

import os
import shutil
import signal
import socket
import sys
import threading
from itertools import zip_longest
from pathlib import Path

from supervise import Program, printer, supervise

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-u"]


def programs(port):
    """The parts of the demo."""
    web = ["gunicorn", "khoi_party.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--no-control-socket"]
    worker = [
        "celery",
        "--quiet",
        "-A",
        "khoi_party",
        "worker",
        "--concurrency",
        "2",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
    return [
        Program("web", [*PYTHON, "-m", *web, "--log-level", "warning"]),
        Program("worker", ["nice", "-n", "5", *PYTHON, "-m", *worker, "--loglevel", "WARNING"]),
        Program("sweep", [*PYTHON, "manage.py", "sweep_papers", "--forever"]),
    ]


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: closed connections do not count
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def greet(port, accounts, say):
    """Once the web server answers, says where to go and who one can be; returns whether it answered.

    `accounts` is the file that load_demo writes: lines "role | username | password | what they see".
    """
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    say(f"\nKhối Party đang chạy tại http://127.0.0.1:{port}/ (nhấn Ctrl-C để dừng)\n")
    rows = [[cell.strip() for cell in line.split("|")] for line in accounts.read_text().splitlines()] if accounts.exists() else []
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for row in rows:
        say("  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip())
    return True


def main(arguments):
    word = arguments[-1] if arguments else ""
    port = int(word) if word.isascii() and word.isdigit() else 0
    if not 1 <= port <= 65535:
        sys.exit("PORT phải là một số từ 1 đến 65535, ví dụ: make demo PORT=8080")
    if not port_is_free(port):
        sys.exit(f"Cổng {port} đang có chương trình khác dùng (hoặc bản demo đang chạy). Hãy chọn cổng khác, ví dụ: make demo PORT=8765")
    if "--check" in arguments:
        return
    os.chdir(ROOT)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    shutil.rmtree("var/queue", ignore_errors=True)  # one broken message would kill each worker; the truth is in the papers' rows
    say = printer(stop)
    supervise(programs(port), say, stop, lambda: greet(port, ROOT / "var" / "demo_accounts.txt", say))
    say("Đã dừng.")


if __name__ == "__main__":
    main(sys.argv[1:])
