"""How many patches each area gets, so that loads are as even as possible."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heapreplace


def share_out(loads: Mapping[str, float], patches: int) -> dict[str, int]:
    """Share patches among areas, at least one each (Huntington and Hill's method).

    The next patch goes where it evens the loads most. Needs a patch for each area.
    """
    if patches < len(loads):
        raise ValueError("fewer patches than areas")
    given = dict.fromkeys(loads, 1)
    queue = [(-(load**2) / 2, name) for name, load in sorted(loads.items())]
    heapify(queue)
    for _ in range(patches - len(loads)):
        _, name = queue[0]
        given[name] += 1
        count = given[name]
        heapreplace(queue, (-(loads[name] ** 2) / (count * (count + 1)), name))
    return given
