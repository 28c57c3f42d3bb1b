"""Patches in force, and which home was in which patch when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.constraints import NoOverlap
from housingplus.common.models import DatedModel, DatedQuerySet, VersionedModel

from .querysets import MembershipQuerySet, PatchQuerySet


class Patch(DatedModel, VersionedModel):
    """A set of homes answered for together, in force between two dates.

    It carries the ward where most of it lies; its homes may be in any ward of the same
    ward team. `band_min` and `band_max` are the band it began with; `PatchBand` has the
    later ones, and the queryset's `with_band` reads the one of a day.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100, blank=True)
    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="patches"
    )
    band_min = models.PositiveSmallIntegerField("smallest (homes)", default=280)
    band_max = models.PositiveSmallIntegerField("largest (homes)", default=300)

    # Annotated by the queryset's `with_home_count`, `with_band` and `with_band_state`.
    home_count: int
    smallest: int
    largest: int
    band_reason: str
    band_state: str

    objects = PatchQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        verbose_name_plural = "patches"
        ordering = ["code"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(band_min__gt=0, band_max__gte=F("band_min")),
                name="patch_band_is_a_range",
                violation_error_message=(
                    "Give both ends of the band, the smaller one first."
                ),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="patch_has_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("patches:register:detail", args=[self.pk])

    def band_label(self, home_count: int) -> str:
        """Return "Under band", "In band" or "Over band" for a number of homes.

        The band is the one of the day given to `with_band`, which comes first.
        """
        if home_count < self.smallest:
            return "Under band"
        return "Over band" if home_count > self.largest else "In band"


class PatchBand(DatedModel):
    """A patch's band from a day on, where it is no longer the one it began with."""

    patch = models.ForeignKey(Patch, on_delete=models.PROTECT, related_name="bands")
    band_min = models.PositiveSmallIntegerField("smallest (homes)")
    band_max = models.PositiveSmallIntegerField("largest (homes)")
    reason = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["patch", "-starts_on"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(band_min__gt=0, band_max__gte=F("band_min")),
                name="dated_band_is_a_range",
                violation_error_message=(
                    "Give both ends of the band, the smaller one first."
                ),
            ),
            NoOverlap(
                fields=["patch"],
                name="one_band_for_a_patch_on_a_date",
                violation_error_message="The patch has a band for part of that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band_min}–{self.band_max} from {self.starts_on}"


class PatchMove(models.Model):
    """One act of moving homes: by whom, why, from which day; undone at most once."""

    moved_at = models.DateTimeField(auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="patch_moves",
        help_text="Empty when an import did it from the command line.",
    )
    to_patch = models.ForeignKey(
        Patch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moves_in",
        help_text="Empty when homes were taken out of their patch.",
    )
    starts_on = models.DateField("from")
    reason = models.CharField(max_length=300)
    token = models.UUIDField(
        unique=True, help_text="Given by the form, so that a double click moves once."
    )
    home_count = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="patch_moves_undone",
    )

    class Meta:
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="patch_move_undone_at_with_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.home_count} homes to {self.to_patch or 'no patch'}"

    def get_absolute_url(self) -> str:
        return reverse("patches:register:move_detail", args=[self.pk])


class PatchMembership(DatedModel):
    """A home's time in a patch. At most one patch on any date (rule 1)."""

    property = models.ForeignKey(
        "patches.Property", on_delete=models.PROTECT, related_name="memberships"
    )
    patch = models.ForeignKey(
        Patch, on_delete=models.PROTECT, related_name="memberships"
    )
    reason = models.CharField(max_length=300, blank=True)
    started_by_move = models.ForeignKey(
        PatchMove,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships_started",
    )
    ended_by_move = models.ForeignKey(
        PatchMove,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships_ended",
    )
    ends_on_before_move = models.DateField(
        null=True,
        blank=True,
        help_text="The last day it had before the move shortened it, for undoing.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["property"],
                name="one_patch_for_a_home_on_a_date",
                violation_error_message=(
                    "This home is already in a patch for part of that time."
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["patch", "ends_on", "starts_on"], name="membership_patch_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.property_id} in {self.patch_id} from {self.starts_on}"


class MovedHome(models.Model):
    """What one move did to one home; kept whatever happens to the home later.

    When the home's time in `from_patch` began on the very day of the move, the move
    took its place: the row is gone, and what undoing needs is kept here.
    """

    move = models.ForeignKey(PatchMove, on_delete=models.PROTECT, related_name="homes")
    property = models.ForeignKey(
        "patches.Property", on_delete=models.PROTECT, related_name="moves"
    )
    from_patch = models.ForeignKey(
        Patch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="homes_moved_out",
        help_text="Empty when the home had no patch.",
    )
    is_replaced = models.BooleanField(default=False)
    replaced_ends_on = models.DateField(null=True, blank=True)
    replaced_reason = models.CharField(max_length=300, blank=True)
    replaced_move = models.ForeignKey(
        PatchMove,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="homes_replaced",
    )

    class Meta:
        ordering = ["move", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["move", "property"], name="home_once_in_a_move"
            ),
            models.CheckConstraint(
                condition=Q(is_replaced=False) | Q(from_patch__isnull=False),
                name="moved_home_replaced_has_patch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property_id} in move {self.move_id}"
