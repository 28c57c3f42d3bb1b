"""Reads of assumption sets."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet

from patches.design.models import (
    AssumptionSet,
    DesignPatchWork,
    PatchDesign,
    WorkRate,
    WorkRecord,
    WorkType,
)


def default_assumptions() -> AssumptionSet | None:
    """Return the set used where no other is named; None before there is any."""
    return AssumptionSet.objects.filter(is_default=True).first()


def list_assumptions() -> QuerySet[AssumptionSet]:
    """Return every set with `work_count`, and `is_used`: whether a design used it."""
    used = PatchDesign.objects.filter(assumptions=OuterRef("pk"))
    return AssumptionSet.objects.select_related("copied_from").annotate(
        work_count=Count("rates", distinct=True), is_used=Exists(used)
    )


def list_rates(assumptions: AssumptionSet) -> QuerySet[WorkRate]:
    """Return what a set says of each kind of work, with its other rates."""
    return assumptions.rates.select_related("work_type").prefetch_related(
        "area_rates__area"
    )


def list_work_types() -> QuerySet[WorkType]:
    """Return kinds of work with `set_count`, and whether anything speaks of them."""
    of_type = {"work_type": OuterRef("pk")}
    return WorkType.objects.annotate(
        set_count=Count("rates", distinct=True),
        is_recorded=Exists(WorkRecord.objects.filter(**of_type)),
        is_designed=Exists(DesignPatchWork.objects.filter(**of_type)),
    )
