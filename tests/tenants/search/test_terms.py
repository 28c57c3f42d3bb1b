"""Reading what was typed."""

import pytest

from tenants.search.terms import MOST_TERMS, Match, Term, parse


def texts(typed):
    return [term.text for term in parse(typed).terms]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14 elm", ["14", "elm"]),
        ("Flat 3, Kestrel", ["flat", "3", "kestrel"]),
        ("ZK1 1AA", ["zk11aa"]),
        ("zk11aa", ["zk11aa"]),
        ("elm ZK12 3bb", ["elm", "zk123bb"]),
        ("ZK1", ["zk1"]),
        ("O'Neill", ["oneill"]),
        ("elm elm", ["elm"]),
        ("  \0 ", []),
        ("000990000000001", ["990000000001"]),
        ("!!", []),
    ],
)
def test_terms(typed, expected):
    assert texts(typed) == expected


def test_house_number_finds_its_letters_but_not_longer_numbers():
    term = parse("14").terms[0]
    assert term.finds("14")
    assert term.finds("14a")
    assert not term.finds("140")
    assert not term.finds("14aa")
    assert not term.finds("1")


def test_first_half_of_a_postcode_is_exact():
    assert parse("ZK1").terms == (Term("zk1", Match.EXACT),)


def test_other_words_are_beginnings():
    assert parse("kest").terms[0].finds("kestrel")


def test_no_more_than_a_few_terms_are_looked_up():
    assert len(parse(" ".join("abcdefghij")).terms) == MOST_TERMS


@pytest.mark.parametrize("typed", ["ZK1 1AA", "zk11aa", " Zk1  1aA "])
def test_full_postcode_is_recognised(typed):
    assert parse(typed).postcode == "zk11aa"


@pytest.mark.parametrize("typed", ["ZK1", "14 elm", "ZK1 1AA elm"])
def test_anything_else_is_no_postcode(typed):
    assert parse(typed).postcode == ""


@pytest.mark.parametrize("typed", ["KF-0042", "kf-00", "A/12/3"])
def test_reference_with_marks_is_recognised(typed):
    assert parse(typed).may_be_reference


@pytest.mark.parametrize("typed", ["KF0042", "14 elm", "O'Neill", "Al-Rashid", "12-"])
def test_other_text_is_no_reference(typed):
    assert not parse(typed).may_be_reference
