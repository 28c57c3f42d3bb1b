"""Forms about how a household is written to. They check; services save."""

from __future__ import annotations

from typing import Any

from django import forms

from housingplus.common.dates import today
from housingplus.govuk.forms import AutocompleteSelect, GovukDateField, GovukForm

from . import rules
from .errors import RepresentativeNotReached
from .languages import CHOICES, LANGUAGES, language_kept
from .models import CommunicationNeeds, LetterFormat

OTHER = "other"


class VersionedForm(GovukForm):
    """A form on a row of a known version."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NeedsForm(VersionedForm):
    widths = {"other_language": "20", "representative_name": "two-thirds"}

    letter_format = forms.ChoiceField(
        label="How should letters come?",
        choices=LetterFormat.choices,
        widget=forms.RadioSelect,
        help_text="A format that a letter run cannot print is listed with the run.",
    )
    language = forms.ChoiceField(
        required=False,
        choices=[("", "English"), *CHOICES, (OTHER, "Another language")],
        widget=AutocompleteSelect,
    )
    other_language = forms.CharField(
        required=False,
        max_length=40,
        label="Which other language?",
        help_text="Only for a language that is not in the list.",
    )
    needs_interpreter = forms.BooleanField(required=False, label="Needs an interpreter")
    representative_name = forms.CharField(
        required=False,
        max_length=120,
        label="Representative",
        help_text="Somebody the household asked us to deal with, for example a "
        "relative or an advocate.",
    )
    representative_contact = forms.CharField(
        required=False,
        max_length=200,
        label="How to reach the representative",
        help_text="Telephone or e-mail, for us to get in touch.",
    )
    representative_address = forms.CharField(
        required=False,
        max_length=300,
        label="Postal address of the representative",
        help_text="One line each for building, street and town, the postcode last.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    copy_to_representative = forms.BooleanField(
        required=False,
        label="Send them a copy of every letter",
        help_text="By post, in standard print and in English, beside the letter to the "
        "household. The copy says whose letter it is a copy of.",
    )
    email = forms.EmailField(required=False, label="E-mail address", max_length=254)
    notes = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Anything else that helps, for example the best time to call.",
    )

    def clean_representative_address(self) -> str:
        return _on_one_line(self.cleaned_data["representative_address"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        other = given.pop("other_language", "")
        if given.get("language") == OTHER:
            given["language"] = language_kept(other)
            if not other and not self.has_error("other_language"):
                self.add_error("other_language", "Enter the name of the language")
        if given.get("letter_format") == LetterFormat.EMAIL and not (
            given.get("email") or self.has_error("email")
        ):
            self.add_error("email", "Enter the e-mail address to write to")
        if given.get("representative_contact") and not given.get("representative_name"):
            self.add_error(
                "representative_name", "Enter the name of the representative"
            )
        self._check_representative(given)
        return given

    def _check_representative(self, given: dict[str, Any]) -> None:
        """Say beside the others what the service would refuse."""
        name = given.get("representative_name", "")
        address = given.get("representative_address", "")
        try:
            rules.check_copy_has_somewhere_to_go(
                name, address, wants_copy=given.get("copy_to_representative", False)
            )
            rules.check_representative_can_be_written_to(name, address)
        except RepresentativeNotReached as refusal:
            if refusal.field and not self.has_error(refusal.field):
                self.add_error(refusal.field, refusal.message)


def shown_needs(needs: CommunicationNeeds | None) -> dict[str, Any]:
    """Return what the form shows of a household's needs, or of none."""
    row = needs or CommunicationNeeds(letter_format=LetterFormat.STANDARD)
    is_known = not row.language or row.language in LANGUAGES
    address = row.representative_address.split(", ")
    return {
        name: getattr(row, name, "")
        for name in NeedsForm.base_fields
        if name != "version"
    } | {
        "version": needs.version if needs else 0,
        "language": row.language if is_known else OTHER,
        "other_language": "" if is_known else row.language,
        "representative_address": "\n".join(address),
    }


class CorrespondenceAddressForm(VersionedForm):
    address = forms.CharField(
        required=False,
        max_length=300,
        label="Correspondence address",
        help_text="One line each for building, street and town, the postcode last. "
        "Leave empty to write to the home.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_address(self) -> str:
        return _on_one_line(self.cleaned_data["address"])


def _on_one_line(address: str) -> str:
    """Return an address typed in lines as it is kept: with commas between them."""
    lines = (line.strip(" ,") for line in address.splitlines())
    return ", ".join(line for line in lines if line)


class DoNotWriteForm(VersionedForm):
    reason = forms.CharField(
        max_length=300,
        label="Reason",
        help_text="Kept with the household's history. Do not name anyone.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason for not writing"},
    )
    review_on = GovukDateField(
        label="Review date",
        help_text="When somebody should look at this again. For example, 27 3 2027",
    )

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day <= today():
            raise forms.ValidationError("The review date must be in the future")
        return day


class LiftDoNotWriteForm(VersionedForm):
    reason = forms.CharField(
        max_length=300,
        label="Why may letters go out again?",
        help_text="Kept with the household's history. Do not name anyone.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why letters may go out again"},
    )


class SafeContactForm(DoNotWriteForm):
    reason = None  # type: ignore[assignment]
    how = forms.CharField(
        max_length=300,
        label="How can they be contacted safely?",
        help_text="For example, “Telephone on weekday mornings, leave no message”. "
        "Do not write what happened.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter how to contact them safely"},
    )
    field_order = ["how", "review_on"]


class LiftSafeContactForm(LiftDoNotWriteForm):
    reason = forms.CharField(
        max_length=300,
        label="Why is this not needed any more?",
        help_text="Kept with the household's history. Do not write what happened.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why this is not needed any more"},
    )


class AsAtForm(GovukForm):
    """Asks for a day in the past, or to come."""

    mark_optional = False

    as_at = GovukDateField(
        required=False, label="Date", help_text="For example, 3 3 2025"
    )
