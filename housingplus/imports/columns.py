"""The columns of a list, and finding them under the names people give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .errors import ColumnsMissing

_NOT_NAME = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """A column of a list: what it is called, what belongs in it, other usual names."""

    name: str
    label: str
    description: str
    example: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the compared forms of every name of this column, own name first."""
        return tuple(compact(name) for name in (self.name, self.label, *self.aliases))


def compact(text: str) -> str:
    """Return a column's name as compared: "Post Code:" and "post_code" are one."""
    return _NOT_NAME.sub("", text.casefold())


def recognise(header: Sequence[str], columns: Iterable[Column]) -> dict[str, int]:
    """Return which position of `header` holds each column that was recognised.

    A column's own name wins over its other names; a position is used once.
    """
    listed = tuple(columns)
    positions: dict[str, int] = {}
    for at, text in enumerate(header):
        positions.setdefault(compact(text), at)
    positions.pop("", None)
    found: dict[str, int] = {}
    used: set[int] = set()
    longest = max(len(column.keys) for column in listed)
    for rank in range(longest):
        for column in listed:
            if column.name in found or rank >= len(column.keys):
                continue
            place = positions.get(column.keys[rank])
            if place is not None and place not in used:
                found[column.name] = place
                used.add(place)
    return found


def check_columns(
    mapping: dict[str, int],
    columns: Iterable[Column],
    one_of: Iterable[tuple[str, ...]] = (),
    *,
    can_be_mapped: bool = True,
) -> None:
    """A list has every required column, and one at least of each group.

    Raises ColumnsMissing naming them, and what to do: where a page asks for it, a
    column of another name can be said to be the one.
    """
    listed = tuple(columns)
    labels = {column.name: column.label for column in listed}
    missing = [f"“{c.label}”" for c in listed if c.required and c.name not in mapping]
    for group in one_of:
        if not any(name in mapping for name in group):
            missing.append(" or ".join(f"“{labels[name]}”" for name in group))
    if missing:
        what_to_do = (
            "Add it to the file, or say which of its columns it is."
            if can_be_mapped
            else "Name the columns in its first row, as shown on this page."
        )
        raise ColumnsMissing(
            f"The list has no column for {', '.join(missing)}. {what_to_do}"
        )


def column_letter(at: int) -> str:
    """Return a position as a spreadsheet names it: 0 is A, 27 is AB."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
