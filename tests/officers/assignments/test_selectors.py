"""Who answers, on every kind of day."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.common.dates import today
from officers.assignments.selectors import (
    AnswerKind,
    answers_for,
    candidates_for,
    list_assignment_timeline,
    who_answers,
    with_answer,
    with_answer_kind,
)
from officers.directory.selectors import with_load
from officers.models import Officer
from patches.models import Patch
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def patch(ward, team):
    """Led from 10 to 20 June, covered from 15 to 17 June, else the team's."""
    patch = PatchFactory(ward=ward)
    AssignmentFactory(
        patch=patch, starts_on=dt.date(2026, 6, 10), ends_on=dt.date(2026, 6, 20)
    )
    AssignmentFactory(
        patch=patch,
        kind="cover",
        starts_on=dt.date(2026, 6, 15),
        ends_on=dt.date(2026, 6, 17),
    )
    return patch


TABLE = [
    (9, AnswerKind.TEAM),
    (10, AnswerKind.LEAD),
    (14, AnswerKind.LEAD),
    (15, AnswerKind.COVER),
    (16, AnswerKind.COVER),
    (17, AnswerKind.COVER),
    (18, AnswerKind.LEAD),
    (20, AnswerKind.LEAD),
    (21, AnswerKind.TEAM),
]


@pytest.mark.parametrize(("day", "kind"), TABLE)
def test_who_answers_on_each_day(patch, day, kind):
    on = dt.date(2026, 6, day)
    answer = who_answers(patch, on)
    assert answer.kind == kind
    assert answer.is_person == (kind in {AnswerKind.LEAD, AnswerKind.COVER})
    assert (answer.covered is not None) == (kind == AnswerKind.COVER)
    row = with_answer_kind(with_answer(Patch.objects.all(), on), on).get()
    assert row.answer_kind == kind


def test_nobody_answers_in_a_ward_without_a_team():
    patch = PatchFactory()
    day = dt.date(2026, 6, 1)
    assert who_answers(patch, day).kind == AnswerKind.NOBODY
    row = with_answer_kind(with_answer(Patch.objects.all(), day), day).get()
    assert row.answer_kind == AnswerKind.NOBODY


def test_team_may_cover(patch, team):
    AssignmentFactory(
        patch=patch,
        kind="cover",
        officer=None,
        team=team,
        starts_on=dt.date(2026, 6, 19),
        ends_on=dt.date(2026, 6, 19),
    )
    answer = who_answers(patch, dt.date(2026, 6, 19))
    assert (answer.kind, answer.team) == (AnswerKind.TEAM, team)


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        # 23:30 UTC in summer is half past midnight here, already the next day.
        ("2026-06-09T22:59:00+00:00", AnswerKind.TEAM),
        ("2026-06-09T23:30:00+00:00", AnswerKind.LEAD),
        ("2026-06-14T23:30:00+00:00", AnswerKind.COVER),
        ("2026-06-17T22:30:00+00:00", AnswerKind.COVER),
        ("2026-06-17T23:30:00+00:00", AnswerKind.LEAD),
        ("2026-06-20T23:30:00+00:00", AnswerKind.TEAM),
    ],
)
def test_today_is_the_day_here_not_in_utc(patch, moment, kind):
    with time_machine.travel(moment, tick=False):
        assert who_answers(patch, today()).kind == kind


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Clocks go forward at 01:00 UTC on 29 March 2026 …
        ("2026-03-28T23:30:00+00:00", dt.date(2026, 3, 28)),
        ("2026-03-29T23:30:00+00:00", dt.date(2026, 3, 30)),
        # … and back at 01:00 UTC on 25 October 2026.
        ("2026-10-24T23:30:00+00:00", dt.date(2026, 10, 25)),
        ("2026-10-25T23:30:00+00:00", dt.date(2026, 10, 25)),
    ],
)
def test_nights_when_the_clocks_change(ward, team, moment, day):
    patch = PatchFactory(ward=ward)
    lead = AssignmentFactory(patch=patch, starts_on=day, ends_on=day)
    with time_machine.travel(moment, tick=False):
        assert who_answers(patch, today()).officer == lead.officer


def test_timeline_is_newest_first(patch):
    starts = [row.starts_on.day for row in list_assignment_timeline(patch)]
    assert starts == [15, 10]


def test_candidates_are_own_team_first_with_load(ward, team, officer, leader):
    patch = PatchFactory(ward=ward)
    PatchMembershipFactory(patch=patch)
    AssignmentFactory(patch=patch, officer=officer)
    stranger = OfficerFactory(name="Aaron First")
    OfficerFactory(left_on=dt.date(2025, 1, 1))
    OfficerFactory(started_on=dt.date(2100, 1, 1))
    found = list(candidates_for(patch, today()))
    assert found[-1] == stranger
    assert {person.pk for person in found[:2]} == {officer.pk, leader.pk}
    load = {person.pk: person for person in found}[officer.pk]
    assert (load.patch_count, load.home_count, load.cover_count) == (1, 1, 0)


def test_load_counts_managed_homes_of_patches_led(ward, team, officer):
    for _ in range(2):
        patch = PatchFactory(ward=ward)
        AssignmentFactory(patch=patch, officer=officer)
        PatchMembershipFactory.create_batch(3, patch=patch)
    PatchMembershipFactory(patch=patch, property__managed_to=dt.date(2025, 1, 1))
    covered = PatchFactory(ward=ward)
    PatchMembershipFactory(patch=covered)
    AssignmentFactory(
        patch=covered, officer=officer, kind="cover", ends_on=dt.date(2100, 1, 1)
    )
    load = with_load(Officer.objects.all(), today()).get(pk=officer.pk)
    assert (load.home_count, load.patch_count, load.cover_count) == (6, 2, 1)
    assert load.lead_since == dt.date(2024, 1, 1)


def test_queries_do_not_grow(ward, team, django_assert_num_queries):
    day = today()
    for _ in range(2):
        AssignmentFactory(patch=PatchFactory(ward=ward))
    with CaptureQueriesContext(connection) as few:
        answers_for(Patch.objects.all(), day)
        list(with_load(Officer.objects.all(), day))
    for _ in range(10):
        AssignmentFactory(patch=PatchFactory(ward=ward))
    with django_assert_num_queries(len(few)):
        answers_for(Patch.objects.all(), day)
        list(with_load(Officer.objects.all(), day))
