"""What holds for every page: its headers, nothing inline, nothing from outside, and error pages that need no database."""

import hashlib
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, get_resolver

from khoi_party.accounts.models import User

STATIC, TEMPLATES = settings.BASE_DIR / "static", settings.BASE_DIR / "templates"
OUTSIDE = re.compile(r"""(?:src|href|action|url|@import)\s*[=(]?\s*["']?(?:https?:)?//(?!www\.w3\.org/)""", re.IGNORECASE)
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)


def addresses(patterns=None, prefix="/"):
    """Every address of the product, with 1 for each number in it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        text = prefix + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield text
        else:
            yield from addresses(pattern.url_patterns, text)


@pytest.fixture
def signed_in(db):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("quan.tri", full_name="Trần Văn Quân"))
    return client


@pytest.mark.parametrize("address", sorted(addresses()))
def test_page_has_strict_headers_and_nothing_inline(signed_in, address):
    answer = signed_in.get(address)
    assert answer.status_code < 500
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert not re.search(r"unsafe|\*|https?:", policy)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    if answer["Content-Type"].startswith("text/html"):
        html = answer.content.decode()
        assert not INLINE.search(html)
        assert not OUTSIDE.search(html)


@pytest.mark.parametrize("address", sorted(addresses()))
def test_strangers_see_only_the_login_page(client, db, address):
    if address != "/account/login/":
        assert client.get(address).url.startswith("/account/login/")


def test_no_template_style_or_script_names_an_outside_address():
    paths = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.svg"), *STATIC.rglob("*.css"), *STATIC.rglob("*.js")]
    assert [path.name for path in paths if OUTSIDE.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_has_inline_script_or_style():
    assert [path.name for path in TEMPLATES.rglob("*.html") if INLINE.search(path.read_text(encoding="utf-8"))] == []


def test_files_of_others_are_as_they_came():
    listed = re.findall(r"^\| (\S+) \|[^|]+\| ([0-9a-f]{64}) \|$", (STATIC / "vendor/README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {path: hashlib.sha256((STATIC / path).read_bytes()).hexdigest() for path, _ in listed} == dict(listed)
    present = {path.relative_to(STATIC).as_posix() for folder in ("vendor", "fonts") for path in (STATIC / folder).rglob("*.*") if path.is_file()}
    assert present - {"vendor/README.md"} == {path for path, _ in listed}


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "409", "500"])
def test_error_page_needs_no_database_and_says_what_to_do(page):
    html = render_to_string(f"{page}.html", {"message": "Bảng đã được người khác sửa."})
    assert ("Về trang Việc cần làm" in html and "Hãy" in html) or "đề nghị" in html


def test_unknown_address_is_told_in_vietnamese(signed_in):
    answer = signed_in.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


def test_form_from_another_session_is_told_in_vietnamese(db):
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()
