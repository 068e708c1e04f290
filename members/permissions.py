from cells.enums import Role
from cells.scope import holds


def can_edit_members_of(user, cell):
    """Staff write in their whole scope, a secretary in the own cell."""
    return holds(user, (Role.STAFF,), cell) or holds(user, (Role.SECRETARY,), cell, exactly=True)


def can_edit_member(user, member):
    return can_edit_members_of(user, member.cell)
