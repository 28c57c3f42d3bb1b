"""Officers: members of staff, with an account or without."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.models import VersionedModel

from .querysets import OfficerQuerySet


class OfficerKind(models.TextChoices):
    HOUSING_OFFICER = "housing_officer", "Housing officer"
    SENIOR = "senior", "Senior housing officer"
    APPRENTICE = "apprentice", "Apprentice"
    WARD_TEAM_LEADER = "ward_team_leader", "Ward team leader"
    COMMUNITY_DEVELOPMENT = "community_development", "Community development officer"
    CARETAKER = "caretaker", "Caretaker"
    INCOME = "income", "Income officer"
    OTHER = "other", "Other"


class Officer(VersionedModel):
    """A member of staff who can answer for a patch, lead a team or liaise."""

    name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100)
    kind = models.CharField(
        "role", max_length=24, choices=OfficerKind, default=OfficerKind.HOUSING_OFFICER
    )
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=30, blank=True)
    photo = models.ImageField(upload_to="officers/photos/", blank=True)
    signature = models.ImageField(upload_to="officers/signatures/", blank=True)
    fte = models.DecimalField(
        "full-time equivalent",
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("0.05")), MaxValueValidator(1)],
        help_text="1 for full time, 0.5 for half.",
    )
    languages = models.CharField(
        max_length=200, blank=True, help_text="Besides English, separated by commas."
    )
    started_on = models.DateField("started")
    left_on = models.DateField("last day", null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officer",
        verbose_name="account",
    )
    form_token = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="Given by the form, so that a double click adds one officer.",
    )

    objects = OfficerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("started_on")),
                name="officer_left_after_start",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(fte__gt=0, fte__lte=1), name="officer_fte_up_to_one"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="officer_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("officers:directory:detail", args=[self.pk])
