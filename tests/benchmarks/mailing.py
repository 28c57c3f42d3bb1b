"""A letter to every household of a city while officers go on using the site.

    python tests/benchmarks/mailing.py [--quick] [--homes N] [--workers N] [--kills N]
                                       [--json FILE] [--database URL]

Builds the demo city in a database of its own (a temporary SQLite file, or the empty
database of `--database`), composes the introduction letter for everybody, and serves
the site with gunicorn. Pages are asked for at a steady pace: for a while with nothing
else going on, then while `--workers` workers, at a lower priority as in
docs/deployment.md, produce the run. `--kills` kills that many workers on the way, each
replaced at once. At the end the letters in the packs are counted against the run's.
`--quick` does 2,400 homes, the full run 40,000.
"""

# ruff: noqa: T201 a benchmark prints its table

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import _design_city

ROOT = Path(__file__).resolve().parent.parent.parent
BASE = "http://127.0.0.1:8199"
PAGES_A_SECOND = 4
SECONDS_BETWEEN_LOOKS = 2.0
NICENESS = 10
MANAGE = [sys.executable, str(ROOT / "manage.py")]

Figures = dict[str, str | int | float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="2,400 homes")
    parser.add_argument("--homes", type=int, default=40_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--database", help="an empty database to fill")
    given = parser.parse_args()
    homes = 2_400 if given.quick else given.homes
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DATABASE_URL=given.database or f"sqlite:///{folder}/city.sqlite3",
            DJANGO_SETTINGS_MODULE="housingplus.settings.dev",
            DEBUG="false",
            MEDIA_ROOT=folder,
            LOG_LEVEL="ERROR",
            PYTHONPATH=str(ROOT),
            LETTER_WORKERS=str(given.workers),
            TASKS_INLINE="false",
        )
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        _design_city.build_city(homes, sys.stderr)
        figures: Figures = {"homes": homes, "workers": given.workers}
        figures |= compose_for_everybody()
        figures |= produce_while_pages_are_read(given.workers, given.kills)
    for name, value in figures.items():
        print(f"{name:24}{value:>12}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")


def compose_for_everybody() -> Figures:
    """Compose the introduction for all homes, here, as a worker does."""
    from django.db import connection

    from housingplus.common.dates import today
    from housingplus.jobs.services import run_job
    from tenants.letters.models import LetterRun, LetterTemplate, ScopeKind
    from tenants.letters.selectors.runs import current_version
    from tenants.letters.services import composing, runs

    asked = [0]

    def count(execute, sql, params, many, context):  # noqa: ANN001, ANN202
        asked[0] += 1
        return execute(sql, params, many, context)

    template = LetterTemplate.objects.filter(purpose="introduction").first()
    run = runs.create_run(
        template_version=current_version(template),
        title="Everybody",
        dated=today(),
        scope_kind=ScopeKind.ALL,
        scope_ids=[],
        token=uuid.uuid4(),
        by=_design_city.manager(),
    )
    started, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        run_job(run.compose_job_id, lambda job: composing.compose(run.pk, job))
    figures: Figures = {
        "compose_wall_s": round(time.perf_counter() - started, 1),
        "compose_cpu_s": round(time.process_time() - cpu, 1),
        "compose_queries": asked[0],
    }
    run = LetterRun.objects.get(pk=run.pk)
    if run.status != "composed":
        raise SystemExit(f"The run is {run.status}")
    return figures | {"letters": run.letter_count, "exceptions": run.exception_count}


def produce_while_pages_are_read(workers: int, kills: int) -> Figures:
    """Ask for pages at rest, then while the run is produced; count what came of it."""
    from django.db import connections

    from tenants.letters.models import LetterRun
    from tenants.letters.services import runs

    run = LetterRun.objects.get(title="Everybody")
    runs.approve_run(run=run, by=_design_city.manager())
    paths, cookie = _what_officers_read()
    connections.close_all()
    with _site():
        _ask(paths, cookie, until=time.perf_counter() + 20)
        idle = _ask(paths, cookie, until=time.perf_counter() + 60)
        runs.produce_run(run=run, by=_design_city.manager())
        started = time.perf_counter()
        crew = _Crew(workers, kills)
        watcher = threading.Thread(target=crew.watch, args=(run.pk,))
        watcher.start()
        busy = _ask(paths, cookie, while_alive=watcher)
        watcher.join()
    run.refresh_from_db()
    if run.status != "produced":
        raise SystemExit(f"The run is {run.status}")
    seconds = crew.ended - started
    in_packs = sum(run.packs.values_list("letter_count", flat=True))
    if in_packs != run.letter_count:
        raise SystemExit(f"{in_packs} letters in packs, {run.letter_count} in the run")
    return {
        "produce_wall_s": round(seconds, 1),
        "letters_a_second": round(run.letter_count / seconds, 1),
        "letters_in_packs": in_packs,
        "workers_killed": crew.killed,
        "worker_peak_mb": crew.peak_mb,
        "pages_idle": len(idle),
        "idle_median_ms": round(statistics.median(idle), 1),
        "idle_p95_ms": round(statistics.quantiles(idle, n=20)[-1], 1),
        "pages_busy": len(busy),
        "busy_median_ms": round(statistics.median(busy), 1),
        "busy_p95_ms": round(statistics.quantiles(busy, n=20)[-1], 1),
        "ratio_p95": round(
            statistics.quantiles(busy, n=20)[-1] / statistics.quantiles(idle, n=20)[-1],
            2,
        ),
    }


