"""Every page of the access table in a browser: WCAG 2.2 AA, no wider than its screen.

Error states too: each form is sent empty, and the page that comes back is looked at.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.access import Row, World, build_world
from tests.test_access import ROWS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.walk,
    pytest.mark.django_db(transaction=True),
]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def world(transactional_db) -> World:
    return build_world()


def _path(row: Row, world: World) -> str:
    path = reverse(row.name, args=row.args(world), kwargs=row.kwargs(world))
    return path + (f"?{row.query}" if row.query else "")


def _is_page(row: Row, role: str, world: World) -> bool:
    """Whether the address answers this role with a page (not a file or a redirect)."""
    if row.get is None or row.get[role] != 200:
        return False
    client = Client()
    client.force_login(world.users[role])
    answer = client.get(_path(row, world))
    is_whole = b"</html>" in getattr(answer, "content", b"")
    return is_whole and answer["Content-Type"].startswith("text/html")


def _faults(page: Page) -> list[str]:
    """What axe finds wrong, and what sticks out of the screen."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [
        f"{page.url} {rule['id']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*faults, f"{page.url} is {wide} px too wide"] if wide > 0 else faults


def _show(page: Page, path: str, answer: HttpResponse) -> None:
    """Show the answer to a form as if it had just come from the form's address."""
    page.route(
        lambda address: address.endswith(path),
        lambda route: route.fulfill(
            status=200, headers=dict(answer.headers), body=answer.content
        ),
        times=1,
    )
    page.goto(path)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("role", ["manager", "leader", "officer", "analyst"])
def test_pages_are_accessible_and_fit(open_browser, world, role, width):
    rows = [row for row in ROWS if _is_page(row, role, world)]
    if role != "manager":  # What differs from the manager's: the home page.
        rows = [row for row in rows if row.name == "home"]
    assert rows
    page = open_browser(world.users[role], width=width)
    faults = []
    for row in rows:
        page.goto(_path(row, world))
        faults += _faults(page)
    assert faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_refused_forms_are_accessible_and_fit(open_browser, world, width):
    page = open_browser(world.users["manager"], width=width)
    faults, seen = [], 0
    for row in ROWS:
        if row.get is None or row.post is None or not _is_page(row, "manager", world):
            continue
        client = Client()
        client.force_login(world.users["manager"])
        with transaction.atomic():
            answer = client.post(_path(row, world), {})
            transaction.set_rollback(True)
        text = getattr(answer, "content", b"").decode()
        if "govuk-error-summary" not in text:
            continue
        seen += 1
        _show(page, _path(row, world), answer)
        faults += [f"{row.label}: {fault}" for fault in _faults(page)]
    assert seen > 5
    assert faults == []
