import pytest

from housingplus.documents.text import clean_text, is_right_to_left, is_seen


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Zo\u0065\u0301", "Zoé"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\u2066b\u2069c\u061cd", "abcd"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("a\x00b\x07c", "abc"),
        ("a\tb", "a b"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("a\ufe0fb\u034fc", "abc"),
        ("\u200dabc", "abc"),
        ("می\u200cخواهیم", "می\u200cخواهیم"),
        ("a\u200c b", "a b"),
        ("ক্\u200dষ", "ক্\u200dষ"),
        ("\ud800x", "x"),
    ],
)
def test_clean_text(given, cleaned):
    assert clean_text(given) == cleaned


def test_isolating_does_not_let_a_value_close_the_isolate():
    assert clean_text("\u2069محمد\u2069", isolate=True) == "\u2068محمد\u2069"


def test_direction_is_that_of_the_first_letter():
    assert is_right_to_left("12 محمد Khan")
    assert not is_right_to_left("Khan محمد")
    assert not is_right_to_left("12, 14")


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u200e\u00a0", "\u200d", "\ufe0f", "\u3164", "\u2800"]
)
def test_nothing_of_some_texts_is_seen(text):
    assert not is_seen(text)


@pytest.mark.parametrize("text", ["Bea", "\u200bBea", "می\u200cخواهیم", "."])
def test_something_of_others_is(text):
    assert is_seen(text)
