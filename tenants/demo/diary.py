"""Writing down what happened to a design on days that have gone by.

Services record what they do as done now, and refuse days that have passed. These are
the rows they would have left behind, with the day the story gives them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from housingplus.audit.models import AuditEvent
from housingplus.common.bulk import insert_rows
from officers.accounts.models import User
from patches.design.models import (
    CommentFrom,
    DesignComment,
    DesignEvent,
    DesignPatch,
    DesignStatus,
    PatchDesign,
)
from patches.design.rules import deciding


def moment(day: dt.date, hour: int = 10) -> dt.datetime:
    """Return a time in office hours of a day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 15)))


def record(
    verb: str,
    *,
    subject: models.Model,
    at: dt.datetime,
    by: User,
    summary: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Add an audit event of a past moment."""
    kind = ContentType.objects.get_for_model(subject)
    insert_rows(
        AuditEvent,
        ["at", "by", "verb", "subject_type", "subject_id", "summary", "changes"],
        [(at, by.pk, verb, kind.pk, subject.pk, summary, changes or {})],
    )


def begin(design: PatchDesign, *, at: dt.datetime, by: User) -> None:
    """Write down that a design was made."""
    PatchDesign.objects.filter(pk=design.pk).update(created_at=at)
    _event(design, "", DesignStatus.DRAFT, at=at, by=by)
    record("patch design.created", subject=design, at=at, by=by, summary=design.name)


def move(
    design: PatchDesign,
    to: DesignStatus,
    *,
    at: dt.datetime,
    by: User,
    note: str = "",
    **fields: object,
) -> None:
    """Move a design on, as far as the rules let it, setting `fields` with it."""
    deciding.check_can_move(design, to=to)
    deciding.check_is_chosen(design)
    before = design.status
    design.status = to
    design.version += 1
    for name, value in fields.items():
        setattr(design, name, value)
    design.save(update_fields=["status", "version", *fields])
    _event(design, before, to, at=at, by=by, note=note)
    record(
        f"patch design.{to}",
        subject=design,
        at=at,
        by=by,
        summary=note,
        changes={"status": [str(before), str(to)]},
    )


def comment(
    design: PatchDesign,
    text: str,
    *,
    at: dt.datetime,
    by: User,
    token: str,
    comes_from: CommentFrom = CommentFrom.STAFF,
    speaker: str = "",
    patch: DesignPatch | None = None,
) -> None:
    """Write down what somebody said about a design."""
    made = DesignComment.objects.create(
        design=design,
        patch=patch,
        comes_from=comes_from,
        speaker=speaker,
        text=text,
        token=token,
        made_by=by,
    )
    DesignComment.objects.filter(pk=made.pk).update(made_at=at)
    record(
        "patch design.comment made",
        subject=design,
        at=at,
        by=by,
        changes={"comment": [None, made.pk]},
    )


def _event(
    design: PatchDesign,
    before: str,
    after: str,
    *,
    at: dt.datetime,
    by: User,
    note: str = "",
) -> None:
    insert_rows(
        DesignEvent,
        ["design", "at", "by", "from_status", "to_status", "note"],
        [(design.pk, at, by.pk, before, after, note)],
    )
