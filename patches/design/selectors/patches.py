"""Reads of one drawn patch: its work, its homes by street."""

from __future__ import annotations

from dataclasses import dataclass, field

from patches.design.models import DesignHome, DesignPatch, DesignPatchWork

from .alternatives import list_homes


@dataclass
class DrawnStreet:
    """Homes of one street in a drawn patch, in walking order."""

    key: str
    name: str
    homes: list[DesignHome] = field(default_factory=list)

    @property
    def hours(self) -> float:
        return sum(home.hours for home in self.homes)


def list_streets_of(patch: DesignPatch) -> list[DrawnStreet]:
    """Return a drawn patch's homes by street, in walking order; one query."""
    streets: list[DrawnStreet] = []
    homes = (
        list_homes(patch.alternative)
        .filter(drawn_patch_id=patch.pk)
        .order_by("property__street_key", "property__walk_key", "property")
    )
    for home in homes:
        key = home.property.street_key
        if not streets or streets[-1].key != key:
            streets.append(DrawnStreet(key, home.property.street))
        streets[-1].homes.append(home)
    return streets


def list_work_of(patch: DesignPatch) -> list[DesignPatchWork]:
    """Return a drawn patch's work by kind, most hours first; one query."""
    return list(
        patch.work.select_related("work_type").order_by(
            "-officer_hours", "work_type__order", "work_type__name"
        )
    )
