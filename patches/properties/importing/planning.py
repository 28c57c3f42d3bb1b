"""What importing a list of homes would change here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from housingplus.imports.errors import CellProblem
from housingplus.imports.models import ImportRowOutcome as Outcome
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import Finding, ParsedList, Plan

from . import placing
from .columns import LABELS
from .held import PLAIN_FIELDS, Held, HeldHome, TeamsOfWards
from .rows import HomeRow, problem


@dataclass
class Writes:
    """Every row importing would add or change."""

    landlords: dict[str, str] = field(default_factory=dict)
    wards: dict[str, str] = field(default_factory=dict)
    new_homes: list[Placed] = field(default_factory=list)
    changed_homes: dict[int, dict[str, Any]] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    patches: dict[str, str] = field(default_factory=dict)
    moves: dict[str, list[Placed]] = field(default_factory=dict)
    changes_shown: dict[int, dict[str, list[Any]]] = field(default_factory=dict)


@dataclass(slots=True)
class Placed:
    """A row with its landlord, ward and home here, where they exist."""

    row: HomeRow
    landlord: int | str
    ward_code: str
    home: HeldHome | None = None


def make_plan(
    parsed: ParsedList[HomeRow],
    *,
    options: ImportOptions,
    teams_of_wards: TeamsOfWards,
) -> Plan:
    """Compare the rows of a list with what is held here; nothing is changed."""
    held = Held(day=options.starts_on, teams_of_wards=teams_of_wards)
    writes = Writes()
    findings = list(parsed.problems)
    placed = [
        found
        for row in parsed.rows
        if (found := _place(row, held, options, writes, findings)) is not None
    ]
    outcomes: dict[int, Finding] = {}
    for found in placed:
        if found.home is None:
            outcomes[found.row.number] = _new(found)
            writes.new_homes.append(found)
            continue
        values, shown = _differences(found, held)
        if values:
            writes.changed_homes[found.home.pk] = values
        if shown:
            outcomes[found.row.number] = _changed(found, shown)
    placing.plan_patches(placed, held, options, writes, findings, outcomes)
    for finding in outcomes.values():
        if finding.outcome == Outcome.CHANGED:
            writes.changes_shown[int(finding.key)] = finding.changes
    findings += outcomes.values()
    findings += _missing(placed, held, options, writes, parsed.bad_keys)
    wrong = {f.number for f in findings if f.outcome == Outcome.ERROR}
    touched = set(outcomes) | wrong
    unchanged = sum(found.row.number not in touched for found in placed)
    findings.sort(key=lambda f: (f.number is None, f.number or 0))
    return Plan(parsed.row_count, findings, unchanged, writes)


def _place(
    row: HomeRow,
    held: Held,
    options: ImportOptions,
    writes: Writes,
    findings: list[Finding],
) -> Placed | None:
    """Return a row with its landlord, ward and home; note what does not fit."""
    before = len(findings)
    landlord = ward_code = None
    try:
        landlord = _landlord(row, held, options, writes)
    except CellProblem as error:
        findings.append(problem(row, "landlord", error.message, row.landlord))
    try:
        ward_code = _ward(row, held, options, writes)
    except CellProblem as error:
        column = "ward_code" if row.ward_code else "ward"
        findings.append(problem(row, column, error.message, row.ward_code or row.ward))
    if landlord is None or ward_code is None:
        return None
    found = Placed(row, landlord, ward_code)
    try:
        found.home = _match(row, landlord, held)
    except _Clash as clash:
        findings.append(problem(row, clash.column, clash.message, clash.value))
    return found if len(findings) == before else None


class _Clash(CellProblem):
    def __init__(self, column: str, message: str, value: str) -> None:
        super().__init__(message)
        self.column = column
        self.value = value


def _landlord(
    row: HomeRow, held: Held, options: ImportOptions, writes: Writes
) -> int | str:
    code = row.landlord or options.landlord
    if not code:
        raise CellProblem("Enter the landlord's code, or choose one for the list.")
    if (known := held.landlord_ids.get(code.casefold())) is not None:
        return known
    if not options.create_landlords:
        raise CellProblem(
            "No landlord here has this code. Correct it, or ask for new landlords to "
            "be created."
        )
    if len(code) > 20:
        raise CellProblem("A landlord's code has at most 20 characters.")
    writes.landlords.setdefault(code.casefold(), code)
    return code.casefold()


def _ward(row: HomeRow, held: Held, options: ImportOptions, writes: Writes) -> str:
    if row.ward_code and row.ward_code in held.ward_by_code:
        return row.ward_code
    named = held.ward_by_name.get(row.ward.casefold())
    if not row.ward_code:
        if named is not None:
            return named.code
        raise CellProblem(
            "No ward here has this name. Correct it, or add a column with the ward's "
            "code so that it can be created."
        )
    if not options.create_wards:
        raise CellProblem(
            "No ward here has this code. Correct it, or ask for new wards to be "
            "created."
        )
    if named is not None:
        raise CellProblem(
            f"The ward {named.name} has the code {named.code} here. Correct either."
        )
    if not row.ward:
        raise CellProblem("Enter the ward's name as well, so that it can be created.")
    name = writes.wards.setdefault(row.ward_code, row.ward)
    if name.casefold() != row.ward.casefold():
        raise CellProblem(f"Another row calls this ward {name}. Correct one of them.")
    return row.ward_code


def _match(row: HomeRow, landlord: int | str, held: Held) -> HeldHome | None:
    """Return the home a row is about: by its UPRN, else by the landlord's reference."""
    by_uprn = held.by_uprn.get(row.uprn) if row.uprn else None
    by_reference = (
        held.by_reference.get((landlord, row.reference))
        if isinstance(landlord, int)
        else None
    )
    if by_uprn is not None and by_uprn.landlord_id != landlord:
        owner = held.landlord_names[by_uprn.landlord_id]
        raise _Clash(
            "uprn",
            f"This home belongs to {owner} here. Take it out of the list, or end "
            f"it in the list of {owner} first.",
            row.uprn or "",
        )
    if by_uprn is None:
        return by_reference
    if by_reference is not None and by_reference.pk != by_uprn.pk:
        raise _Clash(
            "reference",
            f"This reference belongs to another home here, {by_reference.label}.",
            row.reference,
        )
    return by_uprn


