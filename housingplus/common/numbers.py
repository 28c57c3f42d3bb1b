"""Numbers that come in an address or a hidden field."""

from __future__ import annotations

# No key is longer: a database's whole numbers end at 19 digits.
_MOST_DIGITS = 18


def whole_number(text: str | None) -> int | None:
    """Return the number that plain digits say; None for any other text."""
    if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return None
