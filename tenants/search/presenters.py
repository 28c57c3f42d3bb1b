"""Search results as titles, details and links, with what matched marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from housingplus.common.dates import long_date, today
from housingplus.common.words import words_in
from officers.assignments.selectors import answers_for
from officers.directory.models import Officer
from patches.design.models import PatchDesign
from patches.properties.models import Block, Property
from patches.register.models import Patch
from patches.wards.models import Ward
from tenants.households.indexing import sounds_of
from tenants.households.models import Household
from tenants.taras.models import Tara

from . import selectors
from .terms import Query

# A whole postcode is one piece, so that its two halves are marked together.
_PIECES = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\w[\w'’]*|\W+")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")


@dataclass(frozen=True)
class Result:
    """One line of the search page."""

    title: SafeString
    detail: SafeString
    url: str


def present(key: str, rows: Sequence[Any], query: Query) -> list[Result]:
    """Return a group's rows as results."""
    return _PRESENTERS[key](rows, query)


def marked(text: str, query: Query) -> SafeString:
    """Return `text` escaped, with the words the search found marked."""
    sounds = sounds_of(term.text for term in query.terms)
    pieces = _PIECES.findall(text)
    return format_html_join(
        "", "{}", ((_piece(piece, query, sounds),) for piece in pieces)
    )


def _piece(piece: str, query: Query, sounds: set[str]) -> SafeString:
    words = words_in(piece)
    if _POSTCODE.fullmatch(piece):
        words.append("".join(words))
    found = any(term.finds(word) for term in query.terms for word in words) or (
        bool(sounds) and bool(sounds_of(words) & sounds) and _compares_sounds(query)
    )
    escaped = conditional_escape(piece)
    return mark_safe(f"<mark>{escaped}</mark>") if found else escaped  # noqa: S308


def _compares_sounds(query: Query) -> bool:
    """Whether sounds were compared: every term could be part of a name."""
    return all(term.is_name_like for term in query.terms)


def _homes(rows: Sequence[Property], query: Query) -> list[Result]:
    patches = selectors.patches_of(list(rows))
    answers = answers_for(set(patches.values()), today())
    results = []
    for home in rows:
        patch = patches.get(home.pk)
        where = (
            f"Patch {patch.code}: {answers[patch.pk].name}" if patch else "In no patch"
        )
        numbers = f"UPRN {home.uprn}. " if home.uprn else ""
        results.append(
            Result(
                marked(home.one_line, query),
                marked(f"{where}. {numbers}Reference {home.reference}", query),
                home.get_absolute_url(),
            )
        )
    return results


def _households(rows: Sequence[Household], query: Query) -> list[Result]:
    return [
        Result(
            marked(names_of(household), query),
            marked(household.property.one_line, query),
            household.get_absolute_url(),
        )
        for household in rows
    ]


def names_of(household: Household) -> str:
    """Return the names of a household's members, loaded by `with_names`."""
    names = [member.person.full_name for member in household.members.all()]
    return ", ".join(names) or "Household without a name"


def _patches(rows: Sequence[Patch], query: Query) -> list[Result]:
    answers = answers_for(rows, today())
    return [
        Result(
            marked(str(patch), query),
            conditional_escape(f"{answers[patch.pk].name} answers"),
            patch.get_absolute_url(),
        )
        for patch in rows
    ]


def _officers(rows: Sequence[Officer], query: Query) -> list[Result]:
    return _plain(rows, query, lambda officer: officer.job_title)


def _named(rows: Sequence[Any], query: Query) -> list[Result]:
    return _plain(rows, query, lambda row: "")


def _blocks(rows: Sequence[Block], query: Query) -> list[Result]:
    return _plain(rows, query, lambda block: block.address)


def _wards(rows: Sequence[Ward], query: Query) -> list[Result]:
    return _plain(rows, query, lambda ward: ward.code)


def _taras(rows: Sequence[Tara], query: Query) -> list[Result]:
    return _plain(rows, query, lambda tara: tara.meeting_place)


def _designs(rows: Sequence[PatchDesign], query: Query) -> list[Result]:
    return _plain(rows, query, _how_far)


def _how_far(design: PatchDesign) -> str:
    """What a design is today, and from when where a date is set."""
    state = design.state_on(today())
    if design.starts_on is None:
        return state
    return f"{state}, from {long_date(design.starts_on)}"


def _plain(
    rows: Sequence[Any], query: Query, detail: Callable[[Any], str]
) -> list[Result]:
    return [
        Result(
            marked(str(row), query),
            conditional_escape(detail(row)),
            row.get_absolute_url(),
        )
        for row in rows
    ]


_PRESENTERS: dict[str, Callable[[Sequence[Any], Query], list[Result]]] = {
    "homes": _homes,
    "households": _households,
    "patches": _patches,
    "officers": _officers,
    "teams": _named,
    "taras": _taras,
    "blocks": _blocks,
    "wards": _wards,
    "designs": _designs,
}
