"""The one way a design changes status: checked, and written down with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.audit.selectors import list_events_about
from housingplus.common.dates import long_date
from housingplus.common.locking import lock
from patches.design.errors import DesignChanged
from patches.design.models import DesignEvent, DesignStatus, PatchDesign
from patches.design.rules import deciding as rules

if TYPE_CHECKING:
    from officers.accounts.models import User

# What somebody did, by the verb it is recorded under.
_DID = {
    "patch design.draft": "sent this design back for changes",
    "patch design.proposed": "proposed this design",
    "patch design.approved": "approved this design",
    "patch design.scheduled": "published this design",
    "patch design.cancelled": "cancelled the publication of this design",
    "patch design.withdrawn": "withdrew this design",
}


def lock_design(design_id: int) -> PatchDesign:
    """Return the design as it is now, locked until the transaction ends."""
    return lock(PatchDesign.objects.filter(pk=design_id)).get()


def is_done_already(
    design: PatchDesign, *, to: DesignStatus, version: int, by: User | None
) -> bool:
    """Whether this person has just made this very move: a double click."""
    if design.status != to or design.version != version + 1:
        return False
    last = design.events.order_by("-pk").first()
    return (
        last is not None
        and last.to_status == to
        and last.by_id == (by.pk if by else None)
    )


def check_version(design: PatchDesign, version: int) -> None:
    """The design is as the person saw it; else they are told who did what and when."""
    if design.version != version:
        raise DesignChanged(f"{who_changed(design)} Look at it now, then go on.")


def who_changed(design: PatchDesign) -> str:
    """Return what happened to a design last, by whom and when, as a sentence."""
    event = list_events_about(design).first()
    if event is None:
        return "Somebody changed this design after you opened the page."
    at = timezone.localtime(event.at)
    who = event.by or "Somebody"
    did = _DID.get(event.verb, "changed this design")
    return f"{who} {did} on {long_date(at)} at {at:%H:%M}."


def move(
    design: PatchDesign,
    *,
    to: DesignStatus,
    by: User | None,
    note: str = "",
    verb: str = "",
    **fields: object,
) -> PatchDesign:
    """Move a locked design on, setting `fields` with it."""
    rules.check_can_move(design, to=to)
    before = design.status
    design.status = to
    design.version += 1
    for name, value in fields.items():
        setattr(design, name, value)
    design.save(update_fields=["status", "version", *fields])
    note = " ".join(note.split())[:300]
    DesignEvent.objects.create(
        design=design, by=by, from_status=before, to_status=to, note=note
    )
    audit.record(
        verb or f"patch design.{to}",
        subject=design,
        by=by,
        summary=note,
        changes={"status": [before, str(to)]},
    )
    return design
