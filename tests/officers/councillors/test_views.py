"""The pages of councillors, as people use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from officers.models import Councillor
from tests.factories.officers import CouncillorFactory
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def url(name: str, *args) -> str:
    return reverse(f"officers:councillors:{name}", args=args)


@pytest.fixture
def page(client_for, leader):
    return client_for(leader.user)


def test_leader_adds_corrects_and_ends_a_councillor(page, ward):
    form = page.get(url("create"), {"ward": ward.pk}).context["form"]
    day = {"starts_on": "2026-05-07"}
    page.post(
        url("create"),
        day | {"ward": ward.pk, "token": form["token"].value(), "name": " Noor  Heath"},
    )
    councillor = Councillor.objects.get()
    assert (councillor.name, councillor.ward) == ("Noor Heath", ward)

    page.post(
        url("edit", councillor.pk),
        day | {"name": "Noor Heath", "phone": "0114 496 0222", "version": 1},
    )
    page.post(url("end", councillor.pk), {"ends_on": today().isoformat()})

    text = page.get(url("detail", councillor.pk)).content.decode()
    for words in ("0114 496 0222", "Councillor added", "Last day in office set"):
        assert words in text


def test_ward_page_names_councillors_and_offers_to_add_one(page, client_for, ward):
    CouncillorFactory(ward=ward, name="Noor Heath")
    CouncillorFactory(ward=ward, name="Bo Rowe", starts_on=today() + DAY)
    CouncillorFactory(ward=ward, name="Old Hand", ends_on=today() - DAY)

    text = page.get(ward.get_absolute_url()).content.decode()

    assert "Noor Heath" in text
    assert "Bo Rowe</a>, from" in text
    assert "Old Hand" not in text
    assert f"{url('create')}?ward={ward.pk}" in text


def test_analyst_sees_but_is_not_offered_to_change(client_for, analyst, ward):
    councillor = CouncillorFactory(ward=ward)
    client = client_for(analyst)

    assert (
        url("edit", councillor.pk)
        not in client.get(councillor.get_absolute_url()).content.decode()
    )
    assert url("create") not in client.get(ward.get_absolute_url()).content.decode()


def test_removing_is_offered_only_before_the_first_day(page, ward):
    coming = CouncillorFactory(ward=ward, starts_on=today() + DAY)
    here = CouncillorFactory(ward=ward)

    def offered(councillor):
        text = page.get(councillor.get_absolute_url()).content.decode()
        return url("remove", councillor.pk) in text

    assert (offered(coming), offered(here)) == (True, False)
    assert page.post(url("remove", here.pk)).status_code == 409
    assert page.post(url("remove", coming.pk)).url == ward.get_absolute_url()


def test_list_filters_sorts_and_downloads(page, ward):
    here = CouncillorFactory(ward=ward, name="Noor Heath")
    other = CouncillorFactory(ward=WardFactory(name="Aardvark Hill"), name="=Bo()")
    past = CouncillorFactory(ends_on=today() - DAY)

    def found(**query):
        return list(page.get(url("list"), query).context["page_obj"])

    assert found() == [other, here]
    assert found(sort="-name") == [here, other]
    assert found(ward=ward.pk, q="heath") == [here]
    assert found(status="past") == [past]
    assert found(status="coming") == []
    assert len(found(status="all")) == 3
    answer = page.get(url("list"), {"format": "csv"})
    assert "'=Bo()" in b"".join(answer.streaming_content).decode()


def test_invalid_form_shows_summary(page, ward):
    councillor = CouncillorFactory(ward=ward)
    for address in (url("create"), url("edit", councillor.pk)):
        text = page.post(address, {"name": "", "version": 1}).content.decode()
        assert "Enter the first day in office" in text
    text = page.post(url("end", councillor.pk), {"ends_on_day": ""}).content.decode()
    assert "Enter the last day in office" in text


def test_refusal_is_shown_in_the_form(page, ward):
    councillor = CouncillorFactory(ward=ward, starts_on=today())
    early = {"ends_on": (today() - DAY).isoformat()}
    assert "or later" in page.post(url("end", councillor.pk), early).content.decode()


def test_second_of_two_who_change_a_councillor_sees_the_first(page, ward):
    councillor = CouncillorFactory(ward=ward, name="Noor Heath")
    day = {"starts_on": councillor.starts_on.isoformat(), "version": 1}
    page.post(url("edit", councillor.pk), day | {"name": "Noor Heath", "party": "A"})

    late = page.post(url("edit", councillor.pk), day | {"name": "Noor H", "party": "B"})

    assert late.status_code == 409
    assert "changed this on" in late.content.decode()
    councillor.refresh_from_db()
    assert councillor.party == "A"


@pytest.mark.parametrize("name", ["list", "ward"])
def test_queries_do_not_grow(page, ward, name, django_assert_num_queries):
    address = url("list") if name == "list" else ward.get_absolute_url()
    CouncillorFactory.create_batch(2, ward=ward)
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    CouncillorFactory.create_batch(10, ward=ward)
    CouncillorFactory.create_batch(5)
    with django_assert_num_queries(len(few)):
        page.get(address)
