"""What drawing, adjusting, publishing and cancelling a design of a city costs.

    python tests/benchmarks/designs.py [--quick] [--homes N] [--json FILE]
                                       [--database URL]

Builds the demo city in a database of its own (a temporary SQLite file, or the empty
database of `--database`). Each step runs in a fresh process, as a worker or a page
would: wall and processor seconds, queries, and the most memory the process held. The
draft is of every ward, the alternative published is the suggested one, from a month on.
`--quick` does 2,400 homes, the full run 40,000. Pages of designs are in `pages.py`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import _design_city

if TYPE_CHECKING:
    from patches.models import PatchDesign

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Row:
    """One step; `peak_mb` is of its whole process, Django and Python included."""

    step: str
    homes: int
    database: str
    wall_s: float
    cpu_s: float
    queries: int
    peak_mb: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,400 homes")
    parser.add_argument("--homes", type=int, default=40_000)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--database", help="an empty database to fill")
    parser.add_argument("--step", choices=["build", *STEPS], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        _run_step(given.step, given.homes)
        return
    homes = 2_400 if given.quick else given.homes
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{folder}/city.sqlite3"
        rows = [_in_own_process(step, homes, url, folder) for step in ["build", *STEPS]]
    found = [row for row in rows if row]
    _print_table(found)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n")


def _in_own_process(step: str, homes: int, url: str, folder: str) -> dict | None:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "housingplus.settings.dev",
        "DEBUG": "false",
        "MEDIA_ROOT": folder,
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, "--homes", str(homes)],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _run_step(step: str, homes: int) -> None:
    import django

    django.setup()
    if step == "build":
        _design_city.build_city(homes, sys.stderr)
        _design_city.make_design()
        print("null")
        return
    from django.db import connection

    from patches.models import PatchDesign

    act = STEPS[step](PatchDesign.objects.get(name=_design_city.NAME))
    with _counting() as queries:
        begun, begun_cpu = time.perf_counter(), time.process_time()
        act()
        wall, cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
    row = Row(
        step=step,
        homes=homes,
        database=connection.vendor,
        wall_s=round(wall, 2),
        cpu_s=round(cpu, 2),
        queries=len(queries),
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    )
    print(json.dumps(asdict(row)))


@contextmanager
def _counting() -> Iterator[list[None]]:
    """Count queries without keeping their text, which would count as memory."""
    from django.db import connection

    asked: list[None] = []

    def count(execute, sql, params, many, context):  # noqa: ANN001, ANN202
        asked.append(None)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield asked


# Each returns what is measured, after what has to be done before it.


def _drawing(design: PatchDesign) -> Callable[[], object]:
    return lambda: _design_city.draw(design)


def _copying(design: PatchDesign) -> Callable[[], object]:
    from patches.design.services.copying import copy_alternative

    source = design.alternatives.get(kind="most_compact")
    return lambda: copy_alternative(
        alternative=source, name="Measured", by=_design_city.manager()
    )


def _moving(design: PatchDesign) -> Callable[[], object]:
    """Move a street in the area with most streets; its distances are ready."""
    from patches.design.selectors.boards import load_area
    from patches.design.services.adjusting import move_places
    from patches.design.solver.adjust import why_not_move

    made = design.alternatives.get(kind="by_hand")
    area = max(design.areas.all(), key=lambda area: area.units.count())
    area.design = design
    drawn = load_area(made, area)
    unit, to = next(
        (unit, to)
        for unit in range(len(drawn.part))
        for to in range(len(drawn.patches))
        if to != drawn.part[unit] and not why_not_move(drawn, [unit], to)
    )
    patches = list(made.patches.filter(area=area).order_by("number"))
    return lambda: move_places(
        alternative=made,
        places=[area.units.get(number=unit).pk],
        to=patches[to].pk,
        version=made.version,
        token=uuid.uuid4(),
        by=_design_city.manager(),
    )


def _checking(design: PatchDesign) -> Callable[[], object]:
    from officers.designs.planning import plan_leads
    from officers.designs.services import fingerprint
    from patches.design.selectors.publishing import plan_publication

    _approve(design)

    def check() -> None:
        plan = plan_publication(design, _starts_on())
        fingerprint(plan, plan_leads(plan))

    return check


def _publishing(design: PatchDesign) -> Callable[[], object]:
    from officers.designs.services import publish_design

    return lambda: publish_design(
        design=design,
        starts_on=_starts_on(),
        version=design.version,
        by=_design_city.manager(),
    )


def _cancelling(design: PatchDesign) -> Callable[[], object]:
    from officers.designs.services import cancel_publication

    return lambda: cancel_publication(
        design=design,
        reason="Measured",
        version=design.version,
        by=_design_city.manager(),
    )


STEPS = {
    "draw": _drawing,
    "copy to adjust": _copying,
    "move a street by hand": _moving,
    "check before publishing": _checking,
    "publish": _publishing,
    "cancel": _cancelling,
}


def _starts_on() -> dt.date:
    from housingplus.common.dates import today

    return today() + dt.timedelta(days=31)


def _approve(design: PatchDesign) -> None:
    """Propose the suggested alternative, and approve it early by somebody else."""
    from housingplus.common.dates import today
    from officers.accounts.models import User
    from patches.design.selectors.alternatives import list_alternatives, suggested
    from patches.design.services.deciding import approve_design, propose_design

    author = _design_city.manager()
    proposed = propose_design(
        design=design,
        alternative=suggested(list_alternatives(design)),
        consult_from=today(),
        consult_until=today() + dt.timedelta(days=14),
        version=design.version,
        by=author,
    )
    approve_design(
        design=proposed,
        version=proposed.version,
        by=User.objects.exclude(pk=author.pk).order_by("pk").first(),
        why_early="Measured",
    )
    design.refresh_from_db()


def _print_table(rows: list[dict]) -> None:
    print(f"\n{rows[0]['homes']:,} homes, {rows[0]['database']}")
    print(f"{'step':<26}{'wall s':>8}{'cpu s':>8}{'queries':>9}{'peak MB':>9}")
    for row in rows:
        print(
            f"{row['step']:<26}{row['wall_s']:>8}{row['cpu_s']:>8}"
            f"{row['queries']:>9}{row['peak_mb']:>9}"
        )


if __name__ == "__main__":
    main()
