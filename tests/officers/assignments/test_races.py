"""Two people at once, on the database in use; each protection has its twin without."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from housingplus.common import triggers
from housingplus.common.dates import today
from officers.assignments import services
from officers.assignments.errors import AssignmentChanged
from officers.assignments.models import Assignment
from officers.assignments.selectors import latest_assignment_ids
from officers.assignments.services import leads
from officers.directory.models import Officer
from patches.models import Patch
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamWardFactory,
    UserFactory,
)
from tests.factories.patches import PatchFactory, WardFactory
from tests.stress import rounds

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = rounds(20, 300)
CONSTRAINT = "one_lead_for_a_patch_on_a_date"


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


def assigning(patch: Patch, officer: Officer, by, seen: int | None) -> Callable:
    return lambda: services.assign_lead(
        patch=patch,
        officer=officer,
        starts_on=today(),
        reason="",
        by=by,
        seen_assignment_id=seen,
    )


def leads_today(patch: Patch) -> int:
    return Assignment.objects.as_at(today()).filter(patch=patch, kind="lead").count()


@pytest.fixture
def ward():
    return TeamWardFactory(ward=WardFactory()).ward


@pytest.fixture
def together(monkeypatch):
    """Make both threads come to the insert before either goes on, if they can."""
    meeting = threading.Barrier(2)
    begin = leads.begin

    def begin_together(assignment, *, by):
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1)
        return begin(assignment, by=by)

    monkeypatch.setattr(leads, "begin", begin_together)
    return meeting


@pytest.fixture
def no_locks(monkeypatch):
    def plain_patches(ids):
        return list(Patch.objects.filter(pk__in=set(ids)))

    def plain_officers(ids):
        return Officer.objects.in_bulk(set(ids))

    monkeypatch.setattr(leads, "lock_patches", plain_patches)
    monkeypatch.setattr(leads, "lock_officers", plain_officers)


@pytest.fixture
def no_constraint():
    table = Assignment._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("insert", "update"):
                cursor.execute(f'DROP TRIGGER "{CONSTRAINT}_{event}"')
        else:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {CONSTRAINT}")
    yield
    Assignment.objects.all().delete()
    if connection.vendor == "sqlite":
        triggers.install(connection)
        return
    rule = next(c for c in Assignment._meta.constraints if c.name == CONSTRAINT)
    with connection.schema_editor() as editor:
        editor.execute(rule.create_sql(Assignment, editor))


def test_two_leaders_at_once_have_one_winner(ward):
    users = UserFactory.create_batch(2)
    officers = OfficerFactory.create_batch(2)
    for _ in range(ROUNDS):
        patch = PatchFactory(ward=ward)
        AssignmentFactory(patch=patch)
        seen = latest_assignment_ids([patch.pk])[patch.pk]
        results = at_once(
            *(
                assigning(patch, officer, user, seen)
                for officer, user in zip(officers, users, strict=True)
            )
        )
        winners = [row for row in results if isinstance(row, Assignment)]
        losers = [row for row in results if isinstance(row, AssignmentChanged)]
        assert (len(winners), len(losers)) == (1, 1), results
        assert leads_today(patch) == 1


def test_twin_without_lock_and_constraint_books_twice(
    ward, together, no_locks, no_constraint, monkeypatch
):
    monkeypatch.setattr(leads, "one_at_a_time", contextlib.nullcontext)
    users = UserFactory.create_batch(2)
    officers = OfficerFactory.create_batch(2)
    doubled = 0
    for _ in range(ROUNDS):
        patch = PatchFactory(ward=ward)
        at_once(
            *(
                assigning(patch, officer, user, 0)
                for officer, user in zip(officers, users, strict=True)
            )
        )
        together.reset()
        doubled += leads_today(patch) > 1
    assert doubled > 0


def test_twin_without_lock_and_translation_gets_raw_errors(
    ward, together, no_locks, monkeypatch
):
    """The constraint keeps its word, but people would see a server error."""
    monkeypatch.setattr(leads, "one_at_a_time", contextlib.nullcontext)
    users = UserFactory.create_batch(2)
    officers = OfficerFactory.create_batch(2)
    raw = 0
    for _ in range(5):
        patch = PatchFactory(ward=ward)
        results = at_once(
            *(
                assigning(patch, officer, user, 0)
                for officer, user in zip(officers, users, strict=True)
            )
        )
        together.reset()
        assert leads_today(patch) == 1
        raw += any(
            isinstance(row, Exception) and not isinstance(row, AssignmentChanged)
            for row in results
        )
    assert raw > 0


def test_constraint_alone_is_the_backstop(ward, together, no_locks):
    users = UserFactory.create_batch(2)
    officers = OfficerFactory.create_batch(2)
    for _ in range(5):
        patch = PatchFactory(ward=ward)
        results = at_once(
            *(
                assigning(patch, officer, user, 0)
                for officer, user in zip(officers, users, strict=True)
            )
        )
        together.reset()
        losers = [row for row in results if isinstance(row, AssignmentChanged)]
        assert len(losers) == 1, results
        assert leads_today(patch) == 1


def test_double_click_makes_one(ward):
    user = UserFactory()
    for _ in range(ROUNDS):
        patch, officer = PatchFactory(ward=ward), OfficerFactory()
        once = assigning(patch, officer, user, 0)
        first, second = at_once(once, once)
        assert first == second
        assert Assignment.objects.filter(patch=patch).count() == 1


def test_bulk_in_opposite_orders_never_deadlocks(ward):
    users = UserFactory.create_batch(2)
    officers = OfficerFactory.create_batch(2)
    for _ in range(ROUNDS):
        patches = PatchFactory.create_batch(4, ward=ward)
        seen = {patch.pk: 0 for patch in patches}
        results = at_once(
            *(
                lambda order=order, officer=officer, user=user, seen=seen: (
                    services.reassign_patches(
                        patches=order,
                        officer=officer,
                        starts_on=today(),
                        reason="",
                        by=user,
                        seen=seen,
                    )
                )
                for order, officer, user in zip(
                    (patches, patches[::-1]), officers, users, strict=True
                )
            )
        )
        assert sum(isinstance(row, list) for row in results) == 1, results
        assert sum(isinstance(row, AssignmentChanged) for row in results) == 1
        assert {leads_today(patch) for patch in patches} == {1}


def test_assigning_to_a_leaver_never_outlives_them(ward):
    user = UserFactory()
    for _ in range(5):
        patch, officer = PatchFactory(ward=ward), OfficerFactory()
        at_once(
            assigning(patch, officer, user, 0),
            lambda officer=officer: services.reassign_all(
                officer=officer,
                left_on=today(),
                successors={},
                reason="",
                by=user,
            ),
        )
        officer.refresh_from_db()
        assert officer.left_on == today()
        assert not (
            Assignment.objects.filter(officer=officer, ends_on__isnull=True).exists()
        )
