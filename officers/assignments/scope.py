"""What part of the city a signed-in person may act on or see people in, today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from officers.directory.models import Officer
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward

from .selectors import patches_answered_by, wards_led_by

if TYPE_CHECKING:
    from officers.accounts.models import User


def officer_of(user: User) -> Officer | None:
    """Return the member of staff behind an account, if there is one."""
    return Officer.objects.filter(user=user).first()


def wards_run_by(user: User, on: dt.date | None = None) -> QuerySet[Ward]:
    """Wards where the person may assign, move homes, approve and send letters."""
    if user.has_permission(Permission.ALL_WARDS):
        return Ward.objects.all()
    officer = officer_of(user)
    if officer is None or not user.has_permission(Permission.ASSIGN_OFFICERS):
        return Ward.objects.none()
    return wards_led_by(officer, on or today())


def patches_run_by(user: User) -> QuerySet[Patch]:
    """Patches of the wards the person runs, whatever their dates."""
    return Patch.objects.filter(ward__in=wards_run_by(user))


def homes_with_visible_people(user: User) -> QuerySet[Property]:
    """Homes whose households the person may see by name today (rule 9).

    Everybody for a manager; a leader's wards, and homes of their wards' patches that
    lie across the ward's edge; an officer's own patches and those covered today.
    """
    if not user.has_permission(Permission.VIEW_HOUSEHOLDS):
        return Property.objects.none()
    if user.has_permission(Permission.VIEW_ALL_HOUSEHOLDS):
        return Property.objects.all()
    officer = officer_of(user)
    if officer is None:
        return Property.objects.none()
    day = today()
    mine = patches_answered_by(officer, day)
    in_patches = PatchMembership.objects.as_at(day).filter(patch__in=mine.values("pk"))
    homes = Q(pk__in=in_patches.values("property"))
    if user.has_permission(Permission.ASSIGN_OFFICERS):
        led = wards_led_by(officer, day).values("pk")
        across = PatchMembership.objects.as_at(day).filter(patch__ward__in=led)
        homes |= Q(ward__in=led) | Q(pk__in=across.values("property"))
    return Property.objects.filter(homes)
