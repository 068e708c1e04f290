import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from members.services import import_jobs, imports
from reports.jobs import sweep
from reports.services import wake_worker


class Command(BaseCommand):
    """Send again the papers and the lists whose message was lost or whose worker died, and remove the files of lists that nobody decided on
    for a day. Once, or every few seconds with --forever until SIGTERM."""

    help = "Wake a worker for papers and lists that nobody works on."

    def add_arguments(self, parser):
        parser.add_argument("--forever", action="store_true", help="go on until the process is told to end")
        parser.add_argument("--every", type=float, default=5, metavar="SECONDS", help="pause between two looks (5)")

    def handle(self, *args, **options):
        sent, given_up = sweep_all()
        if not options["forever"]:
            self.stdout.write(f"{sent} sent again, {given_up} given up.")
            return
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.wait(options["every"]):
            close_old_connections()
            sweep_all()


def sweep_all():
    """(sent again, given up) of papers and lists together."""
    papers, lists = sweep(wake_worker), import_jobs.sweep(import_jobs.wake_worker)
    imports.tidy()
    return papers[0] + lists[0], papers[1] + lists[1]
