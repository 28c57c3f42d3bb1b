"""Every address × every role: allowed, 403 or 404; signed out, to sign in."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from tests.access import REFUSED, ROLES, Row, Statuses, World

ROWS: list[Row] = [
    row
    for module in pkgutil.iter_modules(tests.access.__path__)
    for row in getattr(
        importlib.import_module(f"tests.access.{module.name}"), "ROWS", []
    )
]
# Django's admin and allauth's pages have their own, shorter tests.
SKIPPED_PREFIXES = ("admin/", "accounts/")


def addresses(
    patterns: list[URLPattern | URLResolver], route: str = "", namespace: str = ""
) -> Iterator[str]:
    """Yield the full name of every address of ours."""
    for entry in patterns:
        here = route + str(entry.pattern)
        if here.startswith(SKIPPED_PREFIXES):
            continue
        if isinstance(entry, URLResolver):
            inside = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry.url_patterns, here, inside)
        else:
            yield f"{namespace}{entry.name}" if entry.name else f"unnamed: {here}"


@pytest.fixture(autouse=True)
def _city_and_database(world: World, db: None) -> None:
    """The city is there before each test's own transaction begins."""


def test_every_address_is_in_the_table() -> None:
    assert sorted(set(addresses(get_resolver().url_patterns))) == sorted(
        {row.name for row in ROWS}
    )


def test_rows_are_declared_once() -> None:
    labels = [row.label for row in ROWS]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_address(row: Row, method: str, world: World) -> None:
    expected: Statuses | None = getattr(row, method)
    got = {role: _status(row, method, world, role) for role in ROLES}
    wanted = {role: REFUSED if expected is None else expected[role] for role in ROLES}
    wrong = {
        role: f"{got[role]}, expected {wanted[role]}"
        for role in ROLES
        if got[role] not in _as_set(wanted[role])
    }
    assert not wrong, f"{method.upper()} {_url(row, world)}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row.public], ids=lambda row: row.label
)
def test_signed_out_person_is_sent_to_sign_in(
    row: Row, method: str, world: World
) -> None:
    response = getattr(Client(), method)(_url(row, world))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def _as_set(status: Any) -> set[int]:
    return {status} if isinstance(status, int) else set(status)


def _url(row: Row, world: World) -> str:
    path = reverse(row.name, args=row.args(world), kwargs=row.kwargs(world))
    return path + (f"?{row.query}" if row.query else "")


def _status(row: Row, method: str, world: World, role: str) -> int:
    client = Client()
    with transaction.atomic():
        client.force_login(world.users[role])
        data = row.data(world) if method == "post" else None
        status = getattr(client, method)(_url(row, world), data).status_code
        transaction.set_rollback(True)
    return status
