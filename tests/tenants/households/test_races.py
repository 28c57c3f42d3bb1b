"""Two people at once: one change is kept, the other person is told."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from housingplus.common.dates import today
from tenants.households import services
from tenants.households.errors import HouseholdChanged
from tenants.models import CommunicationNeeds, Household
from tests.factories.officers import UserFactory
from tests.factories.tenants import HouseholdFactory

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 4
NEEDS = {
    "letter_format": "large_print",
    "needs_interpreter": False,
    "representative_name": "",
    "representative_contact": "",
    "representative_address": "",
    "copy_to_representative": False,
    "email": "",
    "notes": "",
}


def at_once(act: Callable[[int], Any]) -> list[str]:
    """Run `act` for several people at the same moment; say how each fared."""
    barrier = threading.Barrier(PEOPLE)
    outcomes: list[str] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            act(number)
            outcomes.append("saved")
        except HouseholdChanged:
            outcomes.append("told")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


ONE_WINS = ["saved"] + ["told"] * (PEOPLE - 1)


def test_only_one_of_several_first_needs_is_saved():
    household = HouseholdFactory()
    users = [UserFactory() for _ in range(PEOPLE)]

    def act(number: int) -> None:
        services.edit_needs(
            household=household,
            version=0,
            by=users[number],
            language=f"Language {number}",
            **NEEDS,
        )

    assert at_once(act) == ONE_WINS
    assert CommunicationNeeds.objects.get().version == 1


def test_only_one_of_several_marks_is_saved():
    household = HouseholdFactory()
    users = [UserFactory() for _ in range(PEOPLE)]

    def act(number: int) -> None:
        services.mark_do_not_write(
            household=household,
            version=1,
            reason=f"Reason {number}",
            review_on=today() + dt.timedelta(days=30),
            by=users[number],
        )

    assert at_once(act) == ONE_WINS
    assert Household.objects.get().version == 2


def test_without_the_version_the_last_one_would_win_unseen():
    household = HouseholdFactory()

    def act(number: int) -> None:
        row = Household.objects.get(pk=household.pk)
        row.correspondence_address = f"{number} Oak Lane"
        row.save()

    assert at_once(act) == ["saved"] * PEOPLE
