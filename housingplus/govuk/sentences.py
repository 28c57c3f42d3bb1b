"""What a form says: short, and telling what to do."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext

_CHOOSING = (forms.Select, forms.RadioSelect)


def plain_sentence(message: str) -> str:
    """Drop the full stop of a single sentence, as GOV.UK error messages do."""
    text = message.strip()
    if text.endswith(".") and ". " not in text and not text.endswith(".."):
        return text[:-1]
    return text


def is_stock_required(message: str) -> bool:
    """Whether this is Django's own sentence for a missing answer."""
    return str(message) == gettext("This field is required.")


def required_sentence(field: forms.Field, label: str) -> str:
    """Say what to do about a missing answer: "Enter the start date"."""
    is_choice = isinstance(field.widget, _CHOOSING)
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on"
    if label.endswith("?"):
        return "Select an answer" if is_choice else "Enter an answer"
    if isinstance(field.widget, forms.FileInput):
        return "Choose a file"
    verb = "Select" if is_choice else "Enter"
    return f"{verb} {_as_object(label)}"


def _as_object(label: str) -> str:
    """Turn a label into the object of a sentence: "Start date" → "the start date"."""
    first = label.split(" ", 1)[0]
    if len(first) > 1 and first[1:] == first[1:].lower():
        label = label[0].lower() + label[1:]
    if label.split(" ", 1)[0] in {"the", "a", "an", "your", "their", "who", "what"}:
        return label
    return f"the {label}"
