"""Letters the post brought back, and what was found out about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from housingplus.common.models import VersionedModel
from tenants.letters.querysets import ReturnedLetterQuerySet

from .letters import Letter


class ReturnReason(models.TextChoices):
    GONE_AWAY = "gone_away", "Gone away"
    NO_ADDRESS = "no_address", "No such address"
    REFUSED = "refused", "Refused"
    NOT_CALLED_FOR = "not_called_for", "Not called for"
    DIED = "died", "Addressee has died"
    NOT_SENT = "not_sent", "Could not be sent or delivered"
    NOT_GIVEN = "not_given", "No reason given"


class ReturnOutcome(models.TextChoices):
    WRITE_AGAIN = "write_again", "Write again"
    TOLD_OTHERWISE = "told_otherwise", "Told in another way"
    NOBODY_THERE = "nobody_there", "Nobody lives there, or the household has changed"
    COPY_CORRECTED = "copy_corrected", "The representative’s address is put right"
    NO_MORE_COPIES = "no_more_copies", "The representative gets no more copies"


# What can be found out about the copy for a representative, and about nothing else.
OUTCOMES_OF_COPIES = (ReturnOutcome.COPY_CORRECTED, ReturnOutcome.NO_MORE_COPIES)


class ReturnedLetter(VersionedModel):
    """One letter that came back; who lives there is checked, and what to do said.

    Of a copy only where its representative is: it says nothing of the home.
    """

    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, related_name="returned"
    )
    reason = models.CharField(max_length=14, choices=ReturnReason)
    came_back_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="returned_letters_recorded",
    )
    outcome = models.CharField(max_length=14, choices=ReturnOutcome, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returned_letters_checked",
    )

    objects = ReturnedLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-came_back_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="return_checked_on_with_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, outcome="")
                | Q(checked_on__isnull=False) & ~Q(outcome=""),
                name="return_checked_on_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True)
                | Q(checked_on__gte=F("came_back_on")),
                name="return_checked_after_it_came_back",
            ),
        ]

    def __str__(self) -> str:
        return f"Returned letter {self.letter_id}"

    def get_absolute_url(self) -> str:
        return reverse("tenants:letters:return_check", args=[self.pk])

    @property
    def is_checked(self) -> bool:
        return self.checked_on is not None
