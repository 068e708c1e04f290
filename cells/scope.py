"""Which part of the tree a person acts for. Every `visible_to` starts here, so that no list forgets whose rows they are."""

from django.apps import apps
from django.db.models import Q

from khoi_party.common.dates import today
from khoi_party.common.tree import ancestor_paths, in_subtree, subtree_q

from .enums import READING_ROLES


def roles_of(user):
    """The role assignments of `user` in force today, widest scope first; asked once per request (kept on the user object)."""
    if not user or not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_roles_in_force"):
        assignments = apps.get_model("cells", "RoleAssignment").objects.in_force(today()).filter(user=user)
        user._roles_in_force = list(assignments.select_related("organisation").order_by("organisation__path", "role"))
    return user._roles_in_force


def paths_of(user, roles=READING_ROLES):
    """The paths of the organisations where `user` holds one of `roles` today."""
    return [assignment.organisation.path for assignment in roles_of(user) if assignment.role in roles]


def unit_of(user):
    """The names of the organisations that `user` acts for, widest first, as a list that is printed names its unit."""
    return "; ".join(dict.fromkeys(assignment.organisation.name for assignment in roles_of(user)))


def within(field, paths):
    """A condition that `field` (a path) lies in one of the subtrees; no paths, no rows."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= subtree_q(field, path)
    return condition


def within_or_above(field, paths):
    """Like `within`, and the ancestors too: what a superior fixes for all below it (the year, the term, its targets)."""
    above = {ancestor for path in paths for ancestor in ancestor_paths(path)}
    return within(field, paths) | Q(**{f"{field}__in": above})


def holds(user, roles, organisation, *, exactly=False):
    """Whether `user` holds one of `roles` at `organisation` or, unless `exactly`, anywhere above it."""
    if exactly:
        return any(a.role in roles and a.organisation_id == organisation.pk for a in roles_of(user))
    return any(a.role in roles and in_subtree(organisation.path, a.organisation.path) for a in roles_of(user))


def holds_above(user, roles, organisation):
    """Whether `user` holds one of `roles` strictly above `organisation`."""
    return any(
        a.role in roles and a.organisation_id != organisation.pk and in_subtree(organisation.path, a.organisation.path) for a in roles_of(user)
    )
