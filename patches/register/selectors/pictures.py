"""A ward's patches as a picture for paper: grounds in colour with their codes."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from html import escape

import shapely

from patches.design.shapes import colours_of, outlines
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward

WIDTH = 400.0
_DEGREE_IN_METRES = 111_320.0


@dataclass(frozen=True)
class WardPicture:
    """A picture as SVG, and what it shows in words."""

    svg: str
    in_words: str
    height_per_width: float


def ward_picture(ward: Ward, day: dt.date) -> WardPicture | None:
    """Return the patches with homes in a ward on a day; None without coordinates."""
    rows = (
        PatchMembership.objects.of_managed_homes(day)
        .filter(property__ward=ward, property__longitude__isnull=False)
        .filter(property__latitude__isnull=False)
        .values_list("property__longitude", "property__latitude", "patch")
        .order_by("property__longitude", "property__latitude", "patch")
        .distinct()
    )
    spots = [_metres(x or 0.0, y or 0.0) for x, y, _ in rows]
    parts = [patch_id for _, _, patch_id in rows]
    if not spots:
        return None
    codes = dict(
        Patch.objects.filter(pk__in=set(parts)).order_by().values_list("pk", "code")
    )
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    colours = colours_of(xs, ys, parts)
    shapes = outlines(xs, ys, parts)
    grounds = [
        (codes[pk], shapes[pk], colours[pk])
        for pk in sorted(shapes, key=lambda own: codes[own])
    ]
    return _drawn(grounds, ward)


def _metres(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a spot in metres, true enough within a ward."""
    narrow = math.cos(math.radians(round(latitude, 1)))
    return longitude * _DEGREE_IN_METRES * narrow, latitude * _DEGREE_IN_METRES


def _drawn(shapes: list[tuple[str, shapely.Geometry, str]], ward: Ward) -> WardPicture:
    whole = shapely.union_all([shape for _, shape, _ in shapes])
    left, bottom, right, top = whole.bounds
    scale = WIDTH / max(1.0, right - left, top - bottom)

    def spot(x: float, y: float) -> str:
        return f"{(x - left) * scale:.1f} {(top - y) * scale:.1f}"

    def path(shape: shapely.Geometry) -> str:
        rings = [
            ring
            for polygon in shapely.get_parts(shape)
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        return "".join(
            f"M{'L'.join(spot(x, y) for x, y in ring.coords[:-1])}Z" for ring in rings
        )

    grounds, names = [], []
    for code, shape, colour in shapes:
        grounds.append(
            f'<path d="{path(shape)}" fill="{colour}" fill-opacity="0.2"'
            f' fill-rule="evenodd" stroke="{colour}" stroke-width="1.5"/>'
        )
        x, y = spot(*_middle(shape)).split()
        words = f'x="{x}" y="{y}" dy="4" text-anchor="middle"'
        names.append(
            f'<text {words} stroke="#fff" stroke-width="3">{escape(code)}</text>'
            f"<text {words}>{escape(code)}</text>"
        )
    width, height = (right - left) * scale, (top - bottom) * scale
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="-4 -4 {width + 8:.0f} {height + 8:.0f}">'
        f'{"".join(grounds)}<g font-family="Noto Sans" font-size="11"'
        f' font-weight="bold" fill="#0b0c0c">{"".join(names)}</g></svg>'
    )
    said = ", ".join(code for code, _, _ in shapes)
    return WardPicture(
        svg=svg,
        in_words=f"Map of the patches of {ward}: {said}. Streets are in the table.",
        height_per_width=round((height + 8) / (width + 8), 3),
    )


def _middle(shape: shapely.Geometry) -> tuple[float, float]:
    """Return where there is most room for a code."""
    widest = max(shapely.get_parts(shape), key=lambda part: part.area)
    x, y = shapely.maximum_inscribed_circle(widest, tolerance=20.0).coords[0]
    return float(x), float(y)
