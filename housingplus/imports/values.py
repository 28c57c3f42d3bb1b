"""Turning the text of a cell into a value, or saying what to do about it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from localflavor.gb.forms import GBPostcodeField

from housingplus.documents.text import is_seen

from .errors import CellProblem

_DIGITS = re.compile(r"[0-9]+")
_MANGLED = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})([ T]00:00(:00)?)?")
_UK_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
# Marks nobody sees that come along when text is copied from web pages.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\u2060"))
_TURNS_TEXT_AROUND = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_EARLIEST = dt.date(1900, 1, 1)
_postcodes = GBPostcodeField()


def clean_text(raw: str) -> str:
    """Return a cell's text with single spaces; refuse what no person typed."""
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    text = " ".join(unicodedata.normalize("NFC", raw.translate(_INVISIBLE)).split())
    if "\ufffd" in text:
        raise CellProblem(
            "A character was lost when the file was saved. Type it again."
        )
    if _TURNS_TEXT_AROUND.search(text) or any(
        unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
        for character in text
    ):
        raise CellProblem("Remove the control characters, which cannot be printed.")
    return text if is_seen(text) else ""


def limited(text: str, longest: int) -> str:
    """Return the text if it is not longer than its place here."""
    if len(text) > longest:
        raise CellProblem(f"Shorten this to {longest} characters; it has {len(text)}.")
    return text


def uprn(text: str) -> str:
    """Return a UPRN as held here: digits without leading zeros."""
    if _MANGLED.fullmatch(text):
        raise CellProblem(
            "Excel has shortened this number. Format the column as a number without "
            "decimals, or take it from the original list."
        )
    plain = text.lstrip("0") if _DIGITS.fullmatch(text) else ""
    if not plain or len(plain) > 12:
        raise CellProblem("Enter a UPRN of up to 12 digits, 0 to 9, and nothing else.")
    return plain


@lru_cache(maxsize=50_000)
def postcode(text: str) -> str:
    """Return a postcode in capitals with one space."""
    try:
        return str(_postcodes.clean(text))
    except ValidationError:
        raise CellProblem("Enter a whole postcode, for example ZK1 1AA.") from None


def whole_number(text: str, *, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    plain = text[:-2] if text.endswith(".0") else text
    if not _DIGITS.fullmatch(plain) or not least <= int(plain[:18]) <= most:
        raise CellProblem(f"Enter a whole number from {least:,} to {most:,}.")
    return int(plain)


@lru_cache(maxsize=50_000)
def date(text: str) -> dt.date:
    """Return a date given as 2026-03-03 or 03/03/2026, day first."""
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
    elif found := _UK_DATE.fullmatch(text):
        day, month, year = found[1], found[2], found[3]
    else:
        raise CellProblem("Enter a date like 03/03/2026 (day first) or 2026-03-03.")
    try:
        value = dt.date(int(year), int(month), int(day))
    except ValueError:
        raise CellProblem("There is no such day. Enter a real date.") from None
    if not _EARLIEST <= value <= dt.date(2100, 1, 1):
        raise CellProblem("Enter a date between 1900 and 2100.")
    return value


def choice(text: str, known: dict[str, str]) -> str:
    """Return the value meant by one of the known words, whatever case or spaces."""
    key = re.sub(r"[\W_]+", "", text.casefold())
    if key not in known:
        words = ", ".join(sorted({*known.values()})).replace("_", " ")
        raise CellProblem(f"Enter one of: {words}.")
    return known[key]
