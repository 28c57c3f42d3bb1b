"""What is asked about an officer."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import Q

from housingplus.govuk.forms import AutocompleteSelect, GovukForm, GovukModelForm
from officers.accounts.models import User
from officers.assignments.models import Assignment
from officers.assignments.presenters import officer_option

from .models import Officer

TEAM = "team"
PICTURE_FIELDS = ("photo", "signature")


class OfficerForm(GovukModelForm):
    """An officer's details, photo and signature."""

    widths = {"fte": "4", "phone": "20", "email": "30"}
    choice_hints: dict[str, dict[str, str]] = {}

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    new_photo = forms.FileField(
        label="Photo",
        required=False,
        help_text="JPEG, PNG or WebP, smaller than 5MB. Can be printed on letters.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label="Remove the present photo", required=False)
    new_signature = forms.FileField(
        label="Signature",
        required=False,
        help_text="A picture of the signature on white or no background, "
        "smaller than 5MB. Printed above the name on letters.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_signature = forms.BooleanField(
        label="Remove the present signature", required=False
    )

    class Meta:
        model = Officer
        fields = [
            "name",
            "job_title",
            "kind",
            "email",
            "phone",
            "fte",
            "languages",
            "started_on",
            "user",
        ]
        help_texts = {
            "email": "Told by e-mail when they are given a patch.",
            "user": "The account they sign in with, if they do.",
        }
        widgets = {"user": AutocompleteSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Q(officer__isnull=True) | Q(officer=self.instance.pk)
        self.fields["user"].queryset = User.objects.filter(mine, is_active=True)
        for name in PICTURE_FIELDS:
            if not getattr(self.instance, name):
                del self.fields[f"remove_{name}"]

    def validate_constraints(self) -> None:
        """The services check what needs other rows, and the database the rest."""

    def details(self) -> dict[str, Any]:
        """Return the values of the officer's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def pictures(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(f"new_{name}") for name in PICTURE_FIELDS}

    def removed(self) -> frozenset[str]:
        return frozenset(
            name for name in PICTURE_FIELDS if self.cleaned_data.get(f"remove_{name}")
        )


class LeaveForm(GovukForm):
    """A last day, and who takes over each patch."""

    mark_optional = False

    left_on = forms.DateField(
        label="Last day of work",
        help_text="They answer for their patches until this day, and others "
        "from the next.",
        error_messages={"required": "Enter their last day of work"},
    )
    everything = forms.ChoiceField(
        label="Give everything to",
        required=False,
        help_text="Leave empty to let the ward teams answer until you assign somebody.",
        widget=AutocompleteSelect,
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        initial="The officer leaves",
        help_text="Shown in the patches’ history.",
    )

    def __init__(
        self,
        *args: Any,
        work: list[Assignment],
        candidates: list[Officer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(officer.pk): officer for officer in candidates}
        options = [(pk, officer_option(who)) for pk, who in self.people.items()]
        self.fields["everything"].choices = [("", ""), *options]
        self.patches = {row.patch_id: row.patch for row in work}
        for pk, patch in self.patches.items():
            self.fields[f"patch_{pk}"] = forms.ChoiceField(
                label=f"{patch} ({patch.ward.name})",
                required=False,
                choices=[
                    ("", "As above"),
                    (TEAM, "The ward team answers"),
                    *options,
                ],
            )

    @property
    def patch_fields(self) -> list[forms.BoundField]:
        return [self[f"patch_{pk}"] for pk in self.patches]

    def successors(self) -> dict[int, Officer | None]:
        """Return who takes over each patch; None for the ward team."""
        given = self.cleaned_data
        everything = self.people.get(given["everything"])
        return {
            pk: everything
            if not given[f"patch_{pk}"]
            else self.people.get(given[f"patch_{pk}"])
            for pk in self.patches
        }
