"""Alternatives as maps: places only, nothing about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.core.cache import cache
from django.db.models import Count, Max
from shapely.geometry import mapping

from housingplus.common.counting import plural
from patches.design.models import (
    AlternativeKind,
    DesignAlternative,
    DesignArea,
    DesignPatch,
    DesignUnit,
)
from patches.design.shapes import colours_of, outlines
from patches.properties.coordinates import longitudes_and_latitudes

from .alternatives import list_homes, moving

Shapes = dict[str, Any]
_GREY = "#767878"
_KEPT_SECONDS = 3_600


@dataclass(frozen=True)
class Board:
    """Units of an alternative as columns: where they are, and the patch of each.

    `part` are places in `patches`, -1 for none.
    """

    keys: list[int]
    names: list[str]
    homes: list[int]
    xs: list[float]
    ys: list[float]
    part: list[int]
    patches: list[DesignPatch]

    def colours(self) -> dict[int, str]:
        return colours_of(self.xs, self.ys, self.part)

    def outlines(self, **options: float) -> dict[int, shapely.Geometry]:
        return outlines(self.xs, self.ys, self.part, **options)


def read_board(alternative: DesignAlternative, area: DesignArea | None = None) -> Board:
    """Return an alternative's units and patches, of one area or all; three queries."""
    patches = alternative.patches.select_related("area").order_by("area", "code")
    placements = alternative.placements.order_by()
    units = DesignUnit.objects.filter(area__design=alternative.design_id)
    if area is not None:
        patches = patches.filter(area=area)
        placements = placements.filter(unit__area=area)
        units = units.filter(area=area)
    found = list(patches)
    for patch in found:
        patch.alternative = alternative
    place = {patch.pk: index for index, patch in enumerate(found)}
    placed = dict(placements.values_list("unit", "patch"))
    rows = units.order_by("area", "number").values_list(
        "pk", "name", "home_count", "easting", "northing"
    )
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    return Board(
        keys=list(columns[0]),
        names=list(columns[1]),
        homes=list(columns[2]),
        xs=list(columns[3]),
        ys=list(columns[4]),
        part=[place.get(placed.get(pk, 0), -1) for pk in columns[0]],
        patches=found,
    )


def alternative_shapes(alternative: DesignAlternative) -> Shapes:
    """Return the patches of an alternative as cells."""
    return kept(alternative, "patches", lambda: _alternative_shapes(alternative))


def _alternative_shapes(alternative: DesignAlternative) -> Shapes:
    board = read_board(alternative)
    colours = board.colours()
    return _collection(
        {
            "type": "Feature",
            "geometry": _on_earth(shape),
            "properties": {
                "label": patch_label(board.patches[index]),
                "colour": colours[index],
                "url": board.patches[index].get_absolute_url(),
            },
        }
        for index, shape in board.outlines().items()
    )


def change_shapes(alternative: DesignAlternative) -> Shapes:
    """Return what an alternative changes: streets and blocks that change patch."""
    return kept(alternative, "changes", lambda: _change_shapes(alternative))


def _change_shapes(alternative: DesignAlternative) -> Shapes:
    board = read_board(alternative)
    colours = board.colours()
    features = [
        {
            "type": "Feature",
            "geometry": _on_earth(shape),
            "properties": {
                "label": patch_label(board.patches[index]),
                "colour": _GREY,
                "url": board.patches[index].get_absolute_url(),
                "context": True,
            },
        }
        for index, shape in board.outlines().items()
    ]
    moved = _moved_units(alternative)
    rows = [row for row, pk in enumerate(board.keys) if pk in moved]
    spots = longitudes_and_latitudes(
        [board.xs[row] for row in rows], [board.ys[row] for row in rows]
    )
    for row, spot in zip(rows, spots, strict=True):
        if spot is not None:
            count, now = moved[board.keys[row]]
            features.append(_moved_point(board, row, spot, count, now, colours))
    return _collection(features)


def _moved_units(alternative: DesignAlternative) -> dict[int, tuple[int, str]]:
    """Return units with homes that change patch: how many, and the patch they leave."""
    if alternative.kind == AlternativeKind.AS_NOW:
        return {}
    rows = (
        list_homes(alternative)
        .filter(moving(), unit__isnull=False)
        .order_by()
        .values_list("unit")
        .annotate(homes=Count("pk"), now=Max("patch__code"))
    )
    return {unit: (homes, now) for unit, homes, now in rows}


