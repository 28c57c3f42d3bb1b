"""Invented people who do the work."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from officers.accounts.roles import Role
from officers.models import (
    Assignment,
    Councillor,
    DropIn,
    NoticeDelivery,
    NoticeRecipient,
    NoticeSending,
    Officer,
    TeamLeadership,
    TeamMembership,
    TeamWard,
    User,
    WardTeam,
)
from tests.factories.patches import PatchFactory, WardFactory

LONG_AGO = dt.date(2024, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@kestrelford.example")
    first_name = "Robin"
    last_name = factory.Sequence(lambda n: f"Marsh{n}")
    role = Role.PATCH_OFFICER


class OfficerFactory(DjangoModelFactory):
    class Meta:
        model = Officer

    name = factory.Sequence(lambda n: f"Ashley Poole {n}")
    job_title = "Housing officer"
    email = factory.Sequence(lambda n: f"officer{n}@kestrelford.example")
    phone = "07700 900123"
    started_on = LONG_AGO


class WardTeamFactory(DjangoModelFactory):
    class Meta:
        model = WardTeam

    name = factory.Sequence(lambda n: f"Team {n:04d}")
    phone = "0114 496 0111"


class TeamWardFactory(DjangoModelFactory):
    class Meta:
        model = TeamWard

    team = factory.SubFactory(WardTeamFactory)
    ward = factory.SubFactory(WardFactory)
    starts_on = LONG_AGO


class TeamMembershipFactory(DjangoModelFactory):
    class Meta:
        model = TeamMembership

    team = factory.SubFactory(WardTeamFactory)
    officer = factory.SubFactory(OfficerFactory)
    starts_on = LONG_AGO


class TeamLeadershipFactory(DjangoModelFactory):
    class Meta:
        model = TeamLeadership

    team = factory.SubFactory(WardTeamFactory)
    officer = factory.SubFactory(OfficerFactory)
    starts_on = LONG_AGO


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    patch = factory.SubFactory(PatchFactory)
    officer = factory.SubFactory(OfficerFactory)
    starts_on = LONG_AGO


class CouncillorFactory(DjangoModelFactory):
    class Meta:
        model = Councillor

    ward = factory.SubFactory(WardFactory)
    name = factory.Sequence(lambda n: f"Cllr Noor Heath {n}")
    party = "Riverside Independents"
    email = factory.Sequence(lambda n: f"councillor{n}@kestrelford.example")
    phone = "0114 496 0222"
    starts_on = LONG_AGO


class DropInFactory(DjangoModelFactory):
    class Meta:
        model = DropIn

    ward = factory.SubFactory(WardFactory)
    place = factory.Sequence(lambda n: f"Harbour library {n}")
    weekday = 2
    opens_at = dt.time(10)
    closes_at = dt.time(12, 30)
    starts_on = LONG_AGO


class NoticeSendingFactory(DjangoModelFactory):
    class Meta:
        model = NoticeSending

    ward = factory.SubFactory(WardFactory)
    kind = "briefing"
    day = dt.date(2026, 3, 3)
    since = dt.date(2026, 2, 3)
    subject = "Harbour: who answers for which homes, as at 3 March 2026"
    body = "Dear councillor,\n"
    pdf = b"%PDF-1.7"
    pdf_name = "briefing.pdf"
    pdf_sha256 = "0" * 64
    token = factory.LazyFunction(uuid.uuid4)
    sent_by = factory.SubFactory(UserFactory)


class NoticeRecipientFactory(DjangoModelFactory):
    class Meta:
        model = NoticeRecipient

    sending = factory.SubFactory(NoticeSendingFactory)
    name = factory.Sequence(lambda n: f"Cllr Noor Heath {n}")
    email = factory.Sequence(lambda n: f"councillor{n}@kestrelford.example")


class NoticeDeliveryFactory(DjangoModelFactory):
    class Meta:
        model = NoticeDelivery

    recipient = factory.SubFactory(NoticeRecipientFactory)
    attempt = 1
    step = "begun"
