"""Two people approve two runs of the same letters due at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from housingplus.common.dates import today
from tenants.letters.services import runs
from tenants.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def approve_both(composed, patch, add_home, leader, monkeypatch):
    """Approve two runs, each having looked before the other is done if it can."""
    add_home(patch, ("Ms", "Bea", "Tenant"), postcode="ZK1 1AA")
    both = [composed(patch, only_due=True, dated=today()) for _ in range(2)]
    looked = threading.Barrier(2)
    withdraw = runs.withdraw_not_due

    def look_together(run):
        found = withdraw(run)
        try:
            looked.wait(timeout=0.5)
        except threading.BrokenBarrierError:
            return found
        return found

    monkeypatch.setattr(runs, "withdraw_not_due", look_together)

    def approve(run) -> None:
        try:
            runs.approve_run(run=run, by=leader.user)
        except runs.rules.NothingToSend:
            return
        finally:
            connection.close()

    def act() -> int:
        threads = [threading.Thread(target=approve, args=(run,)) for run in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Letter.objects.filter(run__approved_at__isnull=False).count()

    return act


def test_a_household_gets_one_letter(approve_both):
    assert approve_both() == 1


def test_without_waiting_in_turn_it_would_get_two(approve_both, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("On SQLite transactions that write follow one another.")
    monkeypatch.setattr(runs, "_in_turn", lambda: None)
    assert approve_both() == 2
