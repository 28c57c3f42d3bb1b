"""First maps: a priced network Voronoi from several sets of cores."""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

from .contiguity import make_whole
from .ground import Ground

Ints = NDArray[np.int64]

ROUNDS = 4
STEPS = 28
FASTER, SLOWER = 1.25, 0.5


def first_maps(
    ground: Ground, starts: int, random: Random, pool: int = 1
) -> list[list[int]]:
    """Return nearly balanced maps, every patch in one part.

    They are the most promising of `pool` times as many.
    """
    if ground.patches == 1:
        return [[0] * ground.count]
    cores = np.array([spread_cores(ground, random) for _ in range(starts * pool)])
    parts = _priced(ground, cores)
    for _ in range(ROUNDS - 1):
        centred = np.array(
            [_centred(ground, *pair) for pair in zip(parts, cores, strict=True)]
        )
        if np.array_equal(centred, cores):
            break
        cores = centred
        parts = _priced(ground, cores)
    maps = [make_whole(ground, part.tolist()) for part in parts]
    maps.sort(key=lambda part: _promise(ground, part))
    return maps[:starts]


def _centred(ground: Ground, part: Ints, cores: Ints) -> list[int]:
    """Return the middle of each cell; an empty cell keeps its core."""
    return [
        ground.middle(own) if own else int(core)
        for own, core in zip(ground.members(part), cores, strict=True)
    ]


def _promise(ground: Ground, part: list[int]) -> float:
    """Return a map's walking, more where its loads are uneven."""
    uneven = sum(abs(load - ground.target) for load in ground.loads(part))
    walked = ground.walking(part, ground.middles(part))
    return walked * (1 + 0.5 * uneven / max(1, ground.target) / ground.patches)


def spread_cores(ground: Ground, random: Random) -> list[int]:
    """Draw cores far from each other, likelier where there is work (k-means++)."""
    load = np.maximum(ground.load, 1)
    first = _drawn(load, random)
    cores = [first]
    near = ground.distance[first].astype(np.int64)
    while len(cores) < ground.patches:
        gap = near // 10 + 1
        gap[cores] = 0
        tried = [_drawn(gap * gap * load, random) for _ in range(3)]
        left = [int((np.minimum(near, ground.distance[c]) * load).sum()) for c in tried]
        best = tried[left.index(min(left))]
        cores.append(best)
        near = np.minimum(near, ground.distance[best])
    return cores


def _drawn(weights: Ints, random: Random) -> int:
    running = np.cumsum(weights.astype(float))
    place = random.random() * float(running[-1])
    found = int(np.searchsorted(running, place, side="right"))
    return min(found, len(running) - 1)


def _priced(ground: Ground, cores: Ints) -> Ints:
    """Return the most even map of each start while prices move.

    A piece goes to the core with the least distance less price. Whole numbers keep
    ties exact, so that a cell holds every shortest path to its core.
    """
    starts, patches = cores.shape
    away = ground.distance[cores].astype(np.int64)
    shift = (np.arange(starts) * patches)[:, None]
    weight = np.tile(ground.load.astype(float), starts)
    prices = np.zeros((starts, patches))
    near = np.sort(away, axis=1)[:, :2]
    step = np.maximum(1.0, 0.3 * np.median(near[:, 1] - near[:, 0], axis=1))
    steps = np.repeat(step[:, None], patches, axis=1)
    before = np.zeros((starts, patches))
    best: Ints = np.zeros((starts, ground.count), np.int64)
    best_gap = np.full(starts, np.inf)
    for _ in range(STEPS):
        cost = away - np.rint(prices).astype(np.int64)[:, :, None]
        part = cost.argmin(axis=1)
        loads = np.bincount(
            (part + shift).ravel(), weights=weight, minlength=starts * patches
        ).reshape(starts, patches)
        short = ground.target - loads
        gap = (short * short).sum(axis=1)
        better = gap < best_gap
        best[better] = part[better]
        best_gap[better] = gap[better]
        sign = np.sign(short)
        steps = np.where(sign * before >= 0, steps * FASTER, steps * SLOWER)
        small = np.minimum(1.0, np.abs(short) * 4 / max(1, ground.target))
        prices += sign * steps * small
        before = sign
    return best
