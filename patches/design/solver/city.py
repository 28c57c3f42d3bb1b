"""Several areas at once: patches shared among them, and the city's figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .answer import WITHIN, Design
from .apportion import share_out
from .errors import ImpossibleDesign
from .problem import Area, Home, Options, Rules
from .units import loads_of


@dataclass(frozen=True, slots=True)
class CityMeasures:
    """Figures of all areas together.

    `within` counts patches near their own area's mean, `within_city` near the mean of
    the city: small areas cannot reach the latter whatever is drawn.
    """

    patches: int
    homes: int
    hours: float
    worst: float
    within: tuple[float, ...]
    worst_city: float
    within_city: tuple[float, ...]
    whole: float
    walk_metres: float
    moved_homes: int
    split_streets: int
    unplaced: int
    smallest_homes: int
    largest_homes: int


def make_areas(
    homes: Mapping[str, Sequence[Home]],
    options: Options,
    rules: Rules | None = None,
) -> list[Area]:
    """Return the areas to draw, each with its share of `options.patches`.

    In a review each area keeps as many patches as it has now, when `patches` is 0.
    Homes of two areas cannot be together, nor a patch of two kept: patches lie in one.
    """
    rules = rules or Rules()
    filled = {name: tuple(own) for name, own in homes.items() if own}
    if not filled:
        raise ImpossibleDesign("There are no homes to draw patches for.")
    at_home = _areas_of_patches(filled)
    given = _share(filled, options, at_home)
    area_of = {home.reference: name for name, own in filled.items() for home in own}
    _check_rules(rules, filled, area_of)
    areas = []
    for name, own in filled.items():
        present = {home.patch for home in own if home.patch}
        areas.append(
            Area(
                name=name,
                homes=own,
                options=replace(options, patches=given[name]),
                rules=_rules_of(name, rules, area_of, at_home),
                elsewhere=tuple(sorted(p for p in present if at_home[p] != name)),
            )
        )
    return areas


def measure_city(designs: Sequence[Design]) -> CityMeasures:
    """Return the figures of all areas together."""
    patches = [patch for drawn in designs for patch in drawn.patches]
    homes = sum(patch.homes for patch in patches)
    hours = sum(patch.hours for patch in patches)
    count = max(1, len(patches))
    mean = hours / count or 1.0
    gaps = [abs(patch.deviation) for patch in patches]
    city_gaps = [abs(patch.hours / mean - 1) for patch in patches]
    return CityMeasures(
        patches=len(patches),
        homes=homes,
        hours=hours,
        worst=max(gaps, default=0.0),
        within=_shares(gaps),
        worst_city=max(city_gaps, default=0.0),
        within_city=_shares(city_gaps),
        whole=sum(patch.is_whole for patch in patches) / count,
        walk_metres=sum(p.walk_metres * p.homes for p in patches) / max(1, homes),
        moved_homes=sum(drawn.measures.moved_homes for drawn in designs),
        split_streets=sum(len(drawn.measures.split_streets) for drawn in designs),
        unplaced=sum(len(drawn.unplaced) for drawn in designs),
        smallest_homes=min((patch.homes for patch in patches), default=0),
        largest_homes=max((patch.homes for patch in patches), default=0),
    )


def _shares(gaps: Sequence[float]) -> tuple[float, ...]:
    count = max(1, len(gaps))
    return tuple(sum(gap <= limit for gap in gaps) / count for limit in WITHIN)


def _areas_of_patches(homes: Mapping[str, Sequence[Home]]) -> dict[str, str]:
    """Return the area in which most homes of each present patch are."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for name, own in homes.items():
        for home in own:
            if home.patch:
                counted[home.patch][name] += 1
    return {
        patch: min(areas, key=lambda name: (-areas[name], name))
        for patch, areas in counted.items()
    }


def _share(
    homes: Mapping[str, Sequence[Home]], options: Options, at_home: Mapping[str, str]
) -> dict[str, int]:
    if options.patches == 0:
        present = Counter(at_home.values())
        return {name: max(1, present[name]) for name in homes}
    if options.patches < len(homes):
        asked = "1 patch" if options.patches == 1 else f"{options.patches} patches"
        raise ImpossibleDesign(
            f"{asked} cannot cover {len(homes)} ward team areas: "
            f"ask for at least {len(homes)}, or let a team cover several wards."
        )
    every = [home for own in homes.values() for home in own]
    loads = iter(loads_of(every, options.weight_strength))
    weight = {name: float(sum(next(loads) for _ in own)) for name, own in homes.items()}
    return share_out(weight, options.patches)


def _rules_of(
    name: str, rules: Rules, area_of: Mapping[str, str], at_home: Mapping[str, str]
) -> Rules:
    """Return the rules on homes of one area.

    Homes of two areas, or of none drawn here, are apart whatever is drawn.
    """
    return Rules(
        kept_patches=tuple(p for p in rules.kept_patches if at_home[p] == name),
        together=tuple(own for own in rules.together if area_of[own[0]] == name),
        apart=tuple(
            pair
            for pair in rules.apart
            if area_of.get(pair[0]) == name == area_of.get(pair[1])
        ),
        not_in=tuple(own for own in rules.not_in if area_of.get(own[0]) == name),
        barriers=rules.barriers,
        bridges=rules.bridges,
    )


def _check_rules(
    rules: Rules, homes: Mapping[str, Sequence[Home]], area_of: Mapping[str, str]
) -> None:
    """Refuse what no area can keep by itself."""
    for references in rules.together:
        areas = [area_of.get(reference, "") for reference in references]
        if "" in areas:
            raise ImpossibleDesign(
                f"Home {references[areas.index('')]} must be together with others but "
                "is not among the homes to draw patches for. Take it out of the rule, "
                "or draw its ward too."
            )
        if len(set(areas)) > 1:
            raise ImpossibleDesign(
                f"Homes {references[0]} and {references[-1]} must be together but are "
                "in different ward teams' areas. Draw the wards as one area."
            )
    for patch in rules.kept_patches:
        held = [n for n, own in homes.items() if any(h.patch == patch for h in own)]
        if not held:
            raise ImpossibleDesign(
                f"No home here is in patch {patch}, which is to be kept."
            )
        if len(held) > 1:
            raise ImpossibleDesign(
                f"Patch {patch} has homes in {held[0]} and in {held[1]}, so it cannot "
                "be kept as it is. Draw them as one area, or do not keep it."
            )
