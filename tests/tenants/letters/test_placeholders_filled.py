"""Each placeholder a writer is offered has a value in a composed letter."""

from __future__ import annotations

import pytest

from tenants.letters.placeholders import ALL, NAMES

pytestmark = pytest.mark.django_db


def test_every_placeholder_offered_has_a_value(composed, street, patch):
    values = composed(patch).letters.first().values
    assert set(values) == set(NAMES)
    for known in ALL:
        if known.is_flag:
            assert values[known.name] in {"yes", "no"}
