"""What a design is drawn on, frozen when it is drawn: areas, units and homes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .designs import PatchDesign


class DesignArea(models.Model):
    """One ward team's area: patches are drawn inside it.

    `ward_ids` are its wards. `report` holds what needs a person's eye (ids of homes
    placed by postcode or street, far from their street or nowhere, gaps joined) and
    what it was drawn by: rules, and the yardstick of bands and hours.
    """

    design = models.ForeignKey(
        PatchDesign, on_delete=models.CASCADE, related_name="areas"
    )
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    ward_ids = models.JSONField(default=list)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["design", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "number"], name="area_number_once_in_a_design"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DesignUnit(models.Model):
    """Homes that go to one patch together: a block or a street side.

    `number` is the solver's number of it in its area; hours are hours a month, eastings
    and northings metres. `work` holds what its homes are expected to need by kind of
    work: pieces a year, officer hours and back-office hours a month.
    """

    area = models.ForeignKey(DesignArea, on_delete=models.CASCADE, related_name="units")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    home_count = models.PositiveIntegerField()
    hours = models.FloatField()
    easting = models.FloatField()
    northing = models.FloatField()
    is_kept = models.BooleanField(default=False)
    work = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["area", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], name="unit_number_once_in_an_area"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DesignHome(models.Model):
    """A home as the design was drawn with it; `unit` is empty when it has no place."""

    design = models.ForeignKey(
        PatchDesign, on_delete=models.CASCADE, related_name="homes", db_index=False
    )
    property = models.ForeignKey(
        "patches.Property", on_delete=models.PROTECT, related_name="design_homes"
    )
    area = models.ForeignKey(DesignArea, on_delete=models.CASCADE, related_name="homes")
    unit = models.ForeignKey(
        DesignUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="homes",
    )
    patch = models.ForeignKey(
        "patches.Patch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="design_homes",
        help_text="The patch it was in when the design was drawn.",
    )
    hours = models.FloatField()
    easting = models.FloatField(null=True, blank=True)
    northing = models.FloatField(null=True, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    street = models.CharField(max_length=100, blank=True)
    block = models.CharField(max_length=190, blank=True)

    class Meta:
        ordering = ["design", "property"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "property"], name="home_once_in_a_design"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0), name="design_home_hours_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property_id} in design {self.design_id}"
