"""Several people at the same moment, each on a connection of his own (PostgreSQL only)."""

import threading
import time

from django.core.exceptions import PermissionDenied
from django.db import connection

from khoi_party.common.errors import DomainError


class Other(threading.Thread):
    """Somebody else's act; `outcome` is "done" or the refusal. Any other exception ends the thread, and with it the test."""

    def __init__(self, act):
        super().__init__()
        self.act, self.outcome, self.backend = act, None, None

    def run(self):
        try:
            connection.ensure_connection()
            self.backend = connection.connection.info.backend_pid
            self.act()
            self.outcome = "done"
        except (DomainError, PermissionDenied) as refused:
            self.outcome = refused
        finally:
            connection.close()

    def wait_until_it_stands_in_line(self):
        """Start it, and go on when the database keeps it waiting for a lock."""
        self.start()
        end = time.monotonic() + 10
        while time.monotonic() < end and self.is_alive():
            with connection.cursor() as cursor:
                cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [self.backend or 0])
                if cursor.fetchone()[0]:
                    return
            time.sleep(0.005)
        raise AssertionError("It did not have to wait.")


def at_once(*acts):
    """Begin all `acts` together and wait for them; their outcomes, in the same order."""
    others = [Other(act) for act in acts]
    for other in others:
        other.start()
    for other in others:
        other.join()
    return [other.outcome for other in others]
