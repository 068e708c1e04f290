import pytest
from axes.utils import reset
from django.contrib.sessions.models import Session
from django.test import Client

from khoi_party.accounts.models import User
from khoi_party.audit.models import AuditEntry

LOGIN, ACCOUNT = "/account/login/", "/account/"


@pytest.fixture
def user(db):
    return User.objects.create_user("an.nguyen", password="Mật khẩu dài 1", full_name="Nguyễn Thị An")


@pytest.fixture
def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def backdate(client, **marks):
    session = client.session
    session.update(marks)
    session.save()


def test_login_opens_the_page_that_was_asked_for(client, user):
    assert client.get(ACCOUNT).url == "/account/login/?next=/account/"
    answer = client.post(LOGIN, {"username": "an.nguyen", "password": "Mật khẩu dài 1", "next": ACCOUNT})
    assert answer.url == ACCOUNT


def test_login_does_not_follow_a_foreign_address(client, user):
    answer = client.post(LOGIN, {"username": "an.nguyen", "password": "Mật khẩu dài 1", "next": "https://example.org/"})
    assert answer.url == "/"


def test_login_with_wrong_password_says_so_in_vietnamese(client, user):
    answer = client.post(LOGIN, {"username": "an.nguyen", "password": "sai"})
    assert answer.status_code == 200
    assert "Chưa lưu được" not in answer.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()


def test_fifth_wrong_password_locks_and_says_what_to_do(client, user, settings):
    settings.AXES_ENABLED = True
    answers = [client.post(LOGIN, {"username": "an.nguyen", "password": "sai"}) for _ in range(5)]
    reset(username="an.nguyen")
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "Hãy thử lại sau 15 phút" in answers[4].content.decode()


def test_session_ends_after_an_idle_hour_and_the_login_page_says_why(signed_in):
    signed_in.get(ACCOUNT)
    backdate(signed_in, seen=signed_in.session["seen"] - 3601)
    answer = signed_in.get(ACCOUNT, follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/account/", 302)]
    assert "Phiên làm việc đã hết hạn" in answer.content.decode()


def test_session_goes_on_within_the_hour(signed_in):
    signed_in.get(ACCOUNT)
    backdate(signed_in, seen=signed_in.session["seen"] - 3500)
    assert signed_in.get(ACCOUNT).status_code == 200


def test_a_page_that_asks_again_by_itself_does_not_keep_the_session_alive(signed_in):
    signed_in.get(ACCOUNT)
    long_ago = signed_in.session["seen"] - 3500
    backdate(signed_in, seen=long_ago)

    assert signed_in.get(ACCOUNT, headers={"X-Poll": "1"}).status_code == 200
    assert signed_in.session["seen"] == long_ago
    signed_in.get(ACCOUNT)
    assert signed_in.session["seen"] > long_ago


def test_session_ends_after_eight_hours_even_in_use(signed_in):
    signed_in.get(ACCOUNT)
    backdate(signed_in, started=signed_in.session["started"] - 8 * 3600 - 1)
    assert signed_in.get(ACCOUNT).status_code == 302


def test_fragment_after_the_session_ended_is_401(htmx_client, db):
    assert htmx_client.get(ACCOUNT).status_code == 401


def test_logout_needs_post_and_clears_the_browser(signed_in):
    assert signed_in.get("/account/logout/").status_code == 405
    answer = signed_in.post("/account/logout/")
    assert (answer.url, answer["Clear-Site-Data"]) == (LOGIN, '"cache", "storage"')
    assert signed_in.get(ACCOUNT).status_code == 302


def test_pages_of_signed_in_people_are_not_stored(signed_in):
    assert signed_in.get(ACCOUNT)["Cache-Control"] == "no-store"


def test_first_password_must_be_changed_before_anything_else(signed_in, user):
    user.must_change_password = True
    user.save()
    assert signed_in.get("/organisations/").url == ACCOUNT
    assert "mật khẩu cấp lần đầu" in signed_in.get(ACCOUNT).content.decode()


def test_changed_password_frees_the_account_and_ends_other_sessions(signed_in, user):
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    elsewhere = Client()
    elsewhere.force_login(user)
    data = {"old_password": "Mật khẩu dài 1", "new_password1": "Khẩu lệnh mới 26", "new_password2": "Khẩu lệnh mới 26"}
    assert signed_in.post(ACCOUNT, data).status_code == 302
    assert signed_in.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    user.refresh_from_db()
    assert (user.check_password("Khẩu lệnh mới 26"), user.must_change_password) == (True, False)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.text) == ("account.password_changed", user.pk, "")


def test_wrong_old_password_changes_nothing(signed_in, user):
    data = {"old_password": "sai", "new_password1": "Khẩu lệnh mới 26", "new_password2": "Khẩu lệnh mới 26"}
    assert signed_in.post(ACCOUNT, data).status_code == 200
    user.refresh_from_db()
    assert user.check_password("Mật khẩu dài 1")


def test_text_size_is_kept_and_shown(signed_in, user):
    signed_in.post("/account/text-size/", {"size": "20"})
    assert 'class="kp-text-20"' in signed_in.get(ACCOUNT).content.decode()
    assert signed_in.post("/account/text-size/", {"size": "99"}).status_code == 400


def test_login_starts_a_fresh_session(client, user):
    client.get(LOGIN)
    backdate(client, expired=True)
    before = client.session.session_key
    client.post(LOGIN, {"username": "an.nguyen", "password": "Mật khẩu dài 1"})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
