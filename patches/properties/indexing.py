"""The words a home is found by in the header search, kept beside it for look-up."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from django.db import transaction

from housingplus.common.bulk import insert_rows
from housingplus.common.words import LONGEST_WORD, words_in

from .models import Property, PropertyWord

_BATCH = 2_000


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
        count += insert_rows(PropertyWord, ["property", "word"], _rows(batch))
    return count


def _rows(homes: list[Property]) -> Iterator[tuple[int, str]]:
    for home in homes:
        for word in sorted(words_of(home)):
            yield home.pk, word
