"""Two people at once, on the database in use; each protection has its twin without."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Q

from housingplus.common.dates import today
from officers.designs import services
from patches.design.errors import DesignChanged
from patches.design.services import deciding, publishing
from patches.models import DesignStatus, PatchDesign, PatchMembership
from patches.register import rules
from patches.register.errors import MoveRefused
from patches.register.services import move_homes, moving
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory, UserFactory
from tests.stress import rounds

from .conftest import day

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = rounds(3, 50)


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


def approved(ward, manager):
    made = make_drawn_design(
        patches=3, new=1, ward=ward, author=manager, status=DesignStatus.APPROVED
    )
    for patch in made.present:
        AssignmentFactory(patch=patch)
    return made


def publishing_of(design: PatchDesign, by, starts_on: dt.date) -> Callable:
    return lambda: services.publish_design(
        design=design, starts_on=starts_on, version=design.version, by=by
    )


def outside_their_patch() -> int:
    """Times of homes in patches on days when the patch is not in force."""
    ended = Q(patch__ends_on__isnull=False)
    longer = Q(ends_on__isnull=True) | Q(ends_on__gt=F("patch__ends_on"))
    return PatchMembership.objects.filter(
        Q(starts_on__lt=F("patch__starts_on")) | (ended & longer)
    ).count()


def test_two_managers_publish_at_once_and_one_is_told_who_did(ward, team, manager):
    other = UserFactory(first_name="Sam", last_name="Poole", role=manager.role)
    for _ in range(ROUNDS):
        made = approved(ward, manager)
        results = at_once(
            publishing_of(made.design, manager, day(30)),
            publishing_of(made.design, other, day(31)),
        )
        won = [row for row in results if isinstance(row, PatchDesign)]
        lost = [row for row in results if isinstance(row, DesignChanged)]
        assert (len(won), len(lost)) == (1, 1), results
        assert f"{won[0].published_by} published this design on" in str(lost[0])
        assert made.design.events.filter(to_status="scheduled").count() == 1
        services.cancel_publication(
            design=won[0], reason="Next round", version=won[0].version, by=manager
        )
        for patch in made.present:
            patch.memberships.all().delete()
            patch.assignments.all().delete()
            type(patch).objects.filter(pk=patch.pk).update(ends_on=day(-1))


def test_a_double_click_publishes_once(ward, team, manager):
    made = approved(ward, manager)
    once = publishing_of(made.design, manager, day(30))
    first, second = at_once(once, once)
    assert first == second == made.design
    assert made.design.events.filter(to_status="scheduled").count() == 1


def test_two_people_choose_and_neither_overwrites_the_other(manager):
    other = UserFactory(role=manager.role)
    for _ in range(ROUNDS):
        results = _choose_both(manager, other)
        assert sum(isinstance(row, PatchDesign) for row in results) == 1, results
        assert sum(isinstance(row, DesignChanged) for row in results) == 1


def test_twin_without_the_version_overwrites_silently(manager, monkeypatch):
    monkeypatch.setattr(deciding, "check_version", lambda design, version: None)
    results = _choose_both(manager, UserFactory(role=manager.role))
    assert all(isinstance(row, PatchDesign) for row in results), results


def _choose_both(one, other) -> list[Any]:
    made = make_drawn_design()
    second = made.design.alternatives.get(pk=made.alternative.pk)
    drawn = second.patches.first()
    second.pk, second.number = None, 9
    second.save()
    drawn.pk, drawn.alternative = None, second
    drawn.save()
    return at_once(
        *(
            lambda alternative=alternative, by=by: deciding.choose_alternative(
                design=made.design, alternative=alternative, version=1, by=by
            )
            for alternative, by in ((made.alternative, one), (second, other))
        )
    )


def _move_into_closing(made, manager) -> Callable:
    """Move a home that stays where it is to the patch that is to close."""
    return lambda: move_homes(
        properties=[made.homes[0].pk],
        to_patch=made.present[2],
        starts_on=today(),
        reason="Repairs",
        token=uuid.uuid4(),
        by=manager,
    )


def test_a_home_moved_meanwhile_is_never_left_in_a_closed_patch(ward, team, manager):
    made = approved(ward, manager)
    results = at_once(
        publishing_of(made.design, manager, day(30)), _move_into_closing(made, manager)
    )
    assert isinstance(results[0], PatchDesign), results
    assert not isinstance(results[1], Exception) or isinstance(results[1], MoveRefused)
    assert outside_their_patch() == 0


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one transaction at a time"
)
def test_twin_without_locks_leaves_a_home_in_a_closed_patch(
    ward, team, manager, monkeypatch
):
    """The move falls between the plan and the closing of the patch.

    The register's own check of a closing patch is the backstop: it is off as well.
    """

    def unlocked(queryset):
        return queryset.order_by("pk")

    for module in (publishing, moving):
        monkeypatch.setattr(module, "lock", unlocked)
    monkeypatch.setattr(rules, "check_period_holds_homes", lambda **period: None)
    moved, planned = threading.Event(), threading.Event()
    plan_publication = publishing.plan_publication
    made = approved(ward, manager)

    def plan_and_wait(*args):
        plan = plan_publication(*args)
        planned.set()
        moved.wait(timeout=5)
        return plan

    monkeypatch.setattr(publishing, "plan_publication", plan_and_wait)

    def move_after_the_plan():
        planned.wait(timeout=5)
        with contextlib.suppress(MoveRefused):
            _move_into_closing(made, manager)()
        moved.set()

    results = at_once(publishing_of(made.design, manager, day(30)), move_after_the_plan)
    assert outside_their_patch() == 1, results
