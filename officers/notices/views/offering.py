"""To whom, what it says, sent: the pages of sending a notice, whatever its kind."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.refusals import add_refusal
from officers.notices.forms import SendForm
from officers.notices.models import NoticeKind, NoticeSending
from officers.notices.services import Notice
from patches.wards.models import Ward

from .gathering import as_pdf


@dataclass(frozen=True)
class Draft:
    """A notice as it would be sent now. `content` is what its PDF is set from."""

    kind: NoticeKind
    ward: Ward
    day: dt.date
    since: dt.date
    subject: str
    body: str
    content: dict[str, Any]
    title: str
    pdf_name: str
    reply_to: str

    @property
    def seen(self) -> str:
        """Equal when the text and the PDF are the same as those that were shown."""
        told = [self.subject, self.body, self.content]
        text = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def finished(self) -> Notice:
        return Notice(
            kind=self.kind,
            ward=self.ward,
            day=self.day,
            since=self.since,
            subject=self.subject,
            body=self.body,
            pdf=as_pdf(self.content, self.title, self.day),
            pdf_name=self.pdf_name,
            reply_to=self.reply_to,
        )


@dataclass(frozen=True)
class Offer:
    """What can be sent to whom: recipients as (name, e-mail)."""

    people: list[tuple[str, str]]
    without_email: list[str]
    others: QuerySet[NoticeSending]
    draft: Callable[[dt.date, dt.date, str], Draft]
    send: Callable[..., NoticeSending]
    context: dict[str, Any]


def offer_notice(
    request: HttpRequest, offer: Offer, day: dt.date, since: dt.date
) -> HttpResponse | NoticeSending:
    """Ask to whom, show what is sent, then send it: the page, or what was sent."""
    known = {email.casefold(): (name, email) for name, email in offer.people}
    latest = offer.others.order_by("-pk").values_list("pk", flat=True).first()
    form = SendForm(
        request.POST or None,
        people=[(key, f"{name} ({email})") for key, (name, email) in known.items()],
        initial={
            "recipients": list(known),
            "on": day.isoformat(),
            "since": since.isoformat(),
            "token": uuid.uuid4(),
        },
    )
    context = {**offer.context, "form": form, "without_email": offer.without_email}
    is_asked = request.method == "POST" and "change" not in request.POST
    if not (is_asked and form.is_valid()):
        return render(request, "officers/notices/send.html", context)
    given = form.cleaned_data
    draft = offer.draft(given["on"], given["since"], given["words"])
    seen = request.POST.get("seen", "")
    chosen = [known[key] for key in given["recipients"]]
    if seen == draft.seen:
        try:
            return offer.send(
                notice=draft.finished(),
                recipients=chosen,
                others=offer.others,
                latest_seen=whole_number(request.POST.get("latest", "")),
                token=given["token"],
                by=request.user,
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
            return render(request, "officers/notices/send.html", context)
    if seen:
        messages.info(
            request, "Something has changed since you looked. Check it once more."
        )
    context |= {
        "draft": draft,
        "chosen": chosen,
        "keys": given["recipients"],
        "latest": latest or "",
    }
    return render(request, "officers/notices/send_check.html", context)
