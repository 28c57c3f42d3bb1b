"""What a rule of a design may ask for, before anybody tries to draw it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from patches.design.errors import DesignRefused
from patches.design.models import RuleKind

if TYPE_CHECKING:
    from patches.design.selectors.rules import FoundHomes
    from patches.register.models import Patch

# More homes than a rule names by hand; a patch holds a few hundred.
MOST_HOMES = 2_000
# Homes that must all be apart take as many patches.
MOST_APART = 40
# Every pair is looked at when a map is drawn.
MOST_PAIRS = 20_000
_SHOWN = 5


def check_homes_are_known(found: FoundHomes, *, field: str = "homes") -> None:
    """Every home named is one of the design's, and named so that only one is meant."""
    for texts, why in (
        (found.unknown, "no home of this design has this UPRN or reference"),
        (found.unclear, "more than one home has this reference, so give the UPRN"),
        (found.outside, "the home is not in the wards of this design"),
    ):
        if texts:
            raise DesignRefused(f"{_named(texts)}: {why}.", field=field)


def check_number_of_homes(
    kind: RuleKind, homes: Collection[int], other_homes: Collection[int]
) -> None:
    """A rule names enough homes to mean something, and not a city of them."""
    least = 1 if kind == RuleKind.NOT_IN or other_homes else 2
    if kind != RuleKind.KEEP and len(homes) < least:
        raise DesignRefused(
            "Choose at least one home." if least == 1 else "Choose at least two homes.",
            field="homes",
        )
    if max(len(homes), len(other_homes)) > MOST_HOMES:
        raise DesignRefused(
            f"A rule names at most {MOST_HOMES:,} homes. Choose fewer streets.",
            field="homes",
        )


def check_pairs_apart(homes: Collection[int], other_homes: Collection[int]) -> None:
    """Homes kept apart are in two groups with none in both, or a few homes.

    Homes that must all be apart from each other take a patch each.
    """
    if both := set(homes) & set(other_homes):
        count = "1 home is" if len(both) == 1 else f"{len(both)} homes are"
        raise DesignRefused(
            f"{count} in both groups and cannot be apart from itself. Take it out of "
            "one of them.",
            field="other_homes",
        )
    if other_homes and len(homes) * len(other_homes) > MOST_PAIRS:
        raise DesignRefused(
            f"{len(homes)} and {len(other_homes)} homes make too many pairs. Name one "
            "home of each street or block: the others stay with it.",
            field="homes",
        )
    if not other_homes and len(homes) > MOST_APART:
        raise DesignRefused(
            f"{len(homes)} homes that must all be apart take as many patches. Name at "
            f"most {MOST_APART}, or put them in two groups.",
            field="homes",
        )


def check_one_area(area_of_homes: Mapping[int, str]) -> None:
    """Homes kept together are in one ward team's area: a patch never leaves it."""
    areas = sorted(set(area_of_homes.values()))
    if len(areas) > 1:
        raise DesignRefused(
            f"These homes are in the areas of {' and '.join(areas)}, and a patch lies "
            "in one. Name homes of one area, or let one ward team have the wards.",
            field="homes",
        )


def check_patch_is_here(patch: Patch, offered: Collection[int]) -> None:
    """A rule is about a patch that has homes in the wards of the design."""
    if patch.pk not in offered:
        raise DesignRefused(
            f"{patch} has no homes in the wards of this design. Choose another patch.",
            field="patch",
        )


def _named(texts: Sequence[str]) -> str:
    named = ", ".join(f"“{text}”" for text in texts[:_SHOWN])
    more = len(texts) - _SHOWN
    return f"{named} and {more} more" if more > 0 else named
