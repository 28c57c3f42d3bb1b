"""Writing invented households: names, tenancies, needs, empty homes, do-not-write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from faker import Faker

from patches.models import Property
from tenants.households.indexing import rebuild_household_words
from tenants.households.models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    LetterFormat,
    Person,
)
from tenants.tenancies.models import Tenancy, TenancyKind, TenancyPerson

from . import words
from .places import Places

_BATCH = 2_000
_VOID_SHARE = 0.032
_JOINT_SHARE = 0.24
_POOL = 1_200
_FORMATS = [
    LetterFormat.LARGE_PRINT,
    LetterFormat.BRAILLE,
    LetterFormat.EASY_READ,
    LetterFormat.AUDIO,
    LetterFormat.EMAIL,
]
_DO_NOT_WRITE = [
    "Asked that nothing comes by post; telephone only",
    "Post is opened by somebody else in the building; safety plan in place",
    "In hospital until further notice; sister collects messages by telephone",
]


def write_people(places: Places, *, today: dt.date, random: Random) -> None:
    """Write a household to nearly every home, with every kind of need among them."""
    name = _name_source(random)
    writer = _Writer(places, today, random, name)
    for index, home in enumerate(places.properties):
        if random.random() >= _VOID_SHARE:
            writer.household(home, index)
    writer.save()
    rebuild_household_words(Household.objects.all())


def _name_source(random: Random) -> Callable[[], tuple[str, str, str]]:
    """Return a source of (title, first name, last name), as mixed as a city is."""
    seed = random.randrange(10**6)
    pools: list[list[tuple[str, str, str]]] = []
    for locale in ("en_GB", "en_IN", "pl_PL", "ro_RO"):
        fake = Faker(locale)
        fake.seed_instance(seed)
        pools.append([_faked(fake, random) for _ in range(_POOL)])
    for first, last in (words.SOMALI, words.YEMENI, words.CARIBBEAN):
        pools.append(
            [
                (random.choice(["Mr", "Ms", "Mrs"]), one, other)
                for one in first
                for other in last
            ]
        )
    weights = [76, 9, 4, 2, 4, 2, 3]

    def draw() -> tuple[str, str, str]:
        return random.choice(random.choices(pools, weights)[0])

    return draw


def _faked(fake: Faker, random: Random) -> tuple[str, str, str]:
    if random.random() < 0.5:
        return "Mr", fake.first_name_male(), fake.last_name()
    title = random.choices(["Ms", "Mrs", "Miss", "Dr"], [45, 40, 13, 2])[0]
    return title, fake.first_name_female(), fake.last_name()


class _Writer:
    """Gathers rows of every kind and writes each kind in one go."""

    def __init__(
        self,
        places: Places,
        today: dt.date,
        random: Random,
        name: Callable[[], tuple[str, str, str]],
    ) -> None:
        self.places = places
        self.today = today
        self.random = random
        self.name = name
        self.people: list[Person] = []
        self.households: list[Household] = []
        self.members: list[HouseholdMember] = []
        self.tenancies: list[Tenancy] = []
        self.holders: list[TenancyPerson] = []
        self.needs: list[CommunicationNeeds] = []

    def household(self, home: Property, index: int) -> None:
        """Plan one home's household."""
        random = self.random
        starts_on = self.today - dt.timedelta(days=random.randint(20, 9_000))
        if home.managed_from > self.places.launched_on:
            starts_on = max(starts_on, home.managed_from)
        household = Household(property=home, starts_on=starts_on)
        self.households.append(household)
        if random.random() < 0.004:
            household.do_not_write = True
            household.do_not_write_reason = random.choice(_DO_NOT_WRITE)
            household.do_not_write_review_on = self.today + dt.timedelta(
                days=random.randint(-20, 160)
            )
        if random.random() < 0.012:
            household.correspondence_address = (
                f"{random.randint(1, 90)} Mill Lane, Otherham, ZS{random.randint(1, 9)}"
                f" {random.randint(1, 9)}AB"
            )
        if random.random() < 0.006:
            return  # Somebody lives there; nobody knows the name.
        apart = home.property_type == "house" and random.random() < 0.004
        for part in range(2 if apart else 1):
            self._tenancy(household, index, part, joint=not apart)
        self._needs(household)

    def _tenancy(
        self, household: Household, index: int, part: int, *, joint: bool
    ) -> None:
        random = self.random
        home = household.property
        tenancy = Tenancy(
            household=household,
            landlord=home.landlord,
            reference=f"T{index + 1:06d}{'AB'[part] if part else ''}",
            kind=(
                TenancyKind.ASSURED
                if home.landlord.code == "MEREVIEW"
                else random.choices(
                    [TenancyKind.SECURE, TenancyKind.INTRODUCTORY], [88, 12]
                )[0]
            ),
            starts_on=household.starts_on,
        )
        self.tenancies.append(tenancy)
        title, first, last = self.name()
        holders = [(title, first, last)]
        if joint and random.random() < _JOINT_SHARE:
            other_title, other_first, other_last = self.name()
            holders.append(
                (
                    other_title,
                    other_first,
                    last if random.random() < 0.6 else other_last,
                )
            )
        for order, (title, first, last) in enumerate(holders):
            person = Person(
                title=title,
                first_name=first,
                last_name=last,
                phone=f"07700 900{random.randrange(1000):03d}",
            )
            self.people.append(person)
            self.members.append(
                HouseholdMember(
                    household=household,
                    person=person,
                    role=(
                        HouseholdMember.Role.JOINT_TENANT
                        if len(holders) > 1
                        else HouseholdMember.Role.TENANT
                    ),
                    starts_on=household.starts_on,
                )
            )
            self.holders.append(
                TenancyPerson(tenancy=tenancy, person=person, order=order)
            )

    def _needs(self, household: Household) -> None:
        random = self.random
        number = len(self.households)
        # The first few homes show every kind, so that a small city has them all.
        is_early = number % 97 == 5 and number < 97 * len(_FORMATS)
        draw = random.random()
        needs = CommunicationNeeds(household=household)
        if is_early:
            needs.letter_format = _FORMATS[number // 97]
        elif number == 11 or 0.075 <= draw < 0.085:
            title, first, last = self.name()
            needs.representative_name = f"{title} {first} {last}"
            needs.representative_contact = "Advocacy service, 0114 496 0555"
            if number % 3 == 2:
                needs.representative_address = (
                    f"Merebank Advocacy, {number % 40 + 1} Mill Lane, Otherham, ZS1 1AB"
                )
                needs.copy_to_representative = True
        elif draw < 0.035:
            needs.letter_format = random.choices(_FORMATS, [70, 4, 10, 6, 10])[0]
        elif draw < 0.075:
            needs.language = random.choice(words.LANGUAGES)
            needs.needs_interpreter = random.random() < 0.4
        else:
            return
        if needs.letter_format == LetterFormat.EMAIL:
            needs.email = f"household{number}@post.example"
        self.needs.append(needs)

    def save(self) -> None:
        """Write everything gathered."""
        for model, rows in (
            (Person, self.people),
            (Household, self.households),
            (Tenancy, self.tenancies),
            (HouseholdMember, self.members),
            (TenancyPerson, self.holders),
            (CommunicationNeeds, self.needs),
        ):
            model.objects.bulk_create(rows, batch_size=_BATCH)
