"""Who may add, change and end officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission
from officers.teams.models import TeamLeadership, TeamMembership

from .models import Officer

if TYPE_CHECKING:
    from officers.accounts.models import User


def check_can_manage(user: User) -> None:
    """Service managers add and change officers."""
    if not user.has_permission(Permission.MANAGE_OFFICERS):
        raise PermissionDenied("Your role cannot add or change officers.")


def is_own_officer(user: User, officer: Officer) -> bool:
    """Whether the officer is in a team the person leads today, or they manage all."""
    if user.has_permission(Permission.MANAGE_OFFICERS):
        return True
    if not user.has_permission(Permission.ASSIGN_OFFICERS):
        return False
    led = TeamLeadership.objects.current().filter(officer__user=user)
    mine = TeamMembership.objects.current().filter(officer=officer)
    return mine.filter(team__in=led.values("team")).exists()


def can_see_signature(user: User, officer: Officer) -> bool:
    """A signature is seen by its owner and by those who approve letters."""
    return officer.user_id == user.pk or user.has_permission(Permission.APPROVE_LETTERS)
