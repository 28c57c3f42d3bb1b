"""Filters of the list of imports and of an import's report."""

from __future__ import annotations

import django_filters
from django import forms

from housingplus.imports.models import (
    ImportBatch,
    ImportKind,
    ImportRow,
    ImportRowOutcome,
    ImportStatus,
)


class ImportFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label="List", choices=ImportKind.choices, empty_label="Every list"
    )
    status = django_filters.ChoiceFilter(
        label="Stage", choices=ImportStatus.choices, empty_label="Any stage"
    )

    class Meta:
        model = ImportBatch
        fields = ["kind", "status"]


class ReportFilter(django_filters.FilterSet):
    outcome = django_filters.ChoiceFilter(
        label="Outcome", choices=ImportRowOutcome.choices, empty_label="Any outcome"
    )
    column = django_filters.CharFilter(
        label="Column", lookup_expr="iexact", widget=forms.TextInput
    )

    class Meta:
        model = ImportRow
        fields = ["outcome", "column"]
