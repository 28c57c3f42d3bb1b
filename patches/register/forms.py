"""Forms of patches and moves."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import (
    AutocompleteSelect,
    GovukDateField,
    GovukForm,
)
from patches.wards.models import Ward

NO_PATCH = "none"


class AsAtForm(GovukForm):
    """The day a page speaks of, in the address as `?as_at=2026-03-03`."""

    mark_optional = False
    as_at = GovukDateField(
        label="As at", required=False, help_text="For example, 27 3 2026"
    )


class PatchForm(GovukForm):
    """A patch's code, name, ward, band and first day."""

    widths = {"code": "10", "band_min": "4", "band_max": "4"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(
        max_length=20, help_text="As it is known in the council's lists, like KS-04."
    )
    name = forms.CharField(max_length=100, required=False)
    ward = forms.ModelChoiceField(
        Ward.objects.none(),
        help_text="Where most of its homes lie.",
        widget=AutocompleteSelect,
    )
    band_min = forms.IntegerField(
        label="Smallest number of homes", min_value=1, max_value=5_000
    )
    band_max = forms.IntegerField(
        label="Largest number of homes",
        min_value=1,
        max_value=5_000,
        help_text="Fewer where a neighbourhood is challenging.",
    )
    starts_on = GovukDateField(
        label="First day", help_text="Homes can be in it from this day."
    )

    def __init__(self, *args: Any, wards: QuerySet[Ward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards


class EditPatchForm(PatchForm):
    """A patch as it is; another band needs its reason."""

    field_order = (
        "version",
        "code",
        "name",
        "ward",
        "band_min",
        "band_max",
        "band_reason",
        "starts_on",
    )

    band_reason = forms.CharField(
        label="Reason for changing the band",
        max_length=200,
        required=False,
        help_text="Say it when you change the band: why this patch is to be larger or "
        "smaller. The change holds from today and stays in the history.",
    )


class ClosePatchForm(GovukForm):
    """A patch's last day; empty keeps it open."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ends_on = GovukDateField(
        label="Last day",
        required=False,
        help_text="Leave empty to keep the patch open.",
    )


class MoveForm(GovukForm):
    """Where homes go, from which day and why."""

    homes = forms.CharField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    to_patch = forms.ChoiceField(
        label="Move to patch",
        widget=AutocompleteSelect,
        error_messages={
            "required": "Choose a patch, or choose to take the homes out of theirs",
            "invalid_choice": "Choose a patch of the same ward team",
        },
    )
    starts_on = GovukDateField(
        label="Date of the move",
        help_text="The first day in the new patch, today or later.",
    )
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the move, for whoever asks later why.",
        error_messages={"required": "Say why the homes move"},
    )

    def __init__(
        self, *args: Any, targets: list[tuple[Any, Any]], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "token": uuid.uuid4(),
            "starts_on": today(),
        } | kwargs["initial"]
        super().__init__(*args, **kwargs)
        self.fields["to_patch"].choices = [
            ("", "Choose a patch"),
            *targets,
            (NO_PATCH, "No patch: take the homes out of theirs"),
        ]
