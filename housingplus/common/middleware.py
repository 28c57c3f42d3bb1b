"""Headers for pages with personal data, and refusals shown as a page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .errors import Refusal
from .locking import is_busy
from .redirects import safe_next

BUSY = (
    "Somebody else is changing the same thing right now. Go back and try again in a "
    "moment."
)


class SecurityHeadersMiddleware:
    """Adds the headers Django has no setting for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        )
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """Turns a refusal no view caught into a message, never a server error.

    So too when the database gave up because somebody else held the same rows: the
    transaction is undone, and trying again is all there is to do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, OperationalError) and is_busy(exception):
            return render(request, "refused.html", {"message": BUSY}, status=409)
        if not isinstance(exception, Refusal):
            return None
        back = safe_next(request)
        if request.method == "POST" and back:
            messages.error(request, exception.message)
            return redirect(back)
        return render(
            request, "refused.html", {"message": exception.message}, status=409
        )
