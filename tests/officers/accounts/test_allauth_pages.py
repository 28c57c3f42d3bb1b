"""Allauth's pages: which are open, and the way to a second factor."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from officers.accounts.roles import Role
from tests.factories.officers import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "otter-lantern-quay"
OPEN = {
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
}
# Answers with a challenge for the browser's passkey, not with a page.
CHALLENGE = "mfa_login_webauthn"
CLOSED = {"account_signup", "account_email", "account_email_verification_sent"}


def names(patterns) -> set[str]:
    found = set()
    for entry in patterns:
        if isinstance(entry, URLPattern):
            found.add(entry.name)
        elif not entry.namespace:
            found |= names(entry.url_patterns)
    return found - {None}


def allauth_pages() -> dict[str, str]:
    pages = {}
    for name in names(get_resolver().url_patterns):
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        if path.startswith("/accounts/"):
            pages[name] = path
    return pages


@pytest.fixture(autouse=True)
def _nobody_is_locked_out():
    cache.clear()
    yield
    cache.clear()


def test_signed_out_people_reach_the_way_in_only(client):
    answers = {name: client.get(path) for name, path in allauth_pages().items()}
    assert {name for name, answer in answers.items() if answer.status_code == 404} == (
        CLOSED
    )
    opened = {name for name, answer in answers.items() if answer.status_code == 200}
    assert opened - {CHALLENGE, "account_logout"} == OPEN
    for name, answer in answers.items():
        if name not in opened | CLOSED:
            assert answer.status_code == 302, name
            assert answer.url.startswith(("/accounts/login/", "/")), name


@pytest.fixture
def manager_signed_in(client, settings):
    """A manager who must have a second factor, signed in by password."""
    settings.MFA_REQUIRED_ROLES = ["service_manager"]
    manager = UserFactory(role=Role.SERVICE_MANAGER)
    manager.set_password(PASSWORD)
    manager.save()
    client.post(
        reverse("account_login"), {"login": manager.email, "password": PASSWORD}
    )
    # Allauth asks once more before anything about second factors changes.
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return manager


def code_for(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def test_app_is_set_up_and_asked_for_next_time(client, manager_signed_in):
    assert client.get("/").url == reverse("officers:accounts:second_factor")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert Authenticator.objects.filter(user=manager_signed_in, type="totp").exists()
    assert client.get("/").status_code == 200

    client.post(reverse("account_logout"))
    client.post(
        reverse("account_login"),
        {"login": manager_signed_in.email, "password": PASSWORD},
    )
    assert client.get("/").status_code == 302
    cache.clear()  # a code is good once: forget that this one was used
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.get("/").status_code == 200


def test_wrong_code_does_not_sign_in(client, manager_signed_in):
    Authenticator.objects.create(
        user=manager_signed_in, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    client.post(reverse("account_logout"))
    client.post(
        reverse("account_login"),
        {"login": manager_signed_in.email, "password": PASSWORD},
    )
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/").status_code == 302


def test_passkey_page_opens_for_who_needs_one(client, manager_signed_in):
    page = client.get(reverse("mfa_add_webauthn"))
    assert page.status_code == 200
    assert 'name="credential"' in page.content.decode()


def test_recovery_codes_come_with_the_first_factor(client, manager_signed_in):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
