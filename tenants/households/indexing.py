"""The words and sounds a household is found by in the header search."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

import jellyfish
from django.db import transaction

from housingplus.common.bulk import insert_rows
from housingplus.common.dates import today
from housingplus.common.words import words_in
from tenants.tenancies.models import Tenancy, TenancyPerson

from .models import Household, HouseholdMember, HouseholdWord, Person

_BATCH = 2_000


def sounds_of(words: Iterable[str]) -> set[str]:
    """Return how words sound: "smith" and "smyth" have one sound."""
    keys = (jellyfish.metaphone(word) for word in words if _is_plain(word))
    return {key for key in keys if key}


def words_of_people(people: Iterable[Person]) -> set[str]:
    """Return every word of people's names."""
    return {
        word
        for person in people
        for word in (*words_in(person.first_name), *words_in(person.last_name))
    }


@transaction.atomic
def rebuild_household_words(households: Iterable[Household]) -> int:
    """Index households afresh and return how many words there are; in batches.

    The names are those of members and tenancy holders whose time has not ended.
    """
    count = 0
    remaining = iter(households)
    while batch := list(itertools.islice(remaining, _BATCH)):
        keys = [household.pk for household in batch]
        HouseholdWord.objects.filter(household__in=keys).delete()
        count += insert_rows(
            HouseholdWord, ["household", "word", "is_sound"], _rows(keys)
        )
    return count


def _rows(household_ids: list[int]) -> Iterator[tuple[int, str, bool]]:
    for household_id, people in _people_of(household_ids).items():
        words = words_of_people(people)
        for word in words:
            yield household_id, word, False
        for key in sounds_of(words):
            yield household_id, key, True


def _people_of(household_ids: list[int]) -> dict[int, list[Person]]:
    day = today()
    people: dict[int, list[Person]] = defaultdict(list)
    members = HouseholdMember.objects.from_day(day).filter(household__in=household_ids)
    for member in members.select_related("person").order_by():
        people[member.household_id].append(member.person)
    running = Tenancy.objects.from_day(day).filter(household__in=household_ids)
    holders = TenancyPerson.objects.filter(tenancy__in=running.values("pk"))
    for holder in holders.select_related("person", "tenancy").order_by():
        people[holder.tenancy.household_id].append(holder.person)
    return people


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()
