"""Rows that may be written once and never changed or removed, kept so by triggers on both databases."""

from contextlib import contextmanager

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.db import connections, models

REFUSAL = "append-only"


class AppendOnly(models.Model):
    """Base of the tables that only grow. Django is not asked to keep them so: the database refuses."""

    class Meta:
        abstract = True


def tables():
    """The names of all append-only tables, in alphabetical order."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly) and not model._meta.proxy)


def _existing(connection):
    present = set(connection.introspection.table_names())
    return [table for table in tables() if table in present]


def _statements(connection, table):
    if connection.vendor == "postgresql":
        return [
            f'CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_append_only()",
            f'CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_append_only()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{event}_append_only BEFORE {event} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
        for event in ("UPDATE", "DELETE")
    ]


def _expected(connection, table):
    if connection.vendor == "postgresql":
        return {f"{table}_append_only", f"{table}_no_truncate"}
    return {f"{table}_UPDATE_append_only", f"{table}_DELETE_append_only"}


def install_triggers(connection):
    """Create what is missing. Called after every migrate, because SQLite rebuilds a table without its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change_of_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME; END $$"
            )
        for table in _existing(connection):
            for statement in _statements(connection, table):
                cursor.execute(statement)


def missing_triggers(connection):
    """The names of the triggers that should be there and are not, or (on PostgreSQL) are switched off."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(name for table in _existing(connection) for name in _expected(connection, table) if name not in present)


@contextmanager
def lifted_triggers(connection):
    """Lift the triggers for a moment and put them back. For the tests only: nothing in the product calls it."""
    with connection.cursor() as cursor:
        for table in _existing(connection):
            for name in _expected(connection, table):
                on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
    try:
        yield
    finally:
        install_triggers(connection)


@register(Tags.database)
def check_triggers(app_configs=None, databases=None, **kwargs):
    """System check (`check --database default`, and before every migrate): each append-only table has its triggers."""
    return [
        Error(f"Append-only trigger {name} is missing.", hint="Run manage.py migrate, then manage.py verify_audit.", id="audit.E001")
        for alias in databases or []
        for name in missing_triggers(connections[alias])
    ]
