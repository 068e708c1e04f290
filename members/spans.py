"""What the events say, told from the first to the last: the spans, the state and the cell of one member. Pure; the stored rows must agree."""

from dataclasses import dataclass, field

from .enums import EventKind, MembershipKind, MemberState
from .states import ENTRIES, EXITS


@dataclass
class Told:
    """`spans` {(cell id, kind, first day, day after the last or None)} in order; what the member's own row should say."""

    spans: list = field(default_factory=list)
    state: str = MemberState.VOID
    cell: int | None = None
    is_exempt: bool = False
    is_suspended: bool = False


def tell(events, official_at_entry):
    """Fold standing `events` (with kind, effective_on, from_cell_id, to_cell_id; in their order) into a Told.

    `official_at_entry`: whether somebody who came from elsewhere, or was loaded from a list, was official already; no event says it.
    """
    told, open_spans, before = Told(), {}, None

    def close(kind, day):
        if kind in open_spans:
            told.spans[open_spans.pop(kind)][3] = day

    def begin(kind, cell, day):
        open_spans[kind] = len(told.spans)
        told.spans.append([cell, kind, day, None])

    for event in events:
        day = event.effective_on
        if event.kind in ENTRIES:
            begin(MembershipKind.OFFICIAL, event.to_cell_id, day)
            told.cell = event.to_cell_id
            from_elsewhere = event.kind in (EventKind.TRANSFERRED_IN, EventKind.LOADED)
            goes_on = event.kind in (EventKind.RESTORED, EventKind.RETURNED)
            is_official = before == MemberState.OFFICIAL if goes_on else from_elsewhere and official_at_entry
            told.state = MemberState.OFFICIAL if is_official else MemberState.PROBATIONARY
        elif event.kind in EXITS:
            for kind in (MembershipKind.TEMPORARY, MembershipKind.OFFICIAL):
                close(kind, day)
            before = told.state
            told.state, told.is_exempt, told.is_suspended = EXIT_STATES[event.kind], False, False
        elif event.kind == EventKind.MOVED:
            close(MembershipKind.TEMPORARY, day)
            close(MembershipKind.OFFICIAL, day)
            begin(MembershipKind.OFFICIAL, event.to_cell_id, day)
            told.cell = event.to_cell_id
        elif event.kind == EventKind.SENT_AWAY and event.to_cell_id:
            begin(MembershipKind.TEMPORARY, event.to_cell_id, day)
        elif event.kind == EventKind.CAME_BACK:
            close(MembershipKind.TEMPORARY, day)
        elif event.kind == EventKind.RECOGNISED:
            told.state = MemberState.OFFICIAL
        elif event.kind in (EventKind.EXEMPTED, EventKind.RESUMED):
            told.is_exempt = event.kind == EventKind.EXEMPTED
        elif event.kind in (EventKind.SUSPENDED, EventKind.REINSTATED):
            told.is_suspended = event.kind == EventKind.SUSPENDED
    told.spans = [tuple(span) for span in told.spans]
    return told


EXIT_STATES = {
    EventKind.TRANSFERRED_OUT: MemberState.TRANSFERRED_OUT,
    EventKind.LEFT: MemberState.LEFT,
    EventKind.STRUCK_OFF: MemberState.STRUCK_OFF,
    EventKind.EXPELLED: MemberState.EXPELLED,
    EventKind.DIED: MemberState.DIED,
}
