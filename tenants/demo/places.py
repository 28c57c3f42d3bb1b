"""Writing the planned places: landlords, wards, blocks, homes and patches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from shapely import Polygon
from shapely.geometry import mapping

from patches.models import (
    Block,
    HousingArea,
    Landlord,
    LandlordKind,
    Patch,
    PatchMembership,
    Property,
    Ward,
)
from patches.properties.coordinates import longitudes_and_latitudes
from patches.properties.walking import house_number, street_key, walk_key

from . import plan, words

_BATCH = 2_000
# New homes came under management so long ago, and are in no patch yet.
_NEW_BUILD_DAYS = 45


@dataclass
class Places:
    """What was written, in the order it was planned."""

    wards: list[Ward]
    landlords: list[Landlord]
    patches: list[Patch]
    properties: list[Property]
    launched_on: dt.date


def write_places(
    planned: list[plan.PlannedWard], *, today: dt.date, random: Random
) -> Places:
    """Write the city's places. Patches begin on the 1 April before last."""
    launched_on = dt.date(today.year - (1 if today.month >= 4 else 2), 4, 1)
    landlords = _write_landlords()
    wards = _write_wards(planned)
    blocks = _write_blocks(planned, wards)
    patches, patch_of = _write_patches(planned, wards, launched_on, random)
    properties: list[Property] = []
    patch_of_property: list[Patch] = []
    for ward, row in zip(planned, wards, strict=True):
        for unit in ward.units:
            association = random.random() < 0.07
            owner = landlords[1] if association else landlords[0]
            for home in unit.homes:
                properties.append(
                    _property(home, row, owner, blocks, len(properties), launched_on)
                )
                patch_of_property.append(patch_of[ward.code, unit.patch])
    _place_on_map(properties)
    new_build = max(1, len(properties) // 150)
    unplaced = set(range(len(properties) - new_build, len(properties)))
    for index in unplaced:
        properties[index].managed_from = today - dt.timedelta(days=_NEW_BUILD_DAYS)
    Property.objects.bulk_create(properties, batch_size=_BATCH)
    PatchMembership.objects.bulk_create(
        [
            PatchMembership(
                property=home, patch=patch, starts_on=launched_on, reason="Launch"
            )
            for index, (home, patch) in enumerate(
                zip(properties, patch_of_property, strict=True)
            )
            if index not in unplaced
        ],
        batch_size=_BATCH,
    )
    return Places(wards, landlords, patches, properties, launched_on)


def _write_landlords() -> list[Landlord]:
    council = Landlord(
        code="KCC",
        name=f"{words.CITY} City Council",
        kind=LandlordKind.COUNCIL,
        letterhead_name=f"{words.CITY} City Council",
        return_address=f"Housing Service\nTown Hall\n{words.CITY}\nZK1 1ZZ",
        phone="0114 496 0100",
        email="housing@kestrelford.example",
        website="https://kestrelford.example",
    )
    association = Landlord(
        code="MEREVIEW",
        name="Mereview Homes",
        kind=LandlordKind.HOUSING_ASSOCIATION,
        letterhead_name="Mereview Homes",
        return_address=f"Customer Services\n4 Wharf Court\n{words.CITY}\nZK2 1ZZ",
        phone="0114 496 0200",
        email="hello@mereview.example",
        website="https://mereview.example",
    )
    return Landlord.objects.bulk_create([council, association])


def _write_wards(planned: list[plan.PlannedWard]) -> list[Ward]:
    areas = {
        name: HousingArea(name=name) for name in sorted({ward.area for ward in planned})
    }
    HousingArea.objects.bulk_create(areas.values())
    return Ward.objects.bulk_create(
        [
            Ward(
                code=ward.code,
                name=ward.name,
                area=areas[ward.area],
                boundary=_geojson(plan.outline(ward)),
            )
            for ward in planned
        ]
    )


def _geojson(shape: Polygon) -> dict[str, object]:
    eastings, northings = zip(*shape.exterior.coords, strict=True)
    ring = [spot for spot in longitudes_and_latitudes(eastings, northings) if spot]
    return mapping(Polygon(ring))


def _write_blocks(
    planned: list[plan.PlannedWard], wards: list[Ward]
) -> dict[tuple[int, str], Block]:
    blocks = [
        Block(name=name, kind=kind, ward=row)
        for ward, row in zip(planned, wards, strict=True)
        for name, kind in ward.blocks.items()
    ]
    addresses = {
        (ward.code, home.block): f"{home.street}, {words.CITY}, {home.postcode}"
        for ward in planned
        for unit in ward.units
        for home in unit.homes[:1]
        if home.block
    }
    for number, block in enumerate(blocks, 1):
        block.address = addresses[block.ward.code, block.name]
        block.parent_uprn = str(989_000_000_000 + number)
    Block.objects.bulk_create(blocks, batch_size=_BATCH)
    return {(block.ward_id, block.name): block for block in blocks}


def _write_patches(
    planned: list[plan.PlannedWard],
    wards: list[Ward],
    launched_on: dt.date,
    random: Random,
) -> tuple[list[Patch], dict[tuple[str, int], Patch]]:
    patches: dict[tuple[str, int], Patch] = {}
    taken: set[str] = set()
    for ward, row in zip(planned, wards, strict=True):
        prefix = _prefix(ward.name, taken)
        for number in range(ward.patch_count):
            units = [unit for unit in ward.units if unit.patch == number]
            size = sum(len(unit.homes) for unit in units)
            challenging = size < 262 and random.random() < 0.8
            patches[ward.code, number] = Patch(
                code=f"{prefix}{number + 1:02d}",
                name=_patch_name(units),
                ward=row,
                starts_on=launched_on,
                band_min=220 if challenging else 280,
                band_max=260 if challenging else 300,
            )
    rows = Patch.objects.bulk_create(patches.values())
    return rows, patches


def _prefix(name: str, taken: set[str]) -> str:
    letters = "".join(letter for letter in name.upper() if letter.isalpha())
    for last in letters[1:] + "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        prefix = letters[0] + last
        if prefix not in taken:
            taken.add(prefix)
            return prefix
    prefix = f"{letters[:2]}{len(taken)}"
    taken.add(prefix)
    return prefix


def _patch_name(units: list[plan.PlannedUnit]) -> str:
    """Name a patch after its tower, or its longest street."""
    longest = max(units, key=lambda unit: len(unit.homes))
    home = longest.homes[0]
    return home.block or f"{home.street} area"


def _property(
    home: plan.PlannedHome,
    ward: Ward,
    owner: Landlord,
    blocks: dict[tuple[int, str], Block],
    index: int,
    launched_on: dt.date,
) -> Property:
    easting, northing = plan.on_grid(home.x, home.y)
    return Property(
        uprn=str(990_000_000_000 + index * 7),
        landlord=owner,
        manager=owner,
        reference=f"{owner.code[0]}{index + 1:06d}",
        sub_building=home.sub_building,
        building=home.building,
        street=home.street,
        town=words.CITY,
        postcode=home.postcode,
        street_key=street_key(home.street),
        walk_key=walk_key(building=home.building, sub_building=home.sub_building),
        house_number=house_number(home.building),
        property_type=home.kind,
        bedrooms=home.bedrooms,
        ward=ward,
        block=blocks.get((ward.pk, home.block)),
        easting=round(easting),
        northing=round(northing),
        managed_from=launched_on - dt.timedelta(days=365 * 10),
    )


def _place_on_map(properties: list[Property]) -> None:
    spots = longitudes_and_latitudes(
        [home.easting for home in properties], [home.northing for home in properties]
    )
    for home, spot in zip(properties, spots, strict=True):
        if spot:
            home.longitude, home.latitude = spot
