"""The invented work of the demo city."""

import datetime as dt
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command

from housingplus.common.dates import today
from patches.design.selectors.assumptions import default_assumptions
from patches.design.selectors.workload import expected_work
from patches.models import Property, WorkRecord
from tenants.demo.work import _last_full_months, _unevenness

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(settings):
    settings.DEMO_MODE = True
    call_command("demo_city", homes=900, seed=3, stdout=StringIO())


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2026, 11, 25), dt.date(2025, 11, 1), dt.date(2026, 10, 31)),
        (dt.date(2026, 3, 1), dt.date(2025, 3, 1), dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 31), dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
    ],
)
def test_the_year_ends_with_the_last_full_month(day, first, last):
    months = _last_full_months(day)

    assert len(months) == 12
    assert (months[0][0], months[-1][1]) == (first, last)
    assert all(
        end + dt.timedelta(days=1) == start
        for (_, end), (start, _) in zip(months, months[1:], strict=False)
    )


def test_a_year_of_work_is_recorded_and_uneven(city):
    found = expected_work(default_assumptions(), on=today())

    hours = sorted(found.hours.values())
    assert WorkRecord.objects.filter(ends_on__gte=today()).count() == 0
    assert WorkRecord.objects.values("work_type").distinct().count() == 6
    # 290 average homes and their associations: about one officer's month.
    month = 290 * found.mean_hours + found.patch_hours
    assert month == pytest.approx(
        float(default_assumptions().monthly_capacity), rel=0.1
    )
    assert hours[-1] > 2 * hours[len(hours) // 2] > 2.5 * hours[0]


def test_the_same_seed_invents_the_same_work(city):
    """The city is written the same; so are the numbers drawn for its homes."""
    homes = list(Property.objects.order_by("pk"))
    drawn = [_unevenness(homes, np.random.default_rng(7)).tolist() for _ in range(2)]

    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) > 50
