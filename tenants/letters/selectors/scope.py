"""Which homes a run is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from housingplus.common.permissions import Permission
from officers.assignments.scope import patches_run_by, wards_run_by
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership
from patches.wards.models import HousingArea, Ward
from tenants.letters.models import LetterRun, ScopeKind
from tenants.taras.models import Tara
from tenants.taras.selectors import homes_of_tara

if TYPE_CHECKING:
    import datetime as dt

    from officers.accounts.models import User


def homes_in_scope(run: LetterRun) -> QuerySet[Property]:
    """Every managed home the run is about on its day, by id."""
    homes = Property.objects.managed_on(run.dated)
    return homes_of(homes, run.scope_kind, run.scope_ids, run.dated).order_by("pk")


def homes_of(
    homes: QuerySet[Property], kind: str, ids: Sequence[int], day: dt.date
) -> QuerySet[Property]:
    """Narrow homes to a scope on a day."""
    if kind == ScopeKind.PATCHES:
        inside = PatchMembership.objects.as_at(day).filter(patch__in=ids)
        return homes.filter(pk__in=inside.values("property"))
    if kind == ScopeKind.WARDS:
        return homes.filter(ward__in=ids)
    if kind == ScopeKind.AREA:
        return homes.filter(ward__area__in=ids)
    if kind == ScopeKind.TARA:
        spoken_for = Q(pk__in=[])
        for tara in Tara.objects.filter(pk__in=ids):
            spoken_for |= Q(pk__in=homes_of_tara(tara, day).values("pk"))
        return homes.filter(spoken_for)
    return homes


def scope_choices(user: User, kind: str) -> QuerySet:
    """What the person may choose from for a kind of scope: only what they run."""
    wards = wards_run_by(user)
    if kind == ScopeKind.PATCHES:
        return (
            patches_run_by(user).select_related("ward").order_by("ward__name", "code")
        )
    if kind == ScopeKind.WARDS:
        return wards
    if kind == ScopeKind.AREA:
        others = Ward.objects.exclude(pk__in=wards.values("pk"))
        return (
            HousingArea.objects.filter(wards__isnull=False)
            .exclude(wards__in=others.values("pk"))
            .distinct()
        )
    if kind == ScopeKind.TARA:
        return Tara.objects.filter(ward__in=wards, closed_on__isnull=True)
    return Patch.objects.none()


def scope_kinds(user: User) -> list[ScopeKind]:
    """Kinds of scope the person has something to choose from."""
    kinds = [
        kind
        for kind in (
            ScopeKind.PATCHES,
            ScopeKind.WARDS,
            ScopeKind.AREA,
            ScopeKind.TARA,
        )
        if scope_choices(user, kind).exists()
    ]
    if user.has_permission(Permission.ALL_WARDS):
        kinds.append(ScopeKind.ALL)
    return kinds


def scope_names(kind: str, ids: Sequence[int]) -> list[str]:
    """Names of what a run is about, for its page."""
    if kind == ScopeKind.ALL:
        return ["All homes"]
    models = {
        ScopeKind.PATCHES: Patch,
        ScopeKind.WARDS: Ward,
        ScopeKind.AREA: HousingArea,
        ScopeKind.TARA: Tara,
    }
    rows = models[ScopeKind(kind)].objects.filter(pk__in=ids)  # type: ignore[attr-defined]
    return [str(row) for row in rows]
