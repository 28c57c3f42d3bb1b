"""Tenancies: the legal agreements under which people live in a home."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from housingplus.common.models import DatedModel

from .querysets import TenancyQuerySet


class TenancyKind(models.TextChoices):
    SECURE = "secure", "Secure"
    INTRODUCTORY = "introductory", "Introductory"
    FLEXIBLE = "flexible", "Flexible"
    ASSURED = "assured", "Assured"
    STARTER = "starter", "Starter"
    DEMOTED = "demoted", "Demoted"
    LICENCE = "licence", "Licence"
    LEASEHOLD = "leasehold", "Leasehold"
    OTHER = "other", "Other"


class Tenancy(DatedModel):
    """One agreement between a landlord and one tenant or several joint ones.

    A home let in parts has several running at once; each gets its own letter.
    """

    household = models.ForeignKey(
        "tenants.Household", on_delete=models.PROTECT, related_name="tenancies"
    )
    landlord = models.ForeignKey(
        "patches.Landlord", on_delete=models.PROTECT, related_name="tenancies"
    )
    reference = models.CharField(max_length=30)
    kind = models.CharField(
        max_length=12, choices=TenancyKind, default=TenancyKind.SECURE
    )

    objects = TenancyQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        verbose_name_plural = "tenancies"
        ordering = ["-starts_on", "reference"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["landlord", "reference"],
                name="tenancy_reference_unique_for_landlord",
                violation_error_message=(
                    "This landlord already has a tenancy with that reference."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reference=""), name="tenancy_has_reference"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class TenancyPerson(models.Model):
    """A person who holds a tenancy, in the order their names are written."""

    tenancy = models.ForeignKey(
        Tenancy, on_delete=models.CASCADE, related_name="holders"
    )
    person = models.ForeignKey(
        "tenants.Person", on_delete=models.PROTECT, related_name="tenancies_held"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tenancy people"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "person"], name="once_on_a_tenancy"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.tenancy_id}"
