"""The board, patches without an officer, and a patch's history."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def url(name: str, *args) -> str:
    return reverse(f"officers:assignments:{name}", args=args)


def test_board_says_how_each_patch_is_answered(page, ward, patch, officer):
    AssignmentFactory(patch=patch, officer=officer)
    covered = PatchFactory(ward=ward)
    AssignmentFactory(patch=covered, officer=officer)
    AssignmentFactory(
        patch=covered, kind="cover", starts_on=today(), ends_on=in_days(2)
    )
    PatchFactory(ward=ward)
    response = page.get(url("board"))
    assert [figure["number"] for figure in response.context["figures"]] == [1, 1, 1, 0]
    assert f"in place of {officer}" in response.content.decode()
    later = page.get(url("board"), {"on": in_days(3).isoformat()})
    assert [figure["number"] for figure in later.context["figures"]] == [2, 0, 1, 0]
    only = page.get(url("board"), {"answer": "cover"})
    assert [row.pk for row, _ in only.context["rows"]] == [covered.pk]


def test_board_survives_an_impossible_date(page, patch):
    response = page.get(url("board"), {"on": "2026-13-45"})
    assert response.status_code == 200
    assert "must be a real date" in response.content.decode()


def test_unassigned_says_since_when(page, patch, officer):
    AssignmentFactory(patch=patch, officer=officer, ends_on=dt.date(2025, 3, 2))
    response = page.get(url("unassigned"))
    [(row, _, since)] = response.context["rows"]
    assert (row, since, row.home_count) == (patch, dt.date(2025, 3, 3), 2)
    assert url("assign", patch.pk) in response.content.decode()


def test_unassigned_is_empty_when_everybody_has_somebody(page, patch, officer):
    AssignmentFactory(patch=patch, officer=officer)
    assert "Every patch has an officer" in page.get(url("unassigned")).content.decode()


def test_history_answers_for_a_day_with_gaps(page, patch, officer):
    AssignmentFactory(
        patch=patch,
        officer=officer,
        starts_on=dt.date(2025, 3, 1),
        ends_on=dt.date(2025, 3, 31),
    )
    response = page.get(url("history", patch.pk), {"on": "2025-03-03"})
    assert response.context["answer"].officer == officer
    spans = [(span.starts_on, span.assignment) for span in response.context["spans"]]
    assert [start for start, _ in spans] == [
        dt.date(2025, 4, 1),
        dt.date(2025, 3, 1),
        dt.date(2024, 1, 1),
    ]
    assert [row is None for _, row in spans] == [True, False, True]
    typed = {"on_day": "3", "on_month": "3", "on_year": "2025"}
    assert page.get(url("history", patch.pk), typed).context["day"].day == 3
    wrong = page.get(url("history", patch.pk), {"on": "yesterday"})
    assert "must be a real date" in wrong.content.decode()


@pytest.mark.parametrize("name", ["board", "unassigned"])
def test_lists_download_as_csv(page, patch, name):
    response = page.get(url(name), {"format": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert response["Content-Type"].startswith("text/csv")
    assert patch.code in text


@pytest.mark.parametrize("name", ["board", "unassigned", "cover", "bulk"])
def test_queries_do_not_grow(page, ward, patch, name, django_assert_num_queries):
    def more(count):
        for _ in range(count):
            AssignmentFactory(patch=PatchFactory(ward=ward), ends_on=in_days(-1))
            AssignmentFactory(patch=PatchFactory(ward=ward))

    more(2)
    page.get(url(name))
    with CaptureQueriesContext(connection) as few:
        page.get(url(name))
    more(10)
    with django_assert_num_queries(len(few)):
        page.get(url(name))


def test_history_queries_do_not_grow(page, patch, django_assert_num_queries):
    def more(year):
        AssignmentFactory(
            patch=patch, starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 6, 1)
        )

    more(2020)
    more(2021)
    page.get(url("history", patch.pk))
    with CaptureQueriesContext(connection) as few:
        page.get(url("history", patch.pk))
    for year in range(2010, 2020):
        more(year)
    with django_assert_num_queries(len(few)):
        page.get(url("history", patch.pk))
