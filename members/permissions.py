from cells.enums import Role
from cells.scope import holds


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
