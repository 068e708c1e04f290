import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, connections, transaction

from khoi_party.common.database import database_now, locked, read_snapshot
from khoi_party.settings.base import sqlite


@pytest.fixture
def office_file(tmp_path, settings, django_db_blocker):
    """A database as a small office has it: one SQLite file, with two connections of its own."""
    entry = sqlite(tmp_path / "office.sqlite3")
    connections.settings["office"] = connections.configure_settings({"default": {}, "office": entry})["office"]
    with django_db_blocker.unblock():
        office, writer = connections["office"], connections["office"].copy()
        execute(office, "CREATE TABLE probe (value INTEGER)")
        yield office, writer
        writer.close()
        office.close()
    del connections["office"], connections.settings["office"]


def execute(through, statement):
    with through.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def count(through):
    return execute(through, "SELECT count(*) FROM probe")[0][0]


def assert_snapshot_stands_still(reader, writer):
    execute(writer, "INSERT INTO probe VALUES (1)")
    with read_snapshot(reader.alias):
        assert count(reader) == 1
        execute(writer, "INSERT INTO probe VALUES (2)")
        assert count(reader) == 1
    assert count(reader) == 2


def assert_snapshot_refuses_to_write(reader):
    with pytest.raises(DatabaseError), read_snapshot(reader.alias):
        execute(reader, "INSERT INTO probe VALUES (1)")
    execute(reader, "INSERT INTO probe VALUES (1)")
    assert count(reader) == 1


def test_snapshot_on_sqlite_stands_still_while_another_writes(office_file):
    assert_snapshot_stands_still(*office_file)


def test_snapshot_on_sqlite_refuses_to_write_and_lets_write_afterwards(office_file):
    assert_snapshot_refuses_to_write(office_file[0])


def test_snapshot_on_sqlite_reads_while_another_holds_the_write_lock(office_file):
    office, writer = office_file
    execute(writer, "BEGIN IMMEDIATE")
    execute(writer, "INSERT INTO probe VALUES (1)")
    with read_snapshot("office"):
        assert count(office) == 0
    execute(writer, "COMMIT")
    assert count(office) == 1


def test_transactions_on_sqlite_queue_at_begin_again_after_a_snapshot(office_file):
    office, writer = office_file
    with read_snapshot("office"):
        count(office)
    execute(writer, "PRAGMA busy_timeout = 0")
    with transaction.atomic("office"), pytest.raises(DatabaseError, match="locked"):
        execute(writer, "BEGIN IMMEDIATE")


def test_a_snapshot_inside_a_snapshot_is_the_same(office_file):
    office, writer = office_file
    with read_snapshot("office"):
        assert count(office) == 0
        execute(writer, "INSERT INTO probe VALUES (1)")
        with read_snapshot("office"):
            assert count(office) == 0
        with pytest.raises(DatabaseError):
            execute(office, "INSERT INTO probe VALUES (2)")
    assert count(office) == 1


def test_snapshot_inside_another_transaction(office_file):
    with transaction.atomic("office"), pytest.raises(RuntimeError, match="outermost"), read_snapshot("office"):
        pass


@pytest.fixture
def probe(transactional_db):
    execute(connection, "CREATE TABLE probe (value INTEGER)")
    writer = connection.copy()
    yield writer
    writer.close()
    execute(connection, "DROP TABLE probe")


@pytest.mark.postgresql
def test_snapshot_on_postgresql_stands_still_while_another_writes(probe):
    assert_snapshot_stands_still(connection, probe)


@pytest.mark.postgresql
def test_snapshot_on_postgresql_refuses_to_write_and_lets_write_afterwards(probe):
    assert_snapshot_refuses_to_write(connection)


@pytest.mark.postgresql
def test_locked_row_is_held_until_the_transaction_ends(transactional_db):
    row = ContentType.objects.create(app_label="probe", model="row")
    other = connection.copy()
    with transaction.atomic():
        locked(ContentType.objects.filter(pk=row.pk)).get()
        with pytest.raises(DatabaseError, match="could not obtain lock"):
            execute(other, f"SELECT 1 FROM django_content_type WHERE id = {row.pk} FOR UPDATE NOWAIT")  # noqa: S608
    execute(other, f"SELECT 1 FROM django_content_type WHERE id = {row.pk} FOR UPDATE NOWAIT")  # noqa: S608
    other.close()


@pytest.mark.django_db
def test_locked_finds_the_same_rows():
    row = ContentType.objects.create(app_label="probe", model="row")
    assert locked(ContentType.objects.filter(pk=row.pk)).get() == row


@pytest.mark.django_db
def test_snapshot_in_a_test_reads_the_data_of_the_test():
    ContentType.objects.create(app_label="probe", model="row")
    with read_snapshot():
        assert ContentType.objects.filter(app_label="probe").count() == 1


@pytest.mark.django_db
def test_database_now_is_an_aware_moment():
    moment = database_now()
    assert moment.utcoffset() == datetime.timedelta(0)
    assert abs(datetime.datetime.now(datetime.UTC) - moment) < datetime.timedelta(minutes=5)
