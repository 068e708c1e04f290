"""The balance of a roll over a time: at its start + gains − losses = at its end, by kind of movement, for an organisation and its units."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from members.enums import EventKind
from members.models import Membership, MembershipEvent
from members.states import ENTRIES, EXITS

MOVED_IN, MOVED_OUT = "moved_in", "moved_out"
LABELS = dict(EventKind.choices) | {
    MOVED_IN: "Chuyển đến từ chi bộ khác trong đảng bộ",
    MOVED_OUT: "Chuyển sang chi bộ khác trong đảng bộ",
}


@dataclass
class Balance:
    """One line: how many at the start and the end, and {kind: how many} of what came and went in between."""

    name: str
    path: str
    opening: int = 0
    closing: int = 0
    gains: Counter = field(default_factory=Counter)
    losses: Counter = field(default_factory=Counter)

    @property
    def agrees(self):
        """Whether the movements explain the difference of the two rolls (rule S1)."""
        return self.opening + self.gains.total() - self.losses.total() == self.closing


def balances(units, first, last):
    """A Balance for each of `units` (Organisations) from the morning of `first` to the evening of `last`. Four queries.

    Rolls count official memberships where the cells stand now; movements inside a unit do not count for it.
    """
    lines = [Balance(unit.name, unit.path) for unit in units]
    for day, name in ((first - timedelta(1), "opening"), (last, "closing")):
        for path in Membership.objects.official().in_force(day).values_list("cell__path", flat=True):
            for line in lines:
                if path.startswith(line.path):
                    setattr(line, name, getattr(line, name) + 1)
    events = MembershipEvent.objects.standing().filter(effective_on__range=(first, last), kind__in=(*ENTRIES, *EXITS, EventKind.MOVED))
    for kind, gone, come in events.values_list("kind", "from_cell__path", "to_cell__path"):
        for line in lines:
            _count(line, kind, bool(gone) and gone.startswith(line.path), bool(come) and come.startswith(line.path))
    return lines


def _count(line, kind, was_here, is_here):
    if kind in ENTRIES and is_here:
        line.gains[kind] += 1
    elif kind in EXITS and was_here:
        line.losses[kind] += 1
    elif kind == EventKind.MOVED and is_here and not was_here:
        line.gains[MOVED_IN] += 1
    elif kind == EventKind.MOVED and was_here and not is_here:
        line.losses[MOVED_OUT] += 1


def people_behind(organisation, kind, first, last):
    """The events that one figure of the balance counts, in order; `kind` an EventKind or moved_in, moved_out."""
    events = MembershipEvent.objects.standing().filter(effective_on__range=(first, last)).select_related("member", "from_cell", "to_cell", "document")
    here, there = {"to_cell__path__startswith": organisation.path}, {"from_cell__path__startswith": organisation.path}
    if kind == MOVED_IN:
        events = events.filter(kind=EventKind.MOVED, **here).exclude(**there)
    elif kind == MOVED_OUT:
        events = events.filter(kind=EventKind.MOVED, **there).exclude(**here)
    else:
        events = events.filter(kind=kind, **(here if kind in ENTRIES else there))
    return events.order_by("effective_on", "member__sort_key", "pk")
