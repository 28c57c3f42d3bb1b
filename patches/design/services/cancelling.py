"""Taking a publication back before its day, as if it had never been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from housingplus.audit.services import record, record_many
from housingplus.common.dates import day_before, long_date
from housingplus.common.locking import lock
from patches.design.errors import DesignRefused
from patches.design.models import (
    DesignMove,
    DesignReview,
    PatchDesign,
    PatchSuccession,
    PublishedChange,
    PublishedPatch,
)
from patches.properties.models import Property
from patches.register.models import Patch, PatchBand, PatchMove
from patches.register.services import close_patch, withdraw_band
from patches.register.services.groups import take_back_moves

from .publishing import reason_of

if TYPE_CHECKING:
    from officers.accounts.models import User


def lock_published(design: PatchDesign) -> None:
    """Lock the patches and homes a publication touched, in the order of publishing."""
    flows = PatchSuccession.objects.filter(design=design).order_by()
    ids = {
        pk
        for pair in flows.values_list("from_patch", "to_patch")
        for pk in pair
        if pk is not None
    }
    published = PublishedPatch.objects.filter(design=design).order_by()
    ids |= set(published.values_list("patch", flat=True))
    list(lock(Patch.objects.filter(pk__in=ids)).values_list("pk"))
    moved = Property.objects.filter(moves__move__design_move__design=design)
    list(lock(Property.objects.filter(pk__in=moved.values("pk"))).values_list("pk"))


def take_back_patches(design: PatchDesign, *, by: User | None) -> None:
    """Send the homes back, remove the patches that opened, reopen those that closed.

    In the caller's transaction, after the leads are taken back; refused with the reason
    where something was built on the publication since.
    """
    assert design.starts_on is not None  # noqa: S101
    moves = list(PatchMove.objects.filter(design_move__design=design))
    published = list(
        PublishedPatch.objects.filter(design=design).select_related("patch")
    )
    DesignMove.objects.filter(design=design).delete()
    take_back_moves(moves, by=by)
    PatchSuccession.objects.filter(design=design).delete()
    PublishedPatch.objects.filter(design=design).delete()
    DesignReview.objects.filter(design=design).delete()
    for row in published:
        if row.change == PublishedChange.CLOSED:
            _reopen(row.patch, design, by)
        if row.change == PublishedChange.KEPT:
            _give_back_band(row.patch, design, by)
    _remove(
        [row.patch for row in published if row.change == PublishedChange.OPENED], by
    )
    _give_back_older(design, by)


def _reopen(patch: Patch, design: PatchDesign, by: User | None) -> None:
    assert design.starts_on is not None  # noqa: S101
    if patch.ends_on is None:
        return
    if patch.ends_on != day_before(design.starts_on):
        raise DesignRefused(
            f"The last day of {patch} was changed to {long_date(patch.ends_on)} since. "
            "Put it back first."
        )
    close_patch(patch=patch, version=patch.version, ends_on=None, by=by)


def _give_back_band(patch: Patch, design: PatchDesign, by: User | None) -> None:
    assert design.starts_on is not None  # noqa: S101
    for band in PatchBand.objects.filter(patch=patch, starts_on=design.starts_on):
        if band.reason.startswith(reason_of(design)):
            withdraw_band(band=band, by=by)


def _remove(patches: list[Patch], by: User | None) -> None:
    """Take away patches that have not been in force, if nothing speaks of them."""
    ids = [patch.pk for patch in patches]
    for relation in Patch._meta.related_objects:
        rows = relation.related_model._base_manager.filter(
            Q(**{f"{relation.field.name}__in": ids})
        )
        if count := rows.count():
            meta = relation.related_model._meta
            what = meta.verbose_name if count == 1 else meta.verbose_name_plural
            raise DesignRefused(
                f"The new patches are named in {count:,} {what} since, so the "
                "publication cannot be cancelled. Take those back first."
            )
    record_many("patch.removed", subjects=patches, by=by, summary="Plan cancelled")
    Patch.objects.filter(pk__in=ids).delete()


def _give_back_older(design: PatchDesign, by: User | None) -> None:
    """Let the designs it would have superseded hold on."""
    for older in PatchDesign.objects.filter(superseded_by=design).order_by("pk"):
        older.superseded_on = None
        older.superseded_by = None
        older.version += 1
        older.save(update_fields=["superseded_on", "superseded_by", "version"])
        record(
            "patch design.not superseded",
            subject=older,
            by=by,
            summary=f"“{design}” was cancelled",
            changes={"superseded_by": [design.pk, None]},
        )
