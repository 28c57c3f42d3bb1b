"""Pages about associations."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from tenants.models import Tara, TaraContact, TaraOfficer
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import (
    BlockFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import (
    TaraBlockFactory,
    TaraContactFactory,
    TaraFactory,
    TaraOfficerFactory,
    TaraPatchFactory,
    TaraRoleFactory,
    TaraStreetFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/taras/"


@pytest.fixture
def tara(ward, leader):
    """An association of the leader's ward."""
    return TaraFactory(ward=ward, name="Elm Road Residents")


def at(tara, act=""):
    return f"/taras/{tara.pk}/{act}"


def day(name, value):
    return {
        f"{name}_day": value.day,
        f"{name}_month": value.month,
        f"{name}_year": value.year,
    }


# The list


def test_list_names_the_lead_and_the_last_contact(client_for, analyst, tara, leader):
    TaraContactFactory(tara=tara, on=dt.date(2025, 3, 3))
    page = client_for(analyst).get(LIST).content.decode()
    assert tara.name in page
    assert leader.name in page
    assert "3 March 2025" in page
    assert "Overdue" in page


def test_list_offers_adding_to_leaders_only(client_for, officer, leader):
    assert "Add a TARA" in client_for(leader.user).get(LIST).content.decode()
    page = client_for(officer.user).get(LIST).content.decode()
    assert "Add a TARA" not in page
    assert "No TARAs yet" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Elm", "Oak", "Ash"}),
        ("name=oa", {"Oak"}),
        ("no_contact=12", {"Elm", "Oak"}),
        ("status=closed", {"Old"}),
        ("status=all", {"Elm", "Oak", "Ash", "Old"}),
    ],
)
def test_filters(client_for, analyst, query, found):
    TaraFactory(name="Elm")
    TaraContactFactory(tara=TaraFactory(name="Oak"), on=dt.date(2025, 1, 1))
    TaraContactFactory(tara=TaraFactory(name="Ash"), on=today())
    TaraFactory(name="Old", closed_on=dt.date(2025, 1, 1))
    response = client_for(analyst).get(f"{LIST}?{query}")
    assert {tara.name for tara in response.context["page_obj"]} == found


def test_filter_by_lead_and_ward(client_for, analyst, tara, leader):
    named = TaraOfficerFactory(tara=TaraFactory(), kind="lead").officer
    taken = TaraFactory(ward=tara.ward)
    TaraOfficerFactory(tara=taken, officer=named, kind="lead")
    client = client_for(analyst)
    rows = client.get(f"{LIST}?lead={leader.pk}").context["page_obj"]
    assert list(rows) == [tara]
    rows = client.get(f"{LIST}?lead={named.pk}").context["page_obj"]
    assert len(rows) == 2
    rows = client.get(f"{LIST}?ward={tara.ward_id}").context["page_obj"]
    assert set(rows) == {tara, taken}


@pytest.mark.parametrize("sort", ["name", "-ward", "recognised", "-contact"])
def test_list_sorts(client_for, analyst, sort):
    TaraFactory.create_batch(2)
    response = client_for(analyst).get(f"{LIST}?sort={sort}")
    assert len(response.context["page_obj"]) == 2


def test_list_queries_do_not_grow(client_for, analyst, django_assert_num_queries):
    client = client_for(analyst)
    TaraFactory.create_batch(2)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for tara in TaraFactory.create_batch(10):
        TaraContactFactory(tara=tara)
        TaraOfficerFactory(tara=tara)
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_csv(client_for, analyst, tara, leader):
    TaraStreetFactory(tara=tara)
    response = client_for(analyst).get(f"{LIST}?format=csv")
    text = b"".join(response.streaming_content).decode()
    assert f'"Elm Road Residents","{tara.ward.name}","{leader.name}"' in text
    assert AuditEvent.objects.get(verb="taras.exported").by == analyst


# One association


def test_committee_and_contacts_are_for_those_who_work_with_it(
    client_for, officer, leader, analyst, other_leader, tara
):
    Tara.objects.update(phone="07700 900321", email="chair@example.org")
    TaraRoleFactory(tara=tara, name="Imran Dale")
    TaraContactFactory(tara=tara, note="Spoke about the play area.")
    for user, sees in (
        (leader.user, True),
        (officer.user, False),
        (other_leader.user, False),
        (analyst, False),
    ):
        page = client_for(user).get(at(tara)).content.decode()
        assert ("Imran Dale" in page) is sees
        assert ("play area" in page) is sees
        assert ("900321" in page) is sees
        assert ("chair@example.org" in page) is sees


