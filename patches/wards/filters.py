"""Filters of the list of wards."""

from __future__ import annotations

import django_filters

from patches.register.filters import FilterForm

from .models import HousingArea, Ward


class WardFilter(django_filters.FilterSet):
    """Wards by name, and by housing area."""

    q = django_filters.CharFilter(
        label="Name", field_name="name", lookup_expr="icontains"
    )
    area = django_filters.ModelChoiceFilter(
        label="Housing area",
        queryset=HousingArea.objects.all(),
        empty_label="Every area",
    )

    class Meta:
        model = Ward
        form = FilterForm
        fields: list[str] = []
