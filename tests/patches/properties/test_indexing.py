"""Words a home is found by."""

from __future__ import annotations

import pytest

from patches.models import Property, PropertyWord
from patches.properties.indexing import rebuild_property_words, words_of
from tests.factories.patches import PropertyFactory


def test_words_of_a_home():
    home = PropertyFactory.build(
        landlord=None,
        manager=None,
        ward=None,
        uprn="000990000000007",
        reference="SC-001",
        sub_building="Flat 3",
        building="12A",
        street="Elm Road",
        locality="Marsh",
        town="Kestrelford",
        postcode="ZK1 1AA",
    )
    assert words_of(home) == {
        *("000990000000007", "990000000007"),
        *("sc-001", "sc", "001"),
        *("flat", "3", "12a", "elm", "road", "marsh", "kestrelford"),
        *("zk1", "1aa", "zk11aa"),
    }


def test_words_of_a_home_without_uprn():
    home = PropertyFactory.build(landlord=None, manager=None, ward=None, uprn=None)
    assert "" not in words_of(home)


@pytest.mark.django_db
def test_rebuilding_replaces_the_words_of_those_homes_only():
    home, other = PropertyFactory.create_batch(2)
    rebuild_property_words([home, other])
    before = set(other.words.values_list("word", flat=True))
    home.street = "Oak Lane"
    home.save()
    count = rebuild_property_words(Property.objects.filter(pk=home.pk))
    words = set(home.words.values_list("word", flat=True))
    assert {"oak", "lane"} <= words
    assert "elm" not in words
    assert count == len(words)
    assert set(other.words.values_list("word", flat=True)) == before


@pytest.mark.django_db
def test_rebuilding_twice_gives_the_same():
    home = PropertyFactory()
    assert rebuild_property_words([home]) == rebuild_property_words([home])
    assert PropertyWord.objects.count() == len(words_of(home))
    assert rebuild_property_words([]) == 0
