"""Filters of the list of councillors."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukForm
from patches.wards.models import Ward

from .models import Councillor


class _FilterForm(GovukForm):
    mark_optional = False


class CouncillorFilter(filters.FilterSet):
    """Councillors by name, ward and whether they are in office."""

    q = filters.CharFilter(label="Name", field_name="name", lookup_expr="icontains")
    ward = filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.defer("boundary").order_by("name"),
        empty_label="Every ward",
    )
    status = filters.ChoiceFilter(
        label="In office",
        method="with_status",
        choices=[("coming", "Later"), ("past", "Before"), ("all", "At any time")],
        empty_label="Today",
    )

    class Meta:
        model = Councillor
        fields: list[str] = []
        form = _FilterForm

    def filter_queryset(self, queryset: QuerySet[Councillor]) -> QuerySet[Councillor]:
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("status"):
            queryset = queryset.as_at(today())
        return queryset

    def with_status(
        self, councillors: QuerySet[Councillor], name: str, value: str
    ) -> QuerySet[Councillor]:
        if value == "coming":
            return councillors.upcoming()
        return councillors.ended() if value == "past" else councillors
