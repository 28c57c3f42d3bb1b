"""Pages of long lists."""

from __future__ import annotations

import pytest

from housingplus.common.paging import page_by_keys
from patches.models import Ward
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return sorted(
        (WardFactory(name=f"Ward {number:02}").name for number in range(12)),
        reverse=True,
    )


def page(asked):
    return page_by_keys(
        asked,
        ordered=Ward.objects.order_by("-name", "pk"),
        shown=Ward.objects.select_related("area"),
        size=5,
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("1", slice(5)), ("3", slice(10, 12)), ("99", slice(10, 12)), ("x", slice(5))],
)
def test_rows_come_in_order_page_by_page(names, asked, expected):
    found = page(asked)
    assert [ward.name for ward in found] == names[expected]
    assert (found.paginator.count, found.paginator.num_pages) == (12, 3)


def test_page_of_nothing_is_empty():
    assert list(page("1")) == []


def test_page_takes_three_queries(names, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert [ward.area.name for ward in page("2")]


@pytest.mark.parametrize("asked", ["1", "3", "99"])
def test_rows_slow_to_find_are_found_once(names, asked, django_assert_num_queries):
    rows = {"ordered": Ward.objects.order_by("pk"), "shown": Ward.objects.all()}
    with django_assert_num_queries(2):
        found = page_by_keys(asked, **rows, size=5, is_slow=True)
    usual = page_by_keys(asked, **rows, size=5)
    assert list(found) == list(usual)
    assert found.paginator.count == usual.paginator.count == 12
