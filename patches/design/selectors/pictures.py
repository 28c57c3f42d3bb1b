"""Alternatives as pictures for paper: patches as outlines with their codes."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import shapely

from patches.design.models import DesignAlternative

from .maps import kept, read_board

# Pictures are so many units wide; the page scales them.
WIDTH = 400.0
# With more patches than these, codes would cover the map.
MOST_NAMED = 60


@dataclass(frozen=True)
class PictureShape:
    """A patch: the path of its outline, and where its code stands."""

    code: str
    path: str
    colour: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """An alternative as an SVG picture `width` by `height`."""

    width: float
    height: float
    shapes: tuple[PictureShape, ...]

    @property
    def view_box(self) -> str:
        """The part of the plane to show, for SVG."""
        return f"-2 -2 {self.width + 4:.0f} {self.height + 4:.0f}"

    @property
    def is_named(self) -> bool:
        return len(self.shapes) <= MOST_NAMED

    @property
    def in_words(self) -> str:
        """The patches by name, for those who do not see the map."""
        codes = [shape.code for shape in self.shapes[:MOST_NAMED]]
        more = len(self.shapes) - len(codes)
        rest = f" and {more} more" if more else ""
        return f"{', '.join(codes)}{rest}." if codes else "No patch."


def picture_of(alternative: DesignAlternative) -> Picture:
    """Return an alternative as a picture; from the cache while it is as it was."""
    found = kept(alternative, "picture", lambda: asdict(_draw(alternative)))
    shapes = tuple(PictureShape(**shape) for shape in found["shapes"])
    return Picture(found["width"], found["height"], shapes)


def _draw(alternative: DesignAlternative) -> Picture:
    board = read_board(alternative)
    outlines = board.outlines()
    if not outlines:
        return Picture(WIDTH, 1.0, ())
    colours = board.colours()
    left, bottom, right, top = shapely.total_bounds(np.array(list(outlines.values())))
    scale = WIDTH / max(1.0, right - left, top - bottom)

    def spot(x: float, y: float) -> tuple[float, float]:
        return round((x - left) * scale, 1), round((top - y) * scale, 1)

    def path(shape: shapely.Geometry) -> str:
        rings = [
            ring
            for polygon in shapely.get_parts(shape)
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        return "".join(
            "M{}Z".format("L".join("{} {}".format(*spot(x, y)) for x, y in own))
            for own in (ring.coords[:-1] for ring in rings)
        )

    shapes = []
    for index, shape in outlines.items():
        x, y = spot(*_middle(shape))
        shapes.append(
            PictureShape(
                code=board.patches[index].code,
                path=path(shape),
                colour=colours[index],
                x=round(x),
                y=round(y),
            )
        )
    width, height = (right - left) * scale, (top - bottom) * scale
    return Picture(max(1.0, width), max(1.0, height), tuple(shapes))


def _middle(shape: shapely.Geometry) -> tuple[float, float]:
    """Return where there is most room for a code."""
    widest = max(shapely.get_parts(shape), key=lambda part: part.area)
    x, y = shapely.maximum_inscribed_circle(widest, tolerance=20.0).coords[0]
    return float(x), float(y)
