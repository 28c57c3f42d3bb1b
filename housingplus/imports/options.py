"""What a person chose for one list."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from housingplus.common.dates import today


@dataclass(frozen=True)
class ImportOptions:
    """Choices for one list; those that do not concern its kind are left alone.

    `landlord` is the code of the landlord of every row, for a list without such a
    column. `starts_on` is the day from which changes are true.
    """

    landlord: str = ""
    create_landlords: bool = False
    create_wards: bool = False
    create_patches: bool = False
    end_missing: bool = False
    starts_on: dt.date = field(default_factory=today)

    def as_json(self) -> dict[str, Any]:
        """Return the choices as plain values, to keep with the list."""
        return {**asdict(self), "starts_on": self.starts_on.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the choices kept with a list."""
        values = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        if "starts_on" in values:
            values["starts_on"] = dt.date.fromisoformat(values["starts_on"])
        return cls(**values)
