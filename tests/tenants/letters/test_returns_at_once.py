"""Two people, or one who clicks twice, record and check the same letter."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tenants.letters.errors import ReturnChanged
from tenants.letters.services.returns import Return, check_return, record_returns
from tenants.models import ReturnedLetter
from tests.factories.letters import POSTED_ON, LetterFactory, ReturnedLetterFactory
from tests.factories.officers import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def at_once(act: Callable[[int], object]) -> list[object]:
    """Run `act` for several people at the same moment; return what each got."""
    barrier = threading.Barrier(PEOPLE)
    got: list[object] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            got.append(act(number))
        except Exception as error:
            got.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_the_same_letters_at_once_are_recorded_once():
    letters = [LetterFactory() for _ in range(3)]
    users = [UserFactory(role="service_manager") for _ in range(PEOPLE)]

    def act(number: int) -> int:
        rows = [Return(one.reference, "refused", POSTED_ON) for one in letters]
        rows = rows[::-1] if number % 2 else rows
        return len(record_returns(returns=rows, by=users[number]).recorded)

    assert sorted(at_once(act), key=str) == [0, 0, 0, 3]
    assert ReturnedLetter.objects.count() == 3


def test_only_one_of_several_checks_is_saved():
    returned = ReturnedLetterFactory()
    users = [UserFactory(role="service_manager") for _ in range(PEOPLE)]

    def act(number: int) -> str:
        check_return(
            returned=returned,
            outcome="write_again",
            note=f"By {number}",
            version=1,
            by=users[number],
        )
        return "saved"

    got = at_once(act)
    assert got.count("saved") == 1
    assert got.count(ReturnChanged) == PEOPLE - 1
