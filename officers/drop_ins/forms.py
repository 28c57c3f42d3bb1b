"""What is asked about a drop-in session."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from patches.wards.models import Ward

from .models import Weekday

_MARKS = {"midday": "12:00", "noon": "12:00"}


class ClockField(forms.TimeField):
    """A time of the day as people type it: 10am, 2.30 pm, 14:30, midday."""

    default_error_messages = {
        "invalid": "Enter a time, for example 10am or 2:30pm",
    }
    widget = forms.TimeInput(format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%H:%M", "%I%p", "%I:%M%p", "%H:%M:%S"]
        super().__init__(input_formats=formats, **kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, str):
            value = value.casefold().replace(".", ":").replace(" ", "")
            value = _MARKS.get(value, value)
        return super().to_python(value)


class DropInForm(GovukForm):
    """Where and when a ward's team can be met."""

    widths = {"opens_at": "5", "closes_at": "5"}

    place = forms.CharField(
        max_length=100, help_text="For example, Harbour community centre"
    )
    address = forms.CharField(max_length=200, required=False)
    weekday = forms.TypedChoiceField(
        label="Day", choices=Weekday.choices, coerce=int, widget=forms.RadioSelect
    )
    opens_at = ClockField(
        label="Opens at",
        help_text="For example, 10am",
        error_messages={"required": "Enter the time it opens"},
    )
    closes_at = ClockField(
        label="Closes at",
        help_text="For example, 12:30pm",
        error_messages={"required": "Enter the time it closes"},
    )
    note = forms.CharField(
        label="What else people should know",
        max_length=200,
        required=False,
        help_text="For example, first week of the month only",
    )
    starts_on = forms.DateField(
        label="First day", error_messages={"required": "Enter the first day"}
    )
    ends_on = forms.DateField(
        label="Last day",
        required=False,
        help_text="Leave empty while it goes on.",
    )


class NewDropInForm(DropInForm):
    field_order = ["ward"]
    ward = forms.ModelChoiceField(Ward.objects.none(), widget=AutocompleteSelect)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, wards: QuerySet[Ward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards


class EditDropInForm(DropInForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
