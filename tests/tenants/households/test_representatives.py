"""Representatives of households: where they are, and whether they have copies."""

import csv
import io

import pytest
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from tenants.households import errors, services
from tenants.models import CommunicationNeeds
from tests.factories.officers import AssignmentFactory, UserFactory
from tests.factories.patches import PatchFactory, PatchMembershipFactory
from tests.factories.tenants import CommunicationNeedsFactory, HouseholdFactory

pytestmark = pytest.mark.django_db

LIST = reverse("tenants:households:list")


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def household(ward, officer):
    patch = PatchFactory(ward=ward)
    AssignmentFactory(patch=patch, officer=officer)
    return HouseholdFactory(property=PatchMembershipFactory(patch=patch).property)


def url(name, household):
    return reverse(f"tenants:households:{name}", args=[household.pk])


VALUES = {
    "letter_format": "standard",
    "language": "",
    "needs_interpreter": False,
    "representative_contact": "",
    "email": "",
    "notes": "",
    "representative_name": "Ms Ida Boyle",
    "representative_address": "4 Oak Lane, Kestrelford, ZK2 3BB",
    "copy_to_representative": True,
}


def test_copies_for_a_representative_are_recorded_and_not_where_to(by):
    needs = CommunicationNeedsFactory()
    services.edit_needs(household=needs.household, version=1, by=by, **VALUES)
    event = AuditEvent.objects.get(verb="household.needs_changed")
    assert event.changes["copy_to_representative"] == [False, True]
    assert event.changes["representative_address"] == ["", "given"]
    assert "Oak Lane" not in str(event.changes)


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"representative_name": ""}, "representative_name", "Enter the name"),
        ({"representative_name": "\u200b"}, "representative_name", "Enter the name"),
        ({"representative_address": ""}, "representative_address", "send copies to"),
        (
            {"representative_address": "4 Oak Lane, Kestrelford"},
            "representative_address",
            "no postcode",
        ),
        (
            {"representative_name": "Ms Ida Boyle of the advocacy service of the ward"},
            "representative_address",
            "45 fit the window",
        ),
        (
            {
                "representative_address": "Advocacy and advice for everybody there is "
                "in town, Mill Lane, Otherham, ZS1 1AB",
                "copy_to_representative": False,
            },
            "representative_address",
            "45 fit the window",
        ),
    ],
)
def test_a_representative_who_is_written_to_can_be_reached(by, changed, field, said):
    with pytest.raises(errors.RepresentativeNotReached, match=said) as refused:
        services.edit_needs(
            household=HouseholdFactory(), version=0, by=by, **VALUES | changed
        )
    assert refused.value.field == field


COPY = {
    "letter_format": "standard",
    "representative_name": "Ms Ida Boyle",
    "representative_address": "4 Oak Lane,\nKestrelford\nzk23bb",
    "copy_to_representative": "on",
    "version": "0",
}


@pytest.mark.parametrize("name", ["\u200b", "\u200e", "\u3164"])
def test_a_name_of_which_nothing_is_seen_is_refused(
    client_for, officer, household, name
):
    response = client_for(officer.user).post(
        url("edit_needs", household), COPY | {"representative_name": name}
    )
    assert "Nothing of this can be seen" in response.content.decode()
    assert not CommunicationNeeds.objects.exists()


def test_copies_for_a_representative_are_saved_and_shown(
    client_for, officer, household
):
    client = client_for(officer.user)
    assert client.post(url("edit_needs", household), COPY).status_code == 302
    needs = CommunicationNeeds.objects.get()
    assert needs.representative_address == "4 Oak Lane, Kestrelford, zk23bb"
    page = client.get(url("detail", household)).content.decode()
    assert "4 Oak Lane, KESTRELFORD, ZK2 3BB" in page
    assert "Of every letter" in page
    assert "Copies of letters to the representative: no → yes" in page
    assert "Representative address: given" in page
    form = client.get(url("edit_needs", household)).context["form"]
    assert form["representative_address"].value() == "4 Oak Lane\nKestrelford\nzk23bb"
    text = b"".join(client.get(f"{LIST}?format=csv").streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    assert row["Copies to representative"] == "Yes"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"representative_name": ""}, "Enter the name of the representative"),
        ({"representative_address": ""}, "Enter the address to send copies to"),
        ({"representative_address": "4 Oak Lane\nHere"}, "is no postcode"),
    ],
)
def test_needs_form_says_why_no_copy_could_go(
    client_for, officer, household, changed, said
):
    response = client_for(officer.user).post(
        url("edit_needs", household), COPY | changed
    )
    page = response.content.decode()
    assert "There is a problem" in page
    assert said in page
    assert not CommunicationNeeds.objects.exists()
