"""Wards and the housing areas that group them."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.urls import reverse

models.CharField.register_lookup(Length)


class HousingArea(models.Model):
    """Groups wards; a roll-out phase applies to an area."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Ward(models.Model):
    """An electoral ward, by its Office for National Statistics code."""

    code = models.CharField(
        "ONS code",
        max_length=9,
        unique=True,
        validators=[
            RegexValidator(r"\A[EWSN]\d{8}\Z", "Enter a ward code like E05001040.")
        ],
    )
    name = models.CharField(max_length=80, unique=True)
    area = models.ForeignKey(
        HousingArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wards",
        verbose_name="housing area",
    )
    boundary = models.JSONField(
        "boundary (GeoJSON geometry)",
        null=True,
        blank=True,
        help_text="A Polygon or MultiPolygon in longitude and latitude.",
    )
    band_min = models.PositiveSmallIntegerField(
        "smallest patch (homes)", null=True, blank=True
    )
    band_max = models.PositiveSmallIntegerField(
        "largest patch (homes)", null=True, blank=True
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__length=9), name="ward_code_is_nine_characters"
            ),
            models.CheckConstraint(
                condition=models.Q(band_min__isnull=True, band_max__isnull=True)
                | models.Q(
                    band_min__isnull=False,
                    band_max__isnull=False,
                    band_min__gt=0,
                    band_max__gte=models.F("band_min"),
                ),
                name="ward_band_is_a_range",
                violation_error_message=(
                    "Give both ends of the band, the smaller one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("patches:wards:detail", args=[self.pk])
