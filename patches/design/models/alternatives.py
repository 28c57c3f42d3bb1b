"""Alternatives of a design: which unit goes to which patch, and how good that is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.models import VersionedModel

from .designs import PatchDesign
from .ground import DesignArea, DesignUnit
from .records import WorkType


class AlternativeKind(models.TextChoices):
    AS_NOW = "as_now", "As now"
    FEWEST_MOVED = "fewest_moved", "Fewest households moved"
    MOST_COMPACT = "most_compact", "Most compact"
    BEST_BALANCE = "best_balance", "Best balance"
    WEIGHTED = "weighted", "By your weights"
    BY_HAND = "by_hand", "Adjusted by hand"


class DesignAlternative(VersionedModel):
    """One map of a design. Only those adjusted by hand change; `version` counts that.

    `measures` are the figures of all its patches together (solver.city.CityMeasures),
    with `areas`: the same for each area.
    """

    design = models.ForeignKey(
        PatchDesign, on_delete=models.CASCADE, related_name="alternatives"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=AlternativeKind)
    name = models.CharField(max_length=80)
    tolerance = models.DecimalField(max_digits=4, decimal_places=1)
    measures = models.JSONField(default=dict)
    score = models.FloatField(
        null=True, blank=True, help_text="By the design's weights; the lowest is best."
    )
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="copies",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_alternatives",
    )

    class Meta:
        ordering = ["design", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "number"], name="alternative_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(
            "patches:designs:alternative", args=[self.design_id, self.number]
        )


class DesignPatch(models.Model):
    """One patch of an alternative. `deviation` is from its area's mean (0.01 is 1 %).

    `continues` is the present patch it goes on as; without one it is new. `number` is
    the solver's number of it in its area. `came_from` counts its homes by the patch
    they are in now: ids of patches as text, nothing for those in none.
    """

    alternative = models.ForeignKey(
        DesignAlternative, on_delete=models.CASCADE, related_name="patches"
    )
    area = models.ForeignKey(
        DesignArea, on_delete=models.CASCADE, related_name="patches"
    )
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100, blank=True)
    continues = models.ForeignKey(
        "patches.Patch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_patches",
    )
    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="design_patches"
    )
    home_count = models.PositiveIntegerField()
    moved_count = models.PositiveIntegerField(
        default=0, help_text="Its homes that are in another patch, or none, now."
    )
    came_from = models.JSONField(default=dict, blank=True)
    hours = models.FloatField(help_text="Officer hours a month, the patch's own too.")
    deviation = models.FloatField()
    is_whole = models.BooleanField(default=True)
    is_kept = models.BooleanField(default=False)
    walk_metres = models.FloatField(help_text="Mean distance to the middle.")
    walk_spread = models.FloatField(
        default=0, help_text="How far nine of ten homes are from the middle, metres."
    )
    middle = models.CharField(max_length=200, blank=True)
    why_outside = models.TextField(blank=True)
    band_min = models.PositiveSmallIntegerField()
    band_max = models.PositiveSmallIntegerField()
    band_reason = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why the band is not what its work gives; empty when it is.",
    )

    class Meta:
        ordering = ["alternative", "area__number", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["alternative", "code"], name="code_once_in_an_alternative"
            ),
            models.UniqueConstraint(
                fields=["alternative", "area", "number"],
                name="patch_number_once_in_an_alternative",
            ),
            models.UniqueConstraint(
                fields=["alternative", "continues"],
                condition=Q(continues__isnull=False),
                name="patch_continued_once_in_an_alternative",
            ),
            models.CheckConstraint(
                condition=Q(band_min__gt=0, band_max__gte=F("band_min")),
                name="design_patch_band_is_a_range",
                violation_error_message=(
                    "Give both ends of the band, the smaller one first."
                ),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="design_patch_has_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    def get_absolute_url(self) -> str:
        """Its page; the alternative must have been read with it."""
        alternative = self.alternative
        return reverse(
            "patches:designs:patch",
            args=[alternative.design_id, alternative.number, self.pk],
        )

    @property
    def deviation_percent(self) -> str:
        """How far from its area's mean it is: "+1.4 %"."""
        return f"{self.deviation * 100:+.1f} %"

    @property
    def band_state(self) -> str:
        """ "under", "in" or "over" its band."""
        if self.home_count < self.band_min:
            return "under"
        return "over" if self.home_count > self.band_max else "in"


class DesignPlacement(models.Model):
    """The patch of a unit in an alternative: each unit in exactly one."""

    alternative = models.ForeignKey(
        DesignAlternative,
        on_delete=models.CASCADE,
        related_name="placements",
        db_index=False,
    )
    unit = models.ForeignKey(
        DesignUnit, on_delete=models.CASCADE, related_name="placements"
    )
    patch = models.ForeignKey(
        DesignPatch, on_delete=models.CASCADE, related_name="placements"
    )

    class Meta:
        ordering = ["alternative", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["alternative", "unit"], name="unit_once_in_an_alternative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.patch_id}"


class DesignEdit(models.Model):
    """One move by hand, undone or not: steps to and fro in order of `number`.

    `moves` is a list of [unit id, id of the patch it left, id of the patch it joined].
    """

    alternative = models.ForeignKey(
        DesignAlternative, on_delete=models.CASCADE, related_name="edits"
    )
    number = models.PositiveIntegerField()
    moves = models.JSONField()
    summary = models.CharField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="design_edits"
    )
    is_undone = models.BooleanField(default=False)
    token = models.UUIDField(
        unique=True, help_text="Given by the form, so that a double click moves once."
    )

    class Meta:
        ordering = ["alternative", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["alternative", "number"], name="edit_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.summary


class DesignPatchWork(models.Model):
    """What one kind of work of a drawn patch is expected to be: frozen when drawn.

    `per_year` counts pieces of work, hours are hours a month.
    """

    patch = models.ForeignKey(
        DesignPatch, on_delete=models.CASCADE, related_name="work", db_index=False
    )
    work_type = models.ForeignKey(
        WorkType, on_delete=models.PROTECT, related_name="design_work"
    )
    per_year = models.FloatField()
    officer_hours = models.FloatField()
    back_office_hours = models.FloatField(default=0)

    class Meta:
        ordering = ["patch", "work_type__order", "work_type__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["patch", "work_type"], name="work_type_once_in_a_design_patch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_hours:.1f} hours of {self.work_type_id}"
