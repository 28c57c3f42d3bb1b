"""Ink only where the envelope and the printer allow it."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from tenants.letters.typesetting import (
    C5,
    DL,
    LetterFormat,
    address_lines,
    check_address,
    compile_chunk,
)
from tenants.letters.typesetting.profiles import A4_HEIGHT, A4_WIDTH, Zone

LONGEST = address_lines(
    (
        "Mr Bartholomew-Montgomery and Mrs Wilhelmina",
        "Flat 112, Kestrel and Windhover Apartments",
        "Northumberland Gardens Maisonettes",
        "104B Upper Marlborough Crescent North",
        "Wolverhampstead-under-Lyme",
        "WEXMOOR-ON-THE-WOLDS",
    ),
    "ZK14 4WW",
)
RIGHT_TO_LEFT = address_lines(("محمد علی خان", "4 Elm Road", "WEXMOOR"), "ZK1 4AB")


def bands_around(inner, outer):
    """The part of one zone that lies outside another, as up to four zones."""
    return [
        Zone(outer.left, outer.top, outer.right, inner.top),
        Zone(outer.left, inner.bottom, outer.right, outer.bottom),
        Zone(outer.left, inner.top, inner.left, inner.bottom),
        Zone(inner.right, inner.top, outer.right, inner.bottom),
    ]


@pytest.mark.parametrize("envelope", [C5, DL], ids=lambda profile: profile.key)
@pytest.mark.parametrize("letter_format", list(LetterFormat))
@pytest.mark.parametrize("lines", [LONGEST, RIGHT_TO_LEFT], ids=["longest", "rtl"])
def test_only_the_address_is_in_the_window(
    ink, make_letter, make_batch, envelope, letter_format, lines
):
    assert check_address(lines, envelope) == ()
    letter = make_letter(1, address_lines=lines, format=letter_format)
    found = ink(compile_chunk(make_batch([letter], envelope)).pdf, 1)
    address = found(envelope.address)
    assert address is not None
    assert address[0] - envelope.address.left < 1.5
    for band in bands_around(envelope.address, envelope.clear):
        assert found(band) is None


@pytest.mark.parametrize("envelope", [C5, DL], ids=lambda profile: profile.key)
@pytest.mark.parametrize("letter_format", list(LetterFormat))
def test_nothing_is_printed_in_the_margins(
    ink, make_letter, make_batch, worded, envelope, letter_format
):
    words = "Donaudampfschifffahrtsgesellschaftskapitän " * 60
    letter = make_letter(
        0, content=worded(f"{words}\n\n* {words}"), format=letter_format
    )
    result = compile_chunk(make_batch([letter], envelope))
    assert result.page_count > 1
    page = Zone(0, 0, A4_WIDTH, A4_HEIGHT)
    allowed = Zone(15, 5, 195, A4_HEIGHT - 5)
    for number in range(1, result.page_count + 1):
        found = ink(result.pdf, number)
        for band in bands_around(allowed, page):
            assert found(band) is None


@pytest.mark.parametrize("envelope", [C5, DL], ids=lambda profile: profile.key)
@pytest.mark.parametrize("letter_format", list(LetterFormat))
def test_the_code_for_scanners_stands_alone_and_reads(
    ink, make_letter, make_batch, worded, envelope, letter_format
):
    letter = make_letter(
        1,
        reference="L0012-00034",
        content=worded("words " * 900),
        format=letter_format,
    )
    plain = compile_chunk(make_batch([letter], envelope)).pdf
    marked = compile_chunk(make_batch([letter], envelope, has_code=True)).pdf
    place = Zone(182.0, 279.0, 195.0, 292.0)
    assert ink(plain, 1)(place) is None
    assert ink(marked, 1)(place) is not None
    assert [codes_on(marked, page) for page in (1, 2)] == [["L0012-00034"], []]


def codes_on(pdf, page):
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page - 1].render(scale=300 / 72, grayscale=True).to_pil()
    document.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize(("envelope", "folds"), [(C5, (148.5,)), (DL, (99.0, 198.0))])
def test_fold_marks_stand_at_the_edge(ink, make_letter, make_batch, envelope, folds):
    batch = make_batch([make_letter(1)], envelope)
    for wanted in (False, True):
        found = ink(compile_chunk(replace(batch, has_fold_marks=wanted)).pdf, 1)
        for fold in folds:
            mark = found(Zone(4.0, fold - 1, 10.0, fold + 1))
            assert (mark is not None) == wanted


@pytest.mark.parametrize("envelope", [C5, DL], ids=lambda profile: profile.key)
def test_the_body_begins_below_the_window(ink, make_letter, make_batch, envelope):
    found = ink(compile_chunk(make_batch([make_letter(0)], envelope)).pdf, 1)
    between = Zone(0, envelope.clear.bottom + 0.2, 124, envelope.body_top)
    assert found(between) is None


def test_a_word_wider_than_the_page_is_broken(ink, make_letter, make_batch, worded):
    letter = make_letter(1, content=worded("https://example.org/" + "x" * 300))
    found = ink(compile_chunk(make_batch([letter])).pdf, 1)
    assert found(Zone(195, 0, A4_WIDTH, A4_HEIGHT)) is None
