"""Who is proposed for each drawn patch."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officers.designs.comparing import leads_of, officer_changes_of
from officers.designs.proposing import propose_leads
from officers.designs.selectors import count_officer_changes, proposed_leads
from tests.factories.designs import ProposedLeadFactory, make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory

ANN, BO, CY = 1, 2, 3
ONE_AREA = {10: "A", 20: "A", 30: "A"}


def propose(homes, *, led=None, chosen=None, area_of=ONE_AREA):
    counted = {patch: Counter(own) for patch, own in homes.items()}
    officers = [ANN, BO, CY]
    led = led or dict.fromkeys(officers, 1)
    return propose_leads(counted, area_of, officers, led, chosen or {})


@pytest.mark.parametrize(
    ("homes", "expected"),
    [
        ({10: {ANN: 12}, 20: {BO: 8, ANN: 4}}, {10: ANN, 20: BO}),
        # Ann leads most of both, but one patch is hers: with Bo, 20 keep their officer.
        ({10: {ANN: 12}, 20: {ANN: 12, BO: 8}}, {10: ANN, 20: BO}),
        # Two equal proposals: the order of officers decides.
        ({10: {ANN: 5, BO: 5}, 20: {ANN: 5, BO: 5}}, {10: ANN, 20: BO}),
        # A patch more than officers: the one that loses least by it.
        ({10: {ANN: 9}, 20: {ANN: 3}}, {10: ANN, 20: None}),
        ({10: {None: 4}}, {10: None}),
        ({10: {}}, {10: None}),
    ],
)
def test_most_homes_keep_their_officer(homes, expected):
    assert propose(homes) == expected


def test_an_officer_of_two_patches_may_have_two_again():
    homes = {10: {ANN: 9}, 20: {ANN: 3, BO: 1}}
    assert propose(homes, led={ANN: 2, BO: 1}) == {10: ANN, 20: ANN}


def test_who_is_chosen_stays_and_has_one_patch_less_to_be_proposed_for():
    homes = {10: {ANN: 9}, 20: {BO: 9, ANN: 1}, 30: {CY: 1}}
    assert propose(homes, chosen={20: ANN}) == {10: BO, 20: ANN, 30: CY}
    assert propose(homes, chosen={10: None}) == {10: None, 20: BO, 30: CY}


def test_nobody_is_proposed_outside_the_areas_they_work_in():
    homes = {10: {ANN: 9}, 20: {BO: 9}, 30: {None: 9}}
    areas = {10: "A", 20: "B", 30: "C"}
    assert propose(homes, area_of=areas)[30] is None


counts = st.dictionaries(st.sampled_from([ANN, BO, CY]), st.integers(1, 9), max_size=3)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    homes=st.dictionaries(st.sampled_from([10, 20, 30]), counts, min_size=1),
    led=st.dictionaries(st.sampled_from([ANN, BO, CY]), st.integers(0, 2)),
)
def test_no_other_proposal_keeps_more_homes(homes, led):
    found = propose(homes, led=led or {ANN: 0})

    def kept(leads) -> int:
        return sum(homes[p].get(who, 0) for p, who in leads.items() if who)

    def is_allowed(leads) -> bool:
        many = Counter(who for who in leads.values() if who)
        return all(count <= led.get(who, 0) for who, count in many.items())

    every = (
        dict(zip(homes, picked, strict=True))
        for picked in product([None, ANN, BO, CY], repeat=len(homes))
    )
    assert is_allowed(found)
    assert kept(found) == max(kept(leads) for leads in every if is_allowed(leads))


@pytest.fixture
def made(db, ward, team):
    """Two patches of six homes; two of Ann's three streets go to Bo's patch."""
    made = make_drawn_design(ward=ward, homes=6, moved=2)
    for patch, name in zip(made.present, ("Ann", "Bo"), strict=True):
        AssignmentFactory(patch=patch, officer=OfficerFactory(name=name))
    return made


def names(leads, made) -> list[str]:
    return [leads[row.pk].name if leads[row.pk] else "" for row in made.drawn]


def test_both_officers_keep_a_patch(made):
    assert names(proposed_leads(made.alternative), made) == ["Ann", "Bo"]
    assert count_officer_changes(made.alternative).home_count == 4


def test_one_patch_alone_is_answered_for_as_among_all(made):
    for row in made.drawn:
        _, leads = leads_of([row])
        assert leads[row.pk] == proposed_leads(made.alternative)[row.pk]
    assert officer_changes_of(made.drawn)[made.alternative.pk].home_count == 4


def test_each_alternative_has_proposals_of_its_own(made):
    now = list(made.as_now.patches.order_by("pk"))
    ProposedLeadFactory(design_patch=made.drawn[0], officer=OfficerFactory(name="Di"))

    _, leads = leads_of([*now, *made.drawn])

    assert [leads[row.pk].name for row in now] == ["Ann", "Bo"]
    assert names(leads, made) == ["Di", "Bo"]
