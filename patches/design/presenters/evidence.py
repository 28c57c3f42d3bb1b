"""The evidence of a review in words, as it is frozen and printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from patches.design.months import Month
from patches.design.rules.drifting import DriftState

from .actual_work import KindLine, PatchLine
from .drift import DriftLine


def months_in_words(months: Sequence[Month]) -> str:
    """Return "April 2026", "April 2026 to March 2027", or nothing."""
    if not months:
        return ""
    if len(months) == 1:
        return str(months[0])
    return f"{months[0]} to {months[-1]}"


def kind_row(line: KindLine) -> dict[str, Any]:
    """Return one kind of work as it is kept."""
    total = line.compared.sum
    known = line.is_recorded
    return {
        "name": line.name,
        "expected": round(total.expected),
        "recorded": round(total.recorded) if known else None,
        "ratio": None if line.ratio is None else round(line.ratio, 2),
        "verdict": str(line.verdict),
        "expected_hours": round(total.expected_hours),
        "extra_hours": round(total.extra_hours) if known else None,
    }


def patch_row(line: PatchLine) -> dict[str, Any]:
    """Return the work of one patch as it is kept."""
    known = line.sum.is_recorded
    return {
        "code": line.patch.code,
        "expected_hours": round(line.sum.expected_hours),
        "recorded_hours": round(line.sum.recorded_hours) if known else None,
        "verdict": str(line.verdict),
        "mostly": line.mostly_text,
    }


def issues(lines: Sequence[DriftLine], evidence: dict[str, Any]) -> list[str]:
    """Return what a reviewer must not miss, each in a sentence."""
    found = [
        f"{line.patch.code}: {' '.join(line.reasons)}"
        for line in lines
        if line.is_warning
    ]
    steady = sum(line.forecast.state == DriftState.STEADY for line in lines)
    if lines and not found:
        found.append(f"All {steady} patches are in their band and stay there.")
    found += [
        f"{row['patch']} had no officer on {_days(row['days'])}."
        for row in evidence["officers"]["vacancies"]
    ]
    if covers := evidence["officers"]["covers"]:
        times = sum(row["times"] for row in covers)
        days = sum(row["days"] for row in covers)
        found.append(
            f"{len(covers)} patch{'' if len(covers) == 1 else 'es'} had cover "
            f"{times} time{'' if times == 1 else 's'}, {_days(days)} in all."
        )
    quiet = [row["tara"] for row in evidence["contacts"] if not row["total"]]
    found += [f"No contact with {tara} is recorded." for tara in quiet]
    waiting = sum(not comment["answer"] for comment in evidence["comments"])
    if waiting:
        found.append(f"{waiting} comment{'' if waiting == 1 else 's'} had no answer.")
    return found


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
