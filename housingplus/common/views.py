"""Pages that need a permission: without it the answer is 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .permissions import Permission

View = Callable[..., HttpResponse]


def check_permission(request: HttpRequest, permission: Permission) -> None:
    """The person's role gives them `permission`."""
    if not request.user.has_permission(permission):
        raise PermissionDenied(f"Your role cannot {permission}.")


class PermissionRequired:
    """A class-based page for people with `permission`; put it before the view class."""

    permission: ClassVar[Permission]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        check_permission(request, self.permission)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def permission_required(permission: Permission) -> Callable[[View], View]:
    """Make a function a page for people with `permission`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check_permission(request, permission)
            return view(request, *args, **kwargs)

        return checked

    return decorate
