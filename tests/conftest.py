"""Fixtures every test may use: people of each role, signed in or not."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from officers.accounts.models import User
from officers.accounts.roles import Role
from tests.access.fixtures import world
from tests.factories.officers import (
    OfficerFactory,
    TeamLeadershipFactory,
    TeamMembershipFactory,
    TeamWardFactory,
    UserFactory,
    WardTeamFactory,
)
from tests.factories.patches import WardFactory
from tests.s3_store import bucket, s3_server

__all__ = ["bucket", "s3_server", "world"]

LONG_AGO = dt.date(2024, 1, 1)

_flush = TransactionTestCase._fixture_teardown


def _empty(self: TransactionTestCase) -> None:
    """Empty the database after a transactional test, append-only tables, too.

    On PostgreSQL by DELETE, where the role may put triggers aside: to truncate a
    hundred tables takes half a second, these few rows a twentieth of it.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _drop_append_only_triggers(cursor)
        elif _may_put_triggers_aside(cursor):
            _delete_rows(cursor)
            return
    _flush(self)


def _drop_append_only_triggers(cursor: CursorWrapper) -> None:
    """Drop what a flush installs again."""
    cursor.execute(
        "SELECT name FROM sqlite_master"
        " WHERE type = 'trigger' AND name LIKE '%\\_no\\_delete' ESCAPE '\\'"
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def _may_put_triggers_aside(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT current_setting('is_superuser')")
    return cursor.fetchone() == ("on",)


def _delete_rows(cursor: CursorWrapper) -> None:
    # What a flush makes anew, from the code: it is the same for every test.
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = set(connection.introspection.table_names(cursor)) - kept
    with transaction.atomic():
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in sorted(tables)))


TransactionTestCase._fixture_teardown = _empty


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark the tests that ask no database: on a second one they say the same."""
    asking = {"db", "transactional_db", "django_db_setup"}
    for item in items:
        if asking.isdisjoint(item.fixturenames) and not item.get_closest_marker(
            "django_db"
        ):
            item.add_marker("no_database")


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser in which the given person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def team(ward):
    """The ward's team since long ago."""
    team = WardTeamFactory()
    TeamWardFactory(team=team, ward=ward, starts_on=LONG_AGO)
    return team


@pytest.fixture
def officer(team):
    """A patch officer of the ward's team, with an account."""
    user = UserFactory(role=Role.PATCH_OFFICER)
    officer = OfficerFactory(user=user, name=user.get_full_name())
    TeamMembershipFactory(team=team, officer=officer, starts_on=LONG_AGO)
    return officer


@pytest.fixture
def leader(team):
    """The leader of the ward's team, with an account."""
    user = UserFactory(role=Role.WARD_TEAM_LEADER)
    officer = OfficerFactory(user=user, name=user.get_full_name())
    TeamMembershipFactory(team=team, officer=officer, starts_on=LONG_AGO)
    TeamLeadershipFactory(team=team, officer=officer, starts_on=LONG_AGO)
    return officer


@pytest.fixture
def other_leader():
    """The leader of another ward's team, with an account."""
    user = UserFactory(role=Role.WARD_TEAM_LEADER)
    officer = OfficerFactory(user=user, name=user.get_full_name())
    team = WardTeamFactory()
    TeamWardFactory(team=team, ward=WardFactory(), starts_on=LONG_AGO)
    TeamMembershipFactory(team=team, officer=officer, starts_on=LONG_AGO)
    TeamLeadershipFactory(team=team, officer=officer, starts_on=LONG_AGO)
    return officer


@pytest.fixture
def manager() -> User:
    return UserFactory(role=Role.SERVICE_MANAGER)


@pytest.fixture
def analyst() -> User:
    return UserFactory(role=Role.ANALYST)


@pytest.fixture
def administrator() -> User:
    return UserFactory(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)


@pytest.fixture(autouse=True)
def _media_in_its_own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, from the system or from Playwright; without one the tests fail."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
