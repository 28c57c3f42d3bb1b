from dataclasses import replace

import pytest

from tenants.letters.typesetting import C5, DL, check_letterhead, compile_chunk
from tenants.letters.typesetting.content import TypesetBatch
from tenants.letters.typesetting.profiles import LetterFormat, Zone
from tests.benchmarks._letters import letterheads


def with_lines(count):
    lines = tuple(f"Line {number} of the contact details" for number in range(count))
    return replace(letterheads()["wexmoor"], contact_lines=lines)


def longest_that_fits(envelope):
    return max(n for n in range(40) if not check_letterhead(with_lines(n), envelope))


def test_an_ordinary_letterhead_fits():
    assert check_letterhead(letterheads()["wexmoor"]) == ()


def test_what_is_wrong_is_said():
    head = with_lines(30)
    assert check_letterhead(head)[0] == (
        "The address and contact lines of Wexmoor Council are too long for the "
        "standard letter; shorten or remove some"
    )
    assert check_letterhead(replace(head, name="", contact_lines=("🙂",))) == (
        "The letterhead has no name",
        "The letterhead has characters that cannot be printed: 🙂",
    )


@pytest.mark.parametrize("envelope", [C5, DL], ids=lambda profile: profile.key)
@pytest.mark.parametrize("letter_format", list(LetterFormat))
def test_the_longest_letterhead_allowed_ends_above_the_body(
    make_letter, make_batch, ink, envelope, letter_format
):
    count = longest_that_fits(envelope)
    assert count >= 5
    base = make_batch([make_letter(1, format=letter_format)], envelope)
    batch = TypesetBatch(
        base.letters,
        {"wexmoor": with_lines(count)},
        base.officers,
        base.dated,
        envelope,
    )
    found = ink(compile_chunk(batch).pdf, 1)
    column = Zone(envelope.sender.left - 1, 0, 210, envelope.body_top)
    assert found(column)[3] <= envelope.sender.bottom + 0.2
