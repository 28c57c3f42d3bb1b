"""How a move changes the sizes of patches."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from patches.register.models import Patch
from patches.register.rules import Position


@dataclass(frozen=True)
class SizeChange:
    """One patch's number of homes before and after a move."""

    patch: Patch
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def band_before(self) -> str:
        return self.patch.band_label(self.before)

    @property
    def band_after(self) -> str:
        return self.patch.band_label(self.after)


def list_size_changes(
    positions: Sequence[Position], *, to_patch: Patch | None, day: dt.date
) -> list[SizeChange]:
    """Return the patches a move touches with their sizes on `day`, in one query."""
    leaving = Counter(
        position.patch_id for position in positions if position.patch_id is not None
    )
    touched = set(leaving) | ({to_patch.pk} if to_patch else set())
    patches = Patch.objects.filter(pk__in=touched).with_home_count(day).with_band(day)
    changes = []
    for patch in patches:
        after = patch.home_count - leaving[patch.pk]
        if to_patch is not None and patch.pk == to_patch.pk:
            after += len(positions)
        changes.append(SizeChange(patch, before=patch.home_count, after=after))
    return changes
