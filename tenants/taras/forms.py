"""Forms about associations. They check; services save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import (
    AutocompleteSelect,
    GovukDateField,
    GovukForm,
    SeveralRowsField,
)
from officers.directory.models import Officer
from patches.properties.models import Block
from patches.register.models import Patch
from patches.wards.models import Ward

from .models import TaraContact, TaraOfficer, TaraRole


class TaraDetailsForm(GovukForm):
    """What is known of an association, besides what it speaks for."""

    widths = {"phone": "20", "name": "two-thirds"}

    name = forms.CharField(max_length=120)
    ward = forms.ModelChoiceField(
        Ward.objects.none(),
        empty_label="Choose a ward",
        help_text="Its ward team leader leads on the TARA unless another is named.",
    )
    recognised_on = GovukDateField(
        required=False, label="Recognised since", help_text="For example, 27 3 2024"
    )
    meeting_place = forms.CharField(required=False, max_length=200)
    phone = forms.CharField(required=False, max_length=30, label="Telephone")
    email = forms.EmailField(required=False, label="E-mail address")
    contacts_are_public = forms.BooleanField(
        required=False,
        label="Show these contacts to everybody",
        help_text=(
            "Telephone, e-mail and meeting place appear on the public page “Who is my "
            "officer?”. Tick it only if they belong to the association, not to one "
            "person, and it has agreed."
        ),
    )
    notes = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, wards: QuerySet[Ward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class NewTaraForm(TaraDetailsForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


class EditTaraForm(TaraDetailsForm):
    closed_on = GovukDateField(
        required=False,
        label="Closed on",
        help_text="From this day it speaks for nobody. Leave empty while it is open.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AreaForm(GovukForm):
    """The streets, blocks and patches an association speaks for."""

    mark_optional = False

    streets = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple
    )
    blocks = SeveralRowsField(
        Block.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    patches = SeveralRowsField(
        Patch.objects.none(),
        required=False,
        label="Whole patches",
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        streets: list[tuple[str, str]],
        blocks: QuerySet[Block],
        patches: QuerySet[Patch],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["streets"].choices = streets
        self.fields["blocks"].queryset = blocks
        self.fields["patches"].queryset = patches

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(
            given.get(part) for part in ("streets", "blocks", "patches")
        ):
            raise forms.ValidationError("Choose at least one street, block or patch")
        return given


class RoleForm(GovukForm):
    widths = {"phone": "20", "name": "two-thirds"}

    role = forms.ChoiceField(
        label="Part on the committee",
        choices=TaraRole.Role.choices,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(max_length=100)
    phone = forms.CharField(required=False, max_length=30, label="Telephone")
    email = forms.EmailField(required=False, label="E-mail address")
    starts_on = GovukDateField(
        label="On the committee from", help_text="For example, 27 3 2026"
    )
    token = forms.UUIDField(widget=forms.HiddenInput)


class EndRoleForm(GovukForm):
    ends_on = GovukDateField(
        label="Last day on the committee", help_text="For example, 27 3 2026"
    )


class TaraOfficerForm(GovukForm):
    """Who leads on the association, or liaises with it, from a day."""

    kind = forms.ChoiceField(
        label="Which role?", choices=TaraOfficer.Kind.choices, widget=forms.RadioSelect
    )
    officer = forms.ModelChoiceField(
        Officer.objects.none(),
        required=False,
        label="Officer",
        widget=AutocompleteSelect,
        empty_label="Nobody: the ward team leader leads, nobody liaises",
    )
    starts_on = GovukDateField(label="From", help_text="For example, 27 3 2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = Officer.objects.working_on(today())


class ContactForm(GovukForm):
    """A meeting or another contact that has taken place."""

    on = GovukDateField(label="Date", help_text="For example, 27 3 2026")
    kind = forms.ChoiceField(
        label="Kind of contact",
        choices=TaraContact.Kind.choices,
        widget=forms.RadioSelect,
    )
    officer = forms.ModelChoiceField(
        Officer.objects.none(),
        required=False,
        label="Officer who was there",
        widget=AutocompleteSelect,
        empty_label="Nobody of ours, or not known",
    )
    note = forms.CharField(
        max_length=4000,
        label="What was said and agreed",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter what was said and agreed"},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = Officer.objects.working_on(today())

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("The date must be today or in the past")
        return day