class _Crew:
    """Workers of the site; each killed is replaced, as systemd does."""

    def __init__(self, workers: int, kills: int) -> None:
        self.chance = random.Random(7)
        self.kills, self.killed = kills, 0
        self.peak_mb = 0
        self.ended = 0.0
        self.workers = [self._worker() for _ in range(workers)]

    def _worker(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["nice", "-n", str(NICENESS), *MANAGE, "db_worker", "--interval", "0.2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def watch(self, run_id: int) -> None:
        """Wait until the run is produced; kill, replace and start again meanwhile."""
        from django.db import connections

        try:
            while not self._is_done(run_id):
                time.sleep(SECONDS_BETWEEN_LOOKS)
                self.peak_mb = max(self.peak_mb, *map(_peak_mb, self.workers))
                if self.killed < self.kills and self.chance.random() < 0.3:
                    self._kill_one()
        finally:
            self.ended = time.perf_counter()
            for worker in self.workers:
                worker.kill()
            connections.close_all()

    def _is_done(self, run_id: int) -> bool:
        from tenants.letters.models import LetterRun
        from tenants.letters.services.restarting import restart_stalled

        # What `manage.py restart_stalled_work` does each minute.
        for _ in restart_stalled():
            pass
        run = LetterRun.objects.get(pk=run_id)
        return run.status in {"produced", "failed"}

    def _kill_one(self) -> None:
        number = self.chance.randrange(len(self.workers))
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()
        self.workers[number] = self._worker()
        self.killed += 1


def _peak_mb(worker: subprocess.Popen[bytes]) -> int:
    try:
        status = Path(f"/proc/{worker.pid}/status").read_text()
    except OSError:
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines.get("VmHWM", "0 kB").split()[0]) // 1024


@contextmanager
def _site() -> Iterator[None]:
    served = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "housingplus.wsgi",
            "--workers=2",
            f"--bind={BASE.removeprefix('http://')}",
            "--no-control-socket",
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            time.sleep(0.3)
            try:
                urllib.request.urlopen(f"{BASE}/accounts/login/", timeout=5)
            except OSError:
                continue
            break
        yield
    finally:
        served.terminate()
        served.wait()


def _what_officers_read() -> tuple[list[str], str]:
    """Return pages an officer reads all day, and the cookie of one signed in."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from officers.accounts.models import User
    from patches.models import Patch

    officer = User.objects.filter(role="patch_officer").order_by("pk").first()
    client = Client(HTTP_HOST="localhost")
    client.force_login(officer)
    patch = Patch.objects.order_by("pk").first()
    home = patch.memberships.order_by("pk").first().property
    paths = [
        reverse("home"),
        reverse("patches:register:list"),
        patch.get_absolute_url(),
        home.get_absolute_url(),
        f"/who-is-my-officer/?postcode={home.postcode.replace(' ', '')}",
        reverse("tenants:households:list"),
        f"{reverse('search')}?q=14+elm",
    ]
    found = [path for path in paths if client.get(path).status_code == 200]
    if len(found) < 5:
        raise SystemExit("The officer may read too few of the pages")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found, f"{settings.SESSION_COOKIE_NAME}={session}"


def _ask(
    paths: list[str],
    cookie: str,
    *,
    until: float = 0.0,
    while_alive: threading.Thread | None = None,
) -> list[float]:
    """Ask for pages in turn, at a pace that waits for none; milliseconds of each."""
    times: list[float] = []
    threads = []

    def ask(path: str) -> None:
        begun = time.perf_counter()
        request = urllib.request.Request(BASE + path, headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
        times.append(1000 * (time.perf_counter() - begun))

    number = 0
    due = time.perf_counter()
    while while_alive.is_alive() if while_alive else time.perf_counter() < until:
        one = threading.Thread(target=ask, args=(paths[number % len(paths)],))
        one.start()
        threads.append(one)
        number += 1
        due += 1 / PAGES_A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
    for one in threads:
        one.join()
    if len(times) < number:
        raise SystemExit(f"{number - len(times)} of {number} pages failed")
    return times


if __name__ == "__main__":
    main()
