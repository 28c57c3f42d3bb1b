"""Uploading a list, naming its columns, confirming what it will do."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukDateField, GovukForm
from housingplus.imports.columns import Column, column_letter
from housingplus.imports.importers import Importer
from housingplus.imports.models import ImportBatch, ImportKind
from housingplus.imports.options import ImportOptions
from housingplus.imports.tables import MOST_BYTES
from patches.properties.models import Landlord

_NOT_IN_LIST = ("", "Not in this list")


class UploadForm(GovukForm):
    """Which list, and the file."""

    choice_hints = {
        "kind": {
            ImportKind.PROPERTIES: "The stock list: one row for each home",
            ImportKind.HOUSEHOLDS: "One row for each tenancy; import the homes first",
            ImportKind.WORKLOAD: "How many visits, arrears cases, repairs … each home "
            "needed between two days",
        }
    }

    kind = forms.ChoiceField(
        label="What is in the list?",
        choices=ImportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is in the list"},
    )
    file = forms.FileField(
        label="File",
        help_text=(
            "CSV or Excel workbook (.xlsx), up to "
            f"{MOST_BYTES // 1024 // 1024} MB. Nothing is changed until you confirm."
        ),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose the file with the list",
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ColumnsForm(GovukForm):
    """Which column of the file is which, and the choices for this list."""

    label_size = ""

    def __init__(
        self, *args: Any, importer: Importer, header: list[str], **kwargs: Any
    ) -> None:
        self.importer = importer
        super().__init__(*args, **kwargs)
        choices = [_NOT_IN_LIST] + [
            (str(at), f"{column_letter(at)}: {name or 'no name'}")
            for at, name in enumerate(header)
        ]
        for column in importer.columns:
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.label,
                help_text=column.description,
                choices=choices,
                required=column.required,
                error_messages={
                    "required": f"Select the column that holds “{column.label}”"
                },
            )
        if importer.kind == ImportKind.PROPERTIES:
            self._add_choices_for_homes()
        if importer.kind == ImportKind.WORKLOAD:
            return  # It holds its own dates.
        self.fields["starts_on"] = GovukDateField(
            label="From which day is the list true?",
            help_text=(
                "Changes take effect on this day. It can be today or later, for "
                "example 27 3 2026."
            ),
            initial=today,
        )

    def _add_choices_for_homes(self) -> None:
        self.fields["landlord"] = forms.ModelChoiceField(
            Landlord.objects.order_by("name"),
            label="Landlord of every home in the list",
            help_text="Only for a list that has no column with the landlord.",
            required=False,
            empty_label="As the list says",
        )
        for name, label in (
            ("create_landlords", "Create landlords that are not here yet"),
            ("create_wards", "Create wards that are not here yet"),
            ("create_patches", "Create patches that are not here yet"),
        ):
            self.fields[name] = forms.BooleanField(label=label, required=False)

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields that say which column is which."""
        return [self[f"column_{column.name}"] for column in self.importer.columns]

    @property
    def choice_fields(self) -> list[forms.BoundField]:
        """Return the choices for this list."""
        return [field for field in self if not field.name.startswith("column_")]

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < today():
            raise forms.ValidationError("Enter today or a later date")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        used: dict[str, Column] = {}
        for column in self.importer.columns:
            at = cleaned.get(f"column_{column.name}")
            if not at:
                continue
            if at in used:
                self.add_error(
                    f"column_{column.name}",
                    f"This column is already chosen for “{used[at].label}”",
                )
            used.setdefault(at, column)
        for group in self.importer.one_of:
            if not any(cleaned.get(f"column_{name}") for name in group):
                labels = {c.name: c.label for c in self.importer.columns}
                names = " or ".join(f"“{labels[name]}”" for name in group)
                self.add_error(
                    f"column_{group[0]}", f"Select the column that holds {names}"
                )
        return cleaned

    @property
    def mapping(self) -> dict[str, int]:
        """Return our columns by place in the file."""
        chosen = {
            column.name: self.cleaned_data[f"column_{column.name}"]
            for column in self.importer.columns
        }
        return {name: int(at) for name, at in chosen.items() if at}

    @property
    def options(self) -> ImportOptions:
        """Return the choices for this list."""
        cleaned = self.cleaned_data
        landlord = cleaned.get("landlord")
        return ImportOptions(
            landlord=landlord.code if landlord else "",
            create_landlords=cleaned.get("create_landlords", False),
            create_wards=cleaned.get("create_wards", False),
            create_patches=cleaned.get("create_patches", False),
            starts_on=cleaned.get("starts_on") or today(),
        )

    @staticmethod
    def initial_from(batch: ImportBatch) -> dict[str, Any]:
        """Return what was recognised, or chosen last time."""
        initial: dict[str, Any] = {
            f"column_{name}": str(at) for name, at in batch.columns.items()
        }
        if batch.options:
            options = ImportOptions.from_json(batch.options)
            initial |= {
                "landlord": Landlord.objects.filter(code=options.landlord).first(),
                "create_landlords": options.create_landlords,
                "create_wards": options.create_wards,
                "create_patches": options.create_patches,
                "starts_on": max(options.starts_on, today()),
            }
        return initial


class ConfirmForm(GovukForm):
    """The last question before a list is imported."""

    starts_on = GovukDateField(
        label="From which day is the list true?",
        help_text="Changes take effect on this day. For example, 27 3 2026.",
    )
    end_missing = forms.BooleanField(required=False)
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if batch.kind == ImportKind.WORKLOAD:
            del self.fields["starts_on"]
        if not batch.missing_count:
            del self.fields["end_missing"]
        else:
            count = f"{batch.missing_count:,}"
            self.fields["end_missing"].label = (
                f"End the management of {count} homes that are not in the list"
                if batch.kind == ImportKind.PROPERTIES
                else f"End {count} tenancies that are not in the list"
            )

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < today():
            raise forms.ValidationError("Enter today or a later date")
        return day
