"""What differs between PostgreSQL and SQLite, in one place."""

import datetime
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def read_snapshot(using=DEFAULT_DB_ALIAS):
    """All reads inside see one state of the data, and nothing inside may write. The state is fixed by the first read.

    Must be the outermost transaction (RuntimeError otherwise): a snapshot cannot begin inside a transaction that has read.
    A snapshot inside a snapshot is the same snapshot.
    PostgreSQL: REPEATABLE READ READ ONLY. SQLite: a DEFERRED transaction, which does not queue behind writers.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        outer = connection.atomic_blocks[-1]
        if not (outer._from_testcase or getattr(outer, "is_snapshot", False)):
            raise RuntimeError("read_snapshot() must be the outermost transaction.")
        yield  # a test's own transaction has read already; its data are its own
    elif connection.vendor == "postgresql":
        with _snapshot(using):
            _execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with _deferred_transaction(using):
            yield


def _snapshot(using):
    """An outermost transaction that says of itself that it is a snapshot."""
    block = transaction.atomic(using, durable=True)
    block.is_snapshot = True
    return block


@contextmanager
def _deferred_transaction(using):
    connection = connections[using]
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with _snapshot(using):
            _execute(connection, "PRAGMA query_only = ON")
            try:
                yield
            finally:
                _execute(connection, "PRAGMA query_only = OFF")
    finally:
        connection.transaction_mode = mode


def database_now(using=DEFAULT_DB_ALIAS):
    """The database's clock as an aware datetime: heartbeats of several machines are compared by this clock alone."""
    connection = connections[using]
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()" if on_postgresql else "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        (moment,) = cursor.fetchone()
    return moment if on_postgresql else datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)


def locked(queryset, *, no_key=False):
    """`queryset` with its own rows locked until the transaction ends; rows joined by select_related stay free.

    `no_key` lets others still point new rows at them: needed where one goes on to wait for somebody who does so when he commits.

    SQLite locks the whole file when a transaction begins (IMMEDIATE), so there is nothing to add there.
    """
    return queryset.select_for_update(of=("self",), no_key=no_key) if connections[queryset.db].vendor == "postgresql" else queryset


def refresh_statistics(using=DEFAULT_DB_ALIAS):
    """Let the planner know of rows that were just loaded in bulk: without it PostgreSQL guesses, and may guess minutes instead of moments."""
    _execute(connections[using], "ANALYZE")


def _execute(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
