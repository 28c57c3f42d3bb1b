"""Looking for homes, households and everything else a person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    CharField,
    Exists,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Lower, Replace

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.design.models import DesignPatch, PatchDesign
from patches.properties.models import Block, Property, PropertyWord
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward
from tenants.households.indexing import sounds_of
from tenants.households.models import Household, HouseholdMember, HouseholdWord
from tenants.taras.models import Tara

from .terms import Match, Query, Term

if TYPE_CHECKING:
    from officers.accounts.models import User

_LOOKUPS = {Match.EXACT: "exact", Match.NUMBER: "numbered", Match.PREFIX: "prefix"}
# Counting stops here when the rarest term is looked for.
_COMMON = 5_000
# Fewer households than this, and names that sound alike are looked for too.
_FEW = 5
# Written forms of a code: "KS-04", "KS 04", "KS/04".
_MARKS = ("-", " ", "/", ".")


@dataclass(frozen=True)
class Group:
    """One kind of thing to search: its key in the address, name and look-up."""

    key: str
    label: str
    permission: Permission
    find: Callable[[Query, User], QuerySet[Any]]


def find_exact(query: Query, user: User) -> Model | None:
    """Return the one record the text identifies, if it does.

    A UPRN, a landlord's reference, a patch code, or a full postcode of one home.
    """
    if not query.joined or not user.has_permission(Permission.VIEW_PLACES):
        return None
    patches = list(_patches_by_code().filter(plain_code=query.joined)[:2])
    word = query.postcode or query.identifier
    named = Property.objects.filter(
        pk__in=PropertyWord.objects.filter(word=word).values("property")
    )
    homes = [
        home
        for home in named.order_by("pk")[:20]
        if query.postcode
        or query.identifier in {home.uprn, home.reference.strip().casefold()}
        or query.identifier == (home.uprn or "").lstrip("0")
    ]
    found: list[Model] = [*patches, *homes]
    return found[0] if len(found) == 1 else None


def find_homes(query: Query, user: User) -> QuerySet[Property]:
    """Homes whose address, postcode, UPRN or reference has every term."""
    terms = _rarest_first(query.terms, PropertyWord.objects.all())
    homes = Property.objects.in_walking_order()
    if not terms:
        return homes.none()
    first = PropertyWord.objects.filter(words_found_by(terms[0]))
    found = Q(pk__in=first.values("property"))
    for term in terms[1:]:
        found &= Q(_address_has(term, home="pk"))
    if query.may_be_reference:
        begun = PropertyWord.objects.filter(word__prefix=query.identifier)
        found |= Q(pk__in=begun.values("property"))
    return homes.filter(found)


def find_households(query: Query, user: User) -> QuerySet[Household]:
    """Households the person may see, by name; other terms may be of the address.

    Names begin with the terms; when there are few, names that sound alike count too.
    """
    visible = Household.objects.visible_to(user).from_day(today())
    by_name = _households_by_name(visible, query.terms)
    if by_name is None:
        return _households_by_sound(visible, query.terms)
    if len(by_name.order_by().values("pk")[:_FEW]) < _FEW:
        alike = _households_by_sound(visible, query.terms)
        by_name = visible.filter(
            Q(pk__in=by_name.order_by().values("pk"))
            | Q(pk__in=alike.order_by().values("pk"))
        )
    return by_name.order_by("property__street_key", "property__walk_key", "pk")


def find_patches(query: Query, user: User) -> QuerySet[Patch]:
    """Patches by code, with or without its marks, or by words of the name."""
    patches = _patches_by_code()
    return patches.filter(
        Q(plain_code__contains=query.joined) | _has_words(query, "name")
    ).order_by("code")


def find_officers(query: Query, user: User) -> QuerySet[Officer]:
    return Officer.objects.filter(_has_words(query, "name")).order_by("name", "pk")


def find_teams(query: Query, user: User) -> QuerySet[WardTeam]:
    return WardTeam.objects.filter(_has_words(query, "name")).order_by("name")


def find_wards(query: Query, user: User) -> QuerySet[Ward]:
    return Ward.objects.filter(
        _has_words(query, "name") | Q(code__iexact=query.text)
    ).order_by("name")


def find_blocks(query: Query, user: User) -> QuerySet[Block]:
    return Block.objects.filter(_has_words(query, "name")).order_by("name", "pk")


def find_taras(query: Query, user: User) -> QuerySet[Tara]:
    return Tara.objects.filter(_has_words(query, "name")).order_by("name")


def find_designs(query: Query, user: User) -> QuerySet[PatchDesign]:
    """Designs the person may see, by name or by the whole code of a new patch in one.

    The codes of patches there are already find those patches instead.
    """
    new = _by_code(DesignPatch.objects.filter(continues__isnull=True))
    drawn = new.filter(alternative__design=OuterRef("pk"), plain_code=query.joined)
    return (
        PatchDesign.objects.visible_to(user)
        .filter(_has_words(query, "name") | Q(Exists(drawn)))
        .order_by("-created_at", "-pk")
    )


GROUPS: tuple[Group, ...] = (
    Group("homes", "Homes", Permission.VIEW_PLACES, find_homes),
    Group("households", "Households", Permission.VIEW_HOUSEHOLDS, find_households),
    Group("patches", "Patches", Permission.VIEW_PLACES, find_patches),
    Group("officers", "Officers", Permission.VIEW_OFFICERS, find_officers),
    Group("teams", "Ward teams", Permission.VIEW_OFFICERS, find_teams),
    Group("taras", "TARAs", Permission.VIEW_TARAS, find_taras),
    Group("blocks", "Blocks", Permission.VIEW_PLACES, find_blocks),
    Group("wards", "Wards", Permission.VIEW_PLACES, find_wards),
    Group("designs", "Patch designs", Permission.VIEW_DESIGNS, find_designs),
)


def groups_for(user: User) -> list[Group]:
    """Return the groups the person may search."""
    return [group for group in GROUPS if user.has_permission(group.permission)]


def with_names(households: QuerySet[Household]) -> QuerySet[Household]:
    """Load what a household's result shows."""
    members = HouseholdMember.objects.from_day(today()).select_related("person")
    return households.select_related("property").prefetch_related(
        Prefetch("members", queryset=members)
    )


