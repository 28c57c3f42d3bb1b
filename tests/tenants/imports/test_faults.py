"""Killed midway, two at once, the same twice: all of a list is in, or nothing is.

Each protection has a twin without it, which must fail.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from housingplus.common.errors import Refusal
from housingplus.imports import services
from housingplus.imports.errors import AnotherImportRuns, NotNow, WorldChanged
from housingplus.imports.models import ImportBatch, ImportStatus
from housingplus.imports.options import ImportOptions
from housingplus.imports.running import run_list
from housingplus.jobs.models import LEASE, Job, JobStatus
from patches.models import Property, Ward
from tenants.imports.importers import importer_for
from tests.stress import rounds
from tests.tenants.imports.conftest import homes, run_now

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = 600
# A worker of its own: it stops for a while inside the transaction, to be killed there.
WORKER = """
import sys, time
import django
django.setup()
from patches.properties.importing import applying
from patches.properties.importing.applying import Applying
from housingplus.imports.running import run_list
from tenants.imports.importers import importer_for
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[2]
place = Applying._place_in_patches
def slowly(self):
    print("written", flush=True)
    time.sleep(60)
    place(self)
Applying._place_in_patches = slowly
run_list(int(sys.argv[1]), importer_for)
"""


def confirm(batch, manager, enqueue=run_now, **options) -> ImportBatch:
    chosen = ImportOptions.from_json({**batch.options, **options})
    return services.confirm_list(
        batch=batch,
        options=chosen,
        seen_digest=batch.plan_digest,
        enqueue=enqueue,
        by=manager,
    )


def database_address() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    kept = connection.settings_dict
    return (
        f"postgres://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:"
        f"{kept['PORT'] or 5432}/{name}"
    )


def kill_midway(job_id: int) -> None:
    """Start a worker on the job and kill it when it has written its rows."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_address(),
        "DJANGO_SETTINGS_MODULE": "housingplus.settings.test",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(job_id), str(settings.MEDIA_ROOT)],
        cwd=Path(settings.BASE_DIR),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "written\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    # PostgreSQL notices a little later that the worker is gone.
    time.sleep(0.2)


def let_the_lease_run_out(job_id: int) -> None:
    Job.objects.filter(pk=job_id).update(
        heartbeat_at=timezone.now() - LEASE - timedelta(seconds=1)
    )


def test_killed_midway_again_and_again_then_all_is_in(check_homes, manager):
    batch = check_homes(homes(COUNT))
    batch = confirm(batch, manager, enqueue=lambda job_id: None)
    for _ in range(rounds(5, 30)):
        kill_midway(batch.job_id)
        assert not Property.objects.exists()
        assert not Ward.objects.exists()
        batch.refresh_from_db()
        assert batch.status == ImportStatus.APPLYING
        assert batch.file
        let_the_lease_run_out(batch.job_id)
    services.start_again(batch=batch, enqueue=run_now, by=manager)
    batch.refresh_from_db()
    assert batch.status == ImportStatus.DONE
    assert batch.job.status == JobStatus.DONE
    assert Property.objects.count() == COUNT


def test_without_the_transaction_a_killed_import_is_half_in(
    check_homes, manager, monkeypatch
):
    """The twin: what the one transaction protects from."""
    from contextlib import nullcontext

    from housingplus.imports import running
    from patches.properties.importing.applying import Applying

    class Killed(BaseException):
        pass

    def die(self):
        raise Killed

    monkeypatch.setattr(running, "sole_writer", lambda tables: nullcontext())
    monkeypatch.setattr(running, "check_lease", lambda job: None)
    monkeypatch.setattr(Applying, "_place_in_patches", die)
    batch = check_homes(homes(20))
    # On PostgreSQL a row lock outside a transaction is refused by itself.
    monkeypatch.setattr(
        ImportBatch.objects.__class__, "select_for_update", lambda self, **_: self
    )
    batch = confirm(batch, manager, enqueue=lambda job_id: None)
    with pytest.raises(Killed):
        run_list(batch.job_id, importer_for)
    assert Property.objects.count() == 20
    assert ImportBatch.objects.get().status != ImportStatus.DONE


