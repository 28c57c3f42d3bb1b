"""What notices tell associations: which speak for homes of a ward, and who answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from officers.notices.presenters.printed import AreaNotice
from officers.notices.selectors.changes import changes_between
from officers.who_answers.presenters import patch_line
from officers.who_answers.selectors import list_patches_of_homes
from patches.register.models import PatchMembership

from .models import Tara, TaraBlock, TaraPatch, TaraStreet
from .selectors import homes_of_tara

if TYPE_CHECKING:
    from patches.wards.models import Ward


def list_taras_in_ward(ward: Ward, day: dt.date) -> QuerySet[Tara]:
    """Return the open associations of a ward, and those that speak for homes in it."""
    homes = PatchMembership.objects.of_managed_homes(day).filter(property__ward=ward)
    patch_ids = set(homes.order_by().values_list("patch", flat=True))
    streets = TaraStreet.objects.filter(ward=ward)
    blocks = TaraBlock.objects.filter(block__ward=ward)
    patches = TaraPatch.objects.filter(patch__in=patch_ids)
    return (
        Tara.objects.open_on(day)
        .filter(
            Q(ward=ward)
            | Q(pk__in=streets.order_by().values("tara"))
            | Q(pk__in=blocks.order_by().values("tara"))
            | Q(pk__in=patches.order_by().values("tara"))
        )
        .order_by("name")
    )


def area_notice(tara: Tara, since: dt.date, day: dt.date) -> AreaNotice:
    """Return what one association is told of the homes it speaks for."""
    homes = homes_of_tara(tara, day)
    return AreaNotice(
        name=tara.name,
        lines=[patch_line(row) for row in list_patches_of_homes(homes, day)],
        changes=changes_between(homes, tara.ward, since, day),
    )
