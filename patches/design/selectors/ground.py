"""What a design is drawn on, read from the database as the plain values it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from django.db.models import Count

from patches.design.errors import DesignRefused
from patches.design.models import BarrierSet, DesignRule, PatchDesign, RuleKind
from patches.design.solver.problem import Home, Line, Rules, Spot
from patches.register.models import Patch, PatchMembership

from .homes import HomeRow, list_homes
from .workload import expected_work

if TYPE_CHECKING:
    from patches.design.workload.expected import ExpectedWork

# An area's name and the ids of its wards.
AreaWards = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class GroundArea:
    """A ward team's wards and the homes there, in order of their keys."""

    name: str
    ward_ids: tuple[int, ...]
    rows: tuple[HomeRow, ...]

    @property
    def homes(self) -> tuple[Home, ...]:
        return tuple(row.home for row in self.rows)


@dataclass(frozen=True)
class DesignGround:
    """The homes of a design by area, their work, and the patches they are in now.

    `patch_ids` are keys by code of the patches homes are in; `codes` are those of every
    patch there ever was.
    """

    areas: tuple[GroundArea, ...]
    expected: ExpectedWork
    rules: Rules
    patch_ids: Mapping[str, int]
    codes: frozenset[str]

    @property
    def home_count(self) -> int:
        return sum(len(area.rows) for area in self.areas)


def read_ground(design: PatchDesign, areas: Sequence[AreaWards]) -> DesignGround:
    """Return what a design is drawn on; areas with no homes are left out.

    The number of queries is the same for any number of homes.
    """
    ward_ids = [pk for _, own in areas for pk in own]
    expected = expected_work(design.assumptions, on=design.homes_on)
    rows = list_homes(ward_ids, design.homes_on, expected.hours)
    area_of = {pk: name for name, own in areas for pk in own}
    found: dict[str, list[HomeRow]] = {name: [] for name, _ in areas}
    for row in rows:
        found[area_of[row.ward_id]].append(row)
    codes = {row.home.patch for row in rows if row.home.patch}
    every = dict(Patch.objects.order_by().values_list("code", "pk"))
    patch_ids = {code: every[code] for code in sorted(codes)}
    check_patches_inside(design, ward_ids, patch_ids.values())
    return DesignGround(
        areas=tuple(
            GroundArea(name, tuple(own), tuple(found[name]))
            for name, own in areas
            if found[name]
        ),
        expected=expected,
        rules=rules_of(design, {row.home.reference for row in rows}),
        patch_ids=patch_ids,
        codes=frozenset(every),
    )


def list_patches_outside(
    design: PatchDesign, ward_ids: Collection[int], patch_ids: Iterable[int]
) -> list[tuple[str, str, int]]:
    """Return patches that reach out of the wards: code, ward outside, homes there."""
    return list(
        PatchMembership.objects.of_managed_homes(design.homes_on)
        .filter(patch__in=list(patch_ids))
        .exclude(property__ward__in=ward_ids)
        .order_by("patch__code", "property__ward__name")
        .values_list("patch__code", "property__ward__name")
        .annotate(homes=Count("pk"))
    )


def check_patches_inside(
    design: PatchDesign, ward_ids: Collection[int], patch_ids: Iterable[int]
) -> None:
    """Every patch a design changes lies in its wards with all its homes.

    Else the homes left out would stay in a patch that went elsewhere.
    """
    if found := list_patches_outside(design, ward_ids, patch_ids):
        named = "; ".join(
            f"{code} has {homes:,} in {ward}" for code, ward, homes in found[:5]
        )
        wards = ", ".join(sorted({ward for _, ward, _ in found}))
        raise DesignRefused(
            f"Some patches have homes outside the wards of this design: {named}. Add "
            f"{wards} to the design, or move those homes to another patch first."
        )


def rules_of(design: PatchDesign, references: Collection[str]) -> Rules:
    """Return a design's rules and barriers as the solver takes them."""
    rows = design.rules.select_related("patch").order_by("pk")
    return rules_from(rows, design.barriers, references)


def rules_from(
    rows: Iterable[DesignRule],
    barriers: BarrierSet | None,
    references: Collection[str],
) -> Rules:
    """Return rules and barriers as the solver takes them.

    Homes of a rule that are not drawn (no longer managed, in another ward) are left
    out of it.
    """
    kept: list[str] = []
    together: list[tuple[str, ...]] = []
    apart: list[tuple[str, str]] = []
    not_in: list[tuple[str, str]] = []
    for rule in rows:
        homes = _drawn(rule.homes, references)
        code = rule.patch.code if rule.patch else ""
        if rule.kind == RuleKind.KEEP:
            kept.append(code)
        elif rule.kind == RuleKind.TOGETHER and len(homes) > 1:
            together.append(homes)
        elif rule.kind == RuleKind.APART:
            apart += _pairs(rule, homes, references)
        elif rule.kind == RuleKind.NOT_IN:
            not_in += [(home, code) for home in homes]
    lines, bridges = barriers_of(barriers)
    return Rules(
        kept_patches=tuple(kept),
        together=tuple(together),
        apart=tuple(apart),
        not_in=tuple(not_in),
        barriers=lines,
        bridges=bridges,
    )


def _drawn(ids: Iterable[int], references: Collection[str]) -> tuple[str, ...]:
    return tuple(str(pk) for pk in ids if str(pk) in references)


def _pairs(
    rule: DesignRule, homes: Sequence[str], references: Collection[str]
) -> list[tuple[str, str]]:
    """Return which homes may not share a patch: with the others, else with another."""
    if rule.other_homes:
        return list(product(homes, _drawn(rule.other_homes, references)))
    return list(combinations(homes, 2))


def barriers_of(
    barriers: BarrierSet | None,
) -> tuple[tuple[Line, ...], tuple[Spot, ...]]:
    """Return a set's lines and bridges."""
    if barriers is None:
        return (), ()
    lines = tuple(tuple((x, y) for x, y in line) for line in barriers.lines)
    return lines, tuple((x, y) for x, y in barriers.bridges)
