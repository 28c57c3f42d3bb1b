"""manage.py design_patches: draw patches of equal work; changes nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from housingplus.common.dates import today
from housingplus.common.errors import Refusal
from officers.assignments.selectors import teams_of_wards
from patches.design.barriers import read_barriers
from patches.design.models import AssumptionSet
from patches.design.reports import report
from patches.design.selectors.assumptions import default_assumptions
from patches.design.selectors.homes import HomeRow, list_homes
from patches.design.selectors.workload import expected_work
from patches.design.solver.answer import Design
from patches.design.solver.city import CityMeasures, make_areas, measure_city
from patches.design.solver.draw import design
from patches.design.solver.problem import Home, Options, Rules
from patches.design.solver.strays import find_estates
from patches.design.workload.files import hours_or_mean, read_hours
from patches.wards.models import Ward

HOMES_PER_PATCH = 290


class Command(BaseCommand):
    help = "Draws patches of equal work inside each ward team's area; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--wards", nargs="+", metavar="WARD", help="Names or codes.")
        scope.add_argument("--all", action="store_true", help="Every ward.")
        parser.add_argument(
            "--patches",
            type=int,
            help="How many in all; by default one for each "
            f"{HOMES_PER_PATCH} homes, in a review as many as there are now.",
        )
        parser.add_argument(
            "--review",
            action="store_true",
            help="Start from today's patches and move as few homes as possible.",
        )
        parser.add_argument(
            "--tolerance",
            type=float,
            metavar="PERCENT",
            help="How far from the mean is allowed: 2 by default, 5 in a review.",
        )
        parser.add_argument(
            "--strength",
            type=float,
            default=1.0,
            help="Weight of the work: 0 counts doors, 1 (default) the full hours.",
        )
        parser.add_argument(
            "--continuity",
            type=float,
            default=0.0,
            metavar="METRES",
            help="Walking that one home's change of patch costs: 0 (default) counts "
            "no changes, 1000 hardly moves more homes than it must.",
        )
        parser.add_argument(
            "--keep", nargs="+", default=[], metavar="PATCH", help="Kept as they are."
        )
        work = parser.add_mutually_exclusive_group()
        work.add_argument(
            "--assumptions",
            metavar="NAME",
            help="The assumption set that says how many hours a month each home needs; "
            "without it and --workload the default set, if there is one, else each "
            "home counts 1.",
        )
        work.add_argument(
            "--workload",
            type=Path,
            metavar="FILE",
            help="CSV with reference (or uprn) and hours a month.",
        )
        parser.add_argument(
            "--barriers",
            type=Path,
            metavar="FILE",
            help="GeoJSON: lines nobody crosses but at points.",
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", type=Path, metavar="FILE", dest="json_file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _handle(self, options: dict[str, Any]) -> None:
        wards = _wards(options)
        assumptions = _assumptions(options)
        rows = list_homes(
            [ward.pk for ward in wards],
            today(),
            expected_work(assumptions, on=today()).hours if assumptions else None,
        )
        if assumptions:
            self.stdout.write(f"Homes weigh what “{assumptions}” expects of them.")
        if options["workload"]:
            rows = self._with_hours(rows, options["workload"])
        lines, bridges = (), ()
        if options["barriers"]:
            lines, bridges = read_barriers(options["barriers"])
        areas = make_areas(
            _by_team(rows, wards),
            _options(options, len(rows)),
            Rules(tuple(options["keep"]), barriers=lines, bridges=bridges),
        )
        unknown = set(options["keep"]) - {row.home.patch for row in rows}
        if unknown:
            raise CommandError(f"No home here is in patch {min(unknown)}.")
        drawn = []
        for area in areas:
            drawn.append(design(area))
            self._say_area(drawn[-1])
        self._say_city(measure_city(drawn))
        if options["json_file"]:
            name = assumptions.name if assumptions else None
            values: dict[str, Any] = {"seed": options["seed"], "assumptions": name}
            values |= report(drawn, {row.home.reference: row for row in rows})
            options["json_file"].write_text(json.dumps(values, indent=1) + "\n")

    def _with_hours(self, rows: list[HomeRow], path: Path) -> list[HomeRow]:
        hours = read_hours(path)
        own = [hours.get(row.reference, hours.get(row.uprn)) for row in rows]
        missing = own.count(None)
        if missing == len(rows):
            raise CommandError(f"No home of these wards is in {path}.")
        if missing:
            self.stdout.write(
                f"Given the mean, for want of hours in {path}: {missing:,} homes."
            )
        return [
            replace(row, home=replace(row.home, hours=value))
            for row, value in zip(rows, hours_or_mean(own), strict=True)
        ]

    def _say_area(self, drawn: Design) -> None:
        found = drawn.measures
        self.stdout.write(
            f"{drawn.setup.area.name}: {found.patches} patches, {found.homes:,} homes "
            f"({found.smallest_homes}–{found.largest_homes} each), worst "
            f"{found.worst:.1%} from the mean, {found.walk_metres:.0f} m to the middle."
        )
        for patch in drawn.patches:
            if patch.why_outside:
                self.stdout.write(f"  {patch.why_outside}")
        for estate in find_estates(drawn.setup):
            self.stdout.write(f"  Far from the rest: {estate}")
        if drawn.unplaced:
            self.stdout.write(
                f"  Not on the map, so in no patch: {len(drawn.unplaced)} of the homes."
            )

    def _say_city(self, city: CityMeasures) -> None:
        two, five, _ = city.within
        self.stdout.write(
            f"In all: {city.patches} patches, {city.homes:,} homes; "
            f"{two:.1%} of patches "
            f"within 2 % of their area's mean, {five:.1%} within 5 %, worst "
            f"{city.worst:.1%} (from the mean of all: {city.worst_city:.1%}). "
            f"{city.moved_homes:,} homes would change patch."
        )


def _wards(options: dict[str, Any]) -> list[Ward]:
    wards = list(Ward.objects.order_by("name"))
    if options["all"]:
        return wards
    named = {text.casefold() for text in options["wards"]}
    found = [
        w for w in wards if w.name.casefold() in named or w.code.casefold() in named
    ]
    known = {w.name.casefold() for w in found} | {w.code.casefold() for w in found}
    if named - known:
        raise CommandError(f"There is no ward {min(named - known)}.")
    return found


def _assumptions(options: dict[str, Any]) -> AssumptionSet | None:
    """Return the set that homes are weighed by: named, else the default one."""
    name = options["assumptions"]
    if name is None:
        return None if options["workload"] else default_assumptions()
    sets = {row.name: row for row in AssumptionSet.objects.order_by("name")}
    if name not in sets:
        known = ", ".join(f"“{own}”" for own in sets) or "none yet"
        raise CommandError(f"There is no assumption set “{name}”. There is: {known}.")
    return sets[name]


def _by_team(rows: list[HomeRow], wards: list[Ward]) -> dict[str, list[Home]]:
    """Return homes by ward team; a ward without a team is an area of its own."""
    teams = teams_of_wards([ward.pk for ward in wards], today())
    area_of = {
        ward.pk: teams[ward.pk].name if ward.pk in teams else ward.name
        for ward in wards
    }
    homes: dict[str, list[Home]] = {}
    for row in rows:
        homes.setdefault(area_of[row.ward_id], []).append(row.home)
    return dict(sorted(homes.items()))


def _options(options: dict[str, Any], homes: int) -> Options:
    is_review = options["review"]
    patches = options["patches"]
    if patches is None:
        patches = 0 if is_review else max(1, round(homes / HOMES_PER_PATCH))
    elif patches < 1:
        raise CommandError("Ask for at least one patch.")
    tolerance = options["tolerance"] or (5.0 if is_review else 2.0)
    return Options(
        patches=patches,
        tolerance=tolerance / 100,
        weight_strength=options["strength"],
        is_review=is_review,
        continuity=options["continuity"],
        seed=options["seed"],
    )
