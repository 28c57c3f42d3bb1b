"""What was sent to councillors: the list, one of them, its PDF, trying again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.notices import permissions, services
from officers.notices.models import NoticeKind, NoticeSending
from officers.notices.selectors.log import (
    DeliveryState,
    list_briefings,
    list_delivered,
)

from .gathering import get_ward, pdf_response

_viewing = permission_required(Permission.VIEW_OFFICERS)


def _briefing(pk: int) -> NoticeSending:
    """Return a briefing; notices to associations have pages of their own."""
    rows = NoticeSending.objects.select_related("ward", "sent_by")
    rows = rows.defer("pdf", "ward__boundary").filter(kind=NoticeKind.BRIEFING)
    return get_object_or_404(rows, pk=pk)


@require_safe
@_viewing
def sent_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The briefings sent of a ward."""
    ward = get_ward(pk)
    page = Paginator(list_briefings(ward), 50).get_page(request.GET.get("page"))
    context = {
        "ward": ward,
        "page_obj": page,
        "may_send": permissions.can_send(request.user, ward),
    }
    return render(request, "officers/notices/sent_list.html", context)


@require_safe
@_viewing
def sent_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One briefing as it was sent, and what came of it for each recipient."""
    sending = _briefing(pk)
    ward = sending.ward
    context = sent_context(
        sending, may_send=permissions.can_send(request.user, ward)
    ) | {
        "above": [
            ("Wards", reverse("patches:wards:list")),
            (ward.name, ward.get_absolute_url()),
            ("Briefings", reverse("officers:notices:sent_list", args=[ward.pk])),
        ],
        "pdf_url": reverse("officers:notices:sent_pdf", args=[pk]),
        "again_url": reverse("officers:notices:sent_again", args=[pk]),
    }
    return render(request, "officers/notices/sent.html", context)


def sent_context(sending: NoticeSending, *, may_send: bool) -> dict[str, Any]:
    """Return what the page of something sent shows."""
    rows = list_delivered(sending)
    return {
        "sending": sending,
        "rows": rows,
        "is_under_way": any(
            row.state in {DeliveryState.WAITING, DeliveryState.SENDING}
            and not row.may_try_again
            for row in rows
        ),
        "may_try_again": may_send and any(row.may_try_again for row in rows),
        "unknown": DeliveryState.UNKNOWN,
    }


@require_safe
@_viewing
def sent_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF as it was sent."""
    sending = _briefing(pk)
    return pdf_response(bytes(sending.pdf), sending.pdf_name)


@require_POST
@permission_required(Permission.SEND_NOTICES)
def sent_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again with recipients it did not reach."""
    sending = _briefing(pk)
    if not permissions.can_send(request.user, sending.ward):
        raise PermissionDenied("You cannot send notices of this ward.")
    try_again(request, sending)
    return redirect(sending)


def try_again(request: HttpRequest, sending: NoticeSending) -> None:
    """Send to the ticked recipients once more, and say so."""
    ticked = {
        key
        for given in request.POST.getlist("to")
        if (key := whole_number(given)) is not None
    }
    try:
        count = services.send_again(
            sending=sending, recipient_ids=ticked, by=request.user
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, f"Being sent again to {count} recipient{'s' if count > 1 else ''}"
        )
