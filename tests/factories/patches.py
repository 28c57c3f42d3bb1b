"""Invented places."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from patches.models import (
    Block,
    HousingArea,
    Landlord,
    MovedHome,
    Patch,
    PatchBand,
    PatchMembership,
    PatchMove,
    Property,
    PropertyWord,
    Ward,
)
from patches.properties.walking import house_number, street_key, walk_key

LONG_AGO = dt.date(2024, 1, 1)


class HousingAreaFactory(DjangoModelFactory):
    class Meta:
        model = HousingArea

    name = factory.Sequence(lambda n: f"Area {n}")


class WardFactory(DjangoModelFactory):
    class Meta:
        model = Ward

    code = factory.Sequence(lambda n: f"E{n:08d}")
    name = factory.Sequence(lambda n: f"Ward {n:04d}")
    area = factory.SubFactory(HousingAreaFactory)


class LandlordFactory(DjangoModelFactory):
    class Meta:
        model = Landlord

    code = factory.Sequence(lambda n: f"LAND{n}")
    name = factory.Sequence(lambda n: f"Kestrelford Homes {n}")
    letterhead_name = factory.SelfAttribute("name")
    return_address = "Town Hall, Kestrelford, ZK1 1AA"
    phone = "0114 496 0000"
    email = "homes@kestrelford.example"


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    name = factory.Sequence(lambda n: f"Kestrel House {n}")
    ward = factory.SubFactory(WardFactory)


class PropertyFactory(DjangoModelFactory):
    class Meta:
        model = Property

    uprn = factory.Sequence(lambda n: f"{990000000000 + n}")
    landlord = factory.SubFactory(LandlordFactory)
    manager = factory.SelfAttribute("landlord")
    reference = factory.Sequence(lambda n: f"H{n:06d}")
    building = factory.Sequence(lambda n: str(n + 1))
    sub_building = ""
    street = "Elm Road"
    town = "Kestrelford"
    postcode = "ZK1 1AA"
    street_key = factory.LazyAttribute(lambda home: street_key(home.street))
    walk_key = factory.LazyAttribute(
        lambda home: walk_key(building=home.building, sub_building=home.sub_building)
    )
    house_number = factory.LazyAttribute(lambda home: house_number(home.building))
    ward = factory.SubFactory(WardFactory)
    managed_from = LONG_AGO


class PropertyWordFactory(DjangoModelFactory):
    class Meta:
        model = PropertyWord

    property = factory.SubFactory(PropertyFactory)
    word = factory.Sequence(lambda n: f"elm{n}")


class PatchFactory(DjangoModelFactory):
    class Meta:
        model = Patch

    code = factory.Sequence(lambda n: f"P{n:03d}")
    ward = factory.SubFactory(WardFactory)
    starts_on = LONG_AGO


class PatchBandFactory(DjangoModelFactory):
    class Meta:
        model = PatchBand

    patch = factory.SubFactory(PatchFactory)
    band_min = 250
    band_max = 270
    reason = "Many visits"
    starts_on = LONG_AGO


class PatchMoveFactory(DjangoModelFactory):
    class Meta:
        model = PatchMove

    to_patch = factory.SubFactory(PatchFactory)
    starts_on = LONG_AGO
    reason = "Balancing"
    token = factory.LazyFunction(uuid.uuid4)


class PatchMembershipFactory(DjangoModelFactory):
    class Meta:
        model = PatchMembership

    patch = factory.SubFactory(PatchFactory)
    property = factory.SubFactory(
        PropertyFactory, ward=factory.SelfAttribute("..patch.ward")
    )
    starts_on = LONG_AGO


class MovedHomeFactory(DjangoModelFactory):
    class Meta:
        model = MovedHome

    move = factory.SubFactory(PatchMoveFactory)
    property = factory.SubFactory(PropertyFactory)
