"""Patch designs: what is to be drawn, by which rules, and how far it has come."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.models import VersionedModel
from patches.design.querysets import PatchDesignQuerySet
from patches.design.weights import Weights

from .assumptions import AssumptionSet


class BarrierSet(models.Model):
    """Rivers, railways and main roads nobody walks across, and the bridges over them.

    Lines and points are in National Grid metres: `lines` is a list of lists of
    [easting, northing], `bridges` a list of [easting, northing].
    """

    name = models.CharField(max_length=80, unique=True)
    lines = models.JSONField(default=list)
    bridges = models.JSONField(default=list, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="barrier_sets",
    )
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DesignStatus(models.TextChoices):
    """How far a design has come. Scheduled ones are in force from their date on."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DesignSizing(models.TextChoices):
    """What says how many patches there are to be."""

    BAND = "band", "As the band of the assumption set asks"
    PRESENT = "present", "As many as there are now"
    PATCHES = "patches", "A number of patches"
    OFFICERS = "officers", "The officers available (full-time equivalent)"
    HOURS = "hours", "Hours a month for each patch"


class PatchDesign(VersionedModel):
    """A draft set of patches for some wards: drawn, compared, approved, published."""

    name = models.CharField(max_length=80)
    reason = models.TextField(
        "why", blank=True, help_text="What this design is for, in a sentence or two."
    )
    status = models.CharField(
        max_length=9, choices=DesignStatus, default=DesignStatus.DRAFT
    )
    wards = models.ManyToManyField("patches.Ward", related_name="designs")
    homes_on = models.DateField(
        "homes as of", help_text="Homes under management on this day are drawn."
    )
    assumptions = models.ForeignKey(
        AssumptionSet, on_delete=models.PROTECT, related_name="designs"
    )
    barriers = models.ForeignKey(
        BarrierSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="designs",
    )
    sizing = models.CharField(
        max_length=8, choices=DesignSizing, default=DesignSizing.BAND
    )
    sizing_value = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True
    )
    tolerance = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=Decimal("2.0"),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(20)],
        help_text="Per cent a patch may differ from the mean in the best balance.",
    )
    review_tolerance = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=Decimal("5.0"),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(20)],
        help_text="Per cent allowed where few moves or short walks matter more.",
    )
    weight_strength = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="0 counts doors, 1 the full expected work.",
    )
    balance_weight = models.PositiveSmallIntegerField(
        default=5, validators=[MaxValueValidator(10)]
    )
    compactness_weight = models.PositiveSmallIntegerField(
        default=5, validators=[MaxValueValidator(10)]
    )
    continuity_weight = models.PositiveSmallIntegerField(
        default=5, validators=[MaxValueValidator(10)]
    )
    seed = models.PositiveIntegerField(default=1)
    token = models.UUIDField(
        unique=True, help_text="Given by the form, so that a double click makes one."
    )
    job = models.ForeignKey(
        "jobs.Job",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="designs",
    )
    drawn_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When what is to be drawn was changed last.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="designs_created",
    )
    chosen = models.ForeignKey(
        "patches.DesignAlternative",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chosen_by_designs",
        help_text="The alternative that is proposed.",
    )
    consult_from = models.DateField(null=True, blank=True)
    consult_until = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="designs_approved",
    )
    starts_on = models.DateField("in force from", null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="designs_published",
    )
    superseded_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day on which a later design holds.",
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
    )

    objects = PatchDesignQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="design_has_name"),
            models.CheckConstraint(
                condition=Q(sizing__in=["band", "present"], sizing_value__isnull=True)
                | Q(
                    sizing__in=["patches", "officers", "hours"],
                    sizing_value__isnull=False,
                    sizing_value__gt=0,
                ),
                name="design_sizing_has_value",
            ),
            models.CheckConstraint(
                condition=Q(weight_strength__gte=0, weight_strength__lte=1)
                & Q(tolerance__gt=0, review_tolerance__gt=0),
                name="design_options_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(chosen__isnull=False),
                name="design_goes_on_only_chosen",
            ),
            models.CheckConstraint(
                condition=Q(consult_from__isnull=True, consult_until__isnull=True)
                | Q(
                    consult_from__isnull=False,
                    consult_until__isnull=False,
                    consult_until__gte=F("consult_from"),
                ),
                name="design_consultation_is_a_range",
                violation_error_message="Give both days, the first one first.",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="design_approved_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="design_published_at_with_by",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "scheduled"])
                | Q(approved_at__isnull=False),
                name="design_published_only_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled")
                | Q(published_at__isnull=False, starts_on__isnull=False),
                name="design_scheduled_has_date",
            ),
            models.CheckConstraint(
                condition=Q(superseded_on__isnull=True, superseded_by__isnull=True)
                | Q(superseded_on__isnull=False, superseded_by__isnull=False),
                name="design_superseded_on_with_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("patches:designs:detail", args=[self.pk])

    @property
    def weights(self) -> Weights:
        """How much balance, compactness and continuity matter."""
        return Weights(
            balance=self.balance_weight,
            compactness=self.compactness_weight,
            continuity=self.continuity_weight,
        )

    @property
    def is_out_of_date(self) -> bool:
        """Whether what is to be drawn changed after it was drawn."""
        if self.drawn_at is None or self.changed_at is None:
            return False
        return self.changed_at > self.drawn_at

    def state_on(self, day: dt.date) -> str:
        """What the design is on a day, in the word people read.

        "Draft", "Proposed", "Approved", "Scheduled", "In force", "Superseded" or
        "Withdrawn": a scheduled design takes effect by itself.
        """
        if self.status != DesignStatus.SCHEDULED or self.starts_on is None:
            return DesignStatus(self.status).label
        if self.superseded_on is not None and self.superseded_on <= day:
            return "Superseded"
        return "In force" if self.starts_on <= day else "Scheduled"


class RuleKind(models.TextChoices):
    KEEP = "keep", "Keep a patch as it is"
    TOGETHER = "together", "Keep homes together"
    APART = "apart", "Keep homes apart"
    NOT_IN = "not_in", "Keep homes out of a patch"


class DesignRule(models.Model):
    """What every alternative of a design must keep.

    `homes` are ids of properties; `other_homes`, for homes kept apart, those none of
    them may share a patch with. `patch` is the one kept, or the one the homes must
    stay out of: an officer's own or a relative's home, out of the officer's patch.
    """

    design = models.ForeignKey(
        PatchDesign, on_delete=models.CASCADE, related_name="rules"
    )
    kind = models.CharField(max_length=8, choices=RuleKind)
    patch = models.ForeignKey(
        "patches.Patch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_rules",
    )
    homes = models.JSONField(default=list, blank=True)
    other_homes = models.JSONField(default=list, blank=True)
    label = models.CharField(
        max_length=120, help_text="For example the association's name; nobody by name."
    )

    class Meta:
        ordering = ["design", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["keep", "not_in"], patch__isnull=False)
                | Q(kind__in=["together", "apart"], patch__isnull=True),
                name="design_rule_has_its_patch",
            ),
            models.UniqueConstraint(
                fields=["design", "patch"],
                condition=Q(kind="keep"),
                name="patch_kept_once_in_a_design",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"
