"""Households: the people living in a home between two dates, and how to reach them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from housingplus.common.constraints import NoOverlap
from housingplus.common.models import DatedModel, DatedQuerySet, VersionedModel

from .languages import language_name
from .querysets import HouseholdQuerySet


class LetterFormat(models.TextChoices):
    STANDARD = "standard", "Standard"
    LARGE_PRINT = "large_print", "Large print"
    BRAILLE = "braille", "Braille"
    EASY_READ = "easy_read", "Easy read"
    AUDIO = "audio", "Audio"
    EMAIL = "email", "E-mail only"


class Person(models.Model):
    """Somebody who lives, or lived, in a home."""

    title = models.CharField(max_length=20, blank=True)
    first_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)

    class Meta:
        verbose_name_plural = "people"
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(last_name=""), name="person_has_last_name"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        parts = (self.title, self.first_name, self.last_name)
        return " ".join(part for part in parts if part)


class Household(DatedModel, VersionedModel):
    """The people living in a home between two dates; a home has one at a time."""

    property = models.ForeignKey(
        "patches.Property", on_delete=models.PROTECT, related_name="households"
    )
    correspondence_address = models.CharField(
        max_length=300,
        blank=True,
        help_text="Where to write instead of the home; commas between the lines.",
    )
    do_not_write = models.BooleanField(default=False)
    do_not_write_reason = models.CharField("reason", max_length=300, blank=True)
    do_not_write_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="do_not_write_marks",
    )
    do_not_write_review_on = models.DateField("review on", null=True, blank=True)
    safe_contact_only = models.BooleanField(default=False)
    safe_contact_how = models.CharField(
        "how to contact safely", max_length=300, blank=True
    )
    safe_contact_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="safe_contact_marks",
    )
    safe_contact_on = models.DateField("marked on", null=True, blank=True)
    safe_contact_review_on = models.DateField("review on", null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["property"],
                name="one_household_in_a_home_on_a_date",
                violation_error_message="The home has a household in that time.",
            ),
            models.CheckConstraint(
                condition=Q(do_not_write=False) | ~Q(do_not_write_reason=""),
                name="do_not_write_has_reason",
                violation_error_message="Say why this household is not written to.",
            ),
            models.CheckConstraint(
                condition=Q(safe_contact_only=False) | ~Q(safe_contact_how=""),
                name="safe_contact_says_how",
                violation_error_message="Say how to contact this household safely.",
            ),
        ]

    def __str__(self) -> str:
        return f"Household {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("tenants:households:detail", args=[self.pk])

    def is_not_written_to(self) -> bool:
        """Whether no letter goes to it, as `querysets.not_written_to` asks of rows."""
        return self.do_not_write or self.safe_contact_only

    def next_review_on(self) -> dt.date | None:
        """When the first of its marks that stop letters is to be looked at again."""
        days = (self.do_not_write_review_on, self.safe_contact_review_on)
        return min((day for day in days if day), default=None)


class HouseholdMember(DatedModel):
    """A person's time in a household, beside any tenancy."""

    class Role(models.TextChoices):
        TENANT = "tenant", "Tenant"
        JOINT_TENANT = "joint_tenant", "Joint tenant"
        OCCUPIER = "occupier", "Occupier"

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="members"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=12, choices=Role, default=Role.TENANT)

    objects = DatedQuerySet.as_manager()

    class Meta(DatedModel.Meta):
        ordering = ["starts_on", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            NoOverlap(
                fields=["household", "person"],
                name="once_in_a_household_on_a_date",
                violation_error_message="This person is in the household already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in household {self.household_id}"


class CommunicationNeeds(VersionedModel):
    """How a household wants to be written to."""

    household = models.OneToOneField(
        Household, on_delete=models.CASCADE, related_name="needs"
    )
    letter_format = models.CharField(
        max_length=12, choices=LetterFormat, default=LetterFormat.STANDARD
    )
    language = models.CharField(
        max_length=40,
        blank=True,
        help_text="An ISO 639 code, or the name of a language without one here. "
        "Empty for English.",
    )
    needs_interpreter = models.BooleanField("needs an interpreter", default=False)
    representative_name = models.CharField(max_length=120, blank=True)
    representative_contact = models.CharField(
        max_length=200, blank=True, help_text="Telephone, e-mail or address."
    )
    representative_address = models.CharField(
        max_length=300,
        blank=True,
        help_text="Where to write to the representative; commas between the lines.",
    )
    copy_to_representative = models.BooleanField(
        "copies of letters to the representative",
        default=False,
        help_text="Whether the representative gets a copy of every letter, by post.",
    )
    email = models.EmailField("e-mail", blank=True)
    notes = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "communication needs"
        constraints = [
            models.CheckConstraint(
                condition=~Q(letter_format="email") | ~Q(email=""),
                name="email_only_has_address",
                violation_error_message="Give the e-mail address to write to.",
            ),
            models.CheckConstraint(
                condition=Q(copy_to_representative=False)
                | ~Q(representative_name="") & ~Q(representative_address=""),
                name="copy_has_name_and_address",
                violation_error_message="Give the name and address of the "
                "representative who is to have copies.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_letter_format_display()

    @property
    def language_name(self) -> str:
        return language_name(self.language)


class HouseholdWord(models.Model):
    """One word of a household's names, as written or by its sound, for the search."""

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="words"
    )
    word = models.CharField(max_length=60)
    is_sound = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "is_sound", "household"],
                name="household_word_once",
                # PostgreSQL: so that the index also answers "begins with".
                opclasses=["varchar_pattern_ops", "bool_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word
