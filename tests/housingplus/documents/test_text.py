import pytest

from housingplus.documents.text import clean_text, is_right_to_left


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
