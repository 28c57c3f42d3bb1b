"""Signing in, and a person's own account."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.views import LoginView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from . import selectors, services
from .demo import DEMO_PASSWORD, demo_sign_ins
from .middleware import needs_second_factor
from .roles import PERMISSIONS


class SignIn(LoginView):
    """The sign-in page; in demo mode it lists the demo city's accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["timed_out"] = "timed_out" in self.request.GET
        context["idle_timeout_minutes"] = settings.IDLE_TIMEOUT_MINUTES
        if settings.DEMO_MODE:
            context |= {
                "demo_sign_ins": demo_sign_ins(),
                "demo_password": DEMO_PASSWORD,
            }
        return context


@login_not_required
def closed(request: HttpRequest, key: str = "") -> NoReturn:
    """Nobody signs up or changes their address here: administrators make accounts."""
    raise Http404


@require_GET
def account_detail(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "officers/accounts/detail.html",
        {
            "permissions": sorted(PERMISSIONS.get(request.user.role, ())),
            "second_factors": selectors.list_second_factors(request.user),
            "is_second_factor_required": (
                request.user.role in settings.MFA_REQUIRED_ROLES
            ),
        },
    )


@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    key = request.session.session_key
    return render(
        request,
        "officers/accounts/sessions.html",
        {"sessions": selectors.list_sessions(request.user, key)},
    )


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    services.end_session(session=session, by=request.user)
    messages.success(request, "That browser is signed out.")
    return redirect("officers:accounts:sessions")


@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """Say that the person is still there; the middleware notes it."""
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, "You are still signed in.")
    return redirect("home")


@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why nothing else opens yet, and how to set up a second factor."""
    if not needs_second_factor(request.user):
        return redirect("officers:accounts:detail")
    return render(request, "officers/accounts/second_factor.html")
