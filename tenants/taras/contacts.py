"""Contacts with associations, counted for a review: what was said stays where it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Q

from housingplus.common.dates import long_date

from .models import Tara, TaraContact


def count_contacts(
    ward_ids: Collection[int], first: dt.date, last: dt.date
) -> list[dict[str, Any]]:
    """Return how often each association of some wards was met or spoken with.

    Between two days, by kind; associations closed before them are left out. One query.
    """
    between = Q(contacts__on__range=(first, last))
    kinds = {
        kind.value: Count("contacts", filter=between & Q(contacts__kind=kind.value))
        for kind in TaraContact.Kind
    }
    rows = (
        Tara.objects.filter(ward__in=ward_ids)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=first))
        .annotate(
            total=Count("contacts", filter=between),
            last=Max("contacts__on", filter=between),
            **{f"count_{name}": count for name, count in kinds.items()},
        )
        .order_by("name")
    )
    return [
        {
            "tara": tara.name,
            "total": tara.total,
            "kinds": {
                kind.label: getattr(tara, f"count_{kind.value}")
                for kind in TaraContact.Kind
            },
            "last_on": long_date(tara.last) if tara.last else "",
        }
        for tara in rows
    ]
