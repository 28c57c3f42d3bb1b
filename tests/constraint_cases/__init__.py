"""What breaks each constraint, and a row of each table that only grows."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from housingplus.audit import services as audit
from housingplus.audit.models import AuditEvent
from tests.factories.designs import DesignEventFactory
from tests.factories.officers import (
    NoticeDeliveryFactory,
    NoticeRecipientFactory,
    NoticeSendingFactory,
)
from tests.factories.patches import WardFactory
from tests.factories.tenants import (
    LetterTemplateVersionFactory,
    LetterWordingCheckFactory,
    LetterWordingFactory,
    TaraNoticeFactory,
)

from . import designs, imports, letters, officers, people, places


def _ways(*modules) -> dict[str, tuple[Callable[[], object], ...]]:
    """Merge the cases of the modules; every rule as a tuple of ways to break it."""
    return {
        name: case if isinstance(case, tuple) else (case,)
        for module in modules
        for name, case in module.CASES.items()
    }


def _audited() -> Model:
    audit.record("ward.named", subject=WardFactory(), by=None)
    return AuditEvent.objects.latest("pk")


CASES = _ways(officers, places, people, letters, imports, designs)

# Tables whose rows never change or go (`is_append_only`), with what makes a row.
APPEND_ONLY: dict[str, Callable[[], Model]] = {
    "AuditEvent": _audited,
    "DesignEvent": DesignEventFactory,
    "LetterRunEvent": letters.run_event,
    "LetterTemplateVersion": LetterTemplateVersionFactory,
    "NoticeDelivery": NoticeDeliveryFactory,
    "NoticeRecipient": NoticeRecipientFactory,
    "NoticeSending": NoticeSendingFactory,
    "TaraNotice": TaraNoticeFactory,
    "LetterWording": LetterWordingFactory,
    "LetterWordingCheck": LetterWordingCheckFactory,
}
