"""Ward teams: which wards, who is in them, who leads them, over time."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from housingplus.common.constraints import NoOverlap
from housingplus.common.models import DatedModel, DatedQuerySet, VersionedModel


class WardTeam(VersionedModel):
    """The team of one ward or of a few neighbouring ones."""

    name = models.CharField(max_length=80, unique=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("officers:teams:detail", args=[self.pk])


class TeamWard(DatedModel):
    """A ward's time with a team; a ward has one team on any date."""

    team = models.ForeignKey(
        WardTeam, on_delete=models.PROTECT, related_name="team_wards"
    )
    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="team_wards"
    )

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["ward__name", "-starts_on"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["ward"],
                name="one_team_for_a_ward_on_a_date",
                violation_error_message="This ward has a team for part of that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ward} with {self.team}"


class TeamMembership(DatedModel):
    """An officer's time in a team."""

    team = models.ForeignKey(
        WardTeam, on_delete=models.PROTECT, related_name="memberships"
    )
    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="team_memberships"
    )

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["officer__name", "-starts_on"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["team", "officer"],
                name="once_in_a_team_on_a_date",
                violation_error_message=(
                    "This officer is already in the team for part of that time."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} in {self.team}"


class TeamLeadership(DatedModel):
    """An officer's time as leader of a team; a team has one leader on any date."""

    team = models.ForeignKey(
        WardTeam, on_delete=models.PROTECT, related_name="leaderships"
    )
    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="leaderships"
    )

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["-starts_on"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["team"],
                name="one_leader_for_a_team_on_a_date",
                violation_error_message="The team has a leader for part of that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} leads {self.team}"
