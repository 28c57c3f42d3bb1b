"""Forms of what is decided about a design."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukDateField, GovukForm
from patches.design.models import DesignAlternative

# How long people are usually asked, and how long before a plan is in force letters go.
CONSULTATION_DAYS = 28
NOTICE_DAYS = 28


class DesignActForm(GovukForm):
    """Carries the version of the design the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ProposeForm(DesignActForm):
    """Which alternative is proposed, and when people may comment."""

    alternative = forms.ModelChoiceField(
        DesignAlternative.objects.none(),
        label="Which alternative do you propose?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the alternative you propose"},
    )
    consult_from = GovukDateField(
        label="People may comment from", help_text="Today or later."
    )
    consult_until = GovukDateField(
        label="The last day for comments",
        help_text="Four weeks leave time for a ward meeting.",
    )
    note = forms.CharField(
        label="What should people know?",
        required=False,
        max_length=200,
        help_text="Kept with the proposal.",
    )

    def __init__(
        self, *args: Any, alternatives: QuerySet[DesignAlternative], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alternative"].queryset = alternatives
        self.fields["consult_from"].initial = today()
        self.fields["consult_until"].initial = today() + dt.timedelta(
            days=CONSULTATION_DAYS
        )


class SendBackForm(DesignActForm):
    """What is to change."""

    note = forms.CharField(
        label="What should change?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what should change"},
    )


class ApproveForm(DesignActForm):
    """Approval, with a reason where people may still comment."""

    why_early = forms.CharField(
        label="Why do you approve it before the consultation is over?",
        max_length=200,
        error_messages={"required": "Say why you approve it earlier"},
    )
    note = forms.CharField(
        label="Note",
        max_length=90,
        required=False,
        help_text="For example the committee and its date.",
    )

    def __init__(self, *args: Any, is_early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_early:
            del self.fields["why_early"]


class WithdrawForm(DesignActForm):
    """Why a design is given up."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


class CancelPublicationForm(DesignActForm):
    """Why a publication is cancelled."""

    reason = forms.CharField(
        label="Why is it cancelled?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is cancelled"},
    )


class PublishForm(DesignActForm):
    """From which day a design is in force."""

    starts_on = GovukDateField(
        label="From which day is the plan in force?",
        help_text="Tomorrow or later. Leave time for letters: they say this day.",
    )
    note = forms.CharField(
        label="Note",
        max_length=200,
        required=False,
        help_text="For example the committee and its date.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today() + dt.timedelta(days=NOTICE_DAYS)
