"""Homes read from the database as the plain values the solver takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from patches.design.solver.problem import Home
from patches.properties.models import Property
from patches.register.models import PatchMembership


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A home for the solver (its reference there is the row's number here)."""

    ward_id: int
    uprn: str
    reference: str
    home: Home


def list_homes(
    ward_ids: Collection[int], on: dt.date, hours: Mapping[int, float] | None = None
) -> list[HomeRow]:
    """Return the homes under management on a day; two queries.

    `hours` is each home's expected work by its primary key, 1 where it has none.
    """
    patch_of = dict(
        PatchMembership.objects.of_managed_homes(on)
        .filter(property__ward__in=ward_ids)
        .order_by()
        .values_list("property_id", "patch__code")
    )
    rows = (
        Property.objects.managed_on(on)
        .filter(ward__in=ward_ids)
        .order_by("pk")
        .values_list(
            "pk",
            "uprn",
            "reference",
            "ward_id",
            "easting",
            "northing",
            "postcode",
            "street",
            "block__name",
            "ward__name",
        )
    )
    return [
        HomeRow(
            ward_id=ward_id,
            uprn=uprn or "",
            reference=reference,
            home=Home(
                reference=str(pk),
                hours=1.0 if hours is None else hours.get(pk, 1.0),
                easting=None if easting is None else float(easting),
                northing=None if northing is None else float(northing),
                postcode=postcode,
                street=street,
                block=f"{block_name}, {ward_name}" if block_name else "",
                patch=patch_of.get(pk, ""),
            ),
        )
        for (
            pk,
            uprn,
            reference,
            ward_id,
            easting,
            northing,
            postcode,
            street,
            block_name,
            ward_name,
        ) in rows.iterator(chunk_size=2000)
    ]
