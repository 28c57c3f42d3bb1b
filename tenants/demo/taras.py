"""Writing invented tenants' and residents' associations, some not heard of for long."""

from __future__ import annotations

import datetime as dt
from random import Random

from faker import Faker

from officers.accounts.models import User
from patches.models import Property
from tenants.taras.models import Tara, TaraBlock, TaraContact, TaraRole, TaraStreet

from .places import Places

_NOTES = [
    "Monthly meeting: repairs to the door entry, and the summer fair.",
    "Walked the estate together; agreed three places for new bins.",
    "Spoke about parking on match days.",
    "They asked for a date for the play area; to answer by the end of the month.",
    "Annual general meeting: committee elected again.",
]


def write_taras(
    places: Places, *, today: dt.date, random: Random, recorded_by: User
) -> None:
    """Write an association or two for most wards."""
    fake = Faker("en_GB")
    fake.seed_instance(random.randrange(10**6))
    for index, ward in enumerate(places.wards):
        streets = list(
            Property.objects.filter(ward=ward, block__isnull=True)
            .order_by("street_key")
            .values_list("street", "street_key")
            .distinct()
        )
        if not streets or index % 5 == 4:
            continue
        chosen = streets[: max(3, len(streets) // 3)]
        tara = Tara.objects.create(
            name=f"{ward.name} Tenants and Residents Association",
            ward=ward,
            recognised_on=today - dt.timedelta(days=random.randint(400, 6_000)),
            email=f"tara{index + 1}@kestrelford.example",
            meeting_place=f"{ward.name} community centre",
            contacts_are_public=index % 3 != 2,
        )
        TaraStreet.objects.bulk_create(
            [
                TaraStreet(tara=tara, ward=ward, street=street, street_key=key)
                for street, key in chosen
            ]
        )
        block = ward.blocks.order_by("name").first()
        if block:
            TaraBlock.objects.create(tara=tara, block=block)
        TaraRole.objects.bulk_create(
            [
                TaraRole(
                    tara=tara,
                    role=role,
                    name=fake.name(),
                    phone=f"07700 900{random.randrange(1000):03d}",
                    starts_on=today - dt.timedelta(days=300),
                )
                for role in (
                    TaraRole.Role.CHAIR,
                    TaraRole.Role.SECRETARY,
                    TaraRole.Role.TREASURER,
                )
            ]
        )
        first_contact = 95 if index % 3 == 1 else 6
        TaraContact.objects.bulk_create(
            [
                TaraContact(
                    tara=tara,
                    on=today - dt.timedelta(days=first_contact + 30 * back),
                    kind=random.choice(TaraContact.Kind.values),
                    note=random.choice(_NOTES),
                    recorded_by=recorded_by,
                )
                for back in range(4)
            ]
        )
