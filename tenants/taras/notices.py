"""Notices sent to associations."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery

from officers.notices.models import DeliveryStep, NoticeDelivery, NoticeSending
from officers.notices.selectors.log import day_last_told, list_sendings

from .models import Tara, TaraNotice


def with_last_notice(taras: QuerySet[Tara]) -> QuerySet[Tara]:
    """Annotate `last_notice_at`: when a notice last went out to an association."""
    gone = NoticeDelivery.objects.filter(
        recipient__sending__tara_notice__tara=OuterRef("pk"), step=DeliveryStep.SENT
    ).order_by("-at")
    return taras.annotate(last_notice_at=Subquery(gone.values("at")[:1]))


def list_notices(tara: Tara) -> QuerySet[NoticeSending]:
    """Return the notices sent to an association, newest first."""
    sent = TaraNotice.objects.filter(tara=tara).order_by().values("sending")
    return list_sendings().filter(pk__in=sent)


def day_tara_last_told(tara: Tara, day: dt.date) -> dt.date:
    """Return the day since when changes are to be told to an association."""
    return day_last_told(list_notices(tara), day)
