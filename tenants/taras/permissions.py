"""What a person may do with an association."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission
from officers.assignments.scope import wards_run_by

from .models import Tara

if TYPE_CHECKING:
    from officers.accounts.models import User


def can_manage_taras(user: User) -> bool:
    """Whether the person may add associations in wards they run."""
    return user.has_permission(Permission.MANAGE_TARAS)


def can_manage(user: User, tara: Tara) -> bool:
    """Whether the person may change this association: one of the wards they run."""
    return (
        can_manage_taras(user) and wards_run_by(user).filter(pk=tara.ward_id).exists()
    )


def can_work_with(user: User, tara: Tara) -> bool:
    """Whether the person may see the committee and record contacts."""
    return Tara.objects.worked_with_by(user).filter(pk=tara.pk).exists()


def check_can_manage_taras(user: User) -> None:
    if not can_manage_taras(user):
        raise PermissionDenied("Your role cannot add or change TARAs.")


def check_can_manage(user: User, tara: Tara) -> None:
    if not can_manage(user, tara):
        raise PermissionDenied("You cannot change TARAs of this ward.")


def check_can_work_with(user: User, tara: Tara) -> None:
    if not can_work_with(user, tara):
        raise PermissionDenied("You do not work with this TARA.")
