"""How good and how quick drawn patches are, beside other ways to draw them.

    python tests/benchmarks/patch_design.py [--quick] [--json FILE]
        [--sizes 2000 10000 …] [--methods ours …]
        [--homes-csv FILE [--workload-csv FILE] [--barriers FILE]]

Each method runs in a process of its own on the same city: the demo's drawn city, or a
council's lists. Patches are drawn ward by ward, as many as share the work most evenly.
`cpu_s` is processor time: for ours all of it, from homes to the finished map; for the
peers only their own work on units and links made for them. All maps are measured by the
same code. Peers come with the extra `benchmark`; one that is missing is left out.
"""

# ruff: noqa: T201 a benchmark prints its table

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from patches.design.barriers import read_barriers  # noqa: E402
from patches.design.solver.city import measure_city  # noqa: E402
from patches.design.solver.draw import describe, design  # noqa: E402
from patches.design.solver.problem import Area, Rules  # noqa: E402
from patches.design.solver.setup import prepare  # noqa: E402
from tests.benchmarks import _patch_instances as instances  # noqa: E402
from tests.benchmarks._patch_peers import PEERS, QUICK_PEERS  # noqa: E402

OURS = "ours"
ONE_START = "ours, one start"
REVIEW = "ours, review at 5 %"
REVIEW_TWO = "ours, review at 2 %"
AFRESH = "ours, afresh after the drift"
UNTOUCHED = "nothing done after the drift"
# Those whose patches outside the tolerance are named, with the reason.
NAMING = (OURS, REVIEW)
OWN = (OURS, ONE_START, UNTOUCHED, REVIEW, REVIEW_TWO, AFRESH)
SIZES = (2_000, 10_000, 40_000, 160_000)
QUICK_SIZES = (10_000,)
# Slow peers stop here unless asked for by name.
LARGEST = {"spopt Skater": 40_000, "spopt AZP": 40_000, "spopt MaxP": 10_000}

# What a row of the JSON file holds; the table shows patches and memory too.
JSON_KEYS = (
    "method",
    "homes",
    "cpu_s",
    "within2",
    "within5",
    "worst",
    "contiguous",
    "mean_walk_m",
    "moved",
)

Row = dict[str, str | int | float | None]


def run(method: str, areas: list[Area]) -> Row:
    """Draw a city by one method and measure it; in the process of its own."""
    if method in PEERS:
        setups = [prepare(area) for area in areas]
        draw = PEERS[method][1]
        draw(setups[0])  # what is imported on first use does not count
        started = time.process_time()
        parts = [draw(setup) for setup in setups]
        used = time.process_time() - started
        drawn = [
            describe(setup, setup.part_of_units(part))
            for setup, part in zip(setups, parts, strict=True)
        ]
    else:
        areas = _prepared(method, areas)
        started = time.process_time()
        drawn = [design(area) for area in areas]
        used = time.process_time() - started
    city = measure_city(drawn)
    has_now = any(home.patch for home in areas[0].homes)
    return {
        "method": method,
        "homes": city.homes,
        "patches": city.patches,
        "cpu_s": round(used, 2),
        "within2": round(100 * city.within[0], 1),
        "within5": round(100 * city.within[1], 1),
        "worst": round(100 * city.worst, 1),
        "contiguous": round(100 * city.whole, 1),
        "mean_walk_m": round(city.walk_metres, 1),
        "moved": city.moved_homes if has_now else None,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "outside": [p.why_outside for d in drawn for p in d.patches if p.why_outside],
    }


def _prepared(method: str, areas: list[Area]) -> list[Area]:
    """Return the areas as the method meets them: afresh, or a year after a map."""
    if method == ONE_START:
        return [_with(area, starts=1) for area in areas]
    if method == OURS:
        return areas
    before = [design(area) for area in areas]
    after = [
        instances.drifted(area, drawn.patch_of)
        for area, drawn in zip(areas, before, strict=True)
    ]
    if method == UNTOUCHED:
        return [_with(area, tolerance=0.99) for area in after]
    if method == REVIEW_TWO:
        return [_with(area, tolerance=0.02) for area in after]
    if method == AFRESH:
        return [_with(area, is_review=False) for area in after]
    return after


def _with(area: Area, **options) -> Area:
    return replace(area, options=replace(area.options, **options))


def measure(method: str, size: int, options: argparse.Namespace) -> Row | None:
    """Run one method in a process of its own."""
    arguments = [sys.executable, __file__, "--run", method, "--sizes", str(size)]
    for flag in ("homes_csv", "workload_csv", "barriers"):
        if value := getattr(options, flag):
            arguments += [f"--{flag.replace('_', '-')}", str(value)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"{method:30}{size:>9,}  failed: {last[:120]}", flush=True)
        return None
    row: Row = json.loads(done.stdout.splitlines()[-1])
    print_row(row)
    for reason in row["outside"] if method in NAMING else ():
        print(f"    {reason}", flush=True)
    return row


def print_head() -> None:
    print(
        f"{'method':30}{'homes':>9}{'patches':>9}{'cpu s':>8}{'±2 %':>7}{'±5 %':>7}"
        f"{'worst':>7}{'whole':>7}{'walk m':>8}{'moved':>7}{'MB':>6}",
        flush=True,
    )


def print_row(row: Row) -> None:
    moved = "" if row["moved"] is None else f"{row['moved']:,}"
    print(
        f"{row['method']:30}{row['homes']:>9,}{row['patches']:>9}{row['cpu_s']:>8}"
        f"{row['within2']:>7}{row['within5']:>7}{row['worst']:>7}"
        f"{row['contiguous']:>7}{row['mean_walk_m']:>8}{moved:>7}{row['peak_mb']:>6}",
        flush=True,
    )


def city_areas(options: argparse.Namespace) -> list[Area]:
    rules = Rules()
    if options.barriers:
        lines, bridges = read_barriers(options.barriers)
        rules = Rules(barriers=lines, bridges=bridges)
    if options.homes_csv:
        city = instances.read_city(options.homes_csv, options.workload_csv)
    else:
        city = instances.drawn_city(options.sizes[0])
    return instances.areas_of(city, rules)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="end within 45 s")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    parser.add_argument("--sizes", type=int, nargs="+", help="homes of the cities")
    parser.add_argument("--methods", nargs="+", choices=[*OWN, *PEERS])
    parser.add_argument("--homes-csv", type=Path, help="a council's list of homes")
    parser.add_argument("--workload-csv", type=Path, help="hours or events by home")
    parser.add_argument("--barriers", type=Path, help="GeoJSON lines")
    parser.add_argument("--run", choices=[*OWN, *PEERS], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run(options.run, city_areas(options))))
        return
    quick = (OURS, *QUICK_PEERS)
    methods = options.methods or (quick if options.quick else (*OWN, *PEERS))
    sizes = options.sizes or (QUICK_SIZES if options.quick else SIZES)
    if options.homes_csv:
        sizes = [0]
    rows = []
    print_head()
    for size in sizes:
        for method in methods:
            if method in PEERS and find_spec(PEERS[method][0]) is None:
                print(f"{method} is left out: install the extra `benchmark`.")
                continue
            if options.methods or size <= LARGEST.get(method, size):
                rows.append(measure(method, size, options))
    if options.json:
        found = [{key: row[key] for key in JSON_KEYS} for row in rows if row]
        options.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
