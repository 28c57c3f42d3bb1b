"""Forms that look and speak as GOV.UK's do. See docs/components.md."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH

from housingplus.documents.text import is_seen

from .fields import (
    AutocompleteSelect,
    GovukDateField,
    GovukDateWidget,
    SeveralRowsField,
)
from .sentences import is_stock_required, limit_sentences, required_sentence

__all__ = [
    "AutocompleteSelect",
    "GovukDateField",
    "GovukDateWidget",
    "GovukForm",
    "GovukFormMixin",
    "GovukModelForm",
    "SeveralRowsField",
]


class GovukFormMixin:
    """Options a form's class may set; every one is by field name.

    widths          {"postcode": "10", "address": "two-thirds"}
    prefixes        {"rent": "£"}, suffixes {"hours": "hours a month"}
    choice_hints    {"kind": {"lead": "Answers for the patch"}}
    label_sizes     {"kind": "m"}; label_size is the size of all the others
    autocomplete    {"email": "email"}: only for the person's own details
    inline          fields whose radios stand beside each other
    hidden_labels   fields whose label is for screen readers only
    mark_optional   whether "(optional)" follows the label of fields not required
    """

    widths: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    suffixes: dict[str, str] = {}
    choice_hints: dict[str, dict[str, str]] = {}
    label_sizes: dict[str, str] = {}
    label_size = "s"
    autocomplete: dict[str, str] = {}
    inline: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    mark_optional = True
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            if type(field) is forms.DateField and not field.widget.is_hidden:
                field = self.fields[name] = _as_three_inputs(field)
            if type(field.widget) is forms.NumberInput:
                field.widget.input_type = "text"
                field.widget.attrs.setdefault("inputmode", "numeric")
                field.widget.attrs.pop("step", None)
            if isinstance(field, forms.CharField):
                field.validators.append(_check_is_seen)
            label = field.label or name.replace("_", " ").capitalize()
            _say_what_to_do(field, str(label))
            _name_the_empty_choice(field, str(label))


class GovukForm(GovukFormMixin, forms.Form):
    """A form that is not about one model."""


class GovukModelForm(GovukFormMixin, forms.ModelForm):
    """A form on a model's fields. It validates; a service saves."""


def _check_is_seen(value: object) -> None:
    if not is_seen(str(value)):
        raise ValidationError(
            "Nothing of this can be seen. Delete it, or type it again"
        )


def _name_the_empty_choice(field: forms.Field, label: str) -> None:
    """Replace Django's row of dashes; an empty choice the form named stays."""
    if type(field.widget) not in (forms.Select, AutocompleteSelect):
        return
    words = required_sentence(field, label) if field.required else "None"
    dashes = BLANK_CHOICE_DASH[0][1]
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == dashes:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField) and not callable(field.choices):
        first = next(iter(field.choices), None)
        if first == ("", dashes):
            field.choices = [("", words), *list(field.choices)[1:]]


def _as_three_inputs(field: forms.DateField) -> GovukDateField:
    initial = field.initial
    if isinstance(initial, dt.datetime):
        initial = initial.date()
    return GovukDateField(
        required=field.required,
        label=field.label,
        help_text=field.help_text,
        initial=initial,
        validators=field.validators,
        disabled=field.disabled,
    )


def _say_what_to_do(field: forms.Field, label: str) -> None:
    """Replace Django's own sentences; a sentence the form wrote itself stays."""
    messages = field.error_messages
    required = messages.get("required", "")
    if (
        is_stock_required(required)
        or required == GovukDateField.default_error_messages["required"]
    ):
        messages["required"] = required_sentence(field, label)
    for code, sentence in limit_sentences(field, label).items():
        messages.setdefault(code, sentence)
    if isinstance(field, GovukDateField):
        subject = label.rstrip("?")
        if label.endswith("?"):
            subject = "Date"
        defaults = GovukDateField.default_error_messages
        if messages["invalid"] == defaults["invalid"]:
            messages["invalid"] = (
                f"{subject} must be a real date, for example 27 3 2026"
            )
        if messages["missing"] == defaults["missing"]:
            messages["missing"] = f"{subject} must include a %(missing)s"
