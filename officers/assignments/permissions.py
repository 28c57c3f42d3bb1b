"""Who may change who answers for a patch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission

if TYPE_CHECKING:
    from officers.accounts.models import User


def check_can_assign(user: User) -> None:
    """Ward team leaders and managers assign; where, `patches_run_by` says."""
    if not user.has_permission(Permission.ASSIGN_OFFICERS):
        raise PermissionDenied("Your role cannot assign officers to patches.")
