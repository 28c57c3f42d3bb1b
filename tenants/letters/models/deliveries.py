"""Letters sent one by one, as an e-mail or through GOV.UK Notify."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tenants.letters.querysets import LetterDeliveryQuerySet

from .letters import Letter
from .packs import Claimed
from .runs import LetterRun


class DeliveryService(models.TextChoices):
    EMAIL = "email", "E-mail"
    NOTIFY = "notify", "GOV.UK Notify"


class DeliveryStatus(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    ACCEPTED = "accepted", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "Not known whether sent"


class LetterDelivery(Claimed):
    """The sending of one letter. It is marked before the call that sends it.

    Work that dies in between leaves it `sending`: an e-mail then becomes `unknown`,
    for a person to decide; Notify is asked whether it has the letter.
    """

    letter = models.OneToOneField(
        Letter, on_delete=models.CASCADE, related_name="delivery"
    )
    run = models.ForeignKey(
        LetterRun, on_delete=models.PROTECT, related_name="deliveries"
    )
    service = models.CharField(max_length=6, choices=DeliveryService)
    status = models.CharField(
        max_length=9, choices=DeliveryStatus, default=DeliveryStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(
        null=True, blank=True, help_text="When to try again."
    )
    remote_id = models.CharField(max_length=100, blank=True)
    remote_status = models.CharField(
        max_length=40, blank=True, help_text="As the service calls it."
    )
    error = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    polled_at = models.DateTimeField(
        null=True, blank=True, help_text="When the service was last asked."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_deliveries_given_up",
    )
    given_up_reason = models.CharField(max_length=300, blank=True)

    objects = LetterDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "letter deliveries"
        ordering = ["run", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True, given_up_by__isnull=True)
                | Q(
                    given_up_at__isnull=False,
                    given_up_by__isnull=False,
                    status="failed",
                )
                & ~Q(given_up_reason=""),
                name="delivery_given_up_failed_by_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="sending") & ~Q(claim="")
                | ~Q(status="sending") & Q(claim=""),
                name="delivery_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "status"], name="delivery_run_status"),
            models.Index(fields=["service", "started_at"], name="delivery_pace"),
        ]

    def __str__(self) -> str:
        return f"Delivery of letter {self.letter_id}"
