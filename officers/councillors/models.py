"""Councillors: who speaks for the people of a ward, and is told of its patches."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from housingplus.common.models import DatedModel, DatedQuerySet, VersionedModel


class Councillor(DatedModel, VersionedModel):
    """A councillor's time in office for a ward.

    Neither staff nor residents: they stand here because the ward team keeps them, and
    who runs a ward is known here. A ward has several, so their times may overlap.
    """

    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="councillors"
    )
    name = models.CharField(max_length=100)
    party = models.CharField(max_length=60, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telephone", max_length=30, blank=True)
    token = models.UUIDField(
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Given by the form, so that a double click makes one.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["name", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="councillor_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("officers:councillors:detail", args=[self.pk])
