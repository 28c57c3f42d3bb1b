"""Signing in, staying signed in, and being signed out."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from officers.accounts import services
from officers.accounts.demo import DEMO_PASSWORD, demo_sign_ins
from officers.accounts.models import User
from officers.accounts.roles import Role
from tests.factories.officers import UserFactory

PASSWORD = "otter-lantern-quay"
NOW = dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)
ACCOUNT = "/account/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_is_locked_out():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person() -> User:
    user = UserFactory(email="robin@kestrelford.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, password: str = PASSWORD, **kwargs):
    return client.post(
        reverse("account_login"),
        {"login": "robin@kestrelford.example", "password": password, **kwargs},
    )


def test_right_password_signs_in_and_goes_back(client, person):
    response = sign_in(client, next=ACCOUNT)
    assert response.status_code == 302
    assert response.url == ACCOUNT
    assert client.get(ACCOUNT).status_code == 200


def test_sign_in_never_leaves_this_site(client, person):
    assert sign_in(client, next="https://evil.example/").url == "/"


def test_email_may_be_typed_in_any_case(client, person):
    response = client.post(
        reverse("account_login"),
        {"login": "Robin@Kestrelford.Example", "password": PASSWORD},
    )
    assert response.status_code == 302


def test_wrong_password_is_refused(client, person):
    assert sign_in(client, "wrong-password-here").status_code == 200
    assert client.get(ACCOUNT).status_code == 302


def test_sixth_wrong_password_locks_the_account_for_a_while(client, person):
    for _ in range(5):
        sign_in(client, "wrong-password-here")
    response = sign_in(client)
    assert response.status_code == 200
    assert "too many attempts" in response.content.decode()
    assert client.get(ACCOUNT).status_code == 302


def test_disabled_account_cannot_sign_in(client, person):
    person.is_active = False
    person.save()
    sign_in(client)
    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("path", ["signup/", "email/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up_or_changes_their_address(client, path, method):
    assert getattr(client, method)(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_weak_password_is_refused(client, person, password):
    sign_in(client)
    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    assert response.status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_forgotten_password_is_reset_by_mail(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    assert mail.outbox[0].subject == "Choose a new password for Housing+"
    link = next(
        line for line in mail.outbox[0].body.splitlines() if line.startswith("http")
    )
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "badger-lantern-quay", "password2": "badger-lantern-quay"},
    )
    person.refresh_from_db()
    assert person.check_password("badger-lantern-quay")


def test_unknown_address_gets_no_mail_and_the_same_answer(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(
        reverse("account_reset_password"), {"email": "nobody@kestrelford.example"}
    )
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_left_alone_for_too_long_is_signed_out(client, person, settings):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client)
        client.get(ACCOUNT)
        clock.shift(settings.IDLE_TIMEOUT_MINUTES * 60 + 61)
        response = client.get(ACCOUNT)
        assert response.status_code == 302
        assert response.url == "/accounts/login/?timed_out=1&next=%2Faccount%2F"
        assert client.get(ACCOUNT).url == "/accounts/login/?next=/account/"


def test_activity_keeps_the_session(client, person, settings):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client)
        for _ in range(5):
            clock.shift(20 * 60)
            assert client.post(_keep_alive(), **_FETCH).status_code == 204
        assert client.get(ACCOUNT).status_code == 200


def test_no_session_outlives_a_working_day(client, person, settings):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client)
        client.get(ACCOUNT)
        for _ in range(settings.SESSION_ABSOLUTE_HOURS * 3):
            clock.shift(20 * 60)
            assert client.get(ACCOUNT).status_code == 200
        clock.shift(60)
        assert client.get(ACCOUNT).status_code == 302


def test_activity_is_noted_once_a_minute(client, person, django_assert_num_queries):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client)
        client.post(_keep_alive(), **_FETCH)
        clock.shift(59)
        # Session and account are read; nothing is written.
        with django_assert_num_queries(2):
            client.post(_keep_alive(), **_FETCH)
        clock.shift(1)
        client.post(_keep_alive(), **_FETCH)
        assert UserSession.objects.get().last_seen_at == NOW + dt.timedelta(minutes=1)


def test_htmx_is_told_to_reload_when_the_session_is_over(client, person, settings):
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client)
        client.get(ACCOUNT)
        clock.shift(settings.IDLE_TIMEOUT_MINUTES * 60 + 61)
        response = client.get(ACCOUNT, headers={"HX-Request": "true"})
        assert response.headers["HX-Refresh"] == "true"


def test_keep_alive_without_script_goes_home(client, person):
    sign_in(client)
    assert client.post(_keep_alive()).url == reverse("home")


def test_sign_in_page_says_why_one_was_signed_out(client):
    page = client.get(reverse("account_login") + "?timed_out=1")
    assert page.context["timed_out"] is True


def test_disabling_an_account_ends_its_sessions(
    client, person, administrator, django_capture_on_commit_callbacks
):
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        services.disable_account(account=person, by=administrator)
    assert not UserSession.objects.exists()
    services.enable_account(account=person, by=administrator)
    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("factor", [None, Authenticator.Type.RECOVERY_CODES])
def test_role_that_needs_a_second_factor_reaches_its_set_up_only(
    client_for, settings, factor
):
    settings.MFA_REQUIRED_ROLES = ["service_manager"]
    manager = UserFactory(role=Role.SERVICE_MANAGER)
    if factor:
        seed = {"seed": "00112233445566778899", "used_mask": 0}
        Authenticator.objects.create(user=manager, type=factor, data=seed)
    client = client_for(manager)
    second_factor = reverse("officers:accounts:second_factor")
    for path in ("/", ACCOUNT, "/admin/", "/accounts/password/change/"):
        assert client.get(path).url == second_factor
        assert client.post(path).url == second_factor
    assert "Set up two-step sign-in" in client.get(second_factor).content.decode()
    assert client.get(reverse("mfa_index")).status_code == 200
    # Allauth asks for the password again before a factor is added.
    assert "/reauthenticate/" in client.get(reverse("mfa_activate_totp")).url
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_second_factor_opens_everything(client_for, settings, kind):
    settings.MFA_REQUIRED_ROLES = ["service_manager"]
    manager = UserFactory(role=Role.SERVICE_MANAGER)
    Authenticator.objects.create(user=manager, type=kind, data={})
    client = client_for(manager)
    assert client.get(ACCOUNT).status_code == 200
    assert client.get(reverse("officers:accounts:second_factor")).url == ACCOUNT


def test_other_roles_go_on_without_a_second_factor(client_for, settings, analyst):
    settings.MFA_REQUIRED_ROLES = ["service_manager"]
    assert client_for(analyst).get(ACCOUNT).status_code == 200


def test_person_with_an_app_is_asked_for_its_code(client, person):
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert client.get(ACCOUNT).status_code == 302


def test_demo_accounts_are_on_the_sign_in_page_in_demo_mode_only(client, settings):
    assert "demo_sign_ins" not in client.get(reverse("account_login")).context
    settings.DEMO_MODE = True
    context = client.get(reverse("account_login")).context
    assert context["demo_sign_ins"] == demo_sign_ins()
    assert context["demo_password"] == DEMO_PASSWORD


def test_there_is_a_demo_account_for_each_role():
    assert {one.role for one in demo_sign_ins()} == set(Role)


def _keep_alive() -> str:
    return reverse("officers:accounts:keep_alive")


_FETCH = {"headers": {"X-Requested-With": "fetch"}}
