"""What must hold of households, each rule with its name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date, today
from housingplus.documents.text import is_seen
from patches.properties.addressing import correspondence_lines
from tenants.letters.typesetting import ENVELOPES, address_lines, check_address
from tenants.tenancies.models import Tenancy

from .errors import (
    AlreadyMember,
    EndBeforeStart,
    HomeIsOccupied,
    HouseholdHasEnded,
    NoEmailAddress,
    NothingToLift,
    ReasonMissing,
    RepresentativeNotReached,
    ReviewInPast,
)
from .models import Household, HouseholdMember, LetterFormat, Person

if TYPE_CHECKING:
    from patches.properties.models import Property


def check_home_is_free(
    home: Property, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    """A home has one household at a time."""
    others = Household.objects.filter(property=home).overlapping(starts_on, ends_on)
    other = others.order_by("starts_on").first()
    if other is not None:
        raise HomeIsOccupied(
            f"This home has another household from {long_date(other.starts_on)}. "
            "End that one first, or choose another date.",
            field="starts_on",
        )


def check_lives_there(household: Household, on: dt.date) -> None:
    """Only a household that has not ended is changed."""
    if household.ends_on is not None and household.ends_on < on:
        raise HouseholdHasEnded(
            f"This household ended on {long_date(household.ends_on)}, "
            "so it cannot be changed."
        )


def check_ends_after_start(starts_on: dt.date, ends_on: dt.date) -> None:
    """The last day is not before the first."""
    if ends_on < starts_on:
        raise EndBeforeStart(
            f"The last day must be {long_date(starts_on)} or later.", field="ends_on"
        )


def check_nothing_starts_later(household: Household, ends_on: dt.date) -> None:
    """A household does not end before its tenancies and members begin."""
    later = Tenancy.objects.filter(household=household, starts_on__gt=ends_on).exists()
    if later or HouseholdMember.objects.filter(
        household=household, starts_on__gt=ends_on
    ):
        raise EndBeforeStart(
            "Somebody in this household, or a tenancy, starts after that day.",
            field="ends_on",
        )


def check_not_member(
    household: Household, person: Person, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    """A person is in a household once on a date."""
    times = HouseholdMember.objects.filter(household=household, person=person)
    if times.overlapping(starts_on, ends_on).exists():
        raise AlreadyMember("This person is in the household already.", field="person")


def check_reason_given(reason: str) -> None:
    """Not writing to a household, and writing again, each have a reason."""
    if not reason.strip():
        raise ReasonMissing("Enter the reason", field="reason")


def check_review_is_ahead(review_on: dt.date) -> None:
    """A mark is looked at again on a day to come."""
    if review_on <= today():
        raise ReviewInPast("The review date must be in the future", field="review_on")


def check_email_format_has_address(letter_format: str, email: str) -> None:
    """A household that wants only e-mail has given an address."""
    if letter_format == LetterFormat.EMAIL and not email:
        raise NoEmailAddress("Enter the e-mail address to write to", field="email")


def check_copy_has_somewhere_to_go(
    name: str, address: str, *, wants_copy: bool
) -> None:
    """A representative who is to have copies of letters has a name and an address."""
    has_name = is_seen(name)
    if address and not has_name:
        raise RepresentativeNotReached(
            "Enter the name of the representative", field="representative_name"
        )
    if wants_copy and not has_name:
        raise RepresentativeNotReached(
            "Enter the name of the representative who is to have copies",
            field="representative_name",
        )
    if wants_copy and not address:
        raise RepresentativeNotReached(
            "Enter the address to send copies to", field="representative_address"
        )


def check_representative_can_be_written_to(name: str, address: str) -> None:
    """A representative's address can be delivered to, and shows in every window."""
    if not address:
        return
    lines = address_lines([name, *correspondence_lines(address)])
    for envelope in ENVELOPES.values():
        if problems := check_address(lines, envelope):
            raise RepresentativeNotReached(
                f"{problems[0].message}. The name is its first line.",
                field="representative_address",
            )


def check_is_marked(household: Household) -> None:
    """Only a mark that is there can be lifted."""
    if not household.do_not_write:
        raise NothingToLift("This household may be written to already.")


def check_says_how(how: str) -> None:
    """Safe contact only is of use when it says how contact is safe."""
    if not how.strip():
        raise ReasonMissing("Enter how to contact this household safely", field="how")


def check_is_safe_contact(household: Household) -> None:
    """Only a mark that is there can be lifted."""
    if not household.safe_contact_only:
        raise NothingToLift("This household has no “safe contact only” mark.")
