"""How much processor time and memory a letter costs, beside WeasyPrint.

    python tests/benchmarks/letters.py [--quick] [--json FILE]

Each method runs in a process of its own at each number of letters, started afresh and
measured whole (its workers too) with ``wait4``. ``cpu_s`` is the figure to trust on a
shared machine. ``ratio_weasyprint`` is WeasyPrint's processor time for one more letter
(the slope between its two sizes) over the method's time a letter, start-up included.
``peak_mb`` is the largest single process. ``ratio_one_worker`` compares, by the clock,
the seconds from frozen letters to packs and ledger: trust it on a machine at rest.
"""

# ruff: noqa: T201 a benchmark prints its table

import argparse
import json
import os
import sys
import tempfile
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks import _letters_libreoffice as libreoffice  # noqa: E402
from tests.benchmarks import _letters_pipeline as pipeline  # noqa: E402
from tests.benchmarks import _letters_reportlab as reportlab  # noqa: E402
from tests.benchmarks import _letters_weasyprint as weasyprint  # noqa: E402

PACK = "typst: tagged packs and ledger"
PACK_TWO = "typst: tagged packs and ledger, 2 workers"
SINGLE = "typst: a file a letter, tagged"
WEASYPRINT = "weasyprint: one document, tagged"
REPORTLAB = "reportlab: one document, untagged"
LIBREOFFICE = "libreoffice: one document, tagged"

METHODS = {
    PACK: lambda count, folder: pipeline.produce_packs(count, folder, workers=1),
    PACK_TWO: lambda count, folder: pipeline.produce_packs(count, folder, workers=2),
    SINGLE: pipeline.produce_single_letters,
    WEASYPRINT: weasyprint.produce_document,
    REPORTLAB: reportlab.produce_document,
    LIBREOFFICE: libreoffice.produce_document,
}
# What each method beside ours needs to be there.
NEEDS = {
    WEASYPRINT: ("WeasyPrint (extra `benchmark`)", partial(find_spec, "weasyprint")),
    REPORTLAB: ("ReportLab (extra `benchmark`)", partial(find_spec, "reportlab")),
    LIBREOFFICE: ("LibreOffice Writer", partial(which, "soffice")),
}

QUICK = (
    (WEASYPRINT, (15, 60)),
    (REPORTLAB, (100,)),
    (LIBREOFFICE, (20,)),
    (PACK, (100, 1000)),
    (PACK_TWO, (1000,)),
    (SINGLE, (100,)),
)
FULL = (
    (WEASYPRINT, (100, 400)),
    (REPORTLAB, (100, 1000)),
    (LIBREOFFICE, (100, 400)),
    (PACK, (100, 1000, 10_000, 40_000)),
    (PACK_TWO, (1000, 10_000, 40_000)),
    (SINGLE, (100, 1000)),
)

Row = dict[str, str | int | float | None]


def measure(method: str, letters: int) -> Row:
    """Run one method in a process of its own and say what it took."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [sys.executable, __file__, "--run", method]
        arguments += ["--letters", str(letters), "--folder", folder]
        started = time.perf_counter()
        process = os.posix_spawn(sys.executable, arguments, os.environ)
        _, status, used = os.wait4(process, 0)
        wall = time.perf_counter() - started
        if status:
            raise SystemExit(f"{method} failed at {letters} letters")
        size = sum(path.stat().st_size for path in Path(folder).glob("pack-*.pdf"))
        noted = Path(folder, pipeline.PRODUCED)
        produced = float(noted.read_text()) if noted.exists() else None
    cpu = used.ru_utime + used.ru_stime
    return {
        "method": method,
        "letters": letters,
        "cpu_s": round(cpu, 2),
        "wall_s": round(wall, 2),
        "produced_s": round(produced, 2) if produced else None,
        "letters_per_cpu_s": round(letters / cpu, 1),
        "peak_mb": round(used.ru_maxrss / 1024),
        "pack_mb": round(size / 1e6, 1) if size else None,
        "ratio_weasyprint": None,
        "ratio_one_worker": None,
    }


def add_ratios(rows: list[Row]) -> None:
    """How many times WeasyPrint's cost of one more letter each method saves."""
    runs = [row for row in rows if row["method"] == WEASYPRINT]
    if len(runs) < 2:
        return
    few, many = runs[0], runs[-1]
    slope = (many["cpu_s"] - few["cpu_s"]) / (many["letters"] - few["letters"])
    for row in rows:
        if row["method"] != WEASYPRINT:
            cost = row["cpu_s"] / row["letters"]
            row["ratio_weasyprint"] = round(slope / cost, 1)


def add_shares(rows: list[Row]) -> None:
    """How many times as fast two workers are as one, by the clock."""
    alone = {row["letters"]: row for row in rows if row["method"] == PACK}
    for row in rows:
        if row["method"] == PACK_TWO and row["letters"] in alone:
            one = alone[row["letters"]]["produced_s"]
            row["ratio_one_worker"] = round(one / row["produced_s"], 2)


def print_table(rows: list[Row]) -> None:
    print(
        f"{'method':42}{'letters':>8}{'cpu s':>8}{'wall s':>8}"
        f"{'letters/cpu s':>15}{'peak MB':>9}{'pack MB':>9}{'x WeasyPrint':>14}"
        f"{'x one worker':>14}"
    )
    for row in rows:
        print(
            f"{row['method']:42}{row['letters']:>8,}{row['cpu_s']:>8}"
            f"{row['wall_s']:>8}{row['letters_per_cpu_s']:>15}{row['peak_mb']:>9}"
            f"{row['pack_mb'] or '':>9}{row['ratio_weasyprint'] or '':>14}"
            f"{row['ratio_one_worker'] or '':>14}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="end within 45 s")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    parser.add_argument("--run", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--letters", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        METHODS[options.run](options.letters, options.folder)
        return
    rows: list[Row] = []
    for method, sizes in QUICK if options.quick else FULL:
        name, is_there = NEEDS.get(method, ("", lambda: True))
        if not is_there():
            print(f"{name} is not installed: left out.")
            continue
        rows += [measure(method, letters) for letters in sizes]
    add_ratios(rows)
    add_shares(rows)
    print_table(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
