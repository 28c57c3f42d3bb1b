"""How long pages take and how many queries they ask, beside Django admin's lists.

    python tests/benchmarks/pages.py [--quick] [--json FILE] [--database URL]

Builds the demo city in a database of its own (a temporary SQLite file, or the empty
database of `--database`), asks for each page several times through Django's test
client and prints the median. The look-up without sign-in is asked for many postcodes
and UPRNs, each once, and has a 95th percentile too. Last come the pages about letters,
after everybody was written to once. `--quick` does 2,400 homes only, the full run
40,000 too.
Times depend on the machine; read the ratios and the query counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import _design_city
import _told_city

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = [2_400, 40_000]
ROUNDS = 9
# Look-ups of different homes, by the size of the city.
LOOK_UPS = {2_400: 100, 40_000: 400}
# As in production: visitors are counted in a table of the database.
DATABASE_CACHE = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "housingplus_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}


@dataclass(frozen=True)
class Row:
    """One page at one size.

    `median_ms` is wall time, `cpu_ms` this process's, `ratio_admin` admin's ÷ ours.
    """

    name: str
    homes: int
    queries: int
    median_ms: float
    kilobytes: float
    ratio_admin: float | None = None
    p95_ms: float | None = None
    cpu_ms: float | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,400 homes only")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--database", help="an empty database to fill, for one size")
    parser.add_argument("--homes", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.homes:
        print(json.dumps([asdict(row) for row in measure_city(given.homes)]))
        return
    rows = []
    for homes in SIZES[:1] if given.quick else SIZES:
        rows += _in_own_process(homes, given.database)
        _print_table([row for row in rows if row["homes"] == homes])
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1) + "\n")


def _in_own_process(homes: int, database: str | None) -> list[dict]:
    """Measure one size in a fresh process with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": database or f"sqlite:///{folder}/city.sqlite3",
            "DJANGO_SETTINGS_MODULE": "housingplus.settings.dev",
            "DEBUG": "false",
            "MEDIA_ROOT": folder,
            "LOG_LEVEL": "ERROR",
            "PUBLIC_RATE_LIMIT": "1000000/m",
        }
        command = [sys.executable, __file__, "--homes", str(homes)]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
    return json.loads(done.stdout.splitlines()[-1])


