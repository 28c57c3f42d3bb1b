"""A refusal shown at the field it is about."""

from __future__ import annotations

from django import forms

from .errors import Refusal


def add_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """Make a refusal an error of the form, beside its field when the form has it."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.message)
