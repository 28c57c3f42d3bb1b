"""Who may send a ward's notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.common.permissions import Permission
from officers.assignments.scope import wards_run_by

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward


def can_send(user: User, ward: Ward) -> bool:
    """Whether the person may send notices of this ward: one of those they run."""
    return (
        user.has_permission(Permission.SEND_NOTICES)
        and wards_run_by(user).filter(pk=ward.pk).exists()
    )
