"""Drawing the patches of an area: starts, polish, exact repair, the best kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from .answer import Design
from .contiguity import are_whole
from .errors import ImpossibleDesign
from .ground import Ground
from .matching import aligned
from .measures import mean_load, measure_map, measure_patches
from .naming import name_patches
from .outside import why_outside
from .polish import polish
from .problem import Area, Options
from .repair import repair, set_apart, tighten
from .review import review
from .setup import Setup, prepare
from .starts import first_maps

# Sets of middles tried for each map asked for; the most promising are kept. Where no
# map gets every patch in, so many times the starts again, chosen by nothing.
POOL = 4
AGAIN = 2
# Maps repaired of those drawn, and the groups of patches tried last on the best.
REPAIRED = 2
LAST_SIZES = (4, 6)


def design(area: Area) -> Design:
    """Draw an area's patches: the same area and seed give the same map.

    Raises `ImpossibleDesign` when its rules cannot be kept.
    """
    setup = prepare(area)
    part = list(_draw(setup.ground, area.options))
    if setup.ground.count and not are_whole(setup.ground, part):
        raise AssertionError("a drawn patch is in parts")  # pragma: no cover
    if setup.ground.quarrels(part):
        raise ImpossibleDesign(
            f"No map of {area.name} was found that keeps apart all homes that must be. "
            "Allow some of them together, or ask for more patches."
        )
    return describe(setup, setup.part_of_units(part))


def describe(
    setup: Setup, part: tuple[int, ...], names: Sequence[str] | None = None
) -> Design:
    """Return a map with its names, figures and explanations.

    `names` are those of its patches, where it has them already: a map stored before,
    or today's. Every patch has a unit; a unit of part -1 is in none.
    """
    names = name_patches(setup, part) if names is None else list(names)
    patches, middles = measure_patches(setup, part, names, setup.kept)
    drawn = Design(
        setup=setup,
        part=part,
        middles=tuple(middles),
        patches=tuple(patches),
        measures=measure_map(setup, part, patches),
        mean=mean_load(setup, names),
    )
    explained = tuple(
        replace(patch, why_outside=why_outside(drawn, number))
        for number, patch in enumerate(patches)
    )
    return replace(drawn, patches=explained)


def _draw(ground: Ground, options: Options) -> list[int]:
    random = Random(options.seed)  # noqa: S311 - a map, not a secret
    if ground.patches <= 1:
        return [0] * ground.count
    has_now = any(patch >= 0 for patch in ground.now)
    if options.is_review and has_now:
        part = review(ground, random)
    elif ground.change and has_now:
        part = _draw_near(ground, options, random)
    else:
        part = _draw_afresh(replace(ground, barred=()), options, random)
        part = _keep_out(ground, part) if ground.barred else part
    if ground.quarrels(part):
        part = repair(ground, set_apart(ground, part), is_review=options.is_review)
    return part


def _draw_afresh(ground: Ground, options: Options, random: Random) -> list[int]:
    """Return the best of several maps, repaired one after another until one is in.

    Where none gets every patch in, other sets of middles are tried, compact or not:
    they often do what no exchange between patches can.
    """
    maps: list[list[int]] = []
    for pool, starts in ((POOL, options.starts), (1, options.starts * AGAIN)):
        drawn = [
            polish(ground, part, random)
            for part in first_maps(ground, starts, random, pool)
        ]
        drawn.sort(key=ground.score)
        for part in drawn[:REPAIRED]:
            maps.append(repair(ground, part))
            if not ground.violation(maps[-1]):
                return tighten(ground, maps[-1])
    best = min(maps, key=ground.score)
    return tighten(ground, repair(ground, best, sizes=LAST_SIZES))


def _draw_near(ground: Ground, options: Options, random: Random) -> list[int]:
    """Return the map with least walking and changing together.

    Maps drawn afresh, numbered as the present ones they keep most of, are polished
    beside the one a review gives.
    """
    afresh = first_maps(ground, options.starts, random, POOL)
    drawn = [polish(ground, aligned(ground, part), random) for part in afresh]
    drawn.sort(key=ground.score)
    near = polish(ground, review(ground, random), random)
    maps = [repair(ground, part) for part in (*drawn[:REPAIRED], near)]
    best = min(maps, key=ground.score)
    if ground.violation(best):
        best = repair(ground, best, sizes=LAST_SIZES)
    return tighten(ground, best)


def _keep_out(ground: Ground, part: list[int]) -> list[int]:
    """Return the map with homes out of patches they may not be in.

    Where exchanges cannot do it as evenly, names do: the patch goes on as another.
    """
    part = aligned(ground, part)
    if not ground.trespassers(part):
        return part
    mended = repair(ground, part)
    if ground.trespassers(mended):
        return part
    loads, before = ground.loads(mended), ground.loads(part)
    is_even = sum(map(ground.excess, loads)) <= sum(map(ground.excess, before))
    return mended if is_even else part
