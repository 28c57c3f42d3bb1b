"""A ward with two patches, three homes in the first and none in the second."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from housingplus.common.dates import today
from patches.models import PatchMembership
from patches.register.services import move_homes
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)


@pytest.fixture
def place(ward, team):
    """`first` with homes 1, 2 and 3 Elm Road in it, and the empty `second`."""
    first = PatchFactory(ward=ward, code="KS-01", name="Harbour")
    second = PatchFactory(ward=ward, code="KS-02", name="Quay")
    homes = [
        PropertyFactory(ward=ward, building=str(number), street="Elm Road")
        for number in (1, 2, 3)
    ]
    for home in homes:
        PatchMembershipFactory(patch=first, property=home)
    return SimpleNamespace(ward=ward, first=first, second=second, homes=homes)


@pytest.fixture
def move(place) -> Callable:
    """Move homes of `place` (all to `second` from today, unless told otherwise)."""

    def act(homes=None, **changes):
        asked = {
            "properties": [home.pk for home in homes or place.homes],
            "to_patch": place.second,
            "starts_on": today(),
            "reason": "Balancing",
            "token": uuid.uuid4(),
            "by": None,
        }
        return move_homes(**asked | changes)

    return act


@pytest.fixture
def spans() -> Callable:
    """The times of a home in patches, oldest first: (code, from, to)."""

    def read(home) -> list[tuple[str, dt.date, dt.date | None]]:
        return list(
            PatchMembership.objects.filter(property=home)
            .order_by("starts_on")
            .values_list("patch__code", "starts_on", "ends_on")
        )

    return read
