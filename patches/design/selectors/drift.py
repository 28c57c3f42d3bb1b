"""Which patches are leaving their band: sizes today, planned, and in the past year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Count, F, Q

from patches.design.rules.drifting import (
    BandFrom,
    Cause,
    Change,
    Forecast,
    forecast,
    trend_of,
)
from patches.register.models import Patch, PatchBand, PatchMembership

A_YEAR = dt.timedelta(days=365)
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class PatchForecast:
    """A patch and what becomes of its size."""

    patch: Patch
    forecast: Forecast


def forecast_patches(
    patches: Collection[Patch], day: dt.date, *, empty: Mapping[int, int]
) -> list[PatchForecast]:
    """Return what becomes of patches in force on a day, in a fixed number of queries.

    They come with `home_count`; `empty` is how many of its homes nobody lives in, by
    patch.
    """
    ids = [patch.pk for patch in patches]
    coming = planned_changes(ids, day)
    past = past_changes(ids, day)
    bands = _bands(ids)
    return [
        PatchForecast(
            patch,
            forecast(
                homes=patch.home_count,
                empty=empty.get(patch.pk, 0),
                coming=coming[patch.pk],
                trend=trend_of(
                    past[patch.pk],
                    since=max(patch.starts_on, day - A_YEAR),
                    today=day,
                ),
                bands=_bands_of(patch, bands[patch.pk]),
                today=day,
                until=patch.ends_on,
            ),
        )
        for patch in patches
    ]


def planned_changes(
    patch_ids: Collection[int], day: dt.date
) -> dict[int, list[Change]]:
    """Return homes known to come to patches or leave them after a day, one query.

    New homes count from the first day they are managed and in the patch; what leaves
    and comes back the next day (a design that keeps the patch) is no change.
    """
    rows = (
        PatchMembership.objects.from_day(day)
        .filter(patch__in=patch_ids)
        .filter(Q(property__managed_to__isnull=True) | Q(property__managed_to__gte=day))
        .filter(
            Q(starts_on__gt=day)
            | Q(ends_on__isnull=False)
            | Q(property__managed_from__gt=day)
            | Q(property__managed_to__isnull=False)
        )
        .order_by()
        .values_list(
            "patch_id",
            "starts_on",
            "ends_on",
            "property__managed_from",
            "property__managed_to",
        )
        .annotate(total=Count("pk"))
    )
    moved: dict[tuple[int, dt.date], int] = defaultdict(int)
    changes: dict[int, list[Change]] = defaultdict(list)
    for patch_id, starts_on, ends_on, managed_from, managed_to, total in rows:
        joins = max(starts_on, managed_from)
        ends = [end for end in (ends_on, managed_to) if end is not None]
        last = min(ends, default=None)
        if last is not None and last < joins:
            continue
        if joins > day:
            if managed_from >= starts_on:
                changes[patch_id].append(Change(joins, total, Cause.NEW))
            else:
                moved[patch_id, joins] += total
        if last is not None:
            if managed_to == last:
                changes[patch_id].append(Change(last + A_DAY, -total, Cause.GOES))
            else:
                moved[patch_id, last + A_DAY] -= total
    for (patch_id, on), homes in moved.items():
        if homes:
            cause = Cause.MOVED_IN if homes > 0 else Cause.MOVED_OUT
            changes[patch_id].append(Change(on, homes, cause))
    return changes


def past_changes(patch_ids: Collection[int], day: dt.date) -> dict[int, list[Change]]:
    """Return homes that came under management or left it in the year to a day.

    In two queries; a home counts for the patch it was in on its first or last day.
    """
    since = day - A_YEAR
    members = PatchMembership.objects.filter(patch__in=patch_ids).order_by()
    gone = members.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=F("property__managed_to")),
        property__managed_to__range=(since, day - A_DAY),
        starts_on__lte=F("property__managed_to"),
    )
    came = members.as_at(day).filter(
        property__managed_from__gt=since,
        property__managed_from__lte=day,
    )
    changes: dict[int, list[Change]] = defaultdict(list)
    for patch_id, last, total in gone.values_list(
        "patch_id", "property__managed_to"
    ).annotate(total=Count("pk")):
        changes[patch_id].append(Change(last + A_DAY, -total, Cause.GOES))
    for patch_id, first, total in came.values_list(
        "patch_id", "property__managed_from"
    ).annotate(total=Count("pk")):
        changes[patch_id].append(Change(first, total, Cause.NEW))
    return changes


def _bands_of(patch: Patch, dated: Sequence[PatchBand]) -> list[BandFrom]:
    """Return a patch's bands in order of their first days, as `with_band` reads them.

    Where no dated one is in force, the one the patch began with holds.
    """
    found = [BandFrom(patch.starts_on, patch.band_min, patch.band_max)]
    for band, following in zip_longest(dated, dated[1:]):
        found.append(BandFrom(band.starts_on, band.band_min, band.band_max))
        if band.ends_on is None:
            continue
        over_on = band.ends_on + A_DAY
        if following is None or following.starts_on > over_on:
            found.append(BandFrom(over_on, patch.band_min, patch.band_max))
    return found


def _bands(patch_ids: Collection[int]) -> dict[int, list[PatchBand]]:
    bands: dict[int, list[PatchBand]] = defaultdict(list)
    for band in PatchBand.objects.filter(patch__in=patch_ids).order_by("starts_on"):
        bands[band.patch_id].append(band)
    return bands
