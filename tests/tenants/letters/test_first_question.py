"""Whom to write to: the first page of a new run, and what it hands on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.tenants import TaraFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def client(client_for, leader):
    return client_for(leader.user)


@pytest.mark.usefixtures("street")
def test_the_first_question_wants_an_answer_and_keeps_what_a_link_chose(client):
    assert "There is a problem" not in text_of(client.get(url("run_create")))
    kept = {"template": "7", "changed_since": "2026-03-03"}
    page = text_of(client.get(url("run_create"), kept | {"continue": "yes"}))
    assert "Select who you want to write to" in page
    assert '<input type="hidden" name="changed_since" value="2026-03-03">' in page
    chosen = client.get(url("run_create"), kept | {"kind": "wards", "continue": "yes"})
    expected = f"{url('run_form', 'wards')}?template=7&changed_since=2026-03-03"
    assert chosen.url == expected


def test_a_run_of_no_homes_says_so(client, composed, patch):
    run = composed(patch)
    assert run.home_count == 0
    page = text_of(client.get(run.get_absolute_url()))
    assert "no home under management was among those you chose" in page
    assert "The exceptions say why" not in page


def test_an_associations_name_keeps_its_capitals(client, ward):
    TaraFactory(ward=ward)
    page = text_of(client.get(url("run_form", "tara")))
    assert "Letters to a TARA&#x27;s area" in page
