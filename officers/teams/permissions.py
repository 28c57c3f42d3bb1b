"""Who may change teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission

if TYPE_CHECKING:
    from officers.accounts.models import User


def check_can_manage(user: User) -> None:
    """Service managers make and change teams."""
    if not user.has_permission(Permission.MANAGE_OFFICERS):
        raise PermissionDenied("Your role cannot change teams.")