def _moved_point(
    board: Board,
    row: int,
    spot: tuple[float, float],
    count: int,
    now: str,
    colours: dict[int, str],
) -> Shapes:
    at = board.part[row]
    then = board.patches[at].code if at >= 0 else "no patch"
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(v, 5) for v in spot]},
        "properties": {
            "label": f"{board.names[row]}: {plural(count, 'home')} "
            f"from {now} to {then}",
            "colour": colours.get(at, _GREY),
        },
    }


def patch_shapes(patch: DesignPatch) -> Shapes:
    """Return one drawn patch: its outline, and its streets and blocks."""
    board = read_board(patch.alternative)
    index = next(i for i, own in enumerate(board.patches) if own.pk == patch.pk)
    rows = [row for row, at in enumerate(board.part) if at == index]
    shape = board.outlines().get(index)
    features = []
    if shape is not None:
        label = patch_label(patch)
        features.append(
            {
                "type": "Feature",
                "geometry": _on_earth(shape),
                "properties": {"label": label, "group": label},
            }
        )
    points = _unit_points(board, rows)
    features += [_with(point, group="Streets and blocks") for point in points]
    return _collection(features)


def places_to_move(alternative: DesignAlternative, area: DesignArea) -> Shapes:
    """Return an area's patches as cells, and its streets and blocks to pick."""
    board = read_board(alternative, area)
    colours = board.colours()
    features = [
        {
            "type": "Feature",
            "geometry": _on_earth(shape),
            "properties": {
                "label": patch_label(board.patches[index]),
                "colour": colours[index],
            },
        }
        for index, shape in board.outlines().items()
    ]
    row_of = {pk: row for row, pk in enumerate(board.keys)}
    for point in _unit_points(board, range(len(board.keys))):
        pk = point["properties"]["pick"]
        at = board.part[row_of[pk]]
        code = board.patches[at].code if at >= 0 else "no patch"
        label = f"{point['properties']['label']}, in {code}"
        features.append(_with(point, label=label, colour=colours.get(at, _GREY)))
    return _collection(features)


def _unit_points(board: Board, rows: Sequence[int]) -> list[Shapes]:
    """Return streets and blocks as points; `pick` is the key of each."""
    spots = longitudes_and_latitudes(
        [board.xs[row] for row in rows], [board.ys[row] for row in rows]
    )
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(spot)},
            "properties": {
                "label": f"{board.names[row]}: {plural(board.homes[row], 'home')}",
                "pick": board.keys[row],
            },
        }
        for row, spot in zip(rows, spots, strict=True)
        if spot is not None
    ]


def _with(feature: Shapes, **properties: str) -> Shapes:
    return feature | {"properties": feature["properties"] | properties}


def patch_label(patch: DesignPatch) -> str:
    """Return a drawn patch in a few words, as the map says it."""
    kind = "" if patch.continues_id else ", new"
    return f"{patch}{kind}: {patch.home_count} homes, {patch.deviation * 100:+.1f} %"


def _collection(features: Any) -> Shapes:
    return {"type": "FeatureCollection", "features": list(features)}


def _on_earth(shape: shapely.Geometry) -> Shapes:
    """Return a shape of National Grid metres in longitude and latitude."""
    corners = shapely.get_coordinates(shape)
    spots = longitudes_and_latitudes(corners[:, 0].tolist(), corners[:, 1].tolist())
    degrees = np.array([spot or (0.0, 0.0) for spot in spots]).round(5)
    return mapping(shapely.set_coordinates(shape, degrees))


def kept(alternative: DesignAlternative, what: str, make: Any) -> Shapes:
    """Return a map from the cache while nobody has moved homes in the alternative.

    `what` tells maps of one alternative apart; `make` makes it from plain values.
    """
    stamp = f"{alternative.design.token}:{alternative.pk}:{alternative.version}"
    key = f"design-map:{what}:{stamp}"
    found: Shapes | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, _KEPT_SECONDS)
    return found
