"""Which day a ward's notices hold for, and what a briefing asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from housingplus.common.dates import long_date
from housingplus.govuk.forms import GovukDateField, GovukForm


class DayForm(GovukForm):
    """The day from which what is printed holds, and since when changes are told."""

    on = GovukDateField(label="As things are on", required=False)
    since = GovukDateField(
        label="Tell what changed since",
        required=False,
        help_text="Left empty: since the last briefing that was sent",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        on, since = given.get("on"), given.get("since")
        if on and since and since > on:
            self.add_error("since", f"Enter a day up to {long_date(on)}")
        return given


class SendForm(GovukForm):
    """To whom a notice goes, and what the sender adds."""

    recipients = forms.MultipleChoiceField(
        label="Send to",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select somebody to send it to"},
    )
    words = forms.CharField(
        label="Your own words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They come first in the e-mail. Write nothing about residents.",
    )
    on = forms.DateField(widget=forms.HiddenInput)
    since = forms.DateField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipients"].choices = people

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        on: dt.date | None = given.get("on")
        since: dt.date | None = given.get("since")
        if on and since and since > on:
            raise forms.ValidationError("The days do not follow each other.")
        return given
