"""Forms of assumption sets, their rates and kinds of work."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukDateField, GovukForm
from patches.design.models import AssumptionSet, WorkBasis, WorkNature, WorkType
from patches.properties.models import PropertyType
from patches.wards.models import HousingArea


def _days(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=Decimal(0),
        max_value=Decimal(150),
        max_digits=4,
        decimal_places=1,
    )


class NameForm(GovukForm):
    """What a set is called, when it was agreed, and where its figures come from."""

    widths = {"name": "two-thirds"}

    name = forms.CharField(max_length=80, help_text="For example, Agreed April 2027.")
    dated = GovukDateField(
        label="When were these agreed?",
        help_text="For example, 27 3 2026.",
        initial=today,
        error_messages={"required": "Enter the date they were agreed"},
    )
    notes = forms.CharField(
        label="Where do the figures come from?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say which are measured and which are assumed.",
    )


class SetForm(NameForm):
    """A set: its name, a full-time officer's time, records, band."""

    widths = {
        "name": "two-thirds",
        "weekly_hours": "5",
        "leave_days": "5",
        "sickness_days": "5",
        "training_days": "5",
        "other_percent": "5",
        "prior_years": "5",
        "band_min": "5",
        "band_max": "5",
    }
    suffixes = {
        "weekly_hours": "hours",
        "leave_days": "days",
        "sickness_days": "days",
        "training_days": "days",
        "other_percent": "%",
        "prior_years": "years",
        "band_min": "homes",
        "band_max": "homes",
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    weekly_hours = forms.DecimalField(
        label="Hours a week",
        help_text="Contracted hours of a full-time officer.",
        min_value=Decimal(1),
        max_value=Decimal(60),
        max_digits=4,
        decimal_places=2,
    )
    leave_days = _days("Leave and bank holidays", "Days a year.")
    sickness_days = _days("Sickness", "Days a year.")
    training_days = _days("Training", "Days a year.")
    other_percent = forms.DecimalField(
        label="Travel, supervision and team meetings",
        help_text="Per cent of the time at work.",
        min_value=Decimal(0),
        max_value=Decimal(90),
        max_digits=4,
        decimal_places=1,
    )
    prior_years = forms.DecimalField(
        label="Years until a home’s own record counts as much as its area’s",
        help_text="The more years, the less one bad month says about a home.",
        min_value=Decimal("0.1"),
        max_value=Decimal(20),
        max_digits=4,
        decimal_places=2,
    )
    band_min = forms.IntegerField(
        label="Smallest patch of average homes", min_value=1, max_value=5_000
    )
    band_max = forms.IntegerField(
        label="Largest patch of average homes", min_value=1, max_value=5_000
    )


class RateForm(GovukForm):
    """What one kind of work takes and how often it comes."""

    widths = {"officer_minutes": "5", "back_office_minutes": "5", "per_year": "5"}
    suffixes = {
        "officer_minutes": "minutes",
        "back_office_minutes": "minutes",
        "per_year": "times a year",
    }
    choice_hints = {
        "basis": {
            WorkBasis.BLOCK: "Shared equally among the homes of the block",
            WorkBasis.PATCH: "Once for each patch, whatever homes are in it",
        },
        "nature": {
            WorkNature.REACTIVE: "What is recorded of homes counts",
            WorkNature.PROACTIVE: "So many a year, whatever is recorded. Work of "
            "blocks and patches is always planned",
        },
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    work_type = forms.ModelChoiceField(WorkType.objects.none(), label="Kind of work")
    basis = forms.ChoiceField(
        label="What is it counted by?",
        choices=WorkBasis.choices,
        widget=forms.RadioSelect,
        initial=WorkBasis.HOME,
    )
    nature = forms.ChoiceField(
        label="Does it come by itself, or is it planned?",
        choices=[
            (WorkNature.REACTIVE, "It comes by itself"),
            (WorkNature.PROACTIVE, "It is planned"),
        ],
        widget=forms.RadioSelect,
        initial=WorkNature.REACTIVE,
    )
    officer_minutes = forms.IntegerField(
        label="Patch officer’s time for each",
        min_value=0,
        max_value=10_000,
        help_text="With travel to it and writing it up.",
    )
    back_office_minutes = forms.IntegerField(
        label="Back office’s time for each", min_value=0, max_value=10_000, initial=0
    )
    per_year = forms.DecimalField(
        label="How often does it come?",
        help_text="For each home, block or patch, where nothing is recorded.",
        min_value=Decimal(0),
        max_value=Decimal(10_000),
        max_digits=8,
        decimal_places=3,
    )

    def __init__(
        self, *args: Any, assumptions: AssumptionSet | None = None, **kwargs: Any
    ) -> None:
        """`assumptions` is given to add a kind of work the set does not have yet."""
        super().__init__(*args, **kwargs)
        if assumptions is None:
            del self.fields["work_type"]
        else:
            self.fields["work_type"].queryset = WorkType.objects.exclude(
                rates__assumptions=assumptions
            )


class AreaRateForm(GovukForm):
    """How often work comes in an area, for a type of home, or both."""

    widths = {"per_year": "5"}
    suffixes = {"per_year": "times a year"}

    area = forms.ModelChoiceField(
        HousingArea.objects.order_by("name"),
        label="Housing area",
        required=False,
        empty_label="Every area",
    )
    property_type = forms.ChoiceField(
        label="Type of home",
        required=False,
        choices=[("", "Every type"), *PropertyType.choices],
    )
    per_year = forms.DecimalField(
        label="How often does it come there?",
        min_value=Decimal(0),
        max_value=Decimal(10_000),
        max_digits=8,
        decimal_places=3,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("area") or cleaned.get("property_type")):
            self.add_error("area", "Select an area, a type of home, or both")
        return cleaned


class WorkTypeForm(GovukForm):
    """A kind of work: its name, and who does its back office."""

    widths = {"name": "two-thirds", "service": "two-thirds", "order": "4"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        max_length=60, help_text="As lists of work call it. For example, Rent arrears."
    )
    service = forms.CharField(
        label="Back-office service",
        max_length=60,
        required=False,
        help_text="Who does the back-office part. For example, Income.",
    )
    order = forms.IntegerField(
        label="Place in lists",
        min_value=0,
        max_value=30_000,
        initial=100,
        help_text="A lower number comes first.",
    )


class ChooseSetForm(GovukForm):
    """By which assumptions a page of results is worked out."""

    mark_optional = False

    set = forms.ModelChoiceField(
        AssumptionSet.objects.filter(is_archived=False),
        label="By which assumptions?",
        required=False,
        empty_label="The default set",
    )


class CompareForm(GovukForm):
    """Two sets to look at side by side."""

    first = forms.ModelChoiceField(AssumptionSet.objects.all(), label="First set")
    second = forms.ModelChoiceField(AssumptionSet.objects.all(), label="Second set")
