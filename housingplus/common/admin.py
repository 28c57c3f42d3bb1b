"""Admin pages that cannot lose history."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest


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
