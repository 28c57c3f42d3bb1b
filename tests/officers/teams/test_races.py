"""Two people at once change the teams of wards, on the database in use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from housingplus.common.dates import today
from housingplus.common.errors import Conflict, Refusal
from officers.assignments.models import Assignment
from officers.assignments.selectors import who_answers
from officers.assignments.services import assign_lead
from officers.teams import services
from officers.teams.models import TeamLeadership, TeamWard, WardTeam
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamWardFactory,
    UserFactory,
    WardTeamFactory,
)
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; return results or errors."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(at: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[at] = act()
        except Exception as error:
            results[at] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(at, act)) for at, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def check_refusals(results: list[Any]) -> int:
    """Every error is a sentence for a person; returns how many won."""
    errors = [row for row in results if isinstance(row, Exception)]
    assert all(isinstance(error, Refusal) for error in errors), errors
    return len(results) - len(errors)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_ward_goes_to_one_of_two_teams(_):
    held, by = TeamWardFactory(), UserFactory()
    news = [WardTeamFactory(), WardTeamFactory()]
    results = at_once(
        *(
            lambda team=team: services.give_ward(
                team=team, ward=held.ward, starts_on=today(), by=by
            )
            for team in news
        )
    )
    assert check_refusals(results) == 1
    assert TeamWard.objects.current().filter(ward=held.ward).count() == 1


@pytest.mark.parametrize("_", range(ROUNDS))
def test_patch_has_one_lead_when_its_ward_goes_as_it_is_assigned(_):
    held, by, officer = TeamWardFactory(), UserFactory(), OfficerFactory()
    new, patch = WardTeamFactory(), PatchFactory(ward=held.ward)
    AssignmentFactory(patch=patch, officer=None, team=held.team)
    results = at_once(
        lambda: services.give_ward(team=new, ward=held.ward, starts_on=today(), by=by),
        lambda: assign_lead(patch=patch, officer=officer, starts_on=today(), by=by),
    )
    assert check_refusals(results) >= 1
    assert Assignment.objects.current().filter(patch=patch, kind="lead").count() == 1
    answer = who_answers(patch, today())
    assert answer.officer == officer or answer.team == new


@pytest.mark.parametrize("_", range(ROUNDS))
def test_team_has_one_leader(_):
    team, by = WardTeamFactory(), UserFactory()
    officers = [OfficerFactory(), OfficerFactory()]
    results = at_once(
        *(
            lambda officer=officer: services.set_leader(
                team=team, officer=officer, starts_on=today(), by=by
            )
            for officer in officers
        )
    )
    assert check_refusals(results) == 1
    assert TeamLeadership.objects.current().filter(team=team).count() == 1


@pytest.mark.parametrize("_", range(ROUNDS))
def test_one_of_two_changes_of_a_team_is_a_conflict(_):
    team, by = WardTeamFactory(), UserFactory()
    results = at_once(
        *(
            lambda phone=phone: services.save_team(
                team=team, version=1, name=team.name, phone=phone, email="", by=by
            )
            for phone in ("07700 900001", "07700 900002")
        )
    )
    assert sum(isinstance(row, Conflict) for row in results) == 1
    saved = next(row for row in results if isinstance(row, WardTeam))
    assert WardTeam.objects.get(pk=team.pk).phone == saved.phone
