"""Django admin, for administrators only and for this service's own tables."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from .permissions import Permission

OWN_APPS = frozenset(
    {"audit", "common", "imports", "jobs", "officers", "patches", "tenants"}
)


class AdminSite(admin.AdminSite):
    """Leaves out other packages' tables: they hold secrets, or roles stand instead."""

    site_header = "Housing+ administration"
    site_title = "Housing+"
    index_title = "Accounts, reference data and history"

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        models: list[Any] = (
            [model_or_iterable]
            if isinstance(model_or_iterable, type)
            else list(model_or_iterable)
        )
        ours = [model for model in models if model._meta.app_label in OWN_APPS]
        if ours:
            super().register(ours, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return (
            user.is_authenticated
            and user.is_staff
            and user.has_permission(Permission.USE_ADMIN)
        )

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one sign-in page, with rate limits and second factors."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
