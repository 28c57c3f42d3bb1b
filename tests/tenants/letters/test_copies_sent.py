"""Copies sent one by one: after the letters, and never instead of them."""

from __future__ import annotations

import pytest

from tenants.households.models import Household
from tenants.letters.services import runs, sending
from tenants.models import LetterDelivery

from .test_copies import both

pytestmark = pytest.mark.django_db


def test_households_have_their_letters_before_any_copy(
    produced, add_copied, patch, leader, monkeypatch, settings
):
    monkeypatch.setattr(sending, "_enqueue", lambda run, job: None)
    add_copied(representative_address="1 Quay, Aberdale, AB1 1AA")
    add_copied(letter_format="email", email="ali@example.org")
    run = produced(patch, way_out="notify")
    sending.send_run(run=run, by=leader.user)
    order = LetterDelivery.objects.order_by("pk").select_related("letter")
    assert [(row.letter.is_copy, row.service) for row in order] == [
        (False, "notify"),
        (False, "email"),
        (True, "notify"),
        (True, "notify"),
    ]


def test_a_copy_that_went_does_not_let_the_letter_go_to_a_household_marked_since(
    produced, add_copied, work, patch, leader
):
    home = add_copied(letter_format="braille")
    run = produced(patch, way_out="notify")
    _, copy = both(run)
    LetterDelivery.objects.create(
        letter=copy, run=run, service="notify", status="accepted"
    )
    Household.objects.filter(property=home).update(
        safe_contact_only=True, safe_contact_how="By telephone"
    )
    assert run.letters.marked_since().exists()
    runs.produce_run(run=run, by=leader.user)
    work.produce(run)
    row = run.homes.get()
    assert (row.reason, run.letters.count()) == ("safe_contact", 0)
    assert f"The representative’s copy, {copy.reference}, had gone" in row.detail
