"""Assumption sets: what work takes, how often it comes, and what a post holds."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.models import VersionedModel
from patches.properties.models import PropertyType

from .records import WorkType


class AssumptionSet(VersionedModel):
    """A dated, named set of assumptions. A design says which set it came from.

    Once a design has used a set it no longer changes; a copy does.
    """

    name = models.CharField(max_length=80, unique=True)
    dated = models.DateField("date", help_text="When these were agreed.")
    notes = models.TextField(blank=True, help_text="Where the figures come from.")
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
    )
    is_default = models.BooleanField(
        default=False, help_text="Used where no other set is named."
    )
    is_archived = models.BooleanField(default=False)
    weekly_hours = models.DecimalField(
        "hours a week",
        max_digits=4,
        decimal_places=2,
        default=Decimal("37.00"),
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Contracted hours of a full-time officer.",
    )
    leave_days = models.DecimalField(
        "leave and bank holidays",
        max_digits=4,
        decimal_places=1,
        default=Decimal("36.0"),
        validators=[MinValueValidator(0), MaxValueValidator(150)],
        help_text="Days a year.",
    )
    sickness_days = models.DecimalField(
        "sickness",
        max_digits=4,
        decimal_places=1,
        default=Decimal("8.0"),
        validators=[MinValueValidator(0), MaxValueValidator(150)],
        help_text="Days a year.",
    )
    training_days = models.DecimalField(
        "training",
        max_digits=4,
        decimal_places=1,
        default=Decimal("5.0"),
        validators=[MinValueValidator(0), MaxValueValidator(150)],
        help_text="Days a year.",
    )
    other_percent = models.DecimalField(
        "travel, supervision and team meetings",
        max_digits=4,
        decimal_places=1,
        default=Decimal("15.0"),
        validators=[MinValueValidator(0), MaxValueValidator(90)],
        help_text="Per cent of the time at work.",
    )
    prior_years = models.DecimalField(
        "years until a home's own record counts as much as its area's",
        max_digits=4,
        decimal_places=2,
        default=Decimal("2.00"),
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(20)],
    )
    band_min = models.PositiveSmallIntegerField(
        "smallest patch of average homes", default=280
    )
    band_max = models.PositiveSmallIntegerField(
        "largest patch of average homes", default=300
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assumption_sets",
    )

    class Meta:
        ordering = ["-dated", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_assumption_set",
            ),
            models.CheckConstraint(
                condition=~Q(is_default=True, is_archived=True),
                name="default_assumption_set_is_in_use",
            ),
            models.CheckConstraint(
                condition=Q(band_min__gt=0, band_max__gte=F("band_min")),
                name="assumption_band_is_a_range",
                violation_error_message=(
                    "Give both ends of the band, the smaller one first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    weekly_hours__gt=0,
                    leave_days__gte=0,
                    sickness_days__gte=0,
                    training_days__gte=0,
                    other_percent__gte=0,
                    other_percent__lt=100,
                    prior_years__gt=0,
                ),
                name="assumption_capacity_makes_sense",
            ),
            models.CheckConstraint(
                condition=Q(
                    leave_days__lt=260 - F("sickness_days") - F("training_days")
                ),
                name="assumption_days_are_left_to_work",
                violation_error_message="No working days are left in the year.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("patches:workload:set_detail", args=[self.pk])

    @property
    def days_at_work(self) -> Decimal:
        """Working days a year of a full-time officer (52 weeks of five days)."""
        return Decimal(260) - self.leave_days - self.sickness_days - self.training_days

    @property
    def monthly_capacity(self) -> Decimal:
        """Hours a month a full-time officer has for the work of homes."""
        hours = self.days_at_work * self.weekly_hours / 5 / 12
        return hours * (100 - self.other_percent) / 100


class WorkBasis(models.TextChoices):
    """What a piece of work is counted by."""

    HOME = "home", "Each home"
    BLOCK = "block", "Each block"
    PATCH = "patch", "Each patch"


class WorkNature(models.TextChoices):
    REACTIVE = "reactive", "Reactive: it comes when it comes"
    PROACTIVE = "proactive", "Proactive: planned, so many a year"


class WorkRate(models.Model):
    """What one kind of work takes and how often it comes, in one assumption set.

    Records of homes count for reactive work of homes only: what is planned, or is done
    for a block or a patch, comes `per_year` times whatever was recorded.
    """

    assumptions = models.ForeignKey(
        AssumptionSet, on_delete=models.CASCADE, related_name="rates"
    )
    work_type = models.ForeignKey(
        WorkType, on_delete=models.PROTECT, related_name="rates"
    )
    basis = models.CharField(
        "counted by", max_length=5, choices=WorkBasis, default=WorkBasis.HOME
    )
    nature = models.CharField(
        max_length=9, choices=WorkNature, default=WorkNature.REACTIVE
    )
    officer_minutes = models.PositiveIntegerField(
        help_text="Of the patch officer, for each."
    )
    back_office_minutes = models.PositiveIntegerField(
        default=0, help_text="Of the back office, for each."
    )
    per_year = models.DecimalField(
        "times a year",
        max_digits=8,
        decimal_places=3,
        validators=[MinValueValidator(0)],
        help_text="Expected where nothing is recorded.",
    )

    class Meta:
        ordering = ["work_type__order", "work_type__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assumptions", "work_type"], name="work_type_once_in_a_set"
            ),
            models.CheckConstraint(
                condition=Q(per_year__gte=0), name="work_rate_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_type_id}: {self.per_year} a year"


class AreaRate(models.Model):
    """How often work comes in a housing area, or for a type of home, or both."""

    rate = models.ForeignKey(
        WorkRate, on_delete=models.CASCADE, related_name="area_rates"
    )
    area = models.ForeignKey(
        "patches.HousingArea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="work_rates",
        help_text="Empty for every area.",
    )
    property_type = models.CharField(
        max_length=12,
        choices=PropertyType,
        blank=True,
        help_text="Empty for every type.",
    )
    per_year = models.DecimalField(
        "times a year",
        max_digits=8,
        decimal_places=3,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        ordering = ["rate", "area__name", "property_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["rate", "area", "property_type"],
                condition=Q(area__isnull=False),
                name="area_rate_once_in_an_area",
            ),
            models.UniqueConstraint(
                fields=["rate", "property_type"],
                condition=Q(area__isnull=True),
                name="area_rate_once_for_a_type",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | ~Q(property_type=""),
                name="area_rate_is_for_something",
                violation_error_message="Choose an area, a type of home, or both.",
            ),
            models.CheckConstraint(
                condition=Q(per_year__gte=0), name="area_rate_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.per_year} a year"
