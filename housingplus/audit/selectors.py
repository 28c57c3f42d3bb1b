"""Reading what was recorded about a row."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .models import AuditEvent


def list_events_about(subject: models.Model) -> models.QuerySet[AuditEvent]:
    """Return the events about one row, newest first, with who did them."""
    return AuditEvent.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).select_related("by")
