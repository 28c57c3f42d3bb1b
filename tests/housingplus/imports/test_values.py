"""Cells: what they become, or what the person is told to do."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.imports import values
from housingplus.imports.errors import CellProblem


@pytest.mark.parametrize(
    ("text", "held"),
    [("990000000007", "990000000007"), ("000000012345", "12345"), ("7", "7")],
)
def test_uprn_loses_leading_zeros(text, held):
    assert values.uprn(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "1.00E+11",
        "9,9E+11",
        "1E11",
        "-5",
        "1_000",
        "٣٤٥",
        "１２３",
        "12a",
        "0",
        "1234567890123",
        "990000000007.0",
    ],
)
def test_uprn_refuses_what_is_no_uprn(text):
    with pytest.raises(CellProblem):
        values.uprn(text)


def test_uprn_shortened_by_excel_is_named_as_such():
    with pytest.raises(CellProblem, match="Excel has shortened"):
        values.uprn("1.00E+11")


@pytest.mark.parametrize(
    ("text", "held"),
    [("zk11aa", "ZK1 1AA"), ("ZS99 1AA", "ZS99 1AA"), ("zk1  1aa", "ZK1 1AA")],
)
def test_postcode_gets_its_shape(text, held):
    assert values.postcode(text) == held


@pytest.mark.parametrize("text", ["ZK1", "1AA ZK1", "ZK1 1A", "ZKK1 1AAA", "ZＫ1 1AA"])
def test_postcode_refuses_other_shapes(text):
    with pytest.raises(CellProblem, match="whole postcode"):
        values.postcode(text)


@pytest.mark.parametrize(
    "text", ["2026-03-04", "04/03/2026", "4.3.2026", "4-3-2026", "2026-03-04 00:00:00"]
)
def test_dates_are_iso_or_day_first(text):
    assert values.date(text) == dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "03/13/2026", "4/3/26", "1/1/1800", "46085", "soon"]
)
def test_dates_refuse_guesses(text):
    with pytest.raises(CellProblem):
        values.date(text)


@pytest.mark.parametrize("text", ["", "x", "1.5", "-1", "31", "9" * 30, "٣"])
def test_whole_number_keeps_its_bounds(text):
    with pytest.raises(CellProblem):
        values.whole_number(text, least=0, most=30)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Elm \t Road ", "Elm Road"),
        ("Elm\u00a0Road", "Elm Road"),
        ("\u200bElm", "Elm"),
    ],
)
def test_text_is_tidied(raw, text):
    assert values.clean_text(raw) == text


@pytest.mark.parametrize("raw", ["Elm\x07", "Elm\u202eRoad", "Caf\ufffd", "a\x1b[1m"])
def test_text_refuses_what_no_person_typed(raw):
    with pytest.raises(CellProblem):
        values.clean_text(raw)


@pytest.mark.parametrize("text", ["\u200b", "\u200d", "\ufe0f", "\u3164"])
def test_a_cell_in_which_nothing_is_seen_is_empty(text):
    assert values.clean_text(text) == ""
