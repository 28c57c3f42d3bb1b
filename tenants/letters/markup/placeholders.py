"""Finding ``((placeholders))`` in text and telling one name from another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

PLACEHOLDER = re.compile(r"\(\((?!\()((?:(?!\(\(|\)\)).){1,2000}?)\)\)", re.DOTALL)
_SPACES_AND_MARKS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Found:
    """One placeholder in a text, with where it begins and ends."""

    start: int
    end: int
    name: str
    is_conditional: bool = False
    wording: str = ""


@lru_cache(maxsize=4_096)
def name_key(name: str) -> str:
    """One key for every way of typing a name: case, spaces, _ and - do not matter."""
    return _SPACES_AND_MARKS.sub("", name).casefold()


def find_placeholders(text: str) -> Iterator[Found]:
    for match in PLACEHOLDER.finditer(text):
        name, separator, wording = match.group(1).partition("??")
        tidy = " ".join(name.split())
        if name_key(tidy):
            yield Found(match.start(), match.end(), tidy, bool(separator), wording)
