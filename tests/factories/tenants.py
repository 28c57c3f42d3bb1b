"""Invented people who live there."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from patches.properties.walking import street_key
from tenants.models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    HouseholdWord,
    LetterTemplate,
    LetterTemplateVersion,
    LetterWording,
    LetterWordingCheck,
    Person,
    Tara,
    TaraBlock,
    TaraContact,
    TaraNotice,
    TaraOfficer,
    TaraPatch,
    TaraRole,
    TaraStreet,
    Tenancy,
    TenancyPerson,
)
from tests.factories.officers import (
    NoticeSendingFactory,
    OfficerFactory,
    UserFactory,
)
from tests.factories.patches import (
    BlockFactory,
    LandlordFactory,
    PatchFactory,
    PropertyFactory,
    WardFactory,
)

LONG_AGO = dt.date(2024, 1, 1)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    title = "Ms"
    first_name = "Bea"
    last_name = factory.Sequence(lambda n: f"Jones{n}")
    phone = "07700 900456"


class HouseholdFactory(DjangoModelFactory):
    class Meta:
        model = Household

    property = factory.SubFactory(PropertyFactory)
    starts_on = LONG_AGO


class HouseholdMemberFactory(DjangoModelFactory):
    class Meta:
        model = HouseholdMember

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    starts_on = LONG_AGO


class HouseholdWordFactory(DjangoModelFactory):
    class Meta:
        model = HouseholdWord

    household = factory.SubFactory(HouseholdFactory)
    word = factory.Sequence(lambda n: f"jones{n}")


class CommunicationNeedsFactory(DjangoModelFactory):
    class Meta:
        model = CommunicationNeeds

    household = factory.SubFactory(HouseholdFactory)


class TenancyFactory(DjangoModelFactory):
    class Meta:
        model = Tenancy

    household = factory.SubFactory(HouseholdFactory)
    landlord = factory.SubFactory(LandlordFactory)
    reference = factory.Sequence(lambda n: f"T{n:06d}")
    starts_on = LONG_AGO


class TenancyPersonFactory(DjangoModelFactory):
    class Meta:
        model = TenancyPerson

    tenancy = factory.SubFactory(TenancyFactory)
    person = factory.SubFactory(PersonFactory)


class TaraFactory(DjangoModelFactory):
    class Meta:
        model = Tara

    name = factory.Sequence(lambda n: f"Elm Road Residents {n}")
    ward = factory.SubFactory(WardFactory)
    recognised_on = LONG_AGO


class TaraStreetFactory(DjangoModelFactory):
    class Meta:
        model = TaraStreet

    tara = factory.SubFactory(TaraFactory)
    ward = factory.SelfAttribute("tara.ward")
    street = "Elm Road"
    street_key = factory.LazyAttribute(lambda row: street_key(row.street))


class TaraBlockFactory(DjangoModelFactory):
    class Meta:
        model = TaraBlock

    tara = factory.SubFactory(TaraFactory)
    block = factory.SubFactory(BlockFactory)


class TaraPatchFactory(DjangoModelFactory):
    class Meta:
        model = TaraPatch

    tara = factory.SubFactory(TaraFactory)
    patch = factory.SubFactory(PatchFactory)


class TaraRoleFactory(DjangoModelFactory):
    class Meta:
        model = TaraRole

    tara = factory.SubFactory(TaraFactory)
    role = TaraRole.Role.CHAIR
    name = "Imran Dale"
    starts_on = LONG_AGO


class TaraOfficerFactory(DjangoModelFactory):
    class Meta:
        model = TaraOfficer

    tara = factory.SubFactory(TaraFactory)
    officer = factory.SubFactory(OfficerFactory)
    starts_on = LONG_AGO


class TaraContactFactory(DjangoModelFactory):
    class Meta:
        model = TaraContact

    tara = factory.SubFactory(TaraFactory)
    on = dt.date(2026, 1, 5)
    note = "Spoke about the play area."
    recorded_by = factory.SubFactory(UserFactory)


class TaraNoticeFactory(DjangoModelFactory):
    class Meta:
        model = TaraNotice

    tara = factory.SubFactory(TaraFactory)
    sending = factory.SubFactory(NoticeSendingFactory, kind="area")


class LetterTemplateFactory(DjangoModelFactory):
    class Meta:
        model = LetterTemplate

    name = factory.Sequence(lambda n: f"Introduction {n}")


class LetterTemplateVersionFactory(DjangoModelFactory):
    class Meta:
        model = LetterTemplateVersion

    template = factory.SubFactory(LetterTemplateFactory)
    number = 1
    subject = "Your patch officer"
    body = "Your patch officer is ((officer name))."


class LetterWordingFactory(DjangoModelFactory):
    class Meta:
        model = LetterWording

    version = factory.SubFactory(LetterTemplateVersionFactory)
    language = "pl"
    subject = "Państwa opiekun"
    body = "Państwa opiekunem jest ((officer name))."


class LetterWordingCheckFactory(DjangoModelFactory):
    class Meta:
        model = LetterWordingCheck

    wording = factory.SubFactory(LetterWordingFactory)
    checked_by = "A translator"
