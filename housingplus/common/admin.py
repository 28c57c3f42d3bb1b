"""Django admin as this service uses it: for administrators, and losing no history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from housingplus.audit import services as audit


class NoDeleteAdmin(admin.ModelAdmin):
    """For rows with history: they are ended in the application, never deleted."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False


class ReadOnlyAdmin(NoDeleteAdmin):
    """For rows only services may write: looked at here, changed on their own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False


class ReferenceAdmin(NoDeleteAdmin):
    """For reference data kept here; every change is recorded with who made it."""

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        super().save_model(request, obj, form, change)
        audit.record(
            f"{obj._meta.model_name}.{'changed' if change else 'created'}",
            subject=obj,
            by=request.user,
            changes=changes_of(form) if change else None,
        )


def changes_of(form: forms.ModelForm) -> dict[str, list[Any]]:
    """Return what a form changed as `{field: [old, new]}`, in plain values."""
    return {
        name: [_plain(form.initial.get(name)), _plain(form.cleaned_data.get(name))]
        for name in form.changed_data
    }


def _plain(value: Any) -> str | int | None:
    if isinstance(value, models.Model):
        return value.pk
    return value if value is None or isinstance(value, int) else str(value)[:200]
