"""What must hold of assumption sets and kinds of work."""

from __future__ import annotations

from decimal import Decimal

from patches.design.errors import AssumptionsRefused
from patches.design.models import (
    AssumptionSet,
    DesignPatchWork,
    WorkBasis,
    WorkRate,
    WorkRecord,
    WorkType,
)

_WORKING_DAYS = 260


def check_can_change(assumptions: AssumptionSet) -> None:
    """A set a design has used stays as it is, so that the design stays explained."""
    if assumptions.designs.exists():
        raise AssumptionsRefused(
            "A design was made with this set, so it no longer changes. Copy it and "
            "change the copy."
        )
    if assumptions.is_archived:
        raise AssumptionsRefused("This set is archived. Take it back first.")


def can_change(assumptions: AssumptionSet) -> bool:
    """Whether the set may still be changed."""
    try:
        check_can_change(assumptions)
    except AssumptionsRefused:
        return False
    return True


def check_can_be_default(assumptions: AssumptionSet) -> None:
    """The default set is in use and says of some work what it takes."""
    if assumptions.is_archived:
        raise AssumptionsRefused("This set is archived. Take it back first.")
    if not assumptions.rates.exists():
        raise AssumptionsRefused("This set has no kind of work. Add one first.")


def check_can_archive(assumptions: AssumptionSet) -> None:
    """The default set is not put away: another one becomes the default first."""
    if assumptions.is_default:
        raise AssumptionsRefused(
            "This is the default set. Make another one the default first."
        )


def check_name_is_free(name: str, *, but: AssumptionSet | None = None) -> None:
    """Sets are told apart by their names."""
    same = AssumptionSet.objects.filter(name__iexact=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if taken := same.first():
        raise AssumptionsRefused(
            f"There is a set called {taken.name} already. Choose another name",
            field="name",
        )


def check_days_are_left(
    *, leave_days: Decimal, sickness_days: Decimal, training_days: Decimal
) -> None:
    """Somebody who is always away does no work."""
    if leave_days + sickness_days + training_days >= _WORKING_DAYS:
        raise AssumptionsRefused(
            f"No working days are left: a year has {_WORKING_DAYS}. Enter fewer days "
            "of leave, sickness or training",
            field="leave_days",
        )


def check_band(band_min: int, band_max: int) -> None:
    """A band has a smaller and a larger end."""
    if band_max < band_min:
        raise AssumptionsRefused(
            "The largest patch cannot be smaller than the smallest one",
            field="band_max",
        )


def check_work_is_new(assumptions: AssumptionSet, work_type: WorkType) -> None:
    """A set says once what a kind of work takes."""
    if assumptions.rates.filter(work_type=work_type).exists():
        raise AssumptionsRefused(
            f"This set has {work_type.name} already. Change that instead",
            field="work_type",
        )


def check_basis(rate: WorkRate, basis: str) -> None:
    """Other rates by area or type are for work counted by home."""
    if basis != WorkBasis.HOME and rate.area_rates.exists():
        raise AssumptionsRefused(
            "This work has other rates for areas or types of home, which only work "
            "counted by home can have. Remove those first",
            field="basis",
        )


def check_can_have_area_rates(rate: WorkRate) -> None:
    """Only work counted by home comes more often in some areas or types of home."""
    if rate.basis != WorkBasis.HOME:
        raise AssumptionsRefused(
            "Only work counted by home has other rates for areas or types of home."
        )


def check_not_the_last(assumptions: AssumptionSet) -> None:
    """A set keeps one kind of work at least: without any, no home has any work."""
    if assumptions.rates.count() < 2:
        raise AssumptionsRefused(
            "This is the last kind of work of the set. Add another one first."
        )


def check_work_name_is_free(name: str, *, but: WorkType | None = None) -> None:
    """Kinds of work are told apart by their names, in lists as well."""
    same = WorkType.objects.filter(name__iexact=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if taken := same.first():
        raise AssumptionsRefused(
            f"There is a kind of work called {taken.name} already", field="name"
        )


def check_can_remove_work(work_type: WorkType) -> None:
    """A kind of work that a set, a record or a design speaks of stays."""
    for rows, what in (
        (WorkRecord.objects.filter(work_type=work_type), "work is recorded"),
        (WorkRate.objects.filter(work_type=work_type), "an assumption set speaks"),
        (DesignPatchWork.objects.filter(work_type=work_type), "a design speaks"),
    ):
        if rows.exists():
            raise AssumptionsRefused(
                f"{work_type.name} cannot be removed: {what} of it."
            )


def can_remove_work(work_type: WorkType) -> bool:
    """Whether nothing speaks of a kind of work, so that it may go."""
    try:
        check_can_remove_work(work_type)
    except AssumptionsRefused:
        return False
    return True
