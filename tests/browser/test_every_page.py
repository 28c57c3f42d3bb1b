"""Every page of the access table in a browser: WCAG 2.2 AA, no wider than its screen.

Error states too: each form is sent empty, and the page that comes back is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

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

WIDTHS = (1280, 390)
# The walk is cut up so that it can be shared out.
PARTS = 6
OPTIONS = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    # What passes is not described; nothing is loaded a second time.
    "resultTypes": ["violations"],
    "preload": False,
}


@pytest.fixture
def world(transactional_db) -> World:
    """The small city, with all that any address needs: more to show on each page."""
    world = build_world()
    for row in ROWS:
        _path(row, world)
    return world


def _path(row: Row, world: World) -> str:
    path = reverse(row.name, args=row.args(world), kwargs=row.kwargs(world))
    return path + (f"?{row.query}" if row.query else "")


def _answer(row: Row, world: World, role: str) -> HttpResponse | None:
    """The page the role gets at an address; nothing if it is a file or a redirect."""
    if row.get is None or row.get[role] != 200:
        return None
    client = Client()
    client.force_login(world.users[role])
    answer = client.get(_path(row, world))
    is_whole = b"</html>" in getattr(answer, "content", b"")
    is_page = is_whole and answer["Content-Type"].startswith("text/html")
    return answer if is_page else None


def _refusal(row: Row, world: World) -> HttpResponse | None:
    """The page a manager gets who sends a form empty, if it is one of errors."""
    if row.post is None or not _answer(row, world, "manager"):
        return None
    client = Client()
    client.force_login(world.users["manager"])
    with transaction.atomic():
        answer = client.post(_path(row, world), {})
        transaction.set_rollback(True)
    text = getattr(answer, "content", b"").decode()
    return answer if "govuk-error-summary" in text else None


def _faults(page: Page) -> list[str]:
    """What axe finds wrong at both widths, and what sticks out of the screen."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=OPTIONS).response["violations"]
        faults += [
            f"{page.url} at {width}, {rule['id']}: {node['html'][:200]}"
            for rule in found
            for node in rule["nodes"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            faults.append(f"{page.url} at {width} is {wide} px too wide")
    return faults


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


def _walk(
    page: Page, world: World, answers: Iterable[tuple[Row, HttpResponse | None]]
) -> tuple[list[str], int]:
    """Show each page; return the faults of all, and how many there were."""
    faults, seen = [], 0
    for row, answer in answers:
        if answer is not None:
            seen += 1
            _show(page, _path(row, world), answer)
            faults += [f"{row.label}: {fault}" for fault in _faults(page)]
    return faults, seen


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_are_accessible_and_fit(open_browser, world, part):
    page = open_browser(world.users["manager"])
    rows = ROWS[part::PARTS]
    answers = ((row, _answer(row, world, "manager")) for row in rows)
    faults, seen = _walk(page, world, answers)
    assert seen > 5
    assert faults == []


@pytest.mark.parametrize("role", ["leader", "officer", "analyst"])
def test_the_home_page_is_accessible_and_fits(open_browser, world, role):
    """What differs from the manager's pages is the home page."""
    page = open_browser(world.users[role])
    rows = [row for row in ROWS if row.name == "home"]
    faults, seen = _walk(
        page, world, ((row, _answer(row, world, role)) for row in rows)
    )
    assert seen == len(rows) > 0
    assert faults == []


@pytest.mark.parametrize("part", range(PARTS))
def test_refused_forms_are_accessible_and_fit(open_browser, world, part):
    page = open_browser(world.users["manager"])
    rows = ROWS[part::PARTS]
    faults, seen = _walk(page, world, ((row, _refusal(row, world)) for row in rows))
    assert seen > 2
    assert faults == []
