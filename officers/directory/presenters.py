"""Recorded changes of officers and teams, as a page's timeline shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from housingplus.audit.models import AuditEvent

_WORDS = {
    "officer.added": "Officer added",
    "officer.edited": "Details changed",
    "officer.left": "Marked as leaving",
    "councillor.added": "Councillor added",
    "councillor.edited": "Details changed",
    "councillor.ended": "Last day in office set",
    "drop_in.added": "Session added",
    "drop_in.edited": "Session changed",
    "team.added": "Team added",
    "team.edited": "Details changed",
    "team.ward_given": "Ward given to this team",
    "team.member_added": "Member added",
    "team.member_left": "Membership ended",
    "team.leader_set": "Leader set",
}


def history_items(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return recorded events as items of `{% timeline %}`."""
    return [
        {
            "at": event.at,
            "title": _WORDS.get(event.verb, event.verb),
            "by": event.by or "the system",
            "text": event.summary or _fields(event.changes),
        }
        for event in events
    ]


def _fields(changes: dict[str, Any]) -> str:
    return ", ".join(name.replace("_", " ").capitalize() for name in changes)
