"""Postal addresses as Royal Mail wants them. Pure: plain values in, lines out.

Sub-building, then number and street on one line, locality, POST TOWN, POSTCODE last.
A building that has only a number joins the street; a building with a name has its own
line, and a flat that is only a number joins that name ("3 Kestrel House").
"""

from __future__ import annotations

import re
from typing import Protocol

_NUMBER = re.compile(r"(\d+ ?[a-z]?([-–/]\d*[a-z]?)*|[a-z])", re.IGNORECASE)
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
_POSTCODE_AT_END = re.compile(
    r"(?:^|[\s,])([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\s*$", re.IGNORECASE
)
_BETWEEN_LINES = re.compile(r"[,\r\n]+")


class Addressed(Protocol):
    """Anything with an address in BS 7666's parts: a home, or a row of a list."""

    sub_building: str
    building: str
    street: str
    locality: str
    town: str
    postcode: str


def postal_lines(home: Addressed) -> tuple[str, ...]:
    """Return the lines of a home's address, as printed under the name."""
    flat, name, number = _split_building(_tidy(home.sub_building), home.building)
    street = " ".join(part for part in (number, _tidy(home.street)) if part)
    town = _tidy(home.town).upper()
    locality = _tidy(home.locality)
    lines = [flat, name, street, "" if locality.upper() == town else locality, town]
    return tuple(line for line in (*lines, postcode_as_printed(home.postcode)) if line)


def correspondence_lines(address: str) -> tuple[str, ...]:
    """Return the lines of an address kept as one text, commas between the lines.

    With a British postcode at the end, the line before it is taken for the post town;
    an address without one, abroad for instance, stays as it was typed.
    """
    found = _POSTCODE_AT_END.search(address)
    written = address[: found.start()] if found else address
    lines = [line for part in _BETWEEN_LINES.split(written) if (line := _tidy(part))]
    if not found:
        return tuple(lines)
    if len(lines) > 1:
        lines[-1] = lines[-1].upper()
    return (*lines, postcode_as_printed(found.group(1)))


def postcode_as_printed(postcode: str) -> str:
    """Return "ZK1 1AA" for any way of writing it; another text only in capitals."""
    plain = _tidy(postcode).upper()
    found = _POSTCODE.fullmatch(plain.replace(" ", ""))
    return f"{found.group(1)} {found.group(2)}" if found else plain


def _split_building(flat: str, building: str) -> tuple[str, str, str]:
    """Return the flat, the building's name and its number, each maybe empty."""
    parts = [part for text in building.split(",") if (part := _tidy(text))]
    number = ""
    if parts and _NUMBER.fullmatch(parts[-1]):
        number = parts.pop()
    name = ", ".join(parts)
    if name and flat and _NUMBER.fullmatch(flat):
        return "", f"{flat} {name}", number
    return flat, name, number


def _tidy(text: str) -> str:
    """Return `text` with single spaces, and no mark left over at its ends."""
    return " ".join(text.split()).strip(" ,;")
