"""How to reach officers and teams, as it was at the end of any day.

Taken back from what they are now through the recorded edits. A detail changed past the
services leaves no record, and counts as if it had always been so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from housingplus.audit.models import AuditEvent
from officers.directory.models import Officer
from officers.teams.models import WardTeam

# What letters print of whoever answers, in this order.
DETAILS = ("name", "phone", "email")
_EDITS = {"officer": "officer.edited", "wardteam": "team.edited"}
_KINDS = {"officer": "officer", "wardteam": "team"}


@dataclass(frozen=True)
class Contact:
    """The details of an officer or team on a day, and since when if that is known."""

    details: tuple[str, ...]
    since: dt.date | None = None


def contacts_on(
    rows: Mapping[tuple[str, int], Officer | WardTeam], day: dt.date
) -> dict[tuple[str, int], Contact]:
    """Return the details at the end of a day by kind ("officer", "team") and id.

    One query, however many officers.
    """
    values = {
        key: {name: str(getattr(row, name)) for name in DETAILS}
        for key, row in rows.items()
    }
    since: dict[tuple[str, int], dt.date] = {}
    of_either = Q()
    for model, verb in _EDITS.items():
        ids = [pk for kind, pk in rows if kind == _KINDS[model]]
        of_either |= Q(
            subject_type__app_label="officers",
            subject_type__model=model,
            subject_id__in=ids,
            verb=verb,
        )
    edits = (
        AuditEvent.objects.filter(of_either, changes__has_any_keys=list(DETAILS))
        .order_by("-at", "-pk")
        .values_list("subject_type__model", "subject_id", "at", "changes")
    )
    for model, pk, at, changes in edits:
        key = (_KINDS[model], pk)
        changed_on = timezone.localdate(at)
        if changed_on <= day:
            since.setdefault(key, changed_on)
            continue
        for name in DETAILS:
            if name in changes:
                values[key][name] = changes[name][0] or ""
    return {
        key: Contact(tuple(found[name] for name in DETAILS), since.get(key))
        for key, found in values.items()
    }
