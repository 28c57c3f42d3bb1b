"""What is held here that a list of homes is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from patches.properties.models import Block, Landlord, Property
from patches.register.models import Patch
from patches.wards.models import Ward

# Of each of some wards, the team it has on a day; the caller knows the officers.
TeamsOfWards = Callable[[Iterable[int], dt.date], Mapping[int, object]]

# Compared as they are; ward and block are compared by what they are called.
PLAIN_FIELDS = (
    "uprn",
    "reference",
    "sub_building",
    "building",
    "street",
    "locality",
    "town",
    "postcode",
    "property_type",
    "bedrooms",
    "easting",
    "northing",
    "managed_from",
)


class HeldHome(NamedTuple):
    """A home as held here."""

    pk: int
    landlord_id: int
    ward_id: int
    block_id: int | None
    managed_to: dt.date | None
    uprn: str | None
    reference: str
    sub_building: str
    building: str
    street: str
    locality: str
    town: str
    postcode: str
    property_type: str
    bedrooms: int | None
    easting: int | None
    northing: int | None
    managed_from: dt.date

    @property
    def label(self) -> str:
        """Return the home's address as the report shows it."""
        house = f"{self.building} {self.street}".strip()
        parts = (self.sub_building, house, self.postcode)
        return ", ".join(part for part in parts if part)[:200]


@dataclass(frozen=True)
class HeldWard:
    pk: int
    code: str
    name: str
    team: object | None


class Held:
    """Homes, landlords, wards, blocks and patches, each by what a list calls it."""

    def __init__(self, *, day: dt.date, teams_of_wards: TeamsOfWards) -> None:
        rows = Property.objects.order_by("pk").values_list(
            "pk", "landlord_id", "ward_id", "block_id", "managed_to", *PLAIN_FIELDS
        )
        self.homes = [HeldHome(*row) for row in rows.iterator(chunk_size=5_000)]
        self.by_uprn = {home.uprn: home for home in self.homes if home.uprn}
        self.by_reference = {
            (home.landlord_id, home.reference): home for home in self.homes
        }
        landlords = list(Landlord.objects.all())
        self.landlord_names = {row.pk: row.name for row in landlords}
        self.landlord_ids = {row.code.casefold(): row.pk for row in landlords} | {
            row.name.casefold(): row.pk for row in landlords
        }
        wards = list(Ward.objects.defer("boundary"))
        teams = teams_of_wards([ward.pk for ward in wards], day)
        held = [HeldWard(w.pk, w.code, w.name, teams.get(w.pk)) for w in wards]
        self.wards = {ward.pk: ward for ward in held}
        self.ward_by_code = {ward.code: ward for ward in held}
        self.ward_by_name = {ward.name.casefold(): ward for ward in held}
        self.block_names = dict(Block.objects.values_list("pk", "name"))
        self.block_ids = {
            (ward_id, name.casefold()): pk
            for pk, ward_id, name in Block.objects.values_list("pk", "ward_id", "name")
        }
        patches = list(Patch.objects.all())
        self.patches = {patch.code.casefold(): patch for patch in patches}
