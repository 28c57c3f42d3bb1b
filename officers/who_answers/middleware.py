"""Public pages know nobody: no cookie is read, so none is needed and none is set."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC_PATHS = ("/who-is-my-officer/", "/api/who-answers/")


class PublicPagesMiddleware:
    """Hides cookies from the public pages, whoever asks; stands before the session.

    What they answer is then the same for a signed-in person as for anybody, and
    shared caches may keep it: `Vary` need not name the cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PUBLIC_PATHS):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        varies = [name.strip() for name in response.get("Vary", "").split(",")]
        kept = [name for name in varies if name and name.lower() != "cookie"]
        del response["Vary"]
        if kept:
            response["Vary"] = ", ".join(kept)
        return response
