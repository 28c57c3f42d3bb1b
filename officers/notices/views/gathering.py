"""What a ward's notices are set from: read here, where every app may be asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from housingplus.common.dates import today
from housingplus.documents import compile_document
from housingplus.documents.codes import public_address
from officers.councillors.selectors import list_councillors_of_ward
from officers.drop_ins.presenters import drop_in_line
from officers.drop_ins.selectors import list_drop_ins_of_wards
from officers.notices.forms import DayForm
from officers.notices.presenters.printed import AreaNotice, WardNotices
from officers.notices.selectors.changes import changes_in_ward
from officers.notices.selectors.log import day_last_told, list_briefings
from officers.who_answers.presenters import patch_line, team_contact
from officers.who_answers.selectors import list_patches_in_ward
from patches.register.selectors import ward_picture
from patches.wards.models import Ward

TEMPLATE = Path(__file__).parent.parent / "documents" / "notices.typ"


def get_ward(pk: int) -> Ward:
    return get_object_or_404(Ward.objects.defer("boundary"), pk=pk)


def days_asked(request: HttpRequest, ward: Ward) -> tuple[dt.date, dt.date, DayForm]:
    """Return the day notices hold for, since when changes are told, and the form."""
    asks = any(key.startswith(("on", "since")) for key in request.GET)
    form = DayForm(request.GET if asks else None, initial={"on": today()})
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = given.get("on") or today()
    since = given.get("since")
    if since is None or since > day:
        since = day_last_told(list_briefings(ward), day)
    return day, since, form


def gather(
    ward: Ward,
    day: dt.date,
    since: dt.date,
    *,
    is_briefing: bool = True,
    areas: tuple[AreaNotice, ...] = (),
) -> WardNotices:
    """Return what a ward's documents say; the map and changes only for a briefing."""
    found = list_patches_in_ward(ward, day)
    return WardNotices(
        ward=ward.name,
        council=settings.COUNCIL_NAME,
        day=day,
        team=team_contact(found.team) if found.team else None,
        leader=found.leader.name if found.leader else "",
        lines=[patch_line(row) for row in found.patches],
        drop_ins=[
            drop_in_line(row, day) for row in list_drop_ins_of_wards([ward.pk], day)
        ],
        councillors=list(list_councillors_of_ward(ward, day)),
        address=public_address(reverse("officers:who_answers:start")),
        changes=changes_in_ward(ward, since, day) if is_briefing else None,
        picture=ward_picture(ward, day) if is_briefing else None,
        areas=areas,
    )


def as_pdf(content: dict[str, Any], title: str, day: dt.date) -> bytes:
    return compile_document(TEMPLATE, content, title=title, dated=day)


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
