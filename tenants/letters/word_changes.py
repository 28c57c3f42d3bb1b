"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A placeholder or a word with the spaces after it, or line breaks.
_PARTS = re.compile(r"(?:\(\([^()\n]*\)\)|[^\s(]+|\()[^\S\n]*|\n+|[^\S\n]+")
# Above this many words the commonest are not looked at one by one.
_MANY = 2_000


@dataclass(frozen=True)
class Change:
    """A stretch of words: `kind` is "same", "removed" or "added"."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> list[Change]:
    """Return the words of both wordings in turn, those that stayed once.

    Only words and line breaks count: other spaces between them are no change.
    """
    return list(_changes(_PARTS.findall(before), _PARTS.findall(after)))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(
        None,
        [part.rstrip(" \t") for part in old],
        [part.rstrip(" \t") for part in new],
        autojunk=len(old) > _MANY,
    )
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(new[new_start:new_end]))
            continue
        if start != end:
            yield Change("removed", "".join(old[start:end]))
        if new_start != new_end:
            yield Change("added", "".join(new[new_start:new_end]))
