"""What an error summary lists, from any forms and formsets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms.formsets import BaseFormSet

from .sentences import plain_sentence


def errors_of(*sources: Any) -> list[tuple[str, str]]:
    """Return (id of the input, sentence) for every error, in the page's order."""
    found: list[tuple[str, str]] = []
    for source in sources:
        if not source or not getattr(source, "is_bound", False):
            continue
        if isinstance(source, BaseFormSet):
            found += _formset_errors(source)
        else:
            found += _form_errors(source)
    return list(dict.fromkeys(found))


def _formset_errors(formset: BaseFormSet) -> Iterator[tuple[str, str]]:
    if formset.is_valid():
        return
    target = ""
    for form in formset.forms:
        target = target or _first_target(form)
    for message in formset.non_form_errors():
        yield target, plain_sentence(str(message))
    for form in formset.forms:
        yield from _form_errors(form)


def _form_errors(form: Any) -> Iterator[tuple[str, str]]:
    if not form.errors:
        return
    for message in form.non_field_errors():
        yield _first_target(form), plain_sentence(str(message))
    for field in form:
        target = _first_target(form) if field.is_hidden else field.error_target
        for sentence in field.error_messages:
            yield target, sentence


def _first_target(form: Any) -> str:
    for field in form.visible_fields():
        return field.error_target
    return "main-content"
