"""Make the pictures in docs/screenshots from a demo city of their own.

    make screenshots

Starts the site on a free port with a temporary database, does the ward team leader's
main job in a browser and keeps a picture of each page worth showing.
"""

from __future__ import annotations

import datetime as dt
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
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
PASSWORD_LINE = "DEMO_PASSWORD = "
# A stock list as councils send them: a UPRN shortened by Excel, a postcode cut off.
FAULTY = """UPRN,Property Ref,landlord,building,street,town,Post Code,ward_code,ward
990900000001,K900001,KCC,1,Harvest Close,Kestrelford,ZK1 9AA,E05990000,Abbot's Mere
9.909E+11,K900002,KCC,2,Harvest Close,Kestrelford,ZK1 9AA,E05990000,Abbot's Mere
990900000003,K900003,KCC,3,Harvest Close,Kestrelford,ZK1,E05990000,Abbot's Mere
990900000004,K900004,KCC,4,Harvest Close,Kestrelford,ZK1 9AA,E05990000,Abbot's Mere
990900000004,K900005,KCC,5,Harvest Close,Kestrelford,ZK1 9AA,E05990000,Abbot's Mere
"""
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        system = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=system, args=LAUNCH)
        leader_pages(signed_in(browser, address, "leader"))
        manager_pages(signed_in(browser, address, "manager"))
        design_pages(signed_in(browser, address, "manager"))
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
            "DEBUG": "false",
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


def today() -> dt.date:
    return dt.datetime.now(tz=ZoneInfo("Europe/London")).date()


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
    page.goto("/")
    page.get_by_role("link", name="Assign an officer to").first.click()
    page.locator("main input[type=radio]").nth(1).check()
    date_in(page, "From which day", today())
    page.get_by_label("Reason").fill("Vacancy filled")
    press(page, "Continue")
    keep(page, "assign")
    press(page, "Confirm")
    press(page, "Write to these households")
    page.get_by_label("Template").select_option(label="Introducing your patch officer")
    date_in(page, "Date on the letters", today())
    press(page, "Work out who gets a letter")
    page.get_by_text("Ready to check").first.wait_for(timeout=60_000)
    keep(page, "letter-run")


def manager_pages(page: Page) -> None:
    """A list with faults, checked."""
    keep(page, "home-manager")
    page.goto("/imports/upload/")
    page.locator("input[name=kind]").first.check()
    page.locator("input[type=file]").set_input_files(
        {"name": "homes.csv", "mimeType": "text/csv", "buffer": FAULTY.encode()}
    )
    press(page, "Upload")
    press(page, "Check the list")
    page.get_by_text("Has errors").first.wait_for(timeout=60_000)
    keep(page, "import-report")


def design_pages(page: Page) -> None:
    """A design of all wards, compared, and a street on its way by hand."""
    page.goto("/designs/new/all/")
    page.get_by_label("Name", exact=True).fill("Patches from April")
    press(page, "Continue")
    press(page, "Draw")
    page.get_by_text("Alternatives side by side").first.wait_for(timeout=120_000)
    table = page.get_by_role("heading", name="Alternatives side by side")
    table.evaluate("heading => heading.scrollIntoView()")
    keep(page, "design")
    page.get_by_role("link", name="Adjust “Most compact”").click()
    press(page, "Make the copy")
    page.locator("[data-map] path.leaflet-interactive").nth(20).click(force=True)
    page.locator("[data-map]").scroll_into_view_if_needed()
    keep(page, "adjust")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def date_in(page: Page, question: str, day: dt.date) -> None:
    group = page.get_by_role("group", name=question)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(value))


if __name__ == "__main__":
    main()
