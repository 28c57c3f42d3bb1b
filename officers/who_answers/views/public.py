"""What makes a page public: open, cacheable, without scripts, and counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django_ratelimit.core import get_usage

# Who answers may change at midnight, and is then told within these seconds.
CACHE_SECONDS = 300
# No script at all, and no nonce, which a cache would hand out again.
POLICY = {"script-src": [NONE], "style-src": [SELF]}

PublicView = Callable[..., HttpResponseBase]


def public_page(view: PublicView) -> PublicView:
    """Make a view a public page that caches may keep for a short time."""
    return framed_page(lambda: [NONE])(view)


def framed_page(origins: Callable[[], list[str]]) -> Callable[[PublicView], PublicView]:
    """Make a view a public page that the origins given may show in a frame."""

    def decorate(view: PublicView) -> PublicView:
        @login_not_required
        @require_safe
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            policy = csp_replace({**POLICY, "frame-ancestors": origins()})
            return keep_for_a_while(policy(view)(request, *args, **kwargs))

        return opened

    return decorate


def keep_for_a_while(response: HttpResponseBase) -> HttpResponseBase:
    """Let caches keep an answer unless it is a fault or the view said otherwise."""
    if response.status_code in (200, 404) and not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
    return response


def seconds_to_wait(request: HttpRequest) -> int | None:
    """Count a look-up; return how long to wait if its address has asked too often."""
    usage = get_usage(
        request,
        group="who_answers",
        key="ip",
        rate=settings.PUBLIC_RATE_LIMIT,
        increment=True,
    )
    if usage is None or not usage["should_limit"]:
        return None
    return max(1, usage["time_left"])


def too_many(request: HttpRequest, wait: int, **context: Any) -> HttpResponse:
    """Say that the visitor's address has asked too often, and when to come back."""
    response = render(
        request,
        "officers/who_answers/too_many.html",
        {**context, "seconds": wait},
        status=429,
    )
    response["Retry-After"] = str(wait)
    response["X-Robots-Tag"] = "noindex"
    return response


def visitor_address(request: HttpRequest) -> str:
    """Return the visitor's own address, behind as many proxies as there are.

    As at sign-in (`TRUSTED_PROXY_COUNT`); `RATELIMIT_IP_META_KEY` names this function.
    """
    return get_adapter(request).get_client_ip(request)
