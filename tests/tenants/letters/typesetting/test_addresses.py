import pytest

from housingplus.documents.glyphs import width_in_ems
from tenants.letters.typesetting import (
    C5,
    DL,
    AddressFault,
    address_lines,
    check_address,
    lines_below_name,
    normal_postcode,
    postcode_sort_key,
    posting_sort_key,
)
from tenants.letters.typesetting.addresses import POINTS_PER_MM, address_size

GOOD = ("Ms B Jones", "4 Elm Road", "WEXMOOR", "ZK1 4AB")


def faults(lines, envelope=C5):
    return [problem.fault for problem in check_address(lines, envelope)]


def test_lines_are_tidied_and_the_postcode_comes_last():
    parts = [
        "  Ms  B Jones ",
        "",
        "4 Elm Road,",
        "Northfield.",
        "Northfield",
    ]
    assert address_lines(parts, "zk14ab") == (
        "Ms B Jones",
        "4 Elm Road",
        "Northfield",
        "ZK1 4AB",
    )


@pytest.mark.parametrize(
    ("names", "name_lines"),
    [
        ("Ms B Jones", ["Ms B Jones"]),
        (
            "Mr A Khan, Ms B Jones and Dr C Li",
            ["Mr A Khan,", "Ms B Jones and", "Dr C Li"],
        ),
        ("Khan & Sons, Ltd.", ["Khan & Sons, Ltd."]),
        ("The Occupier", ["The Occupier"]),
    ],
)
def test_an_address_is_told_from_the_name_above_it(names, name_lines):
    place = ["Flat 2", "12 Elm Road", "ZK1 1AA"]
    lines = address_lines([*name_lines, *place])
    assert lines_below_name(lines, names) == place


def test_an_address_whose_name_is_not_above_it_stays_whole():
    lines = ("Mr A Khan", "12 Elm Road", "ZK1 1AA")
    assert lines_below_name(lines, "Mr A Khan and Ms B Jones") == list(lines)
    assert lines_below_name((), "Mr A Khan") == []


def test_postcode_may_be_the_last_part_and_is_not_repeated():
    assert address_lines(["A", "4 Elm Road", "zk1 4ab"])[-1] == "ZK1 4AB"
    assert address_lines(["A", "4 Elm Road", "ZK1 4AB"], "ZK1 4AB") == (
        "A",
        "4 Elm Road",
        "ZK1 4AB",
    )


def test_a_good_address_has_no_problems():
    assert check_address(GOOD) == ()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (("Ms B Jones", "ZK1 4AB"), AddressFault.TOO_FEW_LINES),
        ((*["Line"] * 7, "ZK1 4AB"), AddressFault.TOO_MANY_LINES),
        (("Ms B Jones", "4 Elm Road", "WEXMOOR"), AddressFault.NO_POSTCODE),
        (("Ms B Jones", "x" * 46, "ZK1 4AB"), AddressFault.LINE_TOO_LONG),
        (("Ms B Jones", "W" * 44, "ZK1 4AB"), AddressFault.LINE_TOO_WIDE),
        (("Ms B Jones", "(rear) 4 Elm Road", "ZK1 4AB"), AddressFault.BAD_START),
        (("-", "4 Elm Road", "ZK1 4AB"), AddressFault.EMPTY_START),
        (("Ms B Jones", "No fixed abode", "ZK1 4AB"), AddressFault.NO_FIXED_ABODE),
        (("Ms 🙂 Jones", "4 Elm Road", "ZK1 4AB"), AddressFault.NOT_SHOWN),
    ],
)
def test_each_fault_is_named(lines, fault):
    assert faults(lines) == [fault]


def test_a_problem_says_which_line_and_why():
    lines = ("Ms B Jones", "x" * 52, "ZK1 4AB")
    (problem,) = check_address(lines)
    assert problem.message == "Address line 2 is 52 characters; 45 fit the window"
    assert problem.line == 2


@pytest.mark.parametrize("envelope", [C5, DL])
def test_seven_lines_fit_every_window(envelope):
    lines = (*["4 Elm Road"] * 6, "ZK1 4AB")
    size = address_size(lines, envelope)
    assert size * (6 * 1.15 + 1) <= envelope.address.height * POINTS_PER_MM
    assert faults(lines, envelope) == []


@pytest.mark.parametrize("envelope", [C5, DL])
def test_a_wide_line_is_set_smaller(envelope):
    wide = "Mohammed Abdulrahman & Wilhelmina Montgomery"
    lines = (wide, "4 Elm Road", "ZK1 4AB")
    size = address_size(lines, envelope)
    assert size < address_size(GOOD, envelope)
    assert width_in_ems(wide) * size <= envelope.address.width * POINTS_PER_MM


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("zk1 4ab", "ZK1 4AB"),
        ("ZK144AB", "ZK14 4AB"),
        (" z k 1 a 4 a b ", "ZK1A 4AB"),
        ("Z1 1AA", "Z1 1AA"),
        ("WEXMOOR", ""),
        ("ZK1", ""),
        ("", ""),
    ],
)
def test_normal_postcode(text, postcode):
    assert normal_postcode(text) == postcode


def test_postcodes_sort_by_their_parts():
    order = ["L1 1AA", "M2 3XX", "M2 4AA", "M14 1AA", "M14 1AB", "M14 2AA", "ME1 1AA"]
    assert sorted(set(order), key=postcode_sort_key) == order


def test_what_is_no_postcode_sorts_last():
    assert sorted(["", "ZZ9 9ZZ", "x"], key=postcode_sort_key) == ["ZZ9 9ZZ", "", "x"]


def test_within_a_postcode_homes_sort_as_a_person_walks():
    homes = [
        ("1 Ash Lane",),
        ("2 Elm Road",),
        ("Flat 1", "4 Elm Road"),
        ("Flat 2, 4 Elm Road",),
        ("Flat 10", "4 Elm Road"),
        ("4A Elm Road",),
        ("10 Elm Road",),
    ]
    lines = [("A Person", *home, "WEXMOOR", "ZK1 4AB") for home in homes]
    assert sorted(set(lines), key=lambda each: posting_sort_key(each, "R")) == lines
