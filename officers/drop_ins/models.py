"""Drop-in sessions: where and when a ward's team can be met without an appointment."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.models import DatedModel, DatedQuerySet, VersionedModel


class Weekday(models.IntegerChoices):
    """As `date.isoweekday()` counts them."""

    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"
    SATURDAY = 6, "Saturday"
    SUNDAY = 7, "Sunday"


class DropIn(DatedModel, VersionedModel):
    """A session of a ward's team, held weekly from a day to a day."""

    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="drop_ins"
    )
    place = models.CharField(max_length=100)
    address = models.CharField(max_length=200, blank=True)
    weekday = models.PositiveSmallIntegerField("day", choices=Weekday)
    opens_at = models.TimeField("opens")
    closes_at = models.TimeField("closes")
    note = models.CharField(max_length=200, blank=True)
    token = models.UUIDField(
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Given by the form, so that a double click makes one.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        verbose_name = "drop-in session"
        ordering = ["weekday", "opens_at", "place", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)), name="drop_in_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="drop_in_closes_after_it_opens",
                violation_error_message="It cannot close before it opens.",
            ),
            models.CheckConstraint(condition=~Q(place=""), name="drop_in_has_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} at {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("officers:drop_ins:edit", args=[self.pk])
