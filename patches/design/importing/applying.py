"""Writing what a checked list of work changes, in one transaction of the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.common.bulk import insert_rows
from patches.design.models import WorkRecord, WorkType
from patches.design.services.assumptions import create_default_assumptions
from patches.design.workload.defaults import DEFAULT_WORK

from .planning import Writes

if TYPE_CHECKING:
    from officers.accounts.models import User

_ROWS_AT_ONCE = 2_000


def write_work(writes: Writes, *, by: User | None) -> None:
    """Add what is new and change counts; the caller holds the transaction and locks.

    The list, its report and who confirmed it are kept with the import.
    """
    made = _make_work_types(writes, by)
    insert_rows(
        WorkRecord,
        ["property", "work_type", "count", "starts_on", "ends_on"],
        (
            (
                found.home.pk,
                made.get(found.work_type, found.work_type),
                found.row.count,
                found.row.starts_on,
                found.row.ends_on,
            )
            for found in writes.added
        ),
    )
    keys = sorted(writes.counts)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        records = list(
            WorkRecord.objects.filter(pk__in=keys[start : start + _ROWS_AT_ONCE])
        )
        for record in records:
            record.count = writes.counts[record.pk]
        # One statement for all; an update by CASE takes long for a city.
        WorkRecord.objects.bulk_create(
            records,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["count"],
        )


def _make_work_types(writes: Writes, by: User | None) -> dict[int, int]:
    """Make the kinds of work to start from where none is here; return their keys."""
    if all(found.work_type > 0 for found in writes.added):
        return {}
    create_default_assumptions(by=by)
    key_of = {row.name.casefold(): row.pk for row in WorkType.objects.all()}
    return {
        -number: key_of[work.name.casefold()]
        for number, work in enumerate(DEFAULT_WORK, 1)
    }
