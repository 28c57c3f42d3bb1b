"""A real browser on the site under test; a page that logs an error fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from officers.accounts.models import User

# Times are for a busy machine; a page that is right appears long before.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def open_browser(
    chromium: Browser, live_server, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """Open a window, as a signed-in person or not; its errors fail the test."""
    contexts, faults = [], []

    def open_window(
        user: User | None = None, *, width: int = 1280, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            accept_downloads=True,
            base_url=live_server.url,
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            context.add_cookies(
                [
                    {"name": name, "value": morsel.value, "url": live_server.url}
                    for name, morsel in client.cookies.items()
                ]
            )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                faults.append(f"{page.url}: {message.text}")
                if message.type == "error"
                else None
            ),
        )
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []
