"""Make the pictures in docs/screenshots from a demo city of their own.

    make screenshots

Starts the site on a free port with a temporary database, does the ward team leader's
main job in a browser and keeps a picture of each page worth showing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
PASSWORD_LINE = "DEMO_PASSWORD = "
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        system = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=system, args=LAUNCH)
        leader_pages(signed_in(browser, address, "leader"))
        manager_pages(signed_in(browser, address, "manager"))
        keep(signed_in(browser, address, "officer"), "home-officer")
        phone = signed_in(browser, address, "leader", width=390)
        keep(phone, "phone-home-leader")
        browser.close()


@contextmanager
def site() -> Iterator[str]:
    """Run the demo on a database of its own; yields its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/city.sqlite3",
            "MEDIA_ROOT": folder,
        }
        running = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address)
            yield address
        finally:
            os.killpg(running.pid, 15)
            running.wait(timeout=30)


def wait_for(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=5)
        except (urllib.error.URLError, TimeoutError):
            time.sleep(1)
        else:
            return
    raise SystemExit("The demo did not start.")


def signed_in(browser: Browser, address: str, who: str, *, width: int = 1280) -> Page:
    """Return a window in which the demo's `who` has just signed in."""
    source = (ROOT / "officers/accounts/demo.py").read_text()
    line = next(row for row in source.splitlines() if row.startswith(PASSWORD_LINE))
    context = browser.new_context(
        viewport={"width": width, "height": 860}, base_url=address
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(f"{who}@kestrelford.example")
    page.locator("input[name=password]").fill(line.split('"')[1])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", level=1).wait_for()
    return page


def keep(page: Page, name: str, *, full: bool = False) -> None:
    page.wait_for_timeout(600)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=full)


def leader_pages(page: Page) -> None:
    """The main job: a patch without an officer, an assignment, the letters."""
    keep(page, "home-leader")
    page.goto("/patches/")
    keep(page, "patches")
    page.locator("main table tbody a").first.click()
    keep(page, "patch")
    page.goto("/assignments/")
    keep(page, "board")


def manager_pages(page: Page) -> None:
    keep(page, "home-manager")


if __name__ == "__main__":
    main()
