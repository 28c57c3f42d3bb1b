"""What importing a list of work would change here.

A row is known by home, kind of work and period. The same again is unchanged, with
another count it is changed. A home without a row had no such work in the period, so a
kind of work is counted in a ward by one set of periods that do not overlap.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from housingplus.common.dates import long_date, period, today
from housingplus.imports.errors import CellProblem
from housingplus.imports.models import ImportRowOutcome as Outcome
from housingplus.imports.plans import Finding, ParsedList, Plan, duplicates

from .columns import LABELS
from .held import Held, HeldHome
from .rows import WorkRow, problem

Period = tuple[dt.date, dt.date]


@dataclass(slots=True)
class Located:
    """A row with its home and kind of work here."""

    row: WorkRow
    home: HeldHome
    work_type: int

    @property
    def key(self) -> tuple[int, int, dt.date, dt.date]:
        return self.home.pk, self.work_type, self.row.starts_on, self.row.ends_on

    @property
    def counted_with(self) -> tuple[int, int, int]:
        """Return whose periods must not overlap: landlord, ward and kind of work."""
        return self.home.landlord_id, self.home.ward_id, self.work_type


@dataclass
class Writes:
    """Rows to add, and the counts to change by key of the record."""

    added: list[Located] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)


def make_plan(parsed: ParsedList[WorkRow]) -> Plan:
    """Compare the rows of a list with what is held here; nothing is changed."""
    held = Held(
        min((row.starts_on for row in parsed.rows), default=dt.date.max),
        max((row.ends_on for row in parsed.rows), default=dt.date.min),
    )
    findings = list(parsed.problems)
    located = []
    day = today()
    for row in parsed.rows:
        try:
            located.append(_locate(row, held, day))
        except _Misfit as misfit:
            findings.append(problem(row, misfit.column, misfit.message, misfit.value))
    located = _without_repeats(located, findings)
    located = _without_overlaps(located, held, findings)
    writes = Writes()
    unchanged = 0
    for found in located:
        known = held.counts.get(found.key)
        if known is None:
            writes.added.append(found)
            findings.append(_finding(Outcome.NEW, found))
        elif known[1] != found.row.count:
            writes.counts[known[0]] = found.row.count
            findings.append(_finding(Outcome.CHANGED, found, known[1]))
        else:
            unchanged += 1
        if note := _note(found, held):
            findings.append(note)
    findings.sort(key=lambda f: (f.number is None, f.number or 0))
    return Plan(parsed.row_count, findings, unchanged, writes)


class _Misfit(CellProblem):
    def __init__(self, column: str, message: str, value: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.value = value


def _locate(row: WorkRow, held: Held, day: dt.date) -> Located:
    home = _home(row, held)
    work_type = held.work_type_ids.get(row.work_type.casefold())
    if work_type is None:
        raise _Misfit("work_type", _unknown_work(held), row.work_type)
    if row.ends_on >= day:
        raise _Misfit(
            "period_end",
            "This period is not over yet. Import it when it is.",
            row.ends_on.isoformat(),
        )
    return Located(row, home, work_type)


def _unknown_work(held: Held) -> str:
    known = ", ".join(held.work_type_names)
    if len(known) > 180:
        known = f"{known[:180].rsplit(', ', 1)[0]} …"
    return (
        f"No kind of work here is called this. Known are: {known}. Correct it, or add "
        "it under Workload first."
    )


def _home(row: WorkRow, held: Held) -> HeldHome:
    by_uprn = held.home_by_uprn.get(row.uprn) if row.uprn else None
    named = held.homes_by_reference.get(row.reference, []) if row.reference else []
    if row.landlord:
        landlord = held.landlord_ids.get(row.landlord.casefold())
        if landlord is None:
            raise _Misfit("landlord", "No landlord here has this code.", row.landlord)
        named = [home for home in named if home.landlord_id == landlord]
    if by_uprn is not None:
        if row.reference and by_uprn not in named:
            raise _Misfit(
                "reference",
                f"The home with this UPRN has the reference {by_uprn.reference} here. "
                "Correct one of them.",
                row.reference,
            )
        return by_uprn
    if not named:
        raise _Misfit(
            "reference" if row.reference else "uprn",
            "No home here has this reference or UPRN. Import the list of homes first.",
            row.reference or row.uprn or "",
        )
    if len(named) > 1:
        raise _Misfit(
            "landlord",
            "Several landlords have a home with this reference. Give the UPRN or the "
            "landlord.",
            row.landlord,
        )
    return named[0]


def _without_repeats(located: list[Located], findings: list[Finding]) -> list[Located]:
    """Take out rows that repeat another's home, kind of work and period."""
    wrong: set[int] = set()
    for found, first in duplicates(located, lambda found: found.key):
        wrong.add(found.row.number)
        findings.append(
            problem(
                found.row,
                "work_type",
                f"Row {first.row.number} has the same home, kind of work and period. "
                "Give their sum in one row.",
                found.row.work_type,
            )
        )
    return [found for found in located if found.row.number not in wrong]


