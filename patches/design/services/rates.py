"""Every write of what kinds of work take, and of the kinds themselves."""

from __future__ import annotations

import zlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.locking import lock
from patches.design.errors import AssumptionsChanged, AssumptionsRefused
from patches.design.models import (
    AreaRate,
    AssumptionSet,
    WorkBasis,
    WorkNature,
    WorkRate,
    WorkType,
)
from patches.design.rules import assumptions as rules

from .assumptions import lock_set, mark_changed, one_at_a_time

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import HousingArea


def add_rate(
    *,
    assumptions: AssumptionSet,
    work_type: WorkType,
    version: int,
    by: User | None,
    **values: Any,
) -> WorkRate:
    """Say in a set what a kind of work takes and how often it comes."""
    with one_at_a_time():
        held = lock_set(assumptions, version)
        rules.check_can_change(held)
        rules.check_work_is_new(held, work_type)
        rate = WorkRate.objects.create(
            assumptions=held, work_type=work_type, **_tidied(values)
        )
        mark_changed(
            held,
            "assumptions.work_added",
            by=by,
            summary=work_type.name,
            changes={name: [None, str(value)] for name, value in values.items()},
        )
        return rate


def save_rate(
    *, rate: WorkRate, version: int, by: User | None, **values: Any
) -> WorkRate:
    """Change what a kind of work takes in a set, or how often it comes."""
    with one_at_a_time():
        held = lock_set(rate.assumptions, version)
        rules.check_can_change(held)
        rate = held.rates.select_related("work_type").get(pk=rate.pk)
        values = _tidied(values)
        rules.check_basis(rate, values["basis"])
        changes = {
            name: [str(getattr(rate, name)), str(value)]
            for name, value in values.items()
            if getattr(rate, name) != value
        }
        for name, value in values.items():
            setattr(rate, name, value)
        rate.save(update_fields=list(values))
        mark_changed(
            held,
            "assumptions.work_changed",
            by=by,
            summary=rate.work_type.name,
            changes=changes,
        )
        return rate


def remove_rate(*, rate: WorkRate, by: User | None) -> AssumptionSet:
    """Take a kind of work out of a set, with its other rates."""
    with one_at_a_time():
        held = lock_set(rate.assumptions)
        rules.check_can_change(held)
        found = held.rates.select_related("work_type").filter(pk=rate.pk).first()
        if found is None:
            return held
        rules.check_not_the_last(held)
        found.delete()
        mark_changed(
            held, "assumptions.work_removed", by=by, summary=found.work_type.name
        )
        return held


def save_area_rate(
    *,
    rate: WorkRate,
    area: HousingArea | None,
    property_type: str,
    per_year: Decimal,
    by: User | None,
) -> AreaRate:
    """Say how often work comes in an area, for a type of home, or both.

    Saying it again for the same replaces what was said.
    """
    if area is None and not property_type:
        raise AssumptionsRefused("Choose an area, a type of home, or both")
    with one_at_a_time():
        held = lock_set(rate.assumptions)
        rules.check_can_change(held)
        rate = held.rates.select_related("work_type").get(pk=rate.pk)
        rules.check_can_have_area_rates(rate)
        found = rate.area_rates.filter(area=area, property_type=property_type).first()
        was = found.per_year if found else None
        if found is None:
            found = AreaRate(rate=rate, area=area, property_type=property_type)
        found.per_year = per_year
        found.save()
        mark_changed(
            held,
            "assumptions.area_rate_set",
            by=by,
            summary=f"{rate.work_type.name}, {_of_what(found)}",
            changes={"per_year": [None if was is None else str(was), str(per_year)]},
        )
        return found


def remove_area_rate(*, area_rate: AreaRate, by: User | None) -> WorkRate:
    """Let an area or type of home have the set's usual rate again."""
    rate = area_rate.rate
    with one_at_a_time():
        held = lock_set(rate.assumptions)
        rules.check_can_change(held)
        found = AreaRate.objects.filter(pk=area_rate.pk).select_related("area").first()
        if found is not None:
            found.delete()
            mark_changed(
                held,
                "assumptions.area_rate_removed",
                by=by,
                summary=f"{rate.work_type.name}, {_of_what(found)}",
                changes={"per_year": [str(found.per_year), None]},
            )
        return rate


def seen_as(work_type: WorkType) -> int:
    """Return a number that changes when what is said of a kind of work does."""
    said = (work_type.name, work_type.service, work_type.order)
    return zlib.crc32(repr(said).encode())


def save_work_type(
    *,
    work_type: WorkType | None,
    name: str,
    service: str,
    order: int,
    version: int | None = None,
    by: User | None,
) -> WorkType:
    """Add a kind of work, or change how it is called and who does its back office.

    `version` is `seen_as` of what the person saw.
    """
    name = name.strip()
    values = {"name": name, "service": service.strip(), "order": order}
    with one_at_a_time():
        if work_type is None:
            rules.check_work_name_is_free(name)
            made = WorkType.objects.create(**values)
            audit.record("work type.created", subject=made, by=by, summary=made.name)
            return made
        held = lock(WorkType.objects.filter(pk=work_type.pk)).get()
        if version is not None and version != seen_as(held):
            raise AssumptionsChanged(changed_by_whom(held))
        rules.check_work_name_is_free(name, but=held)
        changes = {
            field: [getattr(held, field), value]
            for field, value in values.items()
            if getattr(held, field) != value
        }
        for field, value in values.items():
            setattr(held, field, value)
        held.save(update_fields=list(values))
        audit.record(
            "work type.changed",
            subject=held,
            by=by,
            summary=held.name,
            changes=changes,
        )
        return held


def remove_work_type(*, work_type: WorkType, by: User | None) -> None:
    """Remove a kind of work nothing speaks of."""
    with one_at_a_time():
        held = lock(WorkType.objects.filter(pk=work_type.pk)).first()
        if held is None:
            return
        rules.check_can_remove_work(held)
        audit.record("work type.removed", subject=held, by=by, summary=held.name)
        held.delete()


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Work of blocks and patches comes as planned: nothing is recorded of it."""
    if values["basis"] != WorkBasis.HOME:
        values = {**values, "nature": WorkNature.PROACTIVE}
    return values


def _of_what(area_rate: AreaRate) -> str:
    kind = area_rate.get_property_type_display() if area_rate.property_type else ""
    return ", ".join(part for part in (str(area_rate.area or ""), kind) if part)
