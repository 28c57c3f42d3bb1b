"""What the public is told of who answers: the same on the page and in JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from housingplus.common.dates import long_date
from housingplus.govuk.phones import british
from officers.assignments.selectors import Answer, AnswerKind
from officers.directory.models import Officer
from officers.drop_ins.models import DropIn
from officers.drop_ins.presenters import DropInLine, drop_in_line
from officers.teams.models import WardTeam
from patches.properties.models import Landlord, Property

from .selectors import Answered, Found, Outcome, PatchInWard

NO_OFFICER = "At the moment your patch has no officer of its own."


def dialled(phone: str) -> str:
    """Return a number without spaces and extension, for a link."""
    return re.sub(r"[^0-9+]", "", phone.partition("ext")[0])


@dataclass(frozen=True)
class Contact:
    """A person or body to get in touch with: work contacts only."""

    name: str
    job_title: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""

    @property
    def dialled(self) -> str:
        return dialled(self.phone)

    def as_json(self) -> dict[str, str | None]:
        named = {"name": self.name, "phone": self.phone or None}
        return {**named, "email": self.email or None}


@dataclass(frozen=True)
class Association:
    """A residents' association: its name and own contacts, none of its people."""

    name: str
    phone: str = ""
    email: str = ""
    meeting_place: str = ""

    @property
    def dialled(self) -> str:
        return dialled(self.phone)


@dataclass(frozen=True)
class PublicAnswer:
    """Who answers, in words fit for a page, a printed sheet and JSON."""

    heading: str
    sentences: tuple[str, ...]
    place: str
    kind: str
    officer: Contact | None
    officer_id: int | None
    has_photo: bool
    team: Contact | None
    leader: str
    ward: str
    ward_code: str
    since: dt.date | None
    until: dt.date | None
    in_place_of: str
    drop_ins: tuple[DropInLine, ...]
    associations: tuple[Association, ...]


@dataclass(frozen=True)
class PatchLine:
    """A patch as a ward's public page lists it."""

    name: str
    streets: tuple[str, ...]
    contact: Contact | None
    since: dt.date | None
    note: str
    has_officer: bool


def patch_line(row: PatchInWard) -> PatchLine:
    """Return a patch with who answers, since when, and why when it is not its lead."""
    answer = row.answer
    if answer.officer is not None:
        contact = officer_contact(answer.officer)
    else:
        contact = team_contact(answer.team) if answer.team else None
    note = ""
    if answer.kind == AnswerKind.COVER:
        away = _away(answer)
        for_whom = f" for {away.name}" if away else ""
        last = f" until {long_date(answer.until)}" if answer.until else ""
        note = f"Cover{for_whom}{last}"
    elif answer.officer is None:
        note = "No officer of its own at the moment"
    return PatchLine(
        str(row.patch),
        row.streets,
        contact,
        answer.since,
        note,
        has_officer=answer.officer is not None,
    )


def public_answer(
    found: Found,
    day: dt.date,
    *,
    drop_ins: Sequence[DropIn] = (),
    associations: Sequence[Association] = (),
) -> PublicAnswer | None:
    """Return a look-up's one answer in words, if it has one."""
    answered = found.answered
    if answered is None:
        return None
    answer = answered.answer
    officer = answer.officer if answer else None
    is_cover = answer is not None and answer.kind == AnswerKind.COVER
    heading, sentences = _words(answered, found.contact)
    return PublicAnswer(
        heading=heading,
        sentences=sentences,
        place=_place(found),
        kind=answer.kind.value if answer else Outcome.NO_PATCH.value,
        officer=officer_contact(officer) if officer else None,
        officer_id=officer.pk if officer else None,
        has_photo=bool(officer and officer.photo),
        team=team_contact(answered.team) if answered.team else None,
        leader=answered.leader.name if answered.leader else "",
        ward=answered.ward.name,
        ward_code=answered.ward.code,
        since=found.since,
        until=answer.until if answer and is_cover else None,
        in_place_of=away.name if answer and (away := _away(answer)) else "",
        drop_ins=tuple(drop_in_line(row, day) for row in drop_ins),
        associations=tuple(associations),
    )


def address_of(home: Property) -> str:
    """Return a home's address as the list to choose from shows it."""
    return f"{home.first_line}, {home.postcode}"


