"""What may happen to a member in which state, readable aloud: {event: {state before: state after}}. None stands for nobody on the roll yet."""

from .enums import EventKind, MemberState

PROBATIONARY, OFFICIAL = MemberState.PROBATIONARY, MemberState.OFFICIAL
STAYS = {PROBATIONARY: PROBATIONARY, OFFICIAL: OFFICIAL}

TRANSITIONS = {
    EventKind.ADMITTED: {None: PROBATIONARY},
    EventKind.TRANSFERRED_IN: {None: OFFICIAL},  # or probationary, as the papers say
    EventKind.LOADED: {None: OFFICIAL},
    EventKind.RETURNED: {MemberState.TRANSFERRED_OUT: OFFICIAL},  # or probationary: what the member was when leaving
    EventKind.RECOGNISED: {PROBATIONARY: OFFICIAL},
    EventKind.MOVED: STAYS,
    EventKind.TRANSFERRED_OUT: {PROBATIONARY: MemberState.TRANSFERRED_OUT, OFFICIAL: MemberState.TRANSFERRED_OUT},
    EventKind.EXEMPTED: STAYS,
    EventKind.PAUSED: STAYS,
    EventKind.RESUMED: STAYS,
    EventKind.SUSPENDED: STAYS,
    EventKind.REINSTATED: STAYS,
    EventKind.SENT_AWAY: STAYS,
    EventKind.CAME_BACK: STAYS,
    EventKind.LEFT: {PROBATIONARY: MemberState.LEFT, OFFICIAL: MemberState.LEFT},
    EventKind.STRUCK_OFF: {PROBATIONARY: MemberState.STRUCK_OFF, OFFICIAL: MemberState.STRUCK_OFF},
    EventKind.EXPELLED: {OFFICIAL: MemberState.EXPELLED},  # a probationary member is struck off instead (Điều lệ Đảng, Điều 35)
    EventKind.DIED: {PROBATIONARY: MemberState.DIED, OFFICIAL: MemberState.DIED},
    EventKind.RESTORED: {MemberState.STRUCK_OFF: OFFICIAL, MemberState.EXPELLED: OFFICIAL},
    EventKind.READMITTED: {MemberState.STRUCK_OFF: PROBATIONARY, MemberState.EXPELLED: PROBATIONARY, MemberState.LEFT: PROBATIONARY},
}
ENTRIES = (EventKind.ADMITTED, EventKind.TRANSFERRED_IN, EventKind.LOADED, EventKind.RETURNED, EventKind.RESTORED, EventKind.READMITTED)
EXITS = (EventKind.TRANSFERRED_OUT, EventKind.LEFT, EventKind.STRUCK_OFF, EventKind.EXPELLED, EventKind.DIED)


def kinds_for(member):
    """The events that may be recorded for `member` as it stands now, in the order of the table."""
    return [kind for kind, steps in TRANSITIONS.items() if member.state in steps and not _is_idle(kind, member)]


def _is_idle(kind, member):
    """Whether the event would change nothing: exempting who is exempt, ending a suspension that is none; who is suspended may be so longer."""
    flags = {EventKind.EXEMPTED: not member.is_exempt, EventKind.REINSTATED: member.is_suspended}
    return not flags.get(kind, True)


def against(kind, member):
    """The sentence that stands against recording an event of `kind` for `member` in the state it is in, "" where nothing does."""
    if member.state in TRANSITIONS[kind]:
        return ""
    if kind == EventKind.EXPELLED and member.state == PROBATIONARY:
        return "Đảng viên dự bị không bị khai trừ; không đủ tư cách thì xóa tên (Điều lệ Đảng, Điều 35)."
    if kind == EventKind.RECOGNISED and member.state == OFFICIAL:
        return f"{member.full_name} đã là đảng viên chính thức."
    if kind in (EventKind.RESTORED, EventKind.READMITTED) and member.is_active:
        return f"{member.full_name} đang sinh hoạt đảng."
    if kind in (EventKind.RESTORED, EventKind.READMITTED):
        return f"Không ghi “{EventKind(kind).label.lower()}” được cho người {member.get_state_display().lower()}."
    return f"{member.full_name} không còn sinh hoạt ({member.get_state_display().lower()})."
