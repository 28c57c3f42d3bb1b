"""The work of one ward, patch, block or home, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from patches.design.models import AssumptionSet
from patches.design.workload.bands import band_for
from patches.design.workload.expected import ExpectedWork, WorkPart
from patches.design.workload.staffing import Post
from patches.properties.models import Block, Property
from patches.register.models import Patch, PatchMembership
from patches.register.selectors import list_homes_of_patch
from patches.wards.models import Ward

from .staffing import post_of
from .workload import expected_work

# A ward's heaviest blocks; the block's own page has the others.
_MOST_BLOCKS = 10


@dataclass(frozen=True, slots=True)
class HomeWork:
    """A home with its officer hours a month, and its place among the others."""

    property_id: int
    hours: float
    rank: int


@dataclass(frozen=True)
class PlaceWork:
    """The work of several homes together: hours of the homes alone, and by kind."""

    found: ExpectedWork
    post: Post
    homes: int
    hours: float
    parts: list[WorkPart]
    ranked: list[HomeWork]

    @property
    def per_home(self) -> float:
        return self.hours / self.homes if self.homes else 0.0

    @property
    def mean_hours(self) -> float:
        """Officer hours a month of the average home of all that were read."""
        return self.found.mean_hours

    @property
    def hours_in_all(self) -> float:
        """The hours of the homes and of the patch itself."""
        return sum(part.officer_hours for part in self.parts)

    @property
    def back_office_hours(self) -> float:
        return sum(part.back_office_hours for part in self.parts)

    @property
    def needed(self) -> float | None:
        """Full-time officers the homes need."""
        return self.post.officers_for(self.hours)


@dataclass(frozen=True)
class PatchSum:
    """A patch of a ward: its homes, their hours, and the band their work gives."""

    patch: Patch
    homes: int
    hours: float
    band: tuple[int, int]

    @property
    def per_home(self) -> float:
        return self.hours / self.homes if self.homes else 0.0


@dataclass(frozen=True)
class BlockSum:
    """A block of a ward: its homes and their hours."""

    block: Block
    homes: int
    hours: float

    @property
    def per_home(self) -> float:
        return self.hours / self.homes if self.homes else 0.0


@dataclass(frozen=True)
class WardWork(PlaceWork):
    """A ward with its patches and its heaviest blocks."""

    patches: list[PatchSum]
    blocks: list[BlockSum]
    unplaced: int


@dataclass(frozen=True)
class PatchWork(PlaceWork):
    """A patch with the band its homes' work gives."""

    band: tuple[int, int]


def work_of_patch(assumptions: AssumptionSet, patch: Patch, on: dt.date) -> PatchWork:
    """Return the work of a patch's homes on a day, and of the patch itself."""
    homes = list_homes_of_patch(patch, on).order_by().values_list("pk", flat=True)
    found = expected_work(assumptions, on=on)
    of_patch = _of(assumptions, found, list(homes))
    return PatchWork(
        **vars(of_patch),
        band=_band(assumptions, found, of_patch.homes, of_patch.hours),
    )


def work_of_block(assumptions: AssumptionSet, block: Block, on: dt.date) -> PlaceWork:
    """Return the work of a block's homes on a day."""
    homes = Property.objects.managed_on(on).filter(block=block).order_by()
    placed = dict(homes.values_list("pk", "ward_id"))
    found = expected_work(
        assumptions, on=on, ward_ids={block.ward_id, *placed.values()}
    )
    return _of(assumptions, found, placed, patches=0)


@dataclass(frozen=True)
class OneHome:
    """The work of one home, with the average of its ward to compare with."""

    hours: float
    parts: list[WorkPart]
    ward_mean: float

    @property
    def back_office_hours(self) -> float:
        return sum(part.back_office_hours for part in self.parts)


