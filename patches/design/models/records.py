"""Kinds of work, and how often each was needed at each home."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from housingplus.common.constraints import NoOverlap
from housingplus.common.models import DatedModel, DatedQuerySet


class WorkType(models.Model):
    """A kind of work homes ask for: a visit, an arrears case, a repair chased."""

    name = models.CharField(max_length=60, unique=True)
    service = models.CharField(
        "back-office service",
        max_length=60,
        blank=True,
        help_text="Who does the back-office part: Income, Repairs, Community safety.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="work_type_has_name")
        ]

    def __str__(self) -> str:
        return self.name


class WorkRecord(DatedModel):
    """How many pieces of one kind of work a home needed between two days.

    Days overlap for no home and kind of work, so that nothing is counted twice.
    """

    property = models.ForeignKey(
        "patches.Property",
        on_delete=models.PROTECT,
        related_name="work_records",
        db_index=False,
    )
    work_type = models.ForeignKey(
        WorkType, on_delete=models.PROTECT, related_name="records"
    )
    count = models.PositiveIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["property", "work_type", "starts_on"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False), name="work_record_has_last_day"
            ),
            NoOverlap(
                fields=["property", "work_type"],
                name="work_of_a_home_counted_once",
                violation_error_message=(
                    "This work of the home is counted already for part of that time."
                ),
            ),
        ]
        indexes = [
            # Stands for the key's own index. Without it SQLite looks for overlaps
            # among all records of a kind of work.
            models.Index(
                fields=["property", "work_type", "starts_on"],
                name="work_record_of_home",
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.work_type_id} at {self.property_id}"
