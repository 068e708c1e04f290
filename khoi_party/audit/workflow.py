"""Changes of state: a table that a non-programmer can read, and one function that walks it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError

from .services import change, record


def _nothing_missing(obj):
    return []


@dataclass(frozen=True)
class Transition:
    """One row of a table of transitions.

    `allowed(user, obj)` answers the right, `guard(obj)` the Vietnamese sentences that stand against it, `summary` is the
    sentence of the trail, `stamp` the prefix of the fields `<stamp>_at` and `<stamp>_by` that the transition fills.
    """

    sources: frozenset
    target: str
    label: str
    allowed: Callable
    guard: Callable = _nothing_missing
    note_required: bool = False
    stamp: str = ""


def advance(obj, action, *, by, table, organisation, note="", on_behalf=False):
    """Take `obj` through `action` of `table` and leave one entry in the trail.

    Returns True when the state changed, False when the row was already there (the same button pressed twice has no second
    effect and no second entry). Raises PermissionDenied when `by` may not, DomainError with a Vietnamese sentence when the
    state, a guard or a missing reason stands against it. `obj` is refreshed from its locked row first.
    """
    step = table[action]
    with change(by=by):
        row = locked(type(obj)._default_manager.filter(pk=obj.pk)).get()
        obj.__dict__.update({f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
        if not step.allowed(by, obj):
            raise PermissionDenied
        if obj.state == step.target and obj.state not in step.sources:
            return False
        if obj.state not in step.sources:
            raise DomainError(f"Không thực hiện được: “{step.label}” không áp dụng khi trạng thái là “{obj.get_state_display()}”.")
        if step.note_required and not note.strip():
            raise DomainError("Hãy ghi rõ lý do.", field="note")
        if missing := step.guard(obj):
            raise DomainError(" ".join(missing))
        before, obj.state = obj.state, step.target
        fields = ["state", *_stamp(obj, step.stamp, by)]
        obj.save(update_fields=fields)
        record(
            f"{obj._meta.model_name}.{action}",
            obj,
            summary=step.label,
            organisation=organisation,
            note=note.strip(),
            on_behalf=on_behalf,
            before=before,
            after=obj.state,
        )
        return True


def _stamp(obj, stamp, by):
    if not stamp:
        return []
    setattr(obj, f"{stamp}_at", timezone.now())
    setattr(obj, f"{stamp}_by", by)
    return [f"{stamp}_at", f"{stamp}_by"]