def landlord_contact(landlord: Landlord | None, council_name: str) -> Contact:
    """Return a landlord's public contact, or the council's bare name without one."""
    if landlord is None:
        return Contact(council_name)
    return Contact(
        landlord.letterhead_name or landlord.name,
        phone=british(landlord.phone) if landlord.phone else "",
        email=landlord.email,
        website=landlord.website,
    )


def nothing_found(outcome: Outcome) -> tuple[str, str]:
    """Return the heading and the first sentence when there is nobody to name."""
    if outcome == Outcome.NOT_MANAGED:
        return (
            "We do not look after this home today",
            "It may have been sold, or another landlord may look after it.",
        )
    return (
        "We do not know this home",
        "It may have another landlord, or the postcode or number may be mistyped.",
    )


def as_json(answer: PublicAnswer, *, photo_url: str, ward_url: str) -> dict[str, Any]:
    """Return an answer as `GET /api/who-answers/` gives it (docs/who-answers.md)."""
    officer = None
    if answer.officer is not None:
        officer = {
            **answer.officer.as_json(),
            "job_title": answer.officer.job_title,
            "photo": photo_url or None,
        }
    team = answer.team.as_json() if answer.team else None
    return {
        "kind": answer.kind,
        "heading": answer.heading,
        "sentences": list(answer.sentences),
        "place": answer.place,
        "officer": officer,
        "team": team and {**team, "leader": answer.leader or None},
        "ward": {"code": answer.ward_code, "name": answer.ward, "page": ward_url},
        "since": answer.since and answer.since.isoformat(),
        "until": answer.until and answer.until.isoformat(),
        "in_place_of": answer.in_place_of or None,
        "drop_ins": [
            {"when": line.when, "where": line.where, "note": line.note or None}
            for line in answer.drop_ins
        ],
        "associations": [
            {
                "name": row.name,
                "phone": row.phone or None,
                "email": row.email or None,
                "meeting_place": row.meeting_place or None,
            }
            for row in answer.associations
        ],
    }


def _words(
    answered: Answered, landlord: Landlord | None
) -> tuple[str, tuple[str, ...]]:
    """Return heading and sentences, in the words the letters use."""
    answer, team = answered.answer, answered.team
    if answer is None and team is not None:
        return (
            f"{team.name} is looking after your home for now",
            (f"Your home is not in a patch yet. Until it is, contact {team.name}.",),
        )
    if answer is None or answer.kind == AnswerKind.NOBODY:
        whom = landlord_contact(landlord, "the council").name
        return (
            "Your home has no officer at the moment",
            (f"{NO_OFFICER} Until it has one, contact {whom}.",),
        )
    if answer.kind == AnswerKind.TEAM:
        return (
            f"{answer.name} is looking after your home for now",
            (f"{NO_OFFICER} Until it has one, {answer.name} will answer you.",),
        )
    if answer.kind == AnswerKind.COVER:
        return _cover_words(answer)
    return (f"Your patch officer is {answer.name}", ())


def _cover_words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    last = f" until {long_date(answer.until)}" if answer.until else ""
    away = _away(answer)
    why = f"{away.name}, your patch officer, is away." if away else NO_OFFICER
    return (
        f"{answer.name} is looking after your home{last}",
        (f"{why} Contact {answer.name}{last}.",),
    )


def _away(answer: Answer) -> Officer | None:
    """Return the officer somebody covers for; a team is never away."""
    return answer.covered if isinstance(answer.covered, Officer) else None


def _place(found: Found) -> str:
    """Return which homes the answer is for.

    Never an address the visitor did not choose: a UPRN or a postcode alone is answered
    with the street at most.
    """
    if found.chosen is not None:
        return address_of(found.chosen)
    first = found.homes[0]
    streets = {home.street for home in found.homes}
    return f"{first.street}, {first.postcode}" if len(streets) == 1 else first.postcode


def officer_contact(officer: Officer) -> Contact:
    """Return an officer's work contacts."""
    return Contact(
        officer.name,
        officer.job_title,
        british(officer.phone) if officer.phone else "",
        officer.email,
    )


def team_contact(team: WardTeam) -> Contact:
    """Return a team's contacts."""
    phone = british(team.phone) if team.phone else ""
    return Contact(team.name, phone=phone, email=team.email)
