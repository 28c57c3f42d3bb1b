"""Nothing a person can send to a page is an error of ours: it is answered or refused.

Every address of the access table, as an administrator: what a page asks for is filled
with text that is no number, no date and no choice, and sent back to it.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access import Row, World
from tests.test_access import ROWS

GARBAGE = {
    "null": "\x00",
    "markup": "\u202e<b>'\"&%s\U0001f600",
    "long": " ".join(f"word{number}" for number in range(2_000)),
    "negative": "-1",
    "huge": "9" * 30,
    "endless": "9" * 5_000,
    "superscript": "\u00b2",
}
# What lists and forms read beside the fields they show.
ALWAYS = ("page", "sort", "format", "patch", "ward", "version", "next", "action")
_NAMED = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')


@pytest.fixture(autouse=True)
def _city_and_database(world: World, db: None) -> None:
    """The city is there before each test's own transaction begins."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_garbage_is_answered(row: Row, world: World) -> None:
    client = Client()
    client.force_login(world.users["administrator"])
    with transaction.atomic():
        path = reverse(row.name, args=row.args(world), kwargs=row.kwargs(world))
        fields = _fields_of(client, path) if row.get else set()
        for said in GARBAGE.values():
            given = dict.fromkeys([*ALWAYS, *fields], said)
            for method, is_taken in (("get", row.get), ("post", row.post)):
                if is_taken:
                    _ask(client, method, path, given)
        transaction.set_rollback(True)


def _ask(client: Client, method: str, path: str, given: dict[str, str]) -> None:
    """Send it; what is saved is undone. An error of ours is raised here."""
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(path, given)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    assert answer.status_code < 500


def _fields_of(client: Client, path: str) -> set[str]:
    answer = client.get(path)
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return set()
    found = set(_NAMED.findall(answer.content.decode()))
    return found - {"csrfmiddlewaretoken"}
