"""Which homes a person chose to move.

Ticked ones, a street of a patch or ward, a side of it, a block, or every home with no
patch that the filters of that list let through.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict

from housingplus.common.numbers import whole_number
from patches.properties.models import Property
from patches.register.filters import UnplacedFilter, on_side
from patches.register.models import PatchMembership
from patches.register.presenters import expanded
from patches.register.selectors import list_homes_without_patch


def homes_in_reach(ward_ids: Collection[int]) -> QuerySet[Property]:
    """Return homes in these wards, and homes of these wards' patches across an edge."""
    across = PatchMembership.objects.current().filter(patch__ward__in=ward_ids)
    return Property.objects.filter(
        Q(ward__in=ward_ids) | Q(pk__in=across.values("property"))
    )


def chosen_homes(request: HttpRequest, ward_ids: Collection[int]) -> list[Property]:
    """Return the homes asked for, in walking order; one out of reach is a 404."""
    asked = request.POST if request.method == "POST" else request.GET
    reach = homes_in_reach(ward_ids)
    if ids := _ticked(asked):
        homes = list(reach.filter(pk__in=ids).in_walking_order())
        if len(homes) != len(ids):
            raise Http404("Some of these homes are not in your wards.")
        return homes
    if asked.get("unplaced"):
        unplaced = list_homes_without_patch().filter(pk__in=reach.values("pk"))
        return list(UnplacedFilter(asked, queryset=unplaced).qs.in_walking_order())
    group = _group(asked)
    if group is None:
        return []
    homes = on_side(
        reach.managed().filter(**group), asked.get("side", "")
    ).in_walking_order()
    return list(homes)


def _ticked(asked: QueryDict) -> set[int]:
    return {pk for text in asked.getlist("homes") for pk in expanded(text)}


def _group(asked: QueryDict) -> dict[str, object] | None:
    """Return the condition for a street of a patch or ward, a whole patch, a block."""
    numbers = {
        key: whole_number(asked.get(key, "")) for key in ("patch", "ward", "block")
    }
    group: dict[str, object] = {}
    if numbers["block"]:
        group["block"] = numbers["block"]
    if numbers["patch"]:
        members = PatchMembership.objects.current().filter(patch=numbers["patch"])
        group["pk__in"] = members.values("property")
    if numbers["ward"]:
        group["ward"] = numbers["ward"]
    if street := asked.get("street", ""):
        group["street_key"] = street
    is_whole_ward = set(group) <= {"ward"}
    return None if is_whole_ward or set(group) == {"street_key"} else group
