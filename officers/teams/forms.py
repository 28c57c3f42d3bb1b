"""What is asked about a team."""

from __future__ import annotations

from typing import Any

from django import forms

from housingplus.common.dates import today
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from officers.directory.models import Officer
from patches.wards.models import Ward


class TeamForm(GovukForm):
    """A team's name and how to reach it."""

    widths = {"phone": "20", "email": "30"}

    name = forms.CharField(label="Name", max_length=80)
    phone = forms.CharField(
        label="Telephone",
        max_length=30,
        required=False,
        help_text="Given in letters when the team answers for a patch.",
    )
    email = forms.EmailField(label="E-mail", required=False)
    is_closed = forms.BooleanField(
        label="The team is closed",
        required=False,
        help_text="It has no wards any more and takes on no patches.",
    )

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["is_closed"], self.fields["version"]


class _FromDayForm(GovukForm):
    starts_on = forms.DateField(
        label="From which day?",
        initial=today,
        error_messages={"required": "Enter the first day"},
    )


class GiveWardForm(_FromDayForm):
    """A ward for the team."""

    field_order = ["ward", "starts_on"]
    ward = forms.ModelChoiceField(
        Ward.objects.order_by("name"),
        label="Ward",
        widget=AutocompleteSelect,
        help_text="The team that has it now loses it the day before.",
    )


class MemberForm(_FromDayForm):
    """An officer for the team."""

    field_order = ["officer", "starts_on"]
    officer = forms.ModelChoiceField(
        Officer.objects.none(), label="Officer", widget=AutocompleteSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = Officer.objects.in_post_from(today())


class EndMembershipForm(GovukForm):
    """The last day in a team."""

    ends_on = forms.DateField(
        label="Last day in the team",
        initial=today,
        error_messages={"required": "Enter the last day in the team"},
    )
