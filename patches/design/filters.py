"""Filters of the lists of designs, of drawn patches and of homes of a design."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet

from housingplus.common.dates import today
from housingplus.common.words import words_asked
from housingplus.govuk.forms import AutocompleteSelect
from patches.register.filters import FilterForm
from patches.register.models import Patch
from patches.wards.models import Ward

from .models import (
    AlternativeKind,
    DesignAlternative,
    DesignHome,
    DesignPatch,
    DesignUnit,
    PatchDesign,
)
from .selectors.adjusting import matching_places
from .selectors.alternatives import moving

STATES = [
    ("draft", "Draft"),
    ("proposed", "Proposed"),
    ("open", "Proposed and open for comment"),
    ("approved", "Approved"),
    ("scheduled", "Scheduled"),
    ("in_force", "In force"),
    ("superseded", "Superseded"),
    ("withdrawn", "Withdrawn"),
]


class DesignFilter(django_filters.FilterSet):
    """Designs by name, state and ward."""

    q = django_filters.CharFilter(
        label="Name", field_name="name", lookup_expr="icontains"
    )
    state = django_filters.MultipleChoiceFilter(
        label="State",
        choices=STATES,
        widget=forms.CheckboxSelectMultiple,
        method="in_state",
    )
    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        field_name="wards",
        queryset=Ward.objects.all(),
        empty_label="Every ward",
        widget=AutocompleteSelect,
    )

    class Meta:
        model = PatchDesign
        form = FilterForm
        fields: list[str] = []

    def in_state(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return rows
        wanted = Q()
        for state in value:
            found = PatchDesign.objects.in_state(state, today())
            wanted |= Q(pk__in=found.order_by().values("pk"))
        return rows.filter(wanted)


SIZES = [("under", "Under band"), ("in", "In band"), ("over", "Over band")]
GAPS = [("2", "Within 2 %"), ("5", "Within 5 %"), ("10", "Within 10 %")]


class DrawnPatchFilter(django_filters.FilterSet):
    """Patches of an alternative."""

    q = django_filters.CharFilter(label="Code or name", method="with_text")
    area = django_filters.ModelChoiceFilter(
        label="Ward team", queryset=DesignPatch.objects.none(), empty_label="Every team"
    )
    size = django_filters.ChoiceFilter(
        label="Size", choices=SIZES, empty_label="Any size", method="with_size"
    )
    within = django_filters.ChoiceFilter(
        label="From the mean",
        choices=[*GAPS, ("outside", "Outside the limit")],
        empty_label="Any distance",
        method="within_gap",
    )
    whole = django_filters.ChoiceFilter(
        label="Pieces",
        choices=[("yes", "In one piece"), ("no", "In several pieces")],
        empty_label="Any number",
        method="in_pieces",
    )
    kind = django_filters.ChoiceFilter(
        label="Goes on",
        choices=[("goes_on", "A patch of today"), ("new", "A new patch")],
        empty_label="Any patch",
        method="of_kind",
    )

    class Meta:
        model = DesignPatch
        form = FilterForm
        fields: list[str] = []

    def __init__(self, *args, alternative: DesignAlternative, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.filters["area"].queryset = alternative.design.areas.order_by("name")

    def with_text(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        for word in words_asked(value):
            rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word))
        return rows

    def with_size(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        under, over = Q(home_count__lt=F("band_min")), Q(home_count__gt=F("band_max"))
        if value == "in":
            return rows.exclude(under | over)
        return rows.filter(under if value == "under" else over)

    def within_gap(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "outside":
            return rows.exclude(why_outside="")
        limit = int(value) / 100 + 1e-9
        return rows.filter(deviation__gte=-limit, deviation__lte=limit)

    def in_pieces(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(is_whole=value == "yes")

    def of_kind(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(continues__isnull=value == "new")


class DesignHomeFilter(django_filters.FilterSet):
    """Homes of a design; rows are annotated by `list_homes` and `with_leads`."""

    change = django_filters.ChoiceFilter(
        label="What changes",
        choices=[
            ("moves", "Changes patch"),
            ("officer", "Officer changes"),
            ("joins", "Joins its patch from elsewhere"),
            ("stays", "Stays in its patch"),
            ("first", "In no patch now"),
            ("none", "On the map, in no patch"),
            ("unplaced", "Not on the map"),
        ],
        empty_label="Every home",
        method="with_change",
    )
    now = django_filters.ModelChoiceFilter(
        label="Patch now",
        field_name="patch",
        queryset=DesignPatch.objects.none(),
        empty_label="Every patch",
        widget=AutocompleteSelect,
    )
    then = django_filters.ModelChoiceFilter(
        label="Patch in the design",
        queryset=DesignPatch.objects.none(),
        empty_label="Every patch",
        widget=AutocompleteSelect,
        method="in_drawn",
    )
    q = django_filters.CharFilter(label="Street or postcode", method="at")

    class Meta:
        model = DesignHome
        form = FilterForm
        fields: list[str] = []

    def __init__(self, *args, alternative: DesignAlternative, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        homes = DesignHome.objects.filter(design=alternative.design_id)
        self.filters["now"].queryset = Patch.objects.filter(
            pk__in=homes.order_by().values("patch").distinct()
        ).order_by("code")
        self.filters["then"].queryset = alternative.patches.order_by("code")
        self.is_as_now = alternative.kind == AlternativeKind.AS_NOW

    def with_change(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if self.is_as_now and value in {"moves", "joins", "officer"}:
            return rows.none()
        placed = rows.filter(drawn_patch_id__isnull=False)
        if value == "moves":
            return rows.filter(moving(), unit__isnull=False)
        if value == "officer":
            return placed.exclude(lead_now=F("lead_then"))
        if value == "joins":
            return placed.filter(moving() | Q(patch__isnull=True))
        if value == "stays":
            return placed.filter(patch=F("drawn_continues"))
        if value == "first":
            return rows.filter(patch__isnull=True)
        if value == "none":
            return rows.filter(unit__isnull=False, drawn_patch_id__isnull=True)
        return rows.filter(unit__isnull=True)

    def in_drawn(self, rows: QuerySet, name: str, value: DesignPatch) -> QuerySet:
        return rows.filter(drawn_patch_id=value.pk)

    def at(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(property__street_key__startswith=value.strip().casefold())
            | Q(property__postcode__istartswith=value.strip())
        )


class PlaceFilter(django_filters.FilterSet):
    """Streets and blocks of an area; rows are annotated by `list_places`.

    `find` returns the keys of the homes that an address or postcode finds.
    """

    q = django_filters.CharFilter(label="Street, postcode or address", method="at")
    patch = django_filters.MultipleChoiceFilter(
        label="In patch", widget=forms.CheckboxSelectMultiple, method="in_patch"
    )

    class Meta:
        model = DesignUnit
        form = FilterForm
        fields: list[str] = []

    def __init__(
        self,
        *args,
        patches: Iterable[DesignPatch],
        find: Callable[[str], QuerySet],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.filters["patch"].extra["choices"] = [
            *((str(patch.pk), patch.code) for patch in patches),
            ("none", "No patch"),
        ]

    def at(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return matching_places(rows, value, self.find(value))

    def in_patch(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return rows
        wanted = Q(drawn_patch_id__in=[int(key) for key in value if key != "none"])
        if "none" in value:
            wanted |= Q(drawn_patch_id__isnull=True)
        return rows.filter(wanted)
