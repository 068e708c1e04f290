"""Rules of a signed-in person's session."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

REFRESH = 5 * 60  # seconds between two writes of the last-seen mark


class SessionRulesMiddleware:
    """Ends a session after an idle hour or a working day, leads a first-time password to its change, keeps pages out of caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        if _is_over(request.session, is_person="X-Poll" not in request.headers):
            logout(request)
            request.session["expired"] = True  # the login page says why one is asked again
        elif _must_change_first(request):
            return _unkept(redirect("accounts:password_change"))
        return _unkept(self.get_response(request))


class SignInAgainMiddleware:
    """A fragment asked for after the session ended gets 401 instead of the login page, so that the grid can keep what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        wants_fragment = request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch"
        if wants_fragment and response.status_code == 302 and response.url.startswith(reverse("accounts:login")):
            sentence = "Phiên làm việc đã hết hạn. Hãy đăng nhập lại ở một thẻ khác rồi thử lại."
            return HttpResponse(sentence, status=401, headers={"X-Sign-In": reverse("accounts:login"), "Cache-Control": "no-store"})
        return response


def _is_over(session, *, is_person):
    """Whether the session is over; if not, notes that its owner was seen: a page that asks again by itself is not a person.

    Each write of the session would renew the cookie's own age, so the working day is counted from `started`.
    """
    now = int(time.time())
    started, seen = session.setdefault("started", now), session.setdefault("seen", now)
    if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
        return True
    if is_person and now - seen > REFRESH:
        session["seen"] = now
    return False


def _must_change_first(request):
    allowed = (reverse("accounts:password_change"), reverse("accounts:logout"))
    return request.user.must_change_password and request.path not in allowed


def _unkept(response):
    response.headers.setdefault("Cache-Control", "no-store")
    return response
