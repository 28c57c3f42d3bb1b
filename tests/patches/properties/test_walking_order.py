"""The database walks a street as the keys say, whatever language the server speaks."""

from __future__ import annotations

import pytest
from django.db import connection

from patches.models import Property
from tests.factories.patches import LandlordFactory, PropertyFactory, WardFactory

WALK = ["2", "2A", "2B", "10", "10/3", "12-14", "12a", "100", "Elm House", "Élan Court"]


@pytest.mark.django_db
def test_homes_come_in_walking_order():
    ward, landlord = WardFactory(), LandlordFactory()
    for building in reversed(WALK):
        PropertyFactory(building=building, ward=ward, landlord=landlord)

    walked = Property.objects.in_walking_order().values_list("walk_key", flat=True)

    assert list(walked) == sorted(walked)


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite compares bytes")
def test_postgresql_compares_keys_by_code_point():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, collation_name FROM information_schema.columns"
            " WHERE table_name = 'patches_property' AND column_name LIKE '%_key'"
        )
        assert dict(cursor.fetchall()) == {"street_key": "C", "walk_key": "C"}
