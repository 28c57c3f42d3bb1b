"""What publishing a design changed, so that it is known for ever and can be undone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .designs import PatchDesign


class PublishedChange(models.TextChoices):
    OPENED = "opened", "New"
    KEPT = "kept", "Goes on"
    CLOSED = "closed", "Ends"


class PublishedPatch(models.Model):
    """What a published design did with one patch in force."""

    design = models.ForeignKey(
        PatchDesign, on_delete=models.PROTECT, related_name="published_patches"
    )
    patch = models.ForeignKey(
        "patches.Patch", on_delete=models.PROTECT, related_name="published_by"
    )
    design_patch = models.OneToOneField(
        "patches.DesignPatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published",
    )
    change = models.CharField(max_length=6, choices=PublishedChange)

    class Meta:
        ordering = ["design", "patch__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "patch"], name="patch_once_in_a_publication"
            ),
            models.CheckConstraint(
                condition=Q(change="closed", design_patch__isnull=True)
                | Q(change__in=["opened", "kept"], design_patch__isnull=False),
                name="published_patch_was_drawn_or_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patch_id} {self.change}"


class DesignMove(models.Model):
    """A move of homes made by publishing a design."""

    design = models.ForeignKey(
        PatchDesign, on_delete=models.PROTECT, related_name="moves"
    )
    move = models.OneToOneField(
        "patches.PatchMove", on_delete=models.PROTECT, related_name="design_move"
    )

    class Meta:
        ordering = ["design", "pk"]

    def __str__(self) -> str:
        return f"move {self.move_id} of design {self.design_id}"


class PatchSuccession(models.Model):
    """How many homes went from one patch to another when a design came into force.

    Those that stayed count too, from the patch to itself. No `from_patch`: they had
    none; no `to_patch`: they have none now.
    """

    design = models.ForeignKey(
        PatchDesign, on_delete=models.PROTECT, related_name="successions"
    )
    from_patch = models.ForeignKey(
        "patches.Patch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successions",
    )
    to_patch = models.ForeignKey(
        "patches.Patch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessions",
    )
    home_count = models.PositiveIntegerField()

    class Meta:
        ordering = ["design", "from_patch__code", "-home_count"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "from_patch", "to_patch"], name="succession_once"
            ),
            models.UniqueConstraint(
                fields=["design", "to_patch"],
                condition=Q(from_patch__isnull=True),
                name="succession_once_from_no_patch",
            ),
            models.UniqueConstraint(
                fields=["design", "from_patch"],
                condition=Q(to_patch__isnull=True),
                name="succession_once_to_no_patch",
            ),
            models.CheckConstraint(
                condition=Q(from_patch__isnull=False) | Q(to_patch__isnull=False),
                name="succession_has_a_patch",
            ),
            models.CheckConstraint(
                condition=Q(home_count__gt=0), name="succession_has_homes"
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.home_count} homes from {self.from_patch_id} to {self.to_patch_id}"
        )
