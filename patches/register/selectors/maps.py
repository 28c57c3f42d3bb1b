"""Patches and wards as GeoJSON for the maps: places only, nothing about people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shapely import MultiPoint, concave_hull, get_coordinates, set_coordinates
from shapely.geometry import mapping

from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward

from .homes import list_homes_of_patch

# About fifteen metres, so that an outline does not cut its outermost homes.
_MARGIN = 0.00015
# One degree of longitude is this much of one of latitude at British latitudes.
_NARROW = 0.6
_NO_PATCH_COLOUR = "#b10e1e"

Shapes = dict[str, Any]


def patch_shapes(patch: Patch, day: dt.date) -> Shapes:
    """Return a patch's ward, outline and homes on a day."""
    homes = list(list_homes_of_patch(patch, day).filter(longitude__isnull=False))
    features = [*_boundary(patch.ward, is_context=True), *_outline(patch, homes)]
    features += [_point(home, patch) for home in homes]
    return {"type": "FeatureCollection", "features": features}


def ward_shapes(ward: Ward, day: dt.date) -> Shapes:
    """Return a ward's boundary, its patches' outlines and homes, and homes in none."""
    patch_of: dict[int, int] = dict(
        PatchMembership.objects.as_at(day)
        .filter(property__ward=ward)
        .order_by()
        .values_list("property", "patch")
    )
    patches = Patch.objects.in_bulk(set(patch_of.values()))
    homes_of: dict[int, list[Property]] = {pk: [] for pk in sorted(patches)}
    points = []
    for home in Property.objects.managed_on(day).filter(
        ward=ward, longitude__isnull=False
    ):
        patch = patches.get(patch_of.get(home.pk, 0))
        if patch is not None:
            homes_of[patch.pk].append(home)
        points.append(_point(home, patch))
    outlines = [
        feature
        for pk, homes in homes_of.items()
        for feature in _outline(patches[pk], homes)
    ]
    return {
        "type": "FeatureCollection",
        "features": [*_boundary(ward), *outlines, *points],
    }


def _boundary(ward: Ward, *, is_context: bool = False) -> list[Shapes]:
    if not ward.boundary:
        return []
    return [
        {
            "type": "Feature",
            "geometry": ward.boundary,
            "properties": {
                "label": f"{ward} ward",
                "group": f"{ward} ward",
                "colour": "#767878",
                "context": is_context,
            },
        }
    ]


def _outline(patch: Patch, homes: list[Property]) -> list[Shapes]:
    points = [
        (home.longitude * _NARROW, home.latitude)
        for home in homes
        if home.longitude is not None and home.latitude is not None
    ]
    if not points:
        return []
    hull = concave_hull(MultiPoint(points), ratio=0.35).buffer(_MARGIN, quad_segs=2)
    hull = hull.simplify(_MARGIN / 3)
    wide = get_coordinates(hull)
    wide[:, 0] /= _NARROW
    return [
        {
            "type": "Feature",
            "geometry": mapping(set_coordinates(hull, wide.round(6))),
            "properties": {
                "label": str(patch),
                "group": str(patch),
                "url": patch.get_absolute_url(),
            },
        }
    ]


def _point(home: Property, patch: Patch | None) -> Shapes:
    group = (
        {"group": str(patch)}
        if patch
        else {"group": "No patch", "colour": _NO_PATCH_COLOUR}
    )
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [home.longitude, home.latitude]},
        "properties": {
            "label": home.first_line,
            "url": home.get_absolute_url(),
            **group,
        },
    }
