"""Forms of moving homes by hand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from housingplus.govuk.forms import GovukForm
from patches.design.models import DesignPatch


class MoveForm(GovukForm):
    """What is ticked, on the list or on the map, and the patch it goes to.

    Errors are shown at the list, whose ticks are not drawn by the form.
    """

    to = forms.TypedChoiceField(
        label="Move to patch",
        coerce=int,
        error_messages={"required": "Select the patch they go to"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, patches: Sequence[DesignPatch] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [
            ("", "Select a patch"),
            *((patch.pk, _described(patch)) for patch in patches if not patch.is_kept),
        ]
        self.fields["token"].initial = uuid.uuid4()


def _described(patch: DesignPatch) -> str:
    homes = "1 home" if patch.home_count == 1 else f"{patch.home_count:,} homes"
    return f"{patch.code}: {homes}, {patch.deviation_percent}"


class StepForm(GovukForm):
    """Undoing or redoing: only which state of the map the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CopyAlternativeForm(GovukForm):
    """The name of a copy to move homes in."""

    widths = {"name": "two-thirds"}

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="For example “Best balance, Elm estate kept in one patch”.",
    )
