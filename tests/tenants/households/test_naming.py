"""Names after UK habit, and what must hold whatever the names are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.households.naming import (
    Name,
    addressee,
    full_name,
    initials,
    salutation,
)

KHAN = Name("Mr", "Aslam", "Khan")
JONES = Name("Ms", "Bea", "Jones")
WU = Name("Dr", "Chen", "Wu")

CASES = [
    # holders, addressee, salutation
    ([KHAN], "Mr A Khan", "Dear Mr Khan"),
    (
        [KHAN, JONES],
        "Mr A Khan and Ms B Jones",
        "Dear Mr Khan and Ms Jones",
    ),
    (
        [KHAN, JONES, WU],
        "Mr A Khan, Ms B Jones and Dr C Wu",
        "Dear Mr Khan, Ms Jones and Dr Wu",
    ),
    # One surname
    (
        [KHAN, Name("Mrs", "Bano", "Khan")],
        "Mr A Khan and Mrs B Khan",
        "Dear Mr and Mrs Khan",
    ),
    (
        [KHAN, Name("Mr", "Bilal", "Khan")],
        "Mr A Khan and Mr B Khan",
        "Dear Mr A Khan and Mr B Khan",
    ),
    (
        [KHAN, Name("Mrs", "Bano", "Khan"), Name("Miss", "Dina", "Khan")],
        "Mr A Khan, Mrs B Khan and Miss D Khan",
        "Dear Mr Khan, Mrs Khan and Miss Khan",
    ),
    (
        [KHAN, JONES, Name("Mr", "Bilal", "Khan")],
        "Mr A Khan, Ms B Jones and Mr B Khan",
        "Dear Mr A Khan, Ms Jones and Mr B Khan",
    ),
    # No title: the full name, never a guess
    ([Name("", "Aisha", "Khan")], "Aisha Khan", "Dear Aisha Khan"),
    (
        [Name("", "Aisha", "Khan"), Name("Mr", "Bilal", "Khan")],
        "Aisha Khan and Mr B Khan",
        "Dear Aisha Khan and Mr Khan",
    ),
    # One name only
    ([Name("", "", "Sukarno")], "Sukarno", "Dear Sukarno"),
    ([Name("", "Sukarno", "")], "Sukarno", "Dear Sukarno"),
    ([Name("Mr", "Sukarno", "")], "Mr Sukarno", "Dear Mr Sukarno"),
    ([Name("Mr", "", "Khan")], "Mr Khan", "Dear Mr Khan"),
    # Double-barrelled, apostrophes, several given names, full stops
    (
        [Name("Mrs", "Anne-Marie", "Smith-Jones")],
        "Mrs A-M Smith-Jones",
        "Dear Mrs Smith-Jones",
    ),
    ([Name("Mr", "Sean", "O'Neill")], "Mr S O'Neill", "Dear Mr O'Neill"),
    (
        [Name("Mr", "John Ronald", "van der Berg")],
        "Mr J R van der Berg",
        "Dear Mr van der Berg",
    ),
    ([Name("Mr.", "A.J.", "Cole")], "Mr A J Cole", "Dear Mr Cole"),
    ([Name("MR", "ASLAM", "KHAN")], "Mr A KHAN", "Dear Mr KHAN"),
    ([Name("Cllr", "Ivy", "Dunn")], "Cllr I Dunn", "Dear Cllr Dunn"),
    # Other scripts
    ([Name("Mr", "Żaneta", "Łęcka")], "Mr Ż Łęcka", "Dear Mr Łęcka"),
    ([Name("Ms", "Ольга", "Ивина")], "Ms О Ивина", "Dear Ms Ивина"),
    ([Name("Mr", "أحمد", "خان")], "Mr أحمد خان", "Dear Mr خان"),
    ([Name("", "小明", "王")], "小明 王", "Dear 小明 王"),
    # Stray spaces, and accents typed in two parts
    (
        [Name(" Mr ", "  Aslam  ", " Khan\u00a0 ")],
        "Mr A Khan",
        "Dear Mr Khan",
    ),
    ([Name("Ms", "E\u0301lise", "Roy")], "Ms É Roy", "Dear Ms Roy"),
    # Unknown
    ([], "The Occupier", "Dear Occupier"),
    ([Name()], "The Occupier", "Dear Occupier"),
    ([Name("Mr", " ", "")], "The Occupier", "Dear Occupier"),
    ([Name(), KHAN], "Mr A Khan", "Dear Mr Khan"),
    # What would be code elsewhere is a name here
    (
        [Name("", '#panic("x")', "*bold* ((name))")],
        '#panic("x") *bold* ((name))',
        'Dear #panic("x") *bold* ((name))',
    ),
]


@pytest.mark.parametrize(("holders", "on_envelope", "opening"), CASES)
def test_names_follow_uk_habit(holders, on_envelope, opening):
    assert addressee(holders) == on_envelope
    assert salutation(holders) == opening


@pytest.mark.parametrize(
    ("first_name", "expected"),
    [
        ("", ""),
        ("-", ""),
        ("aslam", "A"),
        ("A", "A"),
        ("Jean-Paul", "J-P"),
        ("Jean - Paul", "J P"),
        ("ßiegfried", "ß"),
        ("बीना", "बीना"),
        ("Anna 王", "Anna 王"),
    ],
)
def test_initials(first_name, expected):
    assert initials(first_name) == expected


def test_full_name_leaves_out_what_is_not_held():
    assert full_name(Name("ms", "Bea", "Jones")) == "Ms Bea Jones"
    assert full_name(Name("", " Bea ", "")) == "Bea"


words = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")),
    max_size=20,
)
names = st.builds(
    Name,
    title=st.sampled_from(["", "Mr", "Mrs", "Ms", "Dr", " mx ", "Cllr."]),
    first_name=words,
    last_name=words,
)


@given(st.lists(names, max_size=5))
def test_every_known_surname_is_on_the_envelope(holders):
    line = addressee(holders)
    assert line == " ".join(line.split())
    known = [
        surname
        for holder in holders
        for surname in [
            " ".join(unicodedata.normalize("NFC", holder.last_name).split())
        ]
        if surname
    ]
    for surname in known:
        assert surname in line
    if not any((holder.first_name + holder.last_name).split() for holder in holders):
        assert (line, salutation(holders)) == ("The Occupier", "Dear Occupier")


@given(st.lists(names, max_size=5))
def test_no_title_is_ever_invented(holders):
    if not any(holder.title for holder in holders):
        spoken = salutation(holders).removeprefix("Dear ").split()
        held = " ".join(f"{h.first_name} {h.last_name}" for h in holders)
        assert not {"Mr", "Mrs", "Ms", "Miss", "Mx"} & set(spoken) - set(held.split())


@given(names)
def test_full_name_is_tidy(name):
    text = full_name(name)
    assert text == " ".join(text.split())
    assert full_name(Name(last_name=text)) == text
