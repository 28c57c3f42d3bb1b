"""What importing a list of households would change here.

A row is known by its landlord and tenancy reference. A tenancy that is new to a home
whose present tenancies are not in the list means that other people live there: the
present household ends the day before. Beside tenancies that stay it is a separate one
in the same household.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from housingplus.common.dates import day_before, long_date
from housingplus.imports.errors import CellProblem
from housingplus.imports.models import ImportRowOutcome as Outcome
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import Finding, ParsedList, Plan

from . import comparing
from .held import Held, HeldHome, HeldHousehold, HeldTenancy
from .rows import TenancyRow, problem


@dataclass(slots=True)
class NewHousehold:
    home: int
    starts_on: dt.date
    rows: list[Located]


@dataclass(slots=True)
class Located:
    """A row with its home here, and its tenancy if there is one."""

    row: TenancyRow
    home: HeldHome
    tenancy: HeldTenancy | None


@dataclass
class Writes:
    """Every row importing would add, change or end."""

    new_households: list[NewHousehold] = field(default_factory=list)
    ended_households: dict[int, dt.date] = field(default_factory=dict)
    added_tenancies: list[tuple[int, Located]] = field(default_factory=list)
    tenancies: dict[int, dict[str, Any]] = field(default_factory=dict)
    households: dict[int, dict[str, Any]] = field(default_factory=dict)
    needs: dict[int, dict[str, Any]] = field(default_factory=dict)
    people: dict[int, dict[str, str]] = field(default_factory=dict)
    holders: list[comparing.HolderChange] = field(default_factory=list)
    missing: list[HeldTenancy] = field(default_factory=list)
    changed: dict[int, list[str]] = field(default_factory=dict)


def make_plan(parsed: ParsedList[TenancyRow], *, options: ImportOptions) -> Plan:
    """Compare the rows of a list with what is held here; nothing is changed."""
    held = Held()
    writes = Writes()
    findings = list(parsed.problems)
    outcomes: dict[int, Finding] = {}
    by_home: dict[int, list[Located]] = defaultdict(list)
    located = []
    for row in parsed.rows:
        try:
            found = _locate(row, held, options)
        except _Misfit as misfit:
            findings.append(problem(row, misfit.column, misfit.message, misfit.value))
            continue
        located.append(found)
        by_home[found.home.pk].append(found)
    for rows in by_home.values():
        _plan_home(rows, held, options, writes, findings, outcomes)
    findings += outcomes.values()
    findings += _missing(located, held, options, writes, parsed.bad_keys)
    wrong = {f.number for f in findings if f.outcome == Outcome.ERROR}
    touched = set(outcomes) | wrong
    unchanged = sum(found.row.number not in touched for found in located)
    findings.sort(key=lambda f: (f.number is None, f.number or 0))
    return Plan(parsed.row_count, findings, unchanged, writes)


class _Misfit(CellProblem):
    def __init__(self, column: str, message: str, value: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.value = value


def _locate(row: TenancyRow, held: Held, options: ImportOptions) -> Located:
    home = _home(row, held)
    if home.managed_to is not None and home.managed_to < options.starts_on:
        raise _Misfit(
            "property_reference",
            f"This home is managed only until {long_date(home.managed_to)}. Import the "
            "list of homes first, or take the row out.",
            row.property_reference or row.uprn or "",
        )
    tenancy = held.tenancies.get((home.landlord_id, row.reference))
    if tenancy is not None:
        if tenancy.ends_on is not None and tenancy.ends_on < options.starts_on:
            raise _Misfit(
                "tenancy_reference",
                f"This tenancy ended on {long_date(tenancy.ends_on)}. A new one needs "
                "a reference of its own.",
                row.reference,
            )
        if held.households[tenancy.household].home != home.pk:
            raise _Misfit(
                "tenancy_reference",
                "This tenancy is of another home here. A move to another home needs a "
                "new tenancy reference.",
                row.reference,
            )
    return Located(row, home, tenancy)


def _home(row: TenancyRow, held: Held) -> HeldHome:
    by_uprn = held.home_by_uprn.get(row.uprn) if row.uprn else None
    named = held.homes_by_reference.get(row.property_reference, [])
    if row.landlord:
        landlord = held.landlord_ids.get(row.landlord.casefold())
        if landlord is None:
            raise _Misfit("landlord", "No landlord here has this code.", row.landlord)
        named = [home for home in named if home.landlord_id == landlord]
    if by_uprn is not None:
        if row.property_reference and by_uprn not in named:
            raise _Misfit(
                "property_reference",
                f"The home with this UPRN has the reference {by_uprn.reference} here. "
                "Correct one of them.",
                row.property_reference,
            )
        return by_uprn
    if not named:
        column = "property_reference" if row.property_reference else "uprn"
        raise _Misfit(
            column,
            "No home here has this reference or UPRN. Import the list of homes first.",
            row.property_reference or row.uprn or "",
        )
    if len(named) > 1:
        raise _Misfit(
            "landlord",
            "Several landlords have a home with this reference. Give the UPRN or the "
            "landlord.",
            row.landlord,
        )
    return named[0]


def _plan_home(
    rows: list[Located],
    held: Held,
    options: ImportOptions,
    writes: Writes,
    findings: list[Finding],
    outcomes: dict[int, Finding],
) -> None:
    """Plan the tenancies a list gives for one home."""
    known = [found for found in rows if found.tenancy is not None]
    fresh = [found for found in rows if found.tenancy is None]
    by_household: dict[int, list[Located]] = defaultdict(list)
    for found in known:
        assert found.tenancy is not None  # noqa: S101
        by_household[found.tenancy.household].append(found)
    try:
        if fresh:
            _plan_fresh(fresh, by_household, held, writes, findings, outcomes)
        for household_id, of_household in by_household.items():
            comparing.compare_household(
                held.households[household_id],
                of_household,
                held,
                writes,
                findings,
                outcomes,
            )
    except CellProblem as error:
        first = (fresh or known)[0].row
        findings.append(
            problem(first, "start_date", error.message, first.starts_on.isoformat())
        )


def _plan_fresh(
    fresh: list[Located],
    by_household: dict[int, list[Located]],
    held: Held,
    writes: Writes,
    findings: list[Finding],
    outcomes: dict[int, Finding],
) -> None:
    homes_households = held.households_of[fresh[0].home.pk]
    latest = homes_households[-1] if homes_households else None
    starts_on = min(found.row.starts_on for found in fresh)
    if latest is not None and latest.ends_on is None:
        if latest.pk in by_household or not held.tenancies_of[latest.pk]:
            _add_to(latest, fresh, by_household, held, writes, outcomes)
            return
        _replace(latest, starts_on, held, writes)
        told = ", ".join(t.reference for t in held.tenancies_of[latest.pk])
        changes = {
            "Household": [
                f"tenancy {told}, ends on {long_date(day_before(starts_on))}",
                f"new from {long_date(starts_on)}",
            ]
        }
    else:
        changes = {}
        if latest is not None and latest.ends_on is not None:
            starts_on = max(starts_on, latest.ends_on + dt.timedelta(days=1))
    writes.new_households.append(NewHousehold(fresh[0].home.pk, starts_on, fresh))
    wanted = comparing.wanted_needs([found.row for found in fresh])
    if wanted.letter_format == "email" and not wanted.email:
        findings.append(comparing.email_missing(fresh[0].row))
    for found in fresh:
        outcomes[found.row.number] = _new(found, changes)


def _replace(
    latest: HeldHousehold, starts_on: dt.date, held: Held, writes: Writes
) -> None:
    if starts_on <= latest.starts_on:
        raise CellProblem(
            f"The household living there now came on {long_date(latest.starts_on)}. A "
            "new tenancy must start later, or list their tenancy as well."
        )
    writes.ended_households[latest.pk] = day_before(starts_on)


def _add_to(
    household: HeldHousehold,
    fresh: list[Located],
    by_household: dict[int, list[Located]],
    held: Held,
    writes: Writes,
    outcomes: dict[int, Finding],
) -> None:
    """Add separate tenancies to a household that stays."""
    starts_on = min(found.row.starts_on for found in fresh)
    comparing.reach_back(household, starts_on, held, writes)
    for found in fresh:
        writes.added_tenancies.append((household.pk, found))
        outcomes[found.row.number] = _new(found, {"Household": ["", "the present one"]})
    by_household.setdefault(household.pk, [])
    by_household[household.pk] += fresh


def _new(found: Located, changes: dict[str, list[Any]]) -> Finding:
    return Finding(
        Outcome.NEW,
        found.row.number,
        found.row.reference,
        found.row.label,
        changes=changes,
    )


def _missing(
    located: list[Located],
    held: Held,
    options: ImportOptions,
    writes: Writes,
    bad_keys: set[str],
) -> list[Finding]:
    """Tenancies running here, of the landlords the list is about, that it lacks."""
    landlords = {found.home.landlord_id for found in located}
    listed = {(found.home.landlord_id, found.row.reference) for found in located}
    findings = []
    for key, tenancy in held.tenancies.items():
        ended = tenancy.ends_on is not None and tenancy.ends_on < options.starts_on
        if (
            ended
            or key in listed
            or tenancy.landlord_id not in landlords
            or tenancy.household in writes.ended_households
            or tenancy.reference in bad_keys
        ):
            continue
        writes.missing.append(tenancy)
        findings.append(
            Finding(
                Outcome.MISSING,
                key=str(tenancy.pk),
                label=f"Tenancy {tenancy.reference}",
                column="Tenancy reference",
                value=tenancy.reference,
                message=f"Running here since {long_date(tenancy.starts_on)}, not in "
                "the list.",
            )
        )
    return findings
