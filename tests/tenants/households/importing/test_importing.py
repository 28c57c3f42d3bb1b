"""Importing households and tenancies: what changes, what stays, what is wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import day_before, today
from tenants.households import services
from tenants.models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    Person,
    Tenancy,
    TenancyPerson,
)
from tests.factories.patches import LandlordFactory, PropertyFactory
from tests.factories.tenants import HouseholdFactory
from tests.tenants.households.importing.conftest import JOINT, tenancy

pytestmark = pytest.mark.django_db

START = dt.date(2020, 3, 2)


def needs_as(household, **values) -> dict:
    kept = CommunicationNeeds.objects.get(household=household)
    names = (
        "letter_format",
        "language",
        "needs_interpreter",
        "representative_name",
        "representative_contact",
        "representative_address",
        "copy_to_representative",
        "email",
        "notes",
    )
    return {name: getattr(kept, name) for name in names} | values


def test_a_new_tenancy_begins_a_household(bring, home):
    bring(
        tenancy(
            **JOINT,
            letter_format="large print",
            language="Polish",
            correspondence_address="c/o 4 Solicitors Row, Kestrelford",
            do_not_write="yes",
        )
    )
    household = Household.objects.get()
    assert (household.property, household.starts_on) == (home, START)
    assert household.do_not_write_reason == "Marked in the imported list"
    assert household.correspondence_address.startswith("c/o")
    assert household.needs.letter_format == "large_print"
    assert household.needs.language == "pl"
    kept = Tenancy.objects.get()
    assert (kept.reference, kept.kind, kept.landlord) == ("T1", "secure", home.landlord)
    holders = TenancyPerson.objects.select_related("person")
    assert [str(h.person) for h in holders] == ["Ms Bea Jones", "Mr Ali Khan"]
    assert holders[0].person.phone == "07700 900123"
    roles = HouseholdMember.objects.order_by("pk").values_list("role", flat=True)
    assert list(roles) == ["tenant", "joint_tenant"]
    assert household.words.filter(word="khan").exists()
    assert AuditEvent.objects.filter(verb="household.imported").count() == 1


def test_the_same_list_again_changes_nothing(bring, check, home):
    rows = [tenancy(**JOINT, letter_format="email", do_not_write="Fled")]
    bring(*rows)
    plan = check(*rows)
    assert plan.changes_nothing
    assert plan.unchanged_count == 1


def test_audit_rows_hold_nobodys_name(bring, home):
    bring(tenancy())
    bring(tenancy(first_name="Beatrice", correspondence_address="4 Elm Road"))
    for event in AuditEvent.objects.all():
        assert "Beatrice" not in f"{event.summary}{event.changes}"
        assert "Elm" not in f"{event.changes}"


def test_separate_tenancies_of_a_home_share_its_household(bring, check, home):
    rows = [tenancy(), tenancy(tenancy_reference="T2", last_name="Dale")]
    bring(*rows)
    assert Household.objects.count() == 1
    assert Tenancy.objects.count() == 2
    third = tenancy(tenancy_reference="T3", start_date="2019-01-01")
    bring(*rows, third)
    household = Household.objects.get()
    assert household.starts_on == dt.date(2019, 1, 1)
    assert household.tenancies.count() == 3
    assert check(*rows, third).changes_nothing


def test_a_new_tenancy_ends_the_household_before_it(bring, home):
    bring(tenancy())
    bring(tenancy(tenancy_reference="T2", start_date="01/06/2025", last_name="Dale"))
    old, new = Household.objects.order_by("starts_on")
    assert old.ends_on == dt.date(2025, 5, 31)
    assert (new.starts_on, new.ends_on) == (dt.date(2025, 6, 1), None)
    assert Tenancy.objects.get(reference="T1").ends_on == dt.date(2025, 5, 31)
    assert HouseholdMember.objects.get(household=old).ends_on == dt.date(2025, 5, 31)


def test_a_new_tenancy_starts_after_the_present_household(bring, check, home):
    bring(tenancy())
    plan = check(tenancy(tenancy_reference="T2", start_date="2019-01-01"))
    assert "came on 2 March 2020" in plan.findings[0].message


def test_tenancies_the_list_lacks_end_only_when_asked(bring, check, home):
    other = PropertyFactory(landlord=home.landlord, reference="K2")
    bring(tenancy(), tenancy(tenancy_reference="T2", property_reference="K2"))
    plan = check(tenancy())
    assert plan.counts["missing"] == 1
    bring(tenancy())
    assert not Household.objects.filter(ends_on__isnull=False).exists()
    bring(tenancy(), end_missing=True)
    gone = Household.objects.get(property=other)
    assert gone.ends_on == day_before(today())
    assert gone.tenancies.get().ends_on == day_before(today())
    assert gone.members.get().ends_on == day_before(today())
    assert Household.objects.get(property=home).ends_on is None


def test_a_household_goes_on_with_the_tenancy_that_stays(bring, home):
    bring(tenancy(), tenancy(tenancy_reference="T2", last_name="Dale"))
    bring(tenancy(), end_missing=True)
    assert Household.objects.get().ends_on is None
    assert Tenancy.objects.get(reference="T2").ends_on == day_before(today())


def test_a_corrected_name_is_the_same_person(bring, home):
    bring(tenancy())
    person = Person.objects.get()
    bring(tenancy(last_name="Khan", phone="07700 900999"))
    person.refresh_from_db()
    assert str(person) == "Ms Bea Khan"
    assert person.phone == "07700 900999"
    assert Person.objects.count() == 1


def test_another_name_is_another_person(bring, home):
    bring(tenancy(**JOINT))
    bring(tenancy(joint_title="Mx", joint_first_name="Sam", joint_last_name="Marsh"))
    held = TenancyPerson.objects.order_by("order").select_related("person")
    assert [h.person.last_name for h in held] == ["Jones", "Marsh"]
    gone = HouseholdMember.objects.get(person__last_name="Khan")
    assert gone.ends_on == day_before(today())
    assert HouseholdMember.objects.get(person__last_name="Marsh").starts_on == today()


def test_a_joint_tenant_leaves(bring, home):
    bring(tenancy(**JOINT))
    bring(tenancy())
    assert TenancyPerson.objects.get().person.last_name == "Jones"
    assert HouseholdMember.objects.filter(ends_on__isnull=False).count() == 1


def test_kind_and_start_are_corrected(bring, home):
    bring(tenancy())
    bring(tenancy(tenancy_type="flexible", start_date="2018-05-01"))
    kept = Tenancy.objects.get()
    assert (kept.kind, kept.starts_on) == ("flexible", dt.date(2018, 5, 1))
    assert Household.objects.get().starts_on == dt.date(2018, 5, 1)


def test_needs_follow_the_list_until_staff_change_them(bring, check, home, manager):
    bring(tenancy())
    bring(tenancy(letter_format="braille", language="Urdu"))
    household = Household.objects.get()
    needs = household.needs
    assert (needs.letter_format, needs.language) == ("braille", "ur")
    services.edit_needs(
        household=household,
        version=needs.version,
        by=manager,
        **needs_as(household, letter_format="large_print"),
    )
    plan = check(tenancy(letter_format="braille", language="Urdu"))
    assert plan.changes_nothing
    (note,) = [f for f in plan.findings if f.outcome == "note"]
    assert "Staff recorded “large_print” here" in note.message


@pytest.mark.parametrize("cell", ["no", "", "yes"])
def test_a_list_never_lifts_safe_contact_only(bring, home, cell):
    bring(tenancy())
    mark = {"safe_contact_only": True, "safe_contact_how": "Telephone at work"}
    Household.objects.update(**mark)
    bring(tenancy(do_not_write=cell, letter_format="braille"))
    assert Household.objects.filter(**mark).count() == 1


def test_a_list_marks_and_never_lifts_do_not_write(bring, check, home, manager):
    bring(tenancy())
    bring(tenancy(do_not_write="yes"))
    household = Household.objects.get()
    assert household.do_not_write
    assert check(tenancy(do_not_write="no")).changes_nothing
    services.lift_do_not_write(
        household=household, version=household.version, reason="Safe now", by=manager
    )
    plan = check(tenancy(do_not_write="yes"))
    assert plan.changes_nothing
    assert "stays lifted" in plan.findings[0].message


def test_an_address_staff_recorded_stays(bring, check, home, manager):
    bring(tenancy())
    household = Household.objects.get()
    services.set_correspondence_address(
        household=household,
        version=household.version,
        address="9 Ash Road, Kestrelford",
        by=manager,
    )
    plan = check(tenancy(correspondence_address="4 Elm Road"))
    assert plan.changes_nothing
    assert "another address" in plan.findings[0].message


def test_email_without_an_address_goes_by_post(bring, check, home):
    bring(tenancy(letter_format="email"))
    assert CommunicationNeeds.objects.get().letter_format == "standard"
    bring(tenancy(letter_format="email", email="bea@example.org"))
    kept = CommunicationNeeds.objects.get()
    assert (kept.letter_format, kept.email) == ("email", "bea@example.org")


IDA = {
    "representative_name": "Ms Ida Boyle",
    "representative_contact": "07700 900456",
    "representative_address": "Harbour Advocacy, 9 Mill Lane, Kestrelford, ZK1 2AB",
    "copy_to_representative": "yes",
}
NOBODY = dict.fromkeys(IDA, "")


def representative() -> tuple:
    names = tuple(IDA)
    return CommunicationNeeds.objects.values_list(*names).get()


def test_a_list_brings_changes_and_takes_away_a_representative(bring, check, home):
    bring(tenancy(**IDA))
    ida = (*list(IDA.values())[:3], True)
    assert representative() == ida
    assert check(tenancy(**IDA)).changes_nothing
    assert check(tenancy()).changes_nothing
    bring(tenancy(**IDA | {"copy_to_representative": "No"}))
    assert representative() == (*ida[:3], False)
    sam = {**NOBODY, "representative_name": "Sam Okafor"}
    plan = check(tenancy(**sam))
    assert plan.findings[0].changes["Representative's address"] == [
        IDA["representative_address"],
        "nothing",
    ]
    bring(tenancy(**sam))
    assert representative() == ("Sam Okafor", "", "", False)
    bring(tenancy(**NOBODY))
    assert representative() == ("", "", "", False)


def test_a_representative_comes_to_a_household_that_is_here(bring, home):
    bring(tenancy())
    bring(tenancy(**IDA, language="Polish"))
    assert representative()[0] == "Ms Ida Boyle"
    assert CommunicationNeeds.objects.get().language == "pl"


def test_the_tenancy_that_names_a_representative_counts(bring, home):
    bring(tenancy(**NOBODY), tenancy(tenancy_reference="T2", last_name="Khan", **IDA))
    assert representative()[3] is True


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"representative_name": ""}, "Enter the name of the representative"),
        ({"representative_address": ""}, "Enter the address to send copies to"),
        ({"copy_to_representative": "perhaps"}, "Enter one of: no, yes."),
        ({"representative_address": "9 Mill Lane"}, "postcode"),
        (
            {**NOBODY, "representative_contact": "07700 900456"},
            "Enter the name of the representative.",
        ),
        ({"representative_name": "x" * 121}, "Shorten this to 120 characters"),
    ],
)
def test_a_representative_nobody_could_write_to_is_refused(check, home, values, said):
    plan = check(tenancy(**IDA | values))
    assert plan.has_errors
    assert said in plan.findings[0].message


def test_a_representative_staff_recorded_stays(bring, check, home, manager):
    bring(tenancy())
    household = Household.objects.get()
    services.edit_needs(
        household=household,
        version=household.needs.version,
        by=manager,
        **needs_as(household, representative_name="Sam Okafor"),
    )
    plan = check(tenancy(**IDA))
    assert plan.changes_nothing
    assert "Staff recorded “Sam Okafor” here" in plan.findings[0].message
    assert representative()[0] == "Sam Okafor"


def test_a_tenancy_is_added_to_a_household_without_any(bring, home):
    household = HouseholdFactory(property=home, starts_on=START)
    bring(tenancy())
    assert Tenancy.objects.get().household == household


def test_nobody_known_is_the_occupier(bring, home):
    bring(tenancy(title="", first_name="", last_name=""))
    assert Tenancy.objects.get().holders.count() == 0


FAULTS = {
    "unknown home": ({"property_reference": "K9"}, "No home here"),
    "no home": ({"property_reference": ""}, "reference or its UPRN"),
    "UPRN of another": ({"uprn": "880000000002"}, "has the reference K2"),
    "no start": ({"start_date": ""}, "Enter the start date"),
    "US date": ({"start_date": "12/31/2020"}, "no such day"),
    "serial number": ({"start_date": "43892"}, "Enter a date"),
    "bad type": ({"tenancy_type": "freehold"}, "Enter one of"),
    "bad format": ({"letter_format": "smoke signals"}, "Enter one of"),
    "bad e-mail": ({"email": "bea"}, "e-mail address"),
    "long name": ({"last_name": "x" * 61}, "Shorten"),
    "no reference": ({"tenancy_reference": ""}, "Enter the tenancy reference"),
    "same reference": ({"tenancy_reference": "T0"}, "Row 2 has the same"),
    "mangled UPRN": ({"uprn": "9.9E+11"}, "Excel has shortened"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_bad_row_says_what_to_do(case, check, home):
    values, words = FAULTS[case]
    PropertyFactory(landlord=home.landlord, reference="K2", uprn="880000000002")
    first = tenancy(tenancy_reference="T0", property_reference="K2")
    plan = check(first, tenancy(**values))
    errors = [f for f in plan.findings if f.outcome == "error"]
    assert [f.number for f in errors] == [3]
    assert words in errors[0].message


def test_a_reference_of_two_landlords_needs_the_landlord(check, bring, home):
    PropertyFactory(landlord=LandlordFactory(), reference="K1")
    assert "Several landlords" in check(tenancy()).findings[0].message
    bring(tenancy(landlord="kestrel"))
    assert Household.objects.get().property == home


def test_a_tenancy_does_not_move_to_another_home(bring, check, home):
    PropertyFactory(landlord=home.landlord, reference="K2")
    bring(tenancy())
    plan = check(tenancy(property_reference="K2"))
    assert "of another home" in plan.findings[0].message


def test_an_ended_tenancy_does_not_come_back(bring, check, home):
    bring(tenancy())
    Tenancy.objects.update(ends_on=dt.date(2024, 1, 1))
    assert "ended on 1 January 2024" in check(tenancy()).findings[0].message


def test_command_imports(write_list, home, capsys):
    call_command("import_households", str(write_list(tenancy())))
    assert "1 new" in capsys.readouterr().out
    assert Household.objects.count() == 1
