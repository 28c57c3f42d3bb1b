"""What is known of a design's homes before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from patches.design.models import PatchDesign
from patches.properties.models import Property
from patches.properties.querysets import PropertyQuerySet
from patches.register.models import PatchMembership

from .ground import list_patches_outside

_NO_COORDINATES = Q(easting__isnull=True) | Q(easting=0) | Q(northing=0)


@dataclass(frozen=True)
class DesignChecks:
    """What to look at before drawing. `outside` are patches reaching out of the wards:
    code, the ward outside, and the homes there."""

    home_count: int
    patch_count: int
    no_patch_count: int
    no_coordinates_count: int
    outside: list[tuple[str, str, int]]

    @property
    def can_draw(self) -> bool:
        return self.home_count > 0 and not self.outside

    @property
    def outside_wards(self) -> list[str]:
        return sorted({ward for _, ward, _ in self.outside})


def check_design(design: PatchDesign) -> DesignChecks:
    """Return what is known of a design's homes; a few queries."""
    ward_ids = list(design.wards.values_list("pk", flat=True))
    memberships = PatchMembership.objects.of_managed_homes(design.homes_on).filter(
        property__ward__in=ward_ids
    )
    patch_ids = list(memberships.order_by().values_list("patch", flat=True).distinct())
    home_count = list_homes_of(design).count()
    return DesignChecks(
        home_count=home_count,
        patch_count=len(patch_ids),
        no_patch_count=home_count - memberships.count(),
        no_coordinates_count=list_homes_without_coordinates(design).count(),
        outside=list_patches_outside(design, ward_ids, patch_ids),
    )


def list_homes_of(design: PatchDesign) -> PropertyQuerySet:
    """Return the homes a design would be drawn with now."""
    return Property.objects.managed_on(design.homes_on).filter(
        ward__in=design.wards.values("pk")
    )


def list_homes_without_coordinates(design: PatchDesign) -> PropertyQuerySet:
    """Return the homes with no place of their own, in walking order.

    They join their block, else their postcode, else their street; what is left over is
    in no patch.
    """
    return list_homes_of(design).filter(_NO_COORDINATES).in_walking_order()