def test_an_import_whose_worker_died_does_not_block_the_next(check_homes, manager):
    first, second = check_homes(homes(3)), check_homes(homes(5))
    first = confirm(first, manager, enqueue=lambda job_id: None)
    Job.objects.filter(pk=first.job_id).update(
        status=JobStatus.RUNNING, worker="w1", heartbeat_at=timezone.now()
    )
    with pytest.raises(AnotherImportRuns, match=r"homes\.csv"):
        confirm(second, manager)
    let_the_lease_run_out(first.job_id)
    confirm(second, manager)
    assert Property.objects.count() == 5
    first.refresh_from_db()
    assert first.status == ImportStatus.CHECKED
    assert "stopped midway" in first.message
    # And the dead one, should it wake up, writes nothing.
    assert not Job.objects.filter(pk=first.job_id, worker="w1").exists()


def test_work_that_goes_on_is_not_started_again(check_homes, manager):
    batch = confirm(check_homes(homes(3)), manager, enqueue=lambda job_id: None)
    with pytest.raises(NotNow, match="going on"):
        services.start_again(batch=batch, enqueue=run_now, by=manager)


def test_two_imports_at_once_one_wins(check_homes, manager):
    batches = [check_homes(homes(COUNT)), check_homes(homes(COUNT))]
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def importing(batch):
        together.wait()
        try:
            confirm(batch, manager)
            outcomes.append("in")
        except Refusal as refusal:
            outcomes.append(refusal.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=importing, args=[b]) for b in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Property.objects.count() == COUNT
    statuses = sorted(ImportBatch.objects.values_list("status", flat=True))
    assert statuses == [ImportStatus.CHECKED, ImportStatus.DONE]
    loser = ImportBatch.objects.get(status=ImportStatus.CHECKED)
    told = [text for text in (*outcomes, loser.message) if text not in {"in", ""}]
    assert len(told) == 1
    assert "import" in told[0]


def test_commands_at_once_one_wins(tmp_path, check_homes):
    """The second finds that the world changed while it waited."""
    from housingplus.imports.running import apply_file, check_file
    from tests.tenants.imports.conftest import CREATE, as_csv

    path = tmp_path / "homes.csv"
    path.write_bytes(as_csv(homes(200)))
    importer, options = importer_for("properties"), ImportOptions(**CREATE)
    checked = [check_file(path, importer, options) for _ in range(2)]
    outcomes = []
    together = threading.Barrier(2)

    def importing(parsed, plan):
        together.wait()
        try:
            apply_file(
                parsed,
                plan,
                importer=importer,
                options=options,
                source=path,
                sha256="0",
            )
            outcomes.append("in")
        except WorldChanged:
            outcomes.append("changed")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=importing, args=pair) for pair in checked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed", "in"]
    assert Property.objects.count() == 200


def test_a_changed_world_asks_to_check_again(check_homes, manager):
    first, second = check_homes(homes(3)), check_homes(homes(5))
    confirm(first, manager)
    confirm(second, manager)
    second.refresh_from_db()
    assert second.status == ImportStatus.CHECKED
    assert "Check the list again" in second.message
    assert Property.objects.count() == 3


def test_an_unexpected_error_leaves_nothing_running(check_homes, manager, monkeypatch):
    from patches.properties.importing.applying import Applying

    def fail(self):
        raise RuntimeError("disk full")

    batch = check_homes(homes(3))
    monkeypatch.setattr(Applying, "_place_in_patches", fail)
    with pytest.raises(RuntimeError):
        confirm(batch, manager)
    batch.refresh_from_db()
    assert batch.status == ImportStatus.CHECKED
    assert "nothing was imported" in batch.message
    assert batch.job.status == JobStatus.FAILED
    assert not Property.objects.exists()


def test_the_same_upload_twice_is_one(manager):
    import uuid

    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.tenants.imports.conftest import as_csv

    token = uuid.uuid4()
    made = [
        services.upload_list(
            importer=importer_for("properties"),
            upload=SimpleUploadedFile("homes.csv", as_csv(homes(2))),
            token=token,
            by=manager,
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert ImportBatch.objects.count() == 1
