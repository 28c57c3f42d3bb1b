"""Assumption sets in Django admin: corrected until a design has used them."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from tests.factories.designs import AssumptionSetFactory, PatchDesignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client_for, administrator):
    """Change fields of a set as an administrator."""

    def post(assumptions, **changed):
        values = model_to_dict(assumptions) | changed
        return client_for(administrator).post(
            reverse("admin:patches_assumptionset_change", args=[assumptions.pk]),
            {name: value for name, value in values.items() if value is not None},
        )

    return post


def test_set_no_design_has_used_is_corrected_and_recorded(save, administrator):
    assumptions = AssumptionSetFactory(band_max=300)
    assert save(assumptions, band_max=310).status_code == 302
    assumptions.refresh_from_db()
    assert (assumptions.band_max, assumptions.version) == (310, 2)
    event = AuditEvent.objects.get()
    assert (event.verb, event.by) == ("assumptionset.changed", administrator)
    assert event.changes == {"band_max": [300, 310]}


def test_set_a_design_has_used_stays_as_it_is(save):
    assumptions = PatchDesignFactory().assumptions
    assert save(assumptions, band_max=310).status_code == 403
    assumptions.refresh_from_db()
    assert assumptions.band_max == 300


def test_set_is_made_by_copying_not_here(client_for, administrator):
    page = client_for(administrator).get(reverse("admin:patches_assumptionset_add"))
    assert page.status_code == 403
