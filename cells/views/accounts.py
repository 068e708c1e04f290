from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.filters import AccountFilter
from cells.forms import AccountForm, RoleForm
from cells.models import Organisation, RoleAssignment
from cells.permissions import accounts_kept_by, can_keep_account, keeps_accounts, trail_of_account
from cells.services import accounts
from khoi_party.accounts.models import User
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list


def kept(request, pk):
    """An account that the reader keeps; anything else is not there."""
    if not keeps_accounts(request.user):
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk)
    if not can_keep_account(request.user, account):
        raise Http404
    return account


COLUMNS = [
    Column("Họ và tên", lambda row: row.full_name, width=28),
    Column("Tên đăng nhập", lambda row: row.username, width=20),
    Column("Vai trò", lambda row: "; ".join(f"{one.get_role_display()}, {one.organisation.name}" for one in row.current_roles), width=60),
    Column("Đăng nhập gần nhất", lambda row: timezone.localdate(row.last_login) if row.last_login else None, width=16, kind="date"),
    Column("Tình trạng", lambda row: "Đang dùng" if row.is_active else "Đã khóa", width=14),
]


def account_list(request):
    if not keeps_accounts(request.user):
        raise PermissionDenied
    current = RoleAssignment.objects.in_force(today()).select_related("organisation")
    rows = (
        accounts_kept_by(request.user)
        .order_by("full_name", "username")
        .prefetch_related(Prefetch("role_assignments", current, to_attr="current_roles"))
    )
    template, title = "cells/account_list.html", "Tài khoản"
    return render_list(request, template, rows=rows, filterset=AccountFilter, title=title, columns=COLUMNS, name="tai-khoan")


def account_new(request):
    if not keeps_accounts(request.user):
        raise PermissionDenied
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = accounts.create_account(**form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return render(request, "cells/account_password.html", {"account": account, "password": password})
    return render(request, "cells/account_new.html", {"form": form})


def account_detail(request, pk):
    account = kept(request, pk)
    form = RoleForm(request.POST or None, organisations=Organisation.objects.visible_to(request.user).filter(dissolved_on__isnull=True))
    if request.method == "POST" and form.is_valid():
        try:
            accounts.grant_role(user=account, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, "Đã phân công vai trò.")
            return redirect("cells:account_detail", pk)
    context = {
        "account": account,
        "form": form,
        "roles": account.role_assignments.select_related("organisation", "board").order_by("-valid_from", "-pk"),
        "today": today(),
        "entries": trail_of_account(account)[:20],
    }
    return render(request, "cells/account_detail.html", context)


@require_POST
def account_reset(request, pk):
    account = kept(request, pk)
    password = accounts.reset_password(account, by=request.user)
    return render(request, "cells/account_password.html", {"account": account, "password": password})


@require_POST
def account_lock(request, pk):
    return act(request, pk, accounts.deactivate, "Đã khóa tài khoản. Các phiên đăng nhập của tài khoản này đã kết thúc.")


@require_POST
def account_unlock(request, pk):
    return act(request, pk, accounts.reactivate, "Đã mở khóa tài khoản.")


def act(request, pk, service, done):
    account = kept(request, pk)
    try:
        service(account, by=request.user)
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("cells:account_detail", pk)


@require_POST
def role_end(request, pk):
    assignment = get_object_or_404(RoleAssignment.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    try:
        accounts.revoke_role(assignment, by=request.user)
        messages.success(request, "Đã thôi phân công vai trò từ hôm nay.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("cells:account_detail", assignment.user_id)
