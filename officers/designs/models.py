"""Who is to answer for the patches of a design, and what publishing it did to leads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class ProposedLead(models.Model):
    """Who is to lead a drawn patch; nobody means its ward team.

    Without a row the proposal is meant by which most households keep their officer.
    """

    design_patch = models.OneToOneField(
        "patches.DesignPatch", on_delete=models.CASCADE, related_name="proposed_lead"
    )
    officer = models.ForeignKey(
        "officers.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_leads",
    )
    chosen_at = models.DateTimeField(auto_now=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_proposed",
    )

    class Meta:
        ordering = ["design_patch"]

    def __str__(self) -> str:
        return f"{self.officer_id or 'ward team'} for {self.design_patch_id}"


class DesignAssignment(models.Model):
    """What publishing a design did to one assignment: began it, or shortened it.

    `ends_on_before` and `ends_on_after` are the last days of one that was shortened. An
    assignment that is cancelled before it began takes its row along.
    """

    design = models.ForeignKey(
        "patches.PatchDesign", on_delete=models.PROTECT, related_name="assignments"
    )
    assignment = models.ForeignKey(
        "officers.Assignment", on_delete=models.CASCADE, related_name="design_changes"
    )
    is_new = models.BooleanField()
    ends_on_before = models.DateField(null=True, blank=True)
    ends_on_after = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["design", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "assignment"],
                name="assignment_once_in_a_publication",
            ),
            models.CheckConstraint(
                condition=Q(
                    is_new=True,
                    ends_on_before__isnull=True,
                    ends_on_after__isnull=True,
                )
                | Q(is_new=False, ends_on_after__isnull=False),
                name="design_assignment_began_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.assignment_id} of design {self.design_id}"
