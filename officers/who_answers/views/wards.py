"""A ward for its councillors and anybody else: patches, streets, officers, the team."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from housingplus.common.dates import today
from officers.drop_ins.presenters import drop_in_line
from officers.drop_ins.selectors import list_drop_ins_of_wards
from officers.who_answers.presenters import patch_line, team_contact
from officers.who_answers.selectors import list_patches_in_ward, list_public_wards
from patches.wards.models import Ward

from .public import public_page, seconds_to_wait, too_many


@public_page
def ward_list(request: HttpRequest) -> HttpResponse:
    """Every ward with its team."""
    response = render(
        request,
        "officers/who_answers/wards.html",
        {"wards": list_public_wards(today())},
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@public_page
def ward_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One ward: who answers where, and how to reach the team."""
    if (wait := seconds_to_wait(request)) is not None:
        return too_many(request, wait)
    ward = get_object_or_404(Ward.objects.defer("boundary"), code=code)
    day = today()
    found = list_patches_in_ward(ward, day)
    response = render(
        request,
        "officers/who_answers/ward.html",
        {
            "ward": ward,
            "day": day,
            "team": team_contact(found.team) if found.team else None,
            "leader": found.leader.name if found.leader else "",
            "lines": [patch_line(row) for row in found.patches],
            "drop_ins": [
                drop_in_line(row, day) for row in list_drop_ins_of_wards([ward.pk], day)
            ],
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response
