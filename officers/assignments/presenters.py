"""Words and links of the assignment pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from housingplus.common.counting import plural
from housingplus.common.dates import day_before, long_date, period
from officers.directory.models import Officer
from patches.register.models import Patch

from . import rules
from .models import Assignment, AssignmentKind
from .selectors import AnswerKind

KIND_TAGS = {
    AnswerKind.COVER: "Cover",
    AnswerKind.LEAD: "Lead",
    AnswerKind.TEAM: "Ward team",
    AnswerKind.NOBODY: "No one here",
}


def load_words(officer: Officer) -> str:
    """What an officer annotated by `with_load` answers for: "287 homes in 1 patch"."""
    if not officer.patch_count and not officer.cover_count:
        words = "no patch"
    else:
        words = (
            f"{plural(officer.home_count, 'home')} in "
            f"{plural(officer.patch_count, 'patch', 'patches')}"
        )
    if officer.cover_count:
        words += f", covers {officer.cover_count}"
    if officer.fte != 1:
        words += f", {officer.fte.normalize()} FTE"
    return words


def officer_option(officer: Officer) -> str:
    """An officer as an option of a select: name, team and load."""
    team = f", {officer.team_name}" if officer.team_name else ""
    return f"{officer.name} ({officer.job_title}{team}): {load_words(officer)}"


@dataclass(frozen=True)
class Span:
    """A line of a patch's history: an assignment, or a time with none."""

    starts_on: dt.date
    ends_on: dt.date | None
    assignment: Assignment | None = None
    state: str = ""

    @property
    def can_cancel(self) -> bool:
        return self.assignment is not None and rules.can_cancel(self.assignment)

    @property
    def when(self) -> str:
        if self.starts_on == self.ends_on:
            return f"{long_date(self.starts_on)} only"
        if self.ends_on is None and self.state == "Planned":
            return f"from {long_date(self.starts_on)}"
        return period(self.starts_on, self.ends_on)


def spans_of(
    patch: Patch, assignments: Iterable[Assignment], today: dt.date
) -> list[Span]:
    """Return a patch's assignments newest first, gaps between leads included."""
    rows = sorted(assignments, key=lambda row: (row.starts_on, row.pk))
    spans = [
        Span(
            row.starts_on, row.ends_on, row, state_on(row.starts_on, row.ends_on, today)
        )
        for row in rows
    ]
    free_from: dt.date | None = patch.starts_on
    for row in rows:
        if row.kind != AssignmentKind.LEAD or free_from is None:
            continue
        if row.starts_on > free_from:
            last = day_before(row.starts_on)
            spans.append(Span(free_from, last, None, state_on(free_from, last, today)))
        free_from = row.ends_on + dt.timedelta(days=1) if row.ends_on else None
    if free_from is not None and (patch.ends_on is None or free_from <= patch.ends_on):
        state = state_on(free_from, patch.ends_on, today)
        spans.append(Span(free_from, patch.ends_on, None, state))
    return sorted(spans, key=lambda span: span.starts_on, reverse=True)


def state_on(starts_on: dt.date, ends_on: dt.date | None, today: dt.date) -> str:
    """Whether a time is planned, current or ended on a day."""
    if starts_on > today:
        return "Planned"
    if ends_on is not None and ends_on < today:
        return "Ended"
    return "Current"


def carried(posted: Any) -> list[tuple[str, str]]:
    """Return what a form was sent, to carry through "check your answers"."""
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "step", "seen"}
    ]
