"""Names on letters and pages, after UK habit. Pure: plain values in, text out.

Nothing is guessed. A title is used only where one is held; without one the full name
is written. Initials are made only in scripts that have capital letters, because "أ" or
"王" by itself is nobody's initial.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

UNKNOWN_ADDRESSEE = "The Occupier"
UNKNOWN_SALUTATION = "Dear Occupier"

_LONGEST_LINE = 45
_WORDS = re.compile(r"[\s.]+")
_TITLES = {
    title.casefold(): title
    for title in ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Rev", "Sir", "Lady")
}


@dataclass(frozen=True)
class Name:
    """A person's name in the parts it is held in; any of them may be empty."""

    title: str = ""
    first_name: str = ""
    last_name: str = ""


def addressee(holders: Sequence[Name]) -> str:
    """Return the first line of the address: "Mr A Khan and Ms B Jones".

    Every holder is named in full, also when they share a surname: a notice to joint
    tenants names each of them.
    """
    named = _known(holders)
    if not named:
        return UNKNOWN_ADDRESSEE
    return _listed([_on_envelope(name) for name in named])


def salutation(holders: Sequence[Name]) -> str:
    """Return the opening of the letter: "Dear Mr Khan and Ms Jones".

    Two people with one surname and two titles share it: "Dear Mr and Mrs Khan".
    People whom title and surname do not tell apart keep their initials.
    """
    named = _known(holders)
    if not named:
        return UNKNOWN_SALUTATION
    if _share_a_surname(named):
        first, second = named
        return f"Dear {first.title} and {second.title} {second.last_name}"
    spoken = [_spoken(name) for name in named]
    return "Dear " + _listed(
        [
            text if spoken.count(text) == 1 else _on_envelope(name)
            for name, text in zip(named, spoken, strict=True)
        ]
    )


def full_name(name: Name) -> str:
    """Return the whole name as a page shows it: "Ms Bea Jones"."""
    tidied = _tidied(name)
    return _joined(tidied.title, tidied.first_name, tidied.last_name)


def initials(first_name: str) -> str:
    """Return "A", "J R" or "J-P"; a name in a script without capitals stays whole."""
    words = [word for word in _WORDS.split(_plain(first_name)) if word.strip("-")]
    if not words or not all(_has_case(word) for word in words):
        return " ".join(words)
    return " ".join(
        "-".join(_initial(part) for part in word.split("-") if part) for word in words
    )


def name_lines(names: Sequence[Name]) -> list[str]:
    """Return the names for the address: more lines where one would be too long."""
    whole = addressee(names)
    if len(whole) <= _LONGEST_LINE or len(names) < 2:
        return [whole]
    pieces = [addressee([name]) for name in names]
    pieces = [
        *(f"{piece}," for piece in pieces[:-2]),
        f"{pieces[-2]} and",
        pieces[-1],
    ]
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if len(lines[-1]) + 1 + len(piece) <= _LONGEST_LINE:
            lines[-1] = f"{lines[-1]} {piece}"
        else:
            lines.append(piece)
    return lines


def _known(holders: Sequence[Name]) -> list[Name]:
    tidied = (_tidied(holder) for holder in holders)
    return [name for name in tidied if name.last_name]


def _tidied(name: Name) -> Name:
    """Take out stray spaces; somebody with one name only has it as surname."""
    title = _plain(name.title).rstrip(".").rstrip()
    first, last = _plain(name.first_name), _plain(name.last_name)
    if not last:
        first, last = "", first
    return Name(_TITLES.get(title.casefold(), title), first, last)


def _on_envelope(name: Name) -> str:
    if not name.title:
        return _joined(name.first_name, name.last_name)
    return _joined(name.title, initials(name.first_name), name.last_name)


def _spoken(name: Name) -> str:
    if not name.title:
        return _joined(name.first_name, name.last_name)
    return _joined(name.title, name.last_name)


def _share_a_surname(named: list[Name]) -> bool:
    if len(named) != 2:
        return False
    first, second = named
    return (
        bool(first.title and second.title)
        and first.title.casefold() != second.title.casefold()
        and first.last_name.casefold() == second.last_name.casefold()
    )


def _listed(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _plain(text: str) -> str:
    """Return `text` composed, with single spaces and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _has_case(word: str) -> bool:
    first = word.lstrip("-")[:1]
    return first.upper() != first.lower()


def _initial(part: str) -> str:
    """Return the first letter as a capital, with any accent it cannot do without."""
    end = 1
    while end < len(part) and unicodedata.combining(part[end]):
        end += 1
    return part[:end].title() if len(part[:end].title()) == end else part[:end]
