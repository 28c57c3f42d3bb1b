"""What was sent to councillors and associations, to whom, and what came of it.

Nothing here is ever changed: each attempt to send adds rows.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class NoticeKind(models.TextChoices):
    BRIEFING = "briefing", "Briefing for councillors"
    AREA = "area", "Notice to an association"


class NoticeSending(models.Model):
    """One briefing or notice as it was sent: its words, its PDF, by whom and when."""

    is_append_only: ClassVar[bool] = True

    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="notices_sent"
    )
    kind = models.CharField(max_length=8, choices=NoticeKind)
    day = models.DateField("as things are on")
    since = models.DateField("changes told since")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    pdf = models.BinaryField()
    pdf_name = models.CharField(max_length=100)
    pdf_sha256 = models.CharField("SHA-256 of the PDF", max_length=64)
    reply_to = models.EmailField(blank=True)
    token = models.UUIDField(
        unique=True, help_text="Given by the form, so that a double click sends once."
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices_sent"
    )

    class Meta:
        verbose_name = "notice sent"
        verbose_name_plural = "notices sent"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lte=F("day")), name="notice_since_before_its_day"
            )
        ]
        indexes = [
            models.Index(fields=["ward", "kind", "day"], name="notice_ward_kind_day")
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("officers:notices:sent", args=[self.pk])


class NoticeRecipient(models.Model):
    """Somebody a notice was sent to, with the address as it was then."""

    is_append_only: ClassVar[bool] = True

    sending = models.ForeignKey(
        NoticeSending, on_delete=models.PROTECT, related_name="recipients"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail")

    class Meta:
        verbose_name = "recipient of a notice"
        verbose_name_plural = "recipients of notices"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sending", "email"], name="notice_once_to_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(email=""), name="notice_recipient_has_email"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class DeliveryStep(models.TextChoices):
    BEGUN = "begun", "Begun"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"


class NoticeDelivery(models.Model):
    """One step of one attempt to send a notice to somebody.

    Whoever adds the row "begun" of an attempt sends it; the database lets one.
    """

    is_append_only: ClassVar[bool] = True

    recipient = models.ForeignKey(
        NoticeRecipient, on_delete=models.PROTECT, related_name="deliveries"
    )
    attempt = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=6, choices=DeliveryStep)
    at = models.DateTimeField(auto_now_add=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "delivery of a notice"
        verbose_name_plural = "deliveries of notices"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "attempt"],
                condition=Q(step="begun"),
                name="notice_attempt_begins_once",
            ),
            models.UniqueConstraint(
                fields=["recipient", "attempt"],
                condition=~Q(step="begun"),
                name="notice_attempt_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}, attempt {self.attempt}: {self.step}"
