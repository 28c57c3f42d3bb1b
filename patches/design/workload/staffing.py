"""Officers and back-office posts that work asks for, and the band it gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .expected import WorkPart


@dataclass(frozen=True, slots=True)
class Post:
    """A full-time officer's month: hours for work, and what each patch takes of it."""

    monthly_hours: float
    patch_hours: float

    @property
    def home_hours(self) -> float:
        """Hours a month left for homes when the patch itself is done."""
        return self.monthly_hours - self.patch_hours

    def officers_for(self, home_hours: float) -> float | None:
        """Return how many full-time officers homes need, each with one patch.

        None where the patch itself takes the whole month.
        """
        return home_hours / self.home_hours if self.home_hours > 0 else None

    def homes_for(self, mean_hours: float) -> float | None:
        """Return how many homes of average work one officer can answer for."""
        if mean_hours <= 0 or self.home_hours <= 0:
            return None
        return self.home_hours / mean_hours


@dataclass(frozen=True, slots=True)
class BackOffice:
    """What a back-office service is expected to do for homes, in posts as well.

    A post there is taken to have the same working year as an officer's.
    """

    service: str
    hours: float
    posts: float


def back_office(parts: Iterable[WorkPart], monthly_hours: float) -> list[BackOffice]:
    """Return hours a month and posts by service, the most first."""
    hours: dict[str, float] = {}
    for part in parts:
        if part.back_office_hours:
            service = part.work_type.service
            hours[service] = hours.get(service, 0.0) + part.back_office_hours
    return [
        BackOffice(service, total, total / monthly_hours if monthly_hours > 0 else 0.0)
        for service, total in sorted(hours.items(), key=lambda row: (-row[1], row[0]))
    ]
