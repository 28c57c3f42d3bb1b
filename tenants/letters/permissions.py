"""Who may do what with letters. Where a run lies decides, not who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission
from officers.assignments.scope import wards_run_by

from .models import LetterRun

if TYPE_CHECKING:
    from officers.accounts.models import User


def check_can_change(user: User, run: LetterRun) -> None:
    """Compose again, cancel: whoever prepares letters for the run's wards."""
    _check(user, Permission.WRITE_LETTERS)
    if not (lies_in_wards_of(user, run) or run.created_by_id == user.pk):
        raise PermissionDenied("Part of this run lies outside your wards.")


def check_can_approve(user: User, run: LetterRun) -> None:
    """Approve, produce, post: a leader a run wholly in own wards, a manager any."""
    _check(user, Permission.APPROVE_LETTERS)
    if not lies_in_wards_of(user, run):
        raise PermissionDenied("Part of this run lies outside your wards.")


def check_can_see_people(user: User, run: LetterRun) -> None:
    """See names and addresses of a run: only inside the person's own wards."""
    _check(user, Permission.VIEW_HOUSEHOLDS)
    if not lies_in_wards_of(user, run):
        raise PermissionDenied("Part of this run lies outside your wards.")


def can_read_marks(user: User, run: LetterRun | None = None) -> bool:
    """Be told why households are not written to: whoever may change it, of own homes.

    Everybody else is told "Not written to".
    """
    if not user.has_permission(Permission.EDIT_HOUSEHOLDS):
        return False
    return run is None or can_see_people(user, run)


def check_can_record_returns(user: User) -> None:
    """Record and check letters that came back: whoever looks after households.

    Which letters is decided by `LetterQuerySet.visible_to`: an officer's own homes.
    """
    if not can_record_returns(user):
        raise PermissionDenied("Your role cannot record letters that came back.")


def can_record_returns(user: User) -> bool:
    return user.has_permission(Permission.VIEW_LETTERS) and (
        user.has_permission(Permission.WRITE_LETTERS)
        or user.has_permission(Permission.EDIT_HOUSEHOLDS)
    )


def can_approve(user: User, run: LetterRun) -> bool:
    return _can(check_can_approve, user, run)


def can_change(user: User, run: LetterRun) -> bool:
    return _can(check_can_change, user, run)


def can_see_people(user: User, run: LetterRun) -> bool:
    return _can(check_can_see_people, user, run)


def lies_in_wards_of(user: User, run: LetterRun) -> bool:
    """Whether every home of the run lies in a ward the person runs."""
    if user.has_permission(Permission.ALL_WARDS):
        return True
    wards = set(run.wards.values_list("pk", flat=True))
    return bool(wards) and wards <= set(wards_run_by(user).values_list("pk", flat=True))


def _check(user: User, permission: Permission) -> None:
    if not user.has_permission(permission):
        raise PermissionDenied(f"Your role cannot {permission}.")


def _can(check, user: User, run: LetterRun) -> bool:  # type: ignore[no-untyped-def]
    try:
        check(user, run)
    except PermissionDenied:
        return False
    return True
