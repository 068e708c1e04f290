"""Rows that may be written once and never changed or removed, and rows that freeze when a condition holds; triggers keep both databases so."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.db import connections, models

REFUSAL = "append-only"
FROZEN = "frozen"
_is_migrating = ContextVar("is_migrating", default=False)


class AppendOnly(models.Model):
    """Base of the tables that only grow. Django is not asked to keep them so: the database refuses."""

    class Meta:
        abstract = True


class FrozenRows(models.Model):
    """Base of tables whose rows may change until they are frozen.

    FROZEN_WHEN {"INSERT", "UPDATE" or "DELETE": condition over OLD and NEW under which the database refuses}, in SQL that both databases read.
    """

    FROZEN_WHEN = {}

    class Meta:
        abstract = True


def changed_columns(*names):
    """The condition that an UPDATE changes one of the columns `names`."""
    return "NOT (" + " AND ".join(f"(OLD.{name} = NEW.{name} OR (OLD.{name} IS NULL AND NEW.{name} IS NULL)) IS TRUE" for name in names) + ")"


def _models(base):
    return sorted((model for model in apps.get_models() if issubclass(model, base) and not model._meta.proxy), key=lambda one: one._meta.db_table)


def tables():
    """The names of all append-only tables, in alphabetical order."""
    return [model._meta.db_table for model in _models(AppendOnly)]


def frozen_tables():
    """{table: its FROZEN_WHEN} of all tables whose rows freeze."""
    return {model._meta.db_table: model.FROZEN_WHEN for model in _models(FrozenRows)}


def _existing(connection, names):
    present = set(connection.introspection.table_names())
    return [table for table in names if table in present]


def _all_statements(connection):
    for table in _existing(connection, tables()):
        yield from _statements(connection, table)
    conditions = frozen_tables()
    for table in _existing(connection, conditions):
        yield from _frozen_statements(connection, table, conditions[table])


def _all_expected(connection):
    """{trigger: table} of what should be there."""
    found = {name: table for table in _existing(connection, tables()) for name in _expected(connection, table)}
    conditions = frozen_tables()
    for table in _existing(connection, conditions):
        found |= {f"{table}_{event.lower()}_frozen": table for event in conditions[table]}
        if connection.vendor == "postgresql":
            found[f"{table}_no_truncate"] = table
    return found


def _frozen_statements(connection, table, conditions):
    """Made anew each time: a condition may have changed with the program."""
    for event, condition in conditions.items():
        name = f"{table}_{event.lower()}_frozen"
        if connection.vendor == "postgresql":
            row = "OLD" if event == "DELETE" else "NEW"
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{FROZEN}: %', TG_TABLE_NAME; END IF; RETURN {row}; END $$"
            )
            yield f'CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
        else:
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} BEFORE {event} ON \"{table}\" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{FROZEN}: {table}'); END"
    if connection.vendor == "postgresql":
        yield _no_truncate(table)


def _no_truncate(table):
    return (
        f'CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_append_only()"
    )


def _statements(connection, table):
    if connection.vendor == "postgresql":
        return [
            f'CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_append_only()",
            _no_truncate(table),
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
    """Create what is missing, and the conditions of frozen rows as they are now. Called after every migrate: SQLite rebuilds a table without them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change_of_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME; END $$"
            )
        for statement in _all_statements(connection):
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
    return sorted(name for name in _all_expected(connection) if name not in present)


def drop_triggers(connection, names=None):
    """Take away the triggers `names`, all without them."""
    with connection.cursor() as cursor:
        for name, table in _all_expected(connection).items():
            if names is None or name in names:
                on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@contextmanager
def lifted_triggers(connection):
    """Lift the triggers for a moment and put them back. For the tests only: nothing in the product calls it."""
    drop_triggers(connection)
    try:
        yield
    finally:
        install_triggers(connection)


@contextmanager
def migrating(connection):
    """While the tables change: triggers of frozen rows that look into another table would stop SQLite from renaming it, and what is missing
    is no fault yet. All are back at the end, however it ends."""
    token = _is_migrating.set(True)
    drop_triggers(connection, {name for name in _all_expected(connection) if name.endswith("_frozen")})
    try:
        yield
    finally:
        _is_migrating.reset(token)
        install_triggers(connection)


@register(Tags.database)
def check_triggers(app_configs=None, databases=None, **kwargs):
    """System check (`check --database default`): each append-only and each freezing table has its triggers."""
    if _is_migrating.get():
        return []
    return [
        Error(f"Trigger {name} is missing.", hint="Run manage.py migrate, then manage.py verify_audit.", id="audit.E001")
        for alias in databases or []
        for name in missing_triggers(connections[alias])
    ]
