"""Changing households: rules kept, changes recorded, no edit lost."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from tenants.households import errors, services
from tenants.households.models import HouseholdMember
from tests.factories.officers import UserFactory
from tests.factories.patches import PropertyFactory
from tests.factories.tenants import (
    CommunicationNeedsFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    TenancyFactory,
)

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 3)
NEEDS = {
    "letter_format": "large_print",
    "language": "ur",
    "needs_interpreter": True,
    "representative_name": "",
    "representative_contact": "",
    "representative_address": "",
    "copy_to_representative": False,
    "email": "",
    "notes": "",
}


@pytest.fixture
def by():
    return UserFactory()


def next_month():
    return today() + dt.timedelta(days=30)


def test_start_household_brings_people_and_words(by):
    home, person = PropertyFactory(), PersonFactory(last_name="Ashworth")
    household = services.start_household(
        home=home, starts_on=MARCH, people=[(person, "tenant")], by=by
    )
    assert household.members.get().person == person
    assert household.words.filter(word="ashworth").exists()
    assert AuditEvent.objects.get(verb="household.started").subject == household


def test_start_household_refuses_a_home_that_is_taken(by):
    household = HouseholdFactory()
    with pytest.raises(errors.HomeIsOccupied, match="1 January 2024"):
        services.start_household(home=household.property, starts_on=MARCH, by=by)


def test_end_household_ends_what_is_in_it(by):
    member = HouseholdMemberFactory()
    tenancy = TenancyFactory(household=member.household)
    ended = services.end_household(household=member.household, ends_on=MARCH, by=by)
    member.refresh_from_db()
    tenancy.refresh_from_db()
    assert ended.ends_on == member.ends_on == tenancy.ends_on == MARCH
    assert ended.version == 2
    assert not ended.words.exists()


def test_end_household_keeps_earlier_ends(by):
    member = HouseholdMemberFactory(ends_on=dt.date(2025, 1, 1))
    services.end_household(household=member.household, ends_on=MARCH, by=by)
    member.refresh_from_db()
    assert member.ends_on == dt.date(2025, 1, 1)


def test_end_household_refuses_a_day_before_it_began(by):
    with pytest.raises(errors.EndBeforeStart):
        services.end_household(
            household=HouseholdFactory(), ends_on=dt.date(2020, 1, 1), by=by
        )


def test_end_household_refuses_a_tenancy_that_starts_later(by):
    tenancy = TenancyFactory(starts_on=dt.date(2026, 4, 1))
    with pytest.raises(errors.EndBeforeStart, match="starts after"):
        services.end_household(household=tenancy.household, ends_on=MARCH, by=by)


def test_add_member_and_end_member(by):
    household, person = HouseholdFactory(), PersonFactory(last_name="Dunn")
    member = services.add_member(
        household=household, person=person, role="occupier", starts_on=MARCH, by=by
    )
    assert household.words.filter(word="dunn").exists()
    with pytest.raises(errors.AlreadyMember):
        services.add_member(
            household=household, person=person, role="tenant", starts_on=MARCH, by=by
        )
    services.end_member(member=member, ends_on=dt.date(2026, 4, 1), by=by)
    assert HouseholdMember.objects.get().ends_on == dt.date(2026, 4, 1)
    assert not household.words.exists()


def test_edit_needs_makes_them_the_first_time(by):
    household = HouseholdFactory()
    needs = services.edit_needs(household=household, version=0, by=by, **NEEDS)
    assert (needs.letter_format, needs.version) == ("large_print", 1)
    event = AuditEvent.objects.get(verb="household.needs_changed")
    assert event.changes["language"] == ["", "ur"]


def test_edit_needs_never_records_who_somebody_is(by):
    needs = CommunicationNeedsFactory()
    values = NEEDS | {"representative_name": "Ivy Dunn", "email": "ivy@example.org"}
    services.edit_needs(household=needs.household, version=1, by=by, **values)
    event = AuditEvent.objects.get(verb="household.needs_changed")
    assert event.changes["representative_name"] == ["", "given"]
    assert "Ivy" not in str(event.changes)
    assert "ivy@" not in str(event.changes)


def test_edit_needs_without_a_change_records_nothing(by):
    needs = CommunicationNeedsFactory(**NEEDS)
    services.edit_needs(household=needs.household, version=1, by=by, **NEEDS)
    needs.refresh_from_db()
    assert needs.version == 1
    assert not AuditEvent.objects.exists()


def test_edit_needs_says_who_changed_them_first(by):
    needs = CommunicationNeedsFactory()
    services.edit_needs(household=needs.household, version=1, by=by, **NEEDS)
    with pytest.raises(errors.HouseholdChanged, match=str(by)):
        services.edit_needs(
            household=needs.household,
            version=1,
            by=UserFactory(),
            **NEEDS | {"language": "pl"},
        )


def test_first_needs_of_two_people_at_once(by):
    household = HouseholdFactory()
    services.edit_needs(household=household, version=0, by=by, **NEEDS)
    with pytest.raises(errors.HouseholdChanged):
        services.edit_needs(household=household, version=0, by=by, **NEEDS)


def test_email_only_needs_an_address(by):
    with pytest.raises(errors.NoEmailAddress):
        services.edit_needs(
            household=HouseholdFactory(),
            version=0,
            by=by,
            **NEEDS | {"letter_format": "email"},
        )


def test_a_household_that_left_is_not_changed(by):
    household = HouseholdFactory(ends_on=dt.date(2025, 1, 1))
    with pytest.raises(errors.HouseholdHasEnded, match="1 January 2025"):
        services.edit_needs(household=household, version=0, by=by, **NEEDS)


def test_correspondence_address_is_versioned_and_not_recorded(by):
    household = HouseholdFactory()
    changed = services.set_correspondence_address(
        household=household, version=1, address="4 Oak Lane, ZK2 3BB", by=by
    )
    assert changed.version == 2
    event = AuditEvent.objects.get(verb="household.address_changed")
    assert event.changes == {"correspondence_address": ["", "given"]}
    with pytest.raises(errors.HouseholdChanged):
        services.set_correspondence_address(
            household=household, version=1, address="", by=by
        )


def test_mark_and_lift_do_not_write(by):
    household = services.mark_do_not_write(
        household=HouseholdFactory(),
        version=1,
        reason=" Solicitor acts ",
        review_on=next_month(),
        by=by,
    )
    assert household.do_not_write
    assert household.do_not_write_reason == "Solicitor acts"
    assert household.do_not_write_by == by
    lifted = services.lift_do_not_write(
        household=household, version=2, reason="Case closed", by=by
    )
    assert not lifted.do_not_write
    assert (lifted.do_not_write_reason, lifted.do_not_write_by) == ("", None)
    event = AuditEvent.objects.get(verb="household.do_not_write_lifted")
    assert event.changes["do_not_write_reason"] == ["Solicitor acts", ""]
    assert event.changes["why_now"] == [None, "Case closed"]


def test_mark_do_not_write_needs_a_reason(by):
    with pytest.raises(errors.ReasonMissing):
        services.mark_do_not_write(
            household=HouseholdFactory(),
            version=1,
            reason=" ",
            review_on=next_month(),
            by=by,
        )


def test_mark_do_not_write_is_reviewed_on_a_day_to_come(by):
    with pytest.raises(errors.ReviewInPast):
        services.mark_do_not_write(
            household=HouseholdFactory(),
            version=1,
            reason="Solicitor acts",
            review_on=today(),
            by=by,
        )


def test_mark_do_not_write_conflicts_with_a_change_in_between(by):
    household = HouseholdFactory(version=3)
    with pytest.raises(errors.HouseholdChanged):
        services.mark_do_not_write(
            household=household,
            version=2,
            reason="Solicitor acts",
            review_on=next_month(),
            by=by,
        )


def test_only_a_mark_that_is_there_is_lifted(by):
    with pytest.raises(errors.NothingToLift):
        services.lift_do_not_write(
            household=HouseholdFactory(), version=1, reason="Why", by=by
        )
