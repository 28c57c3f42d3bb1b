"""Looking back at a design a year after it came into force."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from housingplus.common.models import VersionedModel

from .designs import PatchDesign


class ReviewDecision(models.TextChoices):
    KEEP = "keep", "Keep the patches as they are"
    ADJUST = "adjust", "Adjust: a new design with the fewest households moved"
    REDRAW = "redraw", "Draw the patches afresh"


class DesignReview(VersionedModel):
    """The review of a published design, due after twelve months.

    `evidence` is frozen once: what the decision was taken on stays as it was.
    """

    design = models.OneToOneField(
        PatchDesign, on_delete=models.PROTECT, related_name="review"
    )
    due_on = models.DateField()
    evidence = models.JSONField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_reviews_frozen",
    )
    proposals = models.TextField(blank=True)
    decision = models.CharField(max_length=6, choices=ReviewDecision, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_reviews_decided",
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    frozen_at__isnull=True,
                    frozen_by__isnull=True,
                    evidence__isnull=True,
                )
                | Q(
                    frozen_at__isnull=False,
                    frozen_by__isnull=False,
                    evidence__isnull=False,
                ),
                name="review_frozen_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True, decided_by__isnull=True, decision=""
                )
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(decision="")
                & ~Q(decision_reason=""),
                name="review_decided_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(frozen_at__isnull=False),
                name="review_decided_on_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.design}"

    def get_absolute_url(self) -> str:
        return reverse("patches:designs:review", args=[self.design_id])
