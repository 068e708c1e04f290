"""Who did what: `change` wraps the outermost service, `record` notes an act, and both become rows in the same transaction."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC

from django.db import connection, transaction
from django.utils import timezone

from khoi_party.common.database import locked

from .append_only import missing_triggers
from .models import AuditEntry, AuditHead, canonical

SYSTEM_NAME = "Hệ thống"
_current = ContextVar("audit_change", default=None)


@dataclass
class Change:
    by: object
    entries: list = field(default_factory=list)


@contextmanager
def change(*, by):
    """One act of `by` (a User, or None for the system itself) in one transaction.

    The outermost call opens the transaction and, on leaving, writes the buffered entries: the chain's head is thus the
    last row that any change locks, which keeps writers from waiting on each other in a circle. Inner calls join it.
    Raises RuntimeError when an inner call names another person.
    """
    outer = _current.get()
    if outer is not None:
        if outer.by != by:
            raise RuntimeError("An inner change must have the actor of the outer one.")
        yield outer
        return
    mine = Change(by)
    token = _current.set(mine)
    try:
        with transaction.atomic():
            yield mine
            _flush(mine)
    finally:
        _current.reset(token)


def record(action, obj, *, summary="", organisation=None, note="", on_behalf=False, **data):
    """Buffer one entry. `action` is a short key, `summary` a Vietnamese sentence without names of members, `organisation`
    anything with `.pk` and `.path`, `data` what changed (codes, levels, numbers; no personal data). RuntimeError outside `change`."""
    current = _current.get()
    if current is None:
        raise RuntimeError("record() is only for use inside change().")
    current.entries.append(
        AuditEntry(
            at=timezone.now().astimezone(UTC),
            actor=current.by,
            actor_name=str(current.by) if current.by else SYSTEM_NAME,
            action=action,
            summary=summary,
            object_type=obj._meta.label_lower,
            object_id=obj.pk,
            organisation_id=organisation.pk if organisation else None,
            organisation_path=organisation.path if organisation else "",
            on_behalf=on_behalf,
            note=note,
            text=canonical(data) if data else "",
        )
    )


def _flush(current):
    if not current.entries:
        return
    head = locked(AuditHead.objects.filter(pk=1)).get()
    for entry in current.entries:
        head.number += 1
        entry.number, entry.previous_hash = head.number, head.hash
        entry.hash = head.hash = entry.computed_hash()
    AuditEntry.objects.bulk_create(current.entries)
    head.save(update_fields=["number", "hash"])


def verify_chain():
    """Walk the whole chain and return a list of English sentences, one per fault; empty when all is as it was written."""
    problems = [f"Trigger {name} is missing." for name in missing_triggers(connection)]
    number, previous = 0, "0" * 64
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            problems.append(f"Entries {number + 1} to {entry.number - 1} are missing.")
        if entry.previous_hash != previous and entry.number == number + 1:
            problems.append(f"Entry {entry.number} does not follow entry {number}.")
        if entry.computed_hash() != entry.hash:
            problems.append(f"Entry {entry.number} was changed after it was written.")
        number, previous = entry.number, entry.hash
    head = AuditHead.objects.get(pk=1)
    if (head.number, head.hash) != (number, previous):
        problems.append(f"The chain ends at entry {number}, its head says {head.number}.")
    return problems
