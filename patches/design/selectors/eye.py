"""What of a drawn design needs a person's eye."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from patches.design.models import DesignArea
from patches.properties.models import Property
from patches.properties.querysets import PropertyQuerySet

# Lists of homes an area's report keeps, and what they are called.
KINDS = {
    "unplaced": "Not on the map",
    "placed_by_postcode": "Placed by their postcode",
    "placed_by_street": "Placed by their street",
    "strays": "Far from the rest of their street",
}


def eye_counts(areas: Iterable[DesignArea]) -> list[tuple[str, str, int]]:
    """Return each list's key, name and number of homes."""
    reports = [area.report for area in areas]
    return [
        (key, title, sum(len(report.get(key, [])) for report in reports))
        for key, title in KINDS.items()
    ]


def list_eye_homes(areas: Sequence[DesignArea], kind: str) -> PropertyQuerySet:
    """Return the homes of one list, in walking order."""
    ids = [pk for area in areas for pk in area.report.get(kind, [])]
    return Property.objects.filter(pk__in=ids).in_walking_order()
