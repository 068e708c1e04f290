"""Rules of a signed-in person's session."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

REFRESH = 5 * 60  # seconds between two writes of the last-seen mark


class SessionRulesMiddleware:
    """Ends a session after an idle hour, leads a first-time password to its change, keeps pages out of shared caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, seen = int(time.time()), request.session.get("seen")
        if seen and now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif not seen or now - seen > REFRESH:
            request.session["seen"] = now
        own_page = reverse("accounts:password_change")
        must_change = request.user.is_authenticated and request.user.must_change_password
        if must_change and request.path not in (own_page, reverse("accounts:logout")):
            return redirect(own_page)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SignInAgainMiddleware:
    """A fragment asked for after the session ended gets 401 instead of the login page, so that the grid can keep what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        wants_fragment = request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch"
        if wants_fragment and response.status_code == 302 and response.url.startswith(reverse("accounts:login")):
            return HttpResponse("Phiên làm việc đã hết hạn. Hãy đăng nhập lại ở một thẻ khác rồi thử lại.", status=401)
        return response
