"""Small charts as numbers for a template: the page holds the table beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 12, 30


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, and what it is."""

    x: float
    y: float
    width: float
    height: float
    label: str
    label_x: float
    is_marked: bool


@dataclass(frozen=True)
class Tick:
    """A line across the chart with the number it stands for."""

    y: float
    text: str


@dataclass(frozen=True)
class BarChart:
    """Bars with a line above or through them."""

    title: str
    bars: list[Bar]
    line: list[tuple[float, float, float]]
    ticks: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def bar_chart(
    title: str, rows: Sequence[tuple[str, float, float, bool]]
) -> BarChart | None:
    """Return bars of (label, bar, line, is marked); None where there is nothing.

    The line is drawn as a step over each bar: what the bar is compared with.
    """
    most = max((max(bar, line) for _, bar, line, _ in rows), default=0.0)
    if most <= 0:
        return None
    step = _step(most)
    top = math.ceil(most / step) * step
    room = HEIGHT - TOP - BOTTOM
    slot = (WIDTH - LEFT - RIGHT) / len(rows)

    def height_of(value: float) -> float:
        return round(value / top * room, 1)

    floor = HEIGHT - BOTTOM
    bars, line = [], []
    for at, (label, bar, compared, is_marked) in enumerate(rows):
        x = LEFT + at * slot
        tall = height_of(bar)
        bars.append(
            Bar(
                x=round(x + slot * 0.2, 1),
                y=round(floor - tall, 1),
                width=round(slot * 0.6, 1),
                height=tall,
                label=label,
                label_x=round(x + slot / 2, 1),
                is_marked=is_marked,
            )
        )
        y = round(floor - height_of(compared), 1)
        line.append((round(x + slot * 0.08, 1), round(x + slot * 0.92, 1), y))
    ticks = [
        Tick(round(floor - height_of(step * n), 1), f"{step * n:,.10g}")
        for n in range(round(top / step) + 1)
    ]
    return BarChart(title, bars, line, ticks)


def _step(most: float) -> float:
    """Return a round step that gives three to six lines."""
    rough = most / 4
    power = 10 ** math.floor(math.log10(rough))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= rough)
