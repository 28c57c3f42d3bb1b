"""Who could lead each drawn patch, so that most homes keep their officer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment


def propose_leads(
    homes: Mapping[int, Counter[int | None]],
    area_of: Mapping[int, Hashable],
    officers: Sequence[int],
    led: Mapping[int, int],
    chosen: Mapping[int, int | None],
) -> dict[int, int | None]:
    """Return an officer for each drawn patch, None where nobody is left for it.

    `homes` are those of each patch by the officer who leads on them now, `area_of` is
    its area, `led` how many patches each officer leads now: nobody is proposed for
    more. `chosen` stands as it is. Of all such proposals this one keeps most homes
    with their officer; equal ones are told apart by the order of `officers`. An officer
    no patch of the area takes homes from gets none of its patches.
    """
    leads = {patch: chosen[patch] for patch in homes if patch in chosen}
    open_patches = [patch for patch in homes if patch not in chosen]
    taken = Counter(officer for officer in leads.values() if officer is not None)
    slots = [
        officer
        for officer in officers
        for _ in range(max(0, led.get(officer, 0) - taken[officer]))
    ]
    leads |= dict.fromkeys(open_patches)
    if not slots or not open_patches:
        return leads
    worth = _worth(open_patches, slots, homes, area_of)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if worth[row, column] > 0:
            leads[open_patches[row]] = slots[column]
    return leads


def _worth(
    patches: Sequence[int],
    slots: Sequence[int],
    homes: Mapping[int, Counter[int | None]],
    area_of: Mapping[int, Hashable],
) -> np.ndarray:
    """Return how much is gained by each officer leading each patch; 0 is no gain.

    A home kept counts more than being of the area, and that more than the order.
    """
    places: dict[int, set[Hashable]] = {}
    for patch, counted in homes.items():
        for officer in counted:
            if officer is not None:
                places.setdefault(officer, set()).add(area_of[patch])
    step = len(slots) * len(patches) + 1
    worth = np.zeros((len(patches), len(slots)))
    for row, patch in enumerate(patches):
        for column, officer in enumerate(slots):
            if area_of[patch] in places.get(officer, ()):
                kept = homes[patch][officer]
                first = len(slots) - column
                worth[row, column] = (kept * step + 1) * step + first
    return worth
