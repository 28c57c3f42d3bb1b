"""What every map of a design must keep: one form for each kind of rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from housingplus.govuk.forms import (
    AutocompleteSelect,
    GovukForm,
    SeveralRowsField,
)
from patches.design.models import RuleKind
from patches.properties.models import Block
from patches.register.models import Patch
from patches.wards.models import Ward

LABEL_HINT = (
    "What the rule is for, like “Elm Road TARA” or “Conflict of interest”. "
    "Do not give anybody’s name."
)


class PatchesField(SeveralRowsField):
    """Patches to tick, each with its ward and homes."""

    def label_from_instance(self, patch: Patch) -> str:
        return _patch_label(patch)


class PatchField(forms.ModelChoiceField):
    """One patch, told by its ward and homes."""

    def label_from_instance(self, patch: Patch) -> str:
        return _patch_label(patch)


class KeepForm(GovukForm):
    """Patches that stay exactly as they are."""

    patches = PatchesField(
        Patch.objects.none(),
        label="Patches to keep",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one patch"},
    )

    def __init__(self, *args: Any, patches: QuerySet[Patch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patches"].queryset = patches


class HomesForm(GovukForm):
    """A label, and homes named by UPRN or reference or found by address."""

    mark_optional = False
    widths = {"label": "two-thirds", "search": "20"}

    label = forms.CharField(max_length=120, help_text=LABEL_HINT)
    homes = forms.CharField(
        required=False,
        max_length=60_000,
        label="UPRNs or references",
        help_text="One on each line, or with commas between them.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    search = forms.CharField(
        required=False,
        max_length=200,
        label="Find homes by address",
        help_text="For example 14 Elm Road, or a postcode.",
    )
    found = forms.MultipleChoiceField(
        required=False, label="Homes found", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, found: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["found"].choices = found

    @property
    def has_found(self) -> bool:
        return bool(self.fields["found"].choices)


class TogetherForm(HomesForm):
    """Homes kept together: an association's, of streets or blocks, or named ones."""

    taras = forms.MultipleChoiceField(
        required=False,
        label="All homes of a TARA",
        widget=forms.CheckboxSelectMultiple,
    )
    ward = forms.ModelChoiceField(
        Ward.objects.none(),
        required=False,
        label="Streets and blocks of",
        empty_label="Choose a ward",
    )
    streets = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple
    )
    blocks = SeveralRowsField(
        Block.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        taras: list[tuple[int, str]],
        wards: QuerySet[Ward],
        streets: list[tuple[str, str]],
        blocks: QuerySet[Block],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taras"].choices = taras
        self.fields["ward"].queryset = wards
        self.fields["streets"].choices = streets
        self.fields["blocks"].queryset = blocks

    @property
    def has_taras(self) -> bool:
        return bool(self.fields["taras"].choices)

    @property
    def has_streets(self) -> bool:
        return bool(self.fields["streets"].choices)


class ApartForm(HomesForm):
    """Homes kept apart: each from each, or one group from another."""

    other_homes = forms.CharField(
        required=False,
        max_length=60_000,
        label="UPRNs or references of the second group",
        help_text=(
            "None of these may share a patch with one of the first group. Leave this "
            "empty to keep every home of the first group apart from all its others."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )


class NotInForm(HomesForm):
    """Homes that may not be in one patch: a conflict of interest."""

    patch = PatchField(
        Patch.objects.none(),
        label="Patch they must not be in",
        help_text="The patch of the officer whose own or whose relative’s home it is.",
        widget=AutocompleteSelect,
        empty_label="Choose a patch",
        error_messages={"required": "Choose the patch they must not be in"},
    )

    def __init__(self, *args: Any, patches: QuerySet[Patch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patch"].queryset = patches


# How a kind of rule is named in an address, and its form.
FORMS: dict[str, tuple[RuleKind, type[GovukForm]]] = {
    "keep": (RuleKind.KEEP, KeepForm),
    "together": (RuleKind.TOGETHER, TogetherForm),
    "apart": (RuleKind.APART, ApartForm),
    "not-in": (RuleKind.NOT_IN, NotInForm),
}


def _patch_label(patch: Patch) -> str:
    homes = "1 home" if patch.homes_here == 1 else f"{patch.homes_here:,} homes"
    return f"{patch} ({patch.ward}, {homes})"
