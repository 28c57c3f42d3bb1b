"""What is asked about a councillor."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from patches.wards.models import Ward


class CouncillorForm(GovukForm):
    """How a councillor is called and reached, and since when they are in office."""

    widths = {"phone": "20", "email": "30"}

    name = forms.CharField(max_length=100)
    party = forms.CharField(max_length=60, required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Shown to everybody on the ward’s public page.",
    )
    phone = forms.CharField(
        label="Telephone",
        max_length=30,
        required=False,
        help_text="Shown to everybody on the ward’s public page.",
    )
    starts_on = forms.DateField(
        label="First day in office",
        help_text="For example, 7 5 2026",
        error_messages={"required": "Enter the first day in office"},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class NewCouncillorForm(CouncillorForm):
    field_order = ["ward", "name", "party", "email", "phone", "starts_on"]
    ward = forms.ModelChoiceField(Ward.objects.none(), widget=AutocompleteSelect)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, wards: QuerySet[Ward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards


class EditCouncillorForm(CouncillorForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class EndCouncillorForm(GovukForm):
    """The last day in office."""

    ends_on = forms.DateField(
        label="Last day in office",
        initial=today,
        help_text="From the next day they are named nowhere.",
        error_messages={"required": "Enter the last day in office"},
    )
