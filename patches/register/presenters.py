"""Texts of the pages about patches."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from housingplus.common.counting import plural
from housingplus.common.dates import long_date

from .models import Patch, PatchBand, PatchMove
from .rules import MOST_HOMES

if TYPE_CHECKING:
    from officers.assignments.models import Assignment
    from officers.assignments.selectors import Answer

_RUN = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,18}))?")
ANSWER_TAGS = {
    "lead": "",
    "cover": "Cover",
    "team": "Ward team",
    "nobody": "No officer",
}


@dataclass(frozen=True)
class PatchLine:
    """One patch in a list, with its size and who answers for it."""

    HEADER: ClassVar[list[str]] = [
        "Code",
        "Name",
        "Ward",
        "Housing area",
        "Homes",
        "Smallest",
        "Largest",
        "Size",
        "Who answers",
        "How",
        "Since",
        "Until",
        "Ward team",
        "Team leader",
    ]

    patch: Patch
    answer: Answer
    vacant_from: dt.date | None = None

    @property
    def since(self) -> dt.date | None:
        """The first day of this answer: of the assignment, or with no officer."""
        return self.answer.since or self.vacant_from

    @property
    def band(self) -> str:
        return self.patch.band_label(self.patch.home_count)

    @property
    def answer_tag(self) -> str:
        return ANSWER_TAGS[self.answer.kind]

    @property
    def answer_url(self) -> str:
        who = self.answer.officer or self.answer.team
        return who.get_absolute_url() if who else ""

    def as_row(self) -> list[Any]:
        patch, answer = self.patch, self.answer
        return [
            patch.code,
            patch.name,
            patch.ward,
            patch.ward.area or "",
            patch.home_count,
            patch.smallest,
            patch.largest,
            self.band,
            answer.name,
            answer.kind,
            self.since or "",
            answer.until or "",
            answer.team or "",
            answer.leader or "",
        ]


def patch_events(
    assignments: Iterable[Assignment],
    moves: Iterable[PatchMove],
    bands: Iterable[PatchBand],
    patch: Patch,
) -> list[dict[str, Any]]:
    """Return what happened to a patch for a timeline, latest day first."""
    events = [_assignment_event(row) for row in assignments]
    events += [_band_event(row) for row in bands]
    events += [_move_event(move, patch) for move in moves]
    return sorted(events, key=lambda event: event["on"], reverse=True)


def _assignment_event(row: Assignment) -> dict[str, Any]:
    what = "began cover" if row.kind == "cover" else "began to answer"
    until = f"Until {long_date(row.ends_on)}" if row.ends_on else ""
    return {
        "on": row.starts_on,
        "title": f"{row.officer or row.team} {what}",
        "by": row.created_by,
        "text": "\n".join(filter(None, [until, row.reason])),
    }


def _band_event(row: PatchBand) -> dict[str, Any]:
    return {
        "on": row.starts_on,
        "title": f"Band: {row.band_min} to {row.band_max} homes",
        "text": row.reason,
    }


def band_since(bands: Iterable[PatchBand], day: dt.date) -> dt.date | None:
    """Return since when the band of a day holds; nothing for the one it began with."""
    return next((row.starts_on for row in bands if row.is_in_force(day)), None)


def _move_event(move: PatchMove, patch: Patch) -> dict[str, Any]:
    homes = plural(move.home_count, "home")
    way = "moved in" if move.to_patch_id == patch.pk else "moved out"
    undone = (
        f"Undone by {move.undone_by} on {long_date(move.undone_at)}"
        if (move.undone_at)
        else ""
    )
    return {
        "on": move.starts_on,
        "title": f"{homes} {way}",
        "by": move.moved_by,
        "url": move.get_absolute_url(),
        "text": "\n".join(filter(None, [move.reason, undone])),
    }


MOVE_HEADER = [
    "Recorded",
    "Moved by",
    "Homes",
    "To patch",
    "From",
    "Reason",
    "Undone",
    "Undone by",
]


def move_row(move: PatchMove) -> list[Any]:
    """Return one move as a row of the list's CSV."""
    return [
        timezone.localtime(move.moved_at).isoformat(timespec="minutes"),
        move.moved_by or "An import",
        move.home_count,
        move.to_patch or "No patch",
        move.starts_on,
        move.reason,
        timezone.localtime(move.undone_at).date() if move.undone_at else "",
        move.undone_by or "",
    ]


def compact(ids: Iterable[int]) -> str:
    """Return ids as a short text ("4-9,12") that fits in one hidden field."""
    runs: list[list[int]] = []
    for number in sorted(set(ids)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in runs
    )


def expanded(text: str) -> list[int]:
    """Return the ids of a compact text; nonsense and too many give none."""
    ids: list[int] = []
    for part in filter(None, text.split(",")):
        found = _RUN.fullmatch(part.strip())
        if found is None:
            return []
        first = int(found[1])
        last = int(found[2] or first)
        if not 0 <= last - first < MOST_HOMES:
            return []
        ids.extend(range(first, last + 1))
        if len(ids) > MOST_HOMES:
            return []
    return ids


def leads_around(
    assignments: Iterable[Assignment], day: dt.date
) -> tuple[Assignment | None, Assignment | None]:
    """Return the lead before the present one, and the next, from all assignments."""
    leads = [row for row in assignments if row.kind == "lead"]
    over = [row for row in leads if row.ends_on is not None and row.ends_on < day]
    planned = [row for row in leads if row.starts_on > day]
    return (
        max(over, key=lambda row: row.starts_on, default=None),
        min(planned, key=lambda row: row.starts_on, default=None),
    )
