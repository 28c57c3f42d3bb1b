"""Small whole designs, drawn without the solver: to decide on, publish and review."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from housingplus.common.dates import today
from officers.accounts.models import User
from officers.accounts.roles import Role
from patches.models import (
    AlternativeKind,
    DesignAlternative,
    DesignArea,
    DesignHome,
    DesignPatch,
    DesignPatchWork,
    DesignPlacement,
    DesignStatus,
    DesignUnit,
    Patch,
    PatchDesign,
    Property,
    Ward,
    WorkType,
)
from tests.factories.officers import UserFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

from .ground import DesignAreaFactory, DesignPatchFactory, DesignUnitFactory
from .publication import publish
from .rows import (
    AssumptionSetFactory,
    DesignAlternativeFactory,
    PatchDesignFactory,
    WorkRateFactory,
    WorkTypeFactory,
)
from .statuses import set_status

EAST, NORTH, STEP = 402_000, 437_000, 60


@dataclass(frozen=True)
class DrawnDesign:
    """A design and what it was drawn on; units and homes run from west to east."""

    design: PatchDesign
    ward: Ward
    area: DesignArea
    present: list[Patch]
    units: list[DesignUnit]
    homes: list[Property]
    as_now: DesignAlternative
    alternative: DesignAlternative
    drawn: list[DesignPatch]
    work_type: WorkType

    def homes_of(self, patch: DesignPatch) -> list[Property]:
        """The homes the design puts in one of its drawn patches."""
        return list(
            Property.objects.filter(design_homes__unit__placements__patch=patch)
        )


def make_drawn_design(
    *,
    patches: int = 2,
    homes: int = 4,
    homes_in_unit: int = 2,
    moved: int = 1,
    new: int = 0,
    status: DesignStatus = DesignStatus.DRAFT,
    starts_on: dt.date | None = None,
    ward: Ward | None = None,
    author: User | None = None,
    **fields,
) -> DrawnDesign:
    """Return a drawn design of one area: as now, and one other alternative.

    There are `patches` present patches side by side, of `homes` homes each, in streets
    of `homes_in_unit`. The alternative moves the last `moved` streets of the first
    patch to the second, and draws the last `new` patches as new ones: the present ones
    do not go on. Scheduled designs are published too, from `starts_on` (today, unless
    told otherwise): patches, memberships and what is kept of the publication.
    """
    author = author or UserFactory(role=Role.SERVICE_MANAGER)
    ward = ward or WardFactory()
    work_type = WorkTypeFactory()
    assumptions = fields.pop("assumptions", None) or AssumptionSetFactory()
    if not assumptions.rates.exists():
        WorkRateFactory(assumptions=assumptions, work_type=work_type)
    design = PatchDesignFactory(
        assumptions=assumptions,
        created_by=author,
        wards=[ward],
        **{"homes_on": today(), "drawn_at": timezone.now(), **fields},
    )
    area = DesignAreaFactory(
        design=design, number=0, name=ward.name, ward_ids=[ward.pk]
    )
    present = [PatchFactory(ward=ward) for _ in range(patches)]
    units, own, part = _ground(area, present, homes, homes_in_unit)
    as_now = _alternative(area, present, units, part, part, AlternativeKind.AS_NOW, 1)
    wanted = list(part)
    for index in [i for i, number in enumerate(part) if number == 0][-moved:]:
        wanted[index] = 1 if moved and patches > 1 else 0
    alternative = _alternative(
        area, present, units, wanted, part, AlternativeKind.BEST_BALANCE, 2, new=new
    )
    drawn = list(alternative.patches.order_by("number"))
    for row in [*as_now.patches.all(), *drawn]:
        _work(row, work_type)
    made = DrawnDesign(
        design=design,
        ward=ward,
        area=area,
        present=present,
        units=units,
        homes=own,
        as_now=as_now,
        alternative=alternative,
        drawn=drawn,
        work_type=work_type,
    )
    set_status(design, status, chosen=alternative, starts_on=starts_on, by=author)
    if status == DesignStatus.SCHEDULED:
        publish(design, drawn, present)
    return made


def _ground(
    area: DesignArea, present: Sequence[Patch], homes: int, homes_in_unit: int
) -> tuple[list[DesignUnit], list[Property], list[int]]:
    """Make streets of homes from west to east; also the present patch of each."""
    units: list[DesignUnit] = []
    own: list[Property] = []
    part: list[int] = []
    for number, patch in enumerate(present):
        for first in range(0, homes, homes_in_unit):
            count = min(homes_in_unit, homes - first)
            place = {"easting": EAST + STEP * len(units), "northing": NORTH}
            street = f"Elm Road {len(units) + 1}"
            postcode = f"ZK{1 + len(units) // 100} {len(units) % 100 // 10 + 1}AA"
            unit = DesignUnitFactory(
                area=area,
                number=len(units),
                name=f"{street}, {postcode}",
                home_count=count,
                hours=float(count),
                **place,
            )
            for _ in range(count):
                home = PropertyFactory(
                    ward=patch.ward, street=street, postcode=postcode, **place
                )
                PatchMembershipFactory(patch=patch, property=home)
                DesignHome.objects.create(
                    design=area.design,
                    property=home,
                    area=area,
                    unit=unit,
                    patch=patch,
                    hours=1.0,
                    postcode=postcode,
                    street=street,
                    **place,
                )
                own.append(home)
            units.append(unit)
            part.append(number)
    return units, own, part


def _alternative(
    area: DesignArea,
    present: Sequence[Patch],
    units: Sequence[DesignUnit],
    part: Sequence[int],
    part_now: Sequence[int],
    kind: AlternativeKind,
    number: int,
    new: int = 0,
) -> DesignAlternative:
    counted: Counter[int] = Counter()
    moved: Counter[int] = Counter()
    came: dict[int, Counter[str]] = defaultdict(Counter)
    kept = len(present) - new
    for unit, to, now in zip(units, part, part_now, strict=True):
        counted[to] += unit.home_count
        came[to][str(present[now].pk)] += unit.home_count
        moved[to] += unit.home_count * (to != now or to >= kept)
    mean = sum(counted.values()) / len(present)
    alternative = DesignAlternativeFactory(
        design=area.design,
        number=number,
        kind=kind,
        score=float(number == 1),
        measures=_measures(area, [counted[i] for i in range(len(present))], moved),
    )
    drawn = [
        DesignPatchFactory(
            alternative=alternative,
            area=area,
            number=index,
            code=patch.code if index < kept else f"N{alternative.pk}-{index}",
            name=patch.name,
            continues=patch if index < kept else None,
            ward=patch.ward,
            home_count=counted[index],
            moved_count=moved[index],
            came_from=dict(came[index]),
            hours=float(counted[index]),
            deviation=counted[index] / mean - 1,
            band_min=max(1, round(mean) - 2),
            band_max=round(mean) + 2,
        )
        for index, patch in enumerate(present)
    ]
    DesignPlacement.objects.bulk_create(
        DesignPlacement(alternative=alternative, unit=unit, patch=drawn[to])
        for unit, to in zip(units, part, strict=True)
    )
    return alternative


def _measures(area: DesignArea, sizes: Sequence[int], moved: Counter[int]) -> dict:
    mean = sum(sizes) / len(sizes)
    gaps = [abs(size / mean - 1) for size in sizes]
    within = [sum(gap <= limit for gap in gaps) / len(gaps) for limit in (0.02, 0.05)]
    within.append(sum(gap <= 0.1 for gap in gaps) / len(gaps))
    figures = {
        "patches": len(sizes),
        "homes": sum(sizes),
        "hours": float(sum(sizes)),
        "worst": max(gaps),
        "within": within,
        "worst_city": max(gaps),
        "within_city": within,
        "whole": 1.0,
        "walk_metres": 200.0,
        "moved_homes": moved.total(),
        "split_streets": 0,
        "unplaced": 0,
        "smallest_homes": min(sizes),
        "largest_homes": max(sizes),
    }
    own = {"mean": mean, "none": 0, "split_streets": []}
    return figures | {"areas": {area.name: figures | own}}


def _work(patch: DesignPatch, work_type: WorkType) -> None:
    """Two half-hours a year for each home, as the rate of `WorkRateFactory` says."""
    DesignPatchWork.objects.create(
        patch=patch,
        work_type=work_type,
        per_year=2.0 * patch.home_count,
        officer_hours=patch.home_count / 12,
    )