def _new(found: Placed) -> Finding:
    row = found.row
    return Finding(
        Outcome.NEW, row.number, row.uprn or row.reference, row.label, changes={}
    )


def _changed(found: Placed, shown: dict[str, list[Any]]) -> Finding:
    assert found.home is not None  # noqa: S101
    return Finding(
        Outcome.CHANGED,
        found.row.number,
        str(found.home.pk),
        found.row.label,
        changes=shown,
    )


def _differences(
    found: Placed, held: Held
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Return the fields to change, and old and new as the report shows them."""
    row, home = found.row, found.home
    assert home is not None  # noqa: S101
    wanted = {"reference": row.reference, **row.values}
    if row.uprn:
        wanted["uprn"] = row.uprn
    values: dict[str, Any] = {}
    shown: dict[str, list[Any]] = {}
    for name in PLAIN_FIELDS:
        if name in wanted and wanted[name] != getattr(home, name):
            values[name] = wanted[name]
            shown[LABELS[name]] = [_plain(getattr(home, name)), _plain(wanted[name])]
    if "easting" in values or "northing" in values:
        values |= {name: wanted[name] for name in ("latitude", "longitude")}
    ward = held.wards[home.ward_id]
    if ward.code != found.ward_code:
        values["ward_code"] = found.ward_code
        shown["Ward"] = [ward.name, ward_name(found, held)]
    _compare_block(found, held, values, shown)
    if home.managed_to is not None:
        values["managed_to"] = None
        shown["Managed until"] = [home.managed_to.isoformat(), ""]
    return values, shown


def _compare_block(
    found: Placed, held: Held, values: dict[str, Any], shown: dict[str, list[Any]]
) -> None:
    assert found.home is not None  # noqa: S101
    if found.row.block is None:
        return
    name = held.block_names.get(found.home.block_id or 0, "")
    same_name = name.casefold() == found.row.block.casefold()
    if not same_name or ("ward_code" in values and name):
        values["block"] = found.row.block
        values["block_ward"] = found.ward_code
        values["block_address"] = found.row.values
        shown["Block"] = [name, found.row.block]


def ward_name(found: Placed, held: Held) -> str:
    """Return the name of a row's ward, which may be one still to be created."""
    ward = held.ward_by_code.get(found.ward_code)
    return ward.name if ward else found.row.ward


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else value


def _missing(
    placed: list[Placed],
    held: Held,
    options: ImportOptions,
    writes: Writes,
    bad_keys: set[str],
) -> list[Finding]:
    """Homes managed here, of the landlords the list is about, that it lacks."""
    landlords = Counter(found.landlord for found in placed)
    listed = {found.home.pk for found in placed if found.home is not None}
    findings = []
    for home in held.homes:
        if home.landlord_id not in landlords or home.pk in listed:
            continue
        if home.managed_to is not None and home.managed_to < options.starts_on:
            continue
        if home.reference in bad_keys or (home.uprn and home.uprn in bad_keys):
            continue
        writes.missing.append(home.pk)
        findings.append(
            Finding(
                Outcome.MISSING,
                key=str(home.pk),
                label=home.label,
                column=LABELS["reference"],
                value=home.reference,
                message="Managed here, not in the list.",
            )
        )
    return findings
