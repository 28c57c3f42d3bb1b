"""Rules of rules: each refusal says what would do."""

from __future__ import annotations

import pytest

from patches.design.errors import DesignRefused
from patches.design.models import RuleKind
from patches.design.rules import ruling
from patches.design.selectors.rules import FoundHomes


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"unknown": ["A1"]}, "“A1”: no home of this design has"),
        ({"unclear": ["A1"]}, "more than one home has this reference"),
        ({"outside": ["A1"]}, "not in the wards of this design"),
        ({"unknown": list("ABCDEFGH")}, "“A”, “B”, “C”, “D”, “E” and 3 more: no home"),
    ],
)
def test_homes_are_known(found, said):
    with pytest.raises(DesignRefused, match=said) as refusal:
        ruling.check_homes_are_known(FoundHomes(**found), field="other_homes")
    assert refusal.value.field == "other_homes"
    ruling.check_homes_are_known(FoundHomes(ids=[1]))


@pytest.mark.parametrize(
    ("kind", "homes", "others", "said"),
    [
        ("together", 0, 0, "at least two homes"),
        ("together", 1, 0, "at least two homes"),
        ("together", 2, 0, ""),
        ("together", ruling.MOST_HOMES + 1, 0, "at most 2,000 homes"),
        ("apart", 1, 0, "at least two homes"),
        ("apart", 0, 1, "at least one home"),
        ("apart", 1, 1, ""),
        ("apart", 1, ruling.MOST_HOMES + 1, "at most 2,000 homes"),
        ("not_in", 0, 0, "at least one home"),
        ("not_in", 1, 0, ""),
        ("keep", 0, 0, ""),
    ],
)
def test_number_of_homes(kind, homes, others, said):
    asked = (RuleKind(kind), range(homes), range(others))
    if not said:
        ruling.check_number_of_homes(*asked)
        return
    with pytest.raises(DesignRefused, match=said):
        ruling.check_number_of_homes(*asked)


@pytest.mark.parametrize(
    ("homes", "others", "said"),
    [
        ([1, 2], [], ""),
        ([1, 2], [3], ""),
        ([1, 2], [2], "1 home is in both groups"),
        ([1, 2], [1, 2], "2 homes are in both groups"),
        (range(200), range(200, 301), "too many pairs"),
        (range(41), [], "take as many patches"),
    ],
)
def test_pairs_apart(homes, others, said):
    if not said:
        ruling.check_pairs_apart(homes, others)
        return
    with pytest.raises(DesignRefused, match=said):
        ruling.check_pairs_apart(homes, others)


def test_one_area():
    ruling.check_one_area({1: "Mere", 2: "Mere"})
    with pytest.raises(DesignRefused, match="areas of Dyke and Mere"):
        ruling.check_one_area({1: "Mere", 2: "Dyke"})
