"""Address lines as Royal Mail wants them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patches.properties.addressing import (
    correspondence_lines,
    postal_lines,
    postcode_as_printed,
)
from tests.factories.patches import PropertyFactory


def lines(**parts):
    given = {
        "sub_building": "",
        "building": "",
        "street": "Elm Road",
        "locality": "",
        "town": "Kestrelford",
        "postcode": "ZK1 1AA",
    }
    return postal_lines(PropertyFactory.build(**given | parts))


TOWN = ("KESTRELFORD", "ZK1 1AA")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"building": "14"}, ("14 Elm Road", *TOWN)),
        ({"building": "12A"}, ("12A Elm Road", *TOWN)),
        ({"building": "12–14"}, ("12–14 Elm Road", *TOWN)),
        ({"building": "10/3"}, ("10/3 Elm Road", *TOWN)),
        ({"building": "B"}, ("B Elm Road", *TOWN)),
        ({}, ("Elm Road", *TOWN)),
        ({"building": "Rose Cottage"}, ("Rose Cottage", "Elm Road", *TOWN)),
        (
            {"sub_building": "Flat 3", "building": "Kestrel House"},
            ("Flat 3", "Kestrel House", "Elm Road", *TOWN),
        ),
        (
            {"sub_building": "Flat 3", "building": "12"},
            ("Flat 3", "12 Elm Road", *TOWN),
        ),
        (
            {"sub_building": "3", "building": "Kestrel House"},
            ("3 Kestrel House", "Elm Road", *TOWN),
        ),
        ({"sub_building": "3", "building": "12"}, ("3", "12 Elm Road", *TOWN)),
        (
            {"sub_building": "Flat 3", "building": "Kestrel House, 12-14"},
            ("Flat 3", "Kestrel House", "12-14 Elm Road", *TOWN),
        ),
        (
            {"building": "1", "locality": "Lower Marsh"},
            ("1 Elm Road", "Lower Marsh", *TOWN),
        ),
        ({"building": "1", "locality": "kestrelford"}, ("1 Elm Road", *TOWN)),
        (
            {"building": " 14 ", "street": " Elm  Road, ", "postcode": "zk11aa"},
            ("14 Elm Road", *TOWN),
        ),
        ({"building": "1", "town": "", "postcode": ""}, ("1 Elm Road",)),
    ],
)
def test_postal_lines(parts, expected):
    assert lines(**parts) == expected


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("zk11aa", "ZK1 1AA"),
        (" ZK1  1AA ", "ZK1 1AA"),
        ("zk1a 9zz", "ZK1A 9ZZ"),
        ("bfpo 12", "BFPO 12"),
        ("", ""),
    ],
)
def test_postcode_as_printed(written, printed):
    assert postcode_as_printed(written) == printed


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "c/o Mrs Dunn, 4 Oak Lane, Kestrelford, ZK2 3BB",
            ("c/o Mrs Dunn", "4 Oak Lane", "KESTRELFORD", "ZK2 3BB"),
        ),
        (
            "4 Oak Lane,\r\nKestrelford zk23bb",
            ("4 Oak Lane", "KESTRELFORD", "ZK2 3BB"),
        ),
        ("Oak House, ZK2 3BB", ("Oak House", "ZK2 3BB")),
        ("12 Rue Haute, 1000 Brussels", ("12 Rue Haute", "1000 Brussels")),
        (" , ", ()),
        ("", ()),
    ],
)
def test_correspondence_lines(address, expected):
    assert correspondence_lines(address) == expected


plain = st.text(alphabet="abzÉ 19,-'/", max_size=20)


@given(plain, plain, plain, plain)
def test_no_line_is_empty_or_untidy_and_the_postcode_is_last(
    flat, building, street, locality
):
    printed = lines(
        sub_building=flat, building=building, street=street, locality=locality
    )
    assert printed[-2:] == TOWN
    assert all(line == line.strip(" ,") and line for line in printed)
