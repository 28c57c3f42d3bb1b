"""Filters and forms of the pages that look back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from housingplus.govuk.filters import TickFilter
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from patches.design.models import DesignReview, ReviewDecision
from patches.design.months import Month, month_from, months_before
from patches.design.selectors.reviews import in_state
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


class ReviewFilter(django_filters.FilterSet):
    """Reviews by how far they are."""

    state = django_filters.ChoiceFilter(
        label="State",
        empty_label="Any state",
        choices=[
            ("due", "Due in the next 30 days, or overdue"),
            ("upcoming", "Upcoming"),
            ("decided", "Decided"),
            ("superseded", "Superseded by a later design"),
        ],
        method="with_state",
    )

    class Meta:
        model = DesignReview
        form = FilterForm
        fields: list[str] = []

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def with_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return in_state(rows, value, self.day)


class ProposalsForm(GovukForm):
    """What is proposed after looking at the evidence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    proposals = forms.CharField(
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="What should change, where, and who should be asked.",
    )


class DecisionForm(GovukForm):
    """The decision on the evidence."""

    choice_hints = {
        "decision": {
            ReviewDecision.KEEP: "Nothing changes; the next design is made when needed",
            ReviewDecision.ADJUST: (
                "The next page is a new design with as many patches as now"
            ),
            ReviewDecision.REDRAW: "The next page is a new design of the same wards",
        }
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="What is to happen?",
        choices=ReviewDecision.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why?", max_length=4_000, widget=forms.Textarea(attrs={"rows": 5})
    )
