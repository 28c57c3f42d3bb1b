"""Keeping rivers, railways and main roads for designs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from housingplus.audit.services import record
from housingplus.common.locking import lock
from patches.design.barriers import Barriers
from patches.design.errors import DesignRefused
from patches.design.models import BarrierSet

if TYPE_CHECKING:
    from officers.accounts.models import User


def create_barrier_set(*, name: str, barriers: Barriers, by: User) -> BarrierSet:
    """Keep the barriers of a file under a name; the same again is the one there is."""
    name = " ".join(name.split())
    lines = [[list(spot) for spot in line] for line in barriers.lines]
    bridges = [list(spot) for spot in barriers.bridges]
    try:
        with transaction.atomic():
            made = BarrierSet.objects.create(
                name=name, lines=lines, bridges=bridges, uploaded_by=by
            )
            record("barriers.uploaded", subject=made, by=by, summary=name)
            return made
    except IntegrityError as error:
        there = BarrierSet.objects.filter(name=name).first()
        if there is None:
            raise
        if (there.lines, there.bridges, there.uploaded_by) == (lines, bridges, by):
            return there
        raise DesignRefused(
            f"There are barriers called {name} already. Choose another name.",
            field="name",
        ) from error


@transaction.atomic
def set_barriers_archived(
    *, barrier_set: BarrierSet, is_archived: bool, by: User
) -> BarrierSet:
    """Offer barriers to new designs no more, or again; designs that have them stay."""
    barrier_set = lock(BarrierSet.objects.filter(pk=barrier_set.pk)).get()
    if barrier_set.is_archived == is_archived:
        return barrier_set
    barrier_set.is_archived = is_archived
    barrier_set.save(update_fields=["is_archived"])
    verb = "barriers.archived" if is_archived else "barriers.restored"
    record(verb, subject=barrier_set, by=by, summary=barrier_set.name)
    return barrier_set