def measure_city(homes: int) -> list[Row]:
    """Build a city and return the figures of its pages; this process's database."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    _design_city.build_city(homes, sys.stderr)
    pages, admin_pages = _pages()
    admin = {
        name: _measure(f"admin: {name}", homes, *page)
        for name, page in admin_pages.items()
    }
    rows = []
    for name, (user, path, compared) in pages.items():
        row = _measure(name, homes, user, path)
        beside = admin.get(compared)
        if beside:
            ratio = round(beside.median_ms / row.median_ms, 2)
            row = Row(**{**asdict(row), "ratio_admin": ratio})
        rows.append(row)
    rows += _measure_designs(homes)
    rows += _measure_look_ups(homes)
    _told_city.tell_everybody()
    return rows + _measure_told(homes) + list(admin.values())


def _measure_designs(homes: int) -> list[Row]:
    """Draw every ward and ask for the pages of that design, as who draws it.

    Maps are kept in a cache; "first" is without it, as after a move by hand.
    """
    from django.core.cache import cache
    from django.urls import reverse

    from patches.design.selectors.alternatives import list_alternatives, suggested
    from patches.design.services.deciding import choose_alternative
    from patches.models import DesignHome

    design = _design_city.make_design()
    _design_city.draw(design)
    found = suggested(list_alternatives(design))
    user = _design_city.manager()
    choose_alternative(
        design=design, alternative=found, version=design.version, by=user
    )
    patch = found.patches.select_related("alternative").order_by("code").first()
    home = DesignHome.objects.filter(unit__placements__patch=patch).first()

    def url(name: str, *args: int) -> str:
        return reverse(f"patches:designs:{name}", args=[design.pk, *args])

    number = found.number
    pages = {
        "designs: list": reverse("patches:designs:list"),
        "design: compare": url("detail"),
        "design: alternative": url("alternative", number),
        "design: patch": patch.get_absolute_url(),
        "design: homes": url("homes", number),
        "design: homes that move": f"{url('homes', number)}?change=moves",
        "design: why a home is there": url("home", number, home.property_id),
        "design: split streets": url("split_streets", number),
        "design: who will answer": url("leads"),
        "design: page for members": url("summary", number),
        "design: map": url("alternative_map", number),
        "design: map of changes": url("changes_map", number),
        "design: map of a patch": url("patch_map", number, patch.pk),
    }
    rows = [_measure(name, homes, user, path) for name, path in pages.items()]
    for name in ("design: map", "design: map of changes", "design: page for members"):
        rows.append(
            _measure(f"{name}, first", homes, user, pages[name], before=cache.clear)
        )
    return rows


def _measure_told(homes: int) -> list[Row]:
    """Ask for the pages that say which homes have been told, as a manager."""
    from django.urls import reverse

    coverage = reverse("tenants:letters:coverage")
    listed = reverse("tenants:letters:coverage_homes")
    pages = {
        "letters: who has been told": coverage,
        "letters: homes": listed,
        "letters: homes due a letter": f"{listed}?state=due",
        "letters: homes by state": f"{listed}?sort=state",
        "letters: letters due": reverse("tenants:letters:due"),
        "letters: home of the manager": "/",
    }
    user = _design_city.manager()
    return [_measure(name, homes, user, path) for name, path in pages.items()]


def _measure_look_ups(homes: int) -> list[Row]:
    """Ask who answers for many homes, signed out; each address once, none cached."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext

    from patches.models import Property, Ward

    known = Property.objects.filter(uprn__isnull=False).order_by("pk")
    wanted = LOOK_UPS.get(homes, 100)
    step = max(1, known.count() // wanted)
    asked = known.values_list("postcode", "uprn")[::step][:wanted]
    codes = list(Ward.objects.order_by("pk").values_list("code", flat=True))
    page = "/who-is-my-officer/"
    paths = {
        "who answers: postcode": [f"{page}?postcode={code}" for code, _ in asked],
        "who answers: UPRN": [f"{page}?uprn={uprn}" for _, uprn in asked],
        "who answers: UPRN, JSON": [f"/api/who-answers/?uprn={u}" for _, u in asked],
        "who answers: ward": [f"{page}wards/{code}/" for code in codes],
    }
    client = Client(HTTP_HOST="localhost")
    rows = []

    def measure(name: str, paths: list[str]) -> None:
        client.get(paths[0])
        times, sizes, queries = [], [], []
        for path in paths:
            begun = time.perf_counter()
            response = client.get(path)
            times.append(1000 * (time.perf_counter() - begun))
            sizes.append(len(response.content))
            if response.status_code not in (200, 404):
                raise SystemExit(f"{name}: {path} answered {response.status_code}")
        for path in paths[:50]:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            queries.append(len(captured))
        rows.append(
            Row(
                name=name,
                homes=homes,
                queries=max(queries),
                median_ms=round(statistics.median(times), 1),
                kilobytes=round(statistics.median(sizes) / 1024, 1),
                p95_ms=round(statistics.quantiles(times, n=20)[-1], 1),
            )
        )

    for name, ways in paths.items():
        measure(name, ways)
    with override_settings(CACHES=DATABASE_CACHE):
        call_command("createcachetable", verbosity=0)
        name = "who answers: postcode"
        measure(f"{name}, dbcache", paths[name])
    return rows


def _pages() -> tuple[dict[str, tuple], dict[str, tuple]]:
    from django.urls import reverse

    from officers.accounts.models import User
    from patches.models import Patch
    from tenants.models import Household, HouseholdWord

    def somebody(role: str) -> User:
        return User.objects.get(role=role)

    manager, leader = somebody("service_manager"), somebody("ward_team_leader")
    officer, analyst = somebody("patch_officer"), somebody("analyst")
    administrator = somebody("administrator")
    patch = Patch.objects.order_by("pk").first()
    home = patch.memberships.order_by("pk").first().property
    household = Household.objects.filter(tenancies__isnull=False).first()
    word = HouseholdWord.objects.filter(is_sound=False).order_by("word").first().word
    search = reverse("search")
    pages = {
        "patch list": (manager, reverse("patches:register:list"), "patches"),
        "patch": (manager, patch.get_absolute_url(), None),
        "property": (manager, home.get_absolute_url(), None),
        "household": (manager, household.get_absolute_url(), None),
        "household list": (
            manager,
            reverse("tenants:households:list"),
            "households",
        ),
        "search: address": (manager, f"{search}?q=14+elm", "homes found"),
        "search: postcode": (
            manager,
            f"{search}?q={home.postcode.replace(' ', '')}",
            None,
        ),
        "search: name": (manager, f"{search}?q={word}", None),
        "home: patch officer": (officer, "/", None),
        "home: ward team leader": (leader, "/", None),
        "home: service manager": (manager, "/", None),
        "home: analyst": (analyst, "/", None),
    }
    admin_pages = {
        "patches": (administrator, "/admin/patches/patch/"),
        "homes": (administrator, "/admin/patches/property/"),
        "homes found": (administrator, "/admin/patches/property/?q=14+elm"),
        "households": (administrator, "/admin/tenants/household/"),
    }
    return pages, admin_pages


def _measure(
    name: str,
    homes: int,
    user: object,
    path: str,
    before: Callable[[], object] = lambda: None,
) -> Row:
    """Ask for a page several times; `before` each, which is not counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    client.force_login(user)

    def ask() -> int:
        response = client.get(path, follow=True)
        if response.status_code != 200:
            raise SystemExit(f"{name}: {path} answered {response.status_code}")
        return len(response.content)

    ask()
    size = ask()
    before()
    with CaptureQueriesContext(connection) as queries:
        ask()
    # Counted now: the next request empties what is captured.
    asked = len(queries)
    walls, cpus = zip(*_times(ask, before), strict=True)
    return Row(
        name=name,
        homes=homes,
        queries=asked,
        median_ms=round(statistics.median(walls), 1),
        cpu_ms=round(statistics.median(cpus), 1),
        kilobytes=round(size / 1024, 1),
    )


def _times(
    ask: Callable[[], int], before: Callable[[], object]
) -> list[tuple[float, float]]:
    """Return wall and processor milliseconds of each time."""
    times = []
    for _ in range(ROUNDS):
        before()
        begun, begun_cpu = time.perf_counter(), time.process_time()
        ask()
        cpu = time.process_time() - begun_cpu
        times.append((1000 * (time.perf_counter() - begun), 1000 * cpu))
    return times


def _print_table(rows: list[dict]) -> None:
    print(f"\n{rows[0]['homes']:,} homes")
    print(
        f"{'page':<32}{'queries':>8}{'median ms':>11}{'cpu ms':>9}{'p95 ms':>9}"
        f"{'kB':>8}{'admin ÷ ours':>14}"
    )
    for row in rows:
        ratio, p95 = row["ratio_admin"] or "", row["p95_ms"] or ""
        cpu = row["cpu_ms"] or ""
        print(
            f"{row['name']:<32}{row['queries']:>8}{row['median_ms']:>11}{cpu:>9}{p95:>9}"
            f"{row['kilobytes']:>8}{ratio:>14}"
        )


if __name__ == "__main__":
    main()
