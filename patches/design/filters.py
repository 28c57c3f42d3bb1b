"""Filters of the lists of designs, of drawn patches and of homes of a design."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import AutocompleteSelect
from patches.register.filters import FilterForm
from patches.wards.models import Ward

from .models import PatchDesign

STATES = [
    ("draft", "Draft"),
    ("proposed", "Proposed"),
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
