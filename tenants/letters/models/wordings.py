"""A version's wording in other languages, and in easy read: editions never change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tenants.households.languages import ENGLISH, language_name
from tenants.letters.querysets import LetterWordingQuerySet

from .templates import LetterTemplateVersion

EASY_READ_KEY = "easy-read"


class LetterWording(models.Model):
    """One edition of a version's translation, or of its easy read.

    A correction is the next edition. The database refuses to change one, so a letter
    set from it can always be shown as it was.
    """

    is_append_only = True

    version = models.ForeignKey(
        LetterTemplateVersion, on_delete=models.PROTECT, related_name="wordings"
    )
    language = models.CharField(max_length=8, default=ENGLISH.code)
    is_easy_read = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=1)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    salutation = models.CharField(
        max_length=100,
        blank=True,
        help_text="((names)) stands for the names. Empty for the usual words.",
    )
    closing = models.CharField(
        max_length=100, blank=True, help_text="Empty for the usual words."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_wordings",
    )

    objects = LetterWordingQuerySet.as_manager()

    class Meta:
        ordering = ["version", "-is_easy_read", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language", "is_easy_read", "number"],
                name="wording_edition_once",
            ),
            models.CheckConstraint(
                condition=Q(is_easy_read=True, language=ENGLISH.code)
                | Q(is_easy_read=False) & ~Q(language=ENGLISH.code),
                name="wording_translates_or_is_easy_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, edition {self.number}"

    @property
    def name(self) -> str:
        return "Easy read" if self.is_easy_read else language_name(self.language)

    @property
    def key(self) -> str:
        """Return what addresses of pages call it."""
        return EASY_READ_KEY if self.is_easy_read else self.language


class LetterWordingCheck(models.Model):
    """Somebody who reads the language has checked a translation; never undone."""

    is_append_only = True

    wording = models.OneToOneField(
        LetterWording, on_delete=models.PROTECT, related_name="checked"
    )
    checked_by = models.CharField(
        max_length=120, help_text="Who read it: a translator, or a colleague."
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="letter_wording_checks",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=""), name="wording_check_says_by_whom"
            )
        ]

    def __str__(self) -> str:
        return f"{self.wording_id} checked by {self.checked_by}"
