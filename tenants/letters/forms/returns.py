"""Forms of letters that came back."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukDateField, GovukForm
from tenants.letters.models import OUTCOMES_OF_COPIES, ReturnOutcome, ReturnReason
from tenants.letters.services.returns import Return


class ReturnsForm(GovukForm):
    """Letters that came back, scanned or typed."""

    widths = {"note": "two-thirds"}

    references = forms.CharField(
        label="References of the letters",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="One on each line, as a hand scanner types them. For example, "
        "L0012-00034",
        error_messages={"required": "Scan or enter a reference"},
    )
    came_back_on = GovukDateField(
        label="When did they come back?",
        error_messages={"required": "Enter the day they came back"},
    )
    reason = forms.ChoiceField(
        label="Why did they come back?",
        choices=ReturnReason.choices,
        widget=forms.RadioSelect,
        help_text="As the post has marked them. Record each reason by itself.",
        error_messages={"required": "Select why they came back"},
    )
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came_back_on"].initial = today()

    def returns(self) -> list[Return]:
        """The letters, in the order they were scanned."""
        given = self.cleaned_data
        lines = re.split(r"[\n,;\t]", given["references"])
        return [
            Return(line.strip(), given["reason"], given["came_back_on"], given["note"])
            for line in lines
            if line.strip()
        ]


class ReturnsFileForm(GovukForm):
    """A list of letters that came back."""

    file = forms.FileField(
        label="List of letters",
        help_text="A CSV file or an Excel workbook (.xlsx), up to 5 MB",
        error_messages={"required": "Choose the list"},
    )


class CheckReturnForm(GovukForm):
    """What was found out about a letter that came back."""

    choice_hints = {
        "outcome": {
            ReturnOutcome.WRITE_AGAIN: "They live there, or letters now go elsewhere: "
            "a letter is due again",
            ReturnOutcome.TOLD_OTHERWISE: "In person or by telephone: no letter is due",
            ReturnOutcome.NOBODY_THERE: "No letter goes until the household is changed "
            "by the landlord’s list",
        }
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What did you find out?",
        choices=[
            choice
            for choice in ReturnOutcome.choices
            if choice[0] not in OUTCOMES_OF_COPIES
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you found out"},
    )
    note = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="How you know. Do not write health or other private matters here.",
    )


class CheckCopyForm(CheckReturnForm):
    """What was found out about a copy for a representative that came back."""

    choice_hints = {
        "outcome": {
            ReturnOutcome.COPY_CORRECTED: "The household’s next letter is copied to "
            "them there",
            ReturnOutcome.NO_MORE_COPIES: "Or somebody else acts for the household now",
        }
    }

    outcome = forms.ChoiceField(
        label="What did you do?",
        choices=[(one.value, one.label) for one in OUTCOMES_OF_COPIES],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you did"},
    )
