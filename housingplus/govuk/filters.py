"""Filters of list pages in the GOV.UK design."""

import django_filters
from django import forms

from .fields import GovukDateField


class GovukDateFilter(django_filters.DateFilter):
    """A day chosen by day, month and year, or `?name=2026-03-03` in the address."""

    field_class = GovukDateField


class TickFilter(django_filters.Filter):
    """A tick box that narrows the list when ticked, and counts as unset when not."""

    field_class = forms.BooleanField