def work_of_home(
    assumptions: AssumptionSet, home: Property, on: dt.date
) -> OneHome | None:
    """Return the work of a home; None where it is not under management that day."""
    found = expected_work(assumptions, on=on, ward_ids=[home.ward_id])
    if home.pk not in found.hours:
        return None
    return OneHome(found.hours[home.pk], found.parts(home.pk), found.mean_hours)


def work_of_ward(assumptions: AssumptionSet, ward: Ward, on: dt.date) -> WardWork:
    """Return the work of a ward's homes on a day, by patch and by block as well.

    A patch that carries the ward counts with all its homes, wherever they lie.
    """
    patches = list(
        Patch.objects.as_at(on)
        .filter(ward=ward)
        .with_home_count(on)
        .with_band_state(on)
        .order_by("code")
    )
    placed = PatchMembership.objects.of_managed_homes(on).order_by()
    patch_of = dict(
        placed.filter(patch__in=patches).values_list("property_id", "patch_id")
    )
    found = expected_work(assumptions, on=on)
    own: dict[int, int | None] = dict(
        Property.objects.managed_on(on)
        .filter(ward=ward)
        .order_by()
        .values_list("pk", "block_id")
    )
    of_ward = _of(assumptions, found, own, patches=len(patches))
    return WardWork(
        **vars(of_ward),
        patches=_patch_sums(assumptions, found, patches, patch_of),
        blocks=_block_sums(found, own),
        unplaced=of_ward.homes - placed.filter(property__ward=ward).count(),
    )


def _patch_sums(
    assumptions: AssumptionSet,
    found: ExpectedWork,
    patches: list[Patch],
    patch_of: dict[int, int],
) -> list[PatchSum]:
    homes: dict[int, int] = {}
    hours: dict[int, float] = {}
    for home, patch in patch_of.items():
        homes[patch] = homes.get(patch, 0) + 1
        hours[patch] = hours.get(patch, 0.0) + found.hours.get(home, 0.0)
    return [
        PatchSum(
            patch=patch,
            homes=homes.get(patch.pk, 0),
            hours=hours.get(patch.pk, 0.0),
            band=_band(
                assumptions, found, homes.get(patch.pk, 0), hours.get(patch.pk, 0.0)
            ),
        )
        for patch in patches
    ]


def _band(
    assumptions: AssumptionSet, found: ExpectedWork, homes: int, hours: float
) -> tuple[int, int]:
    """Return the band homes' work gives, beside that of the city's average homes."""
    return band_for(
        mean_hours=found.mean_hours,
        own_hours=hours,
        own_homes=homes,
        band_min=assumptions.band_min,
        band_max=assumptions.band_max,
    )


def _block_sums(found: ExpectedWork, block_of: dict[int, int | None]) -> list[BlockSum]:
    homes: dict[int, int] = {}
    hours: dict[int, float] = {}
    for home, block in block_of.items():
        if block is not None:
            homes[block] = homes.get(block, 0) + 1
            hours[block] = hours.get(block, 0.0) + found.hours[home]
    heaviest = sorted(hours, key=lambda pk: (-hours[pk], pk))[:_MOST_BLOCKS]
    rows = Block.objects.in_bulk(heaviest)
    return [BlockSum(rows[pk], homes[pk], hours[pk]) for pk in heaviest]


def _of(
    assumptions: AssumptionSet,
    found: ExpectedWork,
    property_ids: Collection[int],
    patches: int = 1,
) -> PlaceWork:
    ranked = sorted(
        ((found.hours.get(pk, 0.0), pk) for pk in property_ids),
        key=lambda row: (-row[0], row[1]),
    )
    return PlaceWork(
        found=found,
        post=post_of(assumptions, found),
        homes=len(ranked),
        hours=sum(hours for hours, _ in ranked),
        parts=found.total(property_ids, patches),
        ranked=[
            HomeWork(pk, hours, rank) for rank, (hours, pk) in enumerate(ranked, 1)
        ],
    )
