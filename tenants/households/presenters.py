"""How a household is named and marked on a page or in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from patches.properties.addressing import correspondence_lines

from .languages import ENGLISH
from .models import CommunicationNeeds, Household, LetterFormat, Person
from .naming import Name, addressee

ROLES_NAMED = ("tenant", "joint_tenant")


def name_of(person: Person) -> Name:
    """Return a person's name in its parts."""
    return Name(person.title, person.first_name, person.last_name)


def names_of(people: Iterable[Person]) -> str:
    """Return people's names as on an envelope."""
    return addressee([name_of(person) for person in people])


def household_name(household: Household) -> str:
    """Return who a household is, for one read with `with_people`.

    Its tenancies' holders; without any, its tenants; without those, all its members.
    """
    people = [
        holder.person
        for tenancy in household.tenancies_now
        for holder in tenancy.holders.all()
    ]
    members = household.members_now
    people = people or [row.person for row in members if row.role in ROLES_NAMED]
    people = people or [row.person for row in members]
    if not people:
        return "Name not known"
    return names_of(dict.fromkeys(people))


def needs_of(household: Household) -> CommunicationNeeds | None:
    """Return a household's communication needs, if any were ever given."""
    return getattr(household, "needs", None)


def representative_address(household: Household) -> str:
    """Return where a household's representative is written to, as it is printed."""
    needs = needs_of(household)
    return ", ".join(
        correspondence_lines(needs.representative_address if needs else "")
    )


def tags_of(household: Household) -> list[str]:
    """Return the marks everyone who deals with a household must see."""
    tags = ["Do not write"] if household.do_not_write else []
    if household.safe_contact_only:
        tags.append("Safe contact only")
    needs = needs_of(household)
    if needs is None:
        return tags
    if needs.letter_format != LetterFormat.STANDARD:
        tags.append(needs.get_letter_format_display())
    if needs.language:
        tags.append(needs.language_name)
    if needs.needs_interpreter:
        tags.append("Interpreter")
    if needs.representative_name:
        tags.append("Representative")
    return tags


CSV_HEADER = [
    "Names",
    "Address",
    "Postcode",
    "UPRN",
    "Ward",
    "Patch",
    "Lives there from",
    "Letter format",
    "Language",
    "Interpreter",
    "Copies to representative",
    "Do not write",
    "Safe contact only",
    "Review on",
]


def csv_row(household: Household) -> list[Any]:
    """Return a household as a line of the downloaded list."""
    home, needs = household.property, needs_of(household)
    return [
        household_name(household),
        home.one_line,
        home.postcode,
        home.uprn,
        home.ward.name,
        household.patch_code,
        household.starts_on,
        needs.get_letter_format_display() if needs else "Standard",
        needs.language_name if needs else ENGLISH.name,
        "Yes" if needs and needs.needs_interpreter else "No",
        "Yes" if needs and needs.copy_to_representative else "No",
        "Yes" if household.do_not_write else "No",
        "Yes" if household.safe_contact_only else "No",
        household.next_review_on(),
    ]
