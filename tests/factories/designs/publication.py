"""What publishing leaves behind, written row by row, without the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from housingplus.common.dates import day_before
from patches.models import (
    DesignPatch,
    Patch,
    PatchDesign,
    PatchMembership,
    PatchSuccession,
    Property,
    PublishedChange,
    PublishedPatch,
)


def publish(
    design: PatchDesign, drawn: Sequence[DesignPatch], present: Sequence[Patch]
) -> None:
    """Open, keep and close patches from the design's day, and move the homes."""
    assert design.starts_on is not None
    gone: Counter[tuple[int, int]] = Counter()
    for row in drawn:
        patch = row.continues or Patch.objects.create(
            code=row.code,
            name=row.name,
            ward=row.ward,
            band_min=row.band_min,
            band_max=row.band_max,
            starts_on=design.starts_on,
        )
        PublishedPatch.objects.create(
            design=design,
            patch=patch,
            design_patch=row,
            change=PublishedChange.KEPT if row.continues else PublishedChange.OPENED,
        )
        for home in Property.objects.filter(design_homes__unit__placements__patch=row):
            before = home.memberships.get(ends_on__isnull=True)
            gone[before.patch_id, patch.pk] += 1
            if before.patch_id != patch.pk:
                before.ends_on = day_before(design.starts_on)
                before.save()
                PatchMembership.objects.create(
                    property=home, patch=patch, starts_on=design.starts_on
                )
    for patch in present:
        if not any(row.continues_id == patch.pk for row in drawn):
            patch.ends_on = day_before(design.starts_on)
            patch.save()
            PublishedPatch.objects.create(
                design=design, patch=patch, change=PublishedChange.CLOSED
            )
    PatchSuccession.objects.bulk_create(
        PatchSuccession(design=design, from_patch_id=old, to_patch_id=new, home_count=n)
        for (old, new), n in gone.items()
    )
