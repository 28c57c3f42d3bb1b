"""What a design was drawn on as it is to be kept: plain values of areas and units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .drawn import WorkByType, Yardstick
from .selectors.frozen import keep_rules, keep_yardstick
from .selectors.ground import GroundArea
from .solver.graph import LinkKind
from .solver.problem import Area
from .solver.setup import Setup
from .solver.strays import find_estates
from .solver.units import DECI, Unit


@dataclass(frozen=True)
class FrozenUnit:
    """A unit as it is kept."""

    name: str
    home_count: int
    hours: float
    easting: float
    northing: float
    is_kept: bool
    work: WorkByType


@dataclass(frozen=True)
class FrozenArea:
    """An area as it is kept: its units, the unit of each home, what needs an eye."""

    ground: GroundArea
    units: tuple[FrozenUnit, ...]
    unit_of: tuple[int, ...]
    report: dict[str, Any]


def freeze_area(
    ground: GroundArea,
    setup: Setup,
    unit_work: Sequence[WorkByType],
    *,
    yardstick: Yardstick,
    patch_ids: Mapping[str, int],
    barriers_id: int | None,
) -> FrozenArea:
    """Return an area as it is to be kept."""
    homes, units = setup.area.homes, setup.units
    return FrozenArea(
        ground=ground,
        units=tuple(
            _unit(unit, sum(homes[index].hours for index in unit.homes), work)
            for unit, work in zip(units.units, unit_work, strict=True)
        ),
        unit_of=units.unit_of,
        report={
            "unplaced": _keys(units.unplaced),
            "placed_by_postcode": _keys(units.placed_by_postcode),
            "placed_by_street": _keys(units.placed_by_street),
            "strays": _keys(units.strays),
            "joined": _joins(setup),
            "estates": [str(estate) for estate in find_estates(setup)],
            "elsewhere": _patch_keys(setup.area, patch_ids),
            "rules": keep_rules(setup.area.rules, patch_ids, barriers_id),
            "yardstick": keep_yardstick(yardstick),
        },
    )


def _unit(unit: Unit, hours: float, work: WorkByType) -> FrozenUnit:
    return FrozenUnit(
        name=unit.name[:200],
        home_count=unit.home_count,
        hours=hours,
        easting=unit.x / DECI,
        northing=unit.y / DECI,
        is_kept=bool(unit.kept),
        work=work,
    )


def _keys(references: Iterable[str]) -> list[int]:
    return [int(reference) for reference in references]


def _patch_keys(area: Area, patch_ids: Mapping[str, int]) -> list[int]:
    return [patch_ids[code] for code in area.elsewhere]


def _joins(setup: Setup) -> list[dict[str, Any]]:
    """Return links nobody may be able to walk, drawn to join separate parts."""
    links, units = setup.links, setup.units.units
    columns = zip(
        links.a.tolist(),
        links.b.tolist(),
        links.length.tolist(),
        links.kind.tolist(),
        strict=True,
    )
    return [
        {"from": units[a].name, "to": units[b].name, "metres": round(length / DECI)}
        for a, b, length, kind in columns
        if kind == LinkKind.JOINING
    ]
