"""The page to approve a run, where there is something to approve and where not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tenants.letters import rules

pytestmark = pytest.mark.django_db


def test_a_run_with_no_letters_has_nothing_to_approve(
    composed, add_home, patch, client_for, leader
):
    add_home(patch, empty=True)
    run = composed(patch)
    assert (run.status, run.letter_count) == ("composed", 0)
    url = reverse("tenants:letters:run_approve", args=[run.pk])
    client = client_for(leader.user)
    page = client.get(url).content.decode()
    assert "There is nothing to approve" in page
    assert "No household: the home is empty: <strong>1</strong>" in page
    assert "outcome=exception" in page
    assert ">Approve<" not in page
    answers = {"seen": rules.seen_mark(run)}
    assert "has no letters" in client.post(url, answers, follow=True).content.decode()


def test_a_run_with_no_home_is_to_be_cancelled(composed, patch, client_for, manager):
    run = composed(patch)
    url = reverse("tenants:letters:run_approve", args=[run.pk])
    page = client_for(manager).get(url).content.decode()
    assert "It has no home at all" in page
    assert reverse("tenants:letters:run_cancel", args=[run.pk]) in page
