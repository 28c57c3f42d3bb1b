"""Hours a month for each home, from a CSV file."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from pathlib import Path

from housingplus.common.errors import Refusal


def read_hours(path: Path) -> dict[str, float]:
    """Return hours by reference or UPRN, from columns `reference` or `uprn`, `hours`.

    Several rows for a home add up.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            return _hours(csv.DictReader(lines), path)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise Refusal(f"{path} cannot be read: {problem}.") from problem


def _hours(rows: csv.DictReader[str], path: Path) -> dict[str, float]:
    columns = [name.strip().casefold() for name in rows.fieldnames or []]
    rows.fieldnames = columns
    key = next((name for name in ("reference", "uprn") if name in columns), None)
    if key is None or "hours" not in columns:
        raise Refusal(f"{path} needs the columns reference (or uprn) and hours.")
    found: dict[str, float] = {}
    for line, row in enumerate(rows, 2):
        name, text = (row[key] or "").strip(), (row["hours"] or "").strip()
        try:
            hours = float(text)
        except ValueError:
            hours = math.nan
        if not name or not math.isfinite(hours) or hours < 0:
            raise Refusal(f"{path}, line {line}: {name or 'no home'}, {text!r} hours.")
        found[name] = found.get(name, 0.0) + hours
    return found


def hours_or_mean(own: Iterable[float | None]) -> list[float]:
    """Return hours with the mean of the others where a home has none."""
    listed = list(own)
    told = [hours for hours in listed if hours is not None]
    mean = sum(told) / len(told) if told else 1.0
    return [mean if hours is None else hours for hours in listed]
