"""Whom households should have been told of, in words that can be compared.

Told of somebody means: of that person or team, with the name, telephone number and
e-mail address they have. While a short cover runs, whoever answers without it counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from housingplus.common.dates import day_before, today
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.selectors import Answer, AnswerKind, answers_for
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.register.models import Patch

from .contacts import DETAILS, Contact, contacts_on

CONTACT_LENGTH = 8


@dataclass(frozen=True)
class ToTell:
    """Whom the households of a patch should have been told of on a day.

    `key` says who, with their details; empty when nobody answers. During a short cover
    it is whoever answers without it, and `meanwhile` is who covers: a household that
    was told of them is told as long as the cover runs. `details_since` is the day the
    details last changed, if that is known.
    """

    key: str
    meanwhile: str = ""
    since: dt.date | None = None
    details_since: dt.date | None = None


def contact_key(details: Iterable[str]) -> str:
    """Return a name, telephone number and e-mail address as one short word."""
    plain = "\n".join(" ".join(detail.split()) for detail in details)
    return hashlib.sha256(plain.encode()).hexdigest()[:CONTACT_LENGTH]


def answerer_key(
    answer: Answer | None, contacts: Mapping[tuple[str, int], Contact] | None = None
) -> str:
    """Return who answers and how to reach them as one word; nothing for nobody.

    The details are those given, else as they are now.
    """
    answerer = _answerer(answer)
    if answerer is None:
        return ""
    kind, row = answerer
    known = (contacts or {}).get((kind, row.pk))
    details = known.details if known else [getattr(row, name) for name in DETAILS]
    return f"{kind}-{row.pk}:{contact_key(details)}"


def told_key(
    household_id: int | None, answer: Answer | None, *, names_covered: bool
) -> str:
    """Return what a letter tells a household: itself, and who answers.

    A letter during cover that also names the officer who is away tells of both, so that
    none is due when they are back.
    """
    answers = [answer]
    if names_covered and answer is not None and answer.without_cover is not None:
        answers.append(answer.without_cover)
    return " ".join(f"{household_id or 0}:{answerer_key(one)}" for one in answers)


def tells(told: Any, key: Any) -> GreaterThan:
    """Return the condition that what was told (`told_key`) includes a key."""
    space = Value(" ")
    return GreaterThan(
        StrIndex(Concat(space, told, space), Concat(space, key, space)), 0
    )


def tells_of_same(told: Any, key_without_details: Any) -> GreaterThan:
    """Return the condition that the same person was told of, whatever the details."""
    space = Value(" ")
    return GreaterThan(
        StrIndex(Concat(space, told), Concat(space, key_without_details)), 0
    )


def answers_to_tell(
    patches: Iterable[Patch], day: dt.date, *, details_on: dt.date
) -> dict[int, ToTell]:
    """Return whom to have told of on a day by patch; at most seven queries.

    Contact details are those of the end of `details_on`; later days have today's.
    """
    answers = answers_for(patches, day)
    covered = [pk for pk, one in answers.items() if one.without_cover is not None]
    lengths = _cover_lengths(covered, day) if covered else {}
    contacts = _contacts(answers.values(), details_on)
    found = {}
    for pk, answer in answers.items():
        lasting, meanwhile = answer, ""
        if lengths.get(pk, 0) and lengths[pk] <= settings.LETTERS_COVER_DAYS:
            without = answer.without_cover
            if without is not None and without.kind != AnswerKind.NOBODY:
                lasting, meanwhile = without, answerer_key(answer, contacts)
        known = _answerer(lasting)
        contact = contacts.get((known[0], known[1].pk)) if known else None
        found[pk] = ToTell(
            answerer_key(lasting, contacts),
            meanwhile,
            lasting.since,
            contact.since if contact else None,
        )
    return found


def _answerer(answer: Answer | None) -> tuple[str, Officer | WardTeam] | None:
    if answer is None or answer.kind == AnswerKind.NOBODY:
        return None
    if answer.officer is not None:
        return "officer", answer.officer
    return ("team", answer.team) if answer.team is not None else None


def _contacts(
    answers: Iterable[Answer], day: dt.date
) -> dict[tuple[str, int], Contact]:
    rows: dict[tuple[str, int], Officer | WardTeam] = {}
    for answer in answers:
        for one in (answer, answer.without_cover):
            if found := _answerer(one):
                rows[found[0], found[1].pk] = found[1]
    return contacts_on(rows, min(day, today()))


def _cover_lengths(patch_ids: Iterable[int], day: dt.date) -> dict[int, int]:
    """Return how many days the cover of a day lasts in all, by patch.

    Both days count; cover by the same person that follows without a gap counts with it.
    """
    rows = Assignment.objects.filter(
        Q(kind=AssignmentKind.COVER), patch__in=list(patch_ids)
    ).order_by("patch", "starts_on")
    lengths: dict[int, int] = {}
    first: Assignment | None = None
    last: Assignment | None = None
    for row in rows:
        goes_on = (
            last is not None
            and (last.patch_id, last.officer_id, last.team_id)
            == (row.patch_id, row.officer_id, row.team_id)
            and last.ends_on == day_before(row.starts_on)
        )
        if not goes_on:
            first = row
        last = row
        if first is None or row.ends_on is None or row.ends_on < day:
            continue
        if first.starts_on <= day:
            lengths[row.patch_id] = (row.ends_on - first.starts_on).days + 1
    return lengths
