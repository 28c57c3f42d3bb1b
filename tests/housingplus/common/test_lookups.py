"""Looking up rows by a list of ids that is one parameter."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.models import Property
from tenants.models import Household
from tests.factories.patches import PropertyFactory
from tests.factories.tenants import HouseholdFactory

pytestmark = pytest.mark.django_db


def test_rows_among_ids_are_found_by_their_key_or_by_another_rows():
    homes = PropertyFactory.create_batch(3)
    wanted = [homes[0].pk, homes[2].pk, 10**9]
    household = HouseholdFactory(property=homes[2])
    HouseholdFactory(property=homes[1])

    found = Property.objects.filter(pk__among=wanted)
    assert set(found) == {homes[0], homes[2]}
    assert Household.objects.filter(property__among=wanted).get() == household
    assert not Property.objects.filter(pk__among=[]).exists()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite gets the list as JSON"
)
def test_postgresql_compares_ids_of_the_columns_own_type():
    """An array of another type is compared one by one: a second for a thousand."""
    with CaptureQueriesContext(connection) as asked:
        list(Property.objects.filter(pk__among=[1]))
        list(Household.objects.filter(property__among=[1]))
    assert all("::bigint[]" in query["sql"] for query in asked.captured_queries)
