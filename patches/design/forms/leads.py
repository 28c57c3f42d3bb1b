"""Form of who will answer for drawn patches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from housingplus.govuk.forms import GovukDateField, GovukForm

Choices = Sequence[tuple[str, Any]]


class StartDateForm(GovukForm):
    """The day a plan is looked at for, in the address as `?starts_on=2026-05-01`."""

    mark_optional = False
    starts_on = GovukDateField(
        label="In force from",
        required=False,
        help_text="Who works here on this day can be chosen.",
    )


class LeadsForm(GovukForm):
    """One choice for each drawn patch shown, and whom the page showed for it.

    `rows` are each drawn patch's id, code, present answer and choices.
    """

    def __init__(
        self,
        *args: Any,
        rows: Iterable[tuple[int, str, str, Choices]],
        **kwargs: Any,
    ) -> None:
        given = list(rows)
        self.hidden_labels = tuple(f"officer_{row[0]}" for row in given)
        super().__init__(*args, **kwargs)
        for pk, code, value, choices in given:
            self.fields[f"officer_{pk}"] = forms.ChoiceField(
                label=f"Who answers for {code}",
                choices=choices,
                initial=value,
                error_messages={
                    "required": f"Choose who answers for {code}",
                    "invalid_choice": "Choose somebody who works here on that day",
                },
            )
            self.fields[f"seen_{pk}"] = forms.CharField(
                widget=forms.HiddenInput, initial=value, max_length=20
            )
