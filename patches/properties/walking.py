"""The order a person walks in: streets by name, numbers as a human sorts them.

Keys are plain text, so that the database sorts by an index: every number is padded
with zeros. "2, 2A, 10, 10/3, Flat 1 12–14" come out in that order.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+")
_SPACES = re.compile(r"[\s,.\-–—/]+")
_WIDTH = 6


def street_key(street: str) -> str:
    """Return a street's name as sorted: no case, one space between words."""
    return re.sub(r"\s+", " ", street.strip()).casefold()[:100]


def walk_key(*, building: str, sub_building: str) -> str:
    """Return the text that sorts homes of one street.

    The building comes first, then the home inside it; a building with a number comes
    before one with a name only.
    """
    # A space comes before every mark of a word, so that 2 comes before 2A.
    return f"{_padded(building)} {_padded(sub_building)}"[:120]


def house_number(building: str) -> int | None:
    """Return the first number of a building ("12–14" gives 12), None for a name."""
    found = _NUMBER.match(building.strip())
    return int(found.group()[:9]) if found else None


def _padded(text: str) -> str:
    plain = _SPACES.sub("-", text.strip().casefold())
    return _NUMBER.sub(lambda found: found.group().zfill(_WIDTH), plain)
