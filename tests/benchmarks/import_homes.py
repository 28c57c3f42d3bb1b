"""How fast a list of homes is read, checked and imported, beside reading CSV alone.

    python tests/benchmarks/import_homes.py [--quick] [--json FILE] [--database URL]

Writes a list of 2,400 homes (and, without `--quick`, of 40,000), imports it into a
database of its own (a temporary SQLite file, or the empty database of `--database`),
and imports it again unchanged. `ratio_csv` is how many times as long a step takes as
Python's csv module takes to read the same file. Times are processor time of this
process, so that a busy machine counts less; read the ratios.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = [2_400, 40_000]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Row:
    """One step of one import."""

    step: str
    homes: int
    seconds: float
    cpu_s: float
    rows_per_cpu_s: int
    ratio_csv: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,400 homes only")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--database", help="an empty database to fill, for one size")
    parser.add_argument("--homes", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.homes:
        print(json.dumps([asdict(row) for row in measure(given.homes)]))
        return
    rows = []
    for homes in SIZES[:1] if given.quick else SIZES:
        rows += _in_own_process(homes, given.database)
    _print_table(rows)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1) + "\n")


def _in_own_process(homes: int, database: str | None) -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": database or f"sqlite:///{folder}/benchmark.sqlite3",
            "DJANGO_SETTINGS_MODULE": "housingplus.settings.dev",
            "DEBUG": "false",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, __file__, "--homes", str(homes)],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


def write_list(path: Path, homes: int) -> None:
    """Write an invented stock list: streets of 60 homes, patches of 290."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "uprn",
                "reference",
                "landlord",
                "building",
                "street",
                "town",
                "postcode",
                "ward_code",
                "ward",
                "property_type",
                "bedrooms",
                "easting",
                "northing",
                "patch",
            ]
        )
        for number in range(homes):
            street, patch = number // 60, number // 290
            ward = patch // 5
            writer.writerow(
                [
                    990_000_000_000 + number,
                    f"K{number:06}",
                    "KESTREL",
                    number % 60 + 1,
                    f"Marl {street} Lane",
                    "Kestrelford",
                    f"ZK{street % 90 + 1} {number % 9 + 1}AA",
                    f"E059{ward:05}",
                    f"Ward {ward}",
                    "house",
                    number % 4 + 1,
                    434_000 + number % 900,
                    381_000 + number // 900,
                    f"KS-{patch:03}",
                ]
            )


def measure(homes: int) -> list[Row]:
    """Import a list twice, timing each step."""
    import django

    django.setup()
    from django.core.management import call_command

    from housingplus.imports.columns import recognise
    from housingplus.imports.options import ImportOptions
    from housingplus.imports.running import apply_file
    from housingplus.imports.tables import open_table
    from officers.assignments.selectors import teams_of_wards
    from patches.properties.importing.importer import PropertyImporter

    call_command("migrate", verbosity=0)
    importer = PropertyImporter(teams_of_wards)
    options = ImportOptions(
        create_landlords=True, create_wards=True, create_patches=True
    )
    rows: list[Row] = []
    base = 0.0

    def timed(step: str, work: Callable[[], Result]) -> Result:
        nonlocal base
        began, cpu = time.perf_counter(), time.process_time()
        result = work()
        seconds, used = time.perf_counter() - began, time.process_time() - cpu
        base = base or used
        rows.append(
            Row(
                step,
                homes,
                round(seconds, 3),
                round(used, 3),
                round(homes / used) if used else 0,
                round(used / base, 1) if base else 0.0,
            )
        )
        return result

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "homes.csv"
        write_list(path, homes)

        def with_csv_alone() -> int:
            with path.open(newline="", encoding="utf-8") as file:
                return sum(1 for _ in csv.reader(file))

        timed("csv alone", with_csv_alone)
        table = open_table(path, importer.columns)
        mapping = recognise(table.header, importer.columns)
        timed("read", lambda: sum(1 for _ in table.rows()))
        for name in ("first", "again"):
            parsed = timed(
                f"{name}: read and check rows",
                lambda: importer.parse(table, mapping, options, lambda count: None),
            )
            plan = timed(
                f"{name}: compare with the database",
                lambda parsed=parsed: importer.plan(parsed, options),
            )
            if name == "again":
                if not plan.changes_nothing:
                    raise SystemExit("The same list again should change nothing.")
                continue
            timed(
                "first: import",
                lambda parsed=parsed, plan=plan: apply_file(
                    parsed,
                    plan,
                    importer=importer,
                    options=options,
                    source=path,
                    sha256="0" * 64,
                ),
            )
    return rows


def _print_table(rows: list[dict]) -> None:
    print(f"{'step':34}{'homes':>8}{'s':>9}{'cpu s':>9}{'rows/cpu s':>12}{'÷ csv':>9}")
    for row in rows:
        print(
            f"{row['step']:34}{row['homes']:>8}{row['seconds']:>9.2f}"
            f"{row['cpu_s']:>9.2f}{row['rows_per_cpu_s']:>12,}{row['ratio_csv']:>9.1f}"
        )


if __name__ == "__main__":
    main()
