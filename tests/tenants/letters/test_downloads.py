"""Lists of runs and letters as CSV, for those who may download lists."""

from __future__ import annotations

import pytest
from django.urls import reverse

from housingplus.common.permissions import Permission
from officers.accounts.roles import PERMISSIONS, Role

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


def test_lists_are_downloaded_by_who_may_download_lists(
    produced, street, patch, leader, client_for, monkeypatch
):
    run = produced(patch)
    client = client_for(leader.user)
    lists = [
        url("run_list"),
        url("run_homes", run.pk),
        url("run_deliveries", run.pk),
        url("letter_list"),
        url("template_list"),
    ]
    assert {client.get(f"{at}?format=csv").status_code for at in lists} == {200}
    less = PERMISSIONS[Role.WARD_TEAM_LEADER] - {Permission.EXPORT_LISTS}
    monkeypatch.setitem(PERMISSIONS, Role.WARD_TEAM_LEADER, less)
    assert {client.get(at).status_code for at in lists} == {200}
    assert {client.get(f"{at}?format=csv").status_code for at in lists} == {403}