def _without_overlaps(
    located: list[Located], held: Held, findings: list[Finding]
) -> list[Located]:
    """Take out rows whose period overlaps another by which the same is counted."""
    listed: dict[tuple[int, int, int], set[Period]] = defaultdict(set)
    recorded: dict[tuple[int, int, int], set[Period]] = defaultdict(set)
    for found in located:
        listed[found.counted_with].add((found.row.starts_on, found.row.ends_on))
    for pk, work_type, starts_on, ends_on in held.counts:
        home = held.homes[pk]
        recorded[home.landlord_id, home.ward_id, work_type].add((starts_on, ends_on))
    clashes = {
        (group, mine): other
        for group, periods in listed.items()
        for mine, other in _clashes(periods, recorded[group]).items()
    }
    if not clashes:
        return located
    right = []
    for found in located:
        mine = (found.row.starts_on, found.row.ends_on)
        clash = clashes.get((found.counted_with, mine))
        if clash is None:
            right.append(found)
            continue
        other, is_recorded = clash
        where = "is recorded here" if is_recorded else "is in this list too"
        findings.append(
            problem(
                found.row,
                "period_start",
                f"The period {period(*other)} {where} for this work in the ward, and "
                "overlaps. Give the same period, or one that does not overlap.",
                found.row.starts_on.isoformat(),
            )
        )
    return right


def _clashes(
    listed: set[Period], recorded: set[Period]
) -> dict[Period, tuple[Period, bool]]:
    """Return for periods new here one they overlap, and whether that is recorded."""
    found: dict[Period, tuple[Period, bool]] = {}
    latest: Period | None = None
    for mine in sorted(listed | recorded):
        if latest is not None and mine[0] <= latest[1]:
            for one, other in ((mine, latest), (latest, mine)):
                if one not in recorded:
                    found.setdefault(one, (other, other in recorded))
        if latest is None or mine[1] > latest[1]:
            latest = mine
    return found


def _finding(outcome: Outcome, found: Located, was: int | None = None) -> Finding:
    row = found.row
    return Finding(
        outcome,
        row.number,
        key=f"{found.home.pk}:{found.work_type}:{row.starts_on}:{row.ends_on}",
        label=row.label[:200],
        changes={LABELS["count"]: ["" if was is None else was, row.count]},
    )


def _note(found: Located, held: Held) -> Finding | None:
    """Return what to say of work at a home that was not managed in the period."""
    home, row = found.home, found.row
    if row.ends_on < home.managed_from > held.first_day_of[home.landlord_id]:
        when = f"only from {long_date(home.managed_from)}"
    elif home.managed_to is not None and row.starts_on > home.managed_to:
        when = f"only until {long_date(home.managed_to)}"
    else:
        return None
    return Finding(
        Outcome.NOTE,
        number=row.number,
        key=row.reference or row.uprn or "",
        label=row.label[:200],
        column=LABELS["period_start"],
        value=row.starts_on.isoformat(),
        message=f"The home is managed {when}, so this counts for nothing until the "
        "list of homes says otherwise.",
    )
