"""Publishing killed at any moment: all of it happened, or nothing (RELIABILITY R9)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from patches.models import PatchDesign
from tests.stress import rounds

from .test_cancelling import dump

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]
KILLS = rounds(3, 20)
# There are more queries than these in the publication of `plan`.
QUERIES = 60


def _environment() -> dict[str, str]:
    """What the worker needs to find this test's database."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{made['NAME']}"
    else:
        url = (
            f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST']}:"
            f"{made['PORT']}/{made['NAME']}"
        )
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "housingplus.settings.test",
        "PYTHONPATH": str(ROOT),
    }


def run_worker(plan, *options: str) -> subprocess.CompletedProcess:
    """Publish the plan in another process."""
    return subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("worker.py")),
            str(plan.design.pk),
            plan.starts_on.isoformat(),
            *options,
        ],
        env=_environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def is_whole(plan) -> bool:
    """Whether everything a publication does is there, and only once."""
    design = PatchDesign.objects.get(pk=plan.design.pk)
    return (
        design.status == "scheduled"
        and design.published_patches.count() == 4
        and design.moves.count() == 2
        and sum(design.successions.values_list("home_count", flat=True)) == 12
        and design.assignments.count() == 2
        and design.events.filter(to_status="scheduled").count() == 1
    )


def test_a_publication_killed_at_any_query_is_whole_or_never_was(plan):
    chance = random.Random(20260303)
    before = dump()
    for at in [1, *(chance.randrange(2, QUERIES) for _ in range(KILLS - 1))]:
        killed = run_worker(plan, "--kill-at", str(at))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert dump() == before, f"killed at query {at}"

    done = run_worker(plan)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > QUERIES
    assert is_whole(plan)


def test_twin_without_a_transaction_stays_half_done(plan):
    before = dump()
    run_worker(plan, "--kill-at", "45", "--no-transaction")
    assert dump() != before
    assert not is_whole(plan)
