"""Filters of the list of drop-in sessions."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukForm
from patches.wards.models import Ward

from .models import DropIn


class _FilterForm(GovukForm):
    mark_optional = False


class DropInFilter(filters.FilterSet):
    """Sessions by ward and whether they are held."""

    ward = filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.defer("boundary").order_by("name"),
        empty_label="Every ward",
    )
    status = filters.ChoiceFilter(
        label="Held",
        method="with_status",
        choices=[("past", "No longer"), ("all", "At any time")],
        empty_label="Today or later",
    )

    class Meta:
        model = DropIn
        fields: list[str] = []
        form = _FilterForm

    def filter_queryset(self, queryset: QuerySet[DropIn]) -> QuerySet[DropIn]:
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("status"):
            queryset = queryset.from_day(today())
        return queryset

    def with_status(
        self, drop_ins: QuerySet[DropIn], name: str, value: str
    ) -> QuerySet[DropIn]:
        return drop_ins.ended() if value == "past" else drop_ins
