import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from khoi_party.audit.append_only import check_triggers, install_triggers, lifted_triggers, missing_triggers
from khoi_party.audit.models import AuditEntry, AuditHead
from khoi_party.audit.services import change, record, verify_chain
from khoi_party.common.tests.threads import at_once

User = get_user_model()


@pytest.fixture
def person(db):
    return User.objects.create(username="lan", full_name="Trần Thị Lan")


def act(person, action="thing.done", **kwargs):
    with change(by=person):
        record(action, person, **kwargs)


def test_record_outside_change_is_refused(person):
    with pytest.raises(RuntimeError):
        record("thing.done", person)


def test_entries_are_chained(person):
    act(person, summary="Một việc.", level=2)
    act(person, action="thing.undone", note="nhầm")

    second, first = AuditEntry.objects.all()
    assert (first.number, first.previous_hash, first.text) == (1, "0" * 64, '{"level":2}')
    assert (second.number, second.previous_hash, second.note) == (2, first.hash, "nhầm")
    assert (first.actor_name, first.object_type, first.object_id) == ("Trần Thị Lan", "accounts.user", person.pk)
    assert verify_chain() == []


def test_system_acts_have_a_name(db, person):
    with change(by=None):
        record("thing.swept", person)

    assert AuditEntry.objects.get().actor_name == "Hệ thống"


def test_failed_change_leaves_nothing(person):
    def fail():
        with change(by=person):
            record("thing.done", person)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert not AuditEntry.objects.exists()


def test_inner_change_joins_and_must_have_the_same_actor(person):
    other = User.objects.create(username="minh", full_name="Lê Văn Minh")
    with change(by=person):
        record("outer", person)
        with change(by=person):
            record("inner", person)
    assert [entry.action for entry in AuditEntry.objects.order_by("number")] == ["outer", "inner"]

    with pytest.raises(RuntimeError), change(by=person), change(by=other):
        pass


@pytest.mark.parametrize("statement", ["UPDATE audit_auditentry SET note = 'x'", "DELETE FROM audit_auditentry"])
def test_database_refuses_change_of_the_trail(person, statement):
    act(person)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_tampering_is_found(person):
    act(person)
    act(person)
    with lifted_triggers(connection):
        AuditEntry.objects.filter(number=1).update(note="đã sửa")

    assert verify_chain() == ["Entry 1 was changed after it was written."]
    with pytest.raises(CommandError, match="Entry 1 was changed"):
        call_command("verify_audit")


def test_missing_entry_and_cut_tail_are_found(person):
    for _ in range(3):
        act(person)
    with lifted_triggers(connection):
        AuditEntry.objects.filter(number=2).delete()
    assert verify_chain() == ["Entries 2 to 2 are missing."]

    with lifted_triggers(connection):
        AuditEntry.objects.filter(number=3).delete()
    assert verify_chain() == ["The chain ends at entry 1, its head says 3."]


def test_missing_trigger_is_named_and_migrate_puts_it_back(db, capsys):
    name = missing_name = "audit_auditentry_append_only" if connection.vendor == "postgresql" else "audit_auditentry_UPDATE_append_only"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (" ON audit_auditentry" if connection.vendor == "postgresql" else ""))

    assert missing_triggers(connection) == [missing_name]
    assert [error.id for error in check_triggers(databases=["default"])] == ["audit.E001"]
    with pytest.raises(CommandError, match=name):
        call_command("verify_audit")

    install_triggers(connection)
    assert missing_triggers(connection) == []


def test_migrate_installs_the_triggers(db):
    with connection.cursor() as cursor:
        name = "audit_auditentry_append_only" if connection.vendor == "postgresql" else "audit_auditentry_DELETE_append_only"
        cursor.execute(f"DROP TRIGGER {name}" + (" ON audit_auditentry" if connection.vendor == "postgresql" else ""))

    call_command("migrate", "audit", verbosity=0, skip_checks=True)

    assert missing_triggers(connection) == []


def test_head_command_prints_the_last_link(person, capsys):
    act(person)

    call_command("verify_audit", "--head")

    head = AuditHead.objects.get()
    assert capsys.readouterr().out == f"1 {head.hash}\n"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_make_one_chain():
    user = User.objects.create(username="lan", full_name="Trần Thị Lan")

    def write():
        for _ in range(25):
            act(user)

    assert at_once(*[write] * 4) == ["done"] * 4
    assert AuditHead.objects.get().number == 100
    assert verify_chain() == []
