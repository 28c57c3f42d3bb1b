"""A person's own account page and sessions."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from officers.accounts.models import User
from officers.accounts.presenters import browser_name
from tests.factories.officers import UserFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Firefox/131.0"


def session_of(user: User) -> UserSession:
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.create()
    return UserSession.objects.create(
        user=user, ip="192.0.2.1", session_key=store.session_key, user_agent=FIREFOX
    )


def test_account_page_says_what_the_role_allows(client_for, analyst):
    page = client_for(analyst).get(reverse("officers:accounts:detail"))
    text = page.content.decode()
    assert "Analyst" in text
    assert "view measures without names" in text
    assert "view households by name" not in text


def test_sessions_are_listed_and_one_is_ended(client_for, analyst):
    client = client_for(analyst)
    session = session_of(analyst)
    listed = client.get(reverse("officers:accounts:sessions")).content.decode()
    assert "Firefox on Windows" in listed
    client.post(reverse("officers:accounts:session_end", args=[session.pk]))
    assert not UserSession.objects.filter(pk=session.pk).exists()
    assert not SessionStore().exists(session.session_key)
    assert AuditEvent.objects.get().verb == "account.session_ended"


def test_another_persons_session_is_not_found(client_for, analyst):
    session = session_of(UserFactory())
    response = client_for(analyst).post(
        reverse("officers:accounts:session_end", args=[session.pk])
    )
    assert response.status_code == 404
    assert UserSession.objects.filter(pk=session.pk).exists()


def test_allauths_own_list_of_sessions_leads_to_ours(client_for, analyst):
    response = client_for(analyst).get(reverse("usersessions_list"))
    assert response.url == reverse("officers:accounts:sessions")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Macintosh; Mac OS X) AppleWebKit Safari/605.1", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari Edg/130", "Edge on Windows"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browser_name(user_agent, name):
    assert browser_name(user_agent) == name
