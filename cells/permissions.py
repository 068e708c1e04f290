"""Who may act in the tree of organisations. Reading is `visible_to`; these answer yes or no for one act on one row."""

from khoi_party.audit.models import AuditEntry
from khoi_party.common.tree import in_subtree

from .enums import Role
from .scope import holds, holds_above, paths_of, roles_of


def can_edit_organisation(user, organisation):
    return holds(user, (Role.STAFF,), organisation)


def can_move_organisation(user, organisation):
    """Moving, closing and founding are decided above the organisation itself."""
    return holds_above(user, (Role.STAFF,), organisation)


def can_manage_accounts(user, organisation):
    return holds(user, (Role.ADMINISTRATOR,), organisation)


def keeps_accounts(user):
    """An administrator anywhere: creates accounts, which belong nowhere until they have a role."""
    return any(assignment.role == Role.ADMINISTRATOR for assignment in roles_of(user))


def can_keep_account(user, account):
    """An administrator keeps the accounts that have, or had, all of their roles inside the own scope; those without any, too."""
    if not keeps_accounts(user):
        return False
    paths = account.role_assignments.values_list("organisation__path", flat=True)
    scope = paths_of(user, (Role.ADMINISTRATOR,))
    return all(any(in_subtree(path, own) for own in scope) for path in paths)


def can_see_trail(user, organisation):
    if holds(user, (Role.LEADER, Role.INSPECTOR), organisation):
        return True
    return holds(user, (Role.SECRETARY,), organisation, exactly=True)


def trail_of(user, obj, organisation):
    """The entries about `obj` that `user` may read, newest first: all of them by `can_see_trail`, else only the own acts."""
    entries = AuditEntry.objects.about(obj)
    return entries if can_see_trail(user, organisation) else entries.filter(actor=user)
