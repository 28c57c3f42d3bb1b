"""What publishing would do, as lists of homes and lines of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from patches.design.selectors.publishing import PatchPlan, PublicationPlan

IN_THE_WAY = "in-the-way"


@dataclass(frozen=True)
class HomeList:
    """Homes something is said of: how many, and a page with all of them."""

    key: str
    title: str
    words: str
    home_ids: list[int]

    @property
    def count(self) -> int:
        return len(self.home_ids)


_LISTS: list[tuple[str, str, str, Callable[[PublicationPlan], Iterable[int]]]] = [
    (
        "moving",
        "Homes that move",
        "They are in another patch from the day on.",
        lambda plan: plan.moving_ids,
    ),
    (
        "staying",
        "Homes that stay",
        "Their patch goes on, and they stay in it.",
        lambda plan: plan.staying,
    ),
    (
        "gone",
        "Homes that left since the plan was drawn",
        "They are not managed in these wards on the day, so they are left out.",
        lambda plan: plan.left,
    ),
    (
        "moved-since",
        "Homes moved to another patch since the plan was drawn",
        "They go where the plan puts them, from where they are now.",
        lambda plan: plan.moved_since,
    ),
    (
        "new",
        "Homes not drawn that stay in their patch",
        "They are new since the plan was drawn, or have no place on the map.",
        lambda plan: plan.stays_undrawn,
    ),
    (
        "following",
        "Homes not drawn whose patch closes",
        "They go with most homes of their block, street or postcode.",
        lambda plan: plan.follows,
    ),
    (
        "no-patch",
        "Homes with no patch",
        "They were not drawn and have no patch now, so they will have none.",
        lambda plan: plan.without_patch,
    ),
    (
        "unmanaged",
        "Homes no longer managed in patches that close",
        "They leave their patch with it.",
        lambda plan: [row.home_id for row in plan.unmanaged],
    ),
    (
        IN_THE_WAY,
        "Homes that stand in the way",
        "Put these right before the plan is published.",
        lambda plan: [pk for row in plan.obstacles for pk in row.home_ids],
    ),
]


def home_lists(plan: PublicationPlan) -> dict[str, HomeList]:
    """Return every list of homes of a plan by its key, empty ones too."""
    return {
        key: HomeList(key, title, words, sorted(ids(plan)))
        for key, title, words, ids in _LISTS
    }


def patch_after(plan: PublicationPlan) -> dict[int, tuple[str, str]]:
    """Return where each home that moves goes, and with what if it was not drawn."""
    return {
        row.home_id: (patch.code, plan.follows.get(row.home_id, ""))
        for patch in plan.patches
        for row in patch.arriving
    }


@dataclass(frozen=True)
class PatchLine:
    """One line of the table of patches: goes on, new or closing."""

    code: str
    name: str
    change: str
    before: int
    arriving: int
    leaving: int
    after: int
    size: str = ""
    band: str = ""
    who_before: str = ""
    who_after: str = ""
    url: str = ""


def line_of(row: PatchPlan, *, who_before: str, who_after: str) -> PatchLine:
    """Return the line of a drawn patch."""
    return PatchLine(
        code=row.code,
        name=row.patch.name if row.patch else row.drawn.name,
        change="New" if row.is_new else "Goes on",
        before=row.before,
        arriving=len(row.arriving),
        leaving=row.leaving_count,
        after=row.home_count,
        size=row.size,
        band=f"{row.drawn.band_min} to {row.drawn.band_max}",
        who_before=who_before,
        who_after=who_after,
        url=row.patch.get_absolute_url() if row.patch else "",
    )


def closing_line(patch: Any, *, before: int, who_before: str) -> PatchLine:
    """Return the line of a patch that ends."""
    return PatchLine(
        code=patch.code,
        name=patch.name,
        change="Closes",
        before=before,
        arriving=0,
        leaving=before,
        after=0,
        who_before=who_before,
        url=patch.get_absolute_url(),
    )
