"""What a form says: short, and telling what to do."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.validators import (
    BaseValidator,
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
)
from django.utils.translation import gettext

_LIMITS = {
    MinValueValidator: "{:,} or more",
    MaxValueValidator: "{:,} or less",
    MinLengthValidator: "{:,} characters or more",
    MaxLengthValidator: "{:,} characters or fewer",
}
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


def limit_sentences(field: forms.Field, label: str) -> dict[str, str]:
    """Say what a number or text out of its limits must be, by the code of the fault.

    "Hours a week must be 60 or less"; Django's own begin with "Ensure this value".
    """
    subject = "The answer" if label.endswith("?") else label
    found: dict[str, str] = {}
    for validator in field.validators:
        if isinstance(validator, DecimalValidator):
            found |= _digit_sentences(validator, subject)
        elif isinstance(validator, BaseValidator) and type(validator) in _LIMITS:
            limit = validator.limit_value
            if isinstance(limit, int | float | Decimal):
                words = _LIMITS[type(validator)].format(limit)
                found[validator.code] = f"{subject} must be {words}"
    return found


def _digit_sentences(validator: DecimalValidator, subject: str) -> dict[str, str]:
    places, digits = validator.decimal_places, validator.max_digits
    found = {}
    if places is not None:
        count = "1 decimal place" if places == 1 else f"{places} decimal places"
        found["max_decimal_places"] = f"{subject} must have {count} or fewer"
    if digits is not None:
        whole = digits - (places or 0)
        words = f"{subject} must be less than {10**whole:,}"
        found |= {"max_digits": words, "max_whole_digits": words}
    return found


def _as_object(label: str) -> str:
    """Turn a label into the object of a sentence: "Start date" → "the start date"."""
    first = label.split(" ", 1)[0]
    if len(first) > 1 and first[1:] == first[1:].lower():
        label = label[0].lower() + label[1:]
    if label.split(" ", 1)[0] in {"the", "a", "an", "your", "their", "who", "what"}:
        return label
    return f"the {label}"
