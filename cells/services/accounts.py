"""Accounts and roles, as the administrator keeps them. Accounts are never deleted: the trail names them."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cells.enums import Role
from cells.models import RoleAssignment
from cells.permissions import can_keep_account, can_manage_accounts, keeps_accounts
from khoi_party.accounts.models import User
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike on paper


def _one_time_password():
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def create_account(*, username, full_name, by):
    """Make an account with a one-time password that its owner must change. Returns (User, the password); it is stored nowhere else.

    PermissionDenied unless `by` is an administrator, DomainError when the name is taken.
    """
    if not keeps_accounts(by):
        raise PermissionDenied
    if User.objects.filter(username__iexact=username).exists():
        raise DomainError(f"Tên đăng nhập “{username}” đã có. Hãy chọn tên khác.", field="username")
    password = _one_time_password()
    with change(by=by):
        user = User(username=username, full_name=full_name, must_change_password=True)
        user.set_password(password)
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as taken:  # somebody took the name since it was looked up
            raise DomainError(f"Tên đăng nhập “{username}” đã có. Hãy chọn tên khác.", field="username") from taken
        record("account.created", user, summary="Tạo tài khoản.")
    return user, password


def reset_password(user, *, by):
    """Give a new one-time password; every session of the account ends. Returns the password."""
    if not can_keep_account(by, user):
        raise PermissionDenied
    password = _one_time_password()
    with change(by=by):
        row = locked(User.objects.filter(pk=user.pk)).get()
        row.set_password(password)  # sessions carry a hash of the old password and end with it
        row.must_change_password = True
        row.save(update_fields=["password", "must_change_password"])
        record("account.password_reset", row, summary="Đặt lại mật khẩu.")
    return password


def deactivate(user, *, by):
    """Lock the account from the next request on. DomainError for the own account and for the last administrator."""
    if not can_keep_account(by, user):
        raise PermissionDenied
    if user.pk == by.pk:
        raise DomainError("Đồng chí không tự khóa tài khoản của mình được.")
    with change(by=by):
        administrators = _administrators()
        row = locked(User.objects.filter(pk=user.pk)).get()
        if row.is_active:
            _keep_one(administrators, RoleAssignment.objects.filter(user=row))
            User.objects.filter(pk=row.pk).update(is_active=False)
            record("account.locked", row, summary="Khóa tài khoản.")


def reactivate(user, *, by):
    """Open a locked account again, with its roles and password as they were."""
    if not can_keep_account(by, user):
        raise PermissionDenied
    with change(by=by):
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            record("account.unlocked", user, summary="Mở khóa tài khoản.")


def grant_role(*, user, role, organisation, from_day=None, to_day=None, board=None, by):
    """Give `user` a role at `organisation` from `from_day` (today by default) up to, not including, `to_day` (None: until it is ended).

    board: the AdvisingBoard of `organisation` that a staff member or inspector belongs to, or None.
    DomainError when the role is held on one of these days already, when the days are out of order, or for a board of somebody else.
    """
    if not can_manage_accounts(by, organisation):
        raise PermissionDenied
    if board and (board.organisation_id != organisation.pk or role not in (Role.STAFF, Role.INSPECTOR)):
        raise DomainError("Chỉ cán bộ và người kiểm tra ở chính đảng bộ đó mới thuộc một ban tham mưu của đảng bộ.", field="board")
    from_day = from_day or today()
    if to_day and to_day <= from_day:
        raise DomainError("Ngày thôi phân công phải sau ngày bắt đầu.", field="to_day")
    with change(by=by):
        locked(User.objects.filter(pk=user.pk)).get()
        held = RoleAssignment.objects.filter(user=user, role=role, organisation=organisation)
        if held.overlapping(from_day, to_day).exists():
            raise DomainError("Tài khoản này đang có vai trò đó ở tổ chức đảng này.")
        days = {"valid_from": from_day, "valid_to": to_day}
        one = RoleAssignment.objects.create(user=user, role=role, organisation=organisation, board=board, created_by=by, **days)
        record("role.granted", one, summary=f"Phân công: {one.get_role_display()}, {organisation.name}.", organisation=organisation, user=user.pk)
    return one


def revoke_role(assignment, *, by):
    """End a role today, or before its first day when that is still to come; from the next request on it gives nothing.

    A role that has ended stays as it is. DomainError for the role of the last administrator.
    """
    if not can_manage_accounts(by, assignment.organisation):
        raise PermissionDenied
    with change(by=by):
        administrators = _administrators()
        row = locked(RoleAssignment.objects.filter(pk=assignment.pk)).get()
        if row.valid_to and row.valid_to <= today():
            return
        _keep_one(administrators, RoleAssignment.objects.filter(pk=row.pk))
        RoleAssignment.objects.filter(pk=row.pk).update(valid_to=max(today(), row.valid_from))
        record("role.revoked", row, summary=f"Thôi phân công: {row.get_role_display()}, {row.organisation.name}.", organisation=row.organisation)


def _administrators():
    """The assignments of administrators in force today, locked before any other row: two who end each other at once wait, in one order."""
    return list(locked(RoleAssignment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR, user__is_active=True).order_by("pk")))


def _keep_one(administrators, ending):
    """DomainError when the assignments `ending` hold the last administrator: nobody could let anybody in again.

    An administrator whose days are numbered does not count as one who stays.
    """
    gone = set(ending.values_list("pk", flat=True))
    if any(one.pk in gone for one in administrators) and not any(one.is_open and one.pk not in gone for one in administrators):
        raise DomainError("Đây là quản trị duy nhất. Hãy phân công một quản trị khác trước.")
