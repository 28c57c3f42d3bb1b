"""The words a home is found by in the header search, kept beside it for look-up."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.db import transaction

from .models import Property, PropertyWord

LONGEST_WORD = 60
_BATCH = 2_000
_ROWS_AT_ONCE = 5_000
_NOT_WORDS = re.compile(r"[^\w']+")
_APOSTROPHES = re.compile(r"['’`]")


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are indexed and searched.

    No case, no accents, no apostrophes ("O'Neill's" is "oneills"); a hyphen or any
    other mark parts two words.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return [word[:LONGEST_WORD] for word in _NOT_WORDS.split(kept) if word.strip("_'")]


def words_of(home: Property) -> set[str]:
    """Return every word that finds a home: UPRN, reference, address, postcode."""
    words = set()
    for text in (
        home.sub_building,
        home.building,
        home.street,
        home.locality,
        home.town,
        home.postcode,
        home.reference,
    ):
        words.update(words_in(text))
    words.add("".join(words_in(home.postcode))[:LONGEST_WORD])
    words.add(home.reference.strip().casefold()[:LONGEST_WORD])
    words.add((home.uprn or "").lstrip("0"))
    words.add(home.uprn or "")
    return words - {""}


@transaction.atomic
def rebuild_property_words(homes: Iterable[Property]) -> int:
    """Index homes afresh and return how many words there are; set-based, in batches."""
    count = 0
    remaining = iter(homes)
    while batch := list(itertools.islice(remaining, _BATCH)):
        PropertyWord.objects.filter(property__in=[home.pk for home in batch]).delete()
        rows = _rows(batch)
        PropertyWord.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
        count += len(rows)
    return count


def _rows(homes: list[Property]) -> list[PropertyWord]:
    def each() -> Iterator[PropertyWord]:
        for home in homes:
            for word in sorted(words_of(home)):
                yield PropertyWord(property_id=home.pk, word=word)

    return list(each())
