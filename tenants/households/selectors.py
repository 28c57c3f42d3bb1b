"""What is known of a household, and of the people in a home."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from housingplus.audit.models import AuditEvent
from housingplus.audit.selectors import list_events_about
from housingplus.common.dates import today
from officers.assignments.selectors import Answer, who_answers
from patches.register.models import Patch, PatchMembership

from .models import Household

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.properties.models import Property
    from tenants.letters.models import Letter


@dataclass(frozen=True)
class AnswerHere:
    """The patch a home is in on a day, and who answers for it; either may lack."""

    on: dt.date
    patch: Patch | None
    answer: Answer | None

    @property
    def is_person(self) -> bool:
        return self.answer is not None and self.answer.is_person


@dataclass(frozen=True)
class PlannedPatch:
    """A home's next patch and the day it begins; no patch when it leaves its own."""

    starts_on: dt.date
    patch: Patch | None


def who_answers_here(home: Property, on: dt.date) -> AnswerHere:
    """Return the patch of a home and who answers for it on a day."""
    membership = (
        PatchMembership.objects.as_at(on)
        .filter(property=home)
        .select_related("patch__ward")
        .first()
    )
    if membership is None:
        return AnswerHere(on, None, None)
    return AnswerHere(on, membership.patch, who_answers(membership.patch, on))


def get_planned_patch(home: Property, on: dt.date) -> PlannedPatch | None:
    """Return what happens next to a home's patch after a day, None when nothing."""
    rows = list(
        PatchMembership.objects.from_day(on)
        .filter(property=home)
        .select_related("patch")
        .order_by("starts_on")
    )
    coming = next((row for row in rows if row.starts_on > on), None)
    ending = next((row for row in rows if row.is_in_force(on) and row.ends_on), None)
    if ending is not None and ending.ends_on is not None:
        free_from = ending.ends_on + dt.timedelta(days=1)
        if coming is None or coming.starts_on > free_from:
            return PlannedPatch(free_from, None)
    return PlannedPatch(coming.starts_on, coming.patch) if coming else None


def get_household_at(
    home: Property, user: User, on: dt.date | None = None
) -> Household | None:
    """Return the household of a home on a day with its people, if it may be seen."""
    day = on or today()
    return (
        Household.objects.visible_to(user)
        .as_at(day)
        .filter(property=home)
        .select_related("needs")
        .with_people(day)
        .first()
    )


def get_household(pk: int, user: User) -> Household | None:
    """Return a household with its home and people, if the person may see it."""
    household = (
        Household.objects.visible_to(user)
        .filter(pk=pk)
        .select_related(
            "property__ward",
            "property__block",
            "property__landlord",
            "property__manager",
            "needs",
            "do_not_write_by",
            "safe_contact_by",
        )
    )
    return household.with_people(_day_of(household.first())).first()


def list_letters_of(household: Household, user: User) -> QuerySet[Letter]:
    """Return the letters to a household from approval on, newest first."""
    from tenants.letters.selectors.runs import list_letters

    letters = list_letters(user).filter(household=household)
    return letters.select_related("officer").order_by("-run__dated", "-pk")


def list_changes_of(household: Household) -> list[AuditEvent]:
    """Return what was recorded about a household, newest first, reads left out."""
    return list(list_events_about(household).exclude(verb="household.reason_read"))


def _day_of(household: Household | None) -> dt.date:
    """Return today, or the last day of a household that has ended."""
    day = today()
    if household is not None and household.ends_on is not None:
        return min(day, household.ends_on)
    if household is not None:
        return max(day, household.starts_on)
    return day
