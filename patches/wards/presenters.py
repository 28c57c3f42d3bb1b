"""Texts of the pages about wards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from .models import Ward

if TYPE_CHECKING:
    from officers.directory.models import Officer
    from officers.teams.models import WardTeam


@dataclass
class WardLine:
    """One ward in the list, with its sums and its team."""

    HEADER: ClassVar[list[str]] = [
        "ONS code",
        "Ward",
        "Housing area",
        "Homes",
        "Homes with no patch",
        "Patches",
        "Patches out of band",
        "Patches with no officer",
        "Ward team",
        "Team leader",
    ]

    ward: Ward
    home_count: int = 0
    unplaced_count: int = 0
    patch_count: int = 0
    out_of_band_count: int = 0
    no_officer_count: int = 0
    team: WardTeam | None = None
    leader: Officer | None = None

    def sort_value(self, key: str) -> Any:
        """Return what the list is sorted by in a column."""
        if key in {"area", "team", "leader"}:
            shown = self.ward.area if key == "area" else getattr(self, key)
            return str(shown or "").casefold()
        if key == "name":
            return self.ward.name.casefold()
        return getattr(self, f"{key}_count")

    def as_row(self) -> list[Any]:
        return [
            self.ward.code,
            self.ward.name,
            self.ward.area or "",
            self.home_count,
            self.unplaced_count,
            self.patch_count,
            self.out_of_band_count,
            self.no_officer_count,
            self.team or "",
            self.leader or "",
        ]
