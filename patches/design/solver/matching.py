"""Which drawn patch goes on as which present one: as many homes staying as can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from .ground import Ground


def aligned(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return a map with its patches numbered as the present ones they keep most of."""
    stay = np.array(ground.stay, np.int64)
    shared = np.zeros((ground.patches, ground.patches), np.int64)
    np.add.at(shared, np.asarray(part), stay)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    number = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    return [number[patch] for patch in part]
