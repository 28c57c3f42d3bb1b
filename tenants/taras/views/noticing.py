"""Telling an association who answers for its homes: the sheet, the e-mail, the log."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.notices.forms import DayForm
from officers.notices.models import NoticeKind, NoticeSending
from officers.notices.presenters.emails import area_body, area_subject
from officers.notices.views.gathering import as_pdf, gather, pdf_response
from officers.notices.views.offering import Draft, Offer, offer_notice
from officers.notices.views.sent import sent_context, try_again
from tenants.taras import permissions, services
from tenants.taras.areas import area_notice
from tenants.taras.models import Tara
from tenants.taras.notices import day_tara_last_told, list_notices

_viewing = permission_required(Permission.VIEW_TARAS)


def _tara(request: HttpRequest, pk: int) -> Tara:
    taras = Tara.objects.visible_to(request.user).select_related("ward")
    return get_object_or_404(taras.defer("ward__boundary"), pk=pk)


def _days(request: HttpRequest, tara: Tara) -> tuple[dt.date, dt.date]:
    form = DayForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    day = given.get("on") or today()
    return day, given.get("since") or day_tara_last_told(tara, day)


def _draft(
    tara: Tara, day: dt.date, since: dt.date, words: str, request: HttpRequest
) -> Draft:
    area = area_notice(tara, since, day)
    ward = gather(tara.ward, day, since, is_briefing=False)
    # The ward's other patches are not the association's to be told of.
    notices = dataclasses.replace(ward, areas=(area,), lines=(), councillors=())
    team = notices.team
    return Draft(
        kind=NoticeKind.AREA,
        ward=tara.ward,
        day=day,
        since=since,
        subject=area_subject(area, notices),
        body=area_body(area, notices, words, str(request.user)),
        content=notices.as_content(["areas"]),
        title=f"Your housing officers, {tara.name}",
        pdf_name=f"officers-{tara.pk}-{day}.pdf",
        reply_to=(team.email if team else "") or request.user.email,
    )


@require_safe
@_viewing
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for an association's homes, on a sheet."""
    tara = _tara(request, pk)
    day, since = _days(request, tara)
    draft = _draft(tara, day, since, "", request)
    return pdf_response(as_pdf(draft.content, draft.title, day), draft.pdf_name)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_TARAS)
def notice_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the text, then send it to the association's own address."""
    tara = _tara(request, pk)
    permissions.check_can_manage(request.user, tara)
    day, since = _days(request, tara)
    pdf_url = reverse("tenants:taras:notice_pdf", args=[tara.pk])
    offer = Offer(
        people=[(tara.name, tara.email)] if tara.email else [],
        without_email=[],
        others=list_notices(tara),
        draft=lambda on, changed, words: _draft(tara, on, changed, words, request),
        send=lambda **given: services.send_tara_notice(tara=tara, **given),
        context={
            "caption": tara.name,
            "title": "Tell the association",
            "back_url": reverse("tenants:taras:notices", args=[tara.pk]),
            "nobody": "This association has no e-mail address of its own here.",
            "day": day,
            "since": since,
            "pdf_url": f"{pdf_url}?{urlencode({'on': day, 'since': since})}",
        },
    )
    done = offer_notice(request, offer, day, since)
    if isinstance(done, NoticeSending):
        messages.success(request, "The notice is being sent")
        return redirect("tenants:taras:notice", tara.pk, done.pk)
    return done


@require_GET
@_viewing
def notice_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The notices sent to an association, and the sheet to print."""
    tara = _tara(request, pk)
    permissions.check_can_work_with(request.user, tara)
    page = Paginator(list_notices(tara), 50).get_page(request.GET.get("page"))
    context = {
        "tara": tara,
        "page_obj": page,
        "may_send": permissions.can_manage(request.user, tara),
    }
    return render(request, "tenants/taras/notices.html", context)


@require_GET
@_viewing
def notice_detail(request: HttpRequest, pk: int, sending_pk: int) -> HttpResponse:
    """One notice as it was sent, and what came of it."""
    tara, sending = _sent(request, pk, sending_pk)
    list_url = reverse("tenants:taras:notices", args=[pk])
    context = sent_context(
        sending, may_send=permissions.can_manage(request.user, tara)
    ) | {
        "above": [
            ("TARAs", reverse("tenants:taras:list")),
            (tara.name, tara.get_absolute_url()),
            ("Notices", list_url),
        ],
        "pdf_url": reverse("tenants:taras:notice_sent_pdf", args=[pk, sending_pk]),
        "again_url": reverse("tenants:taras:notice_again", args=[pk, sending_pk]),
    }
    return render(request, "officers/notices/sent.html", context)


@require_safe
@_viewing
def notice_sent_pdf(request: HttpRequest, pk: int, sending_pk: int) -> HttpResponse:
    """The PDF as it was sent."""
    _, sending = _sent(request, pk, sending_pk)
    return pdf_response(bytes(sending.pdf), sending.pdf_name)


@require_POST
@permission_required(Permission.MANAGE_TARAS)
def notice_again(request: HttpRequest, pk: int, sending_pk: int) -> HttpResponse:
    """Try again where it did not go out."""
    tara, sending = _sent(request, pk, sending_pk)
    permissions.check_can_manage(request.user, tara)
    try_again(request, sending)
    return redirect("tenants:taras:notice", pk, sending_pk)


def _sent(request: HttpRequest, pk: int, sending_pk: int) -> tuple[Tara, NoticeSending]:
    tara = _tara(request, pk)
    permissions.check_can_work_with(request.user, tara)
    return tara, get_object_or_404(list_notices(tara), pk=sending_pk)
