"""Security headers of every answer."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'nonce'",
    "style-src": "'self' 'nonce'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.fixture(params=["account_login", "home", "admin:index", "nowhere"])
def page(request, client, client_for, administrator):
    """A public page, a page of ours, Django admin, and one that does not exist."""
    if request.param == "account_login":
        return client.get(reverse("account_login"))
    browser = client_for(administrator)
    if request.param == "nowhere":
        return browser.get("/nowhere/")
    return browser.get(reverse(request.param))


def test_content_security_policy_is_pinned(page):
    policy = re.sub(r"'nonce-[^']+'", "'nonce'", page["Content-Security-Policy"])
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives.pop("script-src") in {"'self'", POLICY["script-src"]}
    assert directives.pop("style-src") in {"'self'", POLICY["style-src"]}
    assert directives == {
        name: value
        for name, value in POLICY.items()
        if name not in {"script-src", "style-src"}
    }


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ),
    ],
)
def test_header_is_pinned(page, header, value):
    assert page[header] == value


def test_personal_pages_are_never_stored(page):
    assert "no-store" in page["Cache-Control"]


def test_pages_hold_no_inline_script_or_style(page):
    html = page.content.decode()
    # JSON in a page is text, not script.
    html = re.sub(r"<script[^>]*application/json[^>]*>", "", html)
    assert not re.search(r"<script(?![^>]*\b(src|nonce)=)[^>]*>", html)
    assert not re.search(r"<style(?![^>]*\bnonce=)", html)
    assert not re.search(r"<[^>]+\s(style|on\w+)=\"", html)
