"""Who answered for the patches of a design since it came into force, for its review."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from housingplus.common.dates import long_date
from officers.assignments.models import Assignment, AssignmentKind
from patches.register.models import Patch

A_DAY = dt.timedelta(days=1)
Row = dict[str, Any]


def officers_since(
    patches: Collection[Patch], first: dt.date, last: dt.date
) -> dict[str, Any]:
    """Return changes of officer, days with none, and covers between two days.

    One query. What began on the first day itself came with the design and is no change.
    """
    rows: dict[int, list[Assignment]] = defaultdict(list)
    for row in (
        Assignment.objects.filter(patch__in=[patch.pk for patch in patches])
        .overlapping(first - A_DAY, last)
        .select_related("officer", "team")
        .order_by("starts_on", "pk")
    ):
        rows[row.patch_id].append(row)
    changes: list[tuple[dt.date, Row]] = []
    vacancies: list[Row] = []
    covers: list[Row] = []
    for patch in patches:
        own = rows[patch.pk]
        leads = [row for row in own if row.kind == AssignmentKind.LEAD]
        changes += _changes(patch, leads, first, last)
        if days := _days_without(own, max(first, patch.starts_on), last):
            vacancies.append({"patch": patch.code, "days": days})
        if covered := [row for row in own if row.kind == AssignmentKind.COVER]:
            covers.append(
                {
                    "patch": patch.code,
                    "times": len(covered),
                    "days": _days(covered, first, last),
                }
            )
    changes.sort(key=lambda pair: (pair[0], pair[1]["patch"]))
    return {
        "changes": [row for _, row in changes],
        "vacancies": vacancies,
        "covers": covers,
    }


def _changes(
    patch: Patch, leads: list[Assignment], first: dt.date, last: dt.date
) -> Iterable[tuple[dt.date, Row]]:
    before = ""
    for lead in leads:
        after = str(lead.answerer)
        if first < lead.starts_on <= last and before != after:
            yield (
                lead.starts_on,
                {
                    "on": long_date(lead.starts_on),
                    "patch": patch.code,
                    "before": before or "Nobody",
                    "after": after,
                    "reason": lead.reason,
                },
            )
        before = after


def _days(rows: Iterable[Assignment], first: dt.date, last: dt.date) -> int:
    """Return on how many days any of the assignments ran."""
    days = 0
    until = first - A_DAY
    for row in sorted(rows, key=lambda row: row.starts_on):
        start = max(row.starts_on, until + A_DAY)
        end = min(row.ends_on or last, last)
        if end >= start:
            days += (end - start).days + 1
            until = end
    return days


def _days_without(rows: Iterable[Assignment], first: dt.date, last: dt.date) -> int:
    """Return on how many days no person answered, as lead or as cover."""
    if last < first:
        return 0
    answered = _days([row for row in rows if row.officer_id], first, last)
    return (last - first).days + 1 - answered
