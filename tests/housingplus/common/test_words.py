"""Words as they are indexed and searched."""

from __future__ import annotations

import pytest

from housingplus.common.words import MOST_WORDS, words_asked, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Flat 3, Kestrel House", ["flat", "3", "kestrel", "house"]),
        ("ST. JOHN'S Rôad", ["st", "johns", "road"]),
        ("Stoke-on-Trent 10/3", ["stoke", "on", "trent", "10", "3"]),
        ("O’Neill Großstraße", ["oneill", "grossstrasse"]),
        ("Łęcka خان", ["łecka", "خان"]),
        (" _ ' - ", []),
        ("", []),
    ],
)
def test_words_in(text, words):
    assert words_in(text) == words


def test_words_asked_for_are_each_once_and_not_endless():
    assert words_asked(" Elm  road Elm ") == ["Elm", "road"]
    assert len(words_asked(" ".join(map(str, range(2_000))))) == MOST_WORDS
