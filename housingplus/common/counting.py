"""How many of something, in words."""

from __future__ import annotations


def plural(number: int, one: str, many: str = "") -> str:
    """Return "1 home", "2,400 homes", "3 patches" (`many` where an "s" is wrong)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
