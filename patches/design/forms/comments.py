"""Forms of comments on a design and of their answers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from patches.design.models import CommentFrom, DesignPatch
from patches.design.rules.comments import LONGEST


class CommentForm(GovukForm):
    """What a person says, or writes down for somebody else."""

    choice_hints = {
        "comes_from": {
            CommentFrom.STAFF: "You speak for yourself",
            CommentFrom.COUNCILLOR: "You write down what a councillor said",
            CommentFrom.TARA: "You write down what an association said",
        }
    }

    token = forms.UUIDField(widget=forms.HiddenInput)
    patch = forms.ModelChoiceField(
        DesignPatch.objects.none(),
        label="What is the comment about?",
        required=False,
        widget=AutocompleteSelect,
        empty_label="The whole plan",
        error_messages={"invalid_choice": "Choose a patch of the proposed plan"},
    )
    comes_from = forms.ChoiceField(
        label="Whose comment is it?",
        choices=CommentFrom.choices,
        initial=CommentFrom.STAFF,
        widget=forms.RadioSelect,
    )
    speaker = forms.CharField(
        label="Who said it?",
        required=False,
        max_length=120,
        help_text="For a councillor or an association: “Councillor for Beacon Hill”.",
    )
    text = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Everybody who sees the plan sees this. Name no tenants.",
        error_messages={"required": "Enter the comment"},
    )

    mark_optional = False

    def __init__(
        self, *args: Any, patches: QuerySet[DesignPatch], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patch"].queryset = patches
        self.fields["token"].initial = uuid.uuid4()


class AnswerForm(GovukForm):
    """The answer to a comment."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LONGEST)
    answer = forms.CharField(
        label="Answer",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Everybody who sees the plan sees this.",
        error_messages={"required": "Enter the answer"},
    )
