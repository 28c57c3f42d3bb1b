"""One answer for a postcode when its homes agree, else the homes to choose from."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from officers.assignments.selectors import AnswerKind, who_answers
from officers.who_answers.selectors import (
    Outcome,
    council_contact,
    find_by_postcode,
    find_by_uprn,
    list_patches_in_ward,
    list_public_wards,
    officers_with_public_photo,
)
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import LandlordFactory, PatchFactory, WardFactory

from .conftest import DAY

pytestmark = pytest.mark.django_db
POSTCODE = "ZK1 1AA"
ONE = dt.timedelta(days=1)


def ask(**asked):
    return find_by_postcode(POSTCODE, DAY, **asked)


def test_homes_that_agree_have_one_answer(patch, lead, team, home_in):
    for _ in range(3):
        home_in(patch)
    found = ask()
    assert found.outcome == Outcome.ANSWERED
    assert found.answered.answer == who_answers(patch, DAY)
    assert found.answered.team == team
    assert found.answered.leader.name == "Alex Doyle"
    assert found.since == lead.starts_on
    assert found.chosen is None
    assert found.contact is None


def test_postcode_is_found_however_it_was_stored(patch, lead, home_in):
    home_in(patch, postcode="ZK11AA")
    assert ask().outcome == Outcome.ANSWERED


def test_cover_answers_while_it_runs(patch, lead, home_in):
    cover = AssignmentFactory(
        patch=patch, kind="cover", starts_on=DAY, ends_on=DAY + 5 * ONE
    )
    home_in(patch)
    answer = ask().answered.answer
    assert (answer.kind, answer.officer) == (AnswerKind.COVER, cover.officer)
    assert (answer.covered, answer.until) == (lead.officer, DAY + 5 * ONE)
    later = find_by_postcode(POSTCODE, DAY + 6 * ONE)
    assert later.answered.answer.officer == lead.officer


def test_vacant_patch_is_answered_by_its_team(patch, team, home_in):
    home_in(patch)
    found = ask()
    assert found.outcome == Outcome.ANSWERED
    assert found.answered.answer.kind == AnswerKind.TEAM
    assert found.answered.team == team
    assert found.contact is None


def test_patch_without_team_or_officer_names_the_manager(landlord, home_in):
    home_in(PatchFactory())
    found = ask()
    assert found.answered.answer.kind == AnswerKind.NOBODY
    assert found.contact == landlord


def test_homes_that_disagree_are_offered_in_walking_order(ward, patch, lead, home_in):
    other = PatchFactory(ward=ward)
    AssignmentFactory(patch=other)
    second, first = home_in(other, building="14"), home_in(patch, building="2")
    found = ask()
    assert found.outcome == Outcome.CHOOSE
    assert found.answered is None
    assert list(found.homes) == [first, second]


def test_chosen_home_is_answered(ward, patch, lead, home_in):
    home_in(PatchFactory(ward=ward))
    mine = home_in(patch)
    found = ask(home_id=mine.pk)
    assert found.outcome == Outcome.ANSWERED
    assert (found.chosen, found.answered.answer.officer) == (mine, lead.officer)


def test_home_of_another_postcode_cannot_be_chosen(patch, lead, home_in):
    home_in(patch)
    elsewhere = home_in(patch, postcode="ZK9 9ZZ")
    assert ask(home_id=elsewhere.pk).outcome == Outcome.NOT_KNOWN


def test_two_patches_of_one_officer_agree_without_a_date(ward, patch, lead, home_in):
    other = PatchFactory(ward=ward)
    AssignmentFactory(patch=other, officer=lead.officer, starts_on=DAY)
    home_in(patch)
    home_in(other)
    found = ask()
    assert (found.outcome, found.since) == (Outcome.ANSWERED, None)


def test_covers_that_end_on_different_days_disagree(ward, patch, lead, home_in):
    other = PatchFactory(ward=ward)
    stand_in = OfficerFactory()
    for covered, last in ((patch, DAY), (other, DAY + ONE)):
        AssignmentFactory(
            patch=covered, officer=stand_in, kind="cover", starts_on=DAY, ends_on=last
        )
        home_in(covered)
    assert ask().outcome == Outcome.CHOOSE


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("14", Outcome.ANSWERED),
        (" 14 elm road ", Outcome.ANSWERED),
        ("Flat 3", Outcome.ANSWERED),
        ("flat 3, 16 Elm Road", Outcome.ANSWERED),
        ("elm", Outcome.CHOOSE),
        ("99", Outcome.NOT_KNOWN),
        ("1", Outcome.NOT_KNOWN),
        ("--", Outcome.NOT_KNOWN),
        ("18", Outcome.NOT_MANAGED),
    ],
)
def test_number_narrows_the_homes(ward, patch, lead, home_in, number, outcome):
    home_in(patch, building="14")
    home_in(PatchFactory(ward=ward), building="16", sub_building="Flat 3")
    home_in(patch, building="18", managed_to=DAY - ONE)
    assert ask(number=number).outcome == outcome


def test_home_without_patch_is_told_its_wards_team(ward, team, home_in):
    home_in(ward=ward)
    found = ask()
    assert found.outcome == Outcome.NO_PATCH
    assert found.answered.answer is None
    assert (found.answered.team, found.answered.leader.name) == (team, "Alex Doyle")
    assert found.contact is None


def test_home_without_patch_or_team_is_told_its_manager(landlord, home_in):
    home_in(ward=WardFactory())
    assert ask().contact == landlord


def test_membership_that_has_ended_does_not_count(patch, lead, home_in):
    home = home_in(patch)
    home.memberships.update(ends_on=DAY - ONE)
    assert ask().outcome == Outcome.NO_PATCH
    assert find_by_postcode(POSTCODE, DAY - ONE).outcome == Outcome.ANSWERED


@pytest.mark.parametrize(
    "dates",
    [{"managed_to": DAY - ONE}, {"managed_from": DAY + ONE}],
    ids=["ended", "to come"],
)
def test_home_not_managed_today_is_said_to_be_so(patch, lead, landlord, home_in, dates):
    home = home_in(patch, **dates)
    for found in (ask(), find_by_uprn(home.uprn, DAY)):
        assert found.outcome == Outcome.NOT_MANAGED
        assert found.contact == landlord
        assert found.homes == ()


def test_last_day_of_management_still_counts(patch, lead, home_in):
    home_in(patch, managed_to=DAY)
    assert ask().outcome == Outcome.ANSWERED


def test_ended_home_is_not_offered(ward, patch, lead, home_in):
    home_in(patch, managed_to=DAY - ONE)
    kept = home_in(patch)
    assert ask().homes == (kept,)


def test_uprn_finds_its_home_only(patch, lead, home_in):
    home = home_in(patch)
    assert find_by_uprn(home.uprn, DAY).homes == (home,)
    assert find_by_uprn("1", DAY).outcome == Outcome.NOT_KNOWN


def test_unknown_home_is_told_to_ask_the_council_first():
    assert council_contact() is None
    LandlordFactory(kind="association")
    council = LandlordFactory(kind="council")
    assert ask().contact == council


def test_photo_is_public_only_while_the_officer_answers(patch, lead):
    lead.officer.photo = "officers/photos/x.jpg"
    lead.officer.save()
    OfficerFactory(photo="officers/photos/y.jpg")
    assert list(officers_with_public_photo(DAY)) == [lead.officer]
    assert not officers_with_public_photo(lead.starts_on - ONE)


def test_number_of_queries_does_not_depend_on_the_number_of_homes(
    ward, patch, lead, home_in
):
    other = PatchFactory(ward=ward)
    home_in(patch)
    home_in(other)
    home_in(ward=ward)
    with CaptureQueriesContext(connection) as few:
        ask()
    for _ in range(4):
        home_in(patch)
        home_in(other)
        home_in(ward=ward)
    with CaptureQueriesContext(connection) as many:
        assert len(ask().homes) == 15
    assert len(many) == len(few) <= 10


def test_ward_lists_its_patches_and_streets(ward, team, patch, lead, home_in):
    for street in ("Oak Lane", "Elm Road", "Elm Road"):
        home_in(patch, street=street, street_key=street.lower())
    home_in(patch, street="Gone Close", managed_to=DAY - ONE)
    across = PatchFactory(code="AA-01")
    visitor = home_in(across, street="Far End", street_key="far end")
    visitor.ward = ward
    visitor.save()
    PatchFactory(ward=ward, code="OLD", ends_on=DAY - ONE)
    found = list_patches_in_ward(ward, DAY)
    assert (found.team, found.leader.name) == (team, "Alex Doyle")
    assert [(row.patch.code, row.streets) for row in found.patches] == [
        ("AA-01", ("Far End",)),
        ("KS-04", ("Elm Road", "Oak Lane")),
    ]
    assert found.patches[1].answer.officer == lead.officer


def test_wards_are_listed_with_their_teams(ward, team):
    bare = WardFactory(name="Aspen")
    assert list_public_wards(DAY) == [(bare, None), (ward, team)]
