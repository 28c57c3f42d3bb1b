"""What cannot be drawn, refused with the reason and what would make it possible."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from .errors import ImpossibleDesign
from .problem import Area
from .units import MILLI, Units


def check_homes(area: Area) -> None:
    if not area.homes:
        raise ImpossibleDesign(f"{area.name} has no homes.")
    counted = Counter(home.reference for home in area.homes)
    reference, times = counted.most_common(1)[0]
    if times > 1:
        raise ImpossibleDesign(f"Home {reference} is listed {times} times.")
    if not 0 <= area.options.weight_strength <= 1:
        raise ImpossibleDesign("The weight strength must be from 0 to 1.")
    if not 0 < area.options.tolerance < 1:
        raise ImpossibleDesign("The tolerance must be between 0 and 100 %.")
    if area.options.continuity < 0:
        raise ImpossibleDesign("What a change of patch costs cannot be less than 0.")
    below = next((h for h in area.homes if not 0 <= h.hours < 1_000_000), None)
    if below is not None:
        raise ImpossibleDesign(
            f"Home {below.reference} has {below.hours} hours a month; give nought or "
            "more."
        )


def check_patches(
    area: Area, kept: tuple[str, ...], units: Units, free_count: int
) -> None:
    wanted = area.options.patches
    if wanted < 1:
        raise ImpossibleDesign("Ask for at least one patch.")
    present = {name for unit in units.units for name, _ in unit.present}
    unknown = [name for name in kept if name not in present]
    if unknown:
        raise ImpossibleDesign(
            f"Patch {unknown[0]} is to be kept, but no home of {area.name} on the map "
            "is in it."
        )
    if len(kept) > wanted or (free_count and len(kept) == wanted):
        raise ImpossibleDesign(
            f"{len(kept)} patches are kept of {wanted}, which leaves none for the "
            f"other homes of {area.name}. Keep fewer or ask for more patches."
        )
    if not free_count and wanted > len(kept):
        raise ImpossibleDesign(
            f"All homes of {area.name} are in kept patches: ask for {len(kept)} "
            "patches or keep fewer."
        )


def check_reach(area: Area, units: Units, mean: int, target: int, drawn: int) -> None:
    """Kept patches must leave loads for the others that can be in the tolerance."""
    gap = target / mean - 1
    if not drawn or not area.rules.kept_patches:
        return
    if abs(gap) <= area.options.tolerance:
        return
    loads: defaultdict[str, int] = defaultdict(int)
    for unit in units.units:
        loads[unit.kept] += unit.load
    free, total = loads.pop(""), sum(unit.load for unit in units.units)
    kept = sorted(loads, key=lambda name: (loads[name], name))
    side, cause = ("over", kept[0]) if gap > 0 else ("under", kept[-1])
    count = _reaching(area, len(kept), free / max(1, total))
    between = ", " if count else ", or "
    raise ImpossibleDesign(
        f"The kept patches leave {target / MILLI:,.1f} hours a month for each other "
        f"patch of {area.name}, {abs(gap) * 100:.1f} % {side} the mean of "
        f"{mean / MILLI:,.1f}, and {area.options.tolerance * 100:g} % is allowed. Do "
        f"not keep {cause}{between}allow {math.ceil(abs(gap) * 1000) / 10:g} %"
        + (f", or ask for {_patches(count)}." if count else ".")
    )


def _patches(count: int) -> str:
    return "1 patch" if count == 1 else f"{count:,} patches"


def _reaching(area: Area, kept: int, free: float) -> int:
    """Return the number of patches nearest to that asked for that could do; or 0."""
    wanted = area.options.patches
    for count in sorted(range(kept + 1, 2 * wanted), key=lambda n: abs(n - wanted)):
        if abs(free * count / (count - kept) - 1) <= area.options.tolerance:
            return count
    return 0
