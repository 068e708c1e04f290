"""Who may ask for a paper, write in it and issue it. Whoever sees a paper may read and download it."""

from cells.enums import Role
from cells.permissions import can_keep_numbers
from cells.scope import holds, roles_of

BUILDING = (Role.STAFF, Role.LEADER, Role.SECRETARY)


def builds_somewhere(user):
    """Whether there is any organisation that `user` may build papers of."""
    return any(one.role in BUILDING for one in roles_of(user))


def can_build(user, organisation):
    """Staff and leaders for their subtree, a secretary for the own organisation."""
    return holds(user, (Role.STAFF, Role.LEADER), organisation) or holds(user, (Role.SECRETARY,), organisation, exactly=True)


def can_change_job(user, paper):
    """Cancel or retry, write, issue: who may build it."""
    return can_build(user, paper.organisation)


def can_issue(user, paper):
    """Who may enter a number for the organisation: its office."""
    return can_change_job(user, paper) and can_keep_numbers(user, paper.organisation)
