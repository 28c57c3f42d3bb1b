"""Reads of associations and their committees."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from housingplus.common.dates import today
from housingplus.common.models import DatedQuerySet
from housingplus.common.permissions import Permission

if TYPE_CHECKING:
    from officers.accounts.models import User


class TaraQuerySet(models.QuerySet):
    """Associations. Everybody may see that one exists; fewer who is on it."""

    def visible_to(self, user: User) -> Self:
        """Associations the person may read of: what is public about them."""
        if not user.has_permission(Permission.VIEW_TARAS):
            return self.none()
        return self.all()

    def worked_with_by(self, user: User) -> Self:
        """Associations whose committee and contacts the person may read and add to.

        Those of the wards they run, of the patches they answer for today, and those
        where they are named as lead or liaison officer.
        """
        from officers.assignments.scope import officer_of, wards_run_by

        from .selectors import list_taras_for_officer

        if not user.has_permission(Permission.RECORD_TARA_CONTACT):
            return self.none()
        if user.has_permission(Permission.ALL_WARDS):
            return self.all()
        mine = Q(ward__in=wards_run_by(user).values("pk"))
        officer = officer_of(user)
        if officer is not None:
            mine |= Q(pk__in=list_taras_for_officer(officer).order_by().values("pk"))
        return self.filter(mine)

    def open_on(self, day: dt.date) -> Self:
        """Associations that have not closed."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def with_last_contact(self, day: dt.date | None = None) -> Self:
        """Annotate `last_contact_on`: the latest meeting or contact up to `day`."""
        from .models import TaraContact

        latest = (
            TaraContact.objects.filter(tara=OuterRef("pk"), on__lte=day or today())
            .order_by("-on")
            .values("on")
        )
        return self.annotate(last_contact_on=Subquery(latest[:1]))

    def for_list(self) -> Self:
        """Annotate how many streets, blocks and patches each speaks for."""
        from .models import TaraBlock, TaraPatch, TaraStreet

        return self.select_related("ward").annotate(
            street_count=_count_of(TaraStreet),
            block_count=_count_of(TaraBlock),
            patch_count=_count_of(TaraPatch),
        )


class CommitteeQuerySet(DatedQuerySet):
    """People on committees; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Committees of the associations the person works with."""
        from .models import Tara

        return self.filter(tara__in=Tara.objects.worked_with_by(user).values("pk"))


class ContactQuerySet(models.QuerySet):
    """Meetings and contacts; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Contacts with the associations the person works with."""
        from .models import Tara

        return self.filter(tara__in=Tara.objects.worked_with_by(user).values("pk"))


def _count_of(model: type[models.Model]) -> Coalesce:
    rows = model._default_manager.filter(tara=OuterRef("pk")).order_by()
    return Coalesce(
        Subquery(rows.values("tara").annotate(total=Count("pk")).values("total")), 0
    )
