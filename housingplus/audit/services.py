"""Recording a change, in the transaction that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from housingplus.common.bulk import insert_rows

from .models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officers.accounts.models import User


def record(
    verb: str,
    *,
    subject: models.Model,
    by: User | None,
    summary: str = "",
    changes: dict[str, Any] | None = None,
) -> AuditEvent:
    """Record that `by` did `verb` to `subject`.

    `changes` maps a field to ``[old, new]`` in plain JSON values; ids, not names of
    residents. `by` is None only for commands and the system itself.
    """
    return AuditEvent.objects.create(
        verb=verb,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        by=by,
        summary=summary[:300],
        changes=changes or {},
    )


def record_many(
    verb: str,
    *,
    subjects: Iterable[models.Model],
    by: User | None,
    summary: str = "",
    changes: dict[int, dict[str, Any]] | None = None,
) -> int:
    """Record the same act on many rows of one model; returns how many.

    `changes` holds, by a row's key, what `record` takes for one.
    """
    rows = list(subjects)
    if not rows:
        return 0
    kind = ContentType.objects.get_for_model(rows[0])
    at = timezone.now()
    return insert_rows(
        AuditEvent,
        ["at", "by", "verb", "subject_type", "subject_id", "summary", "changes"],
        (
            (
                at,
                by.pk if by else None,
                verb,
                kind.pk,
                row.pk,
                summary[:300],
                (changes or {}).get(row.pk, {}),
            )
            for row in rows
        ),
    )
