"""Several people press the same button of a run at the same moment: it is done once."""

from __future__ import annotations

import copy
from functools import partial

import pytest

from tenants.letters.errors import MoveRefused
from tenants.letters.services import runs

from .crew import together

pytestmark = pytest.mark.django_db(transaction=True)

ACTS = {
    "approved": runs.approve_run,
    "cancelled": partial(runs.cancel_run, reason="Wrong date"),
    "posted": lambda run, by: runs.mark_posted(
        run=run, posted_on=run.approved_at.date(), by=by
    ),
}


@pytest.fixture(params=ACTS)
def ready_for(request, street, patch, composed, produced):
    """A run at the step before, and the step."""
    make = produced if request.param == "posted" else composed
    run = make(patch)
    run.refresh_from_db()
    return run, request.param


def press(run, status: str, people) -> list[Exception]:
    people = iter(people * 2)
    return together(4, lambda: ACTS[status](run=run, by=next(people)))


def test_people_who_press_at_once_do_it_once(ready_for, leader, manager):
    run, status = ready_for
    refused = press(run, status, [leader.user, manager])
    run.refresh_from_db()
    assert run.status == status
    assert run.events.filter(to_status=status).count() == 1
    assert [type(error) for error in refused] == [MoveRefused] * 3


def test_without_the_lock_it_would_be_done_twice(
    ready_for, leader, manager, monkeypatch
):
    """The twin: deciding on what was read before, everybody does it."""
    run, status = ready_for
    monkeypatch.setattr(runs, "lock_run", lambda pk: copy.copy(run))
    press(run, status, [leader.user, manager])
    assert run.events.filter(to_status=status).count() > 1


def test_one_produces_while_another_cancels(composed, street, patch, leader, manager):
    """Whoever is first, the run ends cancelled or refuses; it is never both."""
    run = runs.approve_run(run=composed(patch), by=leader.user)
    acts = iter(
        [
            partial(runs.produce_run, run=run, by=leader.user),
            partial(runs.cancel_run, run=run, reason="No", by=manager),
        ]
    )
    refused = together(2, lambda: next(acts)())
    run.refresh_from_db()
    assert run.status == "cancelled"
    assert all(isinstance(error, MoveRefused) for error in refused)
    assert run.events.filter(to_status="cancelled").count() == 1
    assert not run.packs.exclude(file="").exists()
