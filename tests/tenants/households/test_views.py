"""Pages about households."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from patches.models import Property
from tenants.households import services
from tenants.models import CommunicationNeeds, Household, Person, Tenancy, TenancyPerson
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import (
    CommunicationNeedsFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    TenancyFactory,
    TenancyPersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def patch(ward, officer):
    patch = PatchFactory(ward=ward)
    AssignmentFactory(patch=patch, officer=officer)
    return patch


def settle(patch, last_name="Khan", **fields):
    """Make a household in a home of the patch, with one tenant."""
    membership = PatchMembershipFactory(patch=patch)
    household = HouseholdFactory(property=membership.property, **fields)
    person = PersonFactory(title="Mr", first_name="Aslam", last_name=last_name)
    HouseholdMemberFactory(household=household, person=person)
    TenancyPersonFactory(tenancy=TenancyFactory(household=household), person=person)
    services.rebuild_household_words([household])
    return household


@pytest.fixture
def household(patch):
    return settle(patch)


def url(name, household):
    return reverse(f"tenants:households:{name}", args=[household.pk])


LIST = "/households/"


# The list


def test_officer_lists_households_of_own_patches_only(client_for, officer, household):
    settle(PatchFactory(), last_name="Faraway")
    page = client_for(officer.user).get(LIST).content.decode()
    assert "Mr A Khan" in page
    assert "Faraway" not in page


def test_list_leaves_out_households_that_left(client_for, officer, patch):
    settle(patch, last_name="Gone", ends_on=dt.date(2025, 1, 1))
    page = client_for(officer.user).get(LIST).content.decode()
    assert "Gone" not in page
    assert "No households to show" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("do_not_write=yes", {"Marked", "Due"}),
        ("do_not_write=due", {"Due"}),
        ("do_not_write=no", {"Plain", "Polish", "Large"}),
        ("needs=large_print", {"Large"}),
        ("needs=standard", {"Plain", "Marked", "Due", "Polish"}),
        ("language=pl", {"Polish"}),
        ("language=english", {"Plain", "Marked", "Due", "Large"}),
        ("interpreter=yes", {"Polish"}),
        ("name=pol", {"Polish"}),
        ("name=nobody", set()),
    ],
)
def test_filters(client_for, officer, patch, query, found):
    settle(patch, last_name="Plain")
    mark = {"do_not_write": True, "do_not_write_reason": "Solicitor acts"}
    settle(patch, "Marked", **mark, do_not_write_review_on=dt.date(2099, 1, 1))
    settle(patch, "Due", **mark, do_not_write_review_on=dt.date(2025, 1, 1))
    polish = settle(patch, last_name="Polish")
    CommunicationNeedsFactory(household=polish, language="pl", needs_interpreter=True)
    large = settle(patch, last_name="Large")
    CommunicationNeedsFactory(household=large, letter_format="large_print")
    response = client_for(officer.user).get(f"{LIST}?{query}")
    names = {row.name.removeprefix("Mr A ") for row in response.context["page_obj"]}
    assert names == found


def test_filter_by_patch_and_ward(client_for, manager, household):
    other = settle(PatchFactory(), last_name="Other")
    client = client_for(manager)
    patch = household.property.memberships.get().patch
    for query in (f"patch={patch.pk}", f"ward={household.property.ward_id}"):
        rows = client.get(f"{LIST}?{query}").context["page_obj"]
        assert list(rows) == [household]
    assert len(client.get(LIST).context["page_obj"]) == 2
    assert other.property.ward_id != household.property.ward_id


def test_patches_elsewhere_are_not_offered_to_an_officer(
    client_for, officer, household
):
    elsewhere = settle(PatchFactory())
    code = elsewhere.property.memberships.get().patch.code
    form = client_for(officer.user).get(LIST).context["filter"].form
    assert code not in str(form["patch"])


@pytest.mark.parametrize(
    "sort", ["address", "-address", "patch", "-ward", "since", "review"]
)
def test_list_sorts(client_for, officer, patch, sort):
    settle(patch)
    settle(patch)
    response = client_for(officer.user).get(f"{LIST}?sort={sort}")
    assert len(response.context["page_obj"]) == 2


def test_list_queries_do_not_grow(
    client_for, officer, patch, django_assert_num_queries
):
    client = client_for(officer.user)
    for _ in range(2):
        settle(patch)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(10):
        household = settle(patch, last_name=f"Name{number}")
        CommunicationNeedsFactory(household=household)
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_csv_holds_the_filtered_list_and_is_recorded(client_for, officer, patch):
    settle(patch, last_name="Khan")
    settle(patch, last_name="Due", do_not_write=True, do_not_write_reason="Why")
    response = client_for(officer.user).get(f"{LIST}?format=csv&do_not_write=no")
    text = b"".join(response.streaming_content).decode()
    assert "Mr A Khan" in text
    assert "Due" not in text
    event = AuditEvent.objects.get(verb="households.exported")
    assert (event.by, event.summary) == (officer.user, "1 rows; filters: do_not_write")


# One household


def test_detail_says_who_lives_there_and_who_answers(client_for, officer, household):
    page = client_for(officer.user).get(url("detail", household)).content.decode()
    assert "Mr A Khan" in page
    assert officer.name in page
    assert household.tenancies.get().reference in page
    assert "standard print, in English" in page


def test_reading_the_reason_is_recorded(client_for, officer, patch):
    household = settle(patch, do_not_write=True, do_not_write_reason="Court order")
    page = client_for(officer.user).get(url("detail", household)).content.decode()
    assert "Court order" in page
    event = AuditEvent.objects.get(verb="household.reason_read")
    assert (event.subject, event.by) == (household, officer.user)


def test_reading_a_household_without_mark_is_not_recorded(
    client_for, officer, household
):
    client_for(officer.user).get(url("detail", household))
    assert not AuditEvent.objects.exists()


def test_a_household_that_left_cannot_be_changed(client_for, manager, patch):
    household = settle(patch, ends_on=dt.date(2025, 1, 1))
    page = client_for(manager).get(url("detail", household)).content.decode()
    assert "ended 1 January 2025" in page
    assert "Change needs" not in page


def test_history_is_paginated(client_for, officer, household):
    for version in range(25):
        services.set_correspondence_address(
            household=household,
            version=version + 1,
            address=f"{version} Oak Lane",
            by=officer.user,
        )
    client = client_for(officer.user)
    first = client.get(url("detail", household))
    assert len(first.context["page_obj"]) == 20
    second = client.get(url("detail", household) + "?page=2").content.decode()
    assert "Household moved in" in second


def test_correspondence_address_is_shown_as_on_an_envelope(client_for, officer, patch):
    household = settle(patch, correspondence_address="4 Oak Lane, Kestrelford, ZK23BB")
    page = client_for(officer.user).get(url("detail", household)).content.decode()
    assert "KESTRELFORD<br>ZK2 3BB" in page


# Needs

NEEDS = {"letter_format": "large_print", "language": "ur", "version": "0"}


def test_needs_are_saved(client_for, officer, household):
    response = client_for(officer.user).post(url("edit_needs", household), NEEDS)
    assert response.url == household.get_absolute_url()
    assert CommunicationNeeds.objects.get().language == "ur"


def test_a_language_without_a_code_is_kept_as_typed(client_for, officer, household):
    given = NEEDS | {"language": "other"}
    refused = client_for(officer.user).post(url("edit_needs", household), given)
    assert "Enter the name of the language" in refused.content.decode()
    given["other_language"] = "Pontic Greek"
    client_for(officer.user).post(url("edit_needs", household), given)
    assert CommunicationNeeds.objects.get().language == "Pontic Greek"
    form = client_for(officer.user).get(url("edit_needs", household)).context["form"]
    assert form["language"].value() == "other"
    assert form["other_language"].value() == "Pontic Greek"


def test_needs_form_shows_the_summary_of_errors(client_for, officer, household):
    response = client_for(officer.user).post(
        url("edit_needs", household),
        {"letter_format": "email", "representative_contact": "x", "version": "0"},
    )
    page = response.content.decode()
    assert "There is a problem" in page
    assert "Enter the e-mail address to write to" in page
    assert "Enter the name of the representative" in page
    assert "Error:" in page


def test_second_of_two_editors_sees_who_and_what_and_can_go_on(
    client_for, officer, leader, household
):
    first, second = client_for(leader.user), client_for(officer.user)
    address = url("edit_needs", household)
    first.post(address, NEEDS | {"language": "pl"})
    response = second.post(address, NEEDS)
    page = response.content.decode()
    assert response.status_code == 409
    assert str(leader.user) in page
    assert "Polish" in page
    assert CommunicationNeeds.objects.get().language == "pl"
    version = response.context["form"]["version"].value()
    assert second.post(address, NEEDS | {"version": version}).status_code == 302
    assert CommunicationNeeds.objects.get().language == "ur"


# Where to write


def test_correspondence_address_is_kept_on_one_line(client_for, officer, household):
    client_for(officer.user).post(
        url("correspondence_address", household),
        {"address": "4 Oak Lane,\r\n\r\nKestrelford\r\nZK2 3BB", "version": "1"},
    )
    household.refresh_from_db()
    assert household.correspondence_address == "4 Oak Lane, Kestrelford, ZK2 3BB"


# Do not write


def mark(client, household, **changes):
    day = today() + dt.timedelta(days=90)
    values = {
        "reason": "Solicitor acts",
        "review_on_day": day.day,
        "review_on_month": day.month,
        "review_on_year": day.year,
        "version": household.version,
    }
    return client.post(url("do_not_write", household), values | changes)


def test_mark_then_lift(client_for, officer, household):
    client = client_for(officer.user)
    assert mark(client, household).status_code == 302
    household.refresh_from_db()
    assert household.do_not_write
    page = client.get(url("lift_do_not_write", household)).content.decode()
    assert "Solicitor acts" in page
    response = client.post(
        url("lift_do_not_write", household),
        {"reason": "Case closed", "version": household.version},
    )
    assert response.status_code == 302
    household.refresh_from_db()
    assert not household.do_not_write
    page = client.get(url("detail", household)).content.decode()
    assert "May be written to again" in page
    assert "Case closed" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Enter the reason for not writing"),
        ({"review_on_year": "2020"}, "The review date must be in the future"),
        ({"review_on_day": ""}, "Review date must include a day"),
    ],
)
def test_mark_says_what_is_wrong(client_for, officer, household, changes, message):
    response = mark(client_for(officer.user), household, **changes)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert message in response.content.decode()


def test_mark_conflicts_with_a_change_in_between(
    client_for, officer, leader, household
):
    mark(client_for(leader.user), household)
    response = mark(client_for(officer.user), household, reason="Other reason")
    assert response.status_code == 409
    assert "Solicitor acts" in response.content.decode()


def test_lifting_what_is_not_marked_goes_back(client_for, officer, household):
    response = client_for(officer.user).get(url("lift_do_not_write", household))
    assert response.url == household.get_absolute_url()


def test_csv_of_more_than_a_thousand_households(client_for, manager, patch):
    """SQLite refuses a condition of a thousand parts; the export never builds one."""
    first = settle(patch)
    homes = Property.objects.bulk_create(
        PropertyFactory.build(
            landlord=first.property.landlord,
            manager=first.property.manager,
            ward=patch.ward,
        )
        for _ in range(1_100)
    )
    households = Household.objects.bulk_create(
        Household(property=home, starts_on=first.starts_on) for home in homes
    )
    tenancies = Tenancy.objects.bulk_create(
        Tenancy(
            household=household,
            landlord=first.property.landlord,
            reference=f"X{household.pk}",
            starts_on=first.starts_on,
        )
        for household in households
    )
    people = Person.objects.bulk_create(Person(last_name="Khan") for _ in tenancies)
    TenancyPerson.objects.bulk_create(
        TenancyPerson(tenancy=tenancy, person=person)
        for tenancy, person in zip(tenancies, people, strict=True)
    )
    response = client_for(manager).get(f"{LIST}?format=csv")
    assert sum(1 for _ in response.streaming_content) == 1_102
