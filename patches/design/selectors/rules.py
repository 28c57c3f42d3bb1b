"""Rules of a design, and the homes and patches they may be about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from patches.properties.models import Block, Property
from patches.register.models import Patch, PatchMembership

if TYPE_CHECKING:
    from patches.design.models import DesignRule, PatchDesign
    from patches.wards.models import Ward

_BETWEEN = re.compile(r"[,;\r\n\t]+")
# A street of a ward: its ward and its key.
StreetKey = tuple[int, str]


@dataclass
class FoundHomes:
    """Homes of a design named by UPRN or reference, and what was not understood."""

    ids: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def homes_of_design(design: PatchDesign) -> QuerySet[Property]:
    """Return the homes a design is about: managed that day, in its wards."""
    return Property.objects.managed_on(design.homes_on).filter(
        ward__in=design.wards.order_by().values("pk")
    )


def find_homes(design: PatchDesign, text: str) -> FoundHomes:
    """Return the homes a text names: UPRNs and references between commas or lines."""
    wanted = {_key(name): name for name in _names(text)}
    texts = {text for name in wanted.values() for text in (name, name.upper())}
    named = Property.objects.managed_on(design.homes_on).filter(
        Q(uprn__in=list(wanted)) | Q(reference__in=[*texts, *wanted])
    )
    inside = set(design.wards.order_by().values_list("pk", flat=True))
    rows: dict[str, dict[int, bool]] = {}
    for pk, uprn, reference, ward in named.order_by("pk").values_list(
        "pk", "uprn", "reference", "ward_id"
    ):
        for key in {_key(uprn or ""), _key(reference)}.intersection(wanted):
            rows.setdefault(key, {})[pk] = ward in inside
    found = FoundHomes()
    for key, name in wanted.items():
        own = rows.get(key, {})
        here = [pk for pk, is_inside in own.items() if is_inside]
        if len(here) > 1:
            found.unclear.append(name)
        elif here:
            found.ids += here
        else:
            (found.outside if own else found.unknown).append(name)
    found.ids = sorted(set(found.ids))
    return found


def _names(text: str) -> list[str]:
    """Return what stands between commas or on lines of its own, each once.

    Spaces part names too where every word has a digit: a reference may hold a space.
    """
    parts = [" ".join(part.split()) for part in _BETWEEN.split(text.replace("\0", ""))]
    words = [
        word
        for part in parts
        for word in (part.split() if _are_several(part) else [part])
    ]
    return list(dict.fromkeys(word for word in words if word))


def _are_several(part: str) -> bool:
    return all(any(mark.isdigit() for mark in word) for word in part.split())


def _key(name: str) -> str:
    """Return a name as compared: a UPRN without leading zeros, no capitals."""
    is_number = name.isascii() and name.isdigit()
    return (name.lstrip("0") or name) if is_number else name.casefold()


def homes_on_streets(design: PatchDesign, streets: Iterable[StreetKey]) -> list[int]:
    """Return the design's homes on some streets."""
    wanted = Q()
    for ward, key in streets:
        wanted |= Q(ward=ward, street_key=key)
    return _ids(homes_of_design(design).filter(wanted)) if wanted else []


def homes_in_blocks(design: PatchDesign, blocks: Collection[Block]) -> list[int]:
    """Return the design's homes in some blocks."""
    return _ids(homes_of_design(design).filter(block__in=blocks)) if blocks else []


def _ids(homes: QuerySet[Property]) -> list[int]:
    return list(homes.order_by("pk").values_list("pk", flat=True))


def list_streets(design: PatchDesign, ward: Ward) -> list[tuple[StreetKey, str, int]]:
    """Return the streets of a ward with homes of the design: key, name, how many."""
    rows = (
        homes_of_design(design)
        .filter(ward=ward)
        .order_by("street_key")
        .values_list("street_key", "street")
        .annotate(total=Count("pk"))
    )
    found: dict[str, tuple[StreetKey, str, int]] = {}
    for key, name, total in rows:
        _, first, so_far = found.get(key, (None, name, 0))
        found[key] = ((ward.pk, key), first, so_far + total)
    return list(found.values())


def list_patches(design: PatchDesign) -> QuerySet[Patch]:
    """Return the patches with homes of the design, and how many (`homes_here`)."""
    members = PatchMembership.objects.of_managed_homes(design.homes_on).filter(
        property__ward__in=design.wards.order_by().values("pk")
    )
    counted = (
        members.filter(patch=OuterRef("pk"))
        .order_by()
        .values("patch")
        .annotate(total=Count("pk"))
        .values("total")
    )
    return (
        Patch.objects.filter(pk__in=members.order_by().values("patch"))
        .annotate(homes_here=Subquery(counted))
        .select_related("ward")
        .order_by("ward__name", "code")
    )


def list_homes_of_rule(ids: Sequence[int]) -> QuerySet[Property]:
    """Return the homes of a rule in walking order."""
    homes = Property.objects.filter(pk__in=ids)
    return homes.select_related("ward").in_walking_order()


def wards_of_homes(ids: Collection[int]) -> dict[int, int]:
    """Return the ward of each home."""
    rows = Property.objects.filter(pk__in=list(ids)).order_by()
    return dict(rows.values_list("pk", "ward_id"))


def list_rules(design: PatchDesign) -> QuerySet[DesignRule]:
    """Return a design's rules in the order they were made."""
    return design.rules.select_related("patch").order_by("pk")
