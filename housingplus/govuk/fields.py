"""Fields the GOV.UK design needs and Django has not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3

_MONTH_NUMBERS = {
    str(name).lower(): number
    for names in (MONTHS, MONTHS_3)
    for number, name in names.items()
} | {"sept": 9}
_PART_NAMES = ("day", "month", "year")
# A mistyped year is likelier than these; and a day can be counted on from any other.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class GovukDateWidget(forms.MultiWidget):
    """Three inputs named `<field>_day`, `<field>_month` and `<field>_year`.

    An address such as `?as_at=2026-03-03` fills all three at once.
    """

    template_name = "govuk/date.html"
    govuk_kind = "group"
    use_fieldset = True
    wrong_parts: Collection[int] = ()

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput() for name in _PART_NAMES}, attrs=attrs)

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = _from_iso(value) or value
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        parts = super().value_from_datadict(data, files, name)
        if any(parts):
            return [str(part or "").strip() for part in parts]
        return data.get(name) or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> Any:
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        for at, (part, label) in enumerate(zip(parts, _PART_NAMES, strict=True)):
            part["label"] = label.capitalize()
            part["is_wrong"] = at in self.wrong_parts
        return context


def _from_iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


class GovukDateField(forms.DateField):
    """A date typed as day, month and year; the month as a number or a name."""

    widget = GovukDateWidget
    default_error_messages = {
        "required": "Enter a date",
        "invalid": "Date must be a real date, for example 27 3 2026",
        "missing": "Date must include a %(missing)s",
        "year": "Year must include 4 numbers",
        "range": f"Year must be between {FIRST_YEAR} and {LAST_YEAR}",
    }

    def to_python(self, value: Any) -> dt.date | None:
        if not isinstance(value, list | tuple):
            if isinstance(value, str) and value.strip():
                day = _from_iso(value)
                if day is None:
                    self._refuse("invalid", [0, 1, 2])
                return self._within(day)
            return super().to_python(value)
        if not any(value):
            return None
        missing = [at for at, part in enumerate(value) if not part]
        if missing:
            self._refuse("missing", missing)
        return self._read(*(part.strip() for part in value))

    def _read(self, day: str, month: str, year: str) -> dt.date | None:
        number = _MONTH_NUMBERS.get(month.lower().rstrip("."), month)
        wrong = [
            at
            for at, part in enumerate((day, str(number), year))
            if not (part.isascii() and part.isdigit())
        ] or [at for at, part in enumerate((day, str(number))) if len(part) > 2]
        if wrong:
            self._refuse("invalid", wrong)
        if len(year) != 4:
            self._refuse("year", [2])
        if not 1 <= int(number) <= 12:
            self._refuse("invalid", [1])
        try:
            read = dt.date(int(year), int(number), int(day))
        except ValueError:
            self._refuse("invalid", [0] if int(year) else [2])
        return self._within(read)

    def _within(self, day: dt.date) -> dt.date:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._refuse("range", [2])
        return day

    def _refuse(self, code: str, parts: list[int]) -> NoReturn:
        raise ValidationError(
            self.error_messages[code],
            code=code,
            params={
                "parts": parts,
                "missing": " and ".join(_PART_NAMES[part] for part in parts),
            },
        )


class SeveralRowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table; a number no database holds is no choice, not a fault."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": "that number"},
            ) from error


class AutocompleteSelect(forms.Select):
    """A select that lets a person type to find an option when JavaScript is on."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-autocomplete": "true", **(attrs or {})}, choices)
