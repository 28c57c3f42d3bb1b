"""Background work a person can watch: how far it is, and whether it still lives."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

# A worker that has not been heard from for this long is taken for dead.
LEASE = dt.timedelta(minutes=2)


class JobStatus(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Job(models.Model):
    """One piece of background work. `done` of `total` steps, refreshed as it goes."""

    kind = models.CharField(max_length=60)
    status = models.CharField(
        max_length=10, choices=JobStatus, default=JobStatus.WAITING
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=100, blank=True)
    seconds_left = models.PositiveIntegerField(
        null=True, blank=True, help_text="From the pace so far, where it is even."
    )
    error = models.TextField(blank=True)
    worker = models.CharField(max_length=60, blank=True)
    is_cancel_wanted = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
    )
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.status in {JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED}

    @property
    def is_stalled(self) -> bool:
        """Whether the worker seems dead, so that another may take the work over."""
        if self.status != JobStatus.RUNNING:
            return False
        return self.heartbeat_at is None or self.heartbeat_at < timezone.now() - LEASE

    @property
    def time_left(self) -> str:
        """How long it will still take, in words; empty while nobody can say."""
        if self.seconds_left is None or self.status != JobStatus.RUNNING:
            return ""
        if self.seconds_left < 60:
            return "less than a minute left"
        minutes = -(-self.seconds_left // 60)
        return (
            "about a minute left" if minutes == 1 else f"about {minutes} minutes left"
        )

    @property
    def percent(self) -> int:
        if self.status == JobStatus.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
