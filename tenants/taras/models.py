"""Tenants' and residents' associations: what they speak for, and keeping in touch."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from housingplus.common.constraints import NoOverlap
from housingplus.common.models import DatedModel, DatedQuerySet, VersionedModel

from .querysets import CommitteeQuerySet, ContactQuerySet, TaraQuerySet


class Tara(VersionedModel):
    """A tenants' and residents' association (TARA)."""

    name = models.CharField(max_length=120, unique=True)
    ward = models.ForeignKey(
        "patches.Ward",
        on_delete=models.PROTECT,
        related_name="taras",
        help_text="Its ward team leader leads on it unless another officer is named.",
    )
    recognised_on = models.DateField("recognised since", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=30, blank=True)
    meeting_place = models.CharField(max_length=200, blank=True)
    contacts_are_public = models.BooleanField(
        default=False,
        help_text="Whether anybody may see its telephone, e-mail and meeting place.",
    )
    notes = models.TextField(blank=True)
    token = models.UUIDField(
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Given by the form, so that a double click makes one.",
    )

    objects = TaraQuerySet.as_manager()

    class Meta:
        verbose_name = "TARA"
        verbose_name_plural = "TARAs"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tenants:taras:detail", args=[self.pk])


class TaraStreet(models.Model):
    """A street of a ward the association speaks for."""

    tara = models.ForeignKey(Tara, on_delete=models.CASCADE, related_name="streets")
    ward = models.ForeignKey(
        "patches.Ward", on_delete=models.PROTECT, related_name="tara_streets"
    )
    street = models.CharField(max_length=100)
    street_key = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = "street of a TARA"
        verbose_name_plural = "streets of TARAs"
        ordering = ["street_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["tara", "ward", "street_key"], name="tara_street_once"
            )
        ]

    def __str__(self) -> str:
        return self.street


class TaraBlock(models.Model):
    """A block the association speaks for."""

    tara = models.ForeignKey(Tara, on_delete=models.CASCADE, related_name="blocks")
    block = models.ForeignKey(
        "patches.Block", on_delete=models.PROTECT, related_name="tara_blocks"
    )

    class Meta:
        verbose_name = "block of a TARA"
        verbose_name_plural = "blocks of TARAs"
        ordering = ["block__name"]
        constraints = [
            models.UniqueConstraint(fields=["tara", "block"], name="tara_block_once")
        ]

    def __str__(self) -> str:
        return f"{self.tara_id}: block {self.block_id}"


class TaraPatch(models.Model):
    """A whole patch the association speaks for."""

    tara = models.ForeignKey(Tara, on_delete=models.CASCADE, related_name="patches")
    patch = models.ForeignKey(
        "patches.Patch", on_delete=models.PROTECT, related_name="tara_patches"
    )

    class Meta:
        verbose_name = "patch of a TARA"
        verbose_name_plural = "patches of TARAs"
        ordering = ["patch__code"]
        constraints = [
            models.UniqueConstraint(fields=["tara", "patch"], name="tara_patch_once")
        ]

    def __str__(self) -> str:
        return f"{self.tara_id}: patch {self.patch_id}"


class TaraRole(DatedModel):
    """Somebody's time on the committee."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice chair"
        SECRETARY = "secretary", "Secretary"
        TREASURER = "treasurer", "Treasurer"
        MEMBER = "member", "Committee member"

    tara = models.ForeignKey(Tara, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=12, choices=Role, default=Role.MEMBER)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)

    token = models.UUIDField(
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Given by the form, so that a double click makes one.",
    )

    objects = CommitteeQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        verbose_name = "committee role"
        verbose_name_plural = "committee roles"
        ordering = ["role", "name"]
        constraints = [*DatedModel.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.tara_id}"


class TaraOfficer(DatedModel):
    """An officer's time as lead on, or liaison with, an association."""

    class Kind(models.TextChoices):
        LEAD = "lead", "Lead"
        LIAISON = "liaison", "Liaison officer"

    tara = models.ForeignKey(Tara, on_delete=models.PROTECT, related_name="officers")
    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="tara_roles"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LIAISON)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        verbose_name = "officer of a TARA"
        verbose_name_plural = "officers of TARAs"
        ordering = ["kind", "-starts_on"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["tara", "kind"],
                name="one_tara_officer_of_a_kind_on_a_date",
                violation_error_message="Somebody else has that part in that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.kind} for {self.tara_id}"


class TaraContact(models.Model):
    """A meeting with an association or another contact, with a note."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "Meeting"
        VISIT = "visit", "Visit"
        CALL = "call", "Telephone call"
        EMAIL = "email", "E-mail or letter"
        OTHER = "other", "Other"

    tara = models.ForeignKey(Tara, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField("date")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.MEETING)
    note = models.TextField()
    officer = models.ForeignKey(
        "officers.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tara_contacts",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="tara_contacts_recorded",
    )
    token = models.UUIDField(
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Given by the form, so that a double click makes one.",
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contact with a TARA"
        verbose_name_plural = "contacts with TARAs"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="tara_contact_has_note")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.on}"


class TaraNotice(models.Model):
    """A notice that was sent to an association's own address."""

    is_append_only: ClassVar[bool] = True

    tara = models.ForeignKey(Tara, on_delete=models.PROTECT, related_name="notices")
    sending = models.OneToOneField(
        "officers.NoticeSending", on_delete=models.PROTECT, related_name="tara_notice"
    )

    class Meta:
        verbose_name = "notice to a TARA"
        verbose_name_plural = "notices to TARAs"
        ordering = ["-sending__sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.tara_id}: notice {self.sending_id}"
