"""Saving a form that somebody else may have saved first.

A form edits one row of a given `version`, in a hidden field. When the service finds
another version it raises a `Conflict`; the form is then shown again with what was
typed, beside what is there now, and saving once more replaces it knowingly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from .dates import long_date
from .errors import Conflict, Refusal
from .refusals import add_refusal


@dataclass(frozen=True)
class Difference:
    """A field in which two people differ."""

    label: str
    theirs: str
    yours: str


@dataclass
class Saving:
    """How saving a form went: done, refused on the form, or in conflict."""

    form: forms.Form
    is_done: bool = False
    conflict: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def status(self) -> int:
        return 409 if self.conflict else 200


def save_form(
    request: HttpRequest,
    form_class: Callable[..., forms.Form],
    save: Callable[[dict[str, Any]], object],
    present: Callable[[], Mapping[str, Any]],
) -> Saving:
    """Validate what was posted and `save` it; `present` gives the row's values now.

    `present` includes the row's current `version`.
    """
    if request.method != "POST":
        return Saving(form_class(initial=present()))
    form = form_class(request.POST)
    if not form.is_valid():
        return Saving(form)
    try:
        save(dict(form.cleaned_data))
    except Conflict as conflict:
        return _in_conflict(request, form_class, conflict, present())
    except Refusal as refusal:
        add_refusal(form, refusal)
        return Saving(form)
    return Saving(form, is_done=True)


def _in_conflict(
    request: HttpRequest,
    form_class: Callable[..., forms.Form],
    conflict: Conflict,
    present: Mapping[str, Any],
) -> Saving:
    posted = request.POST.copy()
    posted["version"] = str(present["version"])
    form = form_class(posted)
    form.is_valid()
    differences = tuple(
        Difference(str(form[name].label), _shown(field, theirs), _shown(field, yours))
        for name, field in form.fields.items()
        if name in present and name != "version"
        for theirs, yours in [(present[name], form.cleaned_data.get(name))]
        if _keys(theirs) != _keys(yours)
    )
    return Saving(form, conflict=conflict.message, differences=differences)


def _keys(value: Any) -> list[str]:
    """Return a value as the keys it stands for, whatever it is held in."""
    if value is None or value == "":
        return []
    several = not isinstance(value, str) and isinstance(value, Iterable)
    return sorted(
        str(getattr(one, "pk", one)) for one in (value if several else [value])
    )


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return long_date(value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return "\n".join(labels.get(key, key) for key in _keys(value)) or "Nothing"
