"""Every write of assumption sets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from housingplus.audit import services as audit
from housingplus.common.dates import today
from patches.design.errors import AssumptionsChanged
from patches.design.models import AreaRate, AssumptionSet, WorkRate, WorkType
from patches.design.selectors.assumptions import default_assumptions
from patches.design.workload.defaults import (
    DEFAULT_WORK,
    NOTES,
    SET_NAME,
    DefaultWork,
)

if TYPE_CHECKING:
    from officers.accounts.models import User


def create_default_assumptions(*, by: User | None) -> AssumptionSet:
    """Return the default set; where there is none, make the one to start from.

    Kinds of work that are here already keep what was said of them.
    """
    try:
        with transaction.atomic():
            present = default_assumptions()
            return present if present is not None else _start(by)
    except IntegrityError as error:
        present = default_assumptions()
        if present is not None:
            return present
        raise AssumptionsChanged(
            "Somebody changed this at the same moment. Look again and try once more."
        ) from error


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
