"""Values known by id, looked up by the database."""

from __future__ import annotations

import datetime as dt

import pytest

from patches.models import Property
from tenants.letters.selectors.tables import day_by, text_by
from tests.factories.patches import BlockFactory, PropertyFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 3)
LONG_AGO = dt.date(1900, 1, 1)


@pytest.fixture
def homes():
    """Homes of three blocks, and one of none."""
    return [
        *(PropertyFactory(block=BlockFactory()) for _ in range(3)),
        PropertyFactory(block=None),
    ]


def found(homes, expression):
    rows = Property.objects.annotate(found=expression)
    values = dict(rows.values_list("pk", "found"))
    return [values[home.pk] for home in homes]


def test_texts_by_id(homes):
    first, second, *_ = (home.block_id for home in homes)
    texts = {first: "officer-3:ab'\"%s", second: ""}
    expected = ["officer-3:ab'\"%s", "", "-", "-"]
    assert found(homes, text_by("block", texts, default="-")) == expected


def test_days_by_id(homes):
    first, second, *_ = (home.block_id for home in homes)
    days = {first: DAY, second: None}
    expected = [DAY, LONG_AGO, LONG_AGO, LONG_AGO]
    assert found(homes, day_by("block", days, default=LONG_AGO)) == expected


def test_days_can_be_compared(homes):
    later = day_by("block", {homes[0].block_id: DAY}, default=LONG_AGO)
    rows = Property.objects.alias(later=later)
    assert rows.filter(later__gte=DAY).get() == homes[0]
    assert not rows.filter(later__gt=DAY).exists()


def test_nothing_known(homes):
    assert found(homes, text_by("block", {})) == ["", "", "", ""]
