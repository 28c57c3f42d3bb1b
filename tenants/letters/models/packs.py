"""What any worker can take a hand in: chunks of letters set, packs put together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .channels import Channel
from .runs import LetterRun


class Claimed(models.Model):
    """Work that one worker at a time holds, until it is done or the time is up."""

    claim = models.CharField(
        max_length=32, blank=True, editable=False, help_text="The worker that holds it."
    )
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class LetterPack(Claimed):
    """One file of a run: letters of a channel, following each other in posting order.

    Planned when the run is composed; the file's name holds its hash. A pack never has
    more letters than one worker can put together in little memory.
    """

    run = models.ForeignKey(LetterRun, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()
    title = models.CharField(
        max_length=120,
        blank=True,
        help_text="Whose letters it holds, or how many sheets they have.",
    )
    channel = models.CharField(
        max_length=8,
        choices=Channel,
        default=Channel.POST,
        help_text="Every letter of a pack goes the same way.",
    )
    first_sequence = models.PositiveIntegerField()
    last_sequence = models.PositiveIntegerField()
    letter_count = models.PositiveIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="pack_once_in_run"),
            models.CheckConstraint(
                condition=Q(first_sequence__lte=models.F("last_sequence")),
                name="pack_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, file="", sha256="")
                | Q(made_at__isnull=False, letter_count__gt=0)
                & ~Q(file="")
                & ~Q(sha256=""),
                name="pack_made_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"pack {self.number} of run {self.run_id}"


class LetterChunk(Claimed):
    """A few dozen letters typeset together; a file whose name holds its hash."""

    run = models.ForeignKey(LetterRun, on_delete=models.PROTECT, related_name="chunks")
    number = models.PositiveIntegerField()
    pack = models.ForeignKey(
        LetterPack,
        on_delete=models.PROTECT,
        related_name="chunks",
        help_text="The pack its letters are printed in.",
    )
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    spans = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Reference, first page and pages of each letter in the file.",
    )
    engine = models.CharField(
        max_length=80,
        blank=True,
        editable=False,
        help_text="Typesetter, code and fonts that set it: the same give the same.",
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="chunk_once_in_run"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, file="")
                | Q(done_at__isnull=False) & ~Q(file=""),
                name="chunk_done_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"chunk {self.number} of run {self.run_id}"
