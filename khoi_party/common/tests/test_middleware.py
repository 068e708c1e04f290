import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path

from khoi_party.common.errors import DomainError, StaleVersion


def raising(error):
    def view(request):
        raise error

    view.login_required = False
    return view


urlpatterns = [
    path("refused/", raising(DomainError("Chi bộ đã <b>giải thể</b>.", field="parent"))),
    path("stale/", raising(StaleVersion("Đồng chí khác vừa lưu ô này.", current={"level": 2}))),
    path("forbidden/", raising(PermissionDenied())),
    path("missing/", raising(Http404())),
    path("broken/", raising(ValueError("secret"))),
]


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["django_htmx.middleware.HtmxMiddleware", "khoi_party.common.middleware.DomainErrorMiddleware"]


def test_refusal_is_a_page_with_the_sentence(client, monkeypatch):
    def render(request, template, context, status):
        return HttpResponse(f"{template}|{context['message']}", status=status)

    monkeypatch.setattr("khoi_party.common.middleware.render", render)
    response = client.get("/refused/")
    assert (response.status_code, response.content.decode()) == (409, "409.html|Chi bộ đã <b>giải thể</b>.")


def test_refusal_for_htmx_is_a_fragment_and_an_event(htmx_client):
    response = htmx_client.get("/refused/")
    assert response.status_code == 409
    assert "Chi bộ đã &lt;b&gt;giải thể&lt;/b&gt;." in response.content.decode()
    assert b"<html" not in response.content
    assert json.loads(response["HX-Trigger"]) == {"kp:refused": {"message": "Chi bộ đã <b>giải thể</b>."}}


def test_refusal_for_a_script_is_json(client):
    response = client.get("/refused/", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (409, {"message": "Chi bộ đã <b>giải thể</b>.", "field": "parent"})


def test_stale_version_tells_what_the_row_holds_now(client):
    response = client.post("/stale/", "{}", content_type="application/json")
    assert response.status_code == 409
    assert response.json() == {"message": "Đồng chí khác vừa lưu ô này.", "field": None, "current": {"level": 2}}


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/forbidden/", 403, "Đồng chí không có quyền làm việc này."),
        ("/missing/", 404, "Không tìm thấy nội dung này, hoặc đồng chí không được xem."),
    ],
)
def test_small_requests_get_short_answers(client, htmx_client, address, status, message):
    by_script = client.get(address, headers={"Accept": "application/json"})
    by_htmx = htmx_client.get(address)
    assert (by_script.status_code, by_script.json()["message"]) == (status, message)
    assert by_htmx.status_code == status
    assert message in by_htmx.content.decode()


def test_other_errors_are_left_to_django(client):
    with pytest.raises(ValueError, match="secret"):
        client.get("/broken/")
