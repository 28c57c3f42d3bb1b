"""Writing invented councillors and drop-in sessions, some of each for every ward."""

from __future__ import annotations

import datetime as dt
from random import Random

from faker import Faker

from officers.models import Councillor, DropIn, Weekday
from patches.models import Ward

# No party's name is meant to be a real one's.
_PARTIES = ["Kestrelford Together", "Riverside Independents", "Millstone Alliance", ""]
_PLACES = ["community centre", "library", "primary school hall"]
_SEATS = 3


def write_contacts(wards: list[Ward], *, today: dt.date, random: Random) -> None:
    """Write three councillors and one or two drop-in sessions for every ward.

    In the first ward a councillor has left office and a session is about to begin.
    """
    fake = Faker("en_GB")
    fake.seed_instance(random.randrange(10**6))
    elected_on = today - dt.timedelta(days=560)
    councillors, drop_ins = [], []
    for index, ward in enumerate(wards):
        for seat in range(_SEATS):
            number = index * _SEATS + seat
            name = f"{fake.first_name()} {fake.last_name()}"
            councillors.append(
                Councillor(
                    ward=ward,
                    name=f"Cllr {name}",
                    party=random.choice(_PARTIES),
                    email=f"councillor{number + 1}@kestrelford.example",
                    phone=f"0114 496 0{600 + number % 400:03d}",
                    starts_on=elected_on,
                )
            )
        for session in range(1 + index % 2):
            opens_at = random.choice([dt.time(9, 30), dt.time(10), dt.time(14)])
            drop_ins.append(
                DropIn(
                    ward=ward,
                    place=f"{ward.name} {_PLACES[(index + session) % len(_PLACES)]}",
                    weekday=random.choice(Weekday.values[:5]),
                    opens_at=opens_at,
                    closes_at=opens_at.replace(hour=opens_at.hour + 2),
                    note="First week of the month only" if session else "",
                    starts_on=elected_on,
                )
            )
    councillors[0].ends_on = today - dt.timedelta(days=40)
    drop_ins.append(
        DropIn(
            ward=wards[0],
            place=f"{wards[0].name} health centre",
            weekday=Weekday.SATURDAY,
            opens_at=dt.time(10),
            closes_at=dt.time(12),
            starts_on=today + dt.timedelta(days=10),
        )
    )
    Councillor.objects.bulk_create(councillors)
    DropIn.objects.bulk_create(drop_ins)