def test_an_officer_works_with_taras_of_their_patches(client_for, officer, tara):
    patch = PatchFactory(ward=tara.ward)
    AssignmentFactory(patch=patch, officer=officer)
    TaraPatchFactory(tara=tara, patch=patch)
    TaraRoleFactory(tara=tara, name="Imran Dale")
    page = client_for(officer.user).get(at(tara)).content.decode()
    assert "Imran Dale" in page
    assert "Record a contact" in page
    assert "Change details" not in page


def test_a_named_liaison_officer_works_with_it(client_for, officer, tara):
    TaraOfficerFactory(tara=tara, officer=officer)
    page = client_for(officer.user).get(at(tara)).content.decode()
    assert "Record a contact" in page


def test_detail_says_what_it_speaks_for_and_who_was_on_the_committee(
    client_for, leader, tara
):
    TaraStreetFactory(tara=tara)
    PropertyFactory.create_batch(2, ward=tara.ward)
    TaraRoleFactory(tara=tara, name="Jo Former", ends_on=dt.date(2025, 1, 1))
    page = client_for(leader.user).get(at(tara)).content.decode()
    assert "Elm Road" in page
    assert "2 homes" in page
    assert "Former committee members" in page
    assert "No contact yet" in page


def test_homes_of_the_whole_area_and_of_each_part(client_for, analyst, tara):
    block = BlockFactory(ward=tara.ward)
    patch = PatchFactory(ward=tara.ward)
    street = TaraStreetFactory(tara=tara)
    part = TaraBlockFactory(tara=tara, block=block)
    TaraPatchFactory(tara=tara, patch=patch)
    on_street = PropertyFactory(ward=tara.ward)
    elsewhere = {"street": "Oak Lane", "street_key": "oak lane", "ward": tara.ward}
    in_block = PropertyFactory(block=block, **elsewhere)
    in_patch = PropertyFactory(**elsewhere)
    PatchMembershipFactory(patch=patch, property=in_patch)
    client = client_for(analyst)
    for query, homes in (
        ("", {on_street, in_block, in_patch}),
        (f"?part=street-{street.pk}", {on_street}),
        (f"?part=block-{part.pk}", {in_block}),
        (f"?part=patch-{patch.pk}", {in_patch}),
        ("?part=nonsense", {on_street, in_block, in_patch}),
        ("?part=other-1", {on_street, in_block, in_patch}),
    ):
        rows = client.get(at(tara, f"homes/{query}")).context["page_obj"]
        assert set(rows) == homes
    response = client.get(at(tara, "homes/?format=csv"))
    assert in_block.uprn in b"".join(response.streaming_content).decode()


def test_homes_queries_do_not_grow(
    client_for, analyst, tara, django_assert_num_queries
):
    TaraStreetFactory(tara=tara)
    PropertyFactory.create_batch(2, ward=tara.ward)
    client = client_for(analyst)
    client.get(at(tara, "homes/"))
    with CaptureQueriesContext(connection) as few:
        client.get(at(tara, "homes/"))
    PropertyFactory.create_batch(10, ward=tara.ward, block=BlockFactory())
    with django_assert_num_queries(len(few)):
        client.get(at(tara, "homes/"))


# Adding and changing


def new_tara(client, ward, **changes):
    values = {"name": "Oak Lane Residents", "ward": ward.pk, "token": uuid.uuid4()}
    return client.post("/taras/new/", values | changes)


def test_adding_goes_on_to_the_area_and_adds_once(client_for, leader, ward):
    client, token = client_for(leader.user), uuid.uuid4()
    for _ in range(2):
        response = new_tara(client, ward, token=token)
        assert response.url.endswith("/area/")
    assert Tara.objects.count() == 1


def test_adding_says_what_is_wrong(client_for, leader, tara):
    client = client_for(leader.user)
    page = new_tara(client, tara.ward, name="").content.decode()
    assert "There is a problem" in page
    page = new_tara(client, tara.ward, name=tara.name.lower()).content.decode()
    assert "There is a TARA called elm road residents already" in page
    page = new_tara(client, tara.ward, name="\u200b").content.decode()
    assert "Nothing of this can be seen" in page


def test_a_leader_adds_in_own_wards_only(client_for, other_leader, ward):
    new_tara(client_for(other_leader.user), ward)
    assert not Tara.objects.exists()


def details(tara, **changes):
    return {
        "name": tara.name,
        "ward": tara.ward_id,
        "meeting_place": "Church hall",
        "contacts_are_public": "on",
        "version": tara.version,
    } | changes


def test_details_are_changed(client_for, leader, tara):
    client_for(leader.user).post(at(tara, "edit/"), details(tara))
    tara.refresh_from_db()
    assert tara.meeting_place == "Church hall"
    assert tara.contacts_are_public


