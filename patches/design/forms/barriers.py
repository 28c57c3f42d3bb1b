"""Uploading barriers."""

from __future__ import annotations

from typing import Any

from django import forms

from housingplus.govuk.forms import GovukForm
from patches.design.barriers import MOST_BYTES, parse_barriers
from patches.design.errors import BarriersRefused


class BarriersForm(GovukForm):
    """A name and the file; `cleaned_data["barriers"]` is what was read of it."""

    widths = {"name": "two-thirds"}

    name = forms.CharField(
        max_length=80, help_text="For example Rivers and the railway, 2026."
    )
    file = forms.FileField(
        label="File",
        help_text=(
            f"GeoJSON, up to {MOST_BYTES // 1024**2} MB, in National Grid metres or in "
            "longitude and latitude. Lines are barriers, points are bridges."
        ),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose the file with the lines",
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload is None:
            return cleaned
        try:
            cleaned["barriers"] = parse_barriers(upload.read(MOST_BYTES + 1))
        except BarriersRefused as refusal:
            for fault in refusal.faults:
                self.add_error("file", fault)
        return cleaned
