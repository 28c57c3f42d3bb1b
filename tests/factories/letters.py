"""Letters as they are once posted; runs are made by services where it matters."""

from __future__ import annotations

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from tenants.models import (
    Letter,
    LetterChunk,
    LetterDelivery,
    LetterPack,
    LetterRun,
    LetterRunHome,
    ReturnedLetter,
)
from tests.factories.officers import UserFactory
from tests.factories.patches import LandlordFactory, PatchFactory, PropertyFactory
from tests.factories.tenants import HouseholdFactory, LetterTemplateVersionFactory

POSTED_ON = dt.date(2026, 3, 4)


class LetterRunFactory(DjangoModelFactory):
    class Meta:
        model = LetterRun

    template_version = factory.SubFactory(LetterTemplateVersionFactory)
    title = "Introductions"
    dated = dt.date(2026, 3, 3)
    status = "posted"
    scope_kind = "all"
    token = factory.LazyFunction(uuid.uuid4)
    created_by = factory.SubFactory(UserFactory)
    approved_at = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
    approved_by = factory.SelfAttribute("created_by")
    posted_on = POSTED_ON
    posted_by = factory.SelfAttribute("created_by")


class LetterRunHomeFactory(DjangoModelFactory):
    class Meta:
        model = LetterRunHome

    run = factory.SubFactory(LetterRunFactory)
    property = factory.SubFactory(PropertyFactory)
    settled_on = POSTED_ON


class LetterPackFactory(DjangoModelFactory):
    class Meta:
        model = LetterPack

    run = factory.SubFactory(LetterRunFactory)
    number = factory.Sequence(lambda n: n + 1)
    first_sequence = last_sequence = 1


class LetterChunkFactory(DjangoModelFactory):
    class Meta:
        model = LetterChunk

    pack = factory.SubFactory(LetterPackFactory)
    run = factory.SelfAttribute("pack.run")
    number = factory.SelfAttribute("pack.number")


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    home = factory.SubFactory(LetterRunHomeFactory)
    run = factory.SelfAttribute("home.run")
    household = factory.SubFactory(
        HouseholdFactory, property=factory.SelfAttribute("..home.property")
    )
    patch = factory.SubFactory(PatchFactory)
    landlord = factory.SubFactory(LandlordFactory)
    chunk = factory.SubFactory(
        LetterChunkFactory,
        pack=factory.SubFactory(
            LetterPackFactory, run=factory.SelfAttribute("...home.run")
        ),
    )
    sequence = factory.Sequence(lambda n: n + 1)
    reference = factory.LazyAttribute(
        lambda row: f"L{row.run.pk:04d}-{row.sequence:05d}"
    )
    addressee = "The Occupier"
    salutation = "Dear Occupier"
    address_lines = factory.LazyFunction(lambda: ["1 Elm Road", "ZK1 1AA"])
    values = factory.LazyFunction(dict)


class LetterDeliveryFactory(DjangoModelFactory):
    class Meta:
        model = LetterDelivery

    letter = factory.SubFactory(LetterFactory, channel="email", email="bea@example.org")
    run = factory.SelfAttribute("letter.run")
    service = "email"


class ReturnedLetterFactory(DjangoModelFactory):
    class Meta:
        model = ReturnedLetter

    letter = factory.SubFactory(LetterFactory)
    reason = "gone_away"
    came_back_on = dt.date(2026, 3, 9)
    recorded_by = factory.SubFactory(UserFactory)
