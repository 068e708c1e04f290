"""Who may act in the tree of organisations. Reading is `visible_to`; these answer yes or no for one act on one row."""

from khoi_party.accounts.models import User
from khoi_party.audit.models import AuditEntry

from .enums import WITHOUT_OFFICE, Role
from .models import RoleAssignment
from .scope import holds, holds_above, paths_of, roles_of, within


def can_edit_organisation(user, organisation):
    return holds(user, (Role.STAFF,), organisation)


def can_type_figures(user, organisation):
    """A unit's yearly figures: its own secretary, and the staff above."""
    return can_edit_organisation(user, organisation) or holds(user, (Role.SECRETARY,), organisation, exactly=True)


def can_edit_calendar(user, organisation):
    """Days off and make-up days hold for a whole tree: staff of its root fix them."""
    return organisation.parent_id is None and holds(user, (Role.STAFF,), organisation)


def can_edit_boards(user, organisation):
    """The staff of the committee that the boards advise."""
    return holds(user, (Role.STAFF,), organisation, exactly=True)


def can_keep_numbers(user, organisation):
    """Staff of the organisation or above it; its own leaders; in a cell and a đảng bộ bộ phận, which have no office, its secretaries."""
    roles = (Role.LEADER, Role.SECRETARY) if organisation.kind in WITHOUT_OFFICE else (Role.LEADER,)
    return holds(user, (Role.STAFF,), organisation) or holds(user, roles, organisation, exactly=True)


def can_speak_for(user, board):
    """The people assigned to the board; from its signed paper also staff of the committee who belong to no board."""
    mine = [a for a in roles_of(user) if a.organisation_id == board.organisation_id and a.role in (Role.STAFF, Role.INSPECTOR)]
    return any(a.board_id == board.pk or (a.board_id is None and a.role == Role.STAFF) for a in mine)


def can_move_organisation(user, organisation):
    """Moving, closing and founding are decided above the organisation itself."""
    return holds_above(user, (Role.STAFF,), organisation)


def can_manage_accounts(user, organisation):
    return holds(user, (Role.ADMINISTRATOR,), organisation)


def keeps_accounts(user):
    """An administrator anywhere: creates accounts, which belong nowhere until they have a role."""
    return any(assignment.role == Role.ADMINISTRATOR for assignment in roles_of(user))


def accounts_kept_by(user):
    """The accounts that have, or had, all of their roles inside an administrator's own scope; those without any, too."""
    if not keeps_accounts(user):
        return User.objects.none()
    outside = RoleAssignment.objects.exclude(within("organisation__path", paths_of(user, (Role.ADMINISTRATOR,))))
    return User.objects.exclude(pk__in=outside.values("user"))


def can_keep_account(user, account):
    return accounts_kept_by(user).filter(pk=account.pk).exists()


def trail_of_account(account):
    """The entries about an account and about its roles, newest first, for those who keep it."""
    roles = account.role_assignments.values("pk")
    return AuditEntry.objects.about(account) | AuditEntry.objects.filter(object_type=RoleAssignment._meta.label_lower, object_id__in=roles)


def can_see_trail(user, organisation):
    if holds(user, (Role.LEADER, Role.INSPECTOR), organisation):
        return True
    return holds(user, (Role.SECRETARY,), organisation, exactly=True)


def trail_of(user, obj, organisation):
    """The entries about `obj` that `user` may read, newest first: all of them by `can_see_trail`, else only the own acts."""
    entries = AuditEntry.objects.about(obj)
    return entries if can_see_trail(user, organisation) else entries.filter(actor=user)
