from cells.enums import Role
from cells.scope import holds, roles_of


def can_edit_members_of(user, cell):
    """Staff write in their whole scope, a secretary in the own cell."""
    return holds(user, (Role.STAFF,), cell) or holds(user, (Role.SECRETARY,), cell, exactly=True)


def can_edit_member(user, member):
    return can_edit_members_of(user, member.cell)


def can_import(user, organisation):
    """Lists are loaded by the staff of an organisation for all below it."""
    return holds(user, (Role.STAFF,), organisation)


def can_merge(user, *members):
    """Two records become one: staff whose scope holds both."""
    return all(holds(user, (Role.STAFF,), member.cell) for member in members)


def can_edit_admission(user, admission):
    return can_edit_members_of(user, admission.cell)


def can_record_discipline(user, place):
    """The inspection board writes in its scope."""
    return holds(user, (Role.INSPECTOR,), place)


def can_reveal(user, member):
    """Who may see whole card and identity numbers, each time on record: readers of the scope, a secretary in the own cell."""
    return holds(user, (Role.STAFF, Role.LEADER, Role.INSPECTOR), member.cell) or holds(user, (Role.SECRETARY,), member.cell, exactly=True)


def can_award_badge(user, member):
    """The decision comes from the provincial committee; staff of a committee above the cell record it."""
    return holds(user, (Role.STAFF,), member.cell)


def records_badges(user):
    """Staff anywhere: what they may record of it is `can_award_badge`."""
    return any(assignment.role == Role.STAFF for assignment in roles_of(user))


def proposes_badges(user):
    """Staff or a secretary anywhere: for whom is `can_edit_member`."""
    return any(assignment.role in (Role.STAFF, Role.SECRETARY) for assignment in roles_of(user))
