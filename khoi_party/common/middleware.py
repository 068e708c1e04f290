"""What a broken rule looks like to the one who asked: a page, an HTMX fragment or JSON, always with the sentence."""

import json

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, JsonResponse
from django.shortcuts import render

from .errors import DomainError, StaleVersion

NOT_ALLOWED = "Đồng chí không có quyền làm việc này."
NOT_FOUND = "Không tìm thấy nội dung này, hoặc đồng chí không được xem."


class DomainErrorMiddleware:
    """DomainError becomes 409. Small requests (HTMX, JSON) get short answers for 403 and 404 too; pages keep Django's handlers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, DomainError):
            return self.answer(request, exception.status, exception)
        if isinstance(exception, PermissionDenied) and _is_small(request):
            return self.answer(request, 403, DomainError(str(exception) or NOT_ALLOWED))
        if isinstance(exception, Http404) and _is_small(request):
            return self.answer(request, 404, DomainError(NOT_FOUND))
        return None

    def answer(self, request, status, error):
        if _wants_json(request):
            body = {"message": error.message, "field": error.field}
            if isinstance(error, StaleVersion):
                body["current"] = error.current
            return JsonResponse(body, status=status)
        if request.htmx:
            response = render(request, "components/_refusal.html", {"message": error.message}, status=status)
            # A script may show the sentence where HTMX swaps nothing: it ignores bodies of 4xx by default.
            response["HX-Trigger"] = json.dumps({"kp:refused": {"message": error.message}}, cls=DjangoJSONEncoder)
            return response
        return render(request, f"{status}.html", {"message": error.message}, status=status)


def _is_small(request):
    return bool(request.htmx) or _wants_json(request)


def _wants_json(request):
    return request.content_type == "application/json" or request.headers.get("Accept", "").startswith("application/json")
