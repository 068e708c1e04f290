"""Who may act in a year's evaluation. Reading follows the subtree; deciding belongs to the body named on the row."""

from cells.enums import BASE_KINDS, READING_ROLES, WITHOUT_OFFICE, OrganisationKind, Role
from cells.scope import holds, holds_above

from .enums import SHEET_VOICES, Voice

ROOT_KINDS = (OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE)
DECIDING_KINDS = (*BASE_KINDS, *ROOT_KINDS)
CHOOSING_KINDS = (*ROOT_KINDS, OrganisationKind.BASE_COMMITTEE)  # tiêu biểu: of bases by the top, of cells by the đảng ủy cơ sở (HD 01, mục 19)


def can_open_cycle(user, root):
    """The year is opened by the staff of a committee above the bases; a base works inside its superior's year."""
    return root.kind in ROOT_KINDS and holds(user, (Role.STAFF,), root, exactly=True)


def writes_on_behalf(user, organisation):
    """Whether what `user` writes for `organisation` comes from a signed paper: the writer is not assigned there."""
    return not holds(user, (Role.SECRETARY, Role.STAFF), organisation, exactly=True)


def can_write_for(user, organisation):
    """The own secretary writes; staff above write on behalf."""
    return holds(user, (Role.SECRETARY,), organisation, exactly=True) or holds(user, (Role.STAFF,), organisation)


def can_write_outside_rating(user, rating):
    return can_write_for(user, rating.place)


def can_write_registration(user, registration):
    return can_write_for(user, registration.organisation)


def can_note_registration(user, registration):
    return holds_above(user, (Role.STAFF,), registration.organisation)


def can_return_registration(user, registration):
    return holds_above(user, (Role.STAFF, Role.SECRETARY, Role.LEADER), registration.organisation)


def can_write_sheet(user, sheet):
    return can_write_for(user, sheet.organisation)


def can_suggest(user, sheet):
    """The staff of the superior committee suggest what a unit should review."""
    return holds_above(user, (Role.STAFF,), sheet.organisation)


def can_accept_sheet(user, sheet):
    return holds_above(user, (Role.STAFF,), sheet.organisation)


def can_return_sheet(user, sheet):
    return holds_above(user, (Role.STAFF, Role.SECRETARY, Role.LEADER), sheet.organisation)


def writable_voices(user, sheet, body):
    """The columns that `user` may write on the undecided rows of `sheet` that `body` decides, by right and by the sheet's state."""
    if sheet.is_writable:
        return SHEET_VOICES if can_write_sheet(user, sheet) else ()
    if holds(user, (Role.STAFF,), body):
        return (Voice.PROPOSED, Voice.DECIDING)
    return (Voice.DECIDING,) if holds(user, (Role.LEADER,), body, exactly=True) else ()


def can_write_voice(user, review, voice):
    """Whether `user` may write this column of this row now, by right and by the state of the sheet and of the row."""
    return review.decided_level is None and voice in writable_voices(user, review.sheet, review.decided_by)


def can_write_facts(user, review):
    """Who writes a column of the row writes its facts too, until it is decided; a leader only decides."""
    if review.decided_level is not None:
        return False
    return any(voice != Voice.DECIDING for voice in writable_voices(user, review.sheet, review.decided_by))


def can_give_remark(user, remark):
    """The former cell writes; what comes from outside on paper is typed by the cell that the member is in now."""
    return can_write_for(user, remark.cell or remark.review.sheet.organisation)


def can_override(user, decision):
    """Only the deciding body's own people answer for a level that a clause speaks against."""
    return holds(user, (Role.STAFF, Role.LEADER), decision.body, exactly=True)


def sees_unpublished(user, body):
    """What `body` proposes, intends, or has issued but not published yet is for those who see the body's own papers, not for the units below."""
    return holds(user, READING_ROLES, body)


def can_prepare_decision(user, body):
    return holds(user, (Role.STAFF,), body)


def can_prepare(user, decision):
    return can_prepare_decision(user, decision.body)


def can_issue_decision(user, decision):
    """A leader assigned at the deciding body itself."""
    return holds(user, (Role.LEADER,), decision.body, exactly=True)


def can_see_body_grid(user, body):
    """The rows of all units that `body` decides on one page: for the people of the body and above it. A unit that decides nothing has none."""
    return body.kind in DECIDING_KINDS and holds(user, READING_ROLES, body)


def can_revise(user, body, review):
    """The staff of the body that decided the row, or of a deciding body above it (QĐ 366-QĐ/TW, Điều 13: the superior may rate again)."""
    deciding = review.decided_by
    stands_above = body.kind in DECIDING_KINDS and deciding.path.startswith(body.path)
    return (body.pk == deciding.pk or stands_above) and can_prepare_decision(user, body)


def can_record_complaint(user, review):
    return can_prepare_decision(user, review.decided_by)


def can_acknowledge(user, notice):
    """The unit's own people: its secretary, for a base also its staff."""
    return holds(user, (Role.SECRETARY, Role.STAFF), notice.sheet.organisation, exactly=True)


def can_write_ballot_of(user, organisation, sheet):
    """Who writes a sheet writes the count of its own ballot; a body's ballot on what it decides is written by those who prepare its decisions."""
    return can_write_sheet(user, sheet) if sheet else can_prepare_decision(user, organisation)


def can_write_ballot(user, ballot):
    return can_write_ballot_of(user, ballot.organisation, ballot.sheet)


def can_prepare_commendation(user, body):
    """Staff of the body or above it; the own secretary for the own unit."""
    return can_write_for(user, body)


def can_issue_commendation(user, round_):
    """A leader at the awarding body itself; in a cell and a đảng bộ bộ phận, which have no such office, another of its secretaries."""
    body = round_.awarding_body
    if body is None:
        return False
    roles = (Role.LEADER, Role.SECRETARY) if body.kind in WITHOUT_OFFICE else (Role.LEADER,)
    return holds(user, roles, body, exactly=True)


def can_forward_commendation(user, round_):
    """Who signs the submission to the body above: a leader of the listing body itself."""
    roles = (Role.LEADER, Role.SECRETARY) if round_.body.kind in WITHOUT_OFFICE else (Role.LEADER,)
    return holds(user, roles, round_.body, exactly=True)


def can_receive_commendation(user, round_):
    """The decision of the provincial committee is recorded by those who keep the list, above a cell only by staff."""
    return round_.awarding_body_id is None and holds(user, (Role.STAFF,), round_.body)


def can_decline_commendation(user, round_):
    return can_issue_commendation(user, round_) if round_.awarding_body_id else can_receive_commendation(user, round_)


def can_revoke_commendation(user, round_):
    """Whoever may decide takes back; a decision from outside is recorded by staff."""
    return can_issue_commendation(user, round_) or can_receive_commendation(user, round_)


def can_set_awards(user, root):
    return can_open_cycle(user, root)
