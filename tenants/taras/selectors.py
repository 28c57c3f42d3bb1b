"""Which association speaks for whom, who leads on it, and when it was last heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from housingplus.common.dates import today
from housingplus.common.numbers import whole_number
from officers.assignments.selectors import (
    leaders_of_teams,
    patches_answered_by,
    teams_of_wards,
)
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership

from .models import Tara, TaraBlock, TaraOfficer, TaraPatch, TaraStreet

if TYPE_CHECKING:
    from officers.directory.models import Officer
    from officers.teams.models import WardTeam
    from patches.wards.models import Ward

WEEKS_WITHOUT_CONTACT = 12


@dataclass(frozen=True)
class TaraPeople:
    """Who leads on an association on a day, and who liaises with it.

    Without a named lead the ward team's leader leads; `lead` is None only when the
    ward has no team or the team no leader.
    """

    lead: Officer | None
    is_named: bool
    team: WardTeam | None
    liaison: Officer | None


@dataclass(frozen=True)
class Part:
    """A street, block or patch an association speaks for, with its homes."""

    kind: str
    pk: int
    name: str
    home_count: int
    url: str = ""

    @property
    def key(self) -> str:
        """How an address names this part: "street-3"."""
        return f"{self.kind.lower()}-{self.pk}"


def homes_of_tara(tara: Tara, on: dt.date | None = None) -> QuerySet[Property]:
    """Return the managed homes an association speaks for on a day, each once."""
    day = on or today()
    in_patch = PatchMembership.objects.as_at(day).filter(
        patch__in=TaraPatch.objects.filter(tara=tara).values("patch")
    )
    on_street = TaraStreet.objects.filter(
        tara=tara, ward=OuterRef("ward"), street_key=OuterRef("street_key")
    )
    return (
        Property.objects.managed_on(day)
        .filter(
            Exists(on_street)
            | Q(block__in=TaraBlock.objects.filter(tara=tara).values("block"))
            | Q(pk__in=in_patch.values("property"))
        )
        .in_walking_order()
    )


def list_taras_for_property(
    home: Property, on: dt.date | None = None
) -> QuerySet[Tara]:
    """Return the open associations that speak for a home."""
    day = on or today()
    patches = PatchMembership.objects.as_at(day).filter(property=home).values("patch")
    speaks = Q(
        pk__in=TaraStreet.objects.filter(
            ward=home.ward_id, street_key=home.street_key
        ).values("tara")
    ) | Q(pk__in=TaraPatch.objects.filter(patch__in=patches).values("tara"))
    if home.block_id is not None:
        speaks |= Q(pk__in=TaraBlock.objects.filter(block=home.block_id).values("tara"))
    return Tara.objects.open_on(day).filter(speaks)


def list_taras_for_all_of(homes: Collection[Property], on: dt.date) -> list[Tara]:
    """Return the open associations that speak for every one of some homes, by name.

    Five queries, however many homes there are.
    """
    by_street = _taras_of(
        TaraStreet.objects.filter(street_key__in={home.street_key for home in homes}),
        "ward_id",
        "street_key",
    )
    blocks = {home.block_id for home in homes if home.block_id}
    by_block = _taras_of(TaraBlock.objects.filter(block__in=blocks), "block_id")
    patch_of = dict(
        PatchMembership.objects.as_at(on)
        .filter(property__in=homes)
        .values_list("property", "patch")
    )
    patches = set(patch_of.values())
    by_patch = _taras_of(TaraPatch.objects.filter(patch__in=patches), "patch_id")
    speaking = [
        by_street.get((home.ward_id, home.street_key), set())
        | by_block.get((home.block_id,), set())
        | by_patch.get((patch_of.get(home.pk),), set())
        for home in homes
    ]
    for_all = set.intersection(*speaking) if speaking else set()
    return list(Tara.objects.open_on(on).filter(pk__in=for_all).order_by("name"))


def list_taras_for_patch(patch: Patch, on: dt.date | None = None) -> QuerySet[Tara]:
    """Return the open associations that speak for a patch or for homes in it."""
    day = on or today()
    return Tara.objects.open_on(day).filter(_speaking_for([patch.pk], day))


def list_taras_for_officer(
    officer: Officer, on: dt.date | None = None
) -> QuerySet[Tara]:
    """Return the open associations an officer liaises with on a day.

    Those that speak for homes in the patches the officer answers for, and those where
    the officer is named as lead or liaison officer.
    """
    day = on or today()
    named = TaraOfficer.objects.as_at(day).filter(officer=officer).values("tara")
    patch_ids = list(patches_answered_by(officer, day).values_list("pk", flat=True))
    return Tara.objects.open_on(day).filter(
        Q(pk__in=named) | _speaking_for(patch_ids, day)
    )


def list_taras_without_contact(
    wards: QuerySet[Ward] | Iterable[Ward],
    weeks: int = WEEKS_WITHOUT_CONTACT,
    on: dt.date | None = None,
) -> QuerySet[Tara]:
    """Return open associations of some wards not heard from in `weeks` weeks.

    Longest first, never first of all; each has `last_contact_on`.
    """
    day = on or today()
    return (
        Tara.objects.open_on(day)
        .filter(ward__in=wards)
        .with_last_contact(day)
        .filter(not_heard_since(day - dt.timedelta(weeks=weeks)))
        .select_related("ward")
        .order_by(F("last_contact_on").asc(nulls_first=True), "name")
    )


def not_heard_since(day: dt.date) -> Q:
    """Return the condition "no contact on or after `day`", for `with_last_contact`."""
    return Q(last_contact_on__isnull=True) | Q(last_contact_on__lt=day)


def people_of_taras(taras: Iterable[Tara], on: dt.date) -> dict[int, TaraPeople]:
    """Return who leads on and liaises with each association; three queries for all.

    Who has left is named no more, so that the ward team leader leads again.
    """
    taras = list(taras)
    named: dict[tuple[int, str], Officer] = {
        (row.tara_id, row.kind): row.officer
        for row in TaraOfficer.objects.as_at(on)
        .filter(tara__in=[tara.pk for tara in taras])
        .exclude(officer__left_on__lt=on)
        .select_related("officer")
    }
    teams = teams_of_wards({tara.ward_id for tara in taras}, on)
    leaders = leaders_of_teams({team.pk for team in teams.values()}, on)
    found = {}
    for tara in taras:
        team = teams.get(tara.ward_id)
        lead = named.get((tara.pk, TaraOfficer.Kind.LEAD))
        found[tara.pk] = TaraPeople(
            lead=lead or (leaders.get(team.pk) if team else None),
            is_named=lead is not None,
            team=team,
            liaison=named.get((tara.pk, TaraOfficer.Kind.LIAISON)),
        )
    return found


def list_parts(tara: Tara, on: dt.date) -> list[Part]:
    """Return what an association speaks for; a home may be in several parts."""
    homes = Property.objects.managed_on(on)
    streets = tara.streets.select_related("ward").annotate(
        home_count=_how_many(
            homes.filter(ward=OuterRef("ward"), street_key=OuterRef("street_key"))
        )
    )
    blocks = tara.blocks.select_related("block").annotate(
        home_count=_how_many(homes.filter(block=OuterRef("block")))
    )
    patches = (
        Patch.objects.with_home_count(on)
        .filter(pk__in=tara.patches.order_by().values("patch"))
        .annotate(total=F("home_count"))
    )
    return [
        *(
            Part("Street", row.pk, f"{row.street}, {row.ward}", row.home_count)
            for row in streets
        ),
        *(
            Part(
                "Block",
                row.pk,
                row.block.name,
                row.home_count,
                row.block.get_absolute_url(),
            )
            for row in blocks
        ),
        *(
            Part(
                "Patch",
                patch.pk,
                str(patch),
                patch.total,
                patch.get_absolute_url(),
            )
            for patch in patches
        ),
    ]


def homes_of_part(tara: Tara, part: str, on: dt.date) -> QuerySet[Property]:
    """Return the homes of one part of an association's area: "street-3", "block-5".

    Any other text stands for the whole area.
    """
    kind, _, key = part.partition("-")
    homes = homes_of_tara(tara, on)
    if whole_number(key) is None:
        return homes
    if kind == "street":
        rows = tara.streets.filter(
            pk=key, ward=OuterRef("ward"), street_key=OuterRef("street_key")
        )
        return homes.filter(Exists(rows))
    if kind == "block":
        return homes.filter(block__in=tara.blocks.filter(pk=key).values("block"))
    if kind == "patch":
        inside = PatchMembership.objects.as_at(on).filter(
            patch__in=tara.patches.filter(patch=int(key)).values("patch")
        )
        return homes.filter(pk__in=inside.values("property"))
    return homes


def list_streets_of_ward(ward: Ward, on: dt.date) -> list[tuple[str, str, int]]:
    """Return the streets of a ward with managed homes: key, name, how many homes."""
    rows = (
        Property.objects.managed_on(on)
        .filter(ward=ward)
        .order_by("street_key")
        .values("street_key")
        .annotate(name=Min("street"), total=Count("pk"))
    )
    return [(row["street_key"], row["name"], row["total"]) for row in rows]


def _taras_of(parts: QuerySet[Any], *keys: str) -> dict[tuple[Any, ...], set[int]]:
    """Return which associations have each part: the part's keys to tara ids."""
    found: dict[tuple[Any, ...], set[int]] = {}
    for tara_id, *part in parts.order_by().values_list("tara_id", *keys):
        found.setdefault(tuple(part), set()).add(tara_id)
    return found


def _how_many(rows: QuerySet[Property]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(counted.annotate(total=Count("pk")).values("total")), 0)


def _speaking_for(patch_ids: list[int], day: dt.date) -> Q:
    """Return the condition "speaks for one of these patches, or for homes in one".

    The patches are few and given as numbers: SQLite's parser has little patience with
    subqueries inside subqueries.
    """
    inside = PatchMembership.objects.as_at(day).filter(patch__in=patch_ids)
    homes = Property.objects.filter(pk__in=inside.values("property")).order_by()
    same_street = homes.filter(ward=OuterRef("ward"), street_key=OuterRef("street_key"))
    whole = TaraPatch.objects.filter(patch__in=patch_ids)
    blocks = TaraBlock.objects.filter(block__in=homes.values("block"))
    streets = TaraStreet.objects.filter(Exists(same_street))
    return (
        Q(pk__in=whole.order_by().values("tara"))
        | Q(pk__in=blocks.order_by().values("tara"))
        | Q(pk__in=streets.order_by().values("tara"))
    )
