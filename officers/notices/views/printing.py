"""To print and send for a ward: posters, cards, a flyer, the briefing, and the pack."""

from __future__ import annotations

import dataclasses

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from housingplus.documents.codes import public_address
from officers.drop_ins.selectors import list_drop_ins_of_wards
from officers.notices import permissions
from officers.notices.presenters.printed import ALL, KINDS, AreaNotice
from officers.notices.selectors.log import list_briefings
from officers.notices.selectors.places import list_places_in_ward
from officers.who_answers.presenters import patch_line
from officers.who_answers.selectors import list_patches_in_ward
from tenants.taras.areas import area_notice, list_taras_in_ward
from tenants.taras.notices import with_last_notice

from .gathering import as_pdf, days_asked, gather, get_ward, pdf_response

# One print pack holds these, in this order.
PACK = ("cover", "briefing", "areas", "posters", "cards", "drop-ins")
_viewing = permission_required(Permission.VIEW_OFFICERS)


@require_safe
@_viewing
def ward_notices(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be printed and sent of a ward, and what was sent when."""
    ward = get_ward(pk)
    day, since, form = days_asked(request, ward)
    found = list_patches_in_ward(ward, day)
    taras = with_last_notice(list_taras_in_ward(ward, day))
    context = {
        "ward": ward,
        "day": day,
        "since": since,
        "days": urlencode({"on": day.isoformat(), "since": since.isoformat()}),
        "form": form,
        "briefing": KINDS[0],
        "kinds": KINDS[1:],
        "pack": ALL,
        "patch_count": len(found.patches),
        "unanswered": [
            row.patch for row in found.patches if row.answer.officer is None
        ],
        "drop_in_count": list_drop_ins_of_wards([ward.pk], day).count(),
        "address": public_address(reverse("officers:who_answers:start")),
        "last_briefing": list_briefings(ward).first(),
        "taras": taras if request.user.has_permission(Permission.VIEW_TARAS) else [],
        "may_send": permissions.can_send(request.user, ward),
    }
    return render(request, "officers/notices/ward.html", context)


@require_safe
@_viewing
def ward_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One kind of notice, or the pack of all of them, as a PDF."""
    ward = get_ward(pk)
    chosen = {own.slug: own for own in [*KINDS, ALL]}.get(kind)
    if chosen is None:
        raise Http404("There is no such notice.")
    day, since, _ = days_asked(request, ward)
    is_pack = chosen == ALL
    areas: tuple[AreaNotice, ...] = ()
    if is_pack and request.user.has_permission(Permission.VIEW_TARAS):
        taras = list_taras_in_ward(ward, day).select_related("ward")
        areas = tuple(
            area_notice(tara, since, day) for tara in taras.defer("ward__boundary")
        )
    notices = gather(
        ward, day, since, is_briefing=is_pack or kind == "briefing", areas=areas
    )
    if not notices.lines and kind in {"posters", "cards"}:
        raise Http404("No patch has homes in this ward on that day.")
    content = notices.as_content(PACK if is_pack else [kind])
    pdf = as_pdf(content, f"{chosen.title}, {ward}", day)
    return pdf_response(pdf, f"{kind}-{ward.code}-{day}.pdf")


@require_safe
@_viewing
def ward_places(request: HttpRequest, pk: int) -> HttpResponse:
    """The blocks and streets of a ward's patches, to choose posters for."""
    ward = get_ward(pk)
    day, _, _ = days_asked(request, ward)
    places = list_places_in_ward(ward, day)
    found = list_patches_in_ward(ward, day)
    context = {
        "ward": ward,
        "day": day,
        "patches": [
            (patch_line(row), places[row.patch.pk])
            for row in found.patches
            if row.patch.pk in places
        ],
        "is_none_chosen": request.GET.get("chosen") == "none",
    }
    return render(request, "officers/notices/places.html", context)


@require_safe
@_viewing
def place_posters_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One poster for each block or street that was ticked."""
    ward = get_ward(pk)
    day, since, _ = days_asked(request, ward)
    asked = set(request.GET.getlist("place"))
    places = list_places_in_ward(ward, day)
    lines = {
        row.patch.pk: patch_line(row) for row in list_patches_in_ward(ward, day).patches
    }
    chosen = [
        (place, lines[patch_id])
        for patch_id in lines
        for place in places.get(patch_id, ())
        if place.key in asked
    ]
    if not chosen:
        url = reverse("officers:notices:places", args=[ward.pk])
        return redirect(f"{url}?{urlencode({'on': day, 'chosen': 'none'})}")
    notices = gather(ward, day, since, is_briefing=False)
    content = dataclasses.replace(notices, places=chosen).as_content(["places"])
    pdf = as_pdf(content, f"Posters of blocks and streets, {ward}", day)
    return pdf_response(pdf, f"place-posters-{ward.code}-{day}.pdf")
