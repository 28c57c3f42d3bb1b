"""A form's field as the GOV.UK templates need it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.widgets import Input
from django.utils.functional import cached_property

from .sentences import is_stock_required, plain_sentence, required_sentence

# The first that fits names the part of templates/govuk/field.html that draws it.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.MultiWidget, "group"),
    (Input, "input"),
)
_CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "password": "govuk-input",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "input": "govuk-input",
}


class GovukBoundField(BoundField):
    """Adds the GOV.UK classes, and what the field's template asks for."""

    @property
    def kind(self) -> str:
        """Which component draws this field."""
        widget = self.field.widget
        if drawn_by := getattr(widget, "govuk_kind", ""):
            return drawn_by
        return next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "group")

    def _option(self, option: str, default: Any = "") -> Any:
        """Return what the form's class says of this field under `option`."""
        chosen = getattr(self.form, option, None)
        if isinstance(chosen, Mapping):
            return chosen.get(self.name, default)
        return default

    @property
    def label_text(self) -> str:
        """The label, marked as optional where the form asks for that."""
        text = str(self.label or "")
        if (
            getattr(self.form, "mark_optional", False)
            and not self.field.required
            and self.kind != "checkbox"
            and "optional" not in text.lower()
        ):
            return f"{text} (optional)"
        return text

    @property
    def label_size(self) -> str:
        return self._option("label_sizes", getattr(self.form, "label_size", "s"))

    @property
    def is_inline(self) -> bool:
        return self.name in getattr(self.form, "inline", ())

    @property
    def is_label_hidden(self) -> bool:
        return self.name in getattr(self.form, "hidden_labels", ())

    @property
    def prefix_text(self) -> str:
        return self._option("prefixes")

    @property
    def suffix_text(self) -> str:
        return self._option("suffixes")

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @cached_property
    def error_messages(self) -> list[str]:
        """What is wrong, in sentences that say what to do."""
        return [
            required_sentence(self.field, str(self.label))
            if is_stock_required(str(message))
            else plain_sentence(str(message))
            for message in self.errors
        ]

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for a fieldset or a file input."""
        return self.aria_describedby or ""

    @property
    def error_target(self) -> str:
        """The id the error summary links to: the input, or the first of several."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        if self.kind == "group":
            return f"{self.auto_id}_{self._first_wrong_part()}"
        return self.id_for_label or self.auto_id

    def _first_wrong_part(self) -> int:
        for error in self.errors.as_data():
            if parts := (error.params or {}).get("parts"):
                return min(parts)
        return 0

    @cached_property
    def wrong_parts(self) -> set[int]:
        """Which inputs of a group an error is about: all, unless it says."""
        parts: set[int] = set()
        for error in self.errors.as_data():
            parts |= set((error.params or {}).get("parts", range(3)))
        return parts

    @property
    def as_parts(self) -> str:
        """Several inputs that make one answer, those in error marked."""
        self.field.widget.wrong_parts = self.wrong_parts
        return self.as_widget()

    @cached_property
    def options(self) -> list[BoundWidget]:
        """The radios or checkboxes, each with its hint."""
        hints = self._option("choice_hints", {})
        options = list(self.subwidgets)
        for option in options:
            option.data["hint"] = hints.get(str(option.data["value"]), "")
        return options

    @property
    def plain_file_input(self) -> str:
        """The file input alone, without Django's "Currently: …" around it."""
        attrs = {**self.field.widget.attrs, "aria-describedby": self.described_by}
        return self.as_widget(forms.FileInput({k: v for k, v in attrs.items() if v}))

    @property
    def clear_name(self) -> str:
        """The name of the checkbox that removes the present file, if it may go."""
        widget = self.field.widget
        if (
            self.initial
            and not self.field.required
            and hasattr(widget, "clear_checkbox_name")
        ):
            return widget.clear_checkbox_name(self.html_name)
        return ""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden or type(widget).__module__.startswith("django.contrib"):
            return attrs
        # Hints, not placeholders: a placeholder goes as soon as one types.
        widget.attrs.pop("placeholder", None)
        kind = next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "")
        name = _CLASSES.get(kind, "")
        classes = [name, f"{name}--error" if name and self.errors else ""]
        if kind == "password":
            classes.append("govuk-password-input__input govuk-js-password-input-input")
            attrs.setdefault("spellcheck", "false")
            attrs.setdefault("autocapitalize", "none")
        if width := self._option("widths"):
            classes.append(
                f"govuk-!-width-{width}"
                if not str(width).isdigit()
                else f"govuk-input--width-{width}"
            )
        if token := self._option("autocomplete"):
            attrs["autocomplete"] = token
        classes.append(widget.attrs.get("class", ""))
        classes.append(str(attrs.get("class", "")))
        if joined := " ".join(filter(None, classes)):
            attrs["class"] = joined
        return attrs
