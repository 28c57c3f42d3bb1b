"""Numbers in addresses are plain digits, and no more of them than a key has."""

import pytest

from housingplus.common.numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1)]
)
def test_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", [None, "", " 1", "-1", "+1", "1.0", "1e3", "²", "٣", "9" * 19, "9" * 5_000]
)
def test_anything_else_is_none(text):
    assert whole_number(text) is None
