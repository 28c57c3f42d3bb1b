"""What was decided about a design, and what people said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .alternatives import DesignPatch
from .designs import DesignStatus, PatchDesign


class DesignEvent(models.Model):
    """One move of a design from a status to the next; never edited."""

    is_append_only = True

    design = models.ForeignKey(
        PatchDesign, on_delete=models.PROTECT, related_name="events"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_events",
    )
    from_status = models.CharField(max_length=9, choices=DesignStatus, blank=True)
    to_status = models.CharField(max_length=9, choices=DesignStatus)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_status} to {self.to_status}"


class CommentFrom(models.TextChoices):
    STAFF = "staff", "A member of staff"
    COUNCILLOR = "councillor", "A councillor"
    TARA = "tara", "A tenants’ and residents’ association"


class DesignComment(models.Model):
    """What somebody said about a design, or one patch of it, and the answer.

    Councillors and associations have no sign-in: a member of staff writes down what
    they said, `speaker` says for whom ("Councillor for Beacon Hill", "Elm TARA").
    """

    design = models.ForeignKey(
        PatchDesign, on_delete=models.PROTECT, related_name="comments"
    )
    patch = models.ForeignKey(
        DesignPatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        help_text="Empty when it is about the whole design.",
    )
    comes_from = models.CharField(
        max_length=10, choices=CommentFrom, default=CommentFrom.STAFF
    )
    speaker = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    token = models.UUIDField(unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="design_comments",
    )
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_comments_answered",
    )

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="design_comment_has_text"
            ),
            models.CheckConstraint(
                condition=Q(comes_from="staff") | ~Q(speaker=""),
                name="design_comment_has_speaker",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                & Q(answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer=""),
                name="design_comment_answered_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
