"""Making, copying and changing assumption sets. Their rates are in `rates`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.dates import today
from housingplus.common.locking import is_busy, lock
from patches.design.errors import AssumptionsChanged
from patches.design.models import AreaRate, AssumptionSet, WorkRate, WorkType
from patches.design.rules import assumptions as rules
from patches.design.selectors.assumptions import default_assumptions
from patches.design.workload.defaults import (
    DEFAULT_WORK,
    NOTES,
    SET_NAME,
    DefaultWork,
)

if TYPE_CHECKING:
    from officers.accounts.models import User

_SAME_MOMENT = "Somebody changed this at the same moment. Look again and try once more."
# What a copy takes over, besides the rates.
COPIED = (
    "weekly_hours",
    "leave_days",
    "sickness_days",
    "training_days",
    "other_percent",
    "prior_years",
    "band_min",
    "band_max",
)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction in which two people at once become a conflict, never a fault."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AssumptionsChanged(_SAME_MOMENT) from error
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise AssumptionsChanged(_SAME_MOMENT) from error


def lock_set(assumptions: AssumptionSet, version: int | None = None) -> AssumptionSet:
    """Return the set locked; AssumptionsChanged when it is not the version seen."""
    held = lock(AssumptionSet.objects.filter(pk=assumptions.pk)).get()
    if version is not None and held.version != version:
        raise AssumptionsChanged(changed_by_whom(held))
    return held


def create_default_assumptions(*, by: User | None) -> AssumptionSet:
    """Return the default set; where there is none, make the one to start from.

    Kinds of work that are here already keep what was said of them.
    """
    try:
        with one_at_a_time():
            present = default_assumptions()
            return present if present is not None else _start(by)
    except AssumptionsChanged:
        present = default_assumptions()
        if present is None:
            raise
        return present


def copy_assumptions(
    *, source: AssumptionSet, name: str, dated: dt.date, notes: str, by: User | None
) -> AssumptionSet:
    """Make a set with all that another says, to be changed from there."""
    name = name.strip()
    with one_at_a_time():
        source = lock_set(source)
        rules.check_name_is_free(name)
        made = AssumptionSet.objects.create(
            name=name,
            dated=dated,
            notes=notes.strip(),
            copied_from=source,
            created_by=by,
            **{field: getattr(source, field) for field in COPIED},
        )
        for rate in source.rates.prefetch_related("area_rates"):
            others = list(rate.area_rates.all())
            rate.pk, rate.assumptions = None, made
            rate._state.adding = True
            rate.save()
            for other in others:
                other.pk, other.rate = None, rate
            AreaRate.objects.bulk_create(others)
        audit.record(
            "assumptions.copied",
            subject=made,
            by=by,
            summary=f"From {source.name}",
            changes={"copied_from": [None, source.pk]},
        )
        return made


def save_assumptions(
    *, assumptions: AssumptionSet, version: int, by: User | None, **values: Any
) -> AssumptionSet:
    """Change a set's name, date, notes, capacity, weight of records or band."""
    with one_at_a_time():
        held = lock_set(assumptions, version)
        rules.check_can_change(held)
        rules.check_name_is_free(values["name"].strip(), but=held)
        rules.check_days_are_left(
            leave_days=values["leave_days"],
            sickness_days=values["sickness_days"],
            training_days=values["training_days"],
        )
        rules.check_band(values["band_min"], values["band_max"])
        changes = {
            name: [str(getattr(held, name)), str(value)]
            for name, value in values.items()
            if getattr(held, name) != value
        }
        for name, value in values.items():
            setattr(held, name, value.strip() if isinstance(value, str) else value)
        held.save(update_fields=list(values))
        mark_changed(held, "assumptions.changed", by=by, changes=changes)
        return held


def mark_changed(
    assumptions: AssumptionSet,
    verb: str,
    *,
    by: User | None,
    summary: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Count a change of a locked set, and record it."""
    AssumptionSet.objects.filter(pk=assumptions.pk).update(version=F("version") + 1)
    assumptions.refresh_from_db(fields=["version"])
    audit.record(verb, subject=assumptions, by=by, summary=summary, changes=changes)


def make_default(*, assumptions: AssumptionSet, by: User | None) -> AssumptionSet:
    """Use a set where no other is named, instead of the one used so far."""
    with one_at_a_time():
        list(lock(AssumptionSet.objects.filter(is_default=True)))
        held = lock_set(assumptions)
        if held.is_default:
            return held
        rules.check_can_be_default(held)
        AssumptionSet.objects.filter(is_default=True).update(is_default=False)
        held.is_default = True
        held.save(update_fields=["is_default"])
        audit.record("assumptions.made_default", subject=held, by=by)
        return held


def set_archived(
    *, assumptions: AssumptionSet, is_archived: bool, by: User | None
) -> AssumptionSet:
    """Put a set away, or take it back. Designs made with it keep it."""
    with one_at_a_time():
        held = lock_set(assumptions)
        if held.is_archived == is_archived:
            return held
        if is_archived:
            rules.check_can_archive(held)
        held.is_archived = is_archived
        held.save(update_fields=["is_archived"])
        verb = "assumptions.archived" if is_archived else "assumptions.taken_back"
        audit.record(verb, subject=held, by=by)
        return held


def _start(by: User | None) -> AssumptionSet:
    known = {row.name.casefold(): row for row in WorkType.objects.all()}
    made, is_new = AssumptionSet.objects.get_or_create(
        name=SET_NAME, defaults={"dated": today(), "notes": NOTES, "created_by": by}
    )
    AssumptionSet.objects.filter(pk=made.pk).update(is_default=True, is_archived=False)
    if is_new:
        for order, work in enumerate(DEFAULT_WORK, 1):
            row = known.get(work.name.casefold())
            if row is None:
                row = WorkType.objects.create(
                    name=work.name, service=work.service, order=order * 10
                )
                audit.record("work type.created", subject=row, by=by)
            _add_rate(made, row, work)
    audit.record(
        "assumptions.created" if is_new else "assumptions.made_default",
        subject=made,
        by=by,
        summary=SET_NAME,
    )
    made.refresh_from_db()
    return made


def _add_rate(
    assumptions: AssumptionSet, work_type: WorkType, work: DefaultWork
) -> None:
    rate = WorkRate.objects.create(
        assumptions=assumptions,
        work_type=work_type,
        basis=work.basis,
        nature=work.nature,
        officer_minutes=work.officer_minutes,
        back_office_minutes=work.back_office_minutes,
        per_year=Decimal(work.per_year),
    )
    AreaRate.objects.bulk_create(
        AreaRate(rate=rate, property_type=kind, per_year=Decimal(per_year))
        for kind, per_year in work.of_types
    )
