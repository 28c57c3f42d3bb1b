"""Posters, cards, a flyer and a briefing of a ward, for a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from housingplus.documents import compile_document
from housingplus.documents.codes import public_address
from housingplus.govuk.forms import GovukDateField, GovukForm
from officers.councillors.selectors import list_councillors_of_ward
from officers.drop_ins.presenters import drop_in_line
from officers.drop_ins.selectors import list_drop_ins_of_wards
from officers.who_answers.presenters import patch_line, team_contact
from officers.who_answers.selectors import PatchesInWard, list_patches_in_ward
from patches.wards.models import Ward

from .presenters import ALL, KINDS, notices

TEMPLATE = Path(__file__).parent / "documents" / "notices.typ"
_viewing = permission_required(Permission.VIEW_OFFICERS)


class DayForm(GovukForm):
    """The day from which what is printed holds."""

    on = GovukDateField(label="As things are on", required=False)


def _ward(pk: int) -> Ward:
    return get_object_or_404(Ward.objects.defer("boundary"), pk=pk)


def _day(request: HttpRequest) -> tuple[dt.date, DayForm]:
    asks = any(key == "on" or key.startswith("on_") for key in request.GET)
    form = DayForm(request.GET if asks else None, initial={"on": today()})
    if form.is_bound and form.is_valid():
        return form.cleaned_data["on"] or today(), form
    return today(), form


@require_safe
@_viewing
def ward_notices(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be printed of a ward, and for which day."""
    ward = _ward(pk)
    day, form = _day(request)
    found = list_patches_in_ward(ward, day)
    context = {
        "ward": ward,
        "day": day,
        "form": form,
        "kinds": [*KINDS, ALL],
        "patch_count": len(found.patches),
        "unanswered": [
            row.patch for row in found.patches if row.answer.officer is None
        ],
        "drop_in_count": list_drop_ins_of_wards([ward.pk], day).count(),
        "address": public_address(reverse("officers:who_answers:start")),
    }
    return render(request, "officers/notices/ward.html", context)


@require_safe
@_viewing
def ward_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One kind of notice, or all of them, as a PDF."""
    ward = _ward(pk)
    chosen = {own.slug: own for own in [*KINDS, ALL]}.get(kind)
    if chosen is None:
        raise Http404("There is no such notice.")
    day, _ = _day(request)
    found = list_patches_in_ward(ward, day)
    if not found.patches and kind in {"posters", "cards"}:
        raise Http404("No patch has homes in this ward on that day.")
    kinds = [own.slug for own in KINDS] if chosen == ALL else [kind]
    pdf = compile_document(
        TEMPLATE,
        _content(ward, found, day, kinds),
        title=f"{chosen.title}, {ward}",
        dated=day,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{kind}-{ward.code}-{day}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _content(
    ward: Ward, found: PatchesInWard, day: dt.date, kinds: list[str]
) -> dict[str, object]:
    return notices(
        kinds=kinds,
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
    )
