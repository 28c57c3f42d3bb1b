"""Signing out after a while without activity, and second factors some roles need."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone

from .models import User

SIGNED_IN_AT = "signed_in_at"
ACTIVE_AT = "active_at"
# Noting activity costs a write, so it is done once a minute at most.
NOTED_EVERY_SECONDS = 60
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]

GetResponse = Callable[[HttpRequest], HttpResponse]


class IdleTimeoutMiddleware:
    """Ends a session left alone too long, or older than a working day.

    The clock is the server's: a browser that never runs the warning script is signed
    out all the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if _has_timed_out(request, now):
                logout(request)
                return _sign_in_again(request)
            _note_activity(request, now)
        return self.get_response(request)


class RequiredMFAMiddleware:
    """Keeps people whose role needs a second factor on its set-up pages until then."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if needs_second_factor(request.user) and not _is_open_without(request.path):
            return redirect("officers:accounts:second_factor")
        return self.get_response(request)


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether the person's role requires a second factor they have not set up."""
    return (
        user.is_authenticated
        and user.role in settings.MFA_REQUIRED_ROLES
        and not is_mfa_enabled(user, types=SECOND_FACTORS)
    )


def _has_timed_out(request: HttpRequest, now: int) -> bool:
    signed_in_at = request.session.get(SIGNED_IN_AT, now)
    active_at = request.session.get(ACTIVE_AT, now)
    allowed = settings.IDLE_TIMEOUT_MINUTES * 60 + NOTED_EVERY_SECONDS
    return (
        now - active_at > allowed
        or now - signed_in_at > settings.SESSION_ABSOLUTE_HOURS * 3600
    )


def _note_activity(request: HttpRequest, now: int) -> None:
    request.session.setdefault(SIGNED_IN_AT, now)
    if now - request.session.get(ACTIVE_AT, 0) < NOTED_EVERY_SECONDS:
        return
    request.session[ACTIVE_AT] = now
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now()
    )


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """Send the person to sign in and back; htmx reloads the page it is on instead."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    query = {"timed_out": "1"}
    if request.method == "GET":
        query["next"] = request.get_full_path()
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}")


def _is_open_without(path: str) -> bool:
    set_up = (
        reverse("mfa_index"),
        reverse("account_reauthenticate"),
        reverse("account_logout"),
        reverse("officers:accounts:second_factor"),
        reverse("officers:accounts:keep_alive"),
        settings.STATIC_URL,
    )
    return path.startswith(set_up)
