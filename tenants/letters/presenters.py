"""Words for the pages of letters."""

from __future__ import annotations

from typing import Any

from housingplus.common.dates import long_date

from .models import LetterRun, LetterTemplate, RunStatus

TAG_COLOURS = {
    RunStatus.COMPOSING: "turquoise",
    RunStatus.COMPOSED: "yellow",
    RunStatus.APPROVED: "blue",
    RunStatus.PRODUCING: "turquoise",
    RunStatus.PRODUCED: "purple",
    RunStatus.POSTED: "green",
    RunStatus.CANCELLED: "grey",
    RunStatus.FAILED: "red",
}


def tag_colour(status: str) -> str:
    """Return the colour of a run's status."""
    return TAG_COLOURS[RunStatus(status)]


def events_as_timeline(run: LetterRun) -> list[dict[str, Any]]:
    """Return what happened to a run, newest first; one query."""
    events = run.events.select_related("by").order_by("-at", "-pk")
    return [
        {
            "at": event.at,
            "title": RunStatus(event.to_status).label,
            "by": event.by,
            "text": event.note,
        }
        for event in events
    ]


def versions_as_timeline(template: LetterTemplate) -> list[dict[str, Any]]:
    """Return a template's versions, newest first, each linking to its text."""
    versions = template.versions.select_related("created_by").order_by("-number")
    return [
        {
            "at": version.created_at,
            "title": f"Version {version.number}",
            "by": version.created_by,
            "text": version.subject,
            "url": f"{template.get_absolute_url()}?version={version.number}",
        }
        for version in versions
    ]


def default_title(template: LetterTemplate, names: list[str]) -> str:
    """Return a run's name made from what it is: the template and the homes."""
    about = ", ".join(names[:3]) + (
        f" and {len(names) - 3} more" if len(names) > 3 else ""
    )
    return f"{template.name}: {about}"[:120]


def scope_sentence(run: LetterRun, names: list[str]) -> str:
    """Return which homes a run is about, for its page."""
    text = ", ".join(names) if len(names) <= 12 else f"{len(names)} {run.scope_kind}"
    if run.changed_since:
        text += f", where the officer changed since {long_date(run.changed_since)}"
    return text
