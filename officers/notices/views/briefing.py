"""Briefing a ward's councillors by e-mail."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.councillors.selectors import list_councillors_of_ward
from officers.notices import permissions, services
from officers.notices.models import NoticeKind, NoticeSending
from officers.notices.presenters.emails import briefing_body, briefing_subject
from officers.notices.presenters.printed import KINDS

from .gathering import days_asked, gather, get_ward
from .offering import Draft, Offer, offer_notice


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEND_NOTICES)
def ward_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose councillors of a ward one runs, look at the text, send the briefing."""
    ward = get_ward(pk)
    if not permissions.can_send(request.user, ward):
        raise PermissionDenied("You cannot send notices of this ward.")
    day, since, _ = days_asked(request, ward)

    def draft(on: dt.date, changed_since: dt.date, words: str) -> Draft:
        notices = gather(ward, on, changed_since)
        team = notices.team
        return Draft(
            kind=NoticeKind.BRIEFING,
            ward=ward,
            day=on,
            since=changed_since,
            subject=briefing_subject(notices),
            body=briefing_body(notices, words, str(request.user)),
            content=notices.as_content(["briefing"]),
            title=f"{KINDS[0].title}, {ward}",
            pdf_name=f"briefing-{ward.code}-{on}.pdf",
            reply_to=(team.email if team else "") or request.user.email,
        )

    councillors = list(list_councillors_of_ward(ward, day))
    pdf_url = reverse("officers:notices:pdf", args=[ward.pk, "briefing"])
    offer = Offer(
        people=[(row.name, row.email) for row in councillors if row.email],
        without_email=[row.name for row in councillors if not row.email],
        others=NoticeSending.objects.filter(ward=ward, kind=NoticeKind.BRIEFING),
        draft=draft,
        send=services.send_notice,
        context={
            "caption": ward.name,
            "title": "Brief the councillors",
            "back_url": reverse("officers:notices:ward", args=[ward.pk]),
            "nobody": "No councillor of this ward has an e-mail address here.",
            "day": day,
            "since": since,
            "pdf_url": f"{pdf_url}?{urlencode({'on': day, 'since': since})}",
        },
    )
    done = offer_notice(request, offer, day, since)
    if isinstance(done, NoticeSending):
        messages.success(request, "The briefing is being sent")
        return redirect(done)
    return done
