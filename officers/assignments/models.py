"""Who answers for a patch: an officer or the ward team, as lead or cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from housingplus.common.constraints import NoOverlap
from housingplus.common.models import DatedModel

from .querysets import AssignmentQuerySet

if TYPE_CHECKING:
    from officers.directory.models import Officer
    from officers.teams.models import WardTeam


class AssignmentKind(models.TextChoices):
    LEAD = "lead", "Lead"
    COVER = "cover", "Cover"


class Assignment(DatedModel):
    """An officer's or a team's time answering for a patch.

    At most one lead on any date (rule 2); cover may overlap the lead, and while it
    runs the cover answers. Two covers of one patch never overlap.
    """

    patch = models.ForeignKey(
        "patches.Patch", on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField(
        max_length=5, choices=AssignmentKind, default=AssignmentKind.LEAD
    )
    officer = models.ForeignKey(
        "officers.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    team = models.ForeignKey(
        "officers.WardTeam",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments_created",
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(officer__isnull=False, team__isnull=True)
                | Q(officer__isnull=True, team__isnull=False),
                name="assignment_to_officer_or_team",
                violation_error_message="Choose an officer or a team, not both.",
            ),
            models.CheckConstraint(
                condition=Q(kind="lead") | Q(ends_on__isnull=False),
                name="cover_has_a_last_day",
                violation_error_message="Cover needs a last day.",
            ),
            NoOverlap(
                fields=["patch"],
                condition={"kind": "lead"},
                name="one_lead_for_a_patch_on_a_date",
                violation_error_message="The patch has a lead for part of that time.",
            ),
            NoOverlap(
                fields=["patch"],
                condition={"kind": "cover"},
                name="one_cover_for_a_patch_on_a_date",
                violation_error_message="The patch has cover for part of that time.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["officer", "ends_on", "starts_on"],
                name="assignment_officer_dates",
            )
        ]

    def __str__(self) -> str:
        who = self.officer_id or f"team {self.team_id}"
        return f"{self.kind} of {self.patch_id}: {who} from {self.starts_on}"

    @property
    def answerer(self) -> Officer | WardTeam:
        """The officer or team; read with `select_related("officer", "team")`."""
        answerer = self.officer if self.officer_id else self.team
        if answerer is None:
            raise ValueError("An assignment is to an officer or to a team.")
        return answerer
