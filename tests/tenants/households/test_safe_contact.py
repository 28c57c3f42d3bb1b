"""Marking a household safe contact only, reading how, and lifting the mark."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from tenants.models import Household
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory

from .test_views import LIST, settle, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(ward, officer):
    patch = PatchFactory(ward=ward)
    AssignmentFactory(patch=patch, officer=officer)
    return settle(patch)


def test_safe_contact_is_marked_read_and_lifted(client_for, officer, household):
    client = client_for(officer.user)
    day = today() + dt.timedelta(days=90)
    values = {
        "how": "Telephone at work",
        "review_on_day": day.day,
        "review_on_month": day.month,
        "review_on_year": day.year,
        "version": household.version,
    }
    wrong = client.post(url("safe_contact", household), values | {"how": " "})
    assert "Enter how to contact them safely" in wrong.content.decode()
    assert client.post(url("safe_contact", household), values).status_code == 302
    household.refresh_from_db()
    assert (household.safe_contact_on, household.safe_contact_by) == (
        today(),
        officer.user,
    )
    page = client.get(url("detail", household)).content.decode()
    assert "Contact them only in this way" in page
    assert "Telephone at work" in page
    assert AuditEvent.objects.filter(verb="household.reason_read").exists()
    found = client.get(LIST, {"do_not_write": "safe"})
    assert [row.pk for row in found.context["page_obj"]] == [household.pk]
    assert not list(client.get(LIST, {"do_not_write": "no"}).context["page_obj"])
    Household.objects.filter(pk=household.pk).update(
        do_not_write=True, do_not_write_reason="Solicitor acts"
    )
    household.refresh_from_db()
    lifted = client.post(
        url("lift_safe_contact", household),
        {"reason": "They moved", "version": household.version},
    )
    assert lifted.status_code == 302
    household.refresh_from_db()
    assert (household.safe_contact_only, household.safe_contact_how) == (False, "")
    assert household.do_not_write


def test_safe_contact_is_shown_to_nobody_outside(client_for, other_leader, household):
    Household.objects.filter(pk=household.pk).update(
        safe_contact_only=True, safe_contact_how="Telephone at work"
    )
    client = client_for(other_leader.user)
    assert client.get(url("detail", household)).status_code == 404
    home = client.get(household.property.get_absolute_url()).content.decode()
    assert "afe contact" not in home
    assert "Not written to" not in home