def patches_of(homes: list[Property]) -> dict[int, Patch]:
    """Return today's patch of each home that has one: home id to patch."""
    rows = PatchMembership.objects.as_at(today()).filter(property__in=homes)
    return {row.property_id: row.patch for row in rows.select_related("patch")}


def words_found_by(term: Term) -> Q:
    """Return the condition on `word`: points or ranges of its index."""
    return Q(**{f"word__{_LOOKUPS[term.match]}": term.text})


def _rarest_first(terms: tuple[Term, ...], words: QuerySet[Any]) -> list[Term]:
    """Return the terms with the one that finds least first, so that it leads."""
    counts = {
        term: words.filter(words_found_by(term))[:_COMMON].count() for term in terms
    }
    return sorted(terms, key=lambda term: (counts[term], -len(term.text)))


def _address_has(term: Term, *, home: str) -> Exists:
    return Exists(
        PropertyWord.objects.filter(words_found_by(term), property=OuterRef(home))
    )


def _name_has(term: Term) -> Exists:
    return Exists(
        HouseholdWord.objects.filter(
            words_found_by(term), is_sound=False, household=OuterRef("pk")
        )
    )


def _households_by_name(
    visible: QuerySet[Household], terms: tuple[Term, ...]
) -> QuerySet[Household] | None:
    names = HouseholdWord.objects.filter(is_sound=False)
    likely = [term for term in terms if term.is_name_like]
    counts = {
        term: names.filter(words_found_by(term))[:_COMMON].count() for term in likely
    }
    named = sorted((count, term.text, term) for term, count in counts.items() if count)
    if not named:
        return None
    leading = named[0][2]
    found = names.filter(words_found_by(leading))
    households = visible.filter(pk__in=found.values("household"))
    for term in terms:
        if term is not leading:
            at_home = _address_has(term, home="property_id")
            households = households.filter(
                Q(_name_has(term)) | Q(at_home) if term.is_name_like else Q(at_home)
            )
    return households


def _households_by_sound(
    visible: QuerySet[Household], terms: tuple[Term, ...]
) -> QuerySet[Household]:
    sounds = [sounds_of([term.text]) for term in terms]
    if not terms or not all(sounds):
        return visible.none()
    for keys in sounds:
        alike = HouseholdWord.objects.filter(word__in=sorted(keys), is_sound=True)
        visible = visible.filter(pk__in=alike.values("household"))
    return visible.order_by("property__street_key", "property__walk_key", "pk")


def _patches_by_code() -> QuerySet[Any]:
    return _by_code(Patch.objects.all())


def _by_code(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `plain_code`: in lower case, without marks."""
    plain: Any = "code"
    for mark in _MARKS:
        plain = Replace(plain, Value(mark), Value(""), output_field=CharField())
    return rows.annotate(plain_code=Lower(plain))


def _has_words(query: Query, field: str) -> Q:
    """Every word typed is somewhere in a short table's `field`."""
    condition = Q()
    for term in query.terms:
        condition &= Q(**{f"{field}__icontains": term.text})
    return condition if query.terms else Q(pk__in=[])
