"""Filters of the lists of patches and of homes with no patch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet

from housingplus.common.dates import today
from housingplus.common.words import words_asked
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from patches.properties.models import Block, Property, PropertyType
from patches.properties.walking import street_key
from patches.wards.models import HousingArea, Ward

from .models import MovedHome, Patch, PatchMove

SIZES = [("under", "Under band"), ("in", "In band"), ("over", "Over band")]
ANSWERS = [
    ("person", "An officer"),
    ("cover", "An officer as cover"),
    ("none", "No officer"),
    ("team", "The ward team"),
    ("nobody", "Nobody: the ward has no team"),
]
SIDES = [("odds", "Odd numbers"), ("evens", "Even numbers")]


class FilterForm(GovukForm):
    """Every filter may be left empty, so none says so."""

    mark_optional = False


class PatchFilter(django_filters.FilterSet):
    """Patches; rows are annotated with size and answer before they come here."""

    q = django_filters.CharFilter(label="Code or name", method="with_text")
    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.all(),
        empty_label="Every ward",
        widget=AutocompleteSelect,
    )
    area = django_filters.ModelChoiceFilter(
        label="Housing area",
        field_name="ward__area",
        queryset=HousingArea.objects.all(),
        empty_label="Every area",
    )
    size = django_filters.ChoiceFilter(
        label="Size",
        field_name="band_state",
        choices=[*SIZES, ("out", "Out of band")],
        empty_label="Any size",
        method="with_size",
    )
    answered_by = django_filters.ChoiceFilter(
        label="Who answers", choices=ANSWERS, empty_label="Anyone", method="with_answer"
    )
    officer = django_filters.ChoiceFilter(
        label="Officer",
        field_name="answering_officer_id",
        empty_label="Every officer",
        widget=AutocompleteSelect,
    )
    as_at = django_filters.DateFilter(label="As at", method="leave_to_view")

    class Meta:
        model = Patch
        form = FilterForm
        fields: list[str] = []

    def __init__(
        self, *args: Any, officers: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filters["officer"].extra["choices"] = list(officers)

    def with_text(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        for word in words_asked(value):
            rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word))
        return rows

    def with_size(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "out":
            return rows.exclude(band_state="in")
        return rows.filter(band_state=value)

    def with_answer(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "person":
            return rows.filter(answering_officer_id__isnull=False)
        if value == "none":
            return rows.filter(answering_officer_id__isnull=True)
        return rows.filter(answer_kind=value)

    def leave_to_view(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """The view has read the day before it counted homes."""
        return rows


class UnplacedFilter(django_filters.FilterSet):
    """Homes with no patch."""

    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.all(),
        empty_label="Every ward",
        widget=AutocompleteSelect,
    )
    street = django_filters.CharFilter(label="Street", method="on_street")
    side = django_filters.ChoiceFilter(
        label="Side of the street",
        choices=SIDES,
        empty_label="Both sides",
        method="on_side",
    )
    postcode = django_filters.CharFilter(
        label="Postcode", field_name="postcode", method="in_postcode"
    )
    block = django_filters.ModelChoiceFilter(
        label="Block",
        queryset=Block.objects.all(),
        empty_label="Every block",
        widget=AutocompleteSelect,
    )
    property_type = django_filters.ChoiceFilter(
        label="Type", choices=PropertyType, empty_label="Every type"
    )

    class Meta:
        model = Property
        form = FilterForm
        fields: list[str] = []

    def on_street(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(street_key__contains=street_key(value))

    def on_side(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return on_side(rows, value)

    def in_postcode(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(postcode__istartswith=value.strip())


class MoveFilter(django_filters.FilterSet):
    """Moves into or out of a patch or ward, planned, in effect or undone."""

    patch = django_filters.ModelChoiceFilter(
        label="Patch",
        queryset=Patch.objects.all(),
        empty_label="Every patch",
        widget=AutocompleteSelect,
        method="of_patch",
    )
    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.all(),
        empty_label="Every ward",
        widget=AutocompleteSelect,
        method="of_ward",
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("planned", "Planned"), ("done", "Done"), ("undone", "Undone")],
        empty_label="Any state",
        method="in_state",
    )

    class Meta:
        model = PatchMove
        form = FilterForm
        fields: list[str] = []

    def of_patch(self, rows: QuerySet, name: str, value: Patch) -> QuerySet:
        out = MovedHome.objects.filter(from_patch=value).values("move")
        return rows.filter(Q(to_patch=value) | Q(pk__in=out))

    def of_ward(self, rows: QuerySet, name: str, value: Ward) -> QuerySet:
        out = MovedHome.objects.filter(from_patch__ward=value).values("move")
        return rows.filter(Q(to_patch__ward=value) | Q(pk__in=out))

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "undone":
            return rows.filter(undone_at__isnull=False)
        standing = rows.filter(undone_at__isnull=True)
        if value == "planned":
            return standing.filter(starts_on__gt=today())
        return standing.filter(starts_on__lte=today())


def on_side(homes: QuerySet[Property], side: str) -> QuerySet[Property]:
    """Return the homes with odd or even building numbers; other sides are all."""
    parity = {"odds": 1, "evens": 0}.get(side)
    if parity is None:
        return homes
    return homes.annotate(parity=F("house_number") % 2).filter(parity=parity)
