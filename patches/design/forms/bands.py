"""A band for a drawn patch other than its work asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from housingplus.govuk.forms import GovukForm


class BandForm(GovukForm):
    """The band and why; without a reason the one the work asks for."""

    widths = {"band_min": "4", "band_max": "4"}
    suffixes = {"band_min": "homes", "band_max": "homes"}

    band_min = forms.IntegerField(
        label="Smallest number of homes", min_value=1, max_value=30_000
    )
    band_max = forms.IntegerField(
        label="Largest number of homes", min_value=1, max_value=30_000
    )
    reason = forms.CharField(
        label="Why is the band not what its work asks for?",
        max_length=200,
        required=False,
        help_text="Leave it empty to go back to the band its work asks for.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("band_min"), cleaned.get("band_max")
        if low and high and high < low:
            self.add_error(
                "band_max", "The largest number must be at least the smallest"
            )
        return cleaned
