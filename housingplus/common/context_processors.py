"""What every page knows: the council's name and colour, and the menu."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from .navigation import NAVIGATION

_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FALLBACK_COLOUR = "#0f5f5c"


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates the council's identity and what this person may go to."""
    user = getattr(request, "user", None)
    colour = brand_colour()
    return {
        "council_name": settings.COUNCIL_NAME,
        "council_logo": settings.COUNCIL_LOGO,
        "brand_colour": colour,
        "brand_text_colour": text_colour_on(colour),
        "demo_mode": settings.DEMO_MODE,
        "navigation": SimpleLazyObject(partial(navigation_for, request)),
        "search_url": url_or_blank("search"),
        "home_url": url_or_blank("home") or "/",
        "keep_alive_url": url_or_blank("officers:accounts:keep_alive"),
        "idle_timeout_minutes": (
            settings.IDLE_TIMEOUT_MINUTES
            if user is not None and user.is_authenticated
            else None
        ),
        "map_tile_url": settings.MAP_TILE_URL,
        "map_tile_attribution": settings.MAP_TILE_ATTRIBUTION,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }


def navigation_for(request: HttpRequest) -> list[NavigationItem]:
    """Return the menu of the signed-in person; the longest matching path is current."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    links = [
        (label, url_or_blank(name))
        for label, name, permission in NAVIGATION
        if permission is None or user.has_permission(permission)
    ]
    urls = [url for _, url in links if url]
    here = max(
        (url for url in urls if _is_under(request.path, url)), key=len, default=""
    )
    return [NavigationItem(label, url, url == here) for label, url in links if url]


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def url_or_blank(name: str) -> str:
    """Return a page's address, or nothing when the site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def brand_colour() -> str:
    """Return the council's colour; one that is no six-digit hex is not used."""
    colour = settings.BRAND_COLOUR
    return colour if _HEX_COLOUR.fullmatch(colour) else _FALLBACK_COLOUR


def text_colour_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on `colour` (WCAG)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= 4.5 else "#0b0c0c"
