"""Who may act in the tree of organisations. Reading is `visible_to`; these answer yes or no for one act on one row."""

from .enums import Role
from .scope import holds, holds_above, roles_of

__all__ = [
    "can_administer",
    "can_edit_organisation",
    "can_manage_accounts",
    "can_manage_term",
    "can_move_organisation",
    "can_see_trail",
    "roles_of",
]


def can_edit_organisation(user, organisation):
    return holds(user, (Role.STAFF,), organisation)


def can_move_organisation(user, organisation):
    """Moving, closing and founding are decided above the organisation itself."""
    return holds_above(user, (Role.STAFF,), organisation)


def can_manage_term(user, organisation):
    return holds(user, (Role.STAFF,), organisation, exactly=True)


def can_manage_accounts(user, organisation):
    return holds(user, (Role.ADMINISTRATOR,), organisation)


def can_administer(user):
    return any(assignment.role == Role.ADMINISTRATOR for assignment in roles_of(user))


def can_see_trail(user, organisation):
    if holds(user, (Role.LEADER, Role.INSPECTOR), organisation):
        return True
    return holds(user, (Role.SECRETARY,), organisation, exactly=True)
