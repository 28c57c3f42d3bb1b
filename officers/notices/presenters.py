"""What a ward's posters, cards, flyer and briefing say: work contacts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from housingplus.common.dates import long_date
from housingplus.documents.codes import as_printed, qr_dots
from officers.councillors.models import Councillor
from officers.drop_ins.presenters import DropInLine
from officers.who_answers.presenters import Contact, PatchLine

# Streets a poster names; the rest are counted.
MOST_STREETS = 90


@dataclass(frozen=True)
class Kind:
    """One thing to print."""

    slug: str
    title: str
    hint: str


KINDS = (
    Kind("posters", "Notice-board posters", "A4, one for each patch, with its streets"),
    Kind("cards", "Patch cards", "A sheet of eight to cut out for each patch"),
    Kind("drop-ins", "Drop-in flyer", "A4, when and where the team can be met"),
    Kind(
        "briefing",
        "Briefing for councillors",
        "Patches, officers and how to reach them",
    ),
)
ALL = Kind("all", "Everything", "The four above in one file")


def notices(
    *,
    kinds: Sequence[str],
    ward: str,
    council: str,
    day: dt.date,
    team: Contact | None,
    leader: str,
    lines: Sequence[PatchLine],
    drop_ins: Sequence[DropInLine],
    councillors: Sequence[Councillor],
    address: str,
) -> dict[str, Any]:
    """Return what the documents of a ward are set from, as JSON can hold it.

    `address` is where residents look up who answers, nothing when there is none.
    """
    return {
        "kinds": list(kinds),
        "ward": ward,
        "council": council,
        "day": long_date(day),
        "team": _contact(team),
        "leader": leader,
        "patches": [_patch(line) for line in lines],
        "drop_ins": [
            {"when": line.when, "where": line.where, "note": line.note}
            for line in drop_ins
        ],
        "councillors": [str(councillor) for councillor in councillors],
        "look_up": _look_up(address),
    }


def _patch(line: PatchLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "who": _contact(line.contact),
        "has_officer": line.has_officer,
        "since": long_date(line.since) if line.since else "",
        "note": line.note,
        "streets": list(line.streets[:MOST_STREETS]),
        "more": max(0, len(line.streets) - MOST_STREETS),
    }


def _contact(contact: Contact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    return {
        "name": contact.name,
        "title": contact.job_title,
        "phone": contact.phone,
        "email": contact.email,
    }


def _look_up(address: str) -> dict[str, Any] | None:
    if not address:
        return None
    rows = qr_dots(address)
    return {
        "address": as_printed(address),
        "dots": [dot for row in rows for dot in row],
        "width": len(rows),
    }
