"""Sorting of list pages by links in the table's header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Sorting:
    """What a list is sorted by: put it in the context as `sorting`."""

    key: str
    is_descending: bool
    order_by: tuple[str, ...]


def sorting(
    request: HttpRequest,
    allowed: Mapping[str, str | tuple[str, ...]],
    *,
    default: str,
) -> Sorting:
    """Return the sorting the address asks for (`?sort=-homes`), if it is allowed.

    `allowed` names the columns and the fields behind each: {"homes": "home_count"}.
    The primary key is added so that pages never repeat or skip a row.
    """
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in allowed:
        asked = default
    key, is_descending = asked.removeprefix("-"), asked.startswith("-")
    fields = allowed[key]
    fields = (fields,) if isinstance(fields, str) else fields
    if is_descending:
        fields = tuple(
            field[1:] if field.startswith("-") else f"-{field}" for field in fields
        )
    return Sorting(key, is_descending, (*fields, "pk"))
