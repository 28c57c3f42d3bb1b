"""What the pages of patches ask of the people who do the work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest

from housingplus.common.dates import today
from officers.assignments.scope import wards_run_by
from officers.teams.models import TeamWard
from patches.register.forms import AsAtForm

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward


def run_ward_ids(user: User) -> set[int]:
    """Return the wards where the person may change patches and move homes."""
    return set(wards_run_by(user).order_by().values_list("pk", flat=True))


def wards_of_same_team(ward_ids: set[int], day: dt.date) -> set[int]:
    """Return the wards that share a ward team with any of these, and these."""
    with_team = TeamWard.objects.as_at(day)
    teams = with_team.filter(ward__in=ward_ids).values("team")
    shared = with_team.filter(team__in=teams).order_by()
    return ward_ids | set(shared.values_list("ward", flat=True))


def ward_ids_for(ward: Ward, day: dt.date) -> set[int]:
    """Return where the homes of a patch of `ward` may lie on a day."""
    return wards_of_same_team({ward.pk}, day)


def day_asked(request: HttpRequest) -> tuple[dt.date, AsAtForm]:
    """Return the day the address asks for, today when it asks for none."""
    form = AsAtForm(request.GET if _asks_for_day(request) else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["as_at"]:
        return form.cleaned_data["as_at"], form
    return today(), form


def _asks_for_day(request: HttpRequest) -> bool:
    return any(key.startswith("as_at") and request.GET[key] for key in request.GET)
