"""What a ward's posters, cards, flyer, briefing and notices say: work contacts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from housingplus.common.dates import long_date
from housingplus.documents.codes import as_printed, qr_dots
from housingplus.govuk.phones import british
from officers.councillors.models import Councillor
from officers.drop_ins.presenters import DropInLine
from officers.notices.selectors.changes import Changes
from officers.notices.selectors.places import Place
from officers.who_answers.presenters import Contact, PatchLine
from patches.register.selectors.pictures import WardPicture

from .changes import change_sentences, since_words

# Streets a poster names; the rest are counted.
MOST_STREETS = 90


@dataclass(frozen=True)
class Kind:
    """One thing to print."""

    slug: str
    title: str
    hint: str


KINDS = (
    Kind(
        "briefing",
        "Briefing for councillors",
        "Patches, officers, what changed and how to reach them",
    ),
    Kind("posters", "Notice-board posters", "A4, one for each patch, with its streets"),
    Kind("cards", "Patch cards", "A sheet of eight to cut out for each patch"),
    Kind("drop-ins", "Drop-in flyer", "A4, when and where the team can be met"),
)
ALL = Kind("all", "Print pack", "All of these in one file, with a list of its pages")


@dataclass(frozen=True)
class AreaNotice:
    """What an association is told: who answers in its area, and what changed."""

    name: str
    lines: Sequence[PatchLine]
    changes: Changes


@dataclass(frozen=True)
class WardNotices:
    """What the documents of a ward are set from.

    `address` is where residents look up who answers, nothing when there is none.
    """

    ward: str
    council: str
    day: dt.date
    team: Contact | None
    leader: str
    lines: Sequence[PatchLine]
    drop_ins: Sequence[DropInLine]
    councillors: Sequence[Councillor]
    address: str
    changes: Changes | None = None
    picture: WardPicture | None = None
    areas: Sequence[AreaNotice] = ()
    places: Sequence[tuple[Place, PatchLine]] = ()

    def as_content(self, kinds: Sequence[str]) -> dict[str, Any]:
        """Return the kinds asked for as JSON can hold them."""
        return {
            "kinds": list(kinds),
            "ward": self.ward,
            "council": self.council,
            "day": long_date(self.day),
            "team": _contact(self.team),
            "leader": self.leader,
            "patches": [_patch(line) for line in self.lines],
            "drop_ins": [
                {"when": line.when, "where": line.where, "note": line.note}
                for line in self.drop_ins
            ],
            "councillors": [_councillor(row) for row in self.councillors],
            "look_up": _look_up(self.address),
            "changes": _changes(self.changes),
            "picture": self.picture
            and {
                "svg": self.picture.svg,
                "words": self.picture.in_words,
                "is_tall": self.picture.height_per_width > 1,
            },
            "areas": [
                {
                    "name": area.name,
                    "patches": [_patch(line) for line in area.lines],
                    "changes": _changes(area.changes),
                }
                for area in self.areas
            ],
            "places": [
                {"name": place.name, "is_part": place.is_part, "patch": _patch(line)}
                for place, line in self.places
            ],
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


def _councillor(row: Councillor) -> dict[str, str]:
    return {
        "name": row.name,
        "party": row.party,
        "phone": british(row.phone) if row.phone else "",
        "email": row.email,
    }


def _changes(changes: Changes | None) -> dict[str, Any] | None:
    if changes is None:
        return None
    return {"since": since_words(changes), "sentences": change_sentences(changes)}


def _look_up(address: str) -> dict[str, Any] | None:
    if not address:
        return None
    rows = qr_dots(address)
    return {
        "address": as_printed(address),
        "dots": [dot for row in rows for dot in row],
        "width": len(rows),
    }
