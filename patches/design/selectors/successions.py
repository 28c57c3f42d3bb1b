"""Which patch became which, for ever: how many homes each way, by design."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from patches.design.models import PatchDesign, PatchSuccession
from patches.register.models import Patch


@dataclass
class Succession:
    """What one published design did with a patch: where from, where to."""

    design: PatchDesign
    went: list[PatchSuccession] = field(default_factory=list)
    came: list[PatchSuccession] = field(default_factory=list)

    @property
    def starts_on(self) -> dt.date:
        assert self.design.starts_on is not None  # noqa: S101
        return self.design.starts_on

    @property
    def went_count(self) -> int:
        return sum(row.home_count for row in self.went)

    @property
    def came_count(self) -> int:
        return sum(row.home_count for row in self.came)


def list_successions(design: PatchDesign) -> QuerySet[PatchSuccession]:
    """Return the whole map of a published design: old patch, new patch, homes each."""
    return PatchSuccession.objects.filter(design=design).select_related(
        "from_patch__ward", "to_patch__ward"
    )


def successions_of(patch: Patch) -> list[Succession]:
    """Return what every published design did with a patch, the latest first."""
    rows = (
        PatchSuccession.objects.filter(Q(from_patch=patch) | Q(to_patch=patch))
        .select_related("design", "from_patch", "to_patch")
        .order_by("-design__starts_on", "-design", "-home_count", "pk")
    )
    found: dict[int, Succession] = {}
    for row in rows:
        one = found.setdefault(row.design_id, Succession(row.design))
        if row.from_patch_id == patch.pk:
            one.went.append(row)
        if row.to_patch_id == patch.pk:
            one.came.append(row)
    return list(found.values())


def was_redesigned(patch: Patch) -> bool:
    """Whether a published design says where homes of a patch went or came from."""
    return PatchSuccession.objects.filter(
        Q(from_patch=patch) | Q(to_patch=patch)
    ).exists()