def test_second_of_two_editors_sees_who_and_what(client_for, leader, manager, tara):
    client_for(manager).post(at(tara, "edit/"), details(tara, notes="Theirs"))
    response = client_for(leader.user).post(at(tara, "edit/"), details(tara))
    page = response.content.decode()
    assert response.status_code == 409
    assert str(manager) in page
    assert "Theirs" in page


def test_area_is_chosen_from_the_ward(client_for, leader, tara):
    PropertyFactory(ward=tara.ward)
    block, patch = BlockFactory(ward=tara.ward), PatchFactory(ward=tara.ward)
    client = client_for(leader.user)
    assert "Elm Road (1 home)" in client.get(at(tara, "area/")).content.decode()
    client.post(
        at(tara, "area/"),
        {
            "streets": [f"{tara.ward_id}:elm road"],
            "blocks": [block.pk],
            "patches": [patch.pk],
            "version": 1,
        },
    )
    assert tara.streets.get().street == "Elm Road"
    assert (tara.blocks.count(), tara.patches.count()) == (1, 1)


def test_area_refuses_nothing_and_blocks_elsewhere(client_for, leader, tara):
    client = client_for(leader.user)
    page = client.post(at(tara, "area/"), {"version": 1}).content.decode()
    assert "Choose at least one street, block or patch" in page
    client.post(at(tara, "area/"), {"blocks": [BlockFactory().pk], "version": 1})
    assert not tara.blocks.exists()


def test_area_changed_in_between_is_a_conflict(client_for, leader, tara):
    block = BlockFactory(ward=tara.ward)
    Tara.objects.update(version=2)
    response = client_for(leader.user).post(
        at(tara, "area/"), {"blocks": [block.pk], "version": 1}
    )
    assert response.status_code == 409
    assert response.context["saving"].differences[0].yours == block.name
    assert not tara.blocks.exists()


def test_lead_is_named_and_shown(client_for, leader, tara):
    named = OfficerFactory(name="Jo Named")
    client = client_for(leader.user)
    client.post(
        at(tara, "officers/"),
        {"kind": "lead", "officer": named.pk, **day("starts_on", today())},
    )
    assert TaraOfficer.objects.get().officer == named
    assert "Jo Named" in client.get(at(tara)).content.decode()


def test_naming_after_a_later_one_is_refused_beside_the_date(client_for, leader, tara):
    later = today() + dt.timedelta(days=30)
    TaraOfficerFactory(tara=tara, starts_on=later)
    response = client_for(leader.user).post(
        at(tara, "officers/"),
        {
            "kind": "liaison",
            "officer": OfficerFactory().pk,
            **day("starts_on", today()),
        },
    )
    assert "is named from" in response.content.decode()


def test_committee_grows_and_shrinks(client_for, leader, tara):
    client = client_for(leader.user)
    client.post(
        at(tara, "committee/add/"),
        {
            "role": "chair",
            "name": "Imran Dale",
            "token": uuid.uuid4(),
            **day("starts_on", dt.date(2026, 1, 5)),
        },
    )
    role = tara.roles.get()
    client.post(
        at(tara, f"committee/{role.pk}/end/"), day("ends_on", dt.date(2026, 2, 5))
    )
    role.refresh_from_db()
    assert role.ends_on == dt.date(2026, 2, 5)
    page = client.post(
        at(tara, f"committee/{role.pk}/end/"), day("ends_on", dt.date(2020, 2, 5))
    ).content.decode()
    assert "The last day must be 5 January 2026 or later" in page


def test_a_role_of_another_tara_is_not_found(client_for, leader, tara):
    role = TaraRoleFactory()
    url = at(tara, f"committee/{role.pk}/end/")
    assert client_for(leader.user).get(url).status_code == 404


def contact(client, tara, **changes):
    values = {
        "kind": "meeting",
        "note": "Annual meeting",
        "token": uuid.uuid4(),
        **day("on", dt.date(2026, 3, 3)),
    }
    return client.post(at(tara, "contacts/add/"), values | changes)


def test_a_contact_is_recorded_once_and_shown(client_for, leader, tara):
    client, token = client_for(leader.user), uuid.uuid4()
    contact(client, tara, token=token)
    contact(client, tara, token=token)
    assert TaraContact.objects.count() == 1
    assert "Annual meeting" in client.get(at(tara)).content.decode()


def test_a_contact_says_what_is_wrong(client_for, leader, tara):
    client = client_for(leader.user)
    page = contact(client, tara, note="").content.decode()
    assert "Enter what was said and agreed" in page
    page = contact(client, tara, on_year="2099").content.decode()
    assert "The date must be today or in the past" in page
