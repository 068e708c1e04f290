"""Accounts and roles as the administrator keeps them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cells.enums import Role
from cells.models import RoleAssignment
from cells.services import accounts
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory
from khoi_party.accounts.models import User
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError


@pytest.fixture
def root(db):
    return OrganisationFactory(name="Đảng bộ Khối các cơ quan tỉnh")


@pytest.fixture
def administrator(root):
    return RoleAssignmentFactory(role=Role.ADMINISTRATOR, organisation=root).user


def test_a_new_account_gets_a_password_for_one_time(administrator):
    user, password = accounts.create_account(username="hanh.bt", full_name="Bùi Thị Hạnh", by=administrator)

    assert user.check_password(password)
    assert user.must_change_password
    assert len(password) == 14
    entry = AuditEntry.objects.about(user).get()
    assert (entry.action, password in entry.text) == ("account.created", False)


def test_a_name_is_taken_whatever_its_letters(administrator):
    UserFactory(username="hanh.bt")

    with pytest.raises(DomainError, match="đã có"):
        accounts.create_account(username="HANH.BT", full_name="Bùi Thị Hạnh", by=administrator)


def test_only_administrators_keep_accounts(root):
    staff = RoleAssignmentFactory(role=Role.STAFF, organisation=root).user

    with pytest.raises(PermissionDenied):
        accounts.create_account(username="ai.do", full_name="Ai Đó", by=staff)
    with pytest.raises(PermissionDenied):
        accounts.reset_password(UserFactory(), by=staff)


def test_an_account_with_a_role_elsewhere_is_not_ones_own(root, administrator):
    other = RoleAssignmentFactory(organisation=OrganisationFactory(path="0009")).user

    for service in (accounts.reset_password, accounts.deactivate, accounts.reactivate):
        with pytest.raises(PermissionDenied):
            service(other, by=administrator)


def test_locking_and_resetting_end_the_sessions(administrator):
    user = UserFactory()
    client = Client()
    client.force_login(user)
    assert client.get(reverse("desk:home")).status_code == 200

    accounts.deactivate(user, by=administrator)
    assert client.get(reverse("desk:home")).status_code == 302
    accounts.reactivate(user, by=administrator)
    user.refresh_from_db()
    client.force_login(user)
    accounts.reset_password(user, by=administrator)
    assert client.get(reverse("desk:home")).status_code == 302


def test_the_last_administrator_stays(root, administrator):
    mine = RoleAssignment.objects.get(user=administrator)
    with pytest.raises(DomainError, match="quản trị duy nhất"):
        accounts.revoke_role(mine, by=administrator)
    with pytest.raises(DomainError, match="tự khóa"):
        accounts.deactivate(administrator, by=administrator)

    RoleAssignmentFactory(role=Role.ADMINISTRATOR, organisation=root)
    accounts.revoke_role(mine, by=administrator)
    mine.refresh_from_db()
    assert mine.valid_to is not None


def test_the_pages_lead_from_a_new_account_to_its_role(client, root, administrator):
    client.force_login(administrator)

    page = client.post(reverse("cells:account_new"), {"username": "hanh.bt", "full_name": "Bùi Thị Hạnh"})
    user = User.objects.get(username="hanh.bt")
    password = BeautifulSoup(page.content, "html.parser").find(class_="kp-password").get_text()
    assert user.check_password(password)

    answer = client.post(reverse("cells:account_detail", args=[user.pk]), {"role": "leader", "organisation": root.pk, "from_day": "01/02/2026"})
    assert answer.status_code == 302
    given = RoleAssignment.objects.get(user=user)
    assert (given.role, given.organisation, given.valid_from) == ("leader", root, date(2026, 2, 1))

    listed = client.get(reverse("cells:account_list")).content.decode()
    assert "Thường trực đảng ủy, Đảng bộ Khối các cơ quan tỉnh" in listed


def test_a_wrong_name_is_kept_and_explained(client, administrator):
    client.force_login(administrator)

    soup = BeautifulSoup(client.post(reverse("cells:account_new"), {"username": "Hạnh", "full_name": ""}).content, "html.parser")

    assert soup.find(attrs={"name": "username"})["value"] == "Hạnh"
    assert "Chỉ dùng chữ thường không dấu" in soup.get_text()


def test_a_one_time_password_must_be_changed_first(client, administrator):
    _, password = accounts.create_account(username="hanh.bt", full_name="Bùi Thị Hạnh", by=administrator)
    client.post(reverse("accounts:login"), {"username": "hanh.bt", "password": password})

    assert client.get(reverse("desk:home")).url == reverse("accounts:password_change")
