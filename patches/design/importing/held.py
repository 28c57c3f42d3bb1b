"""What is held here that a list of work is compared with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.db.models import Min

from patches.design.models import WorkRecord, WorkType
from patches.design.workload.defaults import DEFAULT_WORK
from patches.properties.models import Landlord, Property

# Where no kind of work is here yet, those to start from are made with the first list.
_TO_BE_MADE = {
    work.name.casefold(): -number for number, work in enumerate(DEFAULT_WORK, 1)
}


class HeldHome(NamedTuple):
    pk: int
    uprn: str | None
    landlord_id: int
    reference: str
    ward_id: int
    managed_from: dt.date
    managed_to: dt.date | None


class Held:
    """Homes and kinds of work by what a list calls them, and the work recorded."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        """Read what is recorded in the time from `first` to `last`."""
        rows = Property.objects.order_by("pk").values_list(
            "pk",
            "uprn",
            "landlord_id",
            "reference",
            "ward_id",
            "managed_from",
            "managed_to",
        )
        homes = [HeldHome(*row) for row in rows.iterator(chunk_size=5_000)]
        self.homes = {home.pk: home for home in homes}
        self.home_by_uprn = {home.uprn: home for home in homes if home.uprn}
        self.homes_by_reference: dict[str, list[HeldHome]] = defaultdict(list)
        for home in homes:
            self.homes_by_reference[home.reference].append(home)
        landlords = list(Landlord.objects.all())
        self.landlord_ids = {row.code.casefold(): row.pk for row in landlords} | {
            row.name.casefold(): row.pk for row in landlords
        }
        self.first_day_of: dict[int, dt.date] = dict(
            Property.objects.order_by()
            .values_list("landlord_id")
            .annotate(first=Min("managed_from"))
        )
        work_types = list(WorkType.objects.all())
        self.work_type_names = [row.name for row in work_types] or [
            work.name for work in DEFAULT_WORK
        ]
        self.work_type_ids = {
            row.name.casefold(): row.pk for row in work_types
        } or _TO_BE_MADE
        self.counts: dict[tuple[int, int, dt.date, dt.date], tuple[int, int]] = {}
        records = (
            WorkRecord.objects.filter(starts_on__lte=last, ends_on__gte=first)
            .order_by()
            .values_list(
                "property_id", "work_type_id", "starts_on", "ends_on", "pk", "count"
            )
        )
        for place, kind, starts_on, ends_on, pk, count in records.iterator(
            chunk_size=5_000
        ):
            assert ends_on is not None  # noqa: S101 - a constraint
            self.counts[place, kind, starts_on, ends_on] = (pk, count)
