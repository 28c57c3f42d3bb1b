"""Forms of templates: the English, translations and easy read."""

from __future__ import annotations

from typing import Any

from django import forms

from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from tenants.households.languages import CHOICES, ENGLISH
from tenants.letters.models import LetterTemplate
from tenants.letters.placeholders import check_wording
from tenants.letters.typesetting import characters_not_shown, phrases_of


class _WrittenForm(GovukForm):
    """A form that says over what its words were written."""

    def write_over(self, name: str, value: object) -> None:
        """Have the page, shown again, save what is typed over what is there now."""
        self.data = self.data.copy()
        self.data[name] = str(value)


class TemplateForm(_WrittenForm):
    """A template's name, purpose and wording."""

    widths = {"name": "two-thirds"}

    name = forms.CharField(max_length=100, help_text="Only seen by colleagues.")
    purpose = forms.ChoiceField(choices=LetterTemplate.Purpose.choices)
    subject = forms.CharField(
        max_length=200, help_text="Printed in bold above the wording."
    )
    body = forms.CharField(
        label="Wording",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
        help_text=(
            "# makes a heading, * a bullet and **two stars** bold. Leave an empty line "
            "between paragraphs."
        ),
    )

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n").strip() + "\n"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        subject, body = cleaned.get("subject"), cleaned.get("body")
        if subject and body:
            for problem in check_wording(subject, body):
                if problem.is_error:
                    self.add_error(problem.field, str(problem))
            for name, text in (("subject", subject), ("body", body)):
                if unprintable := characters_not_shown(text):
                    self.add_error(
                        name,
                        f"These characters cannot be printed: {' '.join(unprintable)}",
                    )
        return cleaned

    def warnings(self) -> list[str]:
        """What will print other than the writer may expect; nothing that stops."""
        data = self.cleaned_data
        found = check_wording(data.get("subject", ""), data.get("body", ""))
        return [str(problem) for problem in found if not problem.is_error]


class TemplateEditForm(TemplateForm):
    """A template that is there, and the version its next one was begun from."""

    begun_from = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PreviewForm(forms.Form):
    """Wording as it stands in the editor and the household to show it with."""

    subject = forms.CharField(required=False, max_length=200)
    body = forms.CharField(required=False, max_length=20_000)
    household = forms.IntegerField(required=False)
    find = forms.CharField(required=False, max_length=60)
    next = forms.CharField(required=False)


class WordingForm(_WrittenForm):
    """A translation, or easy read, of a template's version."""

    subject = forms.CharField(max_length=200)
    body = forms.CharField(
        label="Wording",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true", "dir": "auto"}),
        help_text="Keep the placeholders as they are in English.",
    )
    salutation = forms.CharField(
        max_length=100,
        required=False,
        label="Opening",
        help_text="((names)) stands for the names.",
    )
    closing = forms.CharField(max_length=100, required=False, label="Close")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language == ENGLISH.code:
            del self.fields["salutation"], self.fields["closing"]
            return
        usual = phrases_of(language)
        self.fields[
            "salutation"
        ].help_text += f" Left empty, it is “{usual.salutation}”."
        self.fields["closing"].help_text = f"Left empty, it is “{usual.closing}”."

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n").strip() + "\n"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("subject") and cleaned.get("body"):
            for problem in check_wording(cleaned["subject"], cleaned["body"]):
                if problem.is_error:
                    self.add_error(problem.field, str(problem))
        return cleaned


class LanguageForm(GovukForm):
    """Which language to write a template in."""

    mark_optional = False

    language = forms.ChoiceField(
        label="Add a language",
        choices=[("", "Choose a language"), *CHOICES],
        error_messages={"required": "Select a language"},
        widget=AutocompleteSelect,
    )


class WordingCheckForm(GovukForm):
    """Who read a translation."""

    checked_by = forms.CharField(
        max_length=120,
        label="Who checked it?",
        help_text="Somebody who reads the language well: a translator, or a colleague. "
        "Runs use it from then on.",
        error_messages={"required": "Enter who checked it"},
    )
