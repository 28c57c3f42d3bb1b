"""Reading accounts."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from .middleware import SECOND_FACTORS
from .models import User
from .presenters import browser_name


@dataclass(frozen=True)
class SignedIn:
    """One browser a person is signed in with."""

    session: UserSession
    browser: str
    is_current: bool


def list_sessions(user: User, current_key: str | None) -> list[SignedIn]:
    """Return where a person is signed in, this browser first, then latest used."""
    sessions = [
        SignedIn(session, browser_name(session.user_agent), _is(session, current_key))
        for session in UserSession.objects.purge_and_list(user)
    ]
    return sorted(
        sessions,
        key=lambda one: (not one.is_current, -one.session.created_at.timestamp()),
    )


def list_second_factors(user: User) -> list[Authenticator]:
    """Return the authenticator app and passkeys a person has set up."""
    return list(
        Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).order_by("pk")
    )


def _is(session: UserSession, key: str | None) -> bool:
    return session.session_key == key
