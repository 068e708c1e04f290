"""Who may act in a year's evaluation. Reading follows the subtree; deciding belongs to the body named on the row."""

from cells.enums import OrganisationKind, Role
from cells.scope import holds, holds_above

from .enums import SHEET_VOICES, SheetState, Voice

ROOT_KINDS = (OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE)


def can_open_cycle(user, root):
    """The year is opened by the staff of a committee above the bases; a base works inside its superior's year."""
    return root.kind in ROOT_KINDS and holds(user, (Role.STAFF,), root, exactly=True)


def writes_on_behalf(user, organisation):
    """Whether what `user` writes for `organisation` comes from a signed paper: the writer is not assigned there."""
    return not holds(user, (Role.SECRETARY, Role.STAFF), organisation, exactly=True)


def can_write_for(user, organisation):
    """The own secretary writes; staff above write on behalf."""
    return holds(user, (Role.SECRETARY,), organisation, exactly=True) or holds(user, (Role.STAFF,), organisation)


def can_write_registration(user, registration):
    return can_write_for(user, registration.organisation)


def can_note_registration(user, registration):
    return holds_above(user, (Role.STAFF,), registration.organisation)


def can_return_registration(user, registration):
    return holds_above(user, (Role.STAFF, Role.SECRETARY, Role.LEADER), registration.organisation)


def can_write_sheet(user, sheet):
    return can_write_for(user, sheet.organisation)


def can_accept_sheet(user, sheet):
    return holds_above(user, (Role.STAFF,), sheet.organisation)


def can_return_sheet(user, sheet):
    return holds_above(user, (Role.STAFF, Role.SECRETARY, Role.LEADER), sheet.organisation)


def can_write_voice(user, review, voice):
    """Whether `user` may write this column of this row now, by right and by the state of the sheet and of the row."""
    if review.decided_level is not None:
        return False
    sheet = review.sheet
    if voice in SHEET_VOICES:
        return sheet.is_writable and can_write_sheet(user, sheet)
    if sheet.state not in (SheetState.SUBMITTED, SheetState.ACCEPTED):
        return False
    if voice == Voice.PROPOSED:
        return holds(user, (Role.STAFF,), review.decided_by)
    return holds(user, (Role.STAFF,), review.decided_by) or holds(user, (Role.LEADER,), review.decided_by, exactly=True)


def can_prepare_decision(user, body):
    return holds(user, (Role.STAFF,), body)


def can_prepare(user, decision):
    return can_prepare_decision(user, decision.body)


def can_issue_decision(user, decision):
    """A leader assigned at the deciding body itself."""
    return holds(user, (Role.LEADER,), decision.body, exactly=True)
