"""Telling an association who answers: its own address, its own patches only."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest
from django.core import mail
from django.urls import reverse

from housingplus.common.dates import today
from officers.models import NoticeSending
from tenants.taras.areas import list_taras_in_ward
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import TaraFactory, TaraRoleFactory, TaraStreetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tara(ward, team):
    """An association of Elm Road, which Ada Fern answers for; Bo Reed has Oak Road."""
    for code, name, street in (
        ("S01", "Ada Fern", "Elm Road"),
        ("S02", "Bo Reed", "Oak Road"),
    ):
        patch = PatchFactory(ward=ward, code=code, name="")
        home = PropertyFactory(ward=ward, street=street)
        PatchMembershipFactory(patch=patch, property=home)
        AssignmentFactory(patch=patch, officer=OfficerFactory(name=name))
    tara = TaraFactory(ward=ward, name="Elm Road Tenants", email="elm@tara.example")
    TaraStreetFactory(tara=tara, ward=ward, street="Elm Road")
    TaraRoleFactory(tara=tara, name="Imran Dale", email="imran@home.example")
    return tara


def test_it_goes_to_the_associations_own_address_and_is_kept(
    client_for, leader, ward, tara, django_capture_on_commit_callbacks
):
    client = client_for(leader.user)
    url = reverse("tenants:taras:notice_send", args=[tara.pk])
    asked = client.get(url)
    given = {**asked.context["form"].initial, "words": ""}
    draft = client.post(url, given).context["draft"]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(url, {**given, "seen": draft.seen, "latest": ""})

    (message,) = mail.outbox
    assert message.to == ["elm@tara.example"]
    assert "S01: Ada Fern" in message.body
    assert "Bo Reed" not in message.body
    assert tara.notices.get().sending == NoticeSending.objects.get()
    assert "elm@tara.example" in client.get(done.url).content.decode()
    page = client.get(reverse("officers:notices:ward", args=[ward.pk]))
    assert page.context["taras"][0].last_notice_at is not None


def test_the_log_of_a_briefing_does_not_open_notices_to_associations(
    client_for, analyst, leader, ward, tara
):
    url = reverse("tenants:taras:notice_send", args=[tara.pk])
    client = client_for(leader.user)
    given = {**client.get(url).context["form"].initial, "words": ""}
    draft = client.post(url, given).context["draft"]
    client.post(url, {**given, "seen": draft.seen, "latest": ""})
    sending = NoticeSending.objects.get()

    outsider = client_for(analyst)
    assert outsider.get(sending.get_absolute_url()).status_code == 404
    own = reverse("tenants:taras:notice", args=[tara.pk, sending.pk])
    assert outsider.get(own).status_code == 403


def test_the_pack_of_the_ward_has_its_notice_in_the_list_of_pages(
    client_for, officer, ward, tara
):
    url = reverse("officers:notices:pdf", args=[ward.pk, "all"])
    pdf = pypdfium2.PdfDocument(client_for(officer.user).get(url).content)
    cover, _, sheet = (
        " ".join(pdf[at].get_textpage().get_text_range().split()) for at in range(3)
    )
    pdf.close()

    assert "Notice to Elm Road Tenants 3" in cover
    assert "Elm Road Tenants: your housing officers" in sheet
    assert "Ada Fern" in sheet
    assert "Bo Reed" not in sheet
    assert "Imran Dale" not in sheet


def test_associations_that_closed_or_speak_for_other_wards_are_not_told(ward, tara):
    TaraFactory(ward=ward, closed_on=dt.date(2025, 1, 1))
    TaraFactory()

    assert list(list_taras_in_ward(ward, today())) == [tara]
