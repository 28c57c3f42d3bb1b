"""People who live there, and their associations."""

from __future__ import annotations

from tests.factories import tenants as people

from .making import Cases, ends_before_start, overlap, twice

CASES: Cases = {
    "person_has_last_name": lambda: people.PersonFactory(last_name=""),
    "tenants_household_ends_after_start": ends_before_start(people.HouseholdFactory),
    "one_household_in_a_home_on_a_date": overlap(people.HouseholdFactory, "property"),
    "do_not_write_has_reason": lambda: people.HouseholdFactory(do_not_write=True),
    "safe_contact_says_how": lambda: people.HouseholdFactory(safe_contact_only=True),
    "tenants_householdmember_ends_after_start": ends_before_start(
        people.HouseholdMemberFactory
    ),
    "once_in_a_household_on_a_date": overlap(
        people.HouseholdMemberFactory, "household", "person"
    ),
    "email_only_has_address": lambda: people.CommunicationNeedsFactory(
        letter_format="email"
    ),
    "copy_has_name_and_address": (
        lambda: people.CommunicationNeedsFactory(
            copy_to_representative=True, representative_name="Ms Ida Boyle"
        ),
        lambda: people.CommunicationNeedsFactory(
            copy_to_representative=True, representative_address="1 Elm Road, ZK1 1AA"
        ),
    ),
    "household_word_once": twice(people.HouseholdWordFactory, "household", "word"),
    "tenants_tenancy_ends_after_start": ends_before_start(people.TenancyFactory),
    "tenancy_reference_unique_for_landlord": twice(
        people.TenancyFactory, "landlord", "reference"
    ),
    "tenancy_has_reference": lambda: people.TenancyFactory(reference=""),
    "once_on_a_tenancy": twice(people.TenancyPersonFactory, "tenancy", "person"),
    "tara_street_once": twice(people.TaraStreetFactory, "tara", "street"),
    "tara_block_once": twice(people.TaraBlockFactory, "tara", "block"),
    "tara_patch_once": twice(people.TaraPatchFactory, "tara", "patch"),
    "tenants_tararole_ends_after_start": ends_before_start(people.TaraRoleFactory),
    "tenants_taraofficer_ends_after_start": ends_before_start(
        people.TaraOfficerFactory
    ),
    "one_tara_officer_of_a_kind_on_a_date": overlap(people.TaraOfficerFactory, "tara"),
    "tara_contact_has_note": lambda: people.TaraContactFactory(note=""),
}
