"""Writing what a checked list of homes changes, in one transaction of the caller."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings

from housingplus.audit.services import record, record_many
from housingplus.common.bulk import insert_rows
from housingplus.common.dates import day_before
from housingplus.imports.options import ImportOptions
from patches.properties.indexing import rebuild_property_words
from patches.properties.models import Block, Landlord, Property
from patches.properties.walking import house_number, street_key, walk_key
from patches.register.models import Patch, PatchMembership
from patches.register.services import create_patch, move_homes
from patches.wards.models import Ward

from .held import TeamsOfWards
from .planning import Placed, Writes

if TYPE_CHECKING:
    from officers.accounts.models import User

_ROWS_AT_ONCE = 2_000
_ADDRESS = ("sub_building", "building", "street")
_SEARCHED = (*_ADDRESS, "locality", "town", "postcode", "reference", "uprn")
_DERIVED = ("street_key", "walk_key", "house_number")
_CHANGEABLE = (
    "uprn",
    "reference",
    "sub_building",
    "building",
    "street",
    "locality",
    "town",
    "postcode",
    *_DERIVED,
    "property_type",
    "bedrooms",
    "ward_id",
    "block_id",
    "easting",
    "northing",
    "latitude",
    "longitude",
    "managed_from",
    "managed_to",
)


class Applying:
    """One list being written. The caller holds the transaction and the locks."""

    def __init__(
        self,
        writes: Writes,
        *,
        options: ImportOptions,
        source: str,
        teams_of_wards: TeamsOfWards,
        by: User | None,
    ) -> None:
        self._writes = writes
        self._options = options
        self._summary = f"List {source}"[:250]
        self._teams_of_wards = teams_of_wards
        self._by = by
        self._new_ids: dict[int, int] = {}

    def run(self) -> None:
        """Write everything, what others depend on first."""
        self._landlords = self._make_landlords()
        self._wards = self._make_wards()
        self._blocks = self._make_blocks()
        added = self._add_homes()
        self._change_homes()
        self._end_missing()
        self._place_in_patches()
        # Of the homes added none has words yet.
        rebuild_property_words(added)

    def _make_landlords(self) -> dict[str, int]:
        for code in self._writes.landlords.values():
            made = Landlord.objects.create(code=code, name=code, letterhead_name=code)
            record(
                "landlord.imported", subject=made, by=self._by, summary=self._summary
            )
        rows = Landlord.objects.values_list("code", "pk")
        return {code.casefold(): pk for code, pk in rows}

    def _make_wards(self) -> dict[str, int]:
        for code, name in self._writes.wards.items():
            made = Ward.objects.create(code=code, name=name)
            record("ward.imported", subject=made, by=self._by, summary=self._summary)
        return dict(Ward.objects.values_list("code", "pk"))

    def _make_blocks(self) -> dict[tuple[int, str], int]:
        rows = Block.objects.values_list("ward_id", "name", "pk")
        known = {(ward, name.casefold()): pk for ward, name, pk in rows}
        made: dict[tuple[int, str], Block] = {}
        for ward_code, name, values in self._blocks_named():
            key = (self._wards[ward_code], name.casefold())
            if key not in known and key not in made:
                parts = (values["street"], values["town"], values["postcode"])
                made[key] = Block(
                    ward_id=key[0], name=name, address=", ".join(parts)[:200]
                )
        rows_made = Block.objects.bulk_create(made.values())
        record_many(
            "block.imported", subjects=rows_made, by=self._by, summary=self._summary
        )
        return known | {key: row.pk for key, row in zip(made, rows_made, strict=True)}

    def _blocks_named(self) -> list[tuple[str, str, dict[str, Any]]]:
        named = [
            (found.ward_code, found.row.block, found.row.values)
            for found in self._writes.new_homes
            if found.row.block
        ]
        return named + [
            (values["block_ward"], values["block"], values["block_address"])
            for values in self._writes.changed_homes.values()
            if values.get("block")
        ]

    def _add_homes(self) -> list[Property]:
        added = [self._home(found) for found in self._writes.new_homes]
        columns = [f for f in Property._meta.concrete_fields if not f.primary_key]
        insert_rows(
            Property,
            [field.name for field in columns],
            ([getattr(home, field.attname) for field in columns] for home in added),
        )
        landlords = {home.landlord_id for home in added}
        keys = {
            (landlord, reference): pk
            for landlord, reference, pk in Property.objects.filter(
                landlord__in=landlords
            )
            .order_by()
            .values_list("landlord_id", "reference", "pk")
        }
        for found, home in zip(self._writes.new_homes, added, strict=True):
            home.pk = keys[home.landlord_id, home.reference]
            self._new_ids[found.row.number] = home.pk
        record_many(
            "property.imported", subjects=added, by=self._by, summary=self._summary
        )
        return added

    def _home(self, found: Placed) -> Property:
        row = found.row
        landlord = (
            found.landlord
            if isinstance(found.landlord, int)
            else self._landlords[found.landlord]
        )
        ward = self._wards[found.ward_code]
        home = Property(
            uprn=row.uprn,
            reference=row.reference,
            landlord_id=landlord,
            manager_id=landlord,
            ward_id=ward,
            block_id=self._blocks[ward, row.block.casefold()] if row.block else None,
            **{"managed_from": self._options.starts_on, **row.values},
        )
        _derive(home)
        return home

    def _change_homes(self) -> None:
        changed = self._writes.changed_homes
        keys = list(changed)
        searched = []
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            homes = Property.objects.in_bulk(keys[start : start + _ROWS_AT_ONCE])
            for pk, home in homes.items():
                self._set(home, changed[pk])
            rows = list(homes.values())
            # One statement for all columns; an update by CASE takes minutes for a city.
            Property.objects.bulk_create(
                rows,
                batch_size=_ROWS_AT_ONCE,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=_CHANGEABLE,
            )
            searched += [
                h for h in rows if not changed[h.pk].keys().isdisjoint(_SEARCHED)
            ]
        rebuild_property_words(searched)
        shown = self._writes.changes_shown
        record_many(
            "property.import_changed",
            subjects=(Property(pk=pk) for pk in shown),
            by=self._by,
            summary=self._summary,
            changes=shown,
        )

    def _set(self, home: Property, values: dict[str, Any]) -> None:
        for name, value in values.items():
            if name == "ward_code":
                home.ward_id = self._wards[value]
            elif name == "block":
                ward = self._wards[values["block_ward"]]
                home.block_id = self._blocks[ward, value.casefold()] if value else None
            elif not name.startswith("block_"):
                setattr(home, name, value)
        _derive(home)

    def _end_missing(self) -> None:
        """End the management of homes the list lacks, and take them out of patches."""
        if not self._options.end_missing or not self._writes.missing:
            return
        starts_on = self._options.starts_on
        inside = PatchMembership.objects.as_at(starts_on).filter(
            property__in=self._writes.missing
        )
        leaving = list(inside.order_by().values_list("property", flat=True))
        if leaving:
            move_homes(
                properties=leaving,
                to_patch=None,
                starts_on=starts_on,
                reason=f"{self._summary}: no longer managed",
                token=uuid.uuid4(),
                by=self._by,
            )
        homes = list(Property.objects.filter(pk__in=self._writes.missing))
        for home in homes:
            home.managed_to = max(day_before(starts_on), home.managed_from)
        Property.objects.bulk_update(homes, ["managed_to"], batch_size=_ROWS_AT_ONCE)
        record_many(
            "property.management_ended",
            subjects=homes,
            by=self._by,
            summary=f"{self._summary}: not in it",
        )

    def _place_in_patches(self) -> None:
        wards = {ward.pk: ward for ward in Ward.objects.defer("boundary")}
        for code, ward_code in self._writes.patches.items():
            ward = wards[self._wards[ward_code]]
            smallest, largest = settings.DEFAULT_BAND
            create_patch(
                code=code,
                name="",
                ward=ward,
                band_min=ward.band_min or smallest,
                band_max=ward.band_max or largest,
                starts_on=self._options.starts_on,
                by=self._by,
            )
        patches = {patch.code.casefold(): patch for patch in Patch.objects.all()}
        teams = self._teams_of_wards(wards, self._options.starts_on)
        for key, rows in self._writes.moves.items():
            own_ward = patches[key].ward_id
            team = teams.get(own_ward)
            move_homes(
                properties=[
                    found.home.pk if found.home else self._new_ids[found.row.number]
                    for found in rows
                ],
                to_patch=patches[key],
                starts_on=self._options.starts_on,
                reason=self._summary,
                token=uuid.uuid4(),
                by=self._by,
                ward_ids={own_ward}
                | {pk for pk in wards if team is not None and teams.get(pk) == team},
            )


def _derive(home: Property) -> None:
    home.street_key = street_key(home.street)
    home.walk_key = walk_key(building=home.building, sub_building=home.sub_building)
    home.house_number = house_number(home.building)
