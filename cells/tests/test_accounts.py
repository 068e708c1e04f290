"""Accounts and roles as the administrator keeps them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cells.enums import Role
from cells.models import RoleAssignment
from cells.services import accounts
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory
from khoi_party.accounts.models import User
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from khoi_party.common.tests.threads import Other


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


def test_a_role_ends_on_the_day_it_was_given_until(root, administrator):
    user = UserFactory()
    days = {"from_day": date(2026, 1, 1), "to_day": date(2026, 7, 1)}
    given = accounts.grant_role(user=user, role=Role.LEADER, organisation=root, **days, by=administrator)
    assert (given.covers(date(2026, 6, 30)), given.covers(date(2026, 7, 1))) == (True, False)

    with pytest.raises(DomainError, match="đang có vai trò đó"):
        accounts.grant_role(user=user, role=Role.LEADER, organisation=root, from_day=date(2026, 6, 30), by=administrator)
    with pytest.raises(DomainError, match="phải sau ngày bắt đầu") as refused:
        accounts.grant_role(user=user, role=Role.STAFF, organisation=root, from_day=date(2026, 6, 30), to_day=date(2026, 6, 30), by=administrator)
    assert refused.value.field == "to_day"
    assert accounts.grant_role(user=user, role=Role.LEADER, organisation=root, from_day=date(2026, 7, 1), by=administrator).is_open


def test_a_role_that_has_not_begun_is_ended_before_its_first_day(root, administrator):
    later = accounts.grant_role(user=UserFactory(), role=Role.LEADER, organisation=root, from_day=date(2090, 1, 1), by=administrator)

    accounts.revoke_role(later, by=administrator)

    later.refresh_from_db()
    assert later.valid_to == date(2090, 1, 1)
    assert not RoleAssignment.objects.in_force(date(2090, 1, 1)).filter(pk=later.pk).exists()
    again = {"user": later.user, "role": Role.LEADER, "organisation": root, "from_day": date(2090, 1, 1)}
    assert accounts.grant_role(**again, by=administrator).is_open  # what was called off stands in nobody's way


def test_a_role_that_has_ended_keeps_its_last_day(root, administrator):
    ended = RoleAssignmentFactory(organisation=root, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))

    accounts.revoke_role(ended, by=administrator)

    ended.refresh_from_db()
    assert ended.valid_to == date(2021, 1, 1)


def test_an_administrator_for_some_days_is_not_one_who_stays(root, administrator):
    RoleAssignmentFactory(role=Role.ADMINISTRATOR, organisation=root, valid_to=date(2090, 1, 1))

    with pytest.raises(DomainError, match="quản trị duy nhất"):
        accounts.revoke_role(RoleAssignment.objects.get(user=administrator), by=administrator)


def test_accounts_are_found_by_name_without_diacritics_and_not_in_the_address(client, root, administrator):
    UserFactory(username="hanh.bt", full_name="Bùi Thị Hạnh")
    UserFactory(username="an.lv", full_name="Lê Văn An", is_active=False)
    client.force_login(administrator)
    address = reverse("cells:account_list")

    answer = client.post(address, {"q": "hanh"})
    found = client.get(answer.url).content.decode()
    locked = client.get(address, {"state": "locked"}).content.decode()

    assert "hanh" not in answer.url
    assert ("Bùi Thị Hạnh" in found, "Lê Văn An" in found) == (True, False)
    assert ("Bùi Thị Hạnh" in locked, "Lê Văn An" in locked) == (False, True)


def test_the_account_page_tells_what_was_done_with_the_account_and_its_roles(client, root, administrator):
    user, _ = accounts.create_account(username="hanh.bt", full_name="Bùi Thị Hạnh", by=administrator)
    role = accounts.grant_role(user=user, role=Role.LEADER, organisation=root, by=administrator)
    accounts.revoke_role(role, by=administrator)
    client.force_login(administrator)

    page = client.get(reverse("cells:account_detail", args=[user.pk])).content.decode()

    assert "Tạo tài khoản." in page
    assert "Phân công: Thường trực đảng ủy, Đảng bộ Khối các cơ quan tỉnh." in page
    assert "Thôi phân công: Thường trực đảng ủy, Đảng bộ Khối các cơ quan tỉnh." in page


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_at_once_wait_and_one_stays():
    root = OrganisationFactory()
    pair = [RoleAssignmentFactory(organisation=root, role=Role.ADMINISTRATOR, valid_to=None) for _ in range(2)]

    def ender(mine, other):
        assignment = RoleAssignment.objects.select_related("organisation").get(pk=other.pk)
        return Other(lambda: accounts.revoke_role(assignment, by=User.objects.get(pk=mine.user_id)))

    enders = [ender(pair[0], pair[1]), ender(pair[1], pair[0])]
    with transaction.atomic():  # both have been let in before either has ended the other
        list(RoleAssignment.objects.select_for_update())
        for each in enders:
            each.wait_until_it_stands_in_line()
    for each in enders:
        each.join()

    done, refused = sorted((each.outcome for each in enders), key=lambda outcome: outcome != "done")
    assert done == "done"
    assert refused.message == "Đây là quản trị duy nhất. Hãy phân công một quản trị khác trước."
    assert RoleAssignment.objects.open().count() == 1
