"""Cities to draw patches in: the demo's drawn city, or a council's own lists."""

import csv
import gzip
import math
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random

from patches.design.solver.apportion import share_out
from patches.design.solver.problem import Area, Home, Options, Rules
from tenants.demo.plan import on_grid, plan_city

HOMES_PER_PATCH = 296
# Minutes of one event, for lists that count events.
MINUTES = {
    "repairs liaison": 20,
    "visit": 45,
    "rent arrears": 90,
    "tenancy change": 240,
    "antisocial behaviour": 300,
    "safeguarding": 360,
}
BASE_HOURS = 0.35

City = dict[str, list[Home]]


def drawn_city(homes: int, seed: int = 1) -> City:
    """Return the demo's city with uneven work: by estate, street and home."""
    random = Random(seed)
    city: City = {}
    for ward in plan_city(homes, seed):
        estate = random.lognormvariate(0, 0.25)
        own: list[Home] = []
        for unit in ward.units:
            street = estate * random.lognormvariate(0, 0.4)
            for home in unit.homes:
                easting, northing = on_grid(home.x, home.y)
                own.append(
                    Home(
                        reference=f"{ward.code}-{len(own)}",
                        hours=street * random.gammavariate(0.8, 1.25) + 0.1,
                        easting=easting,
                        northing=northing,
                        postcode=home.postcode,
                        street=home.street,
                        block=home.block,
                    )
                )
        city[ward.name] = own
    return city


def read_city(homes: Path, workload: Path | None) -> City:
    """Return a council's homes by ward, with hours from its counted events.

    The workload file has reference and hours, or reference, work_type and count over
    a year.
    """
    hours: dict[str, float] = defaultdict(lambda: BASE_HOURS)
    for row in _rows(workload) if workload else ():
        if "hours" in row:
            hours[row["reference"]] = float(row["hours"])
        else:
            minutes = MINUTES.get(row["work_type"], 60) * int(row["count"])
            hours[row["reference"]] += minutes / 60 / 12
    city: City = defaultdict(list)
    for row in _rows(homes):
        block = f"{row['block']} {row['postcode']}" if row["block"] else ""
        city[row["ward"]].append(
            Home(
                reference=row["reference"],
                hours=hours[row["reference"]] if workload else 1.0,
                easting=float(row["easting"] or 0),
                northing=float(row["northing"] or 0),
                postcode=row["postcode"],
                street=row["street"],
                block=block,
            )
        )
    return dict(city)


def _rows(path: Path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def areas_of(city: City, rules: Rules, tolerance: float = 0.02) -> list[Area]:
    """Return the city's wards as areas, patches shared among them by work."""
    homes = sum(len(own) for own in city.values())
    patches = max(len(city), round(homes / HOMES_PER_PATCH))
    work = {name: sum(home.hours for home in own) for name, own in city.items()}
    given = share_out(work, patches)
    return [
        Area(name, tuple(own), Options(given[name], tolerance), rules)
        for name, own in city.items()
    ]


def drifted(area: Area, patch_of: dict[str, str], seed: int = 7) -> Area:
    """Return an area a year after its map came in force, to be reviewed at ±5 %.

    Each estate, street and home needs more or less than it did.
    """
    random = Random(f"{seed} {area.name}")
    streets: dict[str, float] = {}
    homes = []
    for home in area.homes:
        if home.street not in streets:
            streets[home.street] = random.lognormvariate(0, 0.16)
        patch = patch_of[home.reference]
        change = streets.setdefault(f"{patch} as a whole", random.gauss(1, 0.03))
        change *= streets[home.street] * math.exp(random.gauss(0, 0.3))
        homes.append(replace(home, patch=patch, hours=home.hours * change))
    options = replace(area.options, is_review=True, tolerance=0.05)
    return replace(area, homes=tuple(homes), options=options)
