"""Pages of coverage and of letters due."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from tenants.letters.services import runs
from tenants.models import LetterRun

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


@pytest.fixture
def client(client_for, leader):
    return client_for(leader.user)


def test_each_count_opens_its_list(client, street, patch, add_home):
    add_home(patch, empty=True)
    page = client.get(url("coverage")).content.decode()
    assert f"{url('coverage_homes')}?state=due" in page
    due = client.get(url("coverage_homes"), {"state": "due"})
    assert due.context["page_obj"].paginator.count == 6
    void = client.get(url("coverage_homes"), {"reason": "void"})
    assert void.context["page_obj"].paginator.count == 1


def states_listed(client, **asked) -> list[str]:
    page = client.get(url("coverage_homes"), asked)
    lines = page.context["homes"]
    return [f"{line['state']} {line['why']}".strip() for line in lines]


@pytest.fixture
def mixed(street, patch, add_home, produced, leader):
    """Six homes told; then one due a letter, an empty one, and one in no patch."""
    run = produced(patch, dated=today())
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    add_home(patch, ("Ms", "New", "Comer"), street="Ash Road")
    add_home(patch, empty=True, street="Birch Road")
    add_home(None, ("Ms", "A", "Lone"), ward=patch.ward, street="Cedar Road")


TOLD, DUE = "Told", "Letter due Never told"
VOID, NO_PATCH = (
    f"Exception {label}"
    for label in ("No household: the home is empty", "The home is in no patch")
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "told"}, [TOLD] * 6),
        ({"state": "due"}, [DUE]),
        ({"state": "exception"}, [VOID, NO_PATCH]),
        ({"reason": "no_patch"}, [NO_PATCH]),
        ({"cause": "never_told"}, [DUE]),
        ({"cause": "contact"}, []),
        ({"search": "birch"}, [VOID]),
        ({"sort": "state"}, [DUE, NO_PATCH, VOID, *[TOLD] * 6]),
        ({"sort": "-state"}, [*[TOLD] * 6, VOID, NO_PATCH, DUE]),
        ({"sort": "address"}, [DUE, VOID, NO_PATCH, *[TOLD] * 6]),
        ({"state": "exception", "sort": "-address"}, [NO_PATCH, VOID]),
    ],
)
def test_homes_are_narrowed_and_sorted(client, mixed, asked, expected):
    assert states_listed(client, **asked) == expected


def test_another_wards_homes_are_not_counted(client_for, other_leader, street):
    client = client_for(other_leader.user)
    assert client.get(url("coverage")).context["total"].homes == 0
    page = client.get(url("coverage_homes"))
    assert page.context["page_obj"].paginator.count == 0


def test_an_analyst_sees_counts_and_opens_no_list(client_for, analyst, street):
    client = client_for(analyst)
    assert f'href="{url("coverage")}"' in client.get("/").content.decode()
    page = client.get(url("coverage"))
    assert page.context["total"].due == 6
    assert url("coverage_homes") not in page.content.decode()
    assert f'href="{url("run_list")}"' not in page.content.decode()


@pytest.mark.parametrize("name", ["coverage", "coverage_homes"])
def test_lists_come_as_csv(client, street, name):
    response = client.get(url(name), {"format": "csv"})
    lines = b"".join(response).decode().splitlines()
    assert len(lines) > 1
    assert "etter due" in "".join(lines)


@pytest.mark.parametrize("name", ["coverage", "coverage_homes", "due"])
def test_another_day_is_shown(client, street, name):
    response = client.get(url(name), {"on": "2024-01-05"})
    assert "5 January 2024" in response.content.decode()


@pytest.mark.parametrize("name", ["coverage", "coverage_homes", "due"])
@pytest.mark.parametrize("day", ["31/12/2024", "2024-13-01", "0001-01-01", "x"])
def test_a_day_that_is_none_is_no_error(client, street, name, day):
    assert client.get(url(name), {"on": day}).status_code == 200


@pytest.mark.parametrize("name", ["coverage", "due"])
def test_a_day_that_is_none_is_said_where_it_is_seen(client, street, name):
    page = client.get(url(name), {"on_day": "31", "on_month": "2", "on_year": "2026"})
    assert "must be a real date" in page.content.decode()
    assert '<details class="govuk-details hp-no-print" open>' in page.content.decode()


@pytest.mark.parametrize("name", ["coverage", "coverage_homes", "due"])
def test_where_there_are_no_homes_nobody_is_said_to_be_told(client_for, manager, name):
    page = client_for(manager).get(url(name)).content.decode()
    assert "No homes to tell" in page
    assert "been told who answers for it" not in page


def test_preparing_makes_a_run_and_opens_it(client, street, template, ward):
    response = client.post(url("due_prepare"), {"ward": ward.pk})
    run = LetterRun.objects.get()
    assert response.url == run.get_absolute_url()
    assert run.only_due
    client.post(url("due_prepare"), {"ward": ward.pk})
    assert LetterRun.objects.count() == 1


def test_no_ward_of_that_number_prepares_nothing(client, street, template, ward):
    for asked in ("x", "²", "99999999"):
        client.post(url("due_prepare"), {"ward": asked})
    assert not LetterRun.objects.exists()


def test_letters_due_are_not_prepared_for_a_day_far_off(client, street, template, ward):
    asked = {"ward": ward.pk, "on": "2099-01-01"}
    page = client.post(url("due_prepare"), asked, follow=True).content.decode()
    assert "The date on the letters must be between" in page
    assert not LetterRun.objects.exists()


def test_another_wards_letters_cannot_be_prepared(
    client_for, other_leader, street, template, ward
):
    client_for(other_leader.user).post(url("due_prepare"), {"ward": ward.pk})
    assert not LetterRun.objects.exists()


def test_dismissing_asks_why(client, street, template, ward, work):
    client.post(url("due_prepare"), {"ward": ward.pk})
    run = work.compose(LetterRun.objects.get())
    address = url("run_dismiss", run.pk)
    assert "Enter why no letter is needed" in client.post(address).content.decode()
    client.post(address, {"reason": "Told in person"})
    run.refresh_from_db()
    assert run.status == "cancelled"
    assert "No letters are due" in client.get(url("due")).content.decode()


@pytest.mark.parametrize("name", ["coverage", "coverage_homes", "due"])
def test_queries_do_not_grow(client, street, patch, add_home, name):
    client.get(url(name))
    with CaptureQueriesContext(connection) as few:
        client.get(url(name))
    for number in range(10):
        add_home(patch, ("Ms", "More", f"Tenant{number}"))
    with CaptureQueriesContext(connection) as more:
        client.get(url(name))
    assert len(more) == len(few)
