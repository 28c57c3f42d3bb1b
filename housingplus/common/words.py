"""Words as they are indexed and searched, the same for addresses and for names."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 60
# Nobody looks for more, and SQLite takes no condition of a thousand parts.
MOST_WORDS = 20
_NOT_WORDS = re.compile(r"[^\w']+")
_APOSTROPHES = re.compile(r"['’`]")


def words_in(text: str) -> list[str]:
    """Return the words of a text in order.

    No case, no accents, no apostrophes ("O'Neill's" is "oneills"); a hyphen or any
    other mark parts two words.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return [word[:LONGEST_WORD] for word in _NOT_WORDS.split(kept) if word.strip("_'")]


def words_asked(text: str) -> list[str]:
    """Return the words of a text to look for as they are, each once, at most twenty."""
    return list(dict.fromkeys(text.split()))[:MOST_WORDS]
