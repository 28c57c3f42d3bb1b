"""Where to send people back to, never off this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, default: str = "") -> str:
    """Return the `next` the form gave, else `default`, if it stays on this site."""
    target = request.POST.get("next") or request.GET.get("next") or default
    if not _is_ours(target, request):
        return default
    path = urlsplit(target)._replace(scheme="", netloc="").geturl()
    # Once more without the host: "//elsewhere" may follow it. And what is no path
    # `redirect` takes for the name of a page.
    return path if path.startswith("/") and _is_ours(path, request) else default


def _is_ours(url: str, request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
