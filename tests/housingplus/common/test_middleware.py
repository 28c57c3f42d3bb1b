"""A refusal or a busy database is a page that says what to do, never a 500."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from housingplus.common.errors import Refusal
from housingplus.common.middleware import BUSY, RefusalMiddleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def handled(rf, manager):
    """What becomes of an exception while somebody posts a form."""

    def handle(exception: Exception, **posted: str) -> HttpResponse | None:
        request = rf.post("/patches/", posted)
        request.user = manager
        request.session = {}
        request._messages = []
        return RefusalMiddleware(lambda _: HttpResponse()).process_exception(
            request, exception
        )

    return handle


class Deadlock(Exception):
    sqlstate = "40P01"


def deadlock() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = Deadlock()
    return error


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), deadlock()], ids=str
)
def test_a_busy_database_asks_to_try_again(handled, error):
    answer = handled(error)

    assert answer.status_code == 409
    assert BUSY in answer.content.decode()
    assert "Nothing was changed" in answer.content.decode()


def test_any_other_fault_of_the_database_stays_a_fault(handled):
    assert handled(OperationalError("no such table: homes")) is None


def test_a_refusal_is_shown(handled):
    answer = handled(Refusal("The patch is closed."))

    assert answer.status_code == 409
    assert "The patch is closed." in answer.content.decode()
