"""What a person may do with households they can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission

if TYPE_CHECKING:
    from officers.accounts.models import User


def can_view_households(user: User) -> bool:
    """Whether the person may see any household by name."""
    return user.has_permission(Permission.VIEW_HOUSEHOLDS)


def can_edit_households(user: User) -> bool:
    """Whether the person may change needs and marks, and read the reasons for them."""
    return user.has_permission(Permission.EDIT_HOUSEHOLDS)


def check_can_view_households(user: User) -> None:
    if not can_view_households(user):
        raise PermissionDenied("Your role cannot see households by name.")


def check_can_edit_households(user: User) -> None:
    check_can_view_households(user)
    if not can_edit_households(user):
        raise PermissionDenied("Your role cannot change households.")
