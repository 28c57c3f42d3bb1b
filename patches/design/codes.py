"""Codes of new patches, in the manner of those an area has already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

LONGEST = 20
_NUMBERED = re.compile(r"(.*?)(\d+)")


def new_codes(
    present: Iterable[str], area_name: str, taken: Collection[str]
) -> Iterator[str]:
    """Yield codes nobody has: KS-08 after KS-07; initials of the area if it has none.

    `taken` may grow while codes are drawn from here.
    """
    prefix, width, last = _series(present, area_name)
    every = {_series_number(code, prefix) for code in taken}
    number = max({last, *every})
    while True:
        number += 1
        code = f"{prefix}{number:0{width}d}"
        if code not in taken:
            yield code


def _series(present: Iterable[str], area_name: str) -> tuple[str, int, int]:
    """Return the commonest beginning, its number of digits, and the last number."""
    found: dict[str, list[str]] = {}
    for code in present:
        if matched := _NUMBERED.fullmatch(code):
            found.setdefault(matched[1], []).append(matched[2])
    if not found:
        return f"{_initials(area_name)}-", 2, 0
    counted = Counter({prefix: len(numbers) for prefix, numbers in found.items()})
    prefix = min(counted, key=lambda own: (-counted[own], own))
    width = min(len(number) for number in found[prefix])
    return prefix, width, max(int(number) for number in found[prefix])


def _series_number(code: str, prefix: str) -> int:
    number = code.removeprefix(prefix)
    is_ours = code.startswith(prefix) and number.isdecimal() and len(number) <= 6
    return int(number) if is_ours else 0


def _initials(name: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", name)
    letters = "".join(word[0] for word in words).upper()
    return (letters or "P")[: LONGEST - 8]
