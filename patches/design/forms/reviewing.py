"""Filters of the pages that look back: by ward, month, and what is off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet

from housingplus.govuk.filters import TickFilter
from housingplus.govuk.forms import AutocompleteSelect
from patches.design.months import Month, month_from, months_before
from patches.register.filters import FilterForm
from patches.register.models import Patch
from patches.wards.models import Ward

# How far back a single month may be chosen.
MONTHS_BACK = 24


class WorkFilter(django_filters.FilterSet):
    """Patches by ward, and the month to look at: if none is chosen, the last twelve."""

    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.all(),
        empty_label="Every ward",
        widget=AutocompleteSelect,
    )
    month = django_filters.ChoiceFilter(
        label="Month", empty_label="The last 12 months", method="leave_to_view"
    )

    class Meta:
        model = Patch
        form = FilterForm
        fields: list[str] = []

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.filters["month"].extra["choices"] = [
            (month.key, str(month))
            for month in reversed(months_before(day, MONTHS_BACK))
        ]

    @property
    def months(self) -> list[Month]:
        """The months asked for, in order."""
        key = self.form.cleaned_data.get("month") if self.form.is_valid() else ""
        month = month_from(key or "")
        return months_before(self.day) if month is None else [month]

    def leave_to_view(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """The month says what is compared, not which patches."""
        return rows


class PatchWorkFilter(WorkFilter):
    """The same with only those off by more than chance, when asked."""

    off = TickFilter(label="Only those off by more than chance", method="leave_to_view")


class DriftFilter(django_filters.FilterSet):
    """Patches in force by ward, and by what they are warned of."""

    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.all(),
        empty_label="Every ward",
        widget=AutocompleteSelect,
    )
    what = django_filters.ChoiceFilter(
        label="Warning",
        empty_label="Any warning",
        choices=[
            ("soon", "Leaves its band in the next 12 months"),
            ("out", "Out of band now"),
            ("empty", "Many empty homes"),
            ("work", "Work has changed"),
            ("all", "With a warning or without"),
        ],
        method="leave_to_view",
    )

    class Meta:
        model = Patch
        form = FilterForm
        fields: list[str] = []

    @property
    def what_asked(self) -> str:
        return self.form.cleaned_data["what"] if self.form.is_valid() else ""

    def leave_to_view(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """What a patch is warned of is worked out, not looked up."""
        return rows
